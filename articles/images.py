"""Renditions of photos: what readers get instead of the camera's file."""

import hashlib
import io

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils.translation import gettext as _
from PIL import ExifTags, Image, ImageCms, ImageOps, UnidentifiedImageError

from .errors import PhotoFileError
from .models.photo import WIDTHS

FORMATS = ("JPEG", "PNG", "WEBP", "TIFF", "GIF", "AVIF")
QUALITY = 80
MAX_PIXELS = 120_000_000
# The longest side that a JPEG can have.
MAX_SIDE = 65_500
LARGEST = WIDTHS[-1]
# Orientations that turn a picture by a quarter (EXIF 2.3, tag 0x0112).
SIDEWAYS = {5, 6, 7, 8}
PAPER_WHITE = (255, 255, 255)
# What Pillow raises for files that are damaged or no pictures; RuntimeError is how its AVIF reader says so.
UNREADABLE = (UnidentifiedImageError, OSError, SyntaxError, ValueError, RuntimeError)


def digest_of(data: bytes) -> str:
    """Return what names the content of an original: 32 hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()[:32]


def make_renditions(photo) -> None:
    """Write the renditions of ``photo`` into the public store and set its ``digest``, ``width`` and ``height``.

    The renditions are upright sRGB JPEGs without any of the camera's data (no place, no serial
    number), named by the content of the original. Raises ``PhotoFileError``. Does not save the row;
    leaves the file open or closed as it was.
    """
    data = read(photo.file)
    picture, size = opened(data)
    photo.digest = digest_of(data)
    photo.width, photo.height = size
    for width in reversed(photo.widths):
        if width < picture.width:
            height = max(1, round(photo.height * width / photo.width))
            picture = picture.resize((width, height), Image.LANCZOS)
        store(photo.rendition_name(width), jpeg(picture))


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


def store(name: str, content: bytes) -> None:
    """Keep a rendition under its name; one that is there is left, unless it was cut off while it was written."""
    if default_storage.exists(name):
        if default_storage.size(name) == len(content):
            return
        default_storage.delete(name)
    default_storage.save(name, ContentFile(content))


def upright(data: bytes) -> Image.Image:
    """Return the picture in ``data`` as an upright sRGB image; raise ``PhotoFileError`` for what is none.

    Of a JPEG far larger than any rendition, a smaller decoding is returned (see ``opened``).
    """
    return opened(data)[0]


def opened(data: bytes) -> tuple[Image.Image, tuple[int, int]]:
    """Return the picture as ``upright`` does, and the width and height that the original has when upright.

    JPEG can be decoded at a half, quarter or eighth of its size: a photo of 108 megapixels then needs
    20 MB of memory and not 1 GB. What is returned is at least as large as the largest rendition.
    """
    try:
        with Image.open(io.BytesIO(data), formats=FORMATS) as picture:
            full = picture.size
            if full[0] * full[1] > MAX_PIXELS or max(full) > MAX_SIDE:
                raise too_large()
            sideways = picture.getexif().get(ExifTags.Base.Orientation) in SIDEWAYS
            picture.draft(None, (LARGEST, LARGEST))
            drafted = picture.size != full
            turned = in_srgb(ImageOps.exif_transpose(picture))
            return turned, (full[::-1] if sideways else full) if drafted else turned.size
    except Image.DecompressionBombError as error:
        raise too_large() from error
    except UNREADABLE as error:
        raise PhotoFileError(
            _("This file cannot be read as a photo. Upload a JPEG, PNG, WebP, AVIF, TIFF or GIF file.")
        ) from error


def too_large() -> PhotoFileError:
    """Return the error for a picture that would take too much memory or fits into no JPEG."""
    return PhotoFileError(
        _("The photo has more than 120 megapixels or a side of more than 65,500. Make it smaller.")
    )


def in_srgb(picture: Image.Image) -> Image.Image:
    """Return ``picture`` as RGB in sRGB with 8 bits; what is transparent becomes paper white."""
    profile = picture.info.get("icc_profile")
    if profile and picture.mode in {"RGB", "CMYK", "L"}:
        try:
            return ImageCms.profileToProfile(
                picture, io.BytesIO(profile), ImageCms.createProfile("sRGB"), outputMode="RGB"
            )
        except ImageCms.PyCMSError:  # a broken profile: the plain conversion below is what browsers do, too
            picture.info.pop("icc_profile")
    if picture.mode.startswith("I"):  # 16 bits of grey, which a plain conversion would cut off at white
        picture = picture.convert("I").point(lambda value: value / 256).convert("L")
    if picture.has_transparency_data:
        layer = picture.convert("RGBA")
        paper = Image.new("RGBA", layer.size, (*PAPER_WHITE, 255))
        return Image.alpha_composite(paper, layer).convert("RGB")
    return picture.convert("RGB")


def jpeg(picture: Image.Image) -> bytes:
    """Return ``picture`` as a progressive JPEG without metadata."""
    buffer = io.BytesIO()
    Image.frombytes("RGB", picture.size, picture.tobytes()).save(
        buffer, "JPEG", quality=QUALITY, progressive=True, optimize=True
    )
    return buffer.getvalue()
