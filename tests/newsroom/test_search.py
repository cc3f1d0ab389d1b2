"""The search page: what is found and in which order, filters, pages, safe marks, kind answers, only public stories."""

import datetime

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import timezone

from articles.models import Article
from articles.states import State
from newsroom.search import offers
from newsroom.search.backends import backend
from newsroom.search.snippets import PASSAGE, marked, passage
from newsroom.search.words import parse

from ..factories import make_article, make_reporter, make_section, make_series

pytestmark = pytest.mark.django_db


def story(*args, **fields):
    """Make a story that the index knows, whatever its state."""
    article = make_article(*args, **fields)
    backend().index([article])
    return article


def results(client, q, **asked):
    """Return the results of a search."""
    answer = client.get(reverse("search:search"), {"q": q} | asked)
    assert answer.status_code == 200
    return answer.context["results"]


def found(client, q, **asked) -> list[str]:
    """Return the headlines on the first page of a search."""
    return [hit.article.headline for hit in results(client, q, **asked).page.items]


def walk(client, asked: str) -> list[list[str]]:
    """Return the headlines of every page of a search, by following the way to the next."""
    pages = []
    while asked:
        page = client.get(reverse("search:search") + asked).context["results"].page
        pages.append([hit.article.headline for hit in page.items])
        asked = page.next
    return pages


def test_words_are_found_wherever_they_stand(client):
    """In headline, list title, kicker, deck, tags or text."""
    fields = [
        {"headline": "막차 시간 바뀐다", "hours_ago": 5},
        {"headline": "가", "list_title": "막차 늦춘다", "hours_ago": 4},
        {"headline": "나", "deck": "첫 줄\n막차 두 줄째", "hours_ago": 3},
        {"headline": "다", "tags": ["막차"], "hours_ago": 2},
        {"headline": "라", "body": f"<p>{'긴 글. ' * 200}끝에 <strong>막차</strong>가 온다.</p>"},
        {"headline": "마", "kicker": "막차를 타다", "hours_ago": 6},
    ]
    for row in fields:
        story(**row)
    story("버스 시각 바뀐다")
    assert found(client, "막차", sort="date") == ["라", "다", "나", "가", "막차 시간 바뀐다", "마"]
    for typed in ("막차 시간", "시간   막차", "“막차”, 시간", "막차가 시간을", '"막차 시간"'):
        assert found(client, typed, sort="date") == ["막차 시간 바뀐다"], typed
        assert found(client, typed)[0] == "막차 시간 바뀐다", typed
    assert found(client, "없는말") == []


def test_a_word_in_the_headline_counts_more_and_what_is_new_counts_more(client):
    """The headline before the text, the young story before the old one with the same words."""
    story("다른 이야기", body="<p>막차 이야기가 나온다.</p>")
    story("막차 이야기", hours_ago=24 * 900)
    story("막차 이야기", hours_ago=3)
    rows = results(client, "막차").page.items
    assert [hit.article.headline for hit in rows] == ["막차 이야기", "막차 이야기", "다른 이야기"]
    assert rows[0].article.published_at > rows[1].article.published_at


def test_where_no_story_holds_every_word_those_with_some_are_shown_and_it_is_said(client):
    """Ordered by date only whole matches are listed, and the page says what else there is."""
    story("막차 시간 바뀐다")
    found_some = results(client, "막차 우주선")
    assert [hit.article.headline for hit in found_some.page.items] == ["막차 시간 바뀐다"]
    assert not found_some.whole
    assert results(client, "막차 시간").whole
    assert found(client, "막차 우주선", sort="date") == []


def test_letters_of_any_case_and_any_form_are_the_same(client):
    """Latin letters without regard to case and ending; Hangul typed in parts; numbers with commas."""
    story("군 AI 센터 연다", body="<p>The bus costs 1,250,000 won.</p>")
    decomposed = "\u1109\u1166\u11ab\u1110\u1165"
    for typed in ("ai 센터", decomposed, "ＡＩ", "bus", "1250000", "1,250,000"):
        assert found(client, typed) == ["군 AI 센터 연다"], typed


def test_a_single_syllable_finds_words_that_begin_with_it(client):
    """«눈» finds «눈이»; a pair of syllables does not find what only holds one of them."""
    story("밤새 눈이 내렸다")
    assert found(client, "눈", sort="date") == ["밤새 눈이 내렸다"]
    assert found(client, "눈물", sort="date") == []


def test_signs_of_databases_and_of_markup_do_no_harm(client):
    """Whatever an index takes for a command is a word like others, or none."""
    story("쌀값 5% 올라", body="<p>농협 R&amp;D 예산이 <em>줄었다</em>.</p>")
    assert found(client, "5%") == ["쌀값 5% 올라"]
    assert found(client, "R&D", sort="date") == ["쌀값 5% 올라"]
    for typed in (
        "em",
        "blockquote",
        "</p>",
        "'; DROP TABLE articles_article; --",
        "NEAR(x y)",
        "없 AND",
        "b:*",
    ):
        for sort in ("", "date"):
            assert found(client, typed, sort=sort) == [], typed
    for typed in ('"쌀값', "쌀값:*", "쌀값 & !", "쌀값')", "쌀값*", "-쌀값", "^쌀값", "쌀값\\"):
        assert found(client, typed) == ["쌀값 5% 올라"], typed


def test_section_and_period_narrow_a_search(client):
    """A section takes in those under it; all fields are kept in the form."""
    top = make_section("경제", slug="economy")
    under, other = make_section("농업", slug="farming", parent=top), make_section("문화", slug="culture")
    story("축제 하나", section=under, hours_ago=2)
    story("축제 둘", section=other, hours_ago=3)
    story("축제 셋", section=top, hours_ago=24 * 10)
    for sort in ("", "date"):
        assert found(client, "축제", section="economy", sort=sort) == ["축제 하나", "축제 셋"]
        assert found(client, "축제", section="farming", sort=sort) == ["축제 하나"]
        assert found(client, "축제", period="7", sort=sort) == ["축제 하나", "축제 둘"]
        assert found(client, "축제", period="7", section="economy", sort=sort) == ["축제 하나"]
    asked = {"q": "축제", "section": "farming", "period": "7", "sort": "date"}
    form = BeautifulSoup(client.get(reverse("search:search"), asked).content, "html.parser").find(
        "form", role="search"
    )
    chosen = [option["value"] for option in form.find_all("option", selected=True)]
    assert chosen == ["farming", "7", "date"]
    assert form.find("input", attrs={"name": "q"})["value"] == "축제"


def test_marks_are_safe(client):
    """The words stand in <mark>, in title and passage; whatever a text holds is text."""
    story(
        "<b>막차</b> & 첫차", body=f"<p>{'앞글이다. ' * 60}이때 &lt;script&gt;막차&lt;/script&gt; 왔다.</p>"
    )
    page = client.get(reverse("search:search"), {"q": "막차 script"}).content.decode()
    assert "&lt;b&gt;<mark>막차</mark>&lt;/b&gt; &amp; 첫차" in page
    assert "&lt;<mark>script</mark>&gt;<mark>막차</mark>" in page
    assert "<script>막차" not in page


@pytest.mark.parametrize(
    ("typed", "text", "shown"),
    [
        ("aa", "Aa aa<", "<mark>Aa</mark> <mark>aa</mark>&lt;"),
        ("art", "art party", "<mark>art</mark> party"),
        ("강원도에서", "강원도 강원", "<mark>강원도</mark> 강원"),
        ("눈", "눈이 첫눈", "<mark>눈</mark>이 첫눈"),
        ("1000", "1,000원", "<mark>1,000</mark>원"),
        ("centers", "a center", "a <mark>center</mark>"),
    ],
)
def test_what_is_marked(typed, text, shown):
    """Words with and without their particle, numbers with commas, no parts of Latin words."""
    assert marked(text, parse(typed)) == shown


def test_the_passage_shows_where_most_words_stand():
    """Cut at words, with marks of omission; the beginning where the words are in the title only."""
    text = f"처음이다. 낱말은 하나다. {'가운데 글이 많다. ' * 40}여기에 찾던낱말이 있다. {'끝이다. ' * 40}"
    for typed in ("찾던낱말", "찾던낱말 여기에", "낱말 찾던낱말"):
        shown = passage(text, parse(typed))
        assert "찾던낱말" in shown
        assert shown.startswith("… ")
        assert len(shown) <= PASSAGE + 3
        assert set(shown.strip("… ").split()) <= set(text.split()) | {"끝이다"}
    assert passage(text, parse("제목에만")).startswith("처음이다. 낱말은")


@pytest.mark.parametrize("typed", [" ".join("가나" for _ in range(31)), "가" * 201])
def test_too_much_is_said_in_a_sentence(client, typed):
    """Nothing is searched, what was typed stays in the form."""
    answer = client.get(reverse("search:search"), {"q": typed})
    page = answer.content.decode()
    assert answer.status_code == 200
    assert 'role="alert"' in page
    assert typed in page
    assert "results" not in answer.context


@pytest.mark.parametrize(
    "typed", ["", "   ", '""', "\u202e", "🙂", "\\", "%", "'", "<", "a\u0301", '"', "the"]
)
def test_empty_and_garbled_words_have_a_page(client, typed):
    """Whatever is typed, the answer is the search page."""
    story()
    for sort in ("", "date"):
        answer = client.get(reverse("search:search"), {"q": typed, "sort": sort})
        assert answer.status_code == 200
        assert 'role="search"' in answer.content.decode()


def test_what_no_address_may_hold_is_no_search(client):
    """NUL, 10,000 characters, unknown positions and numbers of pages get a page of the paper that says so."""
    for asked, status in (
        ({"q": "가\x00"}, 400),
        ({"q": "가" * 10_000}, 400),
        ({"q": "가", "before": "x", "sort": "date"}, 404),
        *(({"q": "가", "page": number}, 404) for number in ("0", "11", "-1", "x", "٣", "")),
    ):
        answer = client.get(reverse("search:search"), asked)
        assert answer.status_code == status, asked
        assert "<html" in answer.content.decode()


def test_unknown_filters_are_left_out_and_named(client):
    """The search goes on without them, and says so."""
    story("축제")
    for asked in ({"section": "no-such"}, {"period": "12345"}, {"period": "일주일"}, {"sort": "x"}):
        assert found(client, "축제", **asked) == ["축제"]
        assert 'role="alert"' in client.get(reverse("search:search"), {"q": "축제"} | asked).content.decode()


def test_the_pages_of_a_search_hold_every_hit_once(client):
    """In both orders; the way on keeps words, section and period."""
    section = make_section(slug="life")
    at = timezone.now() - datetime.timedelta(hours=2)
    for number in range(45):
        story(f"축제 {number:02}", section=section, published_at=at - datetime.timedelta(minutes=number // 3))
    wanted = [f"축제 {number:02}" for number in range(45)]
    for sort in ("", "date"):
        pages = walk(client, f"?q=축제&section=life&period=30&sort={sort}")
        assert [len(page) for page in pages] == [20, 20, 5]
        assert sorted(name for page in pages for name in page) == wanted
    assert (
        client.get(reverse("search:search"), {"q": "축제", "page": "4"}).context["results"].page.items == []
    )


def test_by_relevance_there_are_ten_pages_at_most(client):
    """The eleventh is neither offered nor answered; by date every hit is reached."""
    for number in range(205):
        make_article(f"축제 {number}")
    index_all()
    assert [len(page) for page in walk(client, "?q=축제")] == [20] * 10
    assert sum(len(page) for page in walk(client, "?q=축제&sort=date")) == 205


def index_all() -> None:
    """Bring the index up to all stories."""
    backend().index(list(Article.objects.all()))


def test_reporters_series_and_tags_are_offered(client):
    """Those whose names hold a word and under whom readers find a story; few of each, on the first page only."""
    reporter, series = make_reporter("한나래"), make_series("나래 펴는 아이들")
    story(reporters=[reporter], series=series, tags=["나래마을", *(f"나래 {n}" for n in range(9))])
    make_reporter("김나래")
    make_series("나래의 비밀")
    story("가", hours_ago=-1, tags=["나래 비밀"])
    answer = client.get(reverse("search:search"), {"q": "나래는"})
    offered = answer.context["offers"]
    assert ("reporter", "한나래", reporter.slug) in offered
    assert ("series", "나래 펴는 아이들", series.slug) in offered
    assert [kind for kind, _, _ in offered].count("tag") == offers.OFFERS
    page = answer.content.decode()
    assert reporter.get_absolute_url() in page
    assert series.get_absolute_url() in page
    assert "비밀" not in page
    assert "김나래" not in page
    assert client.get(reverse("search:search"), {"q": "나래", "page": "2"}).context["offers"] == []


@pytest.mark.parametrize("state", [state for state in State if state != State.APPROVED])
def test_only_public_stories_are_found(client, state):
    """No word of any other leads to it though the index holds it, nor do its tag and its series."""
    story(
        "비밀 축제",
        state=state,
        tags=["비밀"],
        series=make_series("비밀 연재"),
        reporters=[make_reporter("비밀손")],
    )
    story("비밀 잔치", hours_ago=-1, tags=["비밀잔치"])
    for sort in ("", "date"):
        answer = client.get(reverse("search:search"), {"q": "비밀", "sort": sort})
        assert answer.context["results"].page.items == []
        assert answer.context["offers"] == []


def test_search_pages_stay_out_of_search_engines(client):
    """The form alone and pages of hits alike."""
    for asked in ({}, {"q": "가"}):
        head = BeautifulSoup(client.get(reverse("search:search"), asked).content, "html.parser").head
        assert head.find("meta", attrs={"name": "robots"})["content"] == "noindex"


@pytest.mark.parametrize("sort", ["", "date"])
def test_a_search_costs_the_same_for_one_and_for_many(client, django_assert_max_num_queries, sort):
    """Publication, section, index, figures, terms, hits, bylines, offers, menu: no query per hit."""
    section, reporter = make_section(slug="life"), make_reporter()
    asked = {"q": "축제 한나", "section": "life", "period": "365", "sort": sort}
    counts = []
    for many in (1, 4, 30):
        for number in range(many):
            story(f"축제 {number}", section=section, reporters=[reporter], body="<p>한나</p>", tags=["한나"])
        with django_assert_max_num_queries(14) as captured:
            client.get(reverse("search:search"), asked)
        counts.append(len(captured))
    assert max(counts) == counts[0]
