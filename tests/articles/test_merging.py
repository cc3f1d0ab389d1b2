"""Two people in one story: the changes of both, nothing dropped, and a word where they met."""

import re

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from articles.html import blocks
from articles.merging import Conflict, is_balanced, merge, merge_words

FIRST = "<p>새여울시는 올해 안에 나루터 창고를 배움터로 고쳐 연다고 3일 밝혔다.</p>"
SECOND = "<p>창고는 1962년 쌀을 실어 나르던 때 지어졌고 지난 20년 동안 비어 있었다.</p>"
THIRD = "<p>한나래 시장은 “아이들이 강을 보며 책을 읽게 하겠다”고 말했다.</p>"
FOURTH = "<p>공사비 12억 원은 도비와 시비로 절반씩 마련한다.</p>"
BASE = FIRST + SECOND + THIRD + FOURTH


def snapshot(**fields) -> dict:
    """Return a snapshot as JSON with the fields that the tests speak of."""
    return {
        "headline": "나루터 창고, 배움터로", "deck": "", "section": 1, "origin": "own", "source": None,
        "source_name": "", "comments_open": True, "body": BASE, "lead_photo": None, "lead_caption": "",
        "bylines": [], "related": [], "tags": [],
    } | fields  # fmt: skip


def merged_body(mine: str, theirs: str, base: str = BASE) -> tuple[str, list[Conflict]]:
    found = merge(snapshot(body=base), snapshot(body=mine), snapshot(body=theirs))
    return found.content["body"], found.conflicts


def person(key: int, role: str = "writer") -> dict:
    return {"reporter": key, "guest_name": "", "guest_title": "", "role": role}


def guest(name: str, title: str = "") -> dict:
    return {"reporter": None, "guest_name": name, "guest_title": title, "role": "writer"}


# The text.


def test_different_paragraphs_are_both_changed():
    """What one changed in the second paragraph and the other in the fourth stands in one text."""
    mine = BASE.replace("1962년", "1964년")
    theirs = BASE.replace("12억", "14억")
    assert merged_body(mine, theirs) == (mine.replace("12억", "14억"), [])


def test_different_words_of_one_paragraph_are_both_changed():
    """Changes of one paragraph that lie apart are put together by words."""
    mine = BASE.replace("올해 안에", "내년 봄에")
    theirs = BASE.replace("3일 밝혔다", "4일 밝혔다")
    assert merged_body(mine, theirs) == (mine.replace("3일", "4일"), [])


def test_the_same_words_changed_twice_keep_both_paragraphs():
    """Mine stands first, theirs behind it, and the place is named."""
    mine, theirs = SECOND.replace("1962년", "1964년"), SECOND.replace("1962년", "1968년")
    body, conflicts = merged_body(BASE.replace(SECOND, mine), BASE.replace(SECOND, theirs))
    assert blocks(body) == [FIRST, mine, theirs, THIRD, FOURTH]
    assert conflicts == [Conflict("body", mine, theirs)]


def test_words_that_touch_are_not_put_together():
    """A date of mine and a verb of theirs that stand side by side may contradict each other."""
    mine, theirs = FIRST.replace("3일", "4일"), FIRST.replace("밝혔다", "부인했다")
    body, conflicts = merged_body(BASE.replace(FIRST, mine), BASE.replace(FIRST, theirs))
    assert blocks(body)[:2] == [mine, theirs]
    assert len(conflicts) == 1


def test_a_paragraph_rewritten_by_one_is_not_put_together_by_words():
    """Of a sentence that is new no word fits into the old one."""
    mine = "<p>새여울시는 2028년 봄 나루터 창고를 시민 미술관으로 바꾼다고 3일 밝혔다.</p>"
    theirs = FIRST.replace("올해", "내년")
    body, conflicts = merged_body(BASE.replace(FIRST, mine), BASE.replace(FIRST, theirs))
    assert blocks(body)[:2] == [mine, theirs]
    assert conflicts == [Conflict("body", mine, theirs)]


@pytest.mark.parametrize("swapped", [False, True])
def test_a_paragraph_deleted_by_one_and_changed_by_the_other_stays_changed(swapped):
    """Work that somebody did is not deleted by somebody who did not see it."""
    changed = THIRD.replace("말했다", "거듭 강조했다")
    sides = [BASE.replace(THIRD, ""), BASE.replace(THIRD, changed)]
    body, conflicts = merged_body(*(reversed(sides) if swapped else sides))
    assert blocks(body) == [FIRST, SECOND, changed, FOURTH]
    assert conflicts == [Conflict("body", *((changed, "") if swapped else ("", changed)))]


def test_deletions_of_both_are_done():
    """What one deleted and the other left alone is gone."""
    assert merged_body(BASE.replace(SECOND, ""), BASE.replace(FOURTH, "")) == (FIRST + THIRD, [])


def test_paragraphs_added_at_one_place_stand_one_after_the_other():
    """Both are additions, so nobody has to choose; mine is first."""
    mine, theirs = "<p>주민 설명회는 9일 열린다.</p>", "<p>입찰은 다음 달이다.</p>"
    body, conflicts = merged_body(BASE + mine, BASE + theirs)
    assert blocks(body) == [FIRST, SECOND, THIRD, FOURTH, mine, theirs]
    assert conflicts == []


def test_the_same_addition_stands_once():
    """Two people who typed the same sentence at the same place meant one."""
    added = "<p>주민 설명회는 9일 열린다.</p>"
    mine = BASE.replace("1962년", "1964년")
    assert merged_body(mine + added, BASE + added) == (mine + added, [])


def test_one_paragraph_replaced_by_both_keeps_both_replacements():
    """Each wrote something else in the place of one paragraph: both stand there and the place is named."""
    mine, theirs = "<p>주민 설명회는 9일 열린다.</p>", "<p>입찰은 다음 달이다.</p>"
    body, conflicts = merged_body(BASE.replace(SECOND, mine), BASE.replace(SECOND, theirs))
    assert blocks(body) == [FIRST, mine, theirs, THIRD, FOURTH]
    assert conflicts == [Conflict("body", mine, theirs)]


def test_a_moved_paragraph_takes_the_others_change_along():
    """One puts the quotation first, the other corrects a word in it."""
    mine = THIRD + FIRST + SECOND + FOURTH
    theirs = BASE.replace("강을 보며", "새여울강을 보며")
    assert merged_body(mine, theirs) == (mine.replace("강을 보며", "새여울강을 보며"), [])
    assert merged_body(theirs, mine) == (mine.replace("강을 보며", "새여울강을 보며"), [])


def test_a_table_changed_in_rows_and_in_columns_is_kept_twice():
    """Put together by words its rows would have different numbers of cells."""
    base = "<table><tbody><tr><td>동</td><td>1</td></tr><tr><td>서</td><td>2</td></tr></tbody></table>"
    mine = base.replace("</tbody>", "<tr><td>남</td><td>3</td></tr></tbody>")
    theirs = base.replace("1</td>", "1</td><td>가</td>").replace("2</td>", "2</td><td>나</td>")
    body, conflicts = merged_body(FIRST + mine, FIRST + theirs, FIRST + base)
    assert blocks(body) == [FIRST, mine, theirs]
    assert len(conflicts) == 1


def test_width_and_caption_of_one_figure_are_put_together():
    """One makes the photo wide, the other mends its caption."""
    base = '<figure data-photo="12"><figcaption>새벽 나루터 창고 앞의 모습이다</figcaption></figure>'
    mine = base.replace('"12"', '"12" data-width="wide"')
    theirs = base.replace("새벽", "이른 아침")
    body, conflicts = merged_body(FIRST + mine, FIRST + theirs, FIRST + base)
    assert body == FIRST + mine.replace("새벽", "이른 아침")
    assert conflicts == []


def test_words_are_put_together_while_each_leaves_most_of_them_alone():
    """Of a sentence that one side has written anew, the other's word would say something that nobody meant."""
    base = "<p>가 나 다 라 마 바 사 아 자 차</p>"
    theirs = base.replace("차", "후")
    assert merge_words(base, base.replace("가 나", "거 너"), theirs) == "<p>거 너 다 라 마 바 사 아 자 후</p>"
    assert merge_words(base, base.replace("가 나 다 라 마 바 사", "거 너 더 러 머 버 서"), theirs) is None


def test_crossing_tags_are_not_put_together():
    """A link of mine over words in which they put another link would be no markup."""
    base = "<p>가나 다라 마바 사아 자차 카타 파하 거너 더러 머버 서어 저처</p>"
    mine = base.replace(
        "다라 마바 사아 자차 카타", '<a href="https://a.example/">다라 마바 사아 자차 카타</a>'
    )
    theirs = base.replace("사아", '<a href="https://b.example/">사아</a>')
    assert merge_words(base, mine, theirs) is None
    assert is_balanced("<ul><li>가<ul><li>나</li></ul></li></ul>")
    assert not is_balanced("<p><em>가</p></em>")


# Fields.


def test_a_field_changed_by_one_is_changed():
    """Two people change two fields: both are new, and nobody is asked."""
    found = merge(snapshot(), snapshot(headline="새 제목"), snapshot(deck="새 부제", comments_open=False))
    assert found.content == snapshot(headline="새 제목", deck="새 부제", comments_open=False)
    assert found.conflicts == []


def test_a_field_changed_by_both_is_mine_and_theirs_is_told():
    """The other's headline is not lost: it is reported."""
    found = merge(snapshot(), snapshot(headline="내 제목"), snapshot(headline="남의 제목"))
    assert found.content["headline"] == "내 제목"
    assert found.conflicts == [Conflict("headline", "내 제목", "남의 제목")]


def test_a_caption_does_not_go_to_another_photo():
    """A caption mended for the old lead photo is reported, and not put under the new one."""
    base = snapshot(lead_photo=1, lead_caption="창고.")
    found = merge(base, base | {"lead_photo": 2, "lead_caption": ""}, base | {"lead_caption": "나루터 창고."})
    assert (found.content["lead_photo"], found.content["lead_caption"]) == (2, "")
    assert found.conflicts == [Conflict("lead_caption", "", "나루터 창고.")]


def test_a_photo_and_its_caption_come_together():
    """Where only they changed the lead photo, its caption comes with it."""
    base = snapshot(lead_photo=1, lead_caption="창고.")
    found = merge(base, base | {"headline": "새 제목"}, base | {"lead_photo": 2, "lead_caption": "강."})
    assert found.content == base | {"headline": "새 제목", "lead_photo": 2, "lead_caption": "강."}


def test_a_source_stays_with_its_origin():
    """A name given for a press release is not put beside the agency that I chose."""
    base = snapshot(origin="release")
    mine, theirs = base | {"origin": "agency", "source": 3}, base | {"source_name": "새여울시청"}
    found = merge(base, mine, theirs)
    assert found.content == mine
    assert found.conflicts == [Conflict("source_name", "", "새여울시청")]


def test_tags_are_added_and_taken_out_by_both():
    """Additions of both and deletions of both, in their order."""
    base = snapshot(tags=["나루터", "창고", "시정"])
    found = merge(
        base,
        base | {"tags": ["나루터", "배움터", "시정"]},
        base | {"tags": ["나루터", "창고", "시정", "예산"]},
    )
    assert found.content["tags"] == ["나루터", "배움터", "시정", "예산"]
    assert found.conflicts == []


def test_a_new_order_of_names_is_kept():
    """They put another name first, I added one: both hold."""
    base = snapshot(bylines=[person(1), person(2)])
    mine, theirs = (
        base | {"bylines": [person(1), person(2), guest("최선영")]},
        base | {"bylines": [person(2), person(1)]},
    )
    assert merge(base, mine, theirs).content["bylines"] == [person(2), person(1), guest("최선영")]


def test_a_name_changed_in_two_ways_is_told():
    """The same guest's title changed by both: mine stands, theirs is reported."""
    base = snapshot(bylines=[guest("최선영", "작가")])
    mine, theirs = (
        base | {"bylines": [guest("최선영", "시인")]},
        base | {"bylines": [guest("최선영", "교수")]},
    )
    found = merge(base, mine, theirs)
    assert found.content["bylines"] == [guest("최선영", "시인")]
    assert found.conflicts == [Conflict("bylines", guest("최선영", "시인"), guest("최선영", "교수"))]


def test_a_name_taken_out_by_one_and_changed_by_the_other_is_told():
    """The deletion holds, and what the other wrote is reported."""
    base = snapshot(bylines=[person(1), person(2)])
    mine, theirs = base | {"bylines": [person(1)]}, base | {"bylines": [person(1), person(2, "photo")]}
    found = merge(base, mine, theirs)
    assert found.content["bylines"] == [person(1)]
    assert found.conflicts == [Conflict("bylines", None, person(2, "photo"))]


def test_two_new_orders_are_told():
    """Mine stands, theirs is reported whole."""
    base = snapshot(related=[1, 2, 3])
    found = merge(base, base | {"related": [2, 1, 3]}, base | {"related": [3, 2, 1]})
    assert found.content["related"] == [2, 1, 3]
    assert found.conflicts == [Conflict("related", [2, 1, 3], [3, 2, 1])]


def test_a_field_that_only_one_version_knows_stays():
    """A field that an older version of the program did not have is no loss."""
    assert merge({}, {"ai_use": "none"}, {"dateline": "[새여울]"}).content == {
        "ai_use": "none",
        "dateline": "[새여울]",
    }


# Nothing is ever dropped.

SYLLABLES = [
    "강",
    "나루",
    "창고",
    "시장",
    "배움터",
    "예산",
    "3일",
    "말했다",
    "12억",
    "주민",
    "설명회",
    "다리",
]
sentences = st.lists(st.sampled_from(SYLLABLES), min_size=1, max_size=9).map(" ".join)
paragraphs = sentences.map(lambda words: f"<p>{words}</p>")
bodies = st.lists(paragraphs, max_size=7)


@st.composite
def versions(draw) -> tuple[list[str], list[str], list[str]]:
    """Return a text and two others made from it as people do: words and blocks changed, added, moved, deleted."""
    base = draw(bodies)
    return base, *(edited(draw, list(base)) for _ in range(2))


def edited(draw, text: list[str]) -> list[str]:
    """Return ``text`` after a few changes."""
    for _ in range(draw(st.integers(0, 4))):
        place = draw(st.integers(0, max(len(text) - 1, 0)))
        what = draw(st.sampled_from(["add", "delete", "move", "word", "replace"]))
        if what == "add" or not text:
            text.insert(place, draw(paragraphs))
        elif what == "delete":
            del text[place]
        elif what == "move":
            text.insert(draw(st.integers(0, len(text) - 1)), text.pop(place))
        elif what == "word":
            words = text[place][3:-4].split()
            words[draw(st.integers(0, len(words) - 1))] = draw(st.sampled_from(SYLLABLES))
            text[place] = f"<p>{' '.join(words)}</p>"
        else:
            text[place] = draw(paragraphs)
    return text


def words_of(*parts: object) -> set[str]:
    return set(re.sub(r"<[^>]+>", " ", " ".join(map(str, parts))).split())


@settings(max_examples=150, deadline=None)
@given(versions())
@example((["<p>가</p>"], [], ["<p>나</p>"]))
def test_nothing_that_anybody_wrote_is_dropped(three):
    """Every block that is new on a side stands in the result or in a conflict, or all its words do."""
    base, mine, theirs = three
    body, conflicts = merged_body("".join(mine), "".join(theirs), "".join(base))
    told = [*blocks(body), *(side for one in conflicts for side in (one.mine, one.theirs))]
    for block in {*mine, *theirs} - set(base):
        assert block in told or words_of(block) - words_of(*base) <= words_of(body)
    assert is_balanced(body)
    for block in mine:
        # Only what somebody deleted or changed may be missing. (Of two equal blocks each may have deleted one.)
        if base.count(block) == 1 and block in theirs:
            assert block in blocks(body) or words_of(block) <= words_of(body)


@settings(max_examples=80, deadline=None)
@given(versions())
def test_changes_of_one_side_are_taken_whole(three):
    """With nothing changed on the other side, or the same on both, the result is exactly that version."""
    base, new = (
        snapshot(body="".join(three[0]), tags=["가"]),
        snapshot(body="".join(three[1]), tags=["나", "가"]),
    )
    for mine, theirs in ((new, base), (base, new), (new, new)):
        assert merge(base, mine, theirs).content == new
        assert merge(base, mine, theirs).conflicts == []


@settings(max_examples=80, deadline=None)
@given(versions())
def test_a_clean_merge_does_not_depend_on_who_saves_first(three):
    """Words put together without a conflict are the same from either side."""
    base, mine, theirs = ("".join(side) for side in three)
    body, conflicts = merged_body(mine, theirs, base)
    assume(not conflicts)
    assert words_of(body) == words_of(merged_body(theirs, mine, base)[0])
