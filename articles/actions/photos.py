"""Verbs on photos: stored, described, and gone when their right ends."""

import datetime
import logging
from functools import partial

from django.core.files.storage import default_storage
from django.db import DatabaseError, transaction

from ..errors import PhotoFileError
from ..images import make_first, not_stored
from ..models import Article, Photo
from ..pictures.ladder import first_names
from ..signals import photo_arrived, photo_changed
from ..tasks import finish_photo, stamp_photo

# What changes the words inside the public files, and what changes their pixels or whether they are there.
STAMPED = ("credit", "photographer_id", "copyright")
SHAPED = ("focal_x", "focal_y")
RIGHTS = ("begins_at", "ends_at")

logger = logging.getLogger(__name__)


def store_photo(*, photo: Photo, by=None) -> Photo:
    """Save a photo with its (new) file and make its renditions.

    Raises ``PhotoFileError`` for a file that is no picture or that the store cannot take; nothing is left
    of it then, neither a row nor a file. The pictures are made before the transaction begins, because on
    SQLite it keeps all others from writing; those that nobody waits for come behind it, in a task.
    """
    if photo.pk is None:
        photo.created_by = by
    photo_arrived.send(Photo, photo=photo, by=by)
    try:
        make_first(photo)
        with transaction.atomic():
            photo.save()
            announce(photo)
    except (PhotoFileError, OSError, DatabaseError) as error:
        throw_away(photo)
        if isinstance(error, OSError):
            raise not_stored(error) from error
        raise
    return photo


def throw_away(photo: Photo) -> None:
    """Take away what was written of an upload that failed, unless another photo is of the same file.

    A store that fails here, too, is left to ``manage.py check_media``; the first error is the one to tell.
    """
    try:
        if photo.file and photo.file._committed and not Photo.objects.filter(file=photo.file.name).exists():
            photo.file.storage.delete(photo.file.name)
        if photo.digest and photo.width and not Photo.objects.filter(digest=photo.digest).exists():
            for name in first_names(photo.digest, (photo.width, photo.height)):
                default_storage.delete(name)
    except (OSError, DatabaseError):
        logger.exception("What is left of an upload could not be taken away.")


def save_photo(*, photo: Photo) -> Photo:
    """Save what was changed about a photo other than its file: words, focal point, rights."""
    before = Photo.objects.filter(pk=photo.pk).values(*STAMPED, *SHAPED, *RIGHTS).first() or {}
    with transaction.atomic():
        photo.save()
        changed = {name for name, value in before.items() if getattr(photo, name) != value}
        if changed & {*SHAPED, *RIGHTS}:
            announce(photo)
            return photo
        photo_changed.send(Photo, photo=photo)
        if changed & {*STAMPED}:
            transaction.on_commit(partial(stamp_photo.enqueue, photo.pk))
    return photo


def announce(photo: Photo) -> None:
    """Tell the stories of a photo what they may show of it, and have its renditions finished; in a transaction."""
    Article.objects.filter(placements__photo=photo).choose_lead()
    photo_changed.send(Photo, photo=photo)
    transaction.on_commit(partial(finish_photo.enqueue, photo.pk))


@transaction.atomic
def turn(key: int, now: datetime.datetime) -> int:
    """Tell its stories that the right of the photo ``key`` has begun or ended, if nobody has done it; return 1 or 0.

    Readers are kept from such a photo by ``Photo.is_usable`` in any case; this puts the story's next photo
    in its place in lists and takes its files out of the public store.
    """
    photo = Photo.objects.select_for_update().due(now).filter(pk=key).first()
    if photo is None:
        return 0
    Photo.objects.filter(pk=key).update(due_at=photo.next_turn(now))
    announce(photo)
    return 1
