"""Photos, videos and captions served by the paper itself: whole, in part, or the next best picture."""

import contextlib

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from hypothesis import given
from hypothesis import strategies as st

from newsroom.ops.media import Unsatisfiable, byte_range

from ..factories import make_photo

# The page that says 404 is the newspaper's and asks for its name.
pytestmark = pytest.mark.django_db

VIDEO = bytes(range(256)) * 1000
SIZE = len(VIDEO)


@pytest.fixture
def address(db) -> str:
    """The address of a photo."""
    return make_photo(size=(500, 300)).url(400)


@pytest.fixture
def video(settings, tmp_path) -> str:
    """The address of a video."""
    settings.MEDIA_ROOT = tmp_path
    return default_storage.url(default_storage.save("videos/ab/film.mp4", ContentFile(VIDEO)))


def body(response) -> bytes:
    return b"".join(response.streaming_content) if response.streaming else response.content


def test_photo_is_served_for_ever(client, address):
    """A photo comes with its type, may be kept for a year, is never guessed at, and answers 304."""
    response = client.get(address)
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "image/jpeg"
    assert response.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    content = body(response)
    assert content.startswith(b"\xff\xd8")
    assert response.headers["Content-Length"] == str(len(content))
    assert not response.cookies
    again = client.get(address, headers={"if-none-match": response.headers["ETag"]})
    assert again.status_code == 304 and again.content == b""
    assert again.headers["ETag"] == response.headers["ETag"]
    assert "immutable" in again.headers["Cache-Control"]


def test_nothing_that_is_served_can_run(client, address):
    """Not guessed at, opened in a box without rights, shown instead of saved, on the pages of others as well."""
    headers = client.get(address).headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert headers["Content-Disposition"] == "inline"
    assert headers["Cross-Origin-Resource-Policy"] == "cross-origin"


def test_another_size_is_another_tag(client, settings, tmp_path):
    """A rendition that was written again under its name is not taken for the one before."""
    settings.MEDIA_ROOT = tmp_path
    tags = set()
    for content in (b"short", b"longer"):
        default_storage.save("photos/x.jpg", ContentFile(content))
        tags.add(client.get("/media/photos/x.jpg").headers["ETag"])
    assert len(tags) == 2


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("a.jpg", "image/jpeg"), ("a.JPEG", "image/jpeg"), ("a.png", "image/png"), ("a.webp", "image/webp"),
        ("a.avif", "image/avif"), ("a.gif", "image/gif"), ("a.mp4", "video/mp4"),
        ("a.vtt", "text/vtt; charset=utf-8"), ("가.jpg", "image/jpeg"),
    ],
)  # fmt: skip
def test_types(client, settings, tmp_path, name, kind):
    """By the ending of the name, whatever the machine's list of types says."""
    settings.MEDIA_ROOT = tmp_path
    default_storage.save(name, ContentFile(b"x"))
    response = client.get(default_storage.url(name))
    assert (response.status_code, response.headers["Content-Type"]) == (200, kind)


@pytest.mark.parametrize(
    "name",
    [
        "photos/none.jpg", "photos", "../db.sqlite3", "photos/../../originals/1.jpg", "..%2f..%2fetc%2fpasswd",
        "/etc/passwd", "%2fetc/x.jpg", "photos//x.jpg", "photos/x.html", "photos/x.svg", "x.jpg/y.jpg",
        "x" * 300 + ".jpg", "photos/.0123456789abcdef.part", "folder.jpg",
    ],
)  # fmt: skip
@pytest.mark.parametrize("serves", [True, False])
def test_nothing_else_is_served(client, settings, name, serves):
    """Paths out of the store, files that are no pictures and names that nobody made are not found."""
    settings.SERVE_MEDIA = serves
    default_storage.save("folder.jpg/x.jpg", ContentFile(b"x"))
    assert client.get(f"/media/{name}").status_code == 404


@pytest.mark.parametrize("ending", ["html", "svg", "xml", "js", "pdf", "unknown", "jpg.html"])
def test_only_what_cannot_run_is_served(client, ending):
    """A file in the store that could hold a script is not shown from the paper's own address."""
    name = default_storage.save(f"photos/page.{ending}", ContentFile(b"<script>alert(1)</script>"))
    assert client.get(default_storage.url(name)).status_code == 404


def test_originals_have_no_address(client, db):
    """What the camera wrote is not reachable under any name."""
    photo = make_photo()
    assert client.get(f"/media/{photo.file.name}").status_code == 404


def test_head_has_all_but_the_bytes(client, video):
    """The same headers as GET, for the whole file, whatever part is asked for."""
    whole = client.get(video)
    for headers in ({}, {"range": "bytes=0-1"}):
        head = client.head(video, headers=headers)
        assert head.status_code == 200
        assert not head.streaming and head.content == b""
        for name in ("Content-Length", "Content-Type", "ETag", "Cache-Control", "Accept-Ranges"):
            assert head.headers[name] == whole.headers[name]
    assert head.headers["Content-Length"] == str(SIZE)
    assert head.headers["Accept-Ranges"] == "bytes"
    assert client.post(video).status_code == 405


@pytest.mark.parametrize(
    ("asked", "first", "last"),
    [
        ("bytes=0-1", 0, 1),
        ("bytes=0-", 0, SIZE - 1),
        ("bytes=1000-1999", 1000, 1999),
        (f"bytes={SIZE - 1}-", SIZE - 1, SIZE - 1),
        (f"bytes=10-{SIZE * 2}", 10, SIZE - 1),
        ("bytes=-500", SIZE - 500, SIZE - 1),
        (f"bytes=-{SIZE * 2}", 0, SIZE - 1),
        ("bytes=100-199999", 100, 199_999),
        ("Bytes = 0-1", None, None),
        ("Bytes=0-1", 0, 1),
        # Several ranges, other units and what is no range at all mean the whole file.
        ("bytes=0-1,5-6", None, None),
        ("bytes=5-1", None, None),
        ("bytes=-", None, None),
        ("bytes=", None, None),
        ("bytes=a-b", None, None),
        ("bytes=٠-١", None, None),
        ("lines=0-1", None, None),
        ("0-1", None, None),
    ],
)
def test_parts(client, video, asked, first, last):
    """Single ranges are 206 with exactly these bytes; the rest is 200 with all of them."""
    response = client.get(video, headers={"range": asked.encode().decode("latin-1")})
    if first is None:
        assert response.status_code == 200 and body(response) == VIDEO
        assert "Content-Range" not in response.headers
        return
    assert response.status_code == 206
    assert response.headers["Content-Range"] == f"bytes {first}-{last}/{SIZE}"
    assert response.headers["Content-Length"] == str(last - first + 1)
    assert response.headers["Content-Type"] == "video/mp4"
    assert body(response) == VIDEO[first : last + 1]


@pytest.mark.parametrize(
    "asked", [f"bytes={SIZE}-", f"bytes={SIZE}-{SIZE + 5}", "bytes=-0", "bytes=" + "9" * 30 + "-"]
)
def test_a_part_behind_the_end(client, video, asked):
    """416 with the size that the file has; no cache may keep it for the file."""
    response = client.get(video, headers={"range": asked})
    assert response.status_code == 416
    assert response.headers["Content-Range"] == f"bytes */{SIZE}"
    assert "max-age" not in response.headers.get("Cache-Control", "")
    assert body(response) == b""


def test_a_part_of_the_same_file_only(client, video):
    """If-Range: the part when the tag is exactly ours; the whole file for another, a weak one or a date."""
    tag = client.head(video).headers["ETag"]
    for condition, status in (
        (tag, 206), ('"other"', 200), (f"W/{tag}", 200), ("Wed, 21 Oct 2026 07:28:00 GMT", 200),
    ):  # fmt: skip
        response = client.get(video, headers={"range": "bytes=0-9", "if-range": condition})
        assert response.status_code == status
        assert body(response) == (VIDEO[:10] if status == 206 else VIDEO)


def test_conditions_come_before_parts(client, video):
    """A reader who has the file gets 304, one who insists on another file 412, whatever part is asked for."""
    tag = client.head(video).headers["ETag"]
    assert client.get(video, headers={"range": "bytes=0-9", "if-none-match": tag}).status_code == 304
    refused = client.get(video, headers={"range": "bytes=0-9", "if-match": '"other"'})
    assert refused.status_code == 412 and "max-age" not in refused.headers.get("Cache-Control", "")
    assert client.get(video, headers={"range": "bytes=0-9", "if-match": tag}).status_code == 206


@given(
    st.text(alphabet="bytes=-0123456789, ;\t", max_size=20) | st.from_regex(r"bytes=\d{0,4}-\d{0,4}"),
    st.integers(0, 2000),
)
def test_any_range_header(header, size):
    """No header brings the server down or out of the file."""
    with contextlib.suppress(Unsatisfiable):
        part = byte_range(header, size)
        assert part is None or (0 <= part.start < part.stop <= size and part.step == 1)


PIXELS = {"400.jpg": b"jpg 400", "1600.jpg": b"jpg 1600", "16x9-50.40-400.avif": b"crop"}
DIGEST = "cd" + "3" * 30


@pytest.fixture
def begin(settings, tmp_path) -> str:
    """What the addresses of some renditions begin with; others of the same photo were never made, or lost."""
    settings.MEDIA_ROOT = tmp_path
    for name, content in PIXELS.items():
        default_storage.save(f"photos/cd/{DIGEST}-{name}", ContentFile(content))
    return f"/media/photos/cd/{DIGEST}-"


@pytest.mark.parametrize("serves", [True, False])
@pytest.mark.parametrize(
    ("asked", "shown", "kind"),
    [
        ("800.jpg", "1600.jpg", "image/jpeg"),
        ("2000.avif", "1600.jpg", "image/jpeg"),
        ("16x9-50.40-800.avif", "16x9-50.40-400.avif", "image/avif"),
        ("1x1-50.40-400.jpg", "400.jpg", "image/jpeg"),
    ],
)
def test_the_next_best_picture_in_place_of_a_missing_one(client, settings, begin, serves, asked, shown, kind):
    """Under its own type, for a minute, without a tag; also where another server passes on what it does not find."""
    settings.SERVE_MEDIA = serves
    response = client.get(begin + asked)
    assert response.status_code == 200
    assert body(response) == PIXELS[shown]
    assert response.headers["Content-Type"] == kind
    assert response.headers["Cache-Control"] == "public, max-age=60"
    assert "ETag" not in response.headers and "Accept-Ranges" not in response.headers
    assert response.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    head = client.head(begin + asked)
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["Content-Length"] == str(len(PIXELS[shown]))
    part = client.get(begin + asked, headers={"range": "bytes=0-1", "if-none-match": f'"{DIGEST}-{asked}"'})
    assert part.status_code == 200 and body(part) == PIXELS[shown]


def test_nothing_of_the_picture_is_there(client, begin):
    """404 only then."""
    assert client.get("/media/photos/cd/cd" + "4" * 30 + "-400.jpg").status_code == 404


def test_what_another_server_has(client, settings, video, begin):
    """With SERVE_MEDIA off a video is not sent from here; a picture that has been made meanwhile is, for ever."""
    settings.SERVE_MEDIA = False
    assert client.get(video).status_code == 404
    response = client.get(begin + "400.jpg")
    assert body(response) == PIXELS["400.jpg"]
    assert "immutable" in response.headers["Cache-Control"]


def test_files_are_closed(client, video, recwarn):
    """After a part, after 304 and after 416 no file stays open."""
    tag = client.head(video).headers["ETag"]
    for headers in ({"range": "bytes=0-9"}, {"if-none-match": tag}, {"range": f"bytes={SIZE}-"}):
        response = client.get(video, headers=headers)
        body(response)
        response.close()
    assert not [warning for warning in recwarn if warning.category is ResourceWarning]
