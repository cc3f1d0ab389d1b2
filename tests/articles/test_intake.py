"""What arrives as a photo: the file's own words fill what nobody gave, and a picture that is here is recognised."""

import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from articles import actions, intake
from articles.forms.photos import PhotoWordsForm
from articles.images import digest_of
from articles.intake import alike, describe_from_file, reporter_named
from articles.models import Photo
from articles.models.photo import Licence
from articles.pictures.likeness import ALIKE, distance, fingerprint
from articles.pictures.opening import upright

from ..desk_forms import signed_in
from ..drawn import drawn
from ..factories import make_photo, make_reporter, make_source, make_user, picture_bytes

pytestmark = pytest.mark.django_db

UPLOAD = "/admin/articles/photo/upload/"
SAID = {
    "headline": "새벽 장터",
    "caption": "상인들이 첫 손님을 기다린다.",
    "credit": "두물 사진회",
    "copyright": "ⓒ 두물 사진회",
    "city": "두물군",
    "taken": "2026-11-20T06:12:30+09:00",
    "keywords": ["장터", "새벽"],
}


def send(client, data: bytes, name: str = "장터.jpg", **fields):
    return client.post(UPLOAD, {"file": SimpleUploadedFile(name, data, "image/jpeg")} | fields)


def stored(seed: int, **fields) -> Photo:
    """Store a drawn picture as a photo."""
    photo = Photo(**{"caption": f"그림 {seed}", "alt": "점"} | fields)
    photo.file = SimpleUploadedFile(f"{seed}.jpg", drawn(seed))
    return actions.store_photo(photo=photo)


def mark_of(data: bytes) -> str:
    return fingerprint(upright(data))


# Words of the file.


def test_the_words_of_a_file_fill_an_empty_photo():
    """Every field that the file fills is named; time and keywords come in the form they are stored in."""
    photo = Photo()
    filled = describe_from_file(photo, drawn(1, **SAID))
    assert (photo.headline, photo.caption) == (SAID["headline"], SAID["caption"])
    assert (photo.credit, photo.copyright, photo.city) == (SAID["credit"], SAID["copyright"], SAID["city"])
    assert photo.keywords == "장터, 새벽"
    assert photo.taken_at == datetime.datetime.fromisoformat(SAID["taken"])
    assert set(filled) == {"headline", "caption", "credit", "copyright", "city", "keywords", "taken_at"}


def test_what_somebody_gave_stays():
    """No field that has a value is touched, and a photographer who was named is not hidden behind a credit."""
    given = {name: f"eigen {name}" for name in ("headline", "caption", "copyright", "keywords", "city")}
    reporter, source = make_reporter("도하람"), make_source("두물 사진회")
    make_source("다른 통신")
    photo = Photo(**given, photographer=reporter, source=source, licence=Licence.SINGLE)
    photo.taken_at = moment = timezone.now()
    assert describe_from_file(photo, drawn(1, **SAID, source="다른 통신")) == []
    assert {name: getattr(photo, name) for name in given} == given
    assert (photo.photographer, photo.credit, photo.taken_at) == (reporter, "", moment)
    assert (photo.source, photo.licence) == (source, Licence.SINGLE)


@pytest.mark.parametrize("data", [drawn(1), b"", b"no picture", drawn(1, caption="SONY DSC", byline="none")])
def test_a_file_that_says_nothing_fills_nothing(data):
    """Damaged files, files without words, and what a camera writes for want of a person."""
    photo = Photo()
    assert describe_from_file(photo, data) == []
    assert (photo.caption, photo.credit, photo.photographer) == ("", "", None)


@pytest.mark.parametrize(
    ("byline", "found"),
    [
        ("도하람", True),
        ("도하람 선임기자", True),
        ("도하람 기자", True),
        ("도하람 사진기자", True),
        ("  도하람\u200b  기자 ", True),
        ("도하람 작가", False),
        ("도하", False),
        ("도하람 기자 2", False),
        ("", False),
    ],
)
def test_a_reporter_is_known_by_name_and_title(byline, found):
    """The name exactly, alone or with the title in the newsroom or that of any photographer."""
    reporter = make_reporter("도하람", title="선임기자")
    make_reporter("다른이")
    assert reporter_named(byline) == (reporter if found else None)


def test_a_name_that_two_have_is_nobody():
    """Unless one of them is on the staff and the other has left, or the title tells them apart."""
    one, two = make_reporter("도하람", title="기자"), make_reporter("도하람", title="편집위원")
    assert reporter_named("도하람") is None
    assert reporter_named("도하람 편집위원") == two
    two.is_active = False
    two.save()
    assert reporter_named("도하람") == one


def test_a_byline_becomes_the_photographer_or_else_the_credit():
    """A stranger is the credit only where the file has none; a reporter is the photographer."""
    reporter = make_reporter("도하람")
    ours, strange, credited = Photo(), Photo(), Photo()
    describe_from_file(ours, drawn(1, byline="도하람 기자"))
    describe_from_file(strange, drawn(1, byline="강이슬"))
    describe_from_file(credited, drawn(1, byline="강이슬", credit="두물 사진회"))
    assert (ours.photographer, ours.credit) == (reporter, "")
    assert (strange.photographer, strange.credit) == (None, "강이슬")
    assert credited.credit == "두물 사진회"


def test_an_agency_that_is_known_becomes_the_source_under_contract():
    """By its exact name; one that nobody knows leaves the licence as it is."""
    source = make_source("두물통신")
    known, unknown = Photo(), Photo()
    assert set(describe_from_file(known, drawn(1, source="두물통신"))) == {"source", "licence"}
    assert describe_from_file(unknown, drawn(1, source="두물통신사")) == []
    assert (known.source, known.licence) == (source, Licence.CONTRACT)
    assert (unknown.source, unknown.licence) == (None, Licence.OWN)


def test_keywords_that_do_not_fit_are_left_out():
    """The field holds 300 characters: whole words only."""
    photo = Photo()
    describe_from_file(photo, drawn(1, keywords=[f"{'가' * 36}{number:02}" for number in range(20)]))
    words = photo.keywords.split(", ")
    assert len(photo.keywords) <= 300
    assert {len(word) for word in words} == {38}
    photo.full_clean(exclude=["file", "digest"])


def test_the_dialog_gets_the_words_at_once():
    """The upload answers with what the file said, and it is stored; every word can be edited in the dialog."""
    reporter = make_reporter("도하람")
    words = SAID | {"credit": "", "byline": "도하람 사진기자"}
    answer = send(signed_in(make_user("reporter")), drawn(1, **words)).json()["photo"]
    photo = Photo.objects.get()
    assert (answer["headline"], answer["caption"]) == (SAID["headline"], SAID["caption"])
    assert (answer["photographer"], answer["credit"]) == (reporter.pk, "도하람 기자")
    assert (answer["keywords"], answer["city"]) == ("장터, 새벽", "두물군")
    assert answer["taken"] == "2026-11-20 06:12"
    assert (photo.copyright, photo.photographer) == (SAID["copyright"], reporter)
    assert {"headline", "copyright", "keywords", "city"} <= set(PhotoWordsForm.Meta.fields)


# The same picture again.


def test_a_picture_is_recognised_in_another_size_and_quality():
    """Scaled, saved anew, as another kind of file; another picture and one of a single colour are not."""
    photo = stored(1)
    for data in (drawn(1, (450, 300)), drawn(1, quality=35), drawn(1, image_format="PNG")):
        assert alike(mark_of(data)) == [photo]
    assert alike(mark_of(drawn(2))) == []
    assert alike(mark_of(drawn(1)), besides=photo.pk) == []


def test_pictures_of_one_colour_are_alike_to_nothing():
    """They have no fingerprint: not even two of the same colour are taken for one picture."""
    plain = make_photo()
    assert plain.fingerprint == ""
    assert alike("") == []
    answer = send(signed_in(make_user("reporter")), picture_bytes(colour=(9, 9, 9)))
    assert answer.status_code == 200
    assert Photo.objects.count() == 2


def test_the_most_alike_come_first_and_no_more_than_six(django_assert_num_queries):
    """Fewer differing bits first, of equal ones the newest; the file itself in front; two queries with fingerprints."""
    mark = f"{0x0123456789ABCDEF:016x}"
    rows = [
        Photo(digest=f"{bits:032x}", width=9, height=6, fingerprint=f"{int(mark, 16) ^ (2**bits - 1):016x}")
        for bits in [*range(ALIKE + 3), 0]
    ]
    rows = Photo.objects.bulk_create(rows)
    assert [distance(mark, row.fingerprint) for row in rows] == [*range(ALIKE + 3), 0]
    with django_assert_num_queries(2):
        found = alike(mark)
    assert found == [rows[-1], *rows[: intake.MOST_ALIKE - 1]]
    assert alike(mark, digest=f"{8:032x}")[0] == rows[8]


def test_an_upload_that_looks_like_others_waits_for_a_decision():
    """Nothing is stored, neither row nor file; «anyway» stores it, and the same file again is the one that is there."""
    photo, client = stored(1), signed_in(make_user("reporter"))
    smaller = drawn(1, (600, 400))
    refused = send(client, smaller, "refused-once.jpg")
    assert refused.status_code == 409
    [found] = refused.json()["alike"]
    assert (found["id"], found["caption"], found["barred"]) == (photo.pk, "그림 1", False)
    assert list(Photo.objects.all()) == [photo]
    assert not photo.file.storage.exists(f"{timezone.localdate():%Y/%m}/refused-once.jpg")
    wanted = send(client, smaller, anyway="1")
    assert wanted.status_code == 200
    again = send(client, smaller).json()
    assert (again["existing"], again["photo"]["id"]) == (True, wanted.json()["photo"]["id"])
    assert Photo.objects.count() == 2


def test_twenty_photos_with_two_alike_ones_lose_nothing():
    """Eighteen are stored, two are asked about, and each of those is either the photo there or a new one."""
    there, client = [stored(seed) for seed in (3, 11)], signed_in(make_user("reporter"))
    answers = {seed: send(client, drawn(seed, (600, 400)), f"{seed}.jpg") for seed in range(20)}
    asked = {seed for seed, answer in answers.items() if answer.status_code == 409}
    assert asked == {3, 11}
    assert {answer.status_code for seed, answer in answers.items() if seed not in asked} == {200}
    assert Photo.objects.count() == 2 + 18
    assert answers[3].json()["alike"][0]["id"] == there[0].pk
    assert send(client, drawn(11, (600, 400)), anyway="1").status_code == 200
    digests = set(Photo.objects.values_list("digest", flat=True))
    assert digests >= {digest_of(drawn(seed, (600, 400))) for seed in set(range(20)) - {3}}


@pytest.mark.skipif(connection.vendor != "sqlite", reason="reads SQLite's plan")
def test_likeness_is_looked_up_in_an_index():
    """However large the archive is, only photos that share a part of the fingerprint are read."""
    rows = Photo.objects.near("0123456789abcdef").order_by("-pk").values_list("pk", "fingerprint")
    plan = rows.explain()
    assert plan.count("USING INDEX photo_band_") + plan.count("USING COVERING INDEX photo_band_") == 4
    assert "SCAN articles_photo" not in plan


# The photo's own page.


def add(client, data: bytes, **fields):
    form = {"licence": "own", "consent": "", "file": SimpleUploadedFile("a.jpg", data, "image/jpeg")}
    return client.post(reverse("admin:articles_photo_add"), form | fields)


def test_the_page_of_a_new_photo_fills_in_what_was_left_empty():
    """What was typed wins; what the file adds is named in the message."""
    client = signed_in(make_user("photographer"))
    page = add(client, drawn(1, **SAID), caption="내가 쓴 설명")
    assert page.status_code == 302
    photo = Photo.objects.get()
    assert (photo.caption, photo.headline, photo.city) == ("내가 쓴 설명", SAID["headline"], SAID["city"])
    said = client.get(page["Location"]).content.decode()
    assert "Taken over from the file: Title of the photo, Copyright notice, City or place" in said


def test_the_page_of_a_new_photo_shows_what_it_looks_like():
    """An error with links; the box «Upload all the same» appears, and with it the photo is stored."""
    photo, client = stored(1), signed_in(make_user("photographer"))
    assert 'type="hidden" name="anyway"' in client.get(reverse("admin:articles_photo_add")).content.decode()
    for data in (drawn(1), drawn(1, (600, 400))):
        page = add(client, data)
        assert page.status_code == 200
        [words] = page.context["adminform"].form.errors["file"]
        assert f'href="{reverse("admin:articles_photo_change", args=[photo.pk])}"' in words
        assert 'type="checkbox" name="anyway"' in page.content.decode()
        assert Photo.objects.count() == 1
    assert add(client, drawn(1, (600, 400)), anyway="on").status_code == 302
    assert Photo.objects.count() == 2


def test_a_retouched_file_may_replace_its_own_photo():
    """The photo whose file is replaced is not counted as another one that looks alike."""
    photo, client = stored(1), signed_in(make_user("photographer"))
    form = {"licence": "own", "consent": "", "focal_x": "50", "focal_y": "40", "caption": "그림"}
    file = SimpleUploadedFile("b.jpg", drawn(1, quality=60), "image/jpeg")
    answer = client.post(reverse("admin:articles_photo_change", args=[photo.pk]), form | {"file": file})
    assert answer.status_code == 302
    photo.refresh_from_db()
    assert photo.digest == digest_of(drawn(1, quality=60))
