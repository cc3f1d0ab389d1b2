"""What an editor reads between two versions: fields, paragraphs, words."""

import time

import pytest
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.aligning import align
from articles.comparing import (
    LABELS,
    Detail,
    Span,
    body_rows,
    compare,
    details,
    folded,
    keys_of,
    lines_of,
    list_spans,
    word_spans,
)
from articles.html import blocks
from articles.snapshots import Snapshot

PARAGRAPHS = [
    "<p>새여울시는 올해 안에 나루터 창고를 배움터로 고쳐 연다고 3일 밝혔다.</p>",
    "<p>창고는 1962년 쌀을 실어 나르던 때 지어졌고 지난 20년 동안 비어 있었다.</p>",
    "<p>한나래 시장은 “아이들이 강을 보며 책을 읽게 하겠다”고 말했다.</p>",
    "<p>공사비 12억 원은 도비와 시비로 절반씩 마련한다.</p>",
    "<h2>반세기 만의 귀환</h2>",
    "<p>나루는 다리가 놓인 1971년 문을 닫았고 창고만 남았다.</p>",
    "<p>주민 설명회는 9일 오후 7시 강마을회관에서 열린다.</p>",
]


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


def marked(spans: list[Span]) -> str:
    """Return spans as one line: [-removed-], {+added+}."""
    marks = {"same": "{}", "removed": "[-{}-]", "added": "{{+{}+}}"}
    return "".join(marks[span.kind].format(span.text) for span in spans)


def rows(old: list[str], new: list[str], names=None) -> list[tuple]:
    return [(row.kind, row.was, row.now) for row in body_rows("".join(old), "".join(new), names or {})]


# Words.


@pytest.mark.parametrize(
    ("old", "new", "read"),
    [
        ("김 군수는 3일 밝혔다.", "김 군수가 3일 밝혔다.", "김 [-군수는-]{+군수가+} 3일 밝혔다."),
        ("예산 3,500만 원을 쓴다", "예산 4,500만 원을 쓴다", "예산 [-3,500만-]{+4,500만+} 원을 쓴다"),
        ("문을 연다.", "문을 연다. 입장은 무료다.", "문을 연다.{+ 입장은 무료다.+}"),
        ("“책을 읽는다”고 했다", "‘책을 읽는다’고 했다", "[-“-]{+‘+}책을 읽는다[-”-]{+’+}고 했다"),
        ("", "새 부제", "{+새 부제+}"),
        (
            "어제 새로 문을 연 강가",
            "지난달 다시 닫힌 산속",
            "[-어제 새로 문을 연 강가-]{+지난달 다시 닫힌 산속+}",
        ),
    ],
)
def test_the_changed_words_are_marked_whole(old, new, read):
    """A word with its particle, a number with its comma, a phrase and not every word of it by itself."""
    assert marked(word_spans(old, new)) == read


def test_texts_without_much_in_common_stand_one_after_the_other():
    """Word by word nobody could read them."""
    old, new = "시는 내년 봄 강가에 책방을 연다.", "군은 지난해 겨울 산속에 찻집을 닫았다."
    assert marked(word_spans(old, new)) == f"[-{old}-]{{+{new}+}}"


def test_a_phrase_is_marked_as_one():
    """A small word that happens to be the same between changed ones does not part them."""
    old = "강가에 선 낡은 창고를 그 고쳐 쓴다 군은 3일 이렇게 말했다"
    new = "산속에 난 좁은 길을 그 넓혀 낸다 군은 3일 이렇게 말했다"
    read = "[-강가에 선 낡은 창고를 그 고쳐 쓴다-]{+산속에 난 좁은 길을 그 넓혀 낸다+} 군은 3일 이렇게 말했다"
    assert marked(word_spans(old, new)) == read


words = st.text(st.sampled_from("가나다 .,3“”\n"), max_size=40)


@settings(max_examples=200, deadline=None)
@given(words, words)
def test_both_texts_can_be_read_from_the_spans(old, new):
    """What is not added is the old text, what is not removed the new one."""
    spans = word_spans(old, new)
    assert "".join(span.text for span in spans if span.kind != "added") == old
    assert "".join(span.text for span in spans if span.kind != "removed") == new


def test_rows_of_a_list_are_marked_one_by_one():
    """A tag taken out and another put in."""
    assert list_spans(["강", "시정"], ["강", "나루"]) == [
        Span("same", "강"),
        Span("removed", "시정"),
        Span("added", "나루"),
    ]


# Paragraphs.


def test_a_changed_paragraph_is_told_from_a_new_and_a_deleted_one():
    """Each keeps its number in the version it stands in."""
    new = [*PARAGRAPHS]
    new[1] = new[1].replace("1962년", "1964년")
    new[3:4] = []
    new.insert(1, "<p>입찰은 다음 달에 한다.</p>")
    assert rows(PARAGRAPHS, new) == [
        ("same", 1, 1), ("added", 0, 2), ("changed", 2, 3), ("same", 3, 4), ("removed", 4, 0),
        ("same", 5, 5), ("same", 6, 6), ("same", 7, 7),
    ]  # fmt: skip


def test_a_moved_paragraph_is_named_in_both_places():
    """Also where it was changed on the way."""
    new = [PARAGRAPHS[2].replace("강을", "새여울강을"), *PARAGRAPHS[:2], *PARAGRAPHS[3:]]
    found = body_rows("".join(PARAGRAPHS), "".join(new), {})
    assert [(row.kind, row.was, row.now) for row in found[:4]] == [
        ("moved", 3, 1), ("same", 1, 2), ("same", 2, 3), ("away", 3, 1),
    ]  # fmt: skip
    assert "[-강을-]{+새여울강을+}" in marked(found[0].spans)


def test_a_rewritten_paragraph_is_one_deleted_and_one_added():
    """With nothing in common there is nothing to compare."""
    new = [PARAGRAPHS[0], "<p>입찰은 다음 달에 한다.</p>", *PARAGRAPHS[2:]]
    assert rows(PARAGRAPHS, new)[:3] == [("same", 1, 1), ("removed", 2, 0), ("added", 0, 2)]


def test_a_paragraph_made_a_subhead_is_told():
    """The words are the same, the kind is another."""
    (row,) = body_rows("<p>반세기 만의 귀환</p>", "<h2>반세기 만의 귀환</h2>", {})
    assert (row.kind, marked(row.spans)) == ("changed", "반세기 만의 귀환")
    assert row.details == [Detail("removed", "Kind", "paragraph"), Detail("added", "Kind", "subhead")]


def test_links_and_bold_type_are_told():
    """A change that no word shows is shown in words."""
    old = '<p>자세한 것은 <a href="https://a.example/?x=1&amp;y=2">시청</a>에 <strong>있다</strong>.</p>'
    new = '<p>자세한 것은 <a href="https://b.example/">시청</a>에 있다.</p>'
    assert details(old, new) == [
        Detail("removed", "Link", "시청 → https://a.example/?x=1&y=2"),
        Detail("removed", "Bold", "있다"),
        Detail("added", "Link", "시청 → https://b.example/"),
    ]
    # With the words changed, bold type is left out, a link is not.
    assert [found.label for found in details(old, new.replace("자세한", "더 자세한"))] == ["Link", "Link"]


def test_a_table_is_compared_by_its_cells():
    """Rows are lines, cells stand beside one another."""
    rows_of_table = "<tr><td>동</td><td>12</td></tr><tr><td>서</td><td>20</td></tr>"
    table = f"<table><caption>예산</caption><tbody>{rows_of_table}</tbody></table>"
    assert lines_of(table) == "예산\n동 | 12\n서 | 20"
    (row,) = body_rows(table, table.replace("12", "14"), {})
    assert marked(row.spans) == "예산\n동 | [-12-]{+14+}\n서 | 20"


def test_items_and_broken_lines_keep_their_lines():
    """A list is read as a list."""
    assert lines_of("<ul><li>쌀</li><li>소금 &amp; 새우</li></ul>") == "· 쌀\n· 소금 & 새우"
    assert lines_of("<blockquote><p>가</p><p>나<br>다</p></blockquote>") == "가\n나\n다"
    assert lines_of("<hr>") == "* * *"


def test_a_figure_is_compared_by_photo_and_caption():
    """Another caption is a change of one figure; another photo is another figure."""
    old = '<figure data-photo="12"><figcaption>새벽 나루.</figcaption></figure>'
    wide = '<figure data-photo="12" data-width="wide"><figcaption>저녁 나루.</figcaption></figure>'
    (row,) = body_rows(old, wide, {"photo": {12: "photo 12"}})
    assert (row.kind, marked(row.spans), row.photos) == (
        "changed",
        "[-새벽-]{+저녁+} 나루.",
        ("photo 12", "photo 12"),
    )
    assert [(found.kind, found.text) for found in row.details] == [
        ("removed", "as the text"),
        ("added", "wide"),
    ]
    assert rows([old], [old.replace("12", "13")]) == [("removed", 1, 0), ("added", 0, 1)]
    embed = '<figure data-embed="https://www.youtube.com/watch?v=abc&amp;t=1"></figure>'
    assert body_rows("", embed, {})[0].photos == (None, "https://www.youtube.com/watch?v=abc&t=1")


def test_a_video_is_no_photo_of_the_same_key():
    """One that takes the place of the other is told; it is named by its number."""
    photo, video = '<figure data-photo="12"></figure>', '<figure data-video="12"></figure>'
    found = body_rows(photo, video, {"photo": {12: "the photo"}})
    assert [row.kind for row in found] == ["removed", "added"]
    assert [row.photos for row in found] == [("the photo", None), (None, "Video no. 12")]


def test_unchanged_paragraphs_are_folded():
    """Those beside a change stay to be read; the others become one line."""
    new = [*PARAGRAPHS]
    new[0] = new[0].replace("3일", "4일")
    found = folded(body_rows("".join(PARAGRAPHS), "".join(new), {}))
    assert [row.kind for row in found] == ["changed", "same", "folded"]
    assert [row.now for row in found[2].rows] == [3, 4, 5, 6, 7]
    new = [*PARAGRAPHS[:-1], "<p>끝.</p>"]
    found = folded(body_rows("".join(PARAGRAPHS), "".join(new), {}))
    assert [row.kind for row in found] == ["folded", "same", "removed", "added"]


bodies = st.lists(st.sampled_from([*PARAGRAPHS, "<hr>", "<p>가</p>"]), max_size=8)


@settings(max_examples=150, deadline=None)
@given(bodies, bodies)
def test_every_block_of_both_versions_is_shown_once(old, new):
    """The old blocks by their numbers, the new ones in their order."""
    found = body_rows("".join(old), "".join(new), {})
    assert [row.now for row in found if row.kind in {"same", "changed", "added", "moved"}] == list(
        range(1, len(new) + 1)
    )
    was = [row.was for row in found if row.kind in {"same", "changed", "removed", "away"}]
    assert was == list(range(1, len(old) + 1))


@settings(max_examples=100, deadline=None)
@given(bodies, bodies)
def test_no_block_comes_from_two_places(old, new):
    """An alignment is one to one, and what has not been moved is in order."""
    found = align(old, new)
    sources = [source for source in found.origin if source is not None]
    still = [source for source in sources if source not in found.moved]
    assert len(sources) == len(set(sources))
    assert still == sorted(still)


# Fields.


def test_equal_versions_differ_in_nothing():
    """Nothing, False and an empty list are one."""
    assert compare(Snapshot(deck="").as_json(), Snapshot().as_json() | {"deck": None, "tags": None}, {}) == []


def test_every_field_of_a_snapshot_can_be_compared():
    """A field that is added to the snapshot needs a label and a way to be read."""
    assert set(LABELS) == set(Snapshot().as_json())


def test_fields_are_named_and_read_as_words():
    """Keys become names, choices labels, moments the paper's time; in the order of the page."""
    old = Snapshot(headline="나루터 창고", section=1, published_at=None, tags=["강"]).as_json()
    new = old | {
        "headline": "나루터 창고 문 연다", "section": 2, "origin": "agency", "comments_open": False,
        "ai_use": "assisted",
        "published_at": "2026-11-22T05:30:00+00:00", "related": [7], "lead_photo": 5,
        "bylines": [{"reporter": 3, "guest_name": "", "guest_title": "", "role": "photo"},
                    {"reporter": None, "guest_name": "최선영", "guest_title": "작가", "role": "writer"}],
    }  # fmt: skip
    names = {
        "section": {1: "사회", 2: "문화"}, "reporter": {3: "한나래 기자"}, "role": {"photo": "사진"},
        "photo": {5: "새벽 나루."},
    }  # fmt: skip
    found = {change.field: change for change in compare(old, new, names)}
    assert list(found) == [
        "headline", "bylines", "lead_photo", "section", "published_at", "origin", "related", "ai_use", "comments_open",
    ]  # fmt: skip
    assert marked(found["headline"].spans) == "나루터 창고{+ 문 연다+}"
    assert marked(found["section"].spans) == "[-사회-]{+문화+}"
    assert marked(found["published_at"].spans) == "{+2026-11-22 14:30+}"
    assert marked(found["comments_open"].spans) == "[-Yes-]{+No+}"
    assert marked(found["origin"].spans) == "[-Own reporting-]{+Agency or partner+}"
    assert [span.text for span in found["bylines"].items] == ["한나래 기자 (사진)", "최선영 작가"]
    # What has been deleted since is named by its key.
    assert found["related"].items == [Span("added", "#7")]
    assert found["lead_photo"].photos == (None, "새벽 나루.")
    assert (found["section"].old, found["section"].new) == (
        [Span("removed", "사회")],
        [Span("added", "문화")],
    )


def test_the_keys_that_two_versions_name_are_found():
    """So that their names are loaded at once."""
    one = Snapshot(section=1, lead_photo=5, related=[7]).as_json()
    body = '<p>가</p><figure data-photo="12"></figure><figure data-embed="https://www.youtube.com/watch?v=a"></figure>'
    two = Snapshot(section=2, body=body, bylines=[{"reporter": 3}, {"reporter": None}]).as_json()
    assert keys_of([one, two]) == {
        "section": {1, 2}, "series": set(), "source": set(), "photo": {5, 12}, "reporter": {3}, "story": {7},
    }  # fmt: skip


def test_long_texts_are_compared_at_once():
    """Two texts of 20,000 characters, every paragraph changed: 0.1 s, here with room for a busy machine."""
    old = [block.replace("나루", f"나루 {number}") for number in range(90) for block in PARAGRAPHS]
    new = [block.replace("다.", "습니다.") for block in old]
    assert len("".join(old)) > 20_000
    start = time.process_time()
    found = compare({"body": "".join(old)}, {"body": "".join(new)}, {})
    assert time.process_time() - start < 0.6
    assert len(found[0].rows) > 200


def test_the_order_of_the_text_is_kept_when_everything_is_new():
    """Two texts without a common word stand one behind the other."""
    assert len(blocks("".join(PARAGRAPHS))) == 7
    assert [row[0] for row in rows(PARAGRAPHS[:2], ["<p>하나</p>", "<p>둘</p>"])] == [
        "removed",
        "removed",
        "added",
        "added",
    ]
