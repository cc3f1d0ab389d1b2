"""All that one version of a story says, as a value: read from the row, kept in a revision, written to the row."""

import datetime
from dataclasses import asdict, dataclass, field, fields, replace
from typing import Any

from django.utils.dateparse import parse_datetime

from .html import clean_body
from .models import Article, Byline, Photo, Placement, RelatedArticle, Reporter, Section, Series, Source
from .placing import lay_out
from .states import AiUse, Origin
from .text import clean_line, clean_lines

LINES = ("kicker", "headline", "list_title", "source_name", "dateline")
KEYS = ("section", "series", "source")
WRITTEN = (
    *LINES, "deck", *KEYS, "origin", "ai_use", "comments_open", "body", "published_at", "top_section", "excerpt",
)  # fmt: skip


@dataclass(frozen=True)
class Snapshot:
    """One version of a story. Rows of other tables are named by their keys, tags by their names."""

    kicker: str = ""
    headline: str = ""
    list_title: str = ""
    deck: str = ""
    section: int | None = None
    series: int | None = None
    origin: str = Origin.OWN.value
    source: int | None = None
    source_name: str = ""
    dateline: str = ""
    ai_use: str = ""
    comments_open: bool = True
    published_at: datetime.datetime | None = None
    body: str = ""
    lead_photo: int | None = None
    lead_caption: str = ""
    bylines: list[dict[str, Any]] = field(default_factory=list)
    related: list[int] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, article: Article) -> "Snapshot":
        """Return what stands in the row of a story and in those that belong to it."""
        lead = next((row for row in article.placements.all() if row.place == Placement.Place.LEAD), None)
        own = {name: getattr(article, name) for name in (*LINES, "deck", "origin", "ai_use", "body")}
        return cls(
            **own,
            **{name: getattr(article, f"{name}_id") for name in KEYS},
            comments_open=article.comments_open,
            published_at=article.published_at,
            lead_photo=lead.photo_id if lead else None,
            lead_caption=lead.caption if lead else "",
            bylines=[byline_words(row) for row in article.bylines.all()],
            related=[row.related_id for row in article.related_links.all()],
            tags=article.tag_list,
        )

    @classmethod
    def from_json(cls, content: dict[str, Any]) -> "Snapshot":
        """Return the value of ``as_json``; what an older version of the program did not know gets its default."""
        known = {item.name for item in fields(cls)}
        values = {name: value for name, value in content.items() if name in known}
        if isinstance(values.get("published_at"), str):
            values["published_at"] = parse_datetime(values["published_at"])
        return cls(**values)

    def as_json(self) -> dict[str, Any]:
        """Return plain values for a ``JSONField``; a moment as ISO 8601 in UTC."""
        moment = self.published_at and self.published_at.astimezone(datetime.UTC).isoformat()
        return asdict(self) | {"published_at": moment}

    def normal(self) -> "Snapshot":
        """Return the same in the stored form, so that equal versions are equal values."""
        return replace(
            self,
            **{name: clean_line(getattr(self, name)) for name in LINES},
            deck=clean_lines(self.deck),
            lead_caption=clean_lines(self.lead_caption) if self.lead_photo else "",
            body=clean_body(self.body),
            ai_use=self.ai_use if self.ai_use in AiUse.values else "",
        )


def byline_words(row: Byline) -> dict[str, Any]:
    """Return what a snapshot says of a byline."""
    return {
        "reporter": row.reporter_id,
        "guest_name": row.guest_name,
        "guest_title": row.guest_title,
        "role": row.role,
    }


def without_missing(snapshot: Snapshot) -> Snapshot:
    """Return the version without what has been deleted since: sections, people, photos, related stories."""
    people = {row["reporter"] for row in snapshot.bylines if row["reporter"]}
    there = {
        "section": existing(Section, {snapshot.section}),
        "series": existing(Series, {snapshot.series}),
        "source": existing(Source, {snapshot.source}),
        "lead_photo": existing(Photo, {snapshot.lead_photo}),
    }
    reporters = existing(Reporter, people)
    stories = existing(Article, set(snapshot.related))
    return replace(
        snapshot,
        **{name: key if (key := getattr(snapshot, name)) in found else None for name, found in there.items()},
        bylines=[row for row in snapshot.bylines if not row["reporter"] or row["reporter"] in reporters],
        related=[key for key in snapshot.related if key in stories],
    )


def existing(model, keys: set) -> set:
    """Return those of ``keys`` that are rows of ``model``."""
    keys = keys - {None}
    return set(model.objects.filter(pk__in=keys).values_list("pk", flat=True)) if keys else set()


def write(article: Article, snapshot: Snapshot, *, keep_time: bool = False) -> None:
    """Put a version into the row and the rows that belong to it; the caller holds a transaction and settles.

    ``keep_time`` leaves the time of publication alone: it has passed, and readers have seen it.
    """
    snapshot = without_missing(snapshot)
    for name in (*LINES, "deck", "origin", "ai_use", "comments_open", "body"):
        setattr(article, name, getattr(snapshot, name))
    for name in KEYS:
        # A section that is gone is no reason to take a story that has one out of it.
        if getattr(snapshot, name) is not None or name != "section" or not article.was_approved:
            setattr(article, f"{name}_id", getattr(snapshot, name))
    if not keep_time:
        article.published_at = snapshot.published_at
    article.save(update_fields=WRITTEN)
    write_bylines(article, snapshot.bylines)
    write_related(article, snapshot.related)
    if article.tag_list != snapshot.tags:
        article.tags.set(snapshot.tags, clear=True)
    lay_out(article, snapshot.lead_photo, snapshot.lead_caption)


def write_bylines(article: Article, bylines: list[dict[str, Any]]) -> None:
    """Replace the bylines where they differ."""
    if [byline_words(row) for row in article.bylines.all()] == bylines:
        return
    article.bylines.all().delete()
    Byline.objects.bulk_create(
        Byline(article=article, published_at=article.published_at, order=order, reporter_id=row["reporter"],
               guest_name=row["guest_name"], guest_title=row["guest_title"], role=row["role"])
        for order, row in enumerate(bylines)
    )  # fmt: skip


def write_related(article: Article, related: list[int]) -> None:
    """Replace the related stories where they differ."""
    if [row.related_id for row in article.related_links.all()] == related:
        return
    article.related_links.all().delete()
    RelatedArticle.objects.bulk_create(
        RelatedArticle(article=article, related_id=key, order=order) for order, key in enumerate(related)
    )
