"""The curated pages and the sidebars of the demonstration."""

from articles.models import Article, Section, Sidebar, SidebarBlock

from .files import read
from .rows import Front, Slot


def make_fronts(run) -> int:
    """Curate the front page and the fronts of sections, where nobody has yet."""
    keys = run.ledger.keys("story")
    made = 0
    for row in read("paper.toml")["fronts"]:
        section = Section.objects.get(slug=row["section"]) if row["section"] else None
        front, new = Front.objects.get_or_create(section=section)
        if new:
            present = Article.objects.in_bulk(keys[stem] for stem in row["stories"] if stem in keys)
            chosen = [keys[stem] for stem in row["stories"] if keys.get(stem) in present]
            Slot.objects.bulk_create(
                Slot(front=front, article_id=pk, order=order) for order, pk in enumerate(chosen)
            )
            made += len(chosen)
    return made


def make_sidebars(run) -> int:
    """Arrange the sidebars of every place that has none yet."""
    made = 0
    for row in read("paper.toml")["sidebars"]:
        sidebar, new = Sidebar.objects.get_or_create(place=row["place"], section=None)
        if new:
            blocks = [
                SidebarBlock(sidebar=sidebar, order=order, **block)
                for order, block in enumerate(row["blocks"])
            ]
            made += len(SidebarBlock.objects.bulk_create(blocks))
    return made
