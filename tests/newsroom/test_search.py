"""Search: all words, newest first, a bounded stretch of the archive to a page, safe marks, kind answers."""

import datetime

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import timezone

from articles.states import State
from newsroom.search import query

from ..factories import make_article, make_reporter, make_section, make_series

pytestmark = pytest.mark.django_db


def found(client, q, **asked) -> list[str]:
    """Return the headlines on the first page of a search."""
    answer = client.get(reverse("search:search"), {"q": q} | asked)
    assert answer.status_code == 200
    return [hit.article.headline for hit in answer.context["results"].page.items]


def test_all_words_must_occur_wherever_they_stand(client):
    """In headline, list title, deck, tags or text; newest first."""
    fields = [
        {"headline": "막차 시간 바뀐다", "hours_ago": 5},
        {"headline": "가", "list_title": "막차 늦춘다", "hours_ago": 4},
        {"headline": "나", "deck": "첫 줄\n막차 두 줄째", "hours_ago": 3},
        {"headline": "다", "tags": ["막차"], "hours_ago": 2},
        {"headline": "라", "body": f"<p>{'긴 글. ' * 200}끝에 <strong>막차</strong>가 온다.</p>"},
    ]
    for row in fields:
        make_article(**row)
    make_article("버스 시간 바뀐다")
    assert found(client, "막차") == ["라", "다", "나", "가", "막차 시간 바뀐다"]
    assert found(client, "막차 시간") == ["막차 시간 바뀐다"]
    assert found(client, "시간   막차") == ["막차 시간 바뀐다"]
    assert found(client, "“막차”, 시간") == ["막차 시간 바뀐다"]
    assert found(client, "막차 없는말") == []


def test_letters_of_any_case_and_any_form_are_the_same(client):
    """Latin letters without regard to case; Hangul typed on a Mac comes in parts and is put together."""
    make_article("군 AI 센터 연다")
    assert found(client, "ai 센터") == ["군 AI 센터 연다"]
    decomposed = "\u1109\u1166\u11ab\u1110\u1165"
    assert found(client, decomposed) == ["군 AI 센터 연다"]


def test_signs_of_the_database_and_of_markup_are_words_like_others(client):
    """A percent sign finds percent signs, «p» finds no paragraphs, an ampersand the one in the text."""
    make_article("쌀값 5% 올라", body="<p>농협 R&amp;D 예산이 <em>줄었다</em>.</p>")
    make_article(
        "보통 기사", body='<blockquote><p>“말”</p></blockquote><p><a href="https://a.example">글</a></p>'
    )
    assert found(client, "5%") == ["쌀값 5% 올라"]
    assert found(client, "_") == []
    for word in ("p", "em", "blockquote", "href", "</p>", "amp;"):
        assert found(client, word) == [], word
    assert found(client, "R&D") == ["쌀값 5% 올라"]
    assert found(client, "'; DROP TABLE articles_article; --") == []


def test_section_and_period_narrow_a_search(client):
    """A section takes in those under it; both are kept in the form."""
    top = make_section("경제", slug="economy")
    under, other = make_section("농업", slug="farming", parent=top), make_section("문화", slug="culture")
    make_article("축제 하나", section=under, hours_ago=2)
    make_article("축제 둘", section=other, hours_ago=3)
    make_article("축제 셋", section=top, hours_ago=24 * 10)
    assert found(client, "축제", section="economy") == ["축제 하나", "축제 셋"]
    assert found(client, "축제", section="farming") == ["축제 하나"]
    assert found(client, "축제", period="7") == ["축제 하나", "축제 둘"]
    assert found(client, "축제", period="7", section="economy") == ["축제 하나"]
    page = client.get(reverse("search:search"), {"q": "축제", "section": "farming", "period": "7"})
    form = BeautifulSoup(page.content, "html.parser").find("form", role="search")
    chosen = [option["value"] for option in form.find_all("option", selected=True)]
    assert chosen == ["farming", "7"]
    assert form.find("input", attrs={"name": "q"})["value"] == "축제"


def test_marks_are_safe(client):
    """The words stand in <mark>, in title and passage; whatever a text holds is text."""
    make_article(
        "<b>막차</b> & 첫차",
        body=f"<p>{'앞글이다. ' * 60}이때 &lt;script&gt;막차&lt;/script&gt; 왔다.</p>",
        list_title="",
    )
    page = client.get(reverse("search:search"), {"q": "막차 <script>"}).content.decode()
    assert "&lt;b&gt;<mark>막차</mark>&lt;/b&gt; &amp; 첫차" in page
    assert "<mark>&lt;script&gt;</mark><mark>막차</mark>" in page
    assert "<script>막차" not in page
    assert query.marked("Aa a<", ["a"]) == "<mark>A</mark><mark>a</mark> <mark>a</mark>&lt;"


def test_the_passage_shows_where_the_word_stands():
    """Cut at words, with marks of omission; the beginning where the word is in the title only."""
    article = make_article(body=f"<p>처음이다. {'가운데 말이 많다. ' * 40}여기에 찾던낱말이 있다.</p>")
    assert "찾던낱말" in query.passage(article, ["찾던낱말"])
    assert query.passage(article, ["찾던낱말"]).startswith("… ")
    assert query.passage(article, ["제목에만"]).startswith("처음이다. 가운데")
    assert len(query.passage(article, ["찾던낱말"])) <= query.PASSAGE + 2


@pytest.mark.parametrize("typed", ["가 나 다 라 마 바 사 아 자", "가" * 101])
def test_too_much_is_said_in_a_sentence(client, typed):
    """Nothing is searched, what was typed stays in the form."""
    answer = client.get(reverse("search:search"), {"q": typed})
    page = answer.content.decode()
    assert answer.status_code == 200
    assert 'role="alert"' in page
    assert typed in page
    assert "results" not in answer.context


@pytest.mark.parametrize("typed", ["", "   ", '""', "\u202e", "🙂", "\\", "%", "'", "<", "a\u0301"])
def test_empty_and_garbled_words_have_a_page(client, typed):
    """Whatever is typed, the answer is the search page."""
    make_article()
    answer = client.get(reverse("search:search"), {"q": typed})
    assert answer.status_code == 200
    assert 'role="search"' in answer.content.decode()


def test_what_no_address_may_hold_is_no_search(client):
    """NUL, 10,000 characters and unknown positions get a page of the paper that says so."""
    for asked, status in (
        ({"q": "가\x00"}, 400),
        ({"q": "가" * 10_000}, 400),
        ({"q": "가", "before": "x"}, 404),
    ):
        answer = client.get(reverse("search:search"), asked)
        assert answer.status_code == status
        assert "<html" in answer.content.decode()


def test_unknown_sections_and_periods_are_left_out_and_named(client):
    """The search goes on over all, and says so."""
    make_article("축제")
    for asked in ({"section": "no-such"}, {"period": "12345"}, {"period": "일주일"}):
        assert found(client, "축제", **asked) == ["축제"]
        assert 'role="alert"' in client.get(reverse("search:search"), {"q": "축제"} | asked).content.decode()


def test_the_pages_of_a_search_hold_every_hit_once(client):
    """The way on keeps words, section and period."""
    section = make_section(slug="life")
    at = timezone.now() - datetime.timedelta(hours=2)
    for number in range(45):
        make_article(
            f"축제 {number:02}", section=section, published_at=at - datetime.timedelta(minutes=number // 3)
        )
    seen, asked = [], "?q=축제&section=life&period=30"
    while asked:
        page = client.get(reverse("search:search") + asked).context["results"].page
        seen += [hit.article.headline for hit in page.items]
        asked = page.next
    assert sorted(seen) == [f"축제 {number:02}" for number in range(45)]
    assert len(seen) == 45


def test_one_page_looks_at_a_bounded_stretch_and_says_so(client, monkeypatch):
    """Where the stretch holds no hit, the page says how far it looked, and the next one goes on."""
    monkeypatch.setattr(query, "STRETCH", 10)
    at = timezone.now() - datetime.timedelta(hours=1)
    make_article("오래된 축제", hours_ago=500)
    for number in range(30):
        make_article(f"기사 {number}", published_at=at - datetime.timedelta(minutes=number // 4))
    asked, pages, seen = "?q=축제", 0, []
    while asked:
        answer = client.get(reverse("search:search") + asked)
        results = answer.context["results"]
        seen += [hit.article.headline for hit in results.page.items]
        assert (results.looked_back_to is None) == (not results.page.next)
        asked, pages = results.page.next, pages + 1
    assert (seen, pages) == (["오래된 축제"], 4)
    asked, seen = "?q=기사", []
    while asked:
        page = client.get(reverse("search:search") + asked).context["results"].page
        seen += [hit.article.headline for hit in page.items]
        asked = page.next
    assert sorted(seen) == sorted(f"기사 {number}" for number in range(30))


def test_reporters_series_and_tags_are_offered(client):
    """Those whose names hold a word and under whom readers find a story; few of each, on the first page only."""
    reporter, series = make_reporter("한나래"), make_series("나래 펴는 아이들")
    make_article(reporters=[reporter], series=series, tags=["나래마을", *(f"나래 {n}" for n in range(9))])
    make_reporter("김나래")
    make_series("나래의 비밀")
    make_article("가", hours_ago=-1, tags=["나래 비밀"])
    answer = client.get(reverse("search:search"), {"q": "나래"})
    offers = answer.context["offers"]
    assert ("reporter", "한나래", reporter.slug) in offers
    assert ("series", "나래 펴는 아이들", series.slug) in offers
    assert [kind for kind, _, _ in offers].count("tag") == query.OFFERS
    page = answer.content.decode()
    assert reporter.get_absolute_url() in page
    assert series.get_absolute_url() in page
    assert "비밀" not in page
    assert "김나래" not in page


@pytest.mark.parametrize("state", [state for state in State if state != State.APPROVED])
def test_only_public_stories_are_found(client, state):
    """No word of any other leads to it, nor do its tag and its series."""
    make_article(
        "비밀 축제",
        state=state,
        tags=["비밀"],
        series=make_series("비밀 연재"),
        reporters=[make_reporter("비밀손")],
    )
    make_article("비밀 잔치", hours_ago=-1, tags=["비밀잔치"])
    answer = client.get(reverse("search:search"), {"q": "비밀"})
    assert answer.context["results"].page.items == []
    assert answer.context["offers"] == []


def test_search_pages_stay_out_of_search_engines(client):
    """The form alone and pages of hits alike."""
    for asked in ({}, {"q": "가"}):
        head = BeautifulSoup(client.get(reverse("search:search"), asked).content, "html.parser").head
        assert head.find("meta", attrs={"name": "robots"})["content"] == "noindex"


def test_a_search_costs_the_same_for_one_and_for_many(client, django_assert_max_num_queries):
    """Publication, section, reach, hits, bylines, offers, menu: no query per hit."""
    section, reporter = make_section(slug="life"), make_reporter()
    asked = {"q": "축제 한나", "section": "life", "period": "365"}
    counts = []
    for many in (1, 30):
        for number in range(many):
            make_article(
                f"축제 {number}", section=section, reporters=[reporter], body="<p>한나</p>", tags=["한나"]
            )
        with django_assert_max_num_queries(8) as captured:
            client.get(reverse("search:search"), asked)
        counts.append(len(captured))
    assert counts[0] == counts[1]
