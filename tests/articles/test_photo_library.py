"""The photo dialog's addresses: photos to choose from, uploads that are stored once, words that nobody overwrites."""

import datetime
import hashlib
import json

import pytest
from django.contrib.auth.context_processors import PermWrapper
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.forms import ModelChoiceField
from django.template.loader import render_to_string
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from articles.admin import library
from articles.forms import photos as forms
from articles.forms.photos import LeadPhotoInput, PhotoWordsForm
from articles.models import Photo
from articles.signals import photo_changed

from ..desk_forms import signed_in
from ..factories import make_photo, make_reporter, make_user, picture_bytes

pytestmark = pytest.mark.django_db

LIBRARY = "/admin/articles/photo/library/"
UPLOAD = "/admin/articles/photo/upload/"


def make_rows(count: int, *, start: int = 0, **fields) -> list[Photo]:
    """Make rows of photos without files, each a minute older than the one before."""
    now = timezone.now()
    rows = [
        Photo(
            **{"caption": f"사진 {number}", "alt": "그림", "width": 900, "height": 600}
            | {"digest": f"{number:032x}", "created_at": now - datetime.timedelta(minutes=number)}
            | fields
        )
        for number in range(start, start + count)
    ]
    return Photo.objects.bulk_create(rows)


def ask(client: Client, **asked) -> dict:
    """Return the library's answer."""
    answer = client.get(LIBRARY, asked)
    assert answer.status_code == 200, answer.content
    return answer.json()


def keys(answer: dict) -> list[int]:
    return [photo["id"] for photo in answer["photos"]]


def words_of(photo: dict, **changes) -> dict:
    """Return what the dialog sends for a photo that the library described."""
    names = {"caption": "caption", "alt": "alt", "photographer": "photographer", "credit": "own_credit"}
    values = {name: photo[key] if photo[key] is not None else "" for name, key in names.items()}
    values |= {"focal_x": photo["focal_x"], "focal_y": photo["focal_y"], "seen": photo["stamp"]}
    return values | changes


def send_words(client: Client, photo: dict, **changes):
    return client.post(f"/admin/articles/photo/{photo['id']}/words/", words_of(photo, **changes))


def send_file(client: Client, content: bytes, name: str = "나루.jpg"):
    return client.post(UPLOAD, {"file": SimpleUploadedFile(name, content, "image/jpeg")})


# The library.


def test_addresses_have_the_names_others_use():
    """The editor and the dialog find the addresses by name."""
    assert reverse("admin:articles_photo_library") == LIBRARY
    assert reverse("admin:articles_photo_upload") == UPLOAD
    assert reverse("admin:articles_photo_words", args=[7]) == "/admin/articles/photo/7/words/"


def test_a_photo_is_described_whole():
    """The answer holds what the dialog and the editor show, and nothing of the original."""
    reporter = make_reporter("도하람")
    photo = make_photo(
        "새벽 나루.", photographer=reporter, focal_x=20, headline="새벽", copyright="ⓒ 두물", keywords="강, 안개",
        city="두물군", taken_at=datetime.datetime.fromisoformat("2026-11-20T06:12:30+09:00"),
    )  # fmt: skip
    [found] = ask(signed_in(make_user("reporter")))["photos"]
    stamp = found.pop("stamp")
    assert len(stamp) == 16
    assert found == {
        "id": photo.pk,
        "url": photo.url(1200),
        "small": photo.url(400),
        "width": 900,
        "height": 600,
        "caption": "새벽 나루.",
        "alt": "물안개가 낀 강",
        "credit": "도하람 기자",
        "own_credit": "",
        "photographer": reporter.pk,
        "photographer_name": "도하람 기자",
        "focal_x": 20,
        "focal_y": 40,
        "headline": "새벽",
        "copyright": "ⓒ 두물",
        "keywords": "강, 안개",
        "city": "두물군",
        "taken": "2026-11-20 06:12",
        "note": "",
        "barred": False,
        "day": timezone.localdate().isoformat(),
        "editable": True,
    }


def test_the_library_is_paged_by_position():
    """Pages follow each other without a gap or a double, newest first, photos of one moment included."""
    moment = timezone.now()
    rows = make_rows(library.PAGE + 5, created_at=moment) + make_rows(library.PAGE, start=1)
    client = signed_in(make_user("reporter"))
    seen, before = [], ""
    while before is not None:
        answer = ask(client, before=before)
        seen += keys(answer)
        before = answer["next"]
        assert len(answer["photos"]) <= library.PAGE
    ordered = sorted(rows, key=lambda row: (row.created_at, row.pk), reverse=True)
    assert seen == [row.pk for row in ordered]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("나루", {"caption"}),
        ("나루 새벽", {"caption"}),
        ("물안개", {"alt"}),
        ("YEONHAP", {"credit"}),
        ("도하람", {"photographer"}),
        ("얼음", {"keywords"}),
        ("두물군", {"city"}),
        ("제목", {"headline"}),
        ("나루 없는말", set()),
        ("  ", {"caption", "alt", "credit", "photographer", "keywords", "city", "headline"}),
        ("100%", set()),
    ],
)
def test_words_are_found_in_all_that_stands_with_a_photo(typed, found):
    """Each word typed stands somewhere: caption, alternative text, credit or the photographer's name."""
    reporter = make_reporter("도하람")
    rows = dict(
        zip(
            ["caption", "alt", "credit", "photographer", "keywords", "city", "headline"],
            [
                *make_rows(1, caption="새벽 나루"),
                *make_rows(1, alt="물안개가 낀 강"),
                *make_rows(1, credit="Yeonhap"),
                *make_rows(1, photographer=reporter),
                *make_rows(1, keywords="눈, 얼음"),
                *make_rows(1, city="두물군"),
                *make_rows(1, headline="제목"),
            ],
            strict=True,
        )
    )
    answer = ask(signed_in(make_user("reporter")), q=typed)
    assert set(keys(answer)) == {rows[name].pk for name in found}


def test_photographer_and_period_narrow_the_library():
    """Days are those of the paper's time zone, the last one included."""
    reporter = make_reporter()
    midnight = datetime.datetime(2026, 11, 20, tzinfo=timezone.get_default_timezone())
    [before] = make_rows(1, created_at=midnight - datetime.timedelta(seconds=1), photographer=reporter)
    [first] = make_rows(1, created_at=midnight)
    [last] = make_rows(1, created_at=midnight + datetime.timedelta(hours=23, minutes=59))
    [after] = make_rows(1, created_at=midnight + datetime.timedelta(days=1))
    client = signed_in(make_user("reporter"))
    day = {"from": "2026-11-20", "to": "2026-11-20"}
    assert keys(ask(client, **day)) == [last.pk, first.pk]
    assert keys(ask(client, photographer=reporter.pk)) == [before.pk]
    assert keys(ask(client, photographer=reporter.pk, **day)) == []
    assert keys(ask(client, **{"from": "2026-11-20", "q": "사진"})) == [after.pk, last.pk, first.pk]


@pytest.mark.parametrize(
    "asked",
    [
        {"before": "nonsense"},
        {"before": "99999999999999999-1"},
        {"from": "0001-01-01"},
        {"to": "9999-12-31"},
        {"from": "2026-02-31", "to": "yesterday"},
        {"photographer": "x"},
        {"photographer": "9" * 40},
        {"ids": "a,,9" + "9" * 30},
        {"q": "'\"%_\\;--"},
        {"q": "가 " * 300},
    ],
)
def test_garbage_in_the_address_is_no_error(asked):
    """Whatever stands in the address, the answer is a list."""
    make_rows(2)
    assert isinstance(ask(signed_in(make_user("reporter")), **asked)["photos"], list)


def test_certain_photos_come_in_the_order_asked_for():
    """``ids`` keeps the order, names each once and passes over what is not there."""
    one, two, three = make_rows(3)
    client = signed_in(make_user("reporter"))
    answer = ask(client, ids=f"{three.pk},{one.pk},999999,{three.pk}, {two.pk}")
    assert keys(answer) == [three.pk, one.pk, two.pk]
    assert answer["next"] is None
    assert keys(ask(client, ids="")) == []


def test_a_rare_word_is_looked_for_piece_by_piece(monkeypatch):
    """One request looks through a bounded number of photos and says where the next one goes on."""
    monkeypatch.setattr(library, "LOOKED_THROUGH", 10)
    rows = make_rows(25)
    Photo.objects.filter(pk=rows[22].pk).update(caption="딱 한 장")
    client = signed_in(make_user("reporter"))
    answers, before = [], ""
    while before is not None:
        answer = ask(client, q="딱", before=before)
        answers.append(keys(answer))
        before = answer["next"]
    assert answers == [[], [], [rows[22].pk]]


def test_the_edge_of_a_search_loses_no_photo(monkeypatch):
    """A photo that stands exactly at the edge, at the same moment as its neighbours, is found once."""
    monkeypatch.setattr(library, "LOOKED_THROUGH", 3)
    rows = make_rows(8, created_at=timezone.now())
    client = signed_in(make_user("reporter"))
    seen, before = [], ""
    while before is not None:
        answer = ask(client, q="사진", before=before)
        seen += keys(answer)
        before = answer["next"]
    assert seen == [row.pk for row in reversed(rows)]


def queries(client: Client, **asked) -> list[str]:
    """Return the statements on photos and reporters that a request to the library makes."""
    with CaptureQueriesContext(
        connection,
    ) as made:
        ask(client, **asked)
    return [each["sql"] for each in made if '"articles_' in each["sql"]]


@pytest.mark.parametrize(
    ("asked", "budget"),
    [({}, 1), ({"q": "사진"}, 2), ({"setup": "1"}, 2), ({"ids": "1,2,3"}, 1), ({"photographer": "1"}, 1)],
)
def test_the_number_of_queries_does_not_grow(asked, budget):
    """The photos (with their photographers), for words the edge, at first the photographers: no more for many."""
    client = signed_in(make_user("reporter"))
    make_rows(1)
    few = queries(client, **asked)
    for number in range(3):
        make_rows(10, start=10 * number, photographer=make_reporter())
    assert len(queries(client, **asked)) == len(few) == budget


@pytest.mark.skipif(connection.vendor != "sqlite", reason="reads SQLite's plan")
@pytest.mark.parametrize("asked", [{}, {"before": "1780000000000000-5"}, {"q": "나루"}])
def test_the_library_reads_along_the_index_of_time(asked):
    """Neither a page nor a search sorts the table of photos."""
    client = signed_in(make_user("reporter"))
    for statement in queries(client, **asked):
        with connection.cursor() as cursor:
            cursor.execute(f"EXPLAIN QUERY PLAN {statement}")
            plan = " | ".join(row[3] for row in cursor.fetchall())
        assert "created_at" in plan, plan
        assert "TEMP B-TREE" not in plan, plan


def test_the_photographers_come_with_the_first_answer():
    """Those on the staff stand first; without «setup» neither they nor a token are sent."""
    gone = make_reporter("가나다", is_active=False)
    here = make_reporter("하하하")
    client = signed_in(make_user("reporter"))
    answer = ask(client, setup="1")
    assert answer["photographers"] == [
        {"id": here.pk, "name": "하하하 기자"},
        {"id": gone.pk, "name": "가나다 기자"},
    ]
    assert len(answer["token"]) == 64
    assert ask(client).keys() == {"photos", "next"}


def test_the_library_is_for_those_who_see_photos():
    """A moderator is refused in words; nobody sees it without signing in; a reporter does."""
    make_rows(1)
    refused = signed_in(make_user("moderator")).get(LIBRARY)
    assert refused.status_code == 403
    assert refused.json() == {"error": "You may not see the photos."}
    assert Client().get(LIBRARY).status_code == 302
    assert len(ask(signed_in(make_user("reporter")))["photos"]) == 1


def test_a_right_is_told_with_each_photo():
    """One that has ended bars the choice; one that ends within two weeks or has not begun is noted."""
    now, day = timezone.now(), datetime.timedelta(days=1)
    cases = {
        "ended": {"ends_at": now - day, "usable_until": now - day},
        "minors": {"ends_at": now - day, "minors": True},
        "soon": {"ends_at": now + 13 * day},
        "far": {"ends_at": now + 15 * day},
        "later": {"begins_at": now + day},
    }
    for name, fields in cases.items():
        make_rows(1, caption=name, **fields)
    found = {photo["caption"]: photo for photo in ask(signed_in(make_user("reporter")))["photos"]}
    assert {name for name, photo in found.items() if photo["barred"]} == {"ended", "minors"}
    assert {name for name, photo in found.items() if photo["note"]} == {"ended", "minors", "soon", "later"}
    assert "shows minors" in found["minors"]["note"]
    assert f"{timezone.localtime(now + 13 * day):%Y-%m-%d %H:%M}" in found["soon"]["note"]


# Uploads.


def test_an_upload_is_stored_as_a_photo_of_the_person():
    """The answer describes the new photo; its renditions are there and the upload is in the log of the desk."""
    user = make_user("reporter")
    answer = send_file(signed_in(user), picture_bytes())
    assert answer.status_code == 200
    photo = Photo.objects.get()
    assert answer.json()["photo"]["id"] == photo.pk
    assert answer.json()["existing"] is False
    assert (photo.created_by, photo.width, photo.height) == (user, 900, 600)
    assert photo.digest == hashlib.sha256(picture_bytes()).hexdigest()[:32]
    assert user.logentry_set.get().object_id == str(photo.pk)


def test_the_same_file_is_stored_once():
    """A file that is there already, under whatever name, answers with the photo that there is."""
    client = signed_in(make_user("reporter"))
    first = send_file(client, picture_bytes()).json()
    again = send_file(client, picture_bytes(), "다른 이름.jpg").json()
    assert (first["existing"], again["existing"]) == (False, True)
    assert again["photo"] == first["photo"]
    assert send_file(client, picture_bytes(colour=(1, 2, 3))).json()["existing"] is False
    assert Photo.objects.count() == 2


@pytest.mark.parametrize("content", [b"no picture", b"%PDF-1.7", picture_bytes()[:500]])
def test_what_is_no_picture_is_refused_in_words(content):
    """The answer says what can be uploaded; no row is left."""
    answer = send_file(signed_in(make_user("reporter")), content)
    assert answer.status_code == 400
    assert answer.json()["error"].startswith("This ")
    assert not Photo.objects.exists()


@pytest.mark.parametrize("data", [{}, {"file": "words"}, {"file": SimpleUploadedFile("a.jpg", b"")}])
def test_an_upload_without_a_file_is_refused_in_words(data):
    """Nothing, words and an empty file get an answer, not an error of the server."""
    answer = signed_in(make_user("reporter")).post(UPLOAD, data)
    assert answer.status_code == 400
    assert answer.json()["error"].startswith("Th")


def test_a_file_of_too_many_bytes_is_refused_before_it_is_read(monkeypatch):
    """In the dialog and on the photo's own page alike, with the limit in words."""
    monkeypatch.setattr(forms, "MAX_FILE", 1024)
    client = signed_in(make_user("photographer"))
    answer = send_file(client, picture_bytes(size=(1200, 900)) + b" " * 2048)
    assert answer.status_code == 400
    assert "1.0\xa0KB" in answer.json()["error"]
    large = SimpleUploadedFile("a.jpg", picture_bytes() + b" " * 2048)
    page = client.post(reverse("admin:articles_photo_add"), {"file": large})
    assert "1.0\xa0KB" in page.context["adminform"].form.errors["file"][0]
    assert not Photo.objects.exists()


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("새벽 나루.JPG", "새벽_나루"),
        ("가" * 200 + ".jpg", "가" * forms.MAX_STEM),
        ("???", "photo"),
        ("🙂.jpg", "photo"),
        ("..jpg", "jpg"),
        ("a<b>.j p", "ab"),
        ("../../etc/passwd", "passwd"),
    ],
)
def test_any_name_of_a_file_can_be_stored(name, kept):
    """A file system counts bytes and refuses what a phone or a messenger may well send."""
    answer = send_file(signed_in(make_user("reporter")), picture_bytes(), name)
    assert answer.status_code == 200, answer.content
    assert Photo.objects.get().file.name.rpartition("/")[2].partition(".")[0] == kept


def test_uploading_needs_the_right_and_a_post():
    """A moderator may not, and a link does not upload."""
    assert send_file(signed_in(make_user("moderator")), picture_bytes()).status_code == 403
    assert signed_in(make_user("reporter")).get(UPLOAD).status_code == 405
    assert not Photo.objects.exists()


def test_an_upload_needs_the_token_of_the_form():
    """Without it nothing is stored; with the one that the library gives it is."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(make_user("reporter"))
    assert send_file(client, picture_bytes()).status_code == 403
    token = ask(client, setup="1")["token"]
    file = SimpleUploadedFile("a.jpg", picture_bytes())
    assert client.post(UPLOAD, {"file": file}, headers={"x-csrftoken": token}).status_code == 200


# Words.


def test_words_and_focal_point_are_stored():
    """All that the dialog shows is kept in normal form, receivers of the signal learn of it, and it is logged."""
    reporter, user = make_reporter("도하람"), make_user("reporter")
    photo, client, told = make_photo(), signed_in(user), []
    photo_changed.connect(listener := lambda photo, **_: told.append(photo), sender=Photo)
    [seen] = ask(client)["photos"]
    answer = send_words(
        client, seen, caption="첫 줄 \r\n\r\n둘째  줄", alt=" 강​과 배 ", credit="제공", photographer=reporter.pk,
        focal_x=5, focal_y=95,
    )  # fmt: skip
    photo_changed.disconnect(listener, sender=Photo)
    assert answer.status_code == 200, answer.content
    photo.refresh_from_db()
    assert (photo.caption, photo.alt, photo.credit) == ("첫 줄\n둘째 줄", "강과 배", "제공")
    assert (photo.photographer, photo.focal_x, photo.focal_y) == (reporter, 5, 95)
    assert answer.json()["photo"] == ask(client)["photos"][0]
    assert told == [photo]
    assert user.logentry_set.get().object_id == str(photo.pk)


def test_nobody_overwrites_the_words_of_another():
    """The second of two who had the photo open gets the words of the first; over those it can be saved then."""
    photo, client = make_photo(), signed_in(make_user("reporter"))
    [seen] = ask(client)["photos"]
    assert send_words(client, seen, caption="첫째의 설명").status_code == 200
    refused = send_words(client, seen, caption="둘째의 설명")
    assert refused.status_code == 409
    theirs = refused.json()["photo"]
    assert theirs["caption"] == "첫째의 설명"
    photo.refresh_from_db()
    assert photo.caption == "첫째의 설명"
    assert send_words(client, theirs, caption="둘째의 설명").status_code == 200
    photo.refresh_from_db()
    assert photo.caption == "둘째의 설명"


def test_what_is_not_sent_stays():
    """A request with the alternative text alone leaves caption, credit and focal point as they are."""
    photo, client = make_photo("설명", credit="제공", focal_x=9), signed_in(make_user("reporter"))
    [seen] = ask(client)["photos"]
    address = reverse("admin:articles_photo_words", args=[photo.pk])
    assert client.post(address, {"alt": "강", "seen": seen["stamp"]}).status_code == 200
    photo.refresh_from_db()
    assert (photo.caption, photo.alt, photo.credit, photo.focal_x) == ("설명", "강", "제공", 9)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("caption", "가" * 601),
        ("alt", "가" * 301),
        ("credit", "가" * 81),
        ("photographer", "999"),
        ("focal_x", "101"),
        ("focal_y", "-1"),
        ("focal_x", ""),
        # One character that has three in the normal form.
        ("credit", "\u1fb7" * 80 + "\ufb2c"),
    ],
)
def test_words_that_do_not_fit_are_errors_of_their_field(field, value):
    """Nothing is stored, and the answer names the field."""
    photo, client = make_photo("설명"), signed_in(make_user("reporter"))
    [seen] = ask(client)["photos"]
    answer = send_words(client, seen, **{"caption": "neu", field: value})
    assert answer.status_code == 400
    assert list(answer.json()["errors"]) == [field]
    photo.refresh_from_db()
    assert photo.caption == "설명"


def test_words_need_the_right_the_photo_and_a_post():
    """Refusals say why: not allowed, not there any more, not so."""
    photo = make_photo()
    [seen] = ask(signed_in(make_user("reporter")))["photos"]
    assert send_words(signed_in(make_user("moderator")), seen).status_code == 403
    client = signed_in(make_user("reporter"))
    address = reverse("admin:articles_photo_words", args=[photo.pk])
    assert client.get(address).status_code == 405
    for gone in (photo.pk + 1, 2**63, 10**30):
        answer = send_words(client, seen | {"id": gone})
        assert (answer.status_code, answer.json()) == (404, {"error": "This photo no longer exists."})


def test_who_may_not_change_words_is_told_before():
    """The library marks each photo with whether the person may change it."""
    make_rows(1)
    user = make_user()
    user.user_permissions.set(Permission.objects.filter(codename="view_photo"))
    [seen] = ask(signed_in(user))["photos"]
    assert seen["editable"] is False


def test_the_stamp_stands_for_the_words_only():
    """Equal words have equal stamps; each word that the dialog changes changes it."""
    photo = make_photo()
    stamp = library.stamp(photo)
    photo.rights = "1년"
    assert library.stamp(photo) == stamp
    changed = {
        "caption": "x",
        "alt": "x",
        "credit": "x",
        "focal_x": 1,
        "focal_y": 1,
        "photographer": make_reporter(),
        **dict.fromkeys(("headline", "copyright", "keywords", "city"), "x"),
    }
    assert set(changed) == set(PhotoWordsForm.Meta.fields)
    for name, value in changed.items():
        other = make_photo()
        setattr(other, name, value)
        assert library.stamp(other) != stamp, name


def test_words_in_korean():
    """Refusals speak the language of the desk."""
    client = Client(headers={"accept-language": "ko"})
    client.force_login(make_user("reporter"))
    assert send_file(client, b"?").json()["error"].startswith("사진으로 읽을 수 없는")


# The field of a story.


def test_the_lead_photo_is_the_admins_own_field_in_a_frame():
    """Without script it can be chosen by typing; the chosen photo is the only option that is sent along."""
    photo = make_photo("새벽 나루.")
    make_photo("다른 사진.")
    field = ModelChoiceField(Photo.objects, widget=LeadPhotoInput, required=False)
    page = field.widget.render("lead_photo", photo.pk, {"id": "id_lead_photo"})
    assert f'<option value="{photo.pk}" selected>새벽 나루.</option>' in page
    assert "다른 사진" not in page
    assert 'data-lead-photo data-lead-caption="lead_caption"' in page
    assert "admin-autocomplete" in page
    assert field.clean(str(photo.pk)) == photo
    assert any("autocomplete.js" in script for script in field.widget.media._js)


def test_the_dialog_offers_what_the_person_may_do():
    """Who may not upload finds no button for it; the addresses stand in the dialog."""
    for role, offered in (("reporter", True), ("", False)):
        user = make_user(role)
        page = render_to_string("admin/articles/photos/dialog.html", {"perms": PermWrapper(user)})
        assert (f'data-upload="{UPLOAD}"' in page) is offered
        assert ("data-photos-files" in page) is offered
        assert f'data-library="{LIBRARY}"' in page
        assert "<form" not in page
        assert " name=" not in page


def test_the_answer_is_json():
    """Proxies and browsers are told so, and no copy is kept."""
    answer = signed_in(make_user("reporter")).get(LIBRARY)
    assert answer["Content-Type"] == "application/json"
    assert "no-store" in answer["Cache-Control"]
    assert json.loads(answer.content) == {"photos": [], "next": None}
