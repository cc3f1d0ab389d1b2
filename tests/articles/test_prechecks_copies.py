"""Checks that compare: names spelled two ways, and text that stands elsewhere."""

import pytest
from django.utils import translation

from articles.prechecks import Known, Neighbour, Set, Subject, findings
from articles.prechecks.jamo import differ_by_one_letter
from articles.prechecks.shingles import marks, overlap


@pytest.fixture(autouse=True)
def english():
    """Read the sentences in the language they are written in."""
    with translation.override("en"):
        yield


def names(*paragraphs: str, known: Known | None = None, parameters=None, **changes) -> list:
    """Return what the check of names finds in a text of these paragraphs."""
    body = "".join(f"<p>{words}</p>" for words in paragraphs)
    subject = Subject.of({"body": body} | changes, known)
    return [
        one for one in findings(subject, {"names": Set("warning", parameters or {})}) if one.rule == "names"
    ]


@pytest.mark.parametrize(
    ("one", "other", "near"),
    [
        ("김민준", "김민중", True),
        ("한나래", "한나레", True),
        ("김민수", "김민호", False),
        ("김민준", "김민준", False),
        ("김민준", "이민중", False),
        ("김민준", "김민", False),
        ("ABC", "ABD", False),
        ("", "", False),
    ],
)
def test_one_letter_apart(one, other, near):
    """One letter of one syllable: a slip, not another name."""
    assert differ_by_one_letter(one, other) is near


def test_a_name_spelled_two_ways_is_found():
    """The second spelling is quoted where it stands, with the first beside it."""
    (one,) = names("단아름 의원은 자료를 요구했다.", "회의는 길었다.", "단아룸 의원은 다시 물었다.")
    assert (one.quote, one.number) == ("단아룸", 3)
    assert "«단아룸» here, «단아름» elsewhere" in one.message


@pytest.mark.parametrize(
    ("headline", "words"),
    [
        ("하늘찬 군수 “다리 고치겠다”", "하늘참 군수는 이렇게 말했다."),
        ("", "노을빛의장은 말했다. 노을빚 의장이 답했다."),
        ("", "새여울문화재단이 맡는다. 새여울문하재단은 내년에 선다."),
        ("", "그는 새여울교육진흥원에서 일했다. 새여을교육진흥원은 지난해 문을 열었다."),
    ],
)
def test_headline_attached_titles_and_bodies_count(headline, words):
    """Wherever the two stand, with or without a space before the title."""
    assert len(names(words, headline=headline)) == 1


@pytest.mark.parametrize(
    "words",
    [
        "김민수 씨와 김민호 씨는 형제다.",
        "쌍둥이 김민준 선수와 김민중 선수가 나란히 섰다. 김민준 선수가 앞섰다. 김민중 선수가 따랐다.",
        "단아름 의원과 노을빛 의장이 만났다. 단아름 의원이 물었다.",
        "제1차 위원회와 제2차 위원회가 열렸다.",
        "새여울중학교와 새여울고등학교가 함께했다.",
        "1,200만 원에서 1,300만 원으로 올랐다.",
        "김 의원은 물었다. 감 의원은 답했다.",
    ],
)
def test_two_people_stay_two_people(words):
    """Siblings, names in one sentence, other words, other numbers."""
    assert names(words) == []


def test_the_byline_is_compared_with_the_text():
    """A reporter's own name in the text, and a guest who is probably of the staff."""
    known = Known(reporters={1: "한나래", 2: "도하람"})
    own = names("한나레 기자가 둑길을 걸었다.", known=known, bylines=[{"reporter": 1}])
    assert [one.quote for one in own] == ["한나레"]
    (guest,) = names("첫 문단.", known=known, bylines=[{"reporter": None, "guest_name": "도하랑"}])
    assert (guest.field, guest.quote) == ("bylines", "도하랑")
    assert names("첫 문단.", known=known, bylines=[{"reporter": None, "guest_name": "이든솔"}]) == []


def test_titles_are_set_by_the_paper():
    """Without titles, names of people are not looked for."""
    words = "단아름 촌장은 왔다. 단아룸 촌장은 갔다."
    assert names(words) == []
    assert len(names(words, parameters={"titles": "촌장"})) == 1
    assert names("단아름 의원. 단아룸 의원.", parameters={"titles": ""}) == []


RELEASE = (
    "새여울군은 오는 28일부터 여울강 습지에서 겨울 철새를 소리로 만나는 교실을 연다고 24일 밝혔다. "
    "참가자는 해설사와 함께 습지 둘레길 2km를 걸으며 고니와 기러기의 소리를 듣는다. "
    "교실은 다음 달 말까지 주말마다 하루 두 차례 열리고 한 번에 스무 명이 참가한다. "
    "신청은 군 누리집에서 받으며 참가비는 없다."
)
OWN = (
    "습지 해설사 온별 씨는 열네 해째 같은 자리에서 새벽을 맞는다. 그가 세는 것은 새의 수가 아니라 울음의 수다. "
    "참가자는 해설사와 함께 습지 둘레길 2km를 걸으며 고니와 기러기의 소리를 듣는다. "
    "온 씨는 소리가 줄어든 해에는 물도 줄었더라고 말했다. 그의 공책에는 날짜와 바람과 울음이 적혀 있다. "
    "군은 그 공책을 책으로 묶을 계획이지만 아직 예산을 세우지 못했다."
)


def copied(words: str, *neighbours: Neighbour, origin="own", parameters=None) -> list:
    """Return what the check of copied text finds."""
    subject = Subject.of({"body": f"<p>{words}</p>", "origin": origin}, Known(neighbours=neighbours))
    every = findings(subject, {"copied": Set("warning", parameters or {})})
    return [one for one in every if one.rule == "copied"]


def test_a_copied_release_is_shown_sentence_by_sentence():
    """Per cent, and each repeated sentence beside its source."""
    changed = RELEASE.replace("밝혔다", "전했다").replace("스무 명", "20명")
    (one,) = copied(changed, Neighbour("철새 교실", RELEASE, "/admin/7/"))
    assert one.percent > 80
    assert (one.field, one.address) == ("body", "/admin/7/")
    assert [pair.there for pair in one.pairs][1].startswith("참가자는 해설사와")
    assert one.pairs[0].here.endswith("전했다.")
    assert one.pairs[0].there.endswith("밝혔다.")


def test_one_sentence_in_common_is_no_copy():
    """A quotation stands in two stories; from the paper's own limit on it is shown."""
    assert copied(OWN, Neighbour("철새 교실", RELEASE, "/admin/7/")) == []
    (one,) = copied(OWN, Neighbour("철새 교실", RELEASE, "/admin/7/"), parameters={"percent": "10"})
    assert [pair.here for pair in one.pairs] == [
        "참가자는 해설사와 함께 습지 둘레길 2km를 걸으며 고니와 기러기의 소리를 듣는다."
    ]


def test_a_declared_release_may_be_one():
    """Its own text is no finding; the same text printed before still is."""
    assert copied(RELEASE, Neighbour("pasted", RELEASE), origin="release") == []
    assert len(copied(RELEASE, Neighbour("pasted", RELEASE))) == 1
    assert len(copied(RELEASE, Neighbour("철새 교실", RELEASE, "/admin/7/"), origin="release")) == 1


def test_short_notes_are_not_compared():
    """A line of twenty words is the same in every paper."""
    note = "군립도서관은 24일부터 사흘 동안 문을 닫는다."
    assert copied(note, Neighbour("휴관", note, "/admin/7/")) == []


def test_marks_of_a_part_are_marks_of_the_whole():
    """What was copied is found whatever stands around it; the same text has the same marks every time."""
    assert set(marks(RELEASE)) <= set(marks(f"{RELEASE} {OWN}"))
    assert marks(RELEASE) == sorted(set(marks(RELEASE)))
    assert marks("") == marks("세 낱말 뿐") == []


def test_overlap_is_a_share_of_ones_own_words():
    """A short copy of a long text is wholly copied; the long one is not."""
    assert overlap(RELEASE, f"{OWN} {RELEASE}").percent == 100
    assert 30 < overlap(f"{OWN} {RELEASE}", RELEASE).percent < 70
    assert overlap(RELEASE, "").percent == 0
    assert overlap("", RELEASE).percent == 0


def test_a_sentence_that_repeats_little_is_not_shown():
    """Less than three fifths of its words: the rest is one's own."""
    theirs = "참가자는 해설사와 함께 습지 둘레길을 걸으며 고니와 기러기의 소리를 듣는다."
    half = "참가자는 해설사와 함께 습지 들머리에 모여 장화를 신고 쌍안경을 받은 뒤 주의 사항부터 들었다."
    shared = overlap(half, theirs)
    assert 0 < shared.percent < 60
    assert shared.pairs == ()
