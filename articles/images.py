"""Renditions of photos: what readers get instead of the camera's file. Made in two goes, see ``pictures.ladder``."""

import errno
import hashlib
import logging

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils.translation import gettext as _
from PIL import Image

from .errors import PhotoFileError
from .models.photo import RECIPE, Photo
from .pictures.encoding import encoded, rights_packet, with_rights
from .pictures.ladder import (
    AVIF,
    CROPS,
    JPEG,
    Crop,
    crop_box,
    crop_widths,
    first_names,
    rendition_name,
)
from .pictures.likeness import fingerprint, placeholder
from .pictures.opening import opened

# Up to this width in pixels a phone shows a photo as large as it can; what is wider is encoded quickly.
PHONE = 800
# A full disk, a quota that is used up, a file larger than the system allows.
NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}

logger = logging.getLogger(__name__)


def digest_of(data: bytes) -> str:
    """Return what names the content of an original: 32 hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()[:32]


def make_first(photo) -> None:
    """Write what a page needs at once, the whole picture as JPEG, and set what the row says of the picture.

    The renditions are upright sRGB without any of the camera's data (no place, no serial number), with
    credit and copyright. Raises ``PhotoFileError``. Does not save the row; leaves the file open or closed
    as it was.
    """
    data = read(photo.file)
    picture, size = opened(data)
    photo.digest = digest_of(data)
    photo.width, photo.height = size
    photo.fingerprint, photo.placeholder = fingerprint(picture), placeholder(picture)
    photo.recipe, photo.crop_point = 0, ""
    write_whole(photo, picture, JPEG)


def make_missing(photo) -> None:
    """Write what ``make_first`` makes, where it is not there: lost, or taken away when a right ended."""
    if not all(map(default_storage.exists, first_names(photo.digest, (photo.width, photo.height)))):
        picture, _size = opened(read(photo.file))
        write_whole(photo, picture, JPEG)


def make_further(photo) -> None:
    """Write the other renditions, AVIF and crops, and note on the row (unsaved) that they are there.

    Raises ``PhotoFileError``. What is there already is written over, so that a run that was cut off is
    simply done again.
    """
    picture, _size = opened(read(photo.file))
    small = write_whole(photo, picture, AVIF)
    for name, crop in CROPS.items():
        left, _top, right, _bottom = crop_box(small.size, crop, photo.point)
        # A picture that is not very long or tall is cut from its widest rendition, which is quicker.
        write_crops(photo, small if right - left >= crop.widths[-1] else picture, name, crop)
    photo.recipe, photo.crop_point = RECIPE, str(photo.point)


def write_whole(photo, picture: Image.Image, kind: str) -> Image.Image:
    """Write the ladder of the whole picture, each step made of the one before; return the widest step."""
    packet, widest = packet_of(photo), None
    for width in reversed(photo.widths):
        if width < picture.width:
            height = max(1, round(photo.height * width / photo.width))
            picture = picture.resize((width, height), Image.Resampling.LANCZOS, reducing_gap=3.0)
        widest = widest or picture
        store(rendition_name(photo.digest, width, kind), encoded(picture, kind, packet, quick=width > PHONE))
    return widest


def write_crops(photo, picture: Image.Image, name: str, crop: Crop) -> None:
    """Write the renditions that are cut to one shape around the focal point."""
    packet = packet_of(photo)
    box = crop_box(picture.size, crop, photo.point)
    for width in reversed(crop_widths((photo.width, photo.height), crop)):
        # Pillow reads the box on the way, so that no copy of the cut is made.
        size = (width, crop.height(width))
        cut = picture.resize(size, Image.Resampling.LANCZOS, box=box, reducing_gap=3.0)
        for kind in crop.formats:
            store(
                rendition_name(photo.digest, width, kind, name, photo.point),
                encoded(cut, kind, packet, quick=True),
            )


def write_rights(photo) -> int:
    """Write credit and copyright anew into the renditions that there are; return how many were changed.

    No picture is encoded again, no address changes.
    """
    packet, changed = packet_of(photo), 0
    for name in photo.names:
        if not default_storage.exists(name):
            continue
        with default_storage.open(name) as file:
            data = file.read()
        stamped = with_rights(data, packet)
        if stamped != data:
            store(name, stamped)
            changed += 1
    return changed


def remove(photo) -> None:
    """Take all renditions out of the public store, those around earlier focal points as well; the original stays.

    They stay, too, while another photo of the same file may be shown.
    """
    if has_living_twin(photo):
        return
    family = rendition_name(photo.digest, 0).removesuffix("0.jpg")
    for name in list(default_storage.names(family)):
        default_storage.delete(name)


def has_living_twin(photo) -> bool:
    """Tell whether another photo of the same file, which has the same renditions, may be shown."""
    twins = Photo.objects.filter(digest=photo.digest).exclude(pk=photo.pk)
    return not all(twin.is_over() for twin in twins)


def packet_of(photo) -> bytes:
    """Return what the public files say of their rights."""
    return rights_packet(photo.credit_line, photo.copyright or photo.credit_line)


def read(file) -> bytes:
    """Return the content of a photo's file, from its beginning; raise ``PhotoFileError`` when it is missing."""
    was_closed = file.closed
    try:
        file.open("rb")
        data = file.read()
    except (OSError, ValueError) as error:  # lost from the store, or no file given
        raise PhotoFileError(_("The file of the photo is missing. Upload it again.")) from error
    if was_closed:
        file.close()
    else:
        file.seek(0)
    return data


def not_stored(error: OSError) -> PhotoFileError:
    """Return the error for a photo that the disk or the store did not take; the log has the rest."""
    logger.warning("A photo could not be stored: %s", error)
    if error.errno in NO_ROOM:
        return PhotoFileError(
            _("The disk of the newspaper is full. Nothing was saved; tell whoever runs the newspaper.")
        )
    return PhotoFileError(
        _("The store of photos does not take anything. Nothing was saved; try again in a few minutes.")
    )


def store(name: str, content: bytes) -> None:
    """Keep a rendition under its name; raise ``PhotoFileError`` where the store cannot take it."""
    try:
        default_storage.save(name, ContentFile(content))
    except OSError as error:  # a full disk, a store that does not answer
        raise not_stored(error) from error
