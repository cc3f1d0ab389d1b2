"""Checks of election polls.

Source: Public Official Election Act (공직선거법) art. 108: par. 1, no new results from the sixth day before an
election until the polls close; par. 6, facts that go with every result; these are listed in the Standards for
Election Polls (선거여론조사기준) art. 18. Who quotes a published poll names three of them and refers to the
website of the commission. The list and the days are settings, because both change.
"""

import datetime
import re
from collections.abc import Iterator

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .embargo import shown
from .finding import Finding, found_in
from .registry import Parameter, Rule, Values, register
from .subject import Piece, Subject

SHARE = re.compile(r"\d+(?:\.\d+)?\s?(?:%|％|퍼센트)")
POLL = re.compile(r"여론\s?조사|(?:가상|양자|다자)\s?대결|지지[율도]|적합도|당선\s?가능성")
ELECTION = re.compile(
    r"후보|대선|총선|지방\s?선거|보궐\s?선거|재보선|선거구|[군시구도]수\s?선거|의원\s?선거|지사\s?선거|교육감\s?선거|대통령\s?선거"
    r"|정당\s?지지|공직\s?선거|출마"
)
REFERENCE = re.compile(r"(?:여론조사\s?심의위원회|여심위|nesdc\.go\.kr)")
QUOTED = 3
ITEMS = """조사의뢰자: 의뢰
조사기관: 여론조사기관, 조사기관, 여론조사업체, 리서치, 갤럽, 리얼미터, 연구소, 조사업체
조사일시: 조사일시, 조사 기간, 조사기간, 일까지, 이틀간, 사흘간, 일부터, 일 실시, 일간
조사지역: 조사지역, 조사 지역, 전국, 거주, 지역
조사대상: 만 18세, 18세 이상, 유권자, 성인 남녀, 조사대상
조사방법: 전화면접, ARS, 자동응답, 전화조사, 면접조사, 조사방법
표본의 크기: 표본의 크기, 표본크기, 표본 크기, 명을 대상, 명에게, 명이 응답, 응답자
피조사자 선정방법: 가상번호, RDD, 무작위, 무선, 유선, 선정방법
응답률: 응답률
표본오차: 표본오차, 오차범위, 신뢰수준
질문내용: 질문, 물음, 물은 결과, 물었"""
# The 23rd general election: the Wednesday after the fiftieth day before the term of the Assembly ends
# (29 May 2028; art. 34). Others are added by the paper once they are fixed.
DAYS = "2028-04-12 18:00"
DAYS_BEFORE = 6


def poll_piece(subject: Subject) -> Piece | None:
    """Return the paragraph in which the story reports an election poll with its figures, None for none."""
    if not ELECTION.search(subject.everything):
        return None
    return next((p for p in subject.pieces if POLL.search(p.words) and SHARE.search(p.words)), None)


def poll_items(subject: Subject, values: Values) -> Iterator[Finding]:
    """A poll without what has to be said with it."""
    piece = poll_piece(subject)
    if piece is None:
        return
    rows, words = read_items(values["items"]), subject.everything
    quoted = REFERENCE.search(words) is not None
    missing = [
        name for name, signs in (rows[:QUOTED] if quoted else rows) if not any(s in words for s in signs)
    ]
    if missing and quoted:
        yield found_in(
            piece,
            _("This election poll is reported without: %s (Election Act, art. 108). Add what is missing.")
            % ", ".join(missing),
        )
    elif missing:
        yield found_in(
            piece,
            _(
                "This election poll is reported without: %s (Election Act, art. 108). Add what is missing; of a "
                "poll that was published before, name client, pollster and days, and refer to the website of "
                "the National Election Survey Deliberation Commission."
            )
            % ", ".join(missing),
        )


def poll_ban(subject: Subject, values: Values) -> Iterator[Finding]:
    """A poll that would be public while results may not be published."""
    piece, moment = poll_piece(subject), subject.goes_out_at
    if piece is None or moment is None:
        return
    for closes in filter(None, map(read_day, values.lines("days"))):
        day = timezone.localtime(closes).replace(hour=0, minute=0)
        begins = day - datetime.timedelta(days=DAYS_BEFORE)
        if begins <= moment < closes:
            yield found_in(
                piece,
                _(
                    "From %(begins)s until the polls close (%(closes)s) no new results of polls may be published. "
                    "An older poll may be quoted with its days; anything else waits (Election Act, art. 108)."
                )
                % {"begins": shown(begins), "closes": shown(closes)},
            )


def read_items(text: str) -> list[tuple[str, list[str]]]:
    """Return the list of what goes with a poll: name, and words any of which shows that it is there."""
    rows = []
    for line in filter(str.strip, text.splitlines()):
        name, _colon, signs = line.partition(":")
        rows.append((name.strip(), [sign.strip() for sign in (signs or name).split(",") if sign.strip()]))
    return rows


def read_day(line: str) -> datetime.datetime | None:
    """Return when the polls close from «2028-04-12» or «2028-04-12 20:00» (18:00 by default); None for no day."""
    try:
        moment = datetime.datetime.fromisoformat(line.strip())
    except ValueError:
        return None
    moment = moment.replace(tzinfo=None)
    if moment.time() == datetime.time():
        moment = moment.replace(hour=18)
    return timezone.make_aware(moment)


def check_days(text: str) -> None:
    """Raise ValidationError for a line that is no day."""
    for line in filter(str.strip, text.splitlines()):
        if read_day(line) is None:
            raise ValidationError(
                _("«%s» is no day. Write one a line: 2028-04-12 or 2028-04-12 18:00.") % line.strip()
            )


register(
    Rule(
        "election_poll",
        gettext_lazy("Election poll"),
        gettext_lazy("An election poll without what the law asks to be said with it."),
        poll_items,
        parameters=(
            Parameter("items", gettext_lazy("what goes with a poll"), ITEMS, kind="lines",
                      help=gettext_lazy("One a line: name, colon, words that show that it is there. The first "
                                        "three are asked for when a published poll is quoted.")),
        ),
    )
)  # fmt: skip
register(
    Rule(
        "election_ban",
        gettext_lazy("Days without polls"),
        gettext_lazy("An election poll in the last six days before an election."),
        poll_ban,
        parameters=(
            Parameter("days", gettext_lazy("elections"), DAYS, kind="lines", validate=check_days,
                      help=gettext_lazy("One a line: the day, and the hour the polls close.")),
        ),
    )
)  # fmt: skip
