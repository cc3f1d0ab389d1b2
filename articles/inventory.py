"""Whether rows and files of photos agree: what is missing, what is too much, and putting it right."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from django.core.files.storage import default_storage, storages
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .models import Photo
from .models.photo import RECIPE
from .pictures.ladder import first_names
from .tasks import finish_photo

# Rows read at once.
BATCH = 500
# What was written so lately may belong to an upload that is under way, or be linked from a page in a cache.
YOUNG = datetime.timedelta(hours=24)
FOLDER = "photos/"


@dataclass(frozen=True)
class Fault:
    """Something that does not agree: ``kind`` is a key of ``KINDS``, ``name`` a file, ``photo`` the key of a row."""

    kind: str
    name: str
    photo: int | None = None


KINDS = {
    "lost": _("the original is missing"),
    "missing": _("a rendition is missing or empty"),
    "public": _("a rendition is public though the right has ended"),
    "stray": _("a file belongs to no photo"),
    "part": _("an upload was cut off"),
}
# What ``repair`` can put right; a lost original has to be uploaded again or fetched from a backup.
REPAIRABLE = {"missing", "public", "stray", "part"}


def expected(photo: Photo) -> list[str]:
    """Return the names of the renditions that there have to be of a photo."""
    if photo.is_over():
        return []
    finished = photo.recipe >= RECIPE and photo.crop_point == str(photo.point)
    return photo.names if finished else first_names(photo.digest, (photo.width, photo.height))


def faults(older_than: datetime.timedelta = YOUNG) -> Iterator[Fault]:
    """Yield what does not agree; strays and parts only where they are older than that."""
    originals, known, digests = storages["originals"], set(), {}
    kept = set(originals.names())
    made = set(default_storage.names(FOLDER))
    for photo in Photo.objects.order_by("pk").iterator(BATCH):
        known.add(photo.file.name)
        digests.setdefault(photo.digest, set()).update(photo.names)
        wanted = expected(photo)
        if photo.file.name not in kept:
            yield Fault("lost", photo.file.name, photo.pk)
        for name in wanted:
            if name not in made or not default_storage.size(name):
                yield Fault("missing", name, photo.pk)
        if photo.is_over():
            yield from (Fault("public", name, photo.pk) for name in photo.names if name in made)
    allowed = set().union(*digests.values())
    for name in sorted(kept - known):
        if is_older(originals, name, older_than):
            yield Fault("stray", name)
    for name in sorted(made - allowed):
        if is_older(default_storage, name, older_than):
            yield Fault("stray", name)
    for store in (originals, default_storage):
        yield from (Fault("part", name) for name in store.leftovers(older_than))


def is_older(store, name: str, than: datetime.timedelta) -> bool:
    """Tell whether a file was last written longer ago than that; no for one that has gone meanwhile."""
    try:
        return store.get_modified_time(name) <= timezone.now() - than
    except FileNotFoundError:
        return False


def repair(fault: Fault) -> bool:
    """Put a fault right; return whether that could be done.

    A file that belongs to nobody is deleted from whichever store holds it; both are looked into, because
    their names never are the same.
    """
    if fault.kind in {"missing", "public"}:
        finish_photo.func(fault.photo)
        return True
    if fault.kind in {"stray", "part"}:
        for store in (storages["originals"], default_storage):
            store.delete(fault.name)
        return True
    return False
