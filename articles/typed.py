"""What stands in a form that was never sent, as a version of the story: to be compared and looked at, unjudged."""

from dataclasses import replace
from typing import Any

from django.utils import timezone
from django.utils.dateparse import parse_datetime

from .access import MAX_KEY
from .models import Byline
from .snapshots import KEYS, LINES, Snapshot
from .states import Origin
from .tagging import parse_tags

Fields = dict[str, list[str]]
BYLINES, RELATED = "bylines", "related_links"
MOST_ROWS = 200


def version_of(fields: Fields, shown: Snapshot) -> Snapshot:
    """Return what ``fields`` (name → values, as a browser sends them) say; what they do not name is as in ``shown``.

    A value that no form would take counts as none.
    """
    values: dict[str, Any] = {
        name: fields[name][-1]
        for name in (*LINES, "deck", "body", "lead_caption", "ai_use")
        if fields.get(name)
    }
    values |= {name: key(fields[name][-1]) for name in (*KEYS, "lead_photo") if fields.get(name)}
    if fields.get("tags"):
        values["tags"] = parse_tags(fields["tags"][-1])
    if "headline" in fields:
        # A box that is not ticked is not sent.
        values["comments_open"] = bool(fields.get("comments_open"))
    if fields.get("origin", [""])[-1] in Origin.values:
        values["origin"] = fields["origin"][-1]
    if fields.get("published_at"):
        values["published_at"] = moment(fields["published_at"][-1])
    if f"{BYLINES}-TOTAL_FORMS" in fields:
        values["bylines"] = [
            row for row in map(byline, rows(fields, BYLINES)) if row["reporter"] or row["guest_name"]
        ]
    if f"{RELATED}-TOTAL_FORMS" in fields:
        values["related"] = [story for row in rows(fields, RELATED) if (story := key(row.get("related", "")))]
    return replace(shown, **values).normal()


def key(text: str) -> int | None:
    """Return the key of a row, None for what is none."""
    return int(text) if text.isascii() and text.isdigit() and 0 < int(text[:20]) <= MAX_KEY else None


def moment(text: str):
    """Return the time that was typed, in the paper's time zone; None for what is none."""
    try:
        read = parse_datetime(text)
    except ValueError:
        return None
    return timezone.make_aware(read) if read and timezone.is_naive(read) else read


def rows(fields: Fields, prefix: str) -> list[dict[str, str]]:
    """Return the rows that were not deleted, by their order."""
    total = key(fields[f"{prefix}-TOTAL_FORMS"][-1]) or 0
    found = []
    for number in range(min(total, MOST_ROWS)):
        start = f"{prefix}-{number}-"
        row = {
            name.removeprefix(start): values[-1]
            for name, values in fields.items()
            if name.startswith(start) and values
        }
        if not row.get("DELETE"):
            found.append(row)
    return sorted(found, key=lambda row: key(row.get("order", "")) or 0)


def byline(row: dict[str, str]) -> dict[str, Any]:
    """Return what a version says of a byline."""
    return {
        "reporter": key(row.get("reporter", "")),
        "guest_name": row.get("guest_name", "").strip(),
        "guest_title": row.get("guest_title", "").strip(),
        "role": row["role"] if row.get("role") in Byline.Role.values else Byline.Role.WRITER.value,
    }
