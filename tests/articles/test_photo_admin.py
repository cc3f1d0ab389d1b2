"""The pages of photos: where each of them is, what its right allows, and a list that stays fast."""

import datetime

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation

from articles import actions
from articles.admin import photo as photo_admin
from articles.admin.photo_rights import right_of
from articles.models import Photo
from articles.models.photo import Consent
from articles.states import State

from ..desk_forms import fields_of, signed_in
from ..factories import make_article, make_photo, make_reporter, make_source, make_user

pytestmark = pytest.mark.django_db

LIST = "/admin/articles/photo/"
NOON = datetime.datetime(2026, 11, 20, 12, tzinfo=timezone.get_default_timezone())
DAY = datetime.timedelta(days=1)


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


def change(photo: Photo) -> str:
    return reverse("admin:articles_photo_change", args=[photo.pk])


def make_rows(count: int, **fields) -> list[Photo]:
    """Make rows of photos without files, each a minute older than the one before."""
    now = timezone.now()
    fields = {"alt": "그림", "width": 900, "height": 600, "digest": "0" * 32} | fields
    minute = datetime.timedelta(minutes=1)
    rows = [
        Photo(caption=f"사진 {number}", created_at=now - number * minute, **fields) for number in range(count)
    ]
    return Photo.objects.bulk_create(rows)


# What is said of a right.


@pytest.mark.parametrize(
    ("fields", "name", "words"),
    [
        ({}, "shown", ""),
        ({"usable_until": NOON + 15 * DAY}, "shown", "Its right ends on 2026-12-05 12:00."),
        ({"usable_until": NOON + 14 * DAY}, "ending", "Its right ends on 2026-12-04 12:00."),
        ({"usable_until": NOON}, "over", "Readers do not see it any more: its right ended on 2026-11-20 12:00."),
        ({"usable_from": NOON + DAY}, "later", "Readers see it from 2026-11-21 12:00."),
        ({"usable_from": NOON}, "shown", ""),
        ({"no_archive": True}, "ending", "Its right ends on 2026-11-30 12:00."),
        ({"no_archive": True, "created_at": NOON - 30 * DAY}, "over",
         "Readers do not see it any more: it may not be archived, and was shown until 2026-11-20 12:00."),
        ({"no_archive": True, "created_at": NOON - 30 * DAY, "usable_until": NOON - DAY}, "over",
         "Readers do not see it any more: its right ended on 2026-11-19 12:00."),
        ({"consent": Consent.WITHDRAWN}, "over",
         "Readers do not see it: the consent was refused or withdrawn."),
        ({"minors": True, "consent": Consent.ASKED}, "over",
         "Readers do not see it: it shows minors, and the consent has not been given."),
        ({"minors": True, "consent": Consent.GIVEN}, "shown", ""),
        ({"consent": Consent.ASKED}, "shown", ""),
    ],
)  # fmt: skip
def test_a_right_is_told_in_one_sentence(fields, name, words):
    """Consent, archive and window, the reason that counts; the same moment as readers stop seeing it."""
    photo = make_photo(**{"created_at": NOON - 20 * DAY} | fields)
    right = right_of(photo, NOON)
    assert (right.name, right.words) == (name, words)
    assert (right.name in {"over", "later"}) is not photo.is_usable(NOON)


def test_the_page_of_a_photo_says_at_the_top_when_its_right_ends():
    """Above all fields; nothing is said of a photo without limits."""
    free, over = make_photo(), make_photo(consent=Consent.WITHDRAWN)
    client = signed_in(make_user("photographer"))
    assert "photo-right" not in client.get(change(free)).content.decode().partition("</head>")[2]
    page = client.get(change(over)).content.decode()
    sentence = page.index('<p class="photo-right photo-right--over">Readers do not see it: the consent')
    assert sentence < page.index("<fieldset")


def test_rights_are_typed_on_the_page_of_a_photo():
    """Window, consent, source and price are stored, lines in normal form; a window that ends too early is an error."""
    photo, source = make_photo(), make_source("두물통신")
    client = signed_in(make_user("photographer"))
    values = fields_of(client.get(change(photo)), "#photo_form") | {
        "source": source.pk, "licence": "contract", "contract": " 제7호  계약 ", "price": "30000",
        "usable_from": "2026-11-20T09:00", "usable_until": "2026-12-20T09:00", "minors": "on", "consent": "given",
        "keywords": "눈,  나루", "city": "두물군",
    }  # fmt: skip
    answer = client.post(change(photo), values)
    assert answer.status_code == 302, answer.context["adminform"].form.errors
    photo.refresh_from_db()
    assert (photo.source, photo.contract, photo.price) == (source, "제7호 계약", 30000)
    assert (photo.keywords, photo.minors, photo.consent) == ("눈, 나루", True, "given")
    assert photo.ends_at == photo.usable_until == NOON + 30 * DAY - datetime.timedelta(hours=3)
    page = client.post(change(photo), values | {"usable_until": "2026-11-19T09:00"})
    assert "The window of use ends before it begins." in page.content.decode()


# Where it is.


def uses(client, photo: Photo) -> list[str]:
    """Return the words of every place that the page of a photo names."""
    page = BeautifulSoup(client.get(change(photo)).content, "html.parser")
    return [" ".join(item.text.split()) for item in page.select(".photo-uses__list li")]


def test_a_photo_names_its_stories_and_portraits():
    """Public stories first, newest in front, with state and time; then the others, then reporters."""
    photo = make_photo()
    client = signed_in(make_user("editor-in-chief"))
    assert "Not used yet." in client.get(change(photo)).content.decode()
    make_article("작성 중인 기사", state=State.DRAFT, photos=[photo])
    make_article("옛 기사", published_at=NOON - 9 * DAY, photos=[make_photo(), photo])
    make_article("새 기사", published_at=NOON - 8 * DAY, photos=[photo])
    make_article("내일의 기사", hours_ago=-24, photos=[photo])
    make_reporter("도하람", portrait=photo)
    found = uses(client, photo)
    assert found[0] == "새 기사 Public Lead photo · 11-12 12:00"
    assert found[1] == "옛 기사 Public Inside the text · 11-11 12:00"
    assert {words.partition(" 기사")[0] for words in found[2:4]} == {"작성 중인", "내일의"}
    assert found[4] == "도하람 기자 Portrait"
    assert "Used in 5 places" in client.get(change(photo)).content.decode()


def test_many_uses_are_counted_and_some_are_named(monkeypatch):
    """A symbol picture that stands in more stories than are named says how many others there are."""
    monkeypatch.setattr("articles.admin.photo_uses.MOST_USES", 2)
    photo = make_photo()
    for number in range(5):
        make_article(f"기사 {number}", hours_ago=number + 1, photos=[photo])
    found = uses(signed_in(make_user("editor-in-chief")), photo)
    assert [words.partition(" Public")[0] for words in found] == ["기사 0", "기사 1", "… and 3 others"]


def test_the_page_of_a_photo_asks_no_query_a_story():
    """With one story and with many the same number."""
    photo, client = make_photo(), signed_in(make_user("editor-in-chief"))
    counts = []
    for number in (1, 8):
        for _each in range(number):
            make_article(photos=[photo])
        with CaptureQueriesContext(connection) as made:
            client.get(change(photo))
        counts.append(len(made))
    assert counts[0] == counts[1]


# The list.


def listed(client, **asked) -> list[str]:
    """Return the captions of the photos in the list."""
    page = client.get(LIST, asked)
    assert page.status_code == 200, page.headers
    return [photo.caption for photo in page.context["cl"].result_list]


@pytest.fixture
def archive():
    """Seven photos, the first the newest; the story and the portrait use two of them."""
    photographer, now = make_reporter("도하람"), timezone.now()
    photos = {
        "used": make_photo("used", headline="나루 제목", photographer=photographer),
        "portrait": make_photo("portrait", city="두물군"),
        "soon": make_photo("soon", usable_until=now + 29 * DAY, licence="contract"),
        "later": make_photo("later", usable_until=now + 31 * DAY),
        "over": make_photo("over", usable_until=now - DAY),
        "blind": make_photo("blind", alt="", keywords="눈, 얼음"),
    }
    make_article(photos=[photos["used"]])
    make_reporter(portrait=photos["portrait"])
    return photos


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, {"used", "portrait", "soon", "later", "over", "blind"}),
        ({"right": "soon"}, {"soon"}),
        ({"right": "over"}, {"over"}),
        ({"missing": "no-alt"}, {"blind"}),
        ({"missing": "unused"}, {"soon", "later", "over", "blind"}),
        ({"licence__exact": "contract"}, {"soon"}),
        ({"q": "도하람"}, {"used"}),
        ({"q": "나루 제목"}, {"used"}),
        ({"q": "얼음"}, {"blind"}),
        ({"q": "두물군"}, {"portrait"}),
        ({"q": "물안개", "missing": "unused", "right": "over"}, {"over"}),
        ({"right": "nonsense", "missing": "x", "photographer": "", "q": "blind"}, {"blind"}),
        ({"photographer": "9" * 40}, set()),
    ],
)  # fmt: skip
def test_filters_and_search_find(archive, asked, found):
    """By right, licence, what is missing, and all words that stand with a photo."""
    assert set(listed(signed_in(make_user("photographer")), **asked)) == found


def test_photos_of_a_photographer_are_found_by_name(archive):
    """The filter keeps the others that are set."""
    key = archive["used"].photographer_id
    client = signed_in(make_user("photographer"))
    assert listed(client, photographer=key) == ["used"]
    page = BeautifulSoup(client.get(LIST, {"photographer": key, "right": "over"}).content, "html.parser")
    form = page.select_one("#changelist-filter form:has([name=photographer])")
    assert form.select_one("[type=hidden][name=right]")["value"] == "over"
    assert form.select_one("option[selected]").text == "도하람 기자"


def test_the_grid_shows_uses_and_rights(archive):
    """How many places show each photo, and which right has ended."""
    make_article(photos=[archive["used"]])
    page = BeautifulSoup(signed_in(make_user("photographer")).get(LIST).content, "html.parser")
    cards = {card.strong.text: card.text for card in page.select(".photo-grid li")}
    assert "Used in 2 places" in cards["used"]
    assert "Used in 1 place" in cards["portrait"]
    assert "Not used yet." in cards["blind"]
    assert "Readers do not see it any more" in cards["over"]
    assert "ends on" not in cards["soon"]


def test_a_search_looks_through_the_newest(monkeypatch):
    """However rare a word is, no more photos than that are read."""
    monkeypatch.setattr(photo_admin, "MOST_SEARCHED", 3)
    make_rows(5)
    assert listed(signed_in(make_user("photographer")), q="사진") == ["사진 0", "사진 1", "사진 2"]


def statements(client, **asked) -> list[str]:
    """Return the statements on photos that the list makes."""
    with CaptureQueriesContext(connection) as made:
        listed(client, **asked)
    return [each["sql"] for each in made if each["sql"].startswith('SELECT "articles_photo"')]


@pytest.mark.parametrize(
    ("asked", "budget"), [({}, 2), ({"q": "사진"}, 3), ({"missing": "unused"}, 2), ({"right": "over"}, 2)]
)
def test_the_list_asks_no_query_a_photo(asked, budget):
    """The keys of the first thousand, then the page with its uses; for words the edge before. No more for many."""
    client = signed_in(make_user("photographer"))
    make_rows(1, ends_at=timezone.now())
    few = statements(client, **asked)
    photos = make_rows(100, ends_at=timezone.now(), photographer=make_reporter())
    if not asked:
        make_article(photos=photos[:3])
    assert len(statements(client, **asked)) == len(few) == budget


@pytest.mark.skipif(connection.vendor != "sqlite", reason="reads SQLite's plan")
@pytest.mark.parametrize("asked", [{}, {"q": "사진"}, {"missing": "unused"}, {"missing": "no-alt"}])
def test_the_list_reads_along_the_index_of_time(asked):
    """Neither the list nor a search sorts the archive or counts its uses; only the page's photos are counted."""
    make_rows(3, alt="")
    found = statements(signed_in(make_user("photographer")), **asked)
    assert [("COUNT(" in statement) for statement in found] == [False] * (len(found) - 1) + [True]
    for statement in found[:-1]:
        with connection.cursor() as cursor:
            cursor.execute(f"EXPLAIN QUERY PLAN {statement}")
            plan = " | ".join(row[3] for row in cursor.fetchall())
        assert "created_at" in plan, plan
        assert "TEMP B-TREE FOR ORDER BY" not in plan, plan


def test_a_choice_in_a_field_tells_what_the_right_forbids():
    """The picker of the admin, used without script, names the end of the right beside the credit."""
    photo = make_photo("다한 사진", credit="두물통신", usable_until=timezone.now() - DAY)
    field = {"app_label": "articles", "model_name": "placement", "field_name": "photo", "term": "다한"}
    [offered] = signed_in(make_user("desk")).get("/admin/autocomplete/", field).json()["results"]
    assert offered["note"].startswith("두물통신 · Readers do not see it any more")
    assert offered["image"] == reverse("admin:articles_photo_picture", args=[photo.pk])


def test_a_photo_comes_back_once_the_consent_is_given():
    """What is typed on the page takes effect for readers at once."""
    photo, client = make_photo(minors=True), signed_in(make_user("photographer"))
    assert not photo.is_usable()
    values = fields_of(client.get(change(photo)), "#photo_form") | {"consent": "given"}
    assert client.post(change(photo), values).status_code == 302
    photo.refresh_from_db()
    assert photo.is_usable()
    actions.save_photo(photo=photo)
