"""The kinds of sidebar blocks, and how the sidebars of a page are filled.

A kind is registered by the app that knows its stories, in ``AppConfig.ready`` (as with Django's
checks), so that the ground floor can show what is counted or chosen above it.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from taggit.models import Tag

from .models import Article, BlockPin, Section, Sidebar, SidebarBlock
from .picking import Item, Strand, Wish, pick

RELATED_TAGS = 4
# No page shows more; every block adds to one query, and SQLite takes 500 parts of it.
MAX_BLOCKS = 40


@dataclass(frozen=True)
class Context:
    """What a block is filled for: itself, and the story or section of the page where there is one."""

    block: SidebarBlock
    article: Article | None = None
    section: Section | None = None


@dataclass(frozen=True)
class Kind:
    """A kind of block: its name in the admin, its title for readers, its stories and its looks.

    ``strands`` returns the supplies of stories, ``more`` the address behind «more», ``title`` may be
    a function of the context. ``template`` is a partial that prints ``filled``.
    """

    name: str
    label: str
    title: str | Callable[[Context], str]
    strands: Callable[[Context], list[Strand]]
    template: str = "articles/blocks/list.html"
    more: Callable[[Context], str] | None = None
    priority: int = 50


@dataclass
class Filled:
    """A block with its stories, ready to be printed."""

    block: SidebarBlock
    kind: Kind
    title: str
    items: list[Item] = field(default_factory=list)
    more: str = ""


KINDS: dict[str, Kind] = {}


def register(kind: Kind) -> None:
    """Make a kind of block known; raise ValueError when its name is taken by another."""
    if KINDS.setdefault(kind.name, kind) is not kind:
        raise ValueError(f"A block kind «{kind.name}» is registered already.")


def kind_choices() -> list[tuple[str, str]]:
    """Return the kinds as choices of a form."""
    return [(kind.name, kind.label) for kind in KINDS.values()]


def sidebar_blocks(places: list[str], section: Section | None) -> list[SidebarBlock]:
    """Return the blocks shown in the places, in order: one query. A section's own sidebar replaces the common one."""
    top = section.top.pk if section else None
    rows = (
        SidebarBlock.objects.filter(sidebar__place__in=places, is_active=True, kind__in=KINDS)
        .filter(Q(sidebar__section=None) | Q(sidebar__section=top))
        .select_related("sidebar", "section__parent", "series")
        .annotate(has_pins=Exists(BlockPin.objects.filter(block=OuterRef("pk"))))
        .order_by("order", "pk")
    )
    rows = list(rows)
    own = {row.sidebar.place for row in rows if row.sidebar.section_id is not None}
    shown = [row for row in rows if (row.sidebar.section_id is not None) == (row.sidebar.place in own)]
    return shown[:MAX_BLOCKS]


def wishes_for(contexts: list[Context]) -> list[Wish]:
    """Return what the blocks want: pinned stories first, then the strands of their kinds."""
    wishes = []
    for context in contexts:
        kind = KINDS[context.block.kind]
        strands = kind.strands(context)
        if strands and getattr(context.block, "has_pins", context.block.pk):
            strands = [pinned(context.block), *strands]
        wishes.append(Wish(wish_key(context.block), strands, context.block.count, kind.priority))
    return wishes


def wish_key(block: SidebarBlock) -> str:
    """Return the key under which a block's stories are picked."""
    return f"block-{block.pk}"


def fill(contexts: list[Context], picked: dict[str, list[Item]]) -> dict[str, list[Filled]]:
    """Return the filled blocks by place; a block that found no story is left out, a notice stays."""
    places: dict[str, list[Filled]] = {place: [] for place in Sidebar.Place.values}
    for context in contexts:
        block, kind = context.block, KINDS[context.block.kind]
        items = picked.get(wish_key(block), [])
        if items or block.text:
            title = block.title or (kind.title(context) if callable(kind.title) else str(kind.title))
            more = kind.more(context) if kind.more else ""
            places[block.sidebar.place].append(Filled(block, kind, title, items, more))
    return places


def sidebars(places: list[str], *, article=None, section=None, taken=frozenset()) -> dict[str, list[Filled]]:
    """Return the filled sidebars of a page by place: three queries in all, whatever stands in them."""
    section = section or (article.section if article else None)
    contexts = [Context(block, article, section) for block in sidebar_blocks(places, section)]
    taken = set(taken) | ({article.pk} if article else set())
    return fill(contexts, pick(wishes_for(contexts), taken=taken))


def pinned(block: SidebarBlock) -> Strand:
    """Stories that an editor holds at the top of the block."""
    return Strand(
        Article.objects.public().filter(pins__block=block).order_by("pins__order", "pk"), rank="pins__order"
    )


def latest(context: Context) -> list[Strand]:
    """The newest stories of the paper."""
    return [Strand(Article.objects.public().newest())]


def photo_news(context: Context) -> list[Strand]:
    """The newest stories with a photo."""
    return [Strand(Article.objects.public().with_photo().newest())]


def of_section(context: Context) -> list[Strand]:
    """The newest stories of the block's section, else of the page's."""
    section = context.block.section or context.section
    return [Strand(Article.objects.public().in_section(section))] if section else []


def of_series(context: Context) -> list[Strand]:
    """The newest stories of the block's series, else of the story's."""
    series = context.block.series or (context.article.series if context.article else None)
    return [Strand(Article.objects.public().in_series(series))] if series else []


def of_reporters(context: Context) -> list[Strand]:
    """Other stories of the story's first reporter."""
    reporter = first_reporter(context.article)
    return [Strand(Article.objects.public().by_reporter(reporter))] if reporter else []


def first_reporter(article: Article | None):
    """Return the reporter who stands first in the byline, None where only guests stand there."""
    if article is None:
        return None
    return next((byline.reporter for byline in article.bylines.all() if byline.reporter), None)


def related(context: Context) -> list[Strand]:
    """Stories that belong to this one: the editor's picks, then the series, shared tags, the section."""
    article = context.article
    if article is None:
        return []
    public = Article.objects.public()
    picks = public.filter(related_from__article=article).order_by("related_from__order", "pk")
    strands = [Strand(picks, rank="related_from__order")]
    if article.series_id:
        strands.append(Strand(public.in_series(article.series), _("Same series"), group=1))
    for name in article.tag_list[:RELATED_TAGS]:
        tag = Tag.objects.filter(name=name).values("pk")[:1]
        strands.append(Strand(public.tagged(tag), _("Same tags"), group=2))
    if article.section_id:
        strands.append(Strand(public.in_section(article.section), _("Same section"), group=3))
    return strands


def reporter_title(context: Context) -> str:
    """«Other stories of …», with the name."""
    return _("Other stories by %s") % (first_reporter(context.article) or "")


register(
    Kind(
        "latest",
        gettext_lazy("Latest news"),
        gettext_lazy("Latest"),
        latest,
        priority=90,
        template="articles/blocks/excerpts.html",
        more=lambda context: reverse("articles:latest"),
    )
)
register(
    Kind(
        "photo_news",
        gettext_lazy("Photo news"),
        "PHOTO NEWS",
        photo_news,
        priority=70,
        template="articles/blocks/photos.html",
        more=lambda context: reverse("articles:photos"),
    )
)
register(
    Kind(
        "related",
        gettext_lazy("Related news"),
        gettext_lazy("Related news"),
        related,
        priority=10,
        template="articles/blocks/related.html",
    )
)
register(
    Kind(
        "reporter",
        gettext_lazy("Other stories of the reporter"),
        reporter_title,
        of_reporters,
        priority=40,
        template="articles/blocks/dated.html",
        more=lambda context: getattr(first_reporter(context.article), "get_absolute_url", str)(),
    )
)
register(
    Kind(
        "section",
        gettext_lazy("Stories of a section"),
        lambda context: str(context.block.section or context.section or ""),
        of_section,
        priority=60,
        more=lambda context: getattr(context.block.section or context.section, "get_absolute_url", str)(),
    )
)
register(
    Kind(
        "series",
        gettext_lazy("Stories of a series"),
        pgettext_lazy("block", "Series"),
        of_series,
        priority=20,
        template="articles/blocks/dated.html",
    )
)
register(Kind("notice", gettext_lazy("Notice"), gettext_lazy("Notice"), lambda context: [],
              template="articles/blocks/notice.html"))  # fmt: skip
