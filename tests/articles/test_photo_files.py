"""Photos and their files: made in two goes, named by content, stamped, found and put right when something is lost."""

import datetime
import errno
import io
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage, storages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.db import DatabaseError
from django.utils import timezone, translation
from PIL import Image

from articles import actions, inventory
from articles.errors import PhotoFileError
from articles.images import make_further
from articles.models import Photo
from articles.models.photo import RECIPE
from articles.pictures.ladder import AVIF, JPEG, further_names, rendition_name
from articles.storages import AtomicFileStorage
from articles.tasks import finish_photo
from tests.factories import make_photo, picture_bytes

pytestmark = pytest.mark.django_db
NOW = datetime.timedelta()


@pytest.fixture(autouse=True)
def empty_stores():
    """Stores without the files of other tests, so that everything in them can be counted."""
    for store in (default_storage, storages["originals"]):
        for name in [*store.names(), *store.leftovers(NOW)]:
            store.delete(name)


def public() -> set[str]:
    return set(default_storage.names())


def finished(**fields) -> Photo:
    """Return a photo with all its renditions."""
    photo = make_photo(size=(1700, 1000), **fields)
    finish_photo.func(photo.pk)
    photo.refresh_from_db()
    return photo


def test_the_original_is_kept_as_it_came():
    """Byte by byte, in the store without addresses."""
    data = picture_bytes((600, 400), comment="한글".encode())
    photo = actions.store_photo(photo=Photo(file=SimpleUploadedFile("a.jpg", data)))
    assert photo.file.read() == data
    assert photo.file.storage == storages["originals"]
    with pytest.raises(ValueError, match=photo.file.name):
        photo.file.url  # noqa: B018


def test_a_photo_is_finished_behind_the_upload(django_capture_on_commit_callbacks):
    """Whole JPEGs while somebody waits; AVIF and crops when the transaction is through, at once without a worker."""
    with django_capture_on_commit_callbacks(execute=True):
        photo = make_photo(size=(1700, 1000))
        assert public() == {rendition_name(photo.digest, width) for width in photo.widths}
        assert photo.steps(AVIF) == photo.steps(JPEG, "16x9") == []
    photo = Photo.objects.get(pk=photo.pk)
    assert public() == set(photo.names) and len(photo.names) == 25
    assert [width for width, _url in photo.steps(AVIF)] == [400, 800, 1200, 1600]
    assert [width for width, _url in photo.steps(AVIF, "16x9")] == [400, 800, 1200]
    assert photo.steps(AVIF, "2x1") == [] and len(photo.steps(JPEG, "2x1")) == 1


def test_crops_have_their_true_sizes():
    """Every file is as wide as its name says and as high as its shape wants."""
    photo = finished()
    for name, (across, down) in {"16x9": (16, 9), "4x3": (4, 3), "1x1": (1, 1), "2x1": (2, 1)}.items():
        for width, _url in photo.steps(JPEG, name):
            with default_storage.open(rendition_name(photo.digest, width, JPEG, name, photo.point)) as file:
                assert Image.open(file).size == (width, round(width * down / across))


def test_a_moved_focal_point_shows_at_once(django_capture_on_commit_callbacks):
    """Until the crops of the new point are there, the whole picture is offered; their addresses are new."""
    photo = finished()
    before = dict(photo.steps(JPEG, "1x1"))
    photo.focal_x, photo.focal_y = 90, 10
    with django_capture_on_commit_callbacks(execute=True):
        actions.save_photo(photo=photo)
        assert Photo.objects.get().steps(JPEG, "1x1") == []
    after = dict(Photo.objects.get().steps(JPEG, "1x1"))
    assert set(after) == set(before) and not set(after.values()) & set(before.values())


def test_words_that_change_are_written_into_the_files(django_capture_on_commit_callbacks):
    """The credit of every rendition is the new one, under the same address, with the same pixels."""
    photo = finished(credit="백가람")
    with default_storage.open(photo.names[-1]) as file:
        before = file.read()
    assert "백가람".encode() in before
    photo.credit = "한나래 & 친구들"
    with django_capture_on_commit_callbacks(execute=True):
        actions.save_photo(photo=photo)
    for name in photo.names:
        with default_storage.open(name) as file:
            data = file.read()
        assert "한나래 &amp; 친구들".encode() in data and "백가람".encode() not in data
    assert (
        Image.open(io.BytesIO(before)).tobytes()
        == Image.open(default_storage.open(photo.names[-1])).tobytes()
    )
    with django_capture_on_commit_callbacks(execute=True) as callbacks:
        actions.save_photo(photo=photo)
    assert callbacks == []


def test_a_finished_photo_that_was_changed_meanwhile_is_not_called_finished(monkeypatch):
    """Whoever moves the focal point while crops are made gets new ones, not those of the old point."""
    photo = make_photo(size=(900, 600))

    def move_meanwhile(late: Photo) -> None:
        make_further(late)
        Photo.objects.filter(pk=photo.pk).update(focal_x=1)

    monkeypatch.setattr("articles.tasks.make_further", move_meanwhile)
    finish_photo.func(photo.pk)
    assert Photo.objects.get().recipe == 0


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EIO])
@pytest.mark.parametrize("after", [0, 1, 2, 3])
def test_a_store_that_takes_nothing_leaves_nothing(monkeypatch, code, after):
    """Wherever in the upload it happens: no row, no file, a sentence."""
    write, written = AtomicFileStorage._write, []

    def fail(store, part: Path, content) -> None:
        if len(written) >= after:
            raise OSError(code, "no")
        written.append(part)
        write(store, part, content)

    monkeypatch.setattr(AtomicFileStorage, "_write", fail)
    photo = Photo(file=SimpleUploadedFile("a.jpg", picture_bytes((900, 600))))
    with translation.override("en"), pytest.raises(PhotoFileError) as error:
        actions.store_photo(photo=photo)
    assert ("full" if code == errno.ENOSPC else "try again") in error.value.messages[0]
    assert not Photo.objects.exists() and not public() and not set(storages["originals"].names())


def test_a_row_that_cannot_be_written_leaves_no_file(monkeypatch):
    """The database fails at the end: the error passes on, the files are taken away; those of another row stay."""
    kept = make_photo(size=(500, 300))
    with kept.file.open() as file:
        data = file.read()

    def fail(*args, **kwargs) -> None:
        raise DatabaseError("locked")

    monkeypatch.setattr("articles.actions.photos.announce", fail)
    before = (public(), set(storages["originals"].names()))
    for content in (picture_bytes((901, 600)), data):
        with pytest.raises(DatabaseError):
            actions.store_photo(photo=Photo(file=SimpleUploadedFile("b.jpg", content)))
    assert (public(), set(storages["originals"].names())) == before


def test_what_is_in_order_is_said_so(capsys):
    """Finished photos, unfinished ones and those whose right has ended."""
    finished(), make_photo(), make_photo(usable_until=timezone.now() - datetime.timedelta(days=1))
    finish_photo.func(Photo.objects.latest("pk").pk)
    assert list(inventory.faults(NOW)) == []
    with translation.override("en"):
        call_command("check_media")
    assert "agree" in capsys.readouterr().out


def test_everything_that_is_wrong_is_found_and_put_right(capsys):
    """Lost and empty renditions, files of nobody, cut-off uploads, what should not be public any more."""
    whole, over = finished(), finished(credit="기한")
    lost, empty = whole.names[0], Path(default_storage.path(whole.names[9]))
    default_storage.delete(lost)
    empty.write_bytes(b"")
    default_storage.save("photos/ff/ffffffffffffffffffffffffffffffff-400.jpg", ContentFile(b"x"))
    storages["originals"].save("2026/01/nobody.jpg", ContentFile(b"x"))
    Path(storages["originals"].path(f".{'a' * 16}.part")).write_bytes(b"x")
    Photo.objects.filter(pk=over.pk).update(ends_at=timezone.now())
    kinds = [fault.kind for fault in inventory.faults(NOW)]
    assert {kind: kinds.count(kind) for kind in kinds} == {"missing": 2, "public": 25, "stray": 2, "part": 1}
    with pytest.raises(CommandError):
        call_command("check_media", "--older-than", "0")
    call_command("check_media", "--older-than", "0", "--repair")
    assert list(inventory.faults(NOW)) == []
    assert public() == set(whole.names)
    assert set(storages["originals"].names()) == {whole.file.name, over.file.name}


def test_a_photo_that_is_over_leaves_its_files_to_another_of_the_same_file():
    """Nothing is taken away that a page still shows, and nothing is called wrong."""
    living, over = finished(), finished()
    fields = ("digest", "width", "height", "recipe", "crop_point")
    Photo.objects.filter(pk=over.pk).update(
        ends_at=timezone.now(), **{name: getattr(living, name) for name in fields}
    )
    finish_photo.func(over.pk)
    assert set(living.names) <= public()
    assert [fault.kind for fault in inventory.faults() if fault.photo] == []


def test_young_files_are_left_alone():
    """An upload that is under way is nobody's yet."""
    default_storage.save("photos/ff/ffffffffffffffffffffffffffffffff-400.jpg", ContentFile(b"x"))
    assert list(inventory.faults()) == []
    assert len(list(inventory.faults(NOW))) == 1


def test_a_lost_original_cannot_be_put_right(capsys):
    """It is named, and the command ends with an error as long as it is lost."""
    photo = finished()
    storages["originals"].delete(photo.file.name)
    with pytest.raises(CommandError):
        call_command("check_media", "--repair", "--older-than", "0")
    assert photo.file.name in capsys.readouterr().out


def test_renditions_are_made_where_they_lack(capsys):
    """What is finished is left, the others are made; a photo without its original is named and passed over."""
    done, lacking, lost = finished(), make_photo(), make_photo()
    storages["originals"].delete(lost.file.name)
    written = Path(default_storage.path(done.names[0])).stat().st_mtime_ns
    with pytest.raises(CommandError):
        call_command("renditions")
    assert lost.file.name in capsys.readouterr().err
    lacking.refresh_from_db()
    assert lacking.recipe == RECIPE and set(lacking.names) <= public()
    assert Path(default_storage.path(done.names[0])).stat().st_mtime_ns == written
    lost.delete()
    call_command("renditions")
    call_command("renditions", "--all", "--after", str(done.pk - 1))
    assert Path(default_storage.path(done.names[0])).stat().st_mtime_ns > written


def test_further_names_do_not_depend_on_the_row():
    """The names of a row are those of its content: what ``check_media`` and the media pages go by."""
    photo = finished()
    assert set(further_names(photo.digest, (1700, 1000), photo.point)) <= set(photo.names)
