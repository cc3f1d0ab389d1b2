"""Figures of the index that change slowly: read now and then, kept in the process."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field

from django.db.models import Avg, F

from ..models import SearchDoc

SECONDS = 60
SAMPLE = 1_000


@dataclass(frozen=True)
class Sizes:
    """How many stories there are, how many terms one has on average, and in which part of them common terms stand."""

    stories: int
    length: float
    common: dict[str, float] = field(default_factory=dict)


def measured(common: dict[str, float] | None = None) -> Sizes:
    """Count the stories, and take the average length of a thousand spread over all of them."""
    stories = SearchDoc.objects.count()
    spread = SearchDoc.objects.alias(rest=F("pk") % max(1, stories // SAMPLE)).filter(rest=0)
    return Sizes(stories, spread.aggregate(mean=Avg("length"))["mean"] or 1, common or {})


class Kept:
    """Figures by the name of their database, read again when they are a minute old.

    Figures of fewer than a thousand stories are read every time: they cost little and change soon.
    """

    def __init__(self) -> None:
        self._kept: dict[str, tuple[float, Sizes]] = {}

    def read(self, name: str, count: Callable[[], Sizes]) -> Sizes:
        """Return the figures of the database ``name``, from ``count`` where none are kept."""
        now = time.monotonic()
        until, sizes = self._kept.get(str(name), (0.0, None))
        if sizes is None or until < now:
            sizes = count()
            self._kept[str(name)] = (now + SECONDS if sizes.stories >= SAMPLE else now, sizes)
        return sizes

    def forget(self) -> None:
        """Read everything anew the next time."""
        self._kept.clear()


SIZES = Kept()
