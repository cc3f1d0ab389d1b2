"""Where photos are kept, and which of the kept files is the best answer where one is missing.

Every store of photos, this folder or the one in ``s3.py``, has the three methods ``names``, ``leftovers`` and
``exposed`` beside those of Django.
"""

import os
import posixpath
import re
import secrets
import time
from collections.abc import Iterable, Iterator
from datetime import timedelta
from pathlib import Path

from django.core.exceptions import SuspiciousFileOperation
from django.core.files.storage import FileSystemStorage
from django.utils._os import safe_makedirs

# What the public store may hold, by ending; nothing here can hold a script.
TYPES = {
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "png": "image/png",
    "webp": "image/webp",
    "avif": "image/avif",
    "gif": "image/gif",
    "mp4": "video/mp4",
    "vtt": "text/vtt; charset=utf-8",
}
# A file that is being written, or was when the process was killed.
PART = re.compile(r"\.[0-9a-f]{16}\.part")
# The names that renditions have: whole pictures, and crops with their focal point.
RENDITION = re.compile(
    r"(?P<family>photos/(?P<fold>[0-9a-f]{2})/(?P=fold)[0-9a-f]{30}-)"
    r"(?:(?P<crop>[0-9]{1,2}x[0-9]{1,2})-(?P<focus>[0-9]{1,3}\.[0-9]{1,3})-)?"
    r"(?P<width>[0-9]{1,5})\.(?P<format>jpg|avif)"
)


class StoreUnavailable(OSError):
    """The store of photos does not answer, or refuses what was asked of it."""


class NoAddress(ValueError, AttributeError):
    """Originals have no address. An AttributeError, too, so that a form takes its file as one without a link."""


def type_of(name: str) -> str | None:
    """Return the media type that a file of the public store is served with; None for what it must not hold."""
    return TYPES.get(posixpath.splitext(name)[1].removeprefix(".").lower())


def family(name: str) -> str | None:
    """Return what the names of all renditions of the same original begin with; None for other files."""
    match = RENDITION.fullmatch(name)
    return match["family"] if match else None


def next_best(name: str, names: Iterable[str]) -> str | None:
    """Return which of ``names`` to show where the rendition ``name`` is missing; None when none is of its original.

    First the same crop in the same format, then that crop as a JPEG, then the whole picture as a JPEG,
    then whatever there is. Among those the same focal point first, then the next larger width, then smaller ones.
    """
    asked = RENDITION.fullmatch(name)
    if not asked:
        return None
    found = [
        match for match in map(RENDITION.fullmatch, names) if match and match["family"] == asked["family"]
    ]
    best = min(
        (match for match in found if match[0] != name), key=lambda match: distance(asked, match), default=None
    )
    return best[0] if best else None


def distance(asked: re.Match, other: re.Match) -> tuple:
    """Return what orders renditions by how well they stand in for the one that was asked for."""
    same_crop = other["crop"] == asked["crop"]
    # Whoever can show AVIF can show JPEG, but not the other way round.
    kinds = (
        same_crop and other["format"] == asked["format"],
        same_crop and other["format"] == "jpg",
        not other["crop"] and other["format"] == "jpg",
        other["format"] == "jpg",
        True,
    )
    wider = int(other["width"]) - int(asked["width"])
    return kinds.index(True), other["focus"] != asked["focus"], wider < 0, abs(wider), other[0]


def sync_folder(folder: Path) -> None:
    """Bring the names in ``folder`` to the disk."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def fail_unless_missing(error: OSError) -> None:
    """Pass on what keeps a folder from being listed, unless it is not there."""
    if not isinstance(error, (FileNotFoundError, NotADirectoryError)):
        raise error


class AtomicFileStorage(FileSystemStorage):
    """A folder in which a file has its name only once it is whole and on the disk.

    It is written beside its place first; a process that is killed or a disk that is full leaves at most
    such a part. With ``allow_overwrite`` a file replaces the one of the same name, at one stroke; without
    it is given another name, as Django does. The file system must know hard links for that.
    """

    def _save(self, name, content) -> str:
        if PART.fullmatch(posixpath.basename(name)):
            raise SuspiciousFileOperation(f"{name} would be taken for a file that is not whole.")
        folder = Path(self.path(name)).parent
        is_new = not folder.exists()
        self._make(folder)
        part = folder / f".{secrets.token_hex(8)}.part"
        try:
            self._write(part, content)
            name = self._put_in_place(part, name)
        finally:
            part.unlink(missing_ok=True)
        sync_folder(folder)
        if is_new:
            for above in folder.relative_to(self.location).parents:
                sync_folder(Path(self.location, above))
        return name

    def _make(self, folder: Path) -> None:
        """Make the folder with those above it; the mode of the settings counts for all of them."""
        if self.directory_permissions_mode is None:
            folder.mkdir(parents=True, exist_ok=True)
        else:
            safe_makedirs(folder, self.directory_permissions_mode, exist_ok=True)

    def _write(self, part: Path, content) -> None:
        """Write the content into a new file and wait until the disk has it."""
        with part.open("xb") as file:
            for chunk in content.chunks():
                file.write(chunk if isinstance(chunk, bytes) else chunk.encode())
            if self.file_permissions_mode is not None:
                os.fchmod(file.fileno(), self.file_permissions_mode)
            file.flush()
            os.fsync(file.fileno())
        self._ensure_location_group_id(part)

    def _put_in_place(self, part: Path, name: str) -> str:
        """Give the whole file its name, or a free one; return that."""
        if self._allow_overwrite:
            os.replace(part, self.path(name))
            return name
        while True:
            try:
                os.link(part, self.path(name))
            except FileExistsError:  # somebody else was quicker
                name = self.get_available_name(name)
            else:
                return name

    def listdir(self, path: str) -> tuple[list[str], list[str]]:
        """Return folders and files in ``path``, without what is not whole."""
        folders, files = super().listdir(path)
        return folders, [name for name in files if not PART.fullmatch(name)]

    def names(self, prefix: str = "") -> Iterator[str]:
        """Yield the names of all files that begin with ``prefix``, in no order, without what is not whole."""
        for name in self._walk(posixpath.dirname(prefix)):
            if name.startswith(prefix) and not PART.fullmatch(posixpath.basename(name)):
                yield name

    def leftovers(self, older_than: timedelta) -> Iterator[str]:
        """Yield the names of files that were never finished and not touched for so long; ``delete`` takes them."""
        latest = time.time() - older_than.total_seconds()
        for name in self._walk(""):
            if PART.fullmatch(posixpath.basename(name)):
                try:
                    is_old = Path(self.path(name)).stat().st_mtime <= latest
                except FileNotFoundError:  # finished meanwhile
                    continue
                if is_old:
                    yield name

    def exposed(self) -> bool:
        """Say whether a stranger can read what should have no address: never, in a folder."""
        return False

    def _walk(self, folder: str) -> Iterator[str]:
        """Yield the names of all files in and below ``folder``, which may be missing."""
        for place, _folders, files in os.walk(self.path(folder), onerror=fail_unless_missing):
            inside = Path(place).relative_to(self.location)
            yield from (str(inside / file) for file in files)


class PrivateFolder(AtomicFileStorage):
    """Originals: none is replaced, none has an address."""

    def url(self, name: str | None) -> str:
        """Raise ``NoAddress``; Django would make one below the address of the public store."""
        raise NoAddress(name)
