"""Renditions: true colours and sizes, nothing of the camera's, and a clear no to what is no photo."""

import io
import struct
import zlib

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import ExifTags, Image, ImageCms

from articles.errors import PhotoFileError
from articles.images import make_first
from articles.models import Photo
from articles.pictures.ladder import rendition_name
from articles.pictures.opening import MAX_PIXELS, opened, upright
from tests.factories import picture_bytes

RED, GREEN, WHITE = (200, 30, 40), (20, 160, 60), (255, 255, 255)


def encoded(picture: Image.Image, image_format: str, **options) -> bytes:
    buffer = io.BytesIO()
    picture.save(buffer, image_format, **options)
    return buffer.getvalue()


def near(colour, expected, tolerance: int = 6) -> bool:
    """Tell whether two colours are the same, but for what JPEG changes."""
    return all(abs(a - b) <= tolerance for a, b in zip(colour, expected, strict=True))


def photo_of(data: bytes, name: str = "사진.jpg") -> Photo:
    """Return a photo with an upload, as a form makes it."""
    return Photo(file=SimpleUploadedFile(name, data))


def made(data: bytes) -> tuple[Photo, dict[int, Image.Image]]:
    """Return the photo and its renditions by width."""
    photo = photo_of(data)
    make_first(photo)
    found = {}
    for width in photo.widths:
        with default_storage.open(rendition_name(photo.digest, width)) as file:
            found[width] = Image.open(io.BytesIO(file.read()))
            found[width].load()
    return photo, found


@pytest.mark.parametrize("image_format", ["JPEG", "PNG", "WEBP", "TIFF", "GIF", "AVIF"])
def test_every_format_becomes_jpeg(image_format):
    """Sizes and colours are the original's."""
    photo, found = made(picture_bytes((500, 300), RED, image_format))
    assert (photo.width, photo.height) == (500, 300)
    assert {width: picture.size for width, picture in found.items()} == {400: (400, 240), 500: (500, 300)}
    for picture in found.values():
        assert picture.format == "JPEG" and picture.mode == "RGB"
        assert near(picture.getpixel((50, 50)), RED, 12)


@pytest.mark.parametrize(("size", "sizes"), [
    ((2400, 1200), [(400, 200), (800, 400), (1200, 600), (1600, 800)]),
    ((1600, 900), [(400, 225), (800, 450), (1200, 675), (1600, 900)]),
    ((399, 600), [(399, 600)]),
    ((1, 1), [(1, 1)]),
    ((10000, 1), [(400, 1), (800, 1), (1200, 1), (1600, 1)]),
    ((1, 10000), [(1, 10000)]),
    ((5000, 3001), [(400, 240), (800, 480), (1200, 720), (1600, 960)]),
])  # fmt: skip
def test_sizes_are_true_and_nothing_is_blown_up(size, sizes):
    """The width in a rendition's name is its width; the height keeps the proportions; extremes work."""
    photo, found = made(picture_bytes(size, RED))
    assert (photo.width, photo.height) == size
    assert [found[width].size for width in photo.widths] == sizes


@pytest.mark.parametrize("image_format", ["JPEG", "PNG", "WEBP", "TIFF"])
@pytest.mark.parametrize("orientation", range(1, 9))
def test_pictures_stand_upright(orientation, image_format):
    """All eight orientations of a camera; size and content as a person would see them."""
    picture = Image.new("RGB", (120, 60), GREEN)
    picture.paste(RED, (0, 0, 60, 60))  # what the sensor saw: red on the left
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = orientation
    data = encoded(picture, image_format, exif=exif)
    turned, size = opened(data)
    sideways = orientation >= 5
    assert turned.size == size == ((60, 120) if sideways else (120, 60))
    # Where red is after turning (EXIF 2.3, tag 0x0112): left, right, right, left, top, top, bottom, bottom.
    red = ["left", "right", "right", "left", "top", "top", "bottom", "bottom"][orientation - 1]
    points = {"left": (15, 30), "right": (105, 30), "top": (30, 15), "bottom": (30, 105)}
    assert near(turned.getpixel(points[red]), RED, 12)


def test_a_large_jpeg_keeps_its_size_in_the_row():
    """It is decoded small, which saves memory; the row still knows how large it is, upright."""
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = 6
    picture, size = opened(picture_bytes((6600, 3300), RED, exif=exif))
    assert size == (3300, 6600)
    assert picture.size == (1650, 3300)


def test_nothing_of_the_camera_is_left():
    """Place, serial number, name, thumbnail, comment, XMP and colour profile are in no rendition."""
    exif = Image.Exif()
    exif[ExifTags.Base.Make] = "KAMERA"
    exif[ExifTags.Base.Artist] = "KAMERA"
    exif.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSLatitude] = (36.0, 20.0, 5.0)
    exif.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.BodySerialNumber] = "KAMERA"
    data = picture_bytes(
        (900, 600), RED, exif=exif, comment=b"KAMERA", xmp=b"<x:xmpmeta>KAMERA</x:xmpmeta>",
        icc_profile=ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes(),
    )  # fmt: skip
    assert data.count(b"KAMERA") == 5
    photo, found = made(data)
    for width, picture in found.items():
        with default_storage.open(rendition_name(photo.digest, width)) as file:
            content = file.read()
        assert b"KAMERA" not in content and b"Exif" not in content and b"ICC_PROFILE" not in content
        assert dict(picture.getexif()) == {}
        assert picture.info.get("progressive")


def palette(index: int, **options) -> bytes:
    picture = Image.new("P", (40, 40), index)
    picture.putpalette([0, 0, 0, *RED, *GREEN])
    return encoded(picture, "PNG", **options)


def sixteen_bits(mode: str, image_format: str) -> bytes:
    return encoded(Image.new(mode, (40, 40), 40_000), image_format)


def frames() -> bytes:
    pictures = [Image.new("RGB", (40, 40), colour) for colour in (RED, GREEN)]
    return encoded(pictures[0], "GIF", save_all=True, append_images=pictures[1:], duration=100)


def with_profile(mode: str, colour, profile: bytes) -> bytes:
    return encoded(Image.new(mode, (40, 40), colour), "JPEG", icc_profile=profile)


SRGB = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


@pytest.mark.parametrize(("data", "colour"), [
    (encoded(Image.new("CMYK", (40, 40), (0, 0, 0, 0)), "JPEG"), WHITE),
    (encoded(Image.new("CMYK", (40, 40), (0, 255, 255, 0)), "TIFF"), (255, 0, 0)),
    (encoded(Image.new("L", (40, 40), 90), "JPEG"), (90, 90, 90)),
    (encoded(Image.new("1", (40, 40), 1), "PNG"), WHITE),
    (encoded(Image.new("LA", (40, 40), (90, 0)), "PNG"), WHITE),
    (encoded(Image.new("RGBA", (40, 40), (*RED, 255)), "PNG"), RED),
    (encoded(Image.new("RGBA", (40, 40), (*RED, 0)), "WEBP"), WHITE),
    (encoded(Image.new("RGBA", (40, 40), (0, 0, 0, 128)), "PNG"), (127, 127, 127)),
    (sixteen_bits("I;16", "PNG"), (156, 156, 156)),
    (sixteen_bits("I;16", "TIFF"), (156, 156, 156)),
    (sixteen_bits("I", "TIFF"), (156, 156, 156)),
    (palette(1), RED),
    (palette(2, transparency=1), GREEN),
    (palette(1, transparency=1), WHITE),
    (frames(), RED),
    (with_profile("RGB", RED, SRGB), RED),
    (with_profile("RGB", RED, b"no profile" * 50), RED),
    (with_profile("CMYK", (0, 0, 0, 0), SRGB), WHITE),
])  # fmt: skip
def test_colours_of_every_kind(data, colour):
    """CMYK, grey, 16 bits, palettes, transparency on paper white, the first frame, good and bad profiles."""
    picture = upright(data)
    assert picture.mode == "RGB"
    assert near(picture.getpixel((20, 20)), colour)


def test_colours_follow_their_profile():
    """Numbers of another colour space are converted: the same numbers would be other colours in sRGB."""
    swapped = bytearray(SRGB)
    # The tags of the red and the blue primary change places, so that red numbers mean blue light.
    red, blue = swapped.index(b"rXYZ"), swapped.index(b"bXYZ")
    swapped[red : red + 4], swapped[blue : blue + 4] = b"bXYZ", b"rXYZ"
    picture = upright(with_profile("RGB", (255, 0, 0), bytes(swapped)))
    assert picture.getpixel((20, 20))[2] > 200


def png_claiming(width: int, height: int) -> bytes:
    """Return a PNG of a few bytes whose header claims a size."""
    body = bytearray(encoded(Image.new("1", (8, 8)), "PNG"))
    header = b"IHDR" + struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return (
        bytes(body[:8])
        + struct.pack(">I", 13)
        + header
        + struct.pack(">I", zlib.crc32(header))
        + bytes(body[33:])
    )


OTHERS = ["BMP", "ICO", "PDF", "EPS", "TGA"]


@pytest.mark.parametrize(("data", "words"), [
    (b"", "empty"), (b"\x00", "JPEG"), (b"x" * 5000, "JPEG"), (b"\xff\xd8\xff\xe0", "JPEG"),
    (b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "SVG"),
    (b"\xef\xbb\xbf<?xml version='1.0'?>\n<svg></svg>", "SVG"),
    (b"  <!DOCTYPE html><script>alert(1)</script>", "web page"), (b"<HTML></HTML>", "web page"),
    (b"GIF89a/*<script>alert(1)</script>*/", "JPEG"), (b"%PDF-1.7", "PDF"), (b"PK\x03\x04", "archive"),
    (b"8BPS\x00\x01", "Photoshop"),
    (b"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00", "video"), (picture_bytes()[:-1200], "JPEG"),
    (picture_bytes()[:20], "JPEG"), (picture_bytes(image_format="PNG")[:200], "JPEG"),
    (picture_bytes(image_format="AVIF")[:250], "JPEG"),
    *((picture_bytes((9, 9), image_format=other), "JPEG") for other in OTHERS),
])  # fmt: skip
def test_what_is_no_photo_is_refused(data, words):
    """Empty, cut off, disguised, or of a format that needs another program: the sentence says which, and what to do."""
    with translation.override("en"), pytest.raises(PhotoFileError) as error:
        upright(data)
    assert words in error.value.messages[0]


@pytest.mark.parametrize(
    ("width", "height"),
    [(20_000, 20_000), (11_000, 11_000), (MAX_PIXELS, 2), (2**31 - 1, 2**31 - 1), (65_501, 1)],
)
def test_a_bomb_is_not_opened(width, height):
    """A small file that claims to be huge is refused by its header, before memory is taken."""
    data = png_claiming(width, height)
    assert len(data) < 200
    with translation.override("en"), pytest.raises(PhotoFileError) as error:
        upright(data)
    assert "120 megapixels" in error.value.messages[0]


def test_the_content_decides_and_not_the_name():
    """A PNG called .jpg is a PNG."""
    photo, found = made(picture_bytes((60, 40), RED, "PNG"))
    assert list(found) == [60] and photo.width == 60


def turned_left() -> Image.Exif:
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = 8
    return exif


SEEDS = [
    *(
        picture_bytes((60, 40), image_format=name, exif=turned_left())
        for name in ("JPEG", "PNG", "WEBP", "AVIF")
    ),
    *(picture_bytes((60, 40), image_format=name) for name in ("TIFF", "GIF")),
]


@pytest.mark.filterwarnings("ignore::UserWarning")  # Pillow says so, too, when a TIFF is damaged
@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.sampled_from(SEEDS),
    st.lists(st.tuples(st.integers(0, 400), st.integers(0, 255)), min_size=1, max_size=8),
)
def test_damaged_files_raise_one_error(seed, changes):
    """Whatever bytes are wrong: a picture or a ``PhotoFileError``, and no other exception."""
    data = bytearray(seed)
    for position, value in changes:
        data[position % len(data)] = value
    try:
        upright(bytes(data))
    except PhotoFileError:
        return


def test_renditions_are_named_by_content():
    """The same original makes the same names, another one others; nothing is written twice."""
    first, _found = made(picture_bytes((500, 300), RED))
    again, _found = made(picture_bytes((500, 300), RED))
    other, _found = made(picture_bytes((500, 300), GREEN))
    assert first.digest == again.digest != other.digest
    folder = rendition_name(first.digest, 400).rpartition("/")[0]
    names = [name for name in default_storage.listdir(folder)[1] if name.startswith(first.digest)]
    assert sorted(names) == [f"{first.digest}-400.jpg", f"{first.digest}-500.jpg"]


def test_a_rendition_that_was_cut_off_is_made_again():
    """A server that stopped, or a full disk, left half a file: the next upload mends it."""
    data = picture_bytes((500, 300), (1, 2, 3))
    photo, found = made(data)
    name = rendition_name(photo.digest, 400)
    whole = default_storage.size(name)
    default_storage.delete(name)
    default_storage.save(name, ContentFile(b"\xff\xd8half"))
    _photo, found = made(data)
    assert default_storage.size(name) == whole
    assert found[400].size == (400, 240)


def test_a_refused_file_changes_nothing_of_the_photo():
    """Digest and size stay what they were, so that the old renditions stay the photo's."""
    photo = photo_of(b"no picture")
    photo.digest, photo.width, photo.height = "ab", 7, 8
    with pytest.raises(PhotoFileError):
        make_first(photo)
    assert (photo.digest, photo.width, photo.height) == ("ab", 7, 8)


def test_files_are_left_as_they_were_found():
    """An upload can still be saved afterwards; a stored file that was closed is closed again."""
    data = picture_bytes((50, 30), RED)
    photo = photo_of(data)
    make_first(photo)
    assert photo.file.read() == data
    stored = Photo()
    stored.file.save("하나.jpg", ContentFile(data), save=False)
    stored = Photo(file=stored.file.name)
    make_first(stored)
    assert stored.file.closed
    with pytest.raises(PhotoFileError):
        make_first(Photo(file="2026/01/lost.jpg"))
    with pytest.raises(PhotoFileError):
        make_first(Photo())
