"""What stands on the front page and at the head of a section: one choice for the whole page."""

from dataclasses import dataclass, field, replace

from articles.blocks import Context, Filled, fill, sidebar_blocks, wish_key, wishes_for
from articles.lists import load_bylines
from articles.models import Article, Section, Sidebar
from articles.picking import Item, Strand, Wish, pick

from .models import Slot

SECONDS = 3
HEADLINES = 6
TOP = 1 + SECONDS + HEADLINES
IN_COLUMN = 4
IN_OPINION = 4
# Rows beside the lead; a block without stories (a notice) counts as two.
BESIDE = 12
# At the head of a section: the lead story and those beside it.
SECTION_TOP = 4
# Who chooses before whom: a story that readers look for stands among the most read, not in a column.
FIRST, SECOND, COLUMNS = 0, 1, 75


@dataclass(frozen=True)
class Column:
    """A section on the front page with its stories; one with a photo stands first where there is one."""

    section: Section
    items: list[Item]


@dataclass(frozen=True)
class FrontPage:
    """The front page: ``top`` stories in order with blocks ``beside`` them, then strips and columns.

    ``blocks`` are the other blocks of the sidebar, each in a list of its own.
    """

    top: list[Item]
    beside: list[Filled] = field(default_factory=list)
    strip: Filled | None = None
    opinion: Column | None = None
    columns: list[Column] = field(default_factory=list)
    blocks: list[list[Filled]] = field(default_factory=list)

    @property
    def lead(self) -> Item | None:
        return self.top[0] if self.top else None

    @property
    def seconds(self) -> list[Item]:
        return self.top[1 : 1 + SECONDS]

    @property
    def headlines(self) -> list[Item]:
        return self.top[1 + SECONDS :]

    @property
    def per_row(self) -> int:
        """How many columns stand side by side on a wide page, so that the last row has the fewest gaps."""
        return columns_a_row(len(self.columns) + len(self.blocks))


def front_page() -> FrontPage:
    """Return the front page, filled; six queries, whatever it shows."""
    sections = list(Section.objects.columns())
    opinion = next((section for section in sections if section.is_opinion), None)
    contexts = [Context(block) for block in sidebar_blocks([Sidebar.Place.FRONT], None)]
    picked = pick(
        [top_wish(opinion), *(column_wish(section) for section in sections), *block_wishes(contexts)]
    )
    load_bylines([item.article for items in picked.values() for item in items])
    blocks = fill(contexts, picked)[Sidebar.Place.FRONT]
    strip = next((block for block in blocks if block.block.kind == "photo_news"), None)
    beside, others = part_blocks([block for block in blocks if block is not strip])
    filled = [Column(section, photo_first(picked.get(column_key(section), []))) for section in sections]
    return FrontPage(
        top=picked["top"],
        beside=beside,
        strip=strip,
        opinion=next((column for column in filled if column.section == opinion and column.items), None),
        columns=[column for column in filled if column.section != opinion and column.items],
        blocks=[[block] for block in others],
    )


def slots(section: Section | None) -> Strand:
    """Return the public stories in the slots of a section's front (None: the front page), in their order."""
    current = Slot.objects.current().filter(front__section=section)
    stories = (
        Article.objects.public().filter(slots__in=current).order_by("slots__order", "-published_at", "-pk")
    )
    return Strand(stories, rank="slots__order")


def top_wish(opinion: Section | None) -> Wish:
    """Return the wish for the top of the front page: the slots, filled up by the newest stories.

    Neither advertising nor, where opinion has a place of its own, opinion gets there by itself.
    """
    newest = Article.objects.public().news().newest()
    if opinion:
        newest = newest.exclude(top_section=opinion)
    return Wish("top", [slots(None), Strand(newest)], TOP, FIRST)


def column_wish(section: Section) -> Wish:
    """Return the wish for a section's column."""
    count = IN_OPINION if section.is_opinion else IN_COLUMN
    return Wish(
        column_key(section), [Strand(Article.objects.public().news().in_section(section))], count, COLUMNS
    )


def column_key(section: Section) -> str:
    """Return the key under which a section's stories are picked."""
    return f"section-{section.pk}"


def block_wishes(contexts: list[Context]) -> list[Wish]:
    """Return the wishes of the sidebar's blocks; the most read chooses before the others."""
    ranked = {wish_key(context.block) for context in contexts if context.block.kind == "most_read"}
    return [replace(wish, priority=SECOND) if wish.key in ranked else wish for wish in wishes_for(contexts)]


def part_blocks(blocks: list[Filled]) -> tuple[list[Filled], list[Filled]]:
    """Return the blocks that stand beside the lead, at least one and no more than fit, and the others."""
    rows = 0
    for number, block in enumerate(blocks):
        rows += len(block.items) or 2
        if number and rows > BESIDE:
            return blocks[:number], blocks[number:]
    return blocks, []


def photo_first(items: list[Item]) -> list[Item]:
    """Return ``items`` with the first one that has a photo at the head, so that columns look alike."""
    head = next((item for item in items if item.article.shown_photo), None)
    return sorted(items, key=lambda item: item is not head)


def columns_a_row(count: int) -> int:
    """Return how many of ``count`` columns stand in a row: up to four, with as few gaps as possible."""
    return count if count <= 4 else min((4, 3), key=lambda row: -count % row)
