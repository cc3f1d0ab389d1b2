"""The page of a story: its sixteen parts, where it comes from, what it costs, what it weighs."""

import datetime
import gzip
import re

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import timezone, translation

from articles.html import with_figures
from articles.models import Byline
from newsroom.publication.models import Publication

from ..factories import (
    make_article,
    make_correction,
    make_photo,
    make_reporter,
    make_section,
    make_series,
    make_sidebar,
    make_source,
    make_user,
)

pytestmark = pytest.mark.django_db
KILOBYTE = 1024
INLINE = re.compile(r"<[^>]+\s(?:style|on\w+)\s*=|<style\b", re.IGNORECASE)


@pytest.fixture(autouse=True)
def in_english():
    """Read the words of the pages as they stand in the code."""
    with translation.override("en"):
        yield


@pytest.fixture
def paper() -> Publication:
    """A paper with labels of its own."""
    return Publication.objects.create(
        name="새여울신문", approved_label="승인", updated_label="고침", youth_officer="천새봄"
    )


def full_story(**fields):
    """Make a story that fills every part of its page, among others to be shown beside it."""
    top = make_section("지역", slug="local")
    section = make_section("새여울읍", slug="eupnae", parent=top)
    writer, photographer = (
        make_reporter("윤슬아", slug="yun"),
        make_reporter("백가람", title="사진기자", slug="baek"),
    )
    series = make_series()
    for number in range(8):
        make_article(
            f"다른 기사 {number}", section=section, series=series, reporters=[writer], photos=[make_photo()],
            body="<p>다른 기사의 첫머리.</p>", hours_ago=number + 2,
        )  # fmt: skip
    make_sidebar("article", kinds=("latest", "photo_news", "most_read"), count=2)
    make_sidebar("below", kinds=("related", "reporter"), count=2)
    lead, second, third = (make_photo(f"{name} 사진.") for name in ("머리", "둘째", "셋째"))
    text = "".join(f"<p>문단 {n}.</p>" for n in range(6))
    article = make_article(
        "나루터 <창고>", **{
            "section": section, "series": series, "reporters": [writer, photographer], "tags": ["강변창고", "청 년"],
            "deck": "부제 하나\n부제 둘", "kicker": "기획",
            "body": with_figures(text, [(second.pk, "", 2), (third.pk, "", 4)]),
            "photos": [lead, second, third],
        } | fields,
    )  # fmt: skip
    article.bylines.filter(reporter=photographer).update(role=Byline.Role.PHOTO)
    return article


def page_of(client, article) -> BeautifulSoup:
    """Return the parsed page of a story."""
    return BeautifulSoup(client.get(article.get_absolute_url()).content, "html.parser")


def words(element) -> str:
    """Return the words of an element with single spaces."""
    return " ".join(element.get_text(" ").split())


def test_the_sixteen_parts(client, paper):
    """Every part of the model page (product.md, section 1) is there and in its order."""
    article = full_story()
    page = page_of(client, article)
    story = page.select_one("article.story")
    assert words(page.h1) == "나루터 <창고>"
    assert [words(line) for line in story.select(".story__deck p")] == ["부제 하나", "부제 둘"]
    assert words(story.select_one(".byline")) == "윤슬아 기자 Photo 백가람 사진기자"
    approved = timezone.localtime(article.approved_at).strftime("%Y-%m-%d %H:%M:%S")
    assert words(story.select_one(".story__times")) == f"승인 : {approved}"
    assert [button["aria-label"] for button in story.select("[data-size]")] == ["Smaller text", "Larger text"]
    assert story.select_one("[data-print-link]")["href"] == reverse("articles:print", args=[article.pk])
    captions = [words(figure.figcaption) for figure in story.select("figure")]
    assert captions == ["▲ 머리 사진.", "▲ 둘째 사진.", "▲ 셋째 사진."]
    assert story.select_one(".text p > .dateline").get_text() == "[새여울신문]"
    assert words(story.select_one(".text p")).endswith("문단 0.")
    assert words(story.select_one(".copyright")) == "[저작권자ⓒ 새여울신문. 무단전재-재배포 금지]"
    assert [link["href"] for link in story.select(".tags a")] == [
        reverse("articles:tag", args=[name]) for name in article.tag_list
    ]
    assert page.select_one("#comments")
    heads = [words(head) for head in page.select(".block h2")]
    assert heads == ["Related news", "Other stories by 윤슬아 기자", "Latest", "PHOTO NEWS"]
    assert page.select_one(".block--related .block__reason").get_text() == "Same series"
    assert page.select(".sidebar .block__excerpt")[0].get_text() == "다른 기사의 첫머리."
    order = [
        "<h1",
        "story__deck",
        "byline",
        "story__times",
        "data-tools",
        "머리 사진",
        "문단 0",
        "copyright",
        "tags",
        "block--related",
        "comments",
        "sidebar",
    ]
    markup = str(page.select_one("main"))
    positions = [markup.index(part) for part in order]
    assert positions == sorted(positions)


def test_pictures_keep_their_space(client, paper):
    """Every picture has its measures; the lead photo is fetched first, the others when they come near."""
    page = page_of(client, full_story())
    pictures = page.select("main picture img")
    assert len(pictures) > 4
    softs = page.select("main img.figure__soft")
    assert softs and all(soft["width"] and soft["height"] and soft["alt"] == "" for soft in softs)
    assert len(page.select("main img")) == len(pictures) + len(softs)
    assert all(
        picture["width"] and picture["height"] and picture["srcset"] and picture["sizes"]
        for picture in pictures
    )
    assert [picture.get("fetchpriority") for picture in pictures] == ["high"] + [None] * (len(pictures) - 1)
    assert [picture.get("loading") for picture in pictures] == [None] + ["lazy"] * (len(pictures) - 1)


def test_a_bare_story_has_no_empty_parts(client, paper):
    """Without deck, names, photo, tags, series and sidebars nothing empty is left behind."""
    page = page_of(client, make_article("한 줄 기사", body="<p>짧다.</p>", section=make_section()))
    for empty in (
        ".story__deck",
        ".byline",
        "figure",
        ".tags",
        ".story__series",
        ".sidebar",
        ".block",
        ".origin",
        ".notice",
    ):
        assert not page.select(empty), empty


def test_the_time_of_an_update_has_its_label(client, paper):
    """A second time stands there only after an update that was declared."""
    article = make_article(hours_ago=3)
    assert "고침" not in words(page_of(client, article).select_one(".story__times"))
    article.updated_at = timezone.now() - datetime.timedelta(hours=1)
    article.save(update_fields=["updated_at"])
    updated = timezone.localtime(article.updated_at).strftime("%Y-%m-%d %H:%M:%S")
    assert words(page_of(client, article).select_one(".story__times")).endswith(f"고침 : {updated}")


@pytest.mark.parametrize(
    ("origin", "label"),
    [
        ("release", "Press release · 새여울군청"),
        ("agency", "Agency or partner · 한결통신"),
        ("reprint", "Reprint · 한결통신"),
        ("own", None),
    ],
)
def test_the_origin_is_told(client, paper, origin, label):
    """What the paper did not write itself says so over the headline."""
    source = make_source(
        "한결통신", dateline="[{source}={reporter}]", copyright_line="[ⓒ {source}, {publication} 제휴]"
    )
    outside = {"source": source} if origin in {"agency", "reprint"} else {"source_name": "새여울군청"}
    page = page_of(client, make_article(origin=origin, **outside))
    mark = page.select_one(".story__label .origin")
    assert (words(mark) if mark else None) == label
    if "source" in outside:
        assert page.select_one(".dateline").get_text() == "[한결통신]"
        assert words(page.select_one(".copyright")) == "[ⓒ 한결통신, 새여울신문 제휴]"


def test_advertising_does_not_look_like_a_story(client, paper):
    """It is marked before and behind, named with who paid, and bears neither dateline nor copyright of the paper."""
    page = page_of(client, make_article("사과 상자", origin="ad", source_name="솔향찬방"))
    story = page.select_one("article.story--ad")
    assert [words(mark) for mark in story.select(".story__ad")] == [
        "Advertising Provided by 솔향찬방",
        "Advertising",
    ]
    assert not story.select(".dateline, .copyright")
    assert not page_of(client, make_article("기사")).select(".story--ad, .story__ad")


def test_corrections_stand_above_the_text(client, paper):
    """A notice that is due goes before photo and text; one for later is seen nowhere."""
    article = make_article(photos=[make_photo()])
    make_correction(article, title="날짜를 <바로잡습니다>", text="21일이 맞다.\n\n미안하다.")
    make_correction(article, title="내일의 알림", published_at=timezone.now() + datetime.timedelta(days=1))
    response = client.get(article.get_absolute_url())
    page = BeautifulSoup(response.content, "html.parser")
    (notice,) = page.select(".notice")
    assert words(notice.h2) == "날짜를 <바로잡습니다>"
    assert [words(line) for line in notice.select(".notice__text p")] == ["21일이 맞다.", "미안하다."]
    assert words(notice.select_one(".notice__kind")) == "Correction"
    assert notice.find_next("figure") and not notice.find_previous("figure")
    assert "내일의 알림" not in response.content.decode()


def test_the_section_and_its_neighbours_are_in_the_menu(client, paper):
    """The menu marks the section of the first level, a second row the one under it."""
    page = page_of(client, full_story())
    first, second = page.select("nav.menu")
    assert [words(link) for link in first.select("[aria-current]")] == ["지역"]
    assert [words(link) for link in second.select("[aria-current=true]")] == ["새여울읍"]
    assert [link["href"] for link in page.select("a.skip")] == ["#main", "#menu"]
    assert page.select_one("#main") and page.select_one("#menu")


def test_only_the_staff_gets_a_way_to_edit(client, paper):
    """Readers see no trace of the desk; a signed-in editor sees a link to the very story."""
    article = make_article()
    edit = reverse("admin:articles_article_change", args=[article.pk])
    assert "/admin/" not in client.get(article.get_absolute_url()).content.decode()
    client.force_login(make_user("editor-in-chief"))
    assert edit in client.get(article.get_absolute_url()).content.decode()


def test_readers_get_no_cookie_and_nothing_inline(client, paper):
    """No cookie, no token, no inline style or handler on the page of a story."""
    response = client.get(full_story().get_absolute_url())
    markup = response.content.decode()
    assert not response.cookies
    assert "csrfmiddlewaretoken" not in markup
    assert not INLINE.search(markup)


def test_a_withdrawn_story_is_gone(client, paper):
    """410 with a page that says so; its headline stands nowhere, and robots leave it out."""
    article = make_article("내려간 기사", state="withdrawn")
    response = client.get(article.get_absolute_url())
    assert response.status_code == 410
    assert "내려간 기사" not in response.content.decode()
    assert 'content="noindex"' in response.content.decode()
    assert client.get(reverse("articles:print", args=[article.pk])).status_code == 404
    assert client.get(make_article(state="draft").get_absolute_url()).status_code == 404


def test_the_page_costs_the_same_for_a_little_and_for_much(client, paper, django_assert_max_num_queries):
    """Ten queries: story, names, photos, corrections, three for sidebars, paper with fixed pages, menu, comments."""
    bare, full = (
        make_article(section=make_section("사회")),
        full_story(reporters=[make_reporter(f"기자 {n}") for n in range(9)]),
    )
    make_correction(full)
    for article in (bare, full):
        client.get(article.get_absolute_url())
        with django_assert_max_num_queries(10):
            client.get(article.get_absolute_url())


def test_the_page_is_light(client, paper):
    """A long story stays within 20 KB, compressed."""
    article = full_story(
        body="".join(f"<p>{n}번째 문단. {'가나다라마바사 아자차카 타파하 ' * 6}</p>" for n in range(40))
    )
    assert len(gzip.compress(client.get(article.get_absolute_url()).content)) < 20 * KILOBYTE
