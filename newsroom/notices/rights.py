"""Telling people, once, that the right to a photo ends soon.

There is no clock job: whoever of the desk first opens its first page while such a photo is in use has the notices
written, and so does the command that mails them.
"""

import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import ngettext

from articles.models import Article, Photo, Reporter

from .actions import tell
from .kinds import Kind
from .models import ToldRight
from .people import desk_for

AHEAD = datetime.timedelta(days=7)
# Photos that a notice names; a contract may end for thousands at once.
MOST_NAMED = 10


def untold(now: datetime.datetime):
    """Return the photos in use whose right ends within seven days and of which nobody was told, first ends first."""
    told = ToldRight.objects.filter(photo=OuterRef("pk"), ends_at=OuterRef("ends_at"))
    return Photo.objects.ending(now, now + AHEAD).in_use(now).filter(~Exists(told))


def tell_of_ends(now: datetime.datetime | None = None) -> int:
    """Tell those who uploaded or made them, and the desk of their stories, of photos whose right ends soon.

    Each person gets one notice of all that is new; each end of a right is told once. Returns how many photos.
    """
    now = now or timezone.now()
    # Asked before the transaction, which on SQLite keeps all others from writing.
    keys = list(untold(now).values_list("pk", flat=True))
    return write(keys, now) if keys else 0


@transaction.atomic
def write(keys: list[int], now: datetime.datetime) -> int:
    """Write the notices of the photos ``keys`` of which nobody has been told meanwhile; return how many photos."""
    # Whoever comes second waits here, and finds below that there is nothing left to tell.
    list(Photo.objects.filter(pk__in=keys).order_by("pk").select_for_update().values_list("pk"))
    photos = list(untold(now).filter(pk__in=keys).select_related("created_by", "photographer__user"))
    ToldRight.objects.bulk_create(ToldRight(photo=photo, ends_at=photo.ends_at) for photo in photos)
    for user, theirs in receivers(photos, now).items():
        with translation.override(user.language or settings.LANGUAGE_CODE):
            tell(users=[user], kind=Kind.RIGHT_ENDS, **said_of(theirs))
    return len(photos)


def receivers(photos: list[Photo], now: datetime.datetime) -> dict:
    """Return who is told of which of ``photos``: uploader, photographer, who is seen in a portrait, the desk."""
    keys = [photo.pk for photo in photos]
    stories = Article.objects.public(now).filter(placements__photo__in=keys).order_by()
    places: dict[int, set] = {key: set() for key in keys}
    for key, *sections in stories.values_list("placements__photo", "section", "top_section").distinct():
        places.setdefault(key, set()).update(sections)
    faces: dict[int, list] = {}
    for reporter in Reporter.objects.filter(portrait__in=keys).exclude(user=None).select_related("user"):
        faces.setdefault(reporter.portrait_id, []).append(reporter.user)
    desks: dict[frozenset, list] = {}
    found: dict = {}
    for photo in photos:
        sections = frozenset(places[photo.pk])
        if sections not in desks:
            desks[sections] = desk_for(sections)
        maker = photo.photographer.user if photo.photographer_id else None
        people = [photo.created_by, maker, *faces.get(photo.pk, []), *desks[sections]]
        for user in dict.fromkeys(filter(None, people)):
            found.setdefault(user, []).append(photo)
    return found


def said_of(photos: list[Photo]) -> dict[str, str]:
    """Return subject, words and address of a notice of ``photos``, in the language that is active."""
    first, others = photos[0], len(photos) - 1
    lines = [
        f"{date_format(timezone.localtime(photo.ends_at), 'Y-m-d H:i')} · {photo}"
        for photo in photos[:MOST_NAMED]
    ]
    if not others:
        return {
            "subject": str(first),
            "words": lines[0],
            "address": reverse("admin:articles_photo_change", args=[first.pk]),
        }
    subject = ngettext("%(photo)s and %(count)d other photo", "%(photo)s and %(count)d other photos", others)
    return {
        "subject": subject % {"photo": first, "count": others},
        "words": "\n".join([*lines, *(["…"] if others >= MOST_NAMED else [])]),
        "address": reverse("admin:index"),
    }
