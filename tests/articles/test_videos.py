"""Uploaded videos: stored clean and by content, their captions, their page on the desk, their place in a story."""

import datetime
import errno
import io
import json
import re
from pathlib import Path
from urllib.parse import unquote

import pytest
from bs4 import BeautifulSoup
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage, storages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import DatabaseError, connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation

from articles import actions, inventory
from articles.clips import VideoFileError
from articles.forms import receiving, videos
from articles.html import clean_body
from articles.models import Video
from articles.models.video import videos_in
from articles.storages import AtomicFileStorage
from newsroom.publication.models import Page
from tests.clips import box, clip_bytes, sound, video
from tests.factories import make_article, make_photo, make_user

from .test_photo_files import NOW, empty_stores  # noqa: F401  (a fixture)

pytestmark = pytest.mark.django_db
SRT = "1\n00:00:01,000 --> 00:00:02,500\n(물소리) <b>나루</b>에 배가 닿는다.\n".encode()
VTT = "WEBVTT\n\n00:00:01.000 --> 00:00:02.500\n(물소리) <b>나루</b>에 배가 닿는다.\n"
HOME = b"+37.5665+126.9780/"
ADD = "/admin/articles/video/add/"


def place_box() -> bytes:
    """Return where the camera was, as phones write it."""
    return box(b"udta", box(b"\xa9xyz", len(HOME).to_bytes(2, "big") + b"\x15\xc7" + HOME))


def make_video(title: str = "나루에 닿는 배", *, data: bytes = b"", **fields) -> Video:
    """Store a video; each with another title has another content."""
    data = data or clip_bytes(video(samples=(title.encode() * 3,)), sound(), in_moov=place_box())
    return actions.store_video(
        video=Video(title=title, file=SimpleUploadedFile("IMG_0001.MOV", data), **fields)
    )


def stored() -> tuple[set[str], set[str]]:
    """Return the names of public files of videos and of originals, parts among them."""
    stores = (default_storage, storages["originals"])
    parts = {name for store in stores for name in store.leftovers(NOW)}
    return set(default_storage.names("videos/")) | parts, set(stores[1].names())


def read(store, name: str) -> bytes:
    with store.open(name) as file:
        return file.read()


def test_readers_get_a_copy_that_tells_nothing_of_its_maker():
    """The original stays byte by byte in the store without addresses; the public copy is named by its content."""
    data = clip_bytes(in_moov=place_box())
    kept = actions.store_video(video=Video(title="배", file=SimpleUploadedFile("내 집.MOV", data)))
    assert read(storages["originals"], kept.file.name) == data and HOME in data
    assert kept.file.name == f"{timezone.localdate():%Y/%m}/{kept.digest}.mov"
    with pytest.raises(ValueError, match=kept.digest):
        kept.file.url  # noqa: B018
    public = read(default_storage, kept.name)
    assert HOME not in public and len(public) == len(data)
    assert kept.name == f"videos/{kept.digest[:2]}/{kept.digest}.mp4"
    row = Video.objects.get()
    assert (row.width, row.height, row.has_sound, row.everywhere) == (640, 360, True, True)
    assert row.clock == "0:02" and not row.captions_url


def test_the_same_video_is_stored_once():
    """It is refused with the title it has here, also with another place in it; what is here stays."""
    known = make_video(data=clip_bytes(in_moov=place_box()))
    before = stored()
    for data in (clip_bytes(in_moov=place_box()), clip_bytes(in_moov=place_box().replace(b"37", b"35"))):
        with (
            translation.override("en"),
            pytest.raises(VideoFileError, match="here already: «나루에 닿는 배»"),
        ):
            make_video("다른 제목", data=data)
    assert stored() == before and Video.objects.get() == known


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EIO])
@pytest.mark.parametrize("after", [0, 1, 2])
def test_a_store_that_takes_nothing_leaves_nothing(monkeypatch, code, after):
    """Wherever in the upload it happens (copy, captions, original): no row, no file, a sentence."""
    write, written = AtomicFileStorage._write, []

    def fail(store, part: Path, content) -> None:
        if len(written) >= after:
            part.write_bytes(b"half")
            raise OSError(code, "no")
        written.append(part)
        write(store, part, content)

    monkeypatch.setattr(AtomicFileStorage, "_write", fail)
    with translation.override("en"), pytest.raises(VideoFileError) as error:
        make_video(captions=VTT)
    assert ("full" if code == errno.ENOSPC else "try again") in error.value.messages[0]
    assert not Video.objects.exists() and stored() == (set(), set())


def test_a_row_that_cannot_be_written_leaves_no_file(monkeypatch):
    """The error of the database passes on; files that another row needs stay."""
    known = make_video()
    before = stored()

    def fail(*args, **kwargs) -> None:
        raise DatabaseError("locked")

    monkeypatch.setattr(Video, "save", fail)
    with pytest.raises(DatabaseError):
        make_video("다른 배", captions=VTT)
    assert stored() == before and Video.objects.get() == known


def test_captions_have_an_address_by_their_words():
    """Other words are another file, so that no cache shows the old ones; the old file stays for open pages."""
    row = make_video(captions=VTT)
    assert read(default_storage, row.captions_name).decode() == VTT
    first = row.captions_name
    row.captions = VTT.replace("배", "나룻배")
    actions.save_video(video=row)
    assert row.captions_name != first and default_storage.exists(first)
    assert Video.objects.get().captions_url.endswith(".vtt")
    row.captions = ""
    actions.save_video(video=row)
    assert Video.objects.get().captions_name == ""


def test_a_deleted_video_is_gone_with_its_files(django_capture_on_commit_callbacks):
    """Whoever kept the address gets nothing any more, also of captions that were replaced; others stay."""
    kept = make_video()
    before = stored()
    row = make_video("지울 영상", captions=VTT)
    row.captions = VTT + "\n00:00:03.000 --> 00:00:04.000\n끝\n"
    actions.save_video(video=row)
    assert len(stored()[0]) == len(before[0]) + 3
    with django_capture_on_commit_callbacks(execute=True):
        actions.delete_video(video=row)
    assert stored() == before and Video.objects.get() == kept


def test_files_of_videos_are_nobodys_strays(capsys):
    """The command that compares rows and files finds nothing to complain of."""
    make_video(captions=VTT)
    assert list(inventory.faults(NOW)) == []
    call_command("check_media")


def test_lost_files_are_found_and_made_anew(capsys):
    """A lost copy, empty captions, files of nobody; a lost original is named and stays lost."""
    row = make_video(captions=VTT)
    public = read(default_storage, row.name)
    default_storage.delete(row.name)
    Path(default_storage.path(row.captions_name)).write_bytes(b"")
    default_storage.save(f"videos/ff/{'f' * 32}.mp4", ContentFile(b"x"))
    kinds = sorted(fault.kind for fault in inventory.faults(NOW))
    assert kinds == ["missing", "missing", "stray"]
    call_command("check_media", "--repair", "--older-than", "0")
    assert list(inventory.faults(NOW)) == []
    assert read(default_storage, row.name) == public
    assert read(default_storage, row.captions_name).decode() == VTT
    storages["originals"].delete(row.file.name)
    assert [(fault.kind, fault.video) for fault in inventory.faults(NOW)] == [("lost", row.pk)]


def test_an_original_that_is_no_video_any_more_repairs_nothing():
    """What was written over from outside makes no public file."""
    row = make_video()
    default_storage.delete(row.name)
    Path(storages["originals"].path(row.file.name)).write_bytes(b"<html>" * 100)
    fault = next(inventory.faults(NOW))
    assert inventory.repair(fault) is False and not default_storage.exists(row.name)


def form_of(**fields) -> dict:
    return {"title": "나루에 닿는 배", "caption": "", "credit": "", "poster": "", "language": "ko"} | fields


def upload(data: bytes, name: str = "배.mp4") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data, "video/mp4")


def errors_of(answer) -> str:
    soup = BeautifulSoup(answer.content, "html.parser")
    return " ".join(found.get_text(" ", strip=True) for found in soup.select(".errorlist"))


def messages_of(answer) -> str:
    return " ".join(map(str, answer.context["messages"]))


@pytest.fixture
def desk(client):
    user = make_user("photographer")
    user.language = "en"
    user.save()
    client.force_login(user)
    client.user = user
    return client


def test_a_video_is_uploaded_on_its_page(desk):
    """File, captions of another format, poster, words; kept with who did it; nothing to warn of."""
    poster = make_photo()
    fields = form_of(
        poster=poster.pk,
        caption=" 새벽 나루 ",
        file=upload(clip_bytes()),
        captions_file=upload(SRT, "배.srt"),
    )
    answer = desk.post(ADD, fields, follow=True)
    assert errors_of(answer) == ""
    row = Video.objects.get()
    assert (row.poster, row.caption, row.created_by) == (poster, "새벽 나루", desk.user)
    assert read(default_storage, row.captions_name).decode() == VTT
    assert "captions" not in messages_of(answer)


def test_words_and_captions_are_changed_on_the_page(desk):
    """The file is not asked for again; captions are replaced or taken away, not both."""
    row = make_video(captions=VTT)
    address = reverse("admin:articles_video_change", args=[row.pk])
    page = BeautifulSoup(desk.get(address).content, "html.parser")
    assert page.select_one("input[name=file]") is None
    assert page.select_one("video source")["src"] == row.url and page.select_one("video")["preload"] == "none"
    both = form_of(captions_file=upload(SRT, "a.srt"), without_captions="on")
    assert "not both" in errors_of(desk.post(address, both))
    desk.post(address, form_of(title="새 제목"))
    row.refresh_from_db()
    assert row.title == "새 제목" and row.captions == VTT
    desk.post(address, form_of(without_captions="on"))
    row.refresh_from_db()
    assert row.captions == row.captions_digest == ""


@pytest.mark.parametrize(
    ("plans", "words"),
    [
        ((video(), sound()), "sound and no captions"),
        ((video(codec=b"vp09"),), "Some browsers do not play"),
    ],
)
def test_what_keeps_readers_out_is_a_warning(desk, plans, words):
    """It is stored all the same; a silent video needs no captions."""
    answer = desk.post(ADD, form_of(file=upload(clip_bytes(*plans))), follow=True)
    assert Video.objects.count() == 1
    assert words in messages_of(answer)
    assert ("captions" in messages_of(answer)) is (len(plans) == 2)


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"file": upload(b"%PDF-1.7 " * 99)}, "not an MP4 video"),
        ({"file": upload(clip_bytes()[:900])}, "not complete"),
        ({"file": upload(clip_bytes()), "captions_file": upload(b"hello\n", "a.vtt")}, "Line 1: a time is missing"),
        ({}, "This field is required"),
        ({"file": upload(clip_bytes()), "title": " "}, "This field is required"),
    ],
)  # fmt: skip
def test_what_is_refused_is_said_beside_its_field(desk, fields, words):
    """Nothing is stored, and what was typed is still there."""
    answer = desk.post(ADD, form_of(caption="긴 설명") | fields)
    assert words in errors_of(answer)
    assert "긴 설명" in answer.content.decode()
    assert not Video.objects.exists() and stored() == (set(), set())


def test_a_store_that_takes_nothing_is_said_beside_the_file(desk, monkeypatch):
    """As a sentence, with what was typed."""

    def fail(*args) -> None:
        raise OSError(errno.ENOSPC, "no")

    monkeypatch.setattr(AtomicFileStorage, "_write", fail)
    answer = desk.post(ADD, form_of(caption="긴 설명", file=upload(clip_bytes())))
    assert "disk of the newspaper is full" in errors_of(answer) and "긴 설명" in answer.content.decode()
    assert stored() == (set(), set())


class Counted(io.BytesIO):
    """A file that remembers how much was written to it when it is closed."""

    length = 0

    def close(self) -> None:
        Counted.length = len(self.getvalue())
        super().close()


def test_too_large_a_file_is_counted_and_not_kept(desk, monkeypatch):
    """What comes behind the limit is thrown away as it comes; the form comes back with a sentence."""
    monkeypatch.setattr("articles.admin.video.MAX_VIDEO", 100_000)
    monkeypatch.setattr(videos, "MAX_VIDEO", 100_000)
    monkeypatch.setattr(receiving, "unnamed_file", Counted)
    answer = desk.post(ADD, form_of(caption="긴 설명", file=upload(bytes(300_000))))
    assert "a video may have" in errors_of(answer) and "긴 설명" in answer.content.decode()
    assert 0 < Counted.length <= 100_000


class Full(io.BytesIO):
    """A disk that is full."""

    def write(self, data: bytes) -> int:
        raise OSError(errno.ENOSPC, "no")


def test_a_disk_that_is_full_while_the_file_arrives(desk, monkeypatch):
    """The rest is thrown away as it comes; a sentence, and what was typed."""
    monkeypatch.setattr(receiving, "unnamed_file", Full)
    answer = desk.post(ADD, form_of(caption="긴 설명", file=upload(clip_bytes())))
    assert "disk of the newspaper is full" in errors_of(answer) and "긴 설명" in answer.content.decode()


def test_an_upload_has_no_name_and_lies_beside_the_originals(desk, monkeypatch):
    """So that nothing is left of it when the process is killed, and no small /tmp is filled."""
    made, unnamed = [], receiving.unnamed_file

    def watched():
        made.append(unnamed())
        return made[-1]

    monkeypatch.setattr(receiving, "unnamed_file", watched)
    desk.post(ADD, form_of(file=upload(clip_bytes())))
    assert len(made) == 1 and made[0].closed
    folder = Path(storages["originals"].location)
    with unnamed() as file:
        assert Path(f"/proc/self/fd/{file.fileno()}").readlink().parent == folder
        assert not [path for path in folder.rglob("*") if path.is_file() and path.name.startswith("tmp")]


def test_uploads_need_the_right_and_the_token(client):
    """Of those who may not: nothing is stored, also where the form's token is missing."""
    client.force_login(make_user("moderator"))
    assert client.post(ADD, form_of(file=upload(clip_bytes()))).status_code == 403
    strict = type(client)(enforce_csrf_checks=True)
    strict.force_login(make_user("admin"))
    assert strict.post(ADD, form_of(file=upload(clip_bytes()))).status_code == 403
    assert not Video.objects.exists()


def test_a_video_that_stands_in_a_story_is_not_deleted(desk, django_capture_on_commit_callbacks):
    """The page names the stories; one that stands in none goes with its files."""
    used, free = make_video(), make_video("다른 배")
    make_article("배가 닿다", body=f'<p>글</p><figure data-video="{used.pk}"></figure>')
    address = reverse("admin:articles_video_delete", args=[used.pk])
    assert "배가 닿다" in desk.post(address, {"post": "yes"}).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        desk.post(reverse("admin:articles_video_delete", args=[free.pk]), {"post": "yes"})
    assert Video.objects.get() == used and not default_storage.exists(free.name)


def test_the_editor_asks_for_videos(desk, client):
    """The newest first, by words, by number; unknown numbers are passed over."""
    poster = make_photo()
    old, new = make_video("옛 나루", poster=poster), make_video("새 나루", caption="물소리")
    address = reverse("admin:articles_video_library")

    def asked(**query) -> list[int]:
        return [row["id"] for row in desk.get(address, query).json()["videos"]]

    assert asked() == [new.pk, old.pk]
    assert asked(q="물소리") == [new.pk] and asked(q="나루 옛") == [old.pk]
    assert asked(ids=f"{old.pk},x,999999") == [old.pk]
    row = desk.get(address, {"ids": old.pk}).json()["videos"][0]
    assert row["small"] == poster.url(400) and row["title"] == "옛 나루"
    client.force_login(make_user("moderator"))
    assert client.get(address).status_code == 403


def test_a_story_asks_for_its_videos_once(django_assert_num_queries):
    """Head and text share one query; a story without a video asks none."""
    row = make_video(poster=make_photo())
    story = make_article(
        body=f'<p>글</p><figure data-video="{row.pk}"></figure><figure data-video="99"></figure>'
    )
    with django_assert_num_queries(1):
        assert list(videos_in(story)) == [row.pk]
        assert videos_in(story)[row.pk].poster_url
    with django_assert_num_queries(0):
        assert videos_in(story) and videos_in(Bodiless()) == {}


class Bodiless:
    """A story without a text."""

    body = ""


def test_machines_are_told_of_the_video(client):
    """A VideoObject with the poster; without one the picture of the story."""
    row = make_video("배", poster=make_photo(), credit="한나래", caption="새벽")
    other = make_video("다른 배")
    body = "<p>글</p>" + "".join(f'<figure data-video="{each.pk}"></figure>' for each in (row, other))
    answer = client.get(make_article(body=body).get_absolute_url())
    soup = BeautifulSoup(answer.content, "html.parser")
    facts = [json.loads(found.string) for found in soup.select('script[type="application/ld+json"]')]
    found = next(fact for fact in facts if fact["@type"] == "NewsArticle")["video"]
    assert [each["name"] for each in found] == ["배", "다른 배"]
    assert found[0]["contentUrl"] == f"http://testserver{row.url}" and found[0]["duration"] == "PT2S"
    assert found[0]["thumbnailUrl"] == f"http://testserver{row.poster.url(1200)}"
    assert found[0]["description"] == "새벽" and found[1]["description"] == "다른 배"
    assert found[1]["thumbnailUrl"]


@pytest.mark.parametrize(
    ("given", "stored_as"),
    [
        ("<figure data-video='012' data-width=wide onclick=x>설명 <b>굵게</b></figure>",
         '<figure data-video="12"><figcaption>설명 <strong>굵게</strong></figcaption></figure>'),
        ("<ul><li>가<figure data-video=3></figure>나</li></ul>",
         '<ul><li>가 나</li></ul><figure data-video="3"></figure>'),
        ("<figure data-video=x>말</figure>", "<p>말</p>"),
        ("<figure data-video=0></figure>", ""),
        ("<figure data-photo=1 data-video=2></figure>", '<figure data-photo="1"></figure>'),
        ("<aside data-kind=gallery><figure data-photo=1></figure><figure data-video=2></figure>"
         "<figure data-photo=3></figure></aside>",
         '<aside data-kind="gallery"><figure data-photo="1"></figure><figure data-photo="3"></figure></aside>'
         '<figure data-video="2"></figure>'),
    ],
)  # fmt: skip
def test_the_schema_knows_videos(given, stored_as):
    """A figure at the top with words for a caption; what is stored is left as it is."""
    assert clean_body(given) == stored_as == clean_body(stored_as)


def page_of(client, *rows: Video, query: str = "", **fields) -> BeautifulSoup:
    """Return a page of a story with these videos, each with a caption in the story."""
    figures = "".join(
        f'<figure data-video="{row.pk}"><figcaption>여기 <strong>나루</strong></figcaption></figure>'
        for row in rows
    )
    story = make_article(body=f"<p>글</p>{figures}<p>끝</p>", **fields)
    return BeautifulSoup(client.get(story.get_absolute_url() + query).content, "html.parser")


def test_readers_see_a_player_that_asks_for_nothing(client):
    """Poster, size, captions, the file as a link, the caption of the story; nothing is loaded before it is played."""
    row = make_video(poster=make_photo(), captions=VTT, credit="한나래")
    figure = page_of(client, row).select_one("figure.video")
    player = figure.video
    assert player["preload"] == "none" and player.has_attr("playsinline") and player.has_attr("controls")
    assert (player["width"], player["height"], player["aria-label"]) == ("640", "360", row.title)
    assert player["poster"] == row.poster.url(1200)
    assert (player.source["src"], player.source["type"]) == (row.url, "video/mp4")
    track = player.track
    assert (track["kind"], track["src"], track["srclang"], track["label"]) == (
        "captions", row.captions_url, "ko", "한국어"
    )  # fmt: skip
    assert player.a["href"] == row.url
    assert figure.svg["viewbox"] == "0 0 640 360"
    assert str(figure.figcaption.strong) == "<strong>나루</strong>"
    assert "한나래" in figure.figcaption.text and "0:02" in figure.figcaption.text


def test_without_poster_and_captions(client):
    """A drawn ground with the title; a poster whose right has ended is none."""
    over = make_photo(usable_until=timezone.now() - datetime.timedelta(days=1))
    for row in (make_video("하나 <&"), make_video("하나 <&>", poster=over)):
        figure = page_of(client, row).select_one("figure.video")
        kind, drawing = unquote(figure.video["poster"]).split(",", 1)
        assert kind == "data:image/svg+xml" and figure.track is None
        assert 'width="640" height="360"' in drawing and "하나 &lt;&amp;" in drawing


def test_a_video_that_is_unknown_is_left_out(client):
    """With its caption; the text stays."""
    soup = page_of(client, Video(pk=999))
    assert soup.select("video") == [] and "여기" not in soup.select_one(".story__body").text


def test_videos_cost_one_query(client):
    """Any number of them in a text cost one query more than none."""
    rows = [make_video(f"영상 {number}", poster=make_photo()) for number in range(3)]
    costs = []
    for shown in ([], rows[:1], rows):
        body = "<p>글</p>" + "".join(f'<figure data-video="{row.pk}"></figure>' for row in shown)
        address = make_article(body=body).get_absolute_url()
        client.get(address)
        with CaptureQueriesContext(connection) as asked:
            assert client.get(address).content.count(b"<video ") == len(shown)
        costs.append(len(asked))
    assert costs[1] == costs[2] == costs[0] + 1


def test_on_paper_stands_where_it_can_be_watched(client):
    """Poster, caption, title and the story's address; without photos the words alone."""
    row = make_video(poster=make_photo())
    with translation.override("en"):
        soup = page_of(client, row, query="print/")
    figure = soup.select_one(".text figure")
    assert soup.select("video") == [] and figure.img["src"] == row.poster.url()
    assert row.title in figure.figcaption.text and "나루" in figure.figcaption.text
    assert re.fullmatch(r"http://testserver/articles/\d+/", figure.a["href"])
    figure = page_of(client, row, query="print/?photos=0").select_one(".text figure")
    assert figure.img is None and row.title in figure.text and figure.a


def test_a_fixed_page_shows_videos(client):
    """As a story does."""
    row = make_video()
    Page.objects.create(title="영상", slug="clip", body=f'<p>글</p><figure data-video="{row.pk}"></figure>')
    soup = BeautifulSoup(client.get(reverse("publication:page", args=["clip"])).content, "html.parser")
    assert soup.select_one("video source")["src"] == row.url


def test_the_file_is_served_in_parts(client):
    """As players ask for it; captions are text of the same house."""
    row = make_video(captions=VTT)
    answer = client.get(row.url, headers={"Range": "bytes=4-7"})
    assert (answer.status_code, b"".join(answer.streaming_content)) == (206, b"ftyp")
    assert answer.headers["Content-Type"] == "video/mp4"
    assert client.get(row.captions_url).headers["Content-Type"] == "text/vtt; charset=utf-8"
