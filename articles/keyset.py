"""Positions in a list: pages begin behind a story, not behind a number of rows."""

import datetime
import re
from dataclasses import dataclass

EPOCH = datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC)
MICROSECOND = datetime.timedelta(microseconds=1)
# Microseconds since 1970 (negative for what is older: archives go back further) and the key of the row.
KEY = re.compile(r"\A(-?\d{1,17})-(\d{1,18})\Z", re.ASCII)


@dataclass(frozen=True)
class Position:
    """A place in a list ordered by time and number, newest first."""

    at: datetime.datetime
    pk: int

    def __str__(self) -> str:
        return f"{(self.at - EPOCH) // MICROSECOND}-{self.pk}"


def parse_position(key: str) -> Position | None:
    """Return the position that ``key`` (of ``?before=``) names, or None for a key that names none."""
    found = KEY.match(key or "")
    if found is None:
        return None
    try:
        return Position(EPOCH + int(found[1]) * MICROSECOND, int(found[2]))
    except OverflowError:
        return None
