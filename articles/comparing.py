"""What changed between two versions of a story, field by field, paragraph by paragraph, word by word. No ORM."""

import datetime
import html
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from itertools import chain
from typing import Any

from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext

from .aligning import VIDEO, Alignment, align, kind_of, picture_of, pictures_of
from .html import blocks, gallery_figures
from .spans import Span, list_spans, word_spans
from .states import AiUse, Origin

# Rows of other tables by kind ("section", "photo" …) and key; what is printed of one is its ``str``.
Names = Mapping[str, Mapping[int, Any]]

# Fields in the order of the story's page; those of one group are compared in the same way.
LABELS = {
    "kicker": gettext_lazy("kicker"),
    "headline": gettext_lazy("headline"),
    "deck": gettext_lazy("deck"),
    "bylines": gettext_lazy("bylines"),
    "lead_photo": gettext_lazy("Lead photo"),
    "lead_caption": gettext_lazy("Caption of the lead photo"),
    "body": gettext_lazy("text"),
    "section": gettext_lazy("section"),
    "series": gettext_lazy("series"),
    "tags": gettext_lazy("tags"),
    "list_title": gettext_lazy("list title"),
    "published_at": gettext_lazy("time of publication"),
    "origin": gettext_lazy("origin"),
    "source": gettext_lazy("source"),
    "source_name": gettext_lazy("provided by"),
    "dateline": gettext_lazy("dateline tag"),
    "related": gettext_lazy("related stories"),
    "ai_use": gettext_lazy("use of AI"),
    "comments_open": gettext_lazy("comments open"),
}
TEXTS = {"kicker", "headline", "deck", "lead_caption", "list_title", "source_name", "dateline"}
LISTS = {"bylines", "tags", "related"}
KEYS = {"lead_photo": "photo", "section": "section", "series": "series", "source": "source"}
KINDS = {
    "p": gettext_lazy("paragraph"),
    "h2": gettext_lazy("subhead"),
    "h3": gettext_lazy("small subhead"),
    "blockquote": gettext_lazy("quotation"),
}
MARKS = {"a": gettext_lazy("Link"), "strong": gettext_lazy("Bold"), "em": gettext_lazy("Italics")}
MARKED = re.compile(r"<(a|strong|em)\b([^>]*)>(.*?)</\1>", re.DOTALL)
HREF = re.compile(r'href="([^"]*)"')
WIDTH = re.compile(r'data-width="([^"]*)"')
LINE_END = re.compile(r"<br>|</(?:p|li|tr|caption)>")
CELL_END = re.compile(r"</t[dh]>(?=\s*<t[dh])")
# Paragraphs shown unchanged beside a change, so that it is read in its place.
AROUND = 1


@dataclass(frozen=True)
class Detail:
    """A change that the words do not show: a link, bold type, a width. ``kind`` as in ``Span``."""

    kind: str
    label: str
    text: str


@dataclass(frozen=True)
class Row:
    """A block of the text.

    ``kind`` is "same", "changed", "added", "removed", "moved" (it stands here now, perhaps changed), "away" (it stood
    here) or "folded" (``rows`` are unchanged). ``tag`` is its HTML tag, ``was`` and ``now`` its numbers in the old
    and the new text from 1, ``photos`` what a figure showed and shows. Behind the row of a gallery that is not what
    it was stand those of its photos, whose numbers are those in the gallery.
    """

    kind: str
    tag: str = ""
    spans: list[Span] = field(default_factory=list)
    was: int = 0
    now: int = 0
    details: list[Detail] = field(default_factory=list)
    photos: tuple[Any, Any] = (None, None)
    rows: list["Row"] = field(default_factory=list)

    @property
    def old(self) -> list[Span]:
        """The spans of the old version."""
        return [span for span in self.spans if span.kind != "added"]

    @property
    def new(self) -> list[Span]:
        """The spans of the new version."""
        return [span for span in self.spans if span.kind != "removed"]


@dataclass(frozen=True)
class FieldChange:
    """A field that differs: ``spans`` for words and single values, ``items`` for lists, ``rows`` for the text."""

    field: str
    label: str
    spans: list[Span] = field(default_factory=list)
    items: list[Span] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    photos: tuple[Any, Any] = (None, None)

    @property
    def old(self) -> list[Span]:
        """The spans of the old version."""
        return [span for span in self.spans if span.kind != "added"]

    @property
    def new(self) -> list[Span]:
        """The spans of the new version."""
        return [span for span in self.spans if span.kind != "removed"]


def compare(old: dict, new: dict, names: Names) -> list[FieldChange]:
    """Return the fields in which two snapshots (as JSON) differ, in the order of the story's page."""
    return [
        field_change(name, old.get(name), new.get(name), names)
        for name in LABELS
        if (old.get(name) or None) != (new.get(name) or None)
    ]


def field_change(name: str, old: Any, new: Any, names: Names) -> FieldChange:
    """Return the change of one field."""
    label = str(LABELS[name])
    if name == "body":
        return FieldChange(name, label, rows=folded(body_rows(old or "", new or "", names)))
    if name in TEXTS:
        return FieldChange(name, label, spans=word_spans(old or "", new or ""))
    if name in LISTS:
        return FieldChange(
            name, label, items=list_spans(*(words_of(name, rows, names) for rows in (old, new)))
        )
    values = [value_words(name, value, names) for value in (old, new)]
    spans = [Span(kind, text) for kind, text in zip(("removed", "added"), values, strict=True) if text]
    known = names.get("photo", {}) if name == "lead_photo" else {}
    return FieldChange(name, label, spans=spans, photos=(known.get(old), known.get(new)))


def keys_of(snapshots: Iterable[dict]) -> dict[str, set[int]]:
    """Return the keys of rows that the snapshots name, by kind: what ``Names`` has to know of them."""
    found: dict[str, set[int]] = {
        kind: set() for kind in ("section", "series", "source", "photo", "reporter", "story")
    }
    for content in snapshots:
        for name, kind in KEYS.items():
            found[kind].add(content.get(name))
        pictures = map(pictures_of, blocks(content.get("body") or ""))
        found["photo"] |= {int(shown) for shown in chain.from_iterable(pictures) if is_key(shown)}
        found["reporter"] |= {row.get("reporter") for row in content.get("bylines") or []}
        found["story"] |= set(content.get("related") or [])
    return {kind: keys - {None} for kind, keys in found.items()}


def is_key(text: str) -> bool:
    """Tell whether a text is the key of a photo, and not an address."""
    return text.isascii() and text.isdigit() and len(text) < 19


# Single values and lists.


def value_words(name: str, value: Any, names: Names) -> str:
    """Return a single value as an editor reads it; «» for none."""
    if name == "comments_open":
        return _("Yes") if value else _("No")
    if value in (None, ""):
        return ""
    if name in KEYS:
        return str(names.get(KEYS[name], {}).get(value, f"#{value}"))
    if name == "published_at":
        moment = value if isinstance(value, datetime.datetime) else parse_datetime(value)
        return f"{timezone.localtime(moment):%Y-%m-%d %H:%M}" if moment else str(value)
    choices = Origin.choices if name == "origin" else AiUse.choices
    return str(dict(choices).get(value, value))


def words_of(name: str, rows: list | None, names: Names) -> list[str]:
    """Return the rows of a list as an editor reads them."""
    if name == "bylines":
        return [byline_words(row, names) for row in rows or []]
    if name == "related":
        return [str(names.get("story", {}).get(key, f"#{key}")) for key in rows or []]
    return list(rows or [])


def byline_words(row: dict, names: Names) -> str:
    """Return a name of a byline, another role than a writer's behind it."""
    key = row.get("reporter")
    name = str(names.get("reporter", {}).get(key, f"#{key}")) if key else ""
    name = name or f"{row.get('guest_name', '')} {row.get('guest_title', '')}".strip()
    role = str(names.get("role", {}).get(row.get("role"), ""))
    return f"{name} ({role})" if role else name


# The text.


def body_rows(old: str, new: str, names: Names) -> list[Row]:
    """Return the blocks of two texts in the order of the new one, those that are gone where they stood."""
    before, after = blocks(old), blocks(new)
    found = align(before, after)
    rows: list[Row] = []
    left = iter(leaving(before, found, names))
    waiting = next(left, None)
    for place, block in enumerate(after):
        source, kept = found.origin[place], next_kept(found, place, len(before))
        # What is gone is read before what stands there now.
        while source not in found.moved and waiting and waiting.was <= kept:
            rows.append(waiting)
            waiting = next(left, None)
        rows.append(arriving(block, place, source, before, found, names))
    rows += [*([waiting] if waiting else []), *left]
    return [one for row in rows for one in opened(row, before, after, names)]


def opened(row: Row, before: list[str], after: list[str], names: Names) -> list[Row]:
    """Return a row, and behind that of a gallery that is not what it was those of its photos."""
    was, now = before[row.was - 1] if row.was else "", after[row.now - 1] if row.now else ""
    if was == now or row.kind == "away" or not (gallery_figures(was) or gallery_figures(now)):
        return [row]
    photos = body_rows("".join(gallery_figures(was)), "".join(gallery_figures(now)), names)
    return [replace(row, spans=word_spans(gallery_words(was), gallery_words(now))), *photos]


def next_kept(found: Alignment, place: int, end: int) -> int:
    """Return the old index of the first block from ``place`` on that stands where it stood; ``end`` for none."""
    sources = (source for source in found.origin[place:] if source is not None)
    return next((source for source in sources if source not in found.moved), end)


def leaving(before: list[str], found: Alignment, names: Names) -> list[Row]:
    """Return the rows of blocks that stand no longer where they stood."""
    places = found.places
    return [
        Row(
            "away" if index in found.moved else "removed",
            kind_of(block),
            [Span("same" if index in found.moved else "removed", lines_of(block))],
            was=index + 1,
            now=places[index] + 1 if index in found.moved else 0,
            photos=(photo_of(block, names), None),
        )
        for index, block in enumerate(before)
        if index not in places or index in found.moved
    ]


def arriving(
    block: str, place: int, source: int | None, before: list[str], found: Alignment, names: Names
) -> Row:
    """Return the row of a block of the new text."""
    tag, now = kind_of(block), place + 1
    if source is None:
        photos = (None, photo_of(block, names))
        return Row("added", tag, [Span("added", lines_of(block))], now=now, photos=photos)
    was = before[source]
    kind = "moved" if source in found.moved else "same" if was == block else "changed"
    return Row(
        kind,
        tag,
        [Span("same", lines_of(block))] if was == block else word_spans(lines_of(was), lines_of(block)),
        was=source + 1,
        now=now,
        details=details(was, block),
        photos=(photo_of(was, names), photo_of(block, names)),
    )


def gallery_words(block: str) -> str:
    """Return the words for a gallery as such; «» for any other block."""
    count = len(gallery_figures(block))
    return ngettext("Gallery of %d photo", "Gallery of %d photos", count) % count if count else ""


def lines_of(block: str) -> str:
    """Return the words of a block; captions, items, rows of a table and broken lines on lines of their own."""
    if photos := gallery_figures(block):
        return "\n".join([gallery_words(block), *filter(None, map(lines_of, photos))])
    text = CELL_END.sub(" | ", block)
    text = LINE_END.sub("\n", text.replace("<li>", "· ").replace("<hr>", "* * *"))
    return html.unescape(re.sub(r"<[^<>]*>", "", text)).strip("\n")


def photo_of(block: str, names: Names) -> Any:
    """Return what a figure shows, a photo of ``names``, a video or the address of an embed; None for other blocks."""
    shown = picture_of(block)
    if is_key(shown):
        return names.get("photo", {}).get(int(shown), f"#{shown}")
    if shown.startswith(VIDEO):
        return _("Video no. %s") % shown.removeprefix(VIDEO)
    return html.unescape(shown) or None


def details(old: str, new: str) -> list[Detail]:
    """Return what changed in a block beside its words; bold and italics only where the words are the same."""
    if old == new:
        return []
    only = None if lines_of(old) == lines_of(new) else {"a"}
    found = [*difference(old, new, lambda block: marks(block, only))]
    if kind_of(old) != kind_of(new):
        found += difference(old, new, lambda block: Counter([(_("Kind"), kind_words(block))]))
    return [*found, *difference(old, new, widths)]


def difference(old: str, new: str, look: Callable[[str], Counter]) -> list[Detail]:
    """Return what ``look`` finds in one of two blocks only."""
    before, after = look(old), look(new)
    return [
        Detail(kind, *found)
        for kind, these in (("removed", before - after), ("added", after - before))
        for found in these
    ]


def marks(block: str, only: set[str] | None) -> Counter:
    """Return the links and emphasised words of a block; ``only`` names the tags to look at."""
    found: Counter = Counter()
    for tag, attributes, words in MARKED.findall(block):
        if only is None or tag in only:
            target = HREF.search(attributes)
            text = lines_of(words) + (f" → {html.unescape(target[1])}" if target else "")
            found[str(MARKS[tag]), text] += 1
    return found


def kind_words(block: str) -> str:
    """Return the name of a block's kind."""
    return str(KINDS.get(kind_of(block), kind_of(block)))


def widths(block: str) -> Counter:
    """Return the width of a figure."""
    if kind_of(block) != "figure":
        return Counter()
    width = WIDTH.search(block)
    words = {"wide": pgettext("width of a photo", "wide"), "small": pgettext("width of a photo", "small")}
    plain = pgettext("width of a photo", "as the text")
    return Counter([(_("Width"), words.get(width[1], width[1]) if width else plain)])


def folded(rows: list[Row]) -> list[Row]:
    """Return ``rows`` with long runs of unchanged blocks put into one row, all but those beside a change."""
    found: list[Row] = []
    run: list[Row] = []
    for row in [*rows, None]:
        if row is not None and row.kind == "same":
            run.append(row)
            continue
        head = AROUND if found else 0
        tail = AROUND if row is not None else 0
        inside = run[head : len(run) - tail]
        if len(inside) > 1:
            run = [*run[:head], Row("folded", rows=inside), *run[len(run) - tail :]]
        found += run
        run = []
        if row is not None:
            found.append(row)
    return found
