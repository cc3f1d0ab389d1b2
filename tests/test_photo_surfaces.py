"""A photo whose right ends is gone from every public surface at that time: no worker, no command, the clock alone."""

import datetime
from dataclasses import replace

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.core.files.storage import default_storage, storages
from django.db import connection
from django.template import Context, Template
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from articles import actions
from articles.models import Article, Photo
from articles.models.photo import Consent
from articles.previewing import make_link, preview
from newsroom.publication.models import Page, Publication
from newsroom.readers import ranking
from newsroom.readers.actions import count_read

from .factories import (
    make_article,
    make_correction,
    make_photo,
    make_reporter,
    make_section,
    make_series,
    make_sidebar,
    make_user,
)
from .surfaces import beside, maps, surfaces, unlisted

# Committed for real: files are written and taken away behind the transaction.
pytestmark = pytest.mark.django_db(transaction=True)
WORD = "돌미나리"
KINDS = ("latest", "photo_news", "related", "reporter", "section", "series", "most_read")
SECOND = datetime.timedelta(seconds=1)
# Budgets of readers' pages (see test_budgets) with the query of the first request after a turn left out.
BUDGETS = {
    "article": 10,
    "beside another story": 10,
    "print": 10,
    "front page": 12,
    "preview": 20,
    "search": 12,
}
LIST = 8
# Where the story's photo stands as soon as it may be shown; other pages name the story without a picture.
PICTURED = {
    "front page", "section", "section above", "latest", "day", "photos", "series", "tag", "reporter", "search",
    "feed", "section feed", "reporter feed", "article", "print", "beside another story", "most read",
    "reporter index", "preview", "fixed page",
}  # fmt: skip


class Paper:
    """A small paper: ``story`` with two photos, ``lone`` with one, a reporter with a portrait, a fixed page.

    ``passing`` are the photos under test, all of which have the rights given: lead photo, lone, portrait.
    """

    def __init__(self, **rights) -> None:
        Publication.objects.create(name="새여울신문")
        self.lead, self.lone_photo, self.portrait = self.passing = [
            make_photo(words, size=(500, 340), credit="백가람", **rights)
            for words in ("미나리꽝.", "빈 논.", "얼굴.")
        ]
        self.second = make_photo("강둑.", size=(500, 340))
        top = make_section("지역", slug="local")
        section, series = make_section("새여울읍", slug="eupnae", parent=top), make_series()
        self.reporter = make_reporter("한나래", portrait=self.portrait)
        same = {"section": section, "series": series, "reporters": [self.reporter], "tags": ["강변"]}
        self.lone = make_article(f"{WORD} 시세", photos=[self.lone_photo], hours_ago=3, **same)
        self.story = make_article(
            f"{WORD} 축제 내년 봄", photos=[self.lead, self.second], hours_ago=2, **same
        )
        self.other = make_article("다리 안전진단", hours_ago=1, **same)
        for place, kinds in {
            "article": ["photo_news"],
            "below": ["latest"],
            "list": KINDS,
            "front": KINDS,
        }.items():
            make_sidebar(place, kinds=kinds)
        make_correction(self.story)
        figure = f'<figure data-photo="{self.lone_photo.pk}"></figure>'
        self.page = Page.objects.create(title="회사소개", slug="company", body=f"<p>글</p>{figure}")
        for article in (self.story, self.lone):
            count_read(article_id=article.pk)
        ranking.refresh(24)
        _link, self.token = make_link(article=self.story, by=make_user("desk"), hours=168)

    @property
    def addresses(self) -> dict[str, str]:
        """Every public surface by its name."""
        return (
            surfaces(self.story, word="축제")
            | beside(self.other)
            | maps(self.story)
            | {
                "lone article": self.lone.get_absolute_url(),
                "lone print": reverse("articles:print", args=[self.lone.pk]),
                "preview": reverse("articles:preview", args=[self.token]),
                "fixed page": self.page.get_absolute_url(),
            }
        )

    @property
    def pages(self) -> dict[str, str]:
        """The answers of all surfaces, by name."""
        client = Client()
        return {name: b"".join(client.get(address)).decode() for name, address in self.addresses.items()}


def showing(pages: dict[str, str], photos: list[Photo]) -> set[str]:
    """Return the names of the pages that hold a file of one of ``photos``."""
    return {name for name, text in pages.items() if any(photo.digest in text for photo in photos)}


def kept_files(photo: Photo) -> list[str]:
    """Return the public files of a photo's original, those of other focal points too."""
    return list(default_storage.names(f"photos/{photo.digest[:2]}/{photo.digest}"))


def assert_whole(pages: dict[str, str]) -> None:
    """Check that no page has a hole where a picture was: no empty figure, frame or picture, no broken source."""
    for name, text in pages.items():
        if not text.lstrip().startswith("<!doctype html"):
            continue
        page = BeautifulSoup(text, "html.parser")
        for frame in page.select("figure, picture, .card__photo, .people__portrait, .person__portrait"):
            assert frame.find(["img", "iframe", "a", "span", "button"]), (name, str(frame))
        for image in page.select("img"):
            assert image.get("src"), name
        for meta in page.select('meta[property="og:image"], meta[property="og:image:alt"]'):
            assert meta["content"], name


def at(moment: datetime.datetime):
    """Travel to ``moment``."""
    return time_machine.travel(moment, tick=False)


@pytest.fixture
def ending() -> datetime.datetime:
    """Tomorrow at noon, when a right ends or begins."""
    return timezone.now().replace(microsecond=0) + datetime.timedelta(days=1)


def test_every_page_of_readers_is_looked_at(ending):
    """A new address of readers has to be put into the lists of surfaces, where the tests below find it."""
    assert unlisted(Paper().addresses.values()) == set()


def test_the_end_of_a_right_is_seen_everywhere_at_once(ending):
    """Until its last moment it is shown; at its end nowhere, and the next photo or none stands in its place."""
    paper = Paper(usable_until=ending)
    with at(ending - SECOND):
        before = paper.pages
        assert showing(before, paper.passing) >= PICTURED
        assert_whole(before)
    with at(ending):
        after = paper.pages
    assert showing(after, paper.passing) == set()
    assert_whole(after)
    # Lists, feeds and shared links of the story have its second photo; the other story has none.
    taken = PICTURED - {"reporter index", "fixed page", "print", "article", "preview"}
    assert showing(after, [paper.second]) >= taken
    assert [Article.objects.get(pk=one.pk).lead_photo for one in (paper.story, paper.lone)] == [
        paper.second,
        None,
    ]


def test_shared_links_and_machines_are_offered_the_next_photo(ending):
    """og:image and JSON-LD of the story name the second photo only; those of the other story what is drawn."""
    paper = Paper(usable_until=ending)
    with at(ending):
        pages = paper.pages
    for name in ("article", "print", "preview"):
        page = BeautifulSoup(pages[name], "html.parser")
        picture = page.select_one('meta[property="og:image"]')
        assert picture is None or paper.second.digest in picture["content"], name
        for block in page.select('script[type="application/ld+json"]'):
            assert paper.lead.digest not in block.text
    data = (
        BeautifulSoup(pages["article"], "html.parser").select_one('script[type="application/ld+json"]').text
    )
    assert paper.second.digest in data
    assert "미나리꽝" not in pages["article"], "the caption goes with the picture"
    lone = BeautifulSoup(pages["lone article"], "html.parser")
    assert "/photos/" not in str(lone.select_one('meta[property="og:image"]'))
    assert '"image":[]' not in str(lone)


def test_a_preview_shows_the_next_photo_too(ending):
    """What lists and shared links would show of the version: the first photo that may be shown, none without a lead."""
    paper = Paper(usable_until=ending)
    version = actions.newest(paper.story)
    assert preview(paper.story, version).lead_photo == paper.lead
    with at(ending):
        assert preview(paper.story, version).lead_photo == paper.second
        assert preview(paper.story, replace(version, lead_photo=None)).lead_photo is None
        assert preview(paper.lone, actions.newest(paper.lone)).lead_photo is None


def test_the_files_go_and_the_original_stays(ending):
    """With the first request of a reader, whatever its focal point was; the old address answers 404."""
    paper = Paper(usable_until=ending)
    for photo in paper.passing:
        photo.focal_x = 20
        actions.save_photo(photo=photo)
    address = paper.lead.url(1200)
    old = [default_storage.url(name) for name in kept_files(paper.lead)]
    with at(ending - SECOND):
        assert len(old) > len(paper.lead.names) > 0, "there are crops around another point"
        assert Client().get(address).status_code == 200
    with at(ending):
        Client().get(reverse("articles:latest"))
        assert [kept_files(photo) for photo in paper.passing] == [[], [], []]
        assert {Client().get(name).status_code for name in [address, *old]} == {404}
        assert kept_files(paper.second)
        assert all(storages["originals"].exists(photo.file.name) for photo in paper.passing)


def test_a_picture_that_another_photo_needs_stays(ending):
    """Two photos of one file: the right of one ends, the other is shown on."""
    paper = Paper(usable_until=ending)
    twin = Photo(caption="같은 파일.", alt="논")
    twin.file = paper.lead.file.name
    actions.store_photo(photo=twin)
    story = make_article("다른 권리", photos=[twin])
    with at(ending):
        assert twin.digest in Client().get(story.get_absolute_url()).text
        assert Client().get(twin.url(800)).status_code == 200
        assert paper.lead.pk not in Photo.objects.usable().values_list("pk", flat=True)


def test_a_right_that_has_not_begun_is_shown_nowhere_until_it_does(ending):
    """Until then the next photo stands in its place, from then on the photo itself."""
    paper = Paper(usable_from=ending)
    with at(ending - SECOND):
        before = paper.pages
    assert showing(before, paper.passing) == set()
    assert showing(before, [paper.second]) >= {"article", "latest", "photos", "feed"}
    assert_whole(before)
    with at(ending):
        after = paper.pages
    assert showing(after, paper.passing) >= PICTURED
    assert_whole(after)


@pytest.mark.parametrize("rights", [{"consent": Consent.WITHDRAWN}, {"minors": True}, {"usable_until": True}])
def test_what_the_desk_takes_back_is_gone_at_once(rights):
    """Refused consent, minors without one, an earlier end: with the save, before any request; and back with it."""
    paper = Paper()
    assert showing(paper.pages, paper.passing) >= PICTURED
    given = {"consent": "", "minors": False, "usable_until": None}
    if "usable_until" in rights:
        rights = {"usable_until": timezone.now()}
    for photo in paper.passing:
        vars(photo).update(rights)
        actions.save_photo(photo=photo)
    assert [kept_files(photo) for photo in paper.passing] == [[], [], []]
    pages = paper.pages
    assert showing(pages, paper.passing) == set()
    assert_whole(pages)
    for photo in paper.passing:
        vars(photo).update(given)
        actions.save_photo(photo=photo)
    assert showing(paper.pages, paper.passing) >= PICTURED
    assert {*kept_files(paper.lead)} >= {*Photo.objects.get(pk=paper.lead.pk).names}


def test_a_right_that_is_prolonged_brings_files_and_pages_back(ending):
    """After the end, with every rendition; until the new end."""
    paper = Paper(usable_until=ending)
    with at(ending):
        assert showing(paper.pages, paper.passing) == set()
        for photo in Photo.objects.filter(pk__in=[photo.pk for photo in paper.passing]):
            photo.usable_until = ending + datetime.timedelta(days=1)
            actions.save_photo(photo=photo)
            assert {*kept_files(photo)} == {*photo.names}
        assert showing(paper.pages, paper.passing) >= PICTURED
    with at(ending + datetime.timedelta(days=1)):
        assert showing(paper.pages, paper.passing) == set()


def test_words_saved_between_the_end_and_the_first_reader_lose_nothing(ending):
    """What the desk saves of the photo meanwhile does not keep it in lists, nor its files in the store."""
    paper = Paper(usable_until=ending)
    with at(ending + SECOND):
        photo = Photo.objects.get(pk=paper.lead.pk)
        photo.caption = "고친 설명."
        actions.save_photo(photo=photo)
        assert showing(paper.pages, paper.passing) == set()
        assert Article.objects.get(pk=paper.story.pk).lead_photo == paper.second
        assert kept_files(photo) == []


def test_where_nothing_can_be_written_readers_still_do_not_see_it(ending, monkeypatch):
    """A database that only reads: the story shows no picture rather than one that may not be shown."""
    monkeypatch.setattr("newsroom.publication.middleware.apply_due", lambda: 0)
    paper = Paper(usable_until=ending)
    with at(ending):
        pages = paper.pages
    assert showing(pages, paper.passing) == set()
    assert_whole(pages)


def test_readers_of_feeds_are_told(ending):
    """Neither the tag nor the time that they keep hides that the picture is another one."""
    paper = Paper(usable_until=ending)
    address, client = reverse("wire:feed"), Client()
    with at(ending - SECOND):
        first = client.get(address)
        kept = {"if-none-match": first.headers["ETag"]}, {"if-modified-since": first.headers["Last-Modified"]}
        assert [client.get(address, headers=headers).status_code for headers in kept] == [304, 304]
    with at(ending):
        answers = [client.get(address, headers=headers) for headers in kept]
        assert [answer.status_code for answer in answers] == [200, 200]
        assert all(paper.lead.digest not in answer.text for answer in answers)


def test_it_costs_no_page_a_query(ending):
    """Before and after the end every page holds its budget and asks as much as the other time."""
    paper = Paper(usable_until=ending)

    def counts() -> dict[str, int]:
        client, found = Client(), {}
        client.get("/")
        for name, address in paper.addresses.items():
            with CaptureQueriesContext(connection) as queries:
                client.get(address)
            found[name] = len(queries)
        return found

    with at(ending - SECOND):
        before = counts()
    with at(ending):
        after = counts()
    over = {
        name: number
        for name, number in before.items()
        if number > BUDGETS.get(name.removeprefix("lone "), LIST)
    }
    assert over == {}
    assert {name: (before[name], number) for name, number in after.items() if number > before[name]} == {}


def test_a_tag_prints_nothing_for_it(ending):
    """Whatever a template asks for: picture, figure, text."""
    paper = Paper(usable_until=ending)
    story = Article.objects.for_detail().get(pk=paper.story.pk)
    words = "{% load articles %}{% photo photo %}{% photo photo crop='4-3' %}{% figure photo %}{% article_body story %}"
    with at(ending):
        printed = Template(words).render(Context({"photo": paper.lead, "story": story}))
    assert paper.lead.digest not in printed
    assert printed.count("<figure") == 1
