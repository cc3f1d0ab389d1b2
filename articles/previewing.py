"""A story as readers would see it, before they may: for the desk, and by a secret link for somebody outside."""

import datetime
import hashlib
import secrets
from copy import copy

from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .access import may_edit
from .errors import NotAllowed, NotReady
from .html import photo_ids
from .models import Article, Byline, Photo, Placement, Reporter, Section, Series, Source
from .models.preview import PreviewLink
from .snapshots import LINES, Snapshot
from .states import State
from .text import clean_line

# How long a link may live, in hours.
LIVES = {1: gettext_lazy("1 hour"), 24: gettext_lazy("1 day"), 168: gettext_lazy("7 days")}
# Random bytes of a link's secret.
SECRET = 32
# Links of a story that its page lists; more than anybody gives away.
MOST_LINKS = 30


def preview(article: Article, snapshot: Snapshot) -> Article:
    """Return a version of a story as the row it would be once approved, with all that its page shows.

    It is not saved and not to be saved. Times that the story does not have yet are those of now; comments are
    closed, because nobody comments on a preview. Six queries at most, whatever the story holds.
    """
    snapshot = snapshot.normal()
    shown, now = copy(article), timezone.now()
    for name in (*LINES, "deck", "origin", "ai_use", "body"):
        setattr(shown, name, getattr(snapshot, name))
    shown.section = row_of(Section.objects.select_related("parent"), snapshot.section)
    shown.series = row_of(Series.objects.all(), snapshot.series)
    shown.source = row_of(Source.objects.all(), snapshot.source)
    shown.tag_names = ",".join(snapshot.tags)
    shown.state, shown.comments_open = State.APPROVED, False
    shown.approved_at = article.approved_at or now
    shown.published_at = snapshot.published_at or article.published_at or now
    shown.normalise()
    placements = placements_of(shown, snapshot)
    shown.lead_photo = first_usable(placements)
    shown._prefetched_objects_cache = {}
    hold(shown, "placements", placements)
    hold(shown, "bylines", bylines_of(shown, snapshot))
    hold(shown, "corrections", list(article.corrections.all()) if article.pk else [])
    return shown


def row_of(rows, key: int | None):
    """Return the row of ``rows`` with ``key``; None for none and for one that was deleted."""
    return rows.filter(pk=key).first() if key else None


def hold(article: Article, name: str, rows: list) -> None:
    """Let ``article`` answer with ``rows`` when it is asked for the rows called ``name``."""
    found = getattr(article, name).get_queryset()
    found._result_cache, found._prefetch_done = rows, True
    article._prefetched_objects_cache[name] = found


def placements_of(article: Article, snapshot: Snapshot) -> list[Placement]:
    """Return the places of the version's photos: the lead photo, then those of the text, each once."""
    wanted = [key for key in dict.fromkeys([snapshot.lead_photo, *photo_ids(article.body)]) if key]
    photos = Photo.objects.select_related("photographer").in_bulk(wanted) if wanted else {}
    return [
        Placement(
            article=article,
            photo=photos[key],
            order=order,
            place=Placement.Place.LEAD if key == snapshot.lead_photo else Placement.Place.TEXT,
            caption=snapshot.lead_caption if key == snapshot.lead_photo else "",
        )
        for order, key in enumerate(wanted)
        if key in photos
    ]


def first_usable(placements: list[Placement]) -> Photo | None:
    """Return the photo that lists and shared links show, as ``ArticleQuerySet.choose_lead`` finds it."""
    if not any(row.place == Placement.Place.LEAD for row in placements):
        return None
    return next((row.photo for row in placements if row.photo.is_usable()), None)


def bylines_of(article: Article, snapshot: Snapshot) -> list[Byline]:
    """Return the version's bylines without people who have been deleted."""
    keys = {row["reporter"] for row in snapshot.bylines if row["reporter"]}
    people = Reporter.objects.in_bulk(keys) if keys else {}
    return [
        Byline(article=article, order=order, **row | {"reporter": people.get(row["reporter"])})
        for order, row in enumerate(snapshot.bylines)
        if not row["reporter"] or row["reporter"] in people
    ]


# Links.


def make_link(*, article: Article, by, hours: int, label: str = "") -> tuple[PreviewLink, str]:
    """Make a link that lives for ``hours`` (a key of ``LIVES``); return it and its secret, which is kept nowhere.

    Raises ``NotAllowed`` for somebody who may not write in the story, ``NotReady`` for another span.
    """
    if not may_edit(by, article):
        raise NotAllowed(_("You may not change this story."))
    if hours not in LIVES:
        raise NotReady({"hours": _("Choose how long the link is valid.")})
    token = secrets.token_urlsafe(SECRET)
    length = PreviewLink._meta.get_field("label").max_length
    link = PreviewLink.objects.create(
        article=article,
        digest=digest_of(token),
        label=clean_line(label)[:length],
        by=by,
        expires_at=timezone.now() + datetime.timedelta(hours=hours),
    )
    return link, token


def revoke_link(*, article: Article, by, pk: int) -> bool:
    """Close a link of the story for good; return whether it was open. Raises ``NotAllowed``."""
    if not may_edit(by, article):
        raise NotAllowed(_("You may not change this story."))
    link = PreviewLink.objects.filter(article=article, pk=pk, revoked_at=None)
    return link.update(revoked_at=timezone.now()) == 1


def open_link(token: str) -> PreviewLink | None:
    """Return the link of a secret with its story, counted once more; None where there is none to be opened."""
    link = PreviewLink.objects.select_related("article").filter(digest=digest_of(token)).first()
    if link is None or not link.is_open:
        return None
    PreviewLink.objects.filter(pk=link.pk).update(opened=F("opened") + 1)
    return link


def digest_of(token: str) -> str:
    """Return what is kept of a secret."""
    return hashlib.sha256(token.encode()).hexdigest()
