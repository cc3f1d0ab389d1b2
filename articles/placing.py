"""The rows that say which photos a story shows: made from its lead photo and the figures of its text."""

from .html import figures
from .models import Article, Photo, Placement


def lay_out(article: Article, lead_photo: int | None, lead_caption: str = "") -> None:
    """Make the placements of a story those of ``lead_photo`` (a key) and of the figures of ``article.body``.

    Each photo has one row: the lead photo its own though it stands in the text, too. Photos that do not
    exist are left out. Asks one query where nothing differs, four where rows are rewritten; the caller holds
    a transaction.
    """
    wanted = {lead_photo: (Placement.Place.LEAD.value, lead_caption)} if lead_photo else {}
    for figure in figures(article.body):
        wanted.setdefault(figure.photo_id, (Placement.Place.TEXT.value, figure.caption))
    rows = Placement.objects.filter(article=article)
    stored = {row.photo_id: (row.place, row.caption) for row in rows.only("photo_id", "place", "caption")}
    if equal(stored, wanted):
        return
    there = set(Photo.objects.filter(pk__in=wanted).values_list("pk", flat=True)) if wanted else set()
    wanted = {key: words for key, words in wanted.items() if key in there}
    if equal(stored, wanted):
        return
    rows.delete()
    Placement.objects.bulk_create(
        Placement(article=article, photo_id=key, place=place, caption=caption, order=order)
        for order, (key, (place, caption)) in enumerate(wanted.items())
    )
    getattr(article, "_prefetched_objects_cache", {}).pop("placements", None)


def equal(one: dict, other: dict) -> bool:
    """Tell whether both say the same in the same order."""
    return list(one.items()) == list(other.items())
