"""The table of uploads: every format, orientation, colour mode and lie, and what happens with it."""

import io
import json
import shutil
import struct
import subprocess
import zipfile
import zlib

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import ExifTags, Image, ImageDraw

from articles import actions
from articles.models import Photo
from articles.pictures import opening
from articles.tasks import finish_photo, stamp_photo
from tests.factories import make_user

pytestmark = pytest.mark.django_db
SIZE = (640, 400)
SECRET = b"KAMERA-4711"
EXIFTOOL = shutil.which("exiftool")
# What exiftool may find in a public file beside what any picture has: width, height, how it is packed.
OURS = {"XMP:Credit", "XMP:Rights", "XMP:About", "XMP:XMPToolkit"}
GROUPS = {"ExifTool", "System", "File", "JFIF", "QuickTime", "Meta", "Composite", "XMP"}


def drawing(size=SIZE, mode: str = "RGB") -> Image.Image:
    """Return a picture whose upper left corner is red and whose lower right is green."""
    picture = Image.new("RGB", size, (240, 240, 235))
    draw = ImageDraw.Draw(picture)
    draw.rectangle([0, 0, size[0] // 3, size[1] // 3], fill=(200, 30, 40))
    draw.rectangle([size[0] * 2 // 3, size[1] * 2 // 3, *size], fill=(20, 160, 60))
    return picture.convert(mode)


def file_of(image_format: str, picture: Image.Image | None = None, **options) -> bytes:
    """Return the bytes of a file of that format."""
    buffer = io.BytesIO()
    (picture or drawing()).save(buffer, image_format, **options)
    return buffer.getvalue()


def turned(orientation: int) -> bytes:
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = orientation
    return file_of("JPEG", exif=exif)


def frames(image_format: str) -> bytes:
    others = [drawing().rotate(180)]
    return file_of(image_format, save_all=True, append_images=others, duration=100)


def with_tail(tail: bytes) -> bytes:
    return file_of("JPEG") + tail


def archive() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as packed:
        packed.writestr("evil.html", "<script>alert(1)</script>" + SECRET.decode())
    return buffer.getvalue()


def claiming(width: int, height: int) -> bytes:
    """Return a PNG of a few bytes whose header claims a size."""
    header = b"IHDR" + struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    plain = file_of("PNG", Image.new("RGB", (8, 8)))
    return plain[:8] + struct.pack(">I", 13) + header + struct.pack(">I", zlib.crc32(header)) + plain[33:]


def heic() -> bytes:
    return file_of("HEIF", quality=80)


# Name of the file, bytes, size that the photo has then.
TAKEN = {
    **{
        name.lower(): (f"photo.{name.lower()}", file_of(name), SIZE)
        for name in ("JPEG", "PNG", "WEBP", "AVIF", "TIFF", "GIF")
    },
    **{
        f"orientation {number}": ("a.jpg", turned(number), SIZE if number < 5 else SIZE[::-1])
        for number in range(1, 9)
    },
    "CMYK": ("a.jpg", file_of("JPEG", drawing(mode="CMYK")), SIZE),
    "grey": ("a.jpg", file_of("JPEG", drawing(mode="L")), SIZE),
    "one bit": ("a.png", file_of("PNG", drawing(mode="1")), SIZE),
    "16 bits": ("a.png", file_of("PNG", drawing(mode="I").point(lambda v: v * 256).convert("I;16")), SIZE),
    "palette": ("a.png", file_of("PNG", drawing(mode="P")), SIZE),
    "transparent": ("a.png", file_of("PNG", drawing(mode="RGBA")), SIZE),
    "animated GIF": ("a.gif", frames("GIF"), SIZE),
    "animated WebP": ("a.webp", frames("WEBP"), SIZE),
    "animated PNG": ("a.png", frames("PNG"), SIZE),
    "panorama": ("a.jpg", file_of("JPEG", drawing((20_000, 900))), (20_000, 900)),
    "tower": ("a.jpg", file_of("JPEG", drawing((300, 9_000))), (300, 9_000)),
    "one pixel": ("a.png", file_of("PNG", Image.new("RGB", (1, 1))), (1, 1)),
    "called .png": ("a.png", file_of("JPEG"), SIZE),
    "called .html": ("a.html", file_of("JPEG"), SIZE),
    "called ../../a": ("../../../etc/a.jpg", file_of("JPEG"), SIZE),
    "called with 300 syllables": (f"{'긴' * 300}.jpg", file_of("JPEG"), SIZE),
    "an archive behind it": ("a.jpg", with_tail(archive()), SIZE),
    "a script behind it": ("a.jpg", with_tail(b"<script>alert('%s')</script>" % SECRET), SIZE),
    "a script in a comment": ("a.jpg", file_of("JPEG", comment=b"<script>" + SECRET), SIZE),
}
# Name of the file, bytes, and what the sentence says.
REFUSED = {
    "empty": ("a.jpg", b"", "empty"),
    "cut off in the middle": ("a.jpg", file_of("JPEG")[: len(file_of("JPEG")) // 2], "cannot be read"),
    "cut off PNG": ("a.png", file_of("PNG")[:400], "cannot be read"),
    "cut off AVIF": ("a.avif", file_of("AVIF")[:300], "cannot be read"),
    "a bomb of 400 megapixels": ("a.png", claiming(20_000, 20_000), "120 megapixels"),
    "a side of 65,501": ("a.png", claiming(65_501, 10), "120 megapixels"),
    "SVG": ("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "SVG"),
    "SVG called .jpg": ("a.jpg", b"<?xml version='1.0'?><svg/>", "SVG"),
    "HTML called .jpg": ("a.jpg", b"<!DOCTYPE html><script>alert(1)</script>", "web page"),
    "PDF": ("a.pdf", b"%PDF-1.7\n", "PDF"),
    "archive": ("a.jpg", archive(), "archive"),
    "video": ("a.mp4", b"\x00\x00\x00\x18ftypmp42" + bytes(40), "video"),
    "GIF with a script inside": ("a.gif", b"GIF89a/*<script>alert(1)</script>*/", "cannot be read"),
    "words": ("a.jpg", "사진이 아니다".encode(), "cannot be read"),
}


@pytest.fixture
def desk(client):
    """A photographer at the desk, whose messages are in English."""
    person = make_user("photographer", language="en")
    client.force_login(person)
    return client


def send(desk, name: str, data: bytes):
    """Upload a file as the photo dialog does."""
    return desk.post(reverse("admin:articles_photo_upload"), {"file": SimpleUploadedFile(name, data)})


def files_of(photo: Photo) -> dict[str, bytes]:
    """Return all public files of a photo."""
    finish_photo.func(photo.pk)
    photo.refresh_from_db()
    found = {}
    for name in photo.names:
        with default_storage.open(name) as file:
            found[name] = file.read()
    return found


@pytest.mark.parametrize("case", TAKEN)
def test_what_is_taken(desk, case):
    """The size is that of the upright picture, the corners are where they belong, nothing foreign gets out."""
    name, data, size = TAKEN[case]
    answer = send(desk, name, data)
    assert answer.status_code == 200, answer.content.decode()
    photo = Photo.objects.get()
    assert (photo.width, photo.height) == size
    assert ".." not in photo.file.name
    with photo.file.open() as file:
        assert file.read() == data
    for public, content in files_of(photo).items():
        assert SECRET not in content and b"<script" not in content and b"Exif" not in content, public
        with Image.open(io.BytesIO(content)) as picture:
            assert picture.format == ("AVIF" if public.endswith("avif") else "JPEG")
            assert not getattr(picture, "is_animated", False)


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_refused(desk, case):
    """A sentence that says what it is, no row, no file, and the next upload works."""
    name, data, words = REFUSED[case]
    before = set(default_storage.names())
    answer = send(desk, name, data)
    assert answer.status_code == 400
    assert words in answer.json()["error"]
    assert not Photo.objects.exists() and set(default_storage.names()) == before
    assert send(desk, "good.jpg", file_of("JPEG")).status_code == 200


def test_a_photo_of_an_iphone(desk):
    """HEIC is read where pillow-heif is installed, as it is for these tests."""
    assert opening.pillow_heif is not None
    assert send(desk, "IMG_0001.HEIC", heic()).status_code == 200
    assert (Photo.objects.get().width, Photo.objects.get().height) == SIZE


def test_a_photo_of_an_iphone_without_the_reader(desk, monkeypatch):
    """Without pillow-heif a sentence says what to do."""
    monkeypatch.setattr(opening, "pillow_heif", None)
    monkeypatch.setattr(opening, "FORMATS", [name for name in opening.FORMATS if name != "HEIF"])
    answer = send(desk, "IMG_0001.HEIC", heic())
    assert answer.status_code == 400 and "Most Compatible" in answer.json()["error"]


def camera_file() -> bytes:
    """Return what a camera delivers: place, serial number, owner, thumbnail, maker's notes, and the agency's words."""
    exif = Image.Exif()
    exif[ExifTags.Base.Make], exif[ExifTags.Base.Model] = "Kamera", SECRET.decode()
    exif[ExifTags.Base.Artist], exif[ExifTags.Base.Copyright] = "Kamera", "Kamera"
    place = exif.get_ifd(ExifTags.IFD.GPSInfo)
    place[ExifTags.GPS.GPSLatitudeRef], place[ExifTags.GPS.GPSLatitude] = "N", (36.0, 20.0, 5.0)
    place[ExifTags.GPS.GPSLongitudeRef], place[ExifTags.GPS.GPSLongitude] = "E", (127.0, 1.0, 2.0)
    details = exif.get_ifd(ExifTags.IFD.Exif)
    details[ExifTags.Base.BodySerialNumber] = SECRET.decode()
    details[ExifTags.Base.CameraOwnerName] = SECRET.decode()
    details[ExifTags.Base.MakerNote] = SECRET * 3
    return file_of("JPEG", exif=exif, xmp=b"<x:xmpmeta xmlns:x='adobe:ns:meta/'>" + SECRET + b"</x:xmpmeta>")


def read_with_exiftool(folder, photo: Photo) -> list[dict[str, str]]:
    """Return what exiftool finds in each public file of a photo, unknown tags included, by «group:tag»."""
    for name in photo.names:
        with default_storage.open(name) as file:
            (folder / name.rpartition("/")[2]).write_bytes(file.read())
    command = [EXIFTOOL, "-json", "-G", "-a", "-u", "-ee", str(folder)]
    return json.loads(subprocess.run(command, capture_output=True, check=True).stdout)


@pytest.mark.skipif(EXIFTOOL is None, reason="exiftool is not installed")
def test_another_program_finds_credit_and_copyright_and_nothing_else(desk, tmp_path):
    """In every public file: no place, serial number, camera, thumbnail; our two words, also after they were changed."""
    data = camera_file()
    assert data.count(SECRET) >= 4
    assert send(desk, "a.jpg", data).status_code == 200
    photo = Photo.objects.get()
    assert SECRET not in b"".join(files_of(photo).values())
    photo.credit, photo.copyright = "백가람 사진기자", "ⓒ 새여울신문"
    actions.save_photo(photo=photo)
    stamp_photo.func(photo.pk)
    photo.refresh_from_db()
    files = read_with_exiftool(tmp_path, photo)
    assert len(files) == len(photo.names) > 5
    for found in files:
        tags = {tag for tag in found if ":" in tag}
        assert {tag.split(":")[0] for tag in tags} <= GROUPS, found
        assert {tag for tag in tags if tag.startswith("XMP:")} <= OURS, found
        assert (found["XMP:Credit"], found["XMP:Rights"]) == ("백가람 사진기자", "ⓒ 새여울신문")
