"""Checks that rest on guidelines and law: the helpline in stories about suicide, polls before elections."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone, translation

from articles.prechecks import Set, Subject, findings
from articles.prechecks.election import ITEMS, check_days, read_day, read_items
from articles.prechecks.helpline import NOTICE

KOREA = datetime.timezone(datetime.timedelta(hours=9))
NOW = datetime.datetime(2026, 11, 22, 15, 0, tzinfo=KOREA)


@pytest.fixture(autouse=True)
def english():
    """Read the sentences in the language they are written in."""
    with translation.override("en"):
        yield


def found(rule: str, *paragraphs: str, now=NOW, parameters=None, **changes) -> list:
    """Return what one check finds in a text of these paragraphs."""
    body = "".join(f"<p>{words}</p>" for words in paragraphs)
    subject = Subject.of({"body": body} | changes, now=now)
    return [one for one in findings(subject, {rule: Set("stop", parameters or {})}) if one.rule == rule]


@pytest.mark.parametrize(
    "words",
    [
        "경찰은 김 씨가 스스로 목숨을 끊은 것으로 보고 있다.",
        "지난해 군의 자살률은 10만 명에 서른 명이었다.",
        "그는 극단적 선택을 하기 전날 동료를 만났다.",
        "대교에서 투신한 남성이 40분 만에 구조됐다.",
        "다리 아래로 투신해 숨졌다.",
        "생을 마감한 그의 책상에는 책이 놓여 있었다.",
    ],
)
def test_a_story_about_suicide_needs_the_helpline(words):
    """The notice is offered, and the first place that speaks of it is quoted."""
    (one,) = found("helpline", "첫 문단이다.", words)
    assert (one.block, one.number) == (1, 2)
    assert one.quote in words
    assert one.insert == NOTICE


@pytest.mark.parametrize(
    "words",
    [
        "후반 44분 자살골을 넣은 수비수는 고개를 숙였다.",
        "그는 스무 살에 독립운동에 투신했다.",
        "시장에서 자살 폭탄 공격이 일어나 열 명이 다쳤다.",
        "유서 깊은 절의 마당에 은행나무가 섰다.",
        "농약을 아홉 번에서 세 번으로 줄였다.",
        "예산을 줄이는 것은 자살행위라고 했다.",
    ],
)
def test_words_that_mean_something_else_stay(words):
    """Own goals, lives given to a cause, attacks."""
    assert found("helpline", words) == []


@pytest.mark.parametrize(
    "notice",
    [
        NOTICE,
        "※ 자살 예방 상담 전화 ☎109에서 24시간 상담을 받을 수 있습니다.",
        "도움이 필요하면 109로 전화해 상담받을 수 있다.",
    ],
)
def test_a_story_with_the_helpline_is_left_alone(notice):
    """Whatever the wording, as long as number and counselling stand together."""
    assert found("helpline", "스스로 목숨을 끊은 이가 늘었다.", notice) == []


@pytest.mark.parametrize(
    "words", ["상담을 받은 사람은 109명이다.", "상담 예산은 109억 원이다.", "1099곳을 상담했다."]
)
def test_another_number_is_no_helpline(words):
    """A hundred and nine people are not a telephone number."""
    assert len(found("helpline", "스스로 목숨을 끊은 이가 늘었다.", words)) == 1


def test_the_old_number_is_named():
    """1393 was merged into 109."""
    (one,) = found("helpline", "스스로 목숨을 끊은 이가 늘었다.", "자살예방 상담전화 ☎1393")
    assert "«1393» was merged" in one.message


def test_the_paper_sets_words_and_notice():
    """Words, exceptions and the notice offered are parameters; no words at all switch the check off."""
    own = {"words": "한강 다리", "exceptions": "", "notice": "도움말 한 줄"}
    (one,) = found("helpline", "한강 다리에서 발견됐다.", parameters=own)
    assert one.insert == "도움말 한 줄"
    assert found("helpline", "자살", parameters=own) == []
    assert found("helpline", "자살", parameters={"words": " "}) == []


@pytest.mark.parametrize(
    ("headline", "count"),
    [
        ("공무원, 청사에서 극단적 선택", 1),
        ("40대 대교서 투신 사망", 1),
        ("군 보건소, 자살 예방 지킴이 40명 길러", 0),
        ("지난해 자살률 셋째로 높아", 0),
        ("보건소 40대 직원 숨진 채 발견", 0),
    ],
)
def test_headlines_do_not_say_how_somebody_died(headline, count):
    """Prevention and statistics may be named."""
    assert len(found("suicide_headline", headline=headline)) == count


REPORTED = "군수 선거 여론조사에서 하늘찬 후보가 41.2%로 노을빛 후보(38.5%)를 앞섰다."
WHOLE = (
    "새여울신문 의뢰로 여론조사기관 가온리서치가 지난 18일부터 이틀간 새여울군에 거주하는 만 18세 이상 유권자 "
    "500명을 대상으로 무선 가상번호 전화면접으로 실시했다. 응답률은 12.4%, 표본오차는 95% 신뢰수준에서 ±4.4%포인트다. "
    "‘내일이 선거라면 누구에게 투표하겠느냐’고 물었다."
)
QUOTING = (
    "이 조사는 새여울신문 의뢰로 가온리서치가 지난 18일부터 이틀간 했다. "
    "자세한 내용은 중앙선거여론조사심의위원회 홈페이지를 참조하면 된다."
)


def test_a_poll_with_everything_is_left_alone():
    """All facts of the first publication, or those of a quotation with the reference."""
    assert found("election_poll", REPORTED, WHOLE) == []
    assert found("election_poll", REPORTED, QUOTING) == []


def test_what_is_missing_of_a_poll_is_named():
    """By name, at the paragraph that reports the result."""
    (one,) = found(
        "election_poll", "첫 문단이다.", REPORTED, WHOLE.replace("응답률은 12.4%, 표본오차는", "오차는")
    )
    assert one.block == 1
    assert "without: 응답률 (" in one.message


def test_a_bare_poll_lacks_nearly_everything():
    """Client, pollster and days at least."""
    (one,) = found("election_poll", REPORTED)
    for name in ("조사의뢰자", "조사기관", "조사일시", "응답률", "표본오차"):
        assert name in one.message


def test_a_quoted_poll_needs_three_facts():
    """Who quotes names client, pollster and days, and nothing else is asked for."""
    (one,) = found("election_poll", REPORTED, QUOTING.replace("새여울신문 의뢰로 ", ""))
    assert "without: 조사의뢰자 (" in one.message


@pytest.mark.parametrize(
    "words",
    [
        "야시장 상인 여론조사에서 찬성이 52%, 반대가 35%였다.",
        "하늘찬 후보는 예산의 30%를 농업에 쓰겠다고 했다.",
        "지난 지방선거 투표율은 58.3%였다.",
        "군의 여론조사 조례가 통과됐다. 후보 등록은 다음 달이다.",
    ],
)
def test_other_surveys_and_shares_are_no_election_poll(words):
    """Only a result about candidates or parties is."""
    assert found("election_poll", words) == []


@pytest.mark.parametrize(
    ("moment", "count"),
    [
        (datetime.datetime(2028, 4, 5, 23, 59, tzinfo=KOREA), 0),
        (datetime.datetime(2028, 4, 6, 0, 0, tzinfo=KOREA), 1),
        (datetime.datetime(2028, 4, 12, 17, 59, tzinfo=KOREA), 1),
        (datetime.datetime(2028, 4, 12, 18, 0, tzinfo=KOREA), 0),
    ],
)
def test_no_poll_in_the_last_six_days(moment, count):
    """From the sixth day before until the polls close, by when readers would see the story."""
    assert len(found("election_ban", REPORTED, WHOLE, now=moment)) == count
    early = NOW
    assert len(found("election_ban", REPORTED, now=early, published_at=moment.isoformat())) == count


def test_other_stories_go_on_before_an_election():
    """Without a poll there is nothing to hold back."""
    moment = datetime.datetime(2028, 4, 10, 12, 0, tzinfo=KOREA)
    assert found("election_ban", "후보들이 장터에서 유세했다.", now=moment) == []


def test_the_paper_sets_its_elections():
    """By-elections close at eight; a line that is no day is passed over in the check and refused in the form."""
    days = {"days": "2027-04-07 20:00\n"}
    evening = datetime.datetime(2027, 4, 7, 19, 0, tzinfo=KOREA)
    assert len(found("election_ban", REPORTED, now=evening, parameters=days)) == 1
    assert found("election_ban", REPORTED, now=evening, parameters={"days": "4월 7일"}) == []
    assert read_day("내년 봄") is None
    assert timezone.localtime(read_day("2028-04-12")).hour == 18
    with pytest.raises(ValidationError, match="is no day"):
        check_days("2028-04-12\n4월 12일")


def test_the_list_of_what_goes_with_a_poll_is_read():
    """Name and signs; a name without signs is its own sign."""
    assert read_items("응답률\n\n표본오차: 오차, ±") == [("응답률", ["응답률"]), ("표본오차", ["오차", "±"])]
    assert [name for name, _signs in read_items(ITEMS)][:3] == ["조사의뢰자", "조사기관", "조사일시"]
    assert found("election_poll", REPORTED, parameters={"items": ""}) == []
