"""Folders in which files are whole or not there, the next best rendition, and what MEDIA_STORAGE may say."""

import errno
import os
import resource
import signal
import subprocess
import sys
import threading
import time
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured, SuspiciousFileOperation
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage, storages
from django.core.files.uploadedfile import SimpleUploadedFile, TemporaryUploadedFile

from articles import actions
from articles.errors import PhotoFileError
from articles.images import digest_of
from articles.models import Photo
from articles.models.photo import original_storage
from articles.pictures.ladder import Point, rendition_name
from articles.storages import RENDITION, AtomicFileStorage, NoAddress, PrivateFolder, family, next_best
from newsroom.settings import env as environment

from .factories import picture_bytes

ROOT = Path(__file__).resolve().parent.parent
NOW = timedelta(0)


@pytest.fixture
def originals(tmp_path) -> AtomicFileStorage:
    """A folder that replaces nothing."""
    return AtomicFileStorage(location=tmp_path / "kept")


@pytest.fixture
def renditions(tmp_path) -> AtomicFileStorage:
    """A folder in which a file replaces the one of the same name."""
    return AtomicFileStorage(location=tmp_path / "kept", allow_overwrite=True)


def content_of(store: AtomicFileStorage, name: str) -> bytes:
    with store.open(name) as file:
        return file.read()


def on_disk(folder: Path) -> list[str]:
    """Return the names of all files below the folder, finished or not."""
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


@contextmanager
def files_end_at(size: int):
    """Let no file of this process grow beyond ``size`` bytes, as on a disk that is full."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_both_stores_are_such_folders():
    """Renditions are replaced, originals are not and have no address."""
    assert (type(storages["default"]), type(original_storage())) == (AtomicFileStorage, PrivateFolder)
    assert storages["default"]._allow_overwrite and not original_storage()._allow_overwrite
    with pytest.raises(NoAddress):
        original_storage().url("2026/07/x.jpg")
    assert getattr(Photo(file="2026/07/x.jpg").file, "url", None) is None
    assert isinstance(Photo._meta.get_field("file").storage, PrivateFolder)


def test_a_file_is_kept_with_its_content_and_mode(originals, settings):
    """Bytes, text and uploads; the folders above are made; nothing else lies beside it."""
    assert originals.save("2026/07/나루.jpg", ContentFile(b"picture")) == "2026/07/나루.jpg"
    assert originals.save("2026/07/notes.txt", ContentFile("말")) == "2026/07/notes.txt"
    assert content_of(originals, "2026/07/나루.jpg") == b"picture"
    assert content_of(originals, "2026/07/notes.txt").decode() == "말"
    assert Path(originals.path("2026/07/나루.jpg")).stat().st_mode & 0o777 == settings.FILE_UPLOAD_PERMISSIONS
    assert on_disk(Path(originals.location)) == ["2026/07/notes.txt", "2026/07/나루.jpg"]


def test_the_mode_does_not_depend_on_the_process(tmp_path):
    """The mode of the settings, or of the store, whatever the umask."""
    store = AtomicFileStorage(location=tmp_path, file_permissions_mode=0o664)
    store.save("x.jpg", ContentFile(b"x"))
    assert (tmp_path / "x.jpg").stat().st_mode & 0o777 == 0o664


def test_an_upload_that_lies_in_a_temporary_file_is_copied_whole(originals):
    """A large upload is a file of its own already; it may lie on another disk, so it is not moved."""
    with TemporaryUploadedFile("video.mp4", "video/mp4", 6, None) as upload:
        upload.write(b"frames")
        upload.flush()
        name = originals.save("video.mp4", upload)
        assert Path(upload.temporary_file_path()).exists()
    assert content_of(originals, name) == b"frames"


def test_originals_are_never_replaced(originals):
    """The second of one name gets another, also when both come at the same moment."""
    names, gate = [], threading.Barrier(8)

    def store(number: int) -> None:
        gate.wait()
        names.append(originals.save("same.jpg", ContentFile(b"%d" % number)))

    threads = [threading.Thread(target=store, args=[number]) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(names)) == 8 and "same.jpg" in names
    assert {content_of(originals, name) for name in names} == {b"%d" % number for number in range(8)}


def test_renditions_are_replaced(renditions):
    """The name stays; whoever has the old file open reads it to its end."""
    renditions.save("photos/ab/x.jpg", ContentFile(b"old"))
    with renditions.open("photos/ab/x.jpg") as reader:
        assert renditions.save("photos/ab/x.jpg", ContentFile(b"new")) == "photos/ab/x.jpg"
        assert reader.read() == b"old"
    assert content_of(renditions, "photos/ab/x.jpg") == b"new"
    assert on_disk(Path(renditions.location)) == ["photos/ab/x.jpg"]


def test_a_full_disk_leaves_nothing(originals, renditions):
    """The error of the system passes on; no file, no part of one, and the old file is what it was."""
    renditions.save("photos/ab/x.jpg", ContentFile(b"old"))
    for store, name in ((originals, "big.jpg"), (renditions, "photos/ab/x.jpg")):
        with files_end_at(100_000), pytest.raises(OSError) as caught:
            store.save(name, ContentFile(b"x" * 300_000))
        assert caught.value.errno == errno.EFBIG
    assert on_disk(Path(renditions.location)) == ["photos/ab/x.jpg"]
    assert content_of(renditions, "photos/ab/x.jpg") == b"old"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
def test_no_space_left_leaves_nothing(originals, monkeypatch):
    """ENOSPC itself, from the device that is always full in place of the new file."""
    write = AtomicFileStorage._write

    def on_a_full_device(store, part, content) -> None:
        part.symlink_to("/dev/full")
        with part.open("r+b", buffering=0) as device:
            for chunk in content.chunks():
                device.write(chunk)

    monkeypatch.setattr(AtomicFileStorage, "_write", on_a_full_device)
    with pytest.raises(OSError) as caught:
        originals.save("x.jpg", ContentFile(b"x"))
    assert caught.value.errno == errno.ENOSPC
    monkeypatch.setattr(AtomicFileStorage, "_write", write)
    assert os.listdir(originals.location) == []


KILLED = """
import sys, time
from django.conf import settings
settings.configure()
from django.core.files.base import File
from articles.storages import AtomicFileStorage

class Slow(File):
    def chunks(self, chunk_size=None):
        yield b"x" * 500_000
        print("half", flush=True)
        time.sleep(60)

AtomicFileStorage(location=sys.argv[1], allow_overwrite=True).save("photos/x.jpg", Slow(None, "x.jpg"))
"""


def test_a_killed_process_leaves_no_file(renditions):
    """After kill -9 in the middle the name shows the old file; the part is found by its age and can be deleted."""
    renditions.save("photos/x.jpg", ContentFile(b"old"))
    writer = subprocess.Popen(
        [sys.executable, "-c", KILLED, renditions.location], stdout=subprocess.PIPE, text=True, cwd=ROOT
    )
    assert writer.stdout.readline() == "half\n"
    writer.send_signal(signal.SIGKILL)
    writer.wait()
    writer.stdout.close()
    assert content_of(renditions, "photos/x.jpg") == b"old"
    assert list(renditions.names()) == ["photos/x.jpg"]
    assert renditions.listdir("photos") == ([], ["x.jpg"])
    [part] = renditions.leftovers(NOW)
    assert renditions.size(part) >= 400_000
    assert list(renditions.leftovers(timedelta(hours=1))) == []
    two_hours_ago = time.time() - 7200
    os.utime(renditions.path(part), (two_hours_ago, two_hours_ago))
    assert list(renditions.leftovers(timedelta(hours=1))) == [part]
    renditions.delete(part)
    assert list(renditions.leftovers(NOW)) == []


def test_a_file_cannot_take_the_name_of_a_part(originals):
    """Or whoever clears leftovers away would take it; hidden files with other names are kept."""
    with pytest.raises(SuspiciousFileOperation):
        originals.save("2026/.0123456789abcdef.part", ContentFile(b"x"))
    assert originals.save("2026/.x.part", ContentFile(b"x")) == "2026/.x.part"
    assert list(originals.leftovers(NOW)) == []


def test_names_by_their_beginning(originals):
    """In one folder or in all, none where there is no such folder, and never above the store."""
    for name in ("a/b/1-x.jpg", "a/b/1-y.jpg", "a/b/2.jpg", "a/1.jpg", "3.jpg"):
        originals.save(name, ContentFile(b"x"))
    assert sorted(originals.names("a/b/1-")) == ["a/b/1-x.jpg", "a/b/1-y.jpg"]
    assert sorted(originals.names()) == ["3.jpg", "a/1.jpg", "a/b/1-x.jpg", "a/b/1-y.jpg", "a/b/2.jpg"]
    assert list(originals.names("none/x")) == list(originals.names("3.jpg/x")) == []
    with pytest.raises(SuspiciousFileOperation):
        list(originals.names("../x"))


def upload(content: bytes, name: str = "사진.tif") -> Photo:
    return actions.store_photo(photo=Photo(file=SimpleUploadedFile(name, content)))


@pytest.mark.django_db
def test_a_disk_that_is_full_in_the_middle_of_an_upload_leaves_no_row():
    """The original does not fit, though its renditions did: a sentence, no row, no file."""
    large = picture_bytes((3200, 3200), image_format="TIFF")
    before = set(original_storage().names()), set(default_storage.names())
    with files_end_at(20_000_000), pytest.raises(PhotoFileError) as caught:
        upload(large)
    assert caught.value.__cause__.errno == errno.EFBIG
    assert not Photo.objects.exists()
    assert (set(original_storage().names()), set(default_storage.names())) == before
    assert [*original_storage().leftovers(NOW), *default_storage.leftovers(NOW)] == []


@pytest.mark.django_db
def test_renditions_that_cannot_be_written_leave_no_row(settings, tmp_path):
    """A file where the folder of this picture should be: no row, no original."""
    settings.MEDIA_ROOT = tmp_path
    content = picture_bytes()
    obstacle = tmp_path / "photos" / digest_of(content)[:2]
    obstacle.parent.mkdir()
    obstacle.write_bytes(b"")
    before = set(original_storage().names())
    with pytest.raises((PhotoFileError, OSError)):
        upload(content, "사진.jpg")
    assert not Photo.objects.exists()
    assert set(original_storage().names()) == before
    assert on_disk(tmp_path) == [str(obstacle.relative_to(tmp_path))]


DIGEST, OTHER = "ab" + "1" * 30, "ab" + "2" * 30
ASKED = "16x9-50.40-800.avif"


@pytest.mark.parametrize(
    ("asked", "there", "expected"),
    [
        # The same crop and format: the next larger width, then the next smaller one.
        (ASKED, ["16x9-50.40-400.avif", "16x9-50.40-1200.avif", "16x9-50.40-1600.avif"], "16x9-50.40-1200.avif"),
        (ASKED, ["16x9-50.40-200.avif", "16x9-50.40-400.avif", "800.jpg"], "16x9-50.40-400.avif"),
        # A width that is text would come before: 1200 is not nearer to 800 than 900.
        (ASKED, ["16x9-50.40-1200.avif", "16x9-50.40-900.avif"], "16x9-50.40-900.avif"),
        # The crop around another point is the same shape.
        (ASKED, ["16x9-10.20-800.avif", "16x9-50.40-400.avif"], "16x9-50.40-400.avif"),
        (ASKED, ["16x9-10.20-800.avif", "16x9-50.40-800.jpg"], "16x9-10.20-800.avif"),
        # Then the crop as a JPEG, then the whole picture as a JPEG.
        (ASKED, ["16x9-50.40-400.jpg", "16x9-50.40-1200.jpg", "4x3-50.40-800.avif"], "16x9-50.40-1200.jpg"),
        (ASKED, ["16x9-50.40-400.jpg", "800.jpg"], "16x9-50.40-400.jpg"),
        (ASKED, ["400.jpg", "1200.jpg", "800.avif", "4x3-50.40-800.jpg"], "1200.jpg"),
        # Anything rather than nothing; a JPEG first, which everybody can show.
        (ASKED, ["800.avif", "4x3-50.40-800.jpg"], "4x3-50.40-800.jpg"),
        (ASKED, ["400.avif"], "400.avif"),
        # Whole pictures.
        ("800.avif", ["400.avif", "1200.avif", "800.jpg"], "1200.avif"),
        ("800.avif", ["400.jpg", "1600.jpg", "16x9-50.40-800.avif"], "1600.jpg"),
        ("800.jpg", ["800.avif", "400.jpg"], "400.jpg"),
        ("800.jpg", ["800.avif", "1x1-50.40-400.jpg"], "1x1-50.40-400.jpg"),
        ("800.jpg", ["800.avif"], "800.avif"),
        # A JPEG was asked for, perhaps by a browser without AVIF.
        ("4x3-50.40-800.jpg", ["4x3-50.40-800.avif", "1600.jpg"], "1600.jpg"),
        # The name itself is missing, whatever the list says; nothing is there; names of other kinds.
        ("800.jpg", ["800.jpg"], None),
        ("800.jpg", [], None),
        ("800.jpg", ["x.jpg", "800.png", "800.jpg.part"], None),
        ("800.webp", ["800.jpg"], None),
        ("wide.jpg", ["800.jpg"], None),
    ],
)  # fmt: skip
def test_next_best(asked, there, expected):
    """Which rendition is shown in place of a missing one; the order of the names does not matter."""
    begin = f"photos/ab/{DIGEST}-"
    names = [begin + name for name in there] + [f"photos/ab/{OTHER}-800.jpg", f"photos/ab/{OTHER}-{ASKED}"]
    for order in (names, names[::-1]):
        assert next_best(begin + asked, order) == (expected and begin + expected)


def test_names_of_renditions_are_known():
    """The pattern here and the names that are made are the same; nothing else has a family."""
    for name in (
        rendition_name(DIGEST, 1600),
        rendition_name(DIGEST, 400, "avif", "16x9", Point(0, 100)),
        rendition_name(DIGEST, 800, "jpg", "2x1"),
    ):
        assert RENDITION.fullmatch(name)
        assert family(name) == f"photos/ab/{DIGEST}-"
    for name in (
        f"photos/cd/{DIGEST}-800.jpg",
        f"x/ab/{DIGEST}-800.jpg",
        f"photos/ab/{DIGEST}-800.jpg\n",
        "x.mp4",
    ):
        assert family(name) is None


GOOD = "s3://KEY:SE%2FCRET@s3.example:9000/paper-photos"


def test_without_media_storage_photos_live_in_folders(monkeypatch):
    """Nothing set, or blanks."""
    for value in ("", "  "):
        monkeypatch.setenv("MEDIA_STORAGE", value)
        assert environment.object_store() is None


def test_what_media_storage_means(monkeypatch):
    """One bucket, all left to the defaults: the public address is the bucket, originals are a private part of it."""
    monkeypatch.setenv("MEDIA_STORAGE", GOOD)
    store = environment.object_store()
    assert (store.key, store.secret, store.endpoint) == ("KEY", "SE/CRET", "https://s3.example:9000")
    assert (store.public_url, store.origin) == (
        "https://s3.example:9000/paper-photos",
        "https://s3.example:9000",
    )
    assert "SE/CRET" not in repr(store)
    public, private = (store.stores()[name]["OPTIONS"] for name in ("default", "originals"))
    assert (public["bucket_name"], public["default_acl"]) == ("paper-photos", "public-read")
    assert (private["bucket_name"], private["default_acl"]) == ("paper-photos", "private")
    assert private["location"] == "originals"


def test_every_option_of_media_storage(monkeypatch):
    """Two buckets without access lists, photos at an address of their own, credentials from elsewhere."""
    monkeypatch.setenv(
        "MEDIA_STORAGE",
        "s3://s3.example/paper-photos?region=kr-1&scheme=http&addressing=virtual&acl=false"
        "&originals=paper-originals&public_url=https://img.paper.example/photos/",
    )
    store = environment.object_store()
    public, private = (store.stores()[name]["OPTIONS"] for name in ("default", "originals"))
    assert "access_key" not in public | private
    assert (public["url_protocol"], public["custom_domain"]) == ("https:", "img.paper.example/photos")
    assert public["region_name"] == "kr-1" and public["endpoint_url"] == "http://s3.example"
    assert public["addressing"] == private["addressing"] == "virtual"
    assert public["default_acl"] is private["default_acl"] is None
    assert private["bucket_name"] == "paper-originals" and "location" not in private
    assert store.origin == "https://img.paper.example"


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("/srv/photos", "must be empty or begin with s3://"),
        ("https://KEY:SECRET@s3.example/paper", "must be empty or begin with s3://"),
        ("s3://KEY:SECRET@/paper", "must name a host"),
        ("s3://KEY:SEC/RET@s3.example/paper", "as %2F"),
        ("s3://KEY:SEC#RET@s3.example/paper", "must name a host"),
        ("s3://KEY:SECRET@[s3/paper", "must name a host"),
        ("s3://KEY:SECRET@s3.example:port/paper", "must name a host"),
        ("s3://KEY@s3.example/paper", "both KEY and SECRET"),
        ("s3://:SECRET@s3.example/paper", "both KEY and SECRET"),
        ("s3://KEY:SECRET@s3.example", "must name one bucket"),
        ("s3://KEY:SECRET@s3.example/paper/photos", "must name one bucket"),
        (GOOD + "?regoin=x", "has no option «regoin»; there are acl, addressing, originals"),
        (GOOD + "?region", "as name=value"),
        (GOOD + "?region=", "has no value for «region»"),
        (GOOD + "?region=a b", "«region» that is no name"),
        (GOOD + "?acl=true&acl=false", "has an option twice"),
        (GOOD + "?acl=no", "must have true or false as «acl»"),
        (GOOD + "?scheme=ftp", "must have https or http as «scheme»"),
        (GOOD + "?acl=false", "needs a bucket for «originals»"),
        (GOOD + "?originals=paper-photos", "must name another bucket"),
        (GOOD + "?originals=a/b", "must name another bucket"),
        (GOOD + "?public_url=img.paper.example", "must have an address like"),
        (GOOD + "?public_url=https://img.paper.example/?x=1", "must have an address like"),
        (GOOD + "?public_url=https://img.paper.example; script-src *", "must have an address like"),
        (GOOD + "?public_url=https://me@img.paper.example", "must have an address like"),
        (GOOD + "?public_url=https://img.paper.example:x", "must have an address like"),
    ],
)
def test_a_slip_in_media_storage_is_explained(monkeypatch, value, words):
    """Each with a sentence of its own and the way it is written; the secret is never repeated, nor its parts."""
    monkeypatch.setenv("MEDIA_STORAGE", value)
    with pytest.raises(ImproperlyConfigured) as caught:
        environment.object_store()
    assert words in str(caught.value)
    assert "docs/settings.md" in str(caught.value)
    sentence = str(caught.value).partition(" It is written")[0].replace("KEY and SECRET", "")
    assert not any(part in sentence for part in ("SECRET", "SEC", "CRET"))
    assert caught.value.__cause__ is None and caught.value.__suppress_context__ is bool(
        caught.value.__context__
    )
