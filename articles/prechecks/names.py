"""The check for a name that is spelled in two ways."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .finding import Finding, found_in
from .jamo import differ_by_one_letter
from .registry import Parameter, Rule, Values, register
from .subject import Piece, Subject

TITLES = (
    "의원, 의장, 군수, 시장, 구청장, 도지사, 지사, 교육감, 장관, 차관, 총리, 대통령, 국장, 과장, 면장, 읍장, 이장, "
    "서장, 대표, 회장, 사장, 이사장, 위원장, 조합장, 소장, 관장, 원장, 교장, 교수, 박사, 감독, 코치, 선수, 작가, "
    "시인, 변호사, 기자, 씨, 군, 양"
)
# Endings of the names of organisations, at least two syllables, behind at least two more.
ENDINGS = re.compile(
    r"[가-힣]{2,14}(?:재단|협회|위원회|센터|공사|공단|대학교|고등학교|중학교|초등학교|병원|농협|조합|연합회|진흥원"
    r"|연구원|연구소|주식회사)(?![가-힣]{3})"
)


@dataclass(frozen=True)
class Mention:
    """A name as it stands in one place."""

    name: str
    piece: Piece
    sentence: str


def two_spellings(subject: Subject, values: Values) -> Iterator[Finding]:
    """Names that differ in one letter and are probably one person or body.

    Told apart from two people by three things: only one letter of one syllable differs (siblings differ in
    more), both stand before a title, and no sentence names both.
    """
    people, bodies = mentions(subject, values.words("titles"))
    own = [person.name for person in subject.bylines if person.name]
    for mention in first_of_each(people):
        if twin := next((name for name in own if differ_by_one_letter(name, mention.name)), ""):
            yield spelled(mention, twin)
    for group in (people, bodies):
        for one, other in combinations(first_of_each(group), 2):
            if differ_by_one_letter(one.name, other.name) and not together(one.name, other.name, group):
                yield spelled(other, one.name)
    guests = [person.name for person in subject.bylines if person.is_guest and person.name]
    for guest in guests:
        staff = next(
            (name for name in subject.known.reporters.values() if differ_by_one_letter(name, guest)), ""
        )
        if staff:
            yield Finding(words_for(guest, staff), field="bylines", quote=guest)


def mentions(subject: Subject, titles: list[str]) -> tuple[list[Mention], list[Mention]]:
    """Return the names of people before a title, and of organisations, in the order of the story."""
    if not titles:
        return [], []
    alternatives = "|".join(re.escape(title) for title in sorted(titles, key=len, reverse=True))
    # Behind a title only particles stand, one or two syllables of them.
    person = re.compile(rf"(?<![가-힣])([가-힣]{{3,4}}) ?(?:{alternatives})(?![가-힣]{{3}})")
    people, bodies = [], []
    for piece in subject.pieces:
        for sentence in piece.sentences:
            people += [Mention(found[1], piece, sentence) for found in person.finditer(sentence)]
            bodies += [Mention(found[0], piece, sentence) for found in ENDINGS.finditer(sentence)]
    return people, bodies


def first_of_each(group: list[Mention]) -> list[Mention]:
    """Return the first mention of every name."""
    return list({mention.name: mention for mention in reversed(group)}.values())[::-1]


def together(one: str, other: str, group: list[Mention]) -> bool:
    """Tell whether some sentence names both, as a sentence about two people does."""
    return any(one in mention.sentence and other in mention.sentence for mention in group)


def spelled(mention: Mention, other: str) -> Finding:
    """Return the finding for a name that stands elsewhere with another letter."""
    return found_in(mention.piece, words_for(mention.name, other), mention.name)


def words_for(name: str, other: str) -> str:
    """Return the sentence on two spellings."""
    return _("«%(name)s» here, «%(other)s» elsewhere: one person or body? Spell the name one way.") % {
        "name": name,
        "other": other,
    }


register(
    Rule(
        "names",
        gettext_lazy("Spelling of names"),
        gettext_lazy("A name that stands in the story with one letter different."),
        two_spellings,
        parameters=(Parameter("titles", gettext_lazy("titles behind names"), TITLES, kind="words"),),
    )
)
