"""The most read stories, by window; counted by whoever's read comes first, at most once a minute."""

import datetime

from django.core.cache import cache
from django.db import transaction
from django.db.models import QuerySet, Sum
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles import blocks
from articles.models import Article, SidebarBlock
from articles.picking import Strand

from .models import Ranking, ReadCount

KIND = "most_read"
DAY, WEEK = 24, 24 * 7
# Places counted in a window: more than any page shows, so that one that is withdrawn leaves no gap.
PLACES = 60
MINUTE = 60


def most_read(hours: int) -> QuerySet:
    """Return the public stories that were read most in the last ``hours``, as last counted."""
    return Article.objects.public().filter(rankings__hours=hours).order_by("rankings__position")


def windows() -> set[int]:
    """Return the windows in hours that pages and sidebars show."""
    asked = SidebarBlock.objects.filter(kind=KIND, is_active=True).values_list("hours", flat=True)
    return {DAY, WEEK, *asked}


def refresh_due() -> None:
    """Count anew the windows that are due; one caller a minute does it, the others pass by."""
    if cache.add("readers:ranking", 1, MINUTE) is False:
        return
    for hours in sorted(windows()):
        if is_due(hours):
            refresh(hours)


def is_due(hours: int) -> bool:
    """Tell whether a window is older than a minute of a day's (a week's changes no faster than seven).

    Asks the rows, because processes with a cache of their own do not know of one another.
    """
    age = datetime.timedelta(seconds=max(MINUTE, MINUTE * hours // DAY) - 1)
    return not Ranking.objects.filter(hours=hours, counted_at__gt=timezone.now() - age).exists()


def refresh(hours: int) -> None:
    """Count the reads of the last ``hours`` (whole hours, the current one included) into places."""
    now = timezone.now()
    reads = (
        ReadCount.objects.filter(hour__gt=now - datetime.timedelta(hours=hours))
        .values_list("article_id")
        .annotate(reads=Sum("count"))
        .order_by("-reads", "-article_id")[: 2 * PLACES]
    )
    counted = dict(reads)
    public = set(Article.objects.public().filter(pk__in=counted).values_list("pk", flat=True))
    ranked = [pk for pk in counted if pk in public][:PLACES]
    places = [
        Ranking(hours=hours, position=position, article_id=pk, reads=counted[pk], counted_at=now)
        for position, pk in enumerate(ranked, start=1)
    ]
    with transaction.atomic():
        Ranking.objects.bulk_create(
            places,
            update_conflicts=True,
            unique_fields=["hours", "position"],
            update_fields=["article", "reads", "counted_at"],
        )
        Ranking.objects.filter(hours=hours, position__gt=len(places)).delete()


def strands(context: blocks.Context) -> list[Strand]:
    """Return the supply of the block: the most read of its window."""
    return [Strand(most_read(context.block.hours), rank="rankings__position")]


def more(context: blocks.Context) -> str:
    """Return the address of the page with the window that is nearest to the block's."""
    address = reverse("readers:most_read")
    return f"{address}?hours={WEEK}" if context.block.hours > 3 * DAY else address


def register_block() -> None:
    """Make the kind of block known."""
    label = _("Most read")
    kind = blocks.Kind(KIND, label, label, strands, "articles/blocks/ranked.html", more, priority=30)
    blocks.register(kind)
