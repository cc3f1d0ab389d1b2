"""Files of videos: what readers get instead of the file that was uploaded, and where one is kept meanwhile."""

import hashlib
import logging
from pathlib import Path
from tempfile import TemporaryFile
from typing import BinaryIO

from django.core.files import File
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage, default_storage, storages
from django.utils.translation import gettext as _

from .clips import VideoFileError, cleaned
from .images import NO_ROOM
from .models import Video

logger = logging.getLogger(__name__)


def publish(video: Video, source: BinaryIO) -> None:
    """Write the public copy of the video in ``source``, and set ``digest`` by its content.

    Raises ``VideoFileError`` for a video that is here already.
    """
    with unnamed_file() as file:
        copy = Hashed(file)
        cleaned(source, copy)
        digest = copy.digest
        twin = Video.objects.filter(digest=digest).exclude(pk=video.pk).first()
        if twin:
            raise VideoFileError(_("This video is here already: «%(title)s».") % {"title": twin})
        video.digest = digest
        file.seek(0)
        default_storage.save(video.name, File(file))


def write_captions(video: Video) -> None:
    """Write the public file of the captions, and set ``captions_digest`` by its content."""
    content = video.captions.encode()
    video.captions_digest = hashlib.sha256(content).hexdigest()[:16] if content else ""
    if content and is_lacking(video.captions_name):
        default_storage.save(video.captions_name, ContentFile(content))


def make_missing(video: Video) -> None:
    """Write those public files anew that are lost or empty.

    Raises ``VideoFileError`` where the original is not what it was, OSError where it is lost.
    """
    if is_lacking(video.name):
        digest = video.digest
        with video.file.open("rb") as source:
            publish(video, source)
        if video.digest != digest:  # it is cleaned in another way by now
            video.save(update_fields=["digest"])
    if video.captions_digest and is_lacking(video.captions_name):
        write_captions(video)


def is_lacking(name: str) -> bool:
    """Tell whether a public file is lost or empty."""
    return not default_storage.exists(name) or not default_storage.size(name)


def remove_public(stem: str) -> None:
    """Delete the public files whose names begin with ``stem``."""
    for name in list(default_storage.names(stem)):
        default_storage.delete(name)


class Hashed:
    """A file that is written, and the digest of what was written to it."""

    def __init__(self, file: BinaryIO) -> None:
        self.file, self.hash = file, hashlib.sha256()

    def write(self, data: bytes) -> None:
        """Write the next bytes."""
        self.file.write(data)
        self.hash.update(data)

    @property
    def digest(self) -> str:
        """What names the content: 32 hexadecimal digits."""
        return self.hash.hexdigest()[:32]


def unnamed_file() -> BinaryIO:
    """Return a new file without a name on the disk of the originals: whatever happens, nothing is left of it.

    Elsewhere than in a folder (an object store) it lies where the system keeps such files.
    """
    store, folder = storages["originals"], None
    if isinstance(store, FileSystemStorage):
        folder = Path(store.location)
        folder.mkdir(parents=True, exist_ok=True)
    return TemporaryFile(dir=folder)


def not_stored(error: OSError) -> VideoFileError:
    """Return the error for a video that the disk or the store did not take; the log has the rest."""
    logger.warning("A video could not be stored: %s", error)
    if error.errno in NO_ROOM:
        return VideoFileError(
            _("The disk of the newspaper is full. Nothing was saved; tell whoever runs the newspaper.")
        )
    return VideoFileError(
        _("The store of videos does not take anything. Nothing was saved; try again in a few minutes.")
    )
