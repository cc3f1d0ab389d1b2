"""Checks of stories about suicide.

Source: Media guidelines for preventing suicide 4.0 (자살예방 보도준칙 4.0, November 2024), principles 2 and 4.
The helpline is 109 since 1 January 2024; 1393 and the numbers before it were merged into it.
"""

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..models.precheck import Severity
from .finding import Finding, found_in
from .registry import Parameter, Rule, Values, register
from .subject import Piece, Subject

WORDS = "자살, 극단적 선택, 극단적인 선택, 극단 선택, 스스로 목숨, 스스로 생을, 목숨을 끊, 생을 마감, 투신"
# Words that hold one of those above and mean something else.
EXCEPTIONS = "자살골, 자살 폭탄, 자살폭탄, 자살 공격, 자살특공, 자살행위, 자살 행위, 자살 드론"
NOTICE = (
    "※ 말하기 어려운 고민이 있거나 그런 가족·지인이 곁에 있다면 자살예방 상담전화 ☎109에서 24시간 전문가와 "
    "이야기할 수 있습니다. SNS 상담 ‘마들랜’도 이용할 수 있습니다."
)
HELPLINE = re.compile(r"(?<![\d,.])109(?![\d,.]|\s*(?:명|건|억|만|원|곳|개|일|가구|세))")
OLD_HELPLINE = re.compile(r"(?<!\d)(?:1393|1577-0199|1588-9191)(?!\d)")
COUNSEL = re.compile(r"상담|자살\s?예방")
NEAR = 60
# «독립운동에 투신한» is a life given to something: only a fall that somebody died of or was saved from counts.
FALL = "투신"
AFTER_A_FALL = re.compile(r"숨[지진졌]|사망|구조|소동|투신자살|뛰어내|익사|시신")


def triggers(piece: Piece, values: Values) -> list[str]:
    """Return the words of ``piece`` that make it speak of a suicide."""
    words = piece.words
    for exception in values.words("exceptions"):
        words = words.replace(exception, " ")
    found = [word for word in values.words("words") if word in words]
    if FALL in found and not any(
        FALL in sentence and AFTER_A_FALL.search(sentence) for sentence in piece.sentences
    ):
        found.remove(FALL)
    return found


def helpline_missing(subject: Subject, values: Values) -> Iterator[Finding]:
    """A story about a suicide that does not say where help is found; offers the notice."""
    place = next(((piece, found) for piece in subject.pieces if (found := triggers(piece, values))), None)
    if place is None or has_helpline(subject.everything):
        return
    piece, found = place
    old = OLD_HELPLINE.search(subject.everything)
    message = (
        _("The helpline is 109 now; «%s» was merged into it. Put the notice under the text.") % old[0]
        if old
        else _(
            "The story speaks of suicide and does not name the helpline 109. Put the notice under the text."
        )
    )
    yield found_in(piece, message, found[0], insert=" ".join(values.lines("notice")))


def has_helpline(words: str) -> bool:
    """Tell whether the number 109 stands near words of counselling."""
    return any(
        COUNSEL.search(words[max(0, found.start() - NEAR) : found.end() + NEAR])
        for found in HELPLINE.finditer(words)
    )


def in_headline(subject: Subject, values: Values) -> Iterator[Finding]:
    """A headline that says how somebody died."""
    for piece in subject.pieces:
        if piece.field in {"headline", "list_title"}:
            for word in triggers(piece, values)[:1]:
                if "예방" not in piece.words and "자살률" not in piece.words:
                    yield found_in(
                        piece,
                        _(
                            "The guidelines ask not to name suicide, its means or place in a headline. Write «died»."
                        ),
                        word,
                    )


PARAMETERS = (
    Parameter("words", gettext_lazy("words that tell of it"), WORDS, kind="words"),
    Parameter("exceptions", gettext_lazy("words that mean something else"), EXCEPTIONS, kind="words"),
)
register(
    Rule(
        "helpline",
        gettext_lazy("Helpline"),
        gettext_lazy("A story about suicide without the notice of the helpline."),
        helpline_missing,
        Severity.STOP,
        (*PARAMETERS, Parameter("notice", gettext_lazy("notice offered"), NOTICE, kind="text")),
    )
)
register(
    Rule(
        "suicide_headline",
        gettext_lazy("Suicide in the headline"),
        gettext_lazy("A headline that says that or how somebody took their life."),
        in_headline,
        parameters=PARAMETERS,
    )
)
