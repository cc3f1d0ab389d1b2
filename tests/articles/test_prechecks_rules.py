"""Checks of a story's parts and of what production left in it, each on words it is for and words it is not."""

import datetime
from types import SimpleNamespace

import pytest
from django.utils import timezone, translation

from articles.models.precheck import Severity
from articles.prechecks import RULES, Finding, Known, Parameter, Piece, Rule, Set, Subject, findings, register
from articles.prechecks.moments import read_moment

NOW = datetime.datetime(2026, 11, 22, 15, 0, tzinfo=datetime.timezone(datetime.timedelta(hours=9)))
WHOLE = {
    "headline": "나루터 창고, 배움터로 다시 문 연다",
    "section": 1,
    "ai_use": "none",
    "body": "<p>나루터의 옛 곡물 창고가 배움터로 바뀐다.</p>",
    "bylines": [{"reporter": 1, "guest_name": ""}],
}


@pytest.fixture(autouse=True)
def english():
    """Read the sentences in the language they are written in."""
    with translation.override("en"):
        yield


def photo(alt="물안개 낀 강", caption="새벽 나루.", credit_line="백가람 기자"):
    """Return what a check reads of a photo."""
    return SimpleNamespace(alt=alt, caption=caption, credit_line=credit_line)


def found(rule: str, *, photos=None, parameters=None, **changes) -> list:
    """Return what one check finds in a whole story with ``changes``."""
    known = Known(
        photos=photos or {}, reporters={1: "한나래"}, hosts=("paper.example",), desk_paths=("/admin/",)
    )
    everything = findings(
        Subject.of(WHOLE | changes, known, NOW), {rule: Set(Severity.WARNING, parameters or {})}
    )
    return [one for one in everything if one.rule == rule]


def in_text(rule: str, *paragraphs: str, **changes) -> list:
    """Return what one check finds in a text of these paragraphs."""
    return found(rule, body="".join(f"<p>{words}</p>" for words in paragraphs), **changes)


def test_a_whole_story_has_no_findings():
    """What a story needs is there: nothing to say."""
    assert findings(Subject.of(WHOLE, Known(reporters={1: "한나래"}), NOW)) == []


def test_an_empty_snapshot_is_checked_without_an_error():
    """Every key may be missing; what a story needs is named."""
    assert {one.rule for one in findings(Subject.of({}))} == {"section", "byline", "ai_use"}


@pytest.mark.parametrize(
    ("rule", "bad", "good"),
    [
        ("section", {"section": None}, {"section": 3}),
        ("byline", {"bylines": []}, {"bylines": [{"reporter": None, "guest_name": "도하람"}]}),
        ("byline", {"bylines": [], "origin": "own"}, {"bylines": [], "origin": "release"}),
        ("headline_length", {"headline": "가" * 41}, {"headline": "가" * 40}),
        ("headline_length", {"headline": "가" * 41}, {"headline": f"  {'가' * 20}   {'나' * 19} "}),
        ("list_title", {"headline": "가" * 37}, {"headline": "가" * 37, "list_title": "짧은 제목"}),
        ("list_title", {"headline": "가" * 37}, {"headline": "가" * 36}),
        ("lead_photo", {"lead_photo": None}, {"lead_photo": 1}),
        ("ai_use", {"ai_use": ""}, {"ai_use": "assisted"}),
    ],
)
def test_a_part_that_is_missing_is_named(rule, bad, good):
    """The check finds the one story and leaves the other alone."""
    assert len(found(rule, **bad)) == 1
    assert found(rule, **good) == []


@pytest.mark.parametrize(
    ("rule", "bad", "words"),
    [
        ("photo_alt", photo(alt=" "), "no alternative text"),
        ("photo_credit", photo(credit_line=""), "neither a photographer nor a provider"),
        ("photo_caption", photo(caption=""), "no caption"),
    ],
)
def test_photos_are_looked_at_where_they_stand(rule, bad, words):
    """The lead photo by its field, one of the text by its block; a photo with everything is no finding."""
    body = '<p>하나.</p><figure data-photo="8" data-width="wide"></figure><p>둘.</p>'
    photos = {7: photo(), 8: bad}
    (one,) = found(rule, photos=photos, lead_photo=7, body=body)
    assert (one.field, one.block) == ("body", 1)
    assert words in one.message
    (one,) = found(rule, photos={7: bad, 8: photo()}, lead_photo=7, body=body)
    assert (one.field, one.block) == ("lead_photo", None)


def test_a_caption_of_this_story_counts():
    """A photo without a caption of its own is fine with one given here."""
    body = '<figure data-photo="8"><figcaption>물에 잠긴 둑길.</figcaption></figure>'
    assert found("photo_caption", photos={8: photo(caption="")}, body=body) == []


def test_a_photo_used_twice_is_named_once():
    """One alternative text is missing, not two."""
    body = '<figure data-photo="8"></figure>'
    assert len(found("photo_alt", photos={8: photo(alt="")}, lead_photo=8, body=body)) == 1


def test_a_deleted_photo_is_named():
    """A figure whose photo is gone would be an empty place."""
    assert len(found("photo_gone", body='<figure data-photo="8"></figure>')) == 1
    assert found("photo_gone", photos={8: photo()}, body='<figure data-photo="8"></figure>') == []


@pytest.mark.parametrize(
    "words",
    [
        "○○○ 과장은 이같이 말했다.",
        "ㅇㅇㅇ은 모두 열두 곳이다.",
        "예산은 " + "X" * 3 + " 원이다.",
        "다음 회에 이어진다. (계속)",
        "참가자는 모두 ???명이다.",
        "마을 사람들이 둑을 걷고 있다. [사진]",
        "새 청사 조감도 <사진 1>".replace("<", "〈").replace(">", "〉"),
        "공사비는 12억 원(확인 필요)이다.",
        "하늘찬 군수( )는 답하지 않았다.",
    ],
)
def test_marks_of_production_are_found(words):
    """What stands where something was still to come."""
    (one,) = in_text("left_marks", "첫 문단이다.", words)
    assert (one.field, one.block, one.number) == ("body", 1, 2)
    assert one.quote in words


@pytest.mark.parametrize(
    "words",
    [
        "김○○ 씨는 지난해 이사 왔다.",
        "○○중학교 학생 세 명이 다쳤다.",
        "피해자 ㄱ씨는 이렇게 말했다.",
        "상표 이름은 XXXL이다.",
        "공사는 계속된다(지난달 착공).",
        "“끝까지 가 보자”고 했다.",
        "정말? 그가 되물었다.",
        "하늘찬 군수(무소속)는 답했다.",
    ],
)
def test_words_that_only_look_like_marks_stay(words):
    """Hidden names, sizes, brackets with words in them."""
    assert in_text("left_marks", words) == []


def test_a_photo_mark_is_right_where_there_are_photos():
    """«[사진]» over a story of pictures is its genre."""
    assert len(found("left_marks", headline="[사진] 해 지고 나서야 보이는 강")) == 1
    assert (
        found("left_marks", headline="[사진] 해 지고 나서야 보이는 강", lead_photo=1, photos={1: photo()})
        == []
    )


def test_marks_of_the_paper_are_found():
    """The paper adds marks of its own."""
    assert in_text("left_marks", "여기부터 쓸 것.") == []
    assert len(in_text("left_marks", "여기부터 쓸 것.", parameters={"words": "쓸 것, 채울 것"})) == 1


@pytest.mark.parametrize(
    "address",
    [
        "/admin/articles/article/7/change/",
        "https://paper.example/admin/articles/article/7/change/",
        "http://localhost:8000/articles/7/",
        "http://127.0.0.1/articles/7/",
    ],
)
def test_links_to_the_desk_are_found(address):
    """Readers would meet the sign-in page, or nothing."""
    (one,) = in_text("desk_links", f'<a href="{address}">지난 기사</a>를 보라.')
    assert one.quote == "지난 기사"


@pytest.mark.parametrize(
    "address",
    [
        "/articles/7/",
        "https://paper.example/articles/7/",
        "https://other.example/admin/news/",
        "mailto:desk@paper.example",
        "https://[broken/",
    ],
)
def test_links_that_readers_can_open_stay(address):
    """Pages of the paper, other sites, mail; an address that is none is no error."""
    assert in_text("desk_links", f'<a href="{address}">여기</a>') == []


@pytest.mark.parametrize(
    "words",
    [
        "한나래 기자 narae@paper.example",
        "narae@paper.example",
        "/한나래기자 narae@paper.example",
        "저작권자 ⓒ 새여울신문 무단 전재 및 재배포 금지",
        "ⓒ 새여울신문, 무단전재-재배포 금지",
        "새여울신문 ©",
    ],
)
def test_standing_last_lines_are_found(words):
    """The page prints the byline and the copyright line by itself."""
    (one,) = in_text("last_lines", "첫 문단이다.", words)
    assert one.block == 1


@pytest.mark.parametrize(
    "words",
    [
        "신청은 누리집이나 전자우편(book@library.example)으로 하면 된다.",
        "저작권자를 찾지 못한 사진은 도서관이 맡아 두었다가 주인이 나타나면 돌려준다.",
        "군은 무단 전재를 막는 조례를 두기로 했다.",
        "문의 000-000-0000",
    ],
)
def test_sentences_about_mail_and_rights_stay(words):
    """Where readers write to is news."""
    assert in_text("last_lines", words) == []


def test_mail_in_the_middle_stays():
    """Only the end of the text is looked at."""
    assert in_text("last_lines", "narae@paper.example", "하나.", "둘.", "셋.") == []


EMBARGOED = "보도시점: 2026. 11. 24.(화) 오전 9시 이후"


@pytest.mark.parametrize(
    "words",
    [
        EMBARGOED,
        "[엠바고] 11월 24일 09:00",
        "이 자료는 배포 즉시 보도해 주시기 바랍니다.",
        "즉시보도",
        "11월 24일 조간부터 보도 가능합니다. 24일 12시 이후 보도해 주십시오.",
        "EMBARGOED UNTIL 24 November",
    ],
)
def test_lines_of_a_release_are_found(words):
    """They are for the press, not for readers."""
    assert len(in_text("embargo", words)) == 1


@pytest.mark.parametrize(
    "words",
    [
        "기자단은 합의한 엠바고를 깬 매체에 출입 정지를 통보했다.",
        "본지는 지난 보도 이후 자료를 더 요구했다.",
        "방송이 보도한 시점은 이미 늦었다.",
    ],
)
def test_stories_about_embargoes_stay(words):
    """To tell of an embargo is not to be under one."""
    assert in_text("embargo", words) == []


def test_an_embargo_is_compared_with_the_schedule():
    """The time asked for is named while the story would be public before it."""
    (early,) = in_text("embargo", EMBARGOED)
    assert "2026.11.24 09:00" in early.message
    assert "2026.11.22 15:00" in early.message
    (set_right,) = in_text("embargo", EMBARGOED, published_at="2026-11-24T00:00:00+00:00")
    assert set_right.message == "A line for the press is left in the text. Take it out."


@pytest.mark.parametrize(
    ("words", "moment"),
    [
        ("2026년 11월 24일 오후 2시 30분", (2026, 11, 24, 14, 30)),
        ("2026. 11. 24.(화) 09:00", (2026, 11, 24, 9, 0)),
        ("2026-11-24 정오", (2026, 11, 24, 12, 0)),
        ("11월 24일(화) 오전 12시", (2026, 11, 24, 0, 0)),
        ("11/24", (2026, 11, 24, 0, 0)),
        ("1월 3일 낮 12시", (2027, 1, 3, 12, 0)),
        ("12월 30일", (2026, 12, 30, 0, 0)),
        ("13월 40일", None),
        ("2월 30일, 3월 2일", (2027, 3, 2, 0, 0)),
        ("3.5% 늘었다", None),
        ("날짜 없음", None),
    ],
)
def test_moments_are_read_as_they_are_written(words, moment):
    """A day without a year is the nearest one; what is no day is passed over."""
    read = read_moment(words, NOW)
    assert (read and timezone.localtime(read).timetuple()[:5]) == moment


def test_a_check_that_is_off_says_nothing():
    """Off, the severity set, and the default where the paper set something that is none."""
    subject = Subject.of(WHOLE | {"section": None})
    assert [one.severity for one in findings(subject, {"section": Set("off")})] == []
    assert [one.severity for one in findings(subject, {"section": Set("warning")})] == ["warning"]
    assert [one.severity for one in findings(subject, {"section": Set("nonsense")})] == ["stop"]


def test_stops_stand_before_warnings():
    """Whatever the order of the checks."""
    subject = Subject.of(WHOLE | {"section": None, "ai_use": "", "headline": "가" * 50})
    strict = findings(subject, {"ai_use": Set("stop"), "headline_length": Set("warning")})
    assert [one.severity for one in strict] == ["stop", "stop", "warning", "warning"]


@pytest.mark.parametrize("text", ["", "zwölf", "9", "201", "-20", "１２"])
def test_a_limit_that_is_none_counts_as_the_default(text):
    """A row written by hand cannot break the checks."""
    assert len(found("headline_length", headline="가" * 41, parameters={"limit": text})) == 1
    assert found("headline_length", headline="가" * 40, parameters={"limit": text}) == []


def test_a_limit_of_the_paper_holds():
    """What the paper set is what is counted."""
    assert len(found("headline_length", headline="가" * 21, parameters={"limit": "20"})) == 1


def test_a_name_is_registered_once():
    """Two checks of one name are a mistake of the program."""
    with pytest.raises(ValueError, match="registered already"):
        register(Rule("section", "again", "", lambda subject, values: []))
    assert RULES["section"].label != "again"


def test_an_app_adds_a_check(monkeypatch):
    """A check of another app works like those of the house, with its own parameter."""
    monkeypatch.setattr("articles.prechecks.registry.RULES", dict(RULES))

    def too_few(subject, values):
        if len(subject.tags) < values.number("least"):
            yield Finding("Too few tags.", field="tags")

    register(Rule("tags", "Tags", "", too_few, parameters=(Parameter("least", "least", "2"),)))
    assert [one.rule for one in findings(Subject.of(WHOLE | {"tags": ["강"]}))] == ["tags"]
    assert findings(Subject.of(WHOLE | {"tags": ["강"]}), {"tags": Set("warning", {"least": "1"})}) == []


def test_paragraphs_are_counted_as_people_count_them():
    """Pictures have a block and no number; captions and lists are words of the story, too."""
    body = (
        '<p>하나.</p><figure data-photo="8"><figcaption>설명 ○○○ 씀</figcaption></figure><h2>둘</h2>'
        "<ul><li>셋</li><li>넷</li></ul><hr><p>다섯.</p>"
    )
    subject = Subject.of({"body": body})
    assert [(piece.number, piece.block, piece.words) for piece in subject.paragraphs] == [
        (1, 0, "하나."), (2, 2, "둘"), (3, 3, "셋 넷"), (4, 5, "다섯."),
    ]  # fmt: skip
    (one,) = found("left_marks", body=body, photos={8: photo()})
    assert (one.block, one.number, one.quote) == (1, None, "○○○")


def test_sentences_end_behind_their_quotation_marks():
    """A quotation that ends a sentence stays with it."""
    piece = Piece("body", "“다리를 고쳤다.” 그가 말했다. 값은 3.5억 원이다.")
    assert piece.sentences == ["“다리를 고쳤다.”", "그가 말했다.", "값은 3.5억 원이다."]
