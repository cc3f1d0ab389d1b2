"""Times of the demonstration: relative to the moment of the run, and the same for every run."""

import datetime
import zlib

from django.utils import timezone

SPREAD = 5 * 60


class Clock:
    """The moment of the run, and times before it."""

    def __init__(self) -> None:
        self.now = timezone.now()

    def ago(self, hours: float, name: str = "") -> datetime.datetime:
        """Return the time ``hours`` before the run (negative: ahead).

        ``name`` shifts times in the past by a little, always the same for the same name: a paper
        does not approve its stories at the same second of different hours.
        """
        seconds = zlib.crc32(name.encode()) % (SPREAD if hours > 1 else 60) if name else 0
        return self.now - datetime.timedelta(hours=hours, seconds=seconds)
