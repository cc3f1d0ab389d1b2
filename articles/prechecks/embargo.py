"""The check for lines of a press release that say when it may be printed."""

import re
from collections.abc import Iterator

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .finding import Finding, found_in
from .moments import read_moment
from .registry import Rule, Values, register
from .subject import Subject

# As senders mark it; a story that tells of an embargo («엠바고를 깼다») is none of these.
MARK = re.compile(
    r"보도\s?(?:시점|일시|시각|가능\s?시[점간각])|즉시\s?보도|배포\s?즉시|보도\s?자료\s*(?:배포\s?일시|\()"
    r"|엠바고\s*(?:[:：)\]】>〉]|\d|시점|해제\s*[:：\d])|[\[(【<〈]\s*엠바고|embargo(?:ed)?\s*(?:until|:)"
    r"|(?:부터|이후)\s*보도해?\s*(?:주시기|주십시오|바랍니다|가능)",
    re.IGNORECASE,
)
AROUND = 60


def embargo(subject: Subject, values: Values) -> Iterator[Finding]:
    """A mark of an embargo; with its time, where that can be read, compared with when readers see the story."""
    for piece in subject.pieces:
        found = MARK.search(piece.words)
        if not found:
            continue
        around = piece.words[max(0, found.start() - AROUND) : found.end() + AROUND]
        now = subject.now or timezone.now()
        moment = read_moment(piece.words[found.start() : found.end() + AROUND], now) or read_moment(
            around, now
        )
        goes_out = subject.goes_out_at or now
        if moment is None or moment <= goes_out:
            message = _("A line for the press is left in the text. Take it out.")
        else:
            message = _(
                "The sender asks not to print this before %(moment)s, and the story would be public at "
                "%(published)s. Set the time of publication, then take the line out."
            ) % {"moment": shown(moment), "published": shown(goes_out)}
        yield found_in(piece, message, piece.words[found.start() :])


def shown(moment) -> str:
    """Return a moment in a form that no line breaks inside the day."""
    return date_format(timezone.localtime(moment), "Y.m.d H:i")


register(
    Rule(
        "embargo",
        gettext_lazy("Embargo"),
        gettext_lazy("Lines of a press release that say when it may be printed, compared with the time set."),
        embargo,
    )
)
