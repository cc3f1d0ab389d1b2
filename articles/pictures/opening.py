"""Opening what somebody uploads as a photo: any picture upright in sRGB, and a clear no to anything else. No ORM."""

import io

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from PIL import ExifTags, Image, ImageCms, ImageOps, UnidentifiedImageError

from ..errors import PhotoFileError
from .ladder import LONGEST, WIDTHS

try:
    import pillow_heif
except ImportError:  # an extra of 26 MB; a photo of this kind is refused in words then
    pillow_heif = None
else:
    pillow_heif.register_heif_opener(thumbnails=False)

FORMATS = ("JPEG", "PNG", "WEBP", "TIFF", "GIF", "AVIF", *(["HEIF"] if pillow_heif else []))
MAX_PIXELS = 120_000_000
LARGEST = WIDTHS[-1]
# Orientations that turn a picture by a quarter (EXIF 2.3, tag 0x0112).
SIDEWAYS = {5, 6, 7, 8}
PAPER_WHITE = (255, 255, 255)
# What Pillow raises for files that are damaged or no pictures; RuntimeError is how its AVIF reader says so.
UNREADABLE = (UnidentifiedImageError, OSError, SyntaxError, ValueError, RuntimeError)
HEAD = 4096  # bytes that tell what a file is
# Brands of ISO base media files (bytes 8 to 12): photos of phones, and films.
HEIC_BRANDS = {b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"mif1", b"msf1"}
AVIF_BRANDS = {b"avif", b"avis"}
HEIC_WORDS = gettext_lazy(
    "This is a HEIC photo, as iPhones take them. Send it as a JPEG (in the camera's settings: "
    "“Most Compatible”), or ask for pillow-heif to be installed on the server."
)
# What a file that is no picture begins with, and what it is then.
STRANGERS = [
    (b"%PDF", gettext_lazy("This is a PDF. Export the page as a JPEG and upload that.")),
    (b"8BPS", gettext_lazy("This is a Photoshop file. Export it as a JPEG and upload that.")),
    (b"PK\x03\x04", gettext_lazy("This is an archive or an office document. Upload the photo itself.")),
    (b"<svg", gettext_lazy("Drawings in SVG can hold programs. Export it as a PNG and upload that.")),
    (b"<!doctype html", gettext_lazy("This is a web page. Save the picture itself and upload that.")),
    (b"<html", gettext_lazy("This is a web page. Save the picture itself and upload that.")),
]


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
    if not data:
        raise PhotoFileError(_("The file is empty. Choose it again."))
    try:
        with Image.open(io.BytesIO(data), formats=FORMATS) as picture:
            full = picture.size
            if full[0] * full[1] > MAX_PIXELS or max(full) > LONGEST:
                raise too_large()
            sideways = picture.getexif().get(ExifTags.Base.Orientation) in SIDEWAYS
            picture.draft(None, (LARGEST, LARGEST))
            drafted = picture.size != full
            turned = in_srgb(ImageOps.exif_transpose(picture))
            return turned, (full[::-1] if sideways else full) if drafted else turned.size
    except Image.DecompressionBombError as error:
        raise too_large() from error
    except UNREADABLE as error:
        raise PhotoFileError(stranger(data[:HEAD])) from error


def stranger(head: bytes) -> str:
    """Return the sentence about a file that could not be read, by its first bytes."""
    brand = head[8:12] if head[4:8] == b"ftyp" else b""
    if brand in HEIC_BRANDS and pillow_heif is None:
        return str(HEIC_WORDS)
    if brand and brand not in HEIC_BRANDS | AVIF_BRANDS:
        return _("This is a video. Upload it under “Videos”.")
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    for sign, words in STRANGERS:
        if start.startswith(sign.lower()) or (
            start.startswith(b"<?xml") and sign == b"<svg" and sign in start
        ):
            return str(words)
    return _("This file cannot be read as a photo. Upload a JPEG, PNG, WebP, AVIF, TIFF or GIF file.")


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
