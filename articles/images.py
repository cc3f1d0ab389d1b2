"""Renditions of photos: what readers get instead of the camera's file."""

import hashlib
import io

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils.translation import gettext as _
from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError

from .errors import PhotoFileError

FORMATS = ("JPEG", "PNG", "WEBP", "TIFF", "GIF", "AVIF")
QUALITY = 80
MAX_PIXELS = 120_000_000
PAPER_WHITE = (255, 255, 255)


def make_renditions(photo) -> None:
    """Write the renditions of ``photo`` into the public store and set its ``digest``, ``width`` and ``height``.

    The renditions are upright sRGB JPEGs without any of the camera's data (no place, no serial
    number), named by the content of the original. Raises ``PhotoFileError``. Does not save the row.
    """
    photo.file.open("rb")
    data = photo.file.read()
    photo.file.seek(0)
    photo.digest = hashlib.sha256(data).hexdigest()[:32]
    picture = upright(data)
    photo.width, photo.height = picture.size
    for width in reversed(photo.widths):
        name = photo.rendition_name(width)
        if width < picture.width:
            picture = picture.resize((width, max(1, round(picture.height * width / picture.width))), Image.LANCZOS)
        if not default_storage.exists(name):
            default_storage.save(name, ContentFile(jpeg(picture)))


def upright(data: bytes) -> Image.Image:
    """Return the picture in ``data`` as an upright sRGB image; raise ``PhotoFileError`` for what is none."""
    try:
        with Image.open(io.BytesIO(data), formats=FORMATS) as opened:
            if opened.width * opened.height > MAX_PIXELS:
                raise PhotoFileError(_("The photo has more than 120 megapixels. Make it smaller and upload it again."))
            turned = ImageOps.exif_transpose(opened)
            return in_srgb(turned)
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise PhotoFileError(
            _("This file cannot be read as a photo. Upload a JPEG, PNG, WebP, AVIF, TIFF or GIF file.")
        ) from error


def in_srgb(picture: Image.Image) -> Image.Image:
    """Return ``picture`` as RGB in sRGB; what is transparent becomes paper white."""
    profile = picture.info.get("icc_profile")
    if profile and picture.mode in {"RGB", "CMYK", "L"}:
        try:
            return ImageCms.profileToProfile(
                picture, io.BytesIO(profile), ImageCms.createProfile("sRGB"), outputMode="RGB"
            )
        except ImageCms.PyCMSError:  # a broken profile: the plain conversion below is what browsers do, too
            picture.info.pop("icc_profile")
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
