"""Reading days and hours as Korean papers and press releases write them. Pure."""

import datetime
import re

from django.utils import timezone

DAY = re.compile(
    r"(?<![\d.])(?:(20\d\d)\s*[.년/-]\s*)?(\d{1,2})\s*[.월/-]\s*(\d{1,2})(?!\d|\s*[%만천억:])\s*[.일]?"
    r"\s*(?:\([월화수목금토일]\))?"
)
HOUR = re.compile(
    r"^[\s,.]{0,3}(?:부터\s*)?(오전|오후|낮|밤|아침|저녁)?\s*(?:(\d{1,2})\s*(?::\s*(\d{2})|시(?:\s*(\d{1,2})\s*분)?)|(정오))"
)
HALF_A_YEAR = datetime.timedelta(days=183)


def read_moment(text: str, now: datetime.datetime) -> datetime.datetime | None:
    """Return the first moment named in ``text``, None where there is none that exists.

    A day without a year is the one nearest to ``now``; without an hour it begins at midnight.
    """
    for found in DAY.finditer(text):
        hour, minute = read_hour(text[found.end() :])
        year, month, day = found.groups()
        try:
            plain = datetime.datetime(int(year or now.year), int(month), int(day), hour, minute)  # noqa: DTZ001
            moment = timezone.make_aware(plain)
            if year is None and abs(moment - now) > HALF_A_YEAR:
                moment = timezone.make_aware(plain.replace(year=now.year + (1 if moment < now else -1)))
        except ValueError:
            continue
        return moment
    return None


def read_hour(rest: str) -> tuple[int, int]:
    """Return hour and minute that ``rest`` begins with; midnight where it begins with none."""
    found = HOUR.match(rest)
    if not found:
        return 0, 0
    half, hour, after_colon, minutes, noon = found.groups()
    if noon:
        return 12, 0
    number, minute = int(hour), int(after_colon or minutes or 0)
    if half in {"오후", "저녁", "밤", "낮"} and number < 12 and not (half == "낮" and number == 11):
        number += 12
    if half == "오전" and number == 12:
        number = 0
    return (number, minute) if number < 24 and minute < 60 else (0, 0)
