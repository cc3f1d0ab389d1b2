"""Whether rows and files of photos and videos agree: what is missing, what is too much, and putting it right."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from django.core.files.storage import default_storage, storages
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .clips import VideoFileError
from .images import has_living_twin
from .models import Photo, Video
from .models.photo import RECIPE
from .models.video import FOLDER as VIDEO_FOLDER
from .pictures.ladder import first_names
from .tasks import finish_photo
from .videos import make_missing

# Rows read at once.
BATCH = 500
# What was written so lately may belong to an upload that is under way, or be linked from a page in a cache.
YOUNG = datetime.timedelta(hours=24)
FOLDER = "photos/"


@dataclass(frozen=True)
class Fault:
    """Something that does not agree: ``kind`` is a key of ``KINDS``, ``name`` a file, the others keys of rows."""

    kind: str
    name: str
    photo: int | None = None
    video: int | None = None


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
    originals, known, allowed = storages["originals"], set(), set()
    kept = set(originals.names())
    made = {*default_storage.names(FOLDER), *default_storage.names(VIDEO_FOLDER)}
    for photo in Photo.objects.order_by("pk").iterator(BATCH):
        known.add(photo.file.name)
        allowed.update(photo.names)
        yield from faults_of_photo(photo, kept, made)
    for video in Video.objects.defer("captions").order_by("pk").iterator(BATCH):
        known.add(video.file.name)
        allowed.update(video.names)
        yield from faults_of_video(video, kept, made)
    for name in sorted(kept - known):
        if is_older(originals, name, older_than):
            yield Fault("stray", name)
    for name in sorted(made - allowed):
        if is_older(default_storage, name, older_than):
            yield Fault("stray", name)
    for store in (originals, default_storage):
        yield from (Fault("part", name) for name in store.leftovers(older_than))


def faults_of_photo(photo: Photo, kept: set[str], made: set[str]) -> Iterator[Fault]:
    """Yield what a photo lacks among the originals that are ``kept`` and the public files that are ``made``."""
    if photo.file.name not in kept:
        yield Fault("lost", photo.file.name, photo.pk)
    for name in expected(photo):
        if name not in made or not default_storage.size(name):
            yield Fault("missing", name, photo.pk)
    if photo.is_over() and not has_living_twin(photo):
        yield from (Fault("public", name, photo.pk) for name in photo.names if name in made)


def faults_of_video(video: Video, kept: set[str], made: set[str]) -> Iterator[Fault]:
    """Yield what a video lacks, as ``faults_of_photo`` does for a photo."""
    if video.file.name not in kept:
        yield Fault("lost", video.file.name, video=video.pk)
    for name in video.names:
        if name not in made or not default_storage.size(name):
            yield Fault("missing", name, video=video.pk)


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
    if fault.video and fault.kind == "missing":
        return repair_video(fault.video)
    if fault.kind in {"missing", "public"}:
        finish_photo.func(fault.photo)
        return True
    if fault.kind in {"stray", "part"}:
        for store in (storages["originals"], default_storage):
            store.delete(fault.name)
        return True
    return False


def repair_video(key: int) -> bool:
    """Write the public files of a video anew; return whether that could be done."""
    try:
        make_missing(Video.objects.get(pk=key))
    except VideoFileError:  # the original is not what was uploaded
        return False
    return True
