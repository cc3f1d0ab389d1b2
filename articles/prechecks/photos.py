"""Checks of the rights of a story's photos, at the time at which readers will see the story."""

import datetime
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..models.photo import Consent, Licence
from ..models.precheck import Severity
from .embargo import shown
from .finding import Finding
from .form import at_figure, known_figures, name_of
from .registry import Parameter, Rule, Values, register
from .subject import Figure, Subject


def figures_with_rights(subject: Subject) -> Iterator[tuple[Figure, Any]]:
    """Yield each photo of the story once, with what is known of its rights."""
    for figure, _photo in known_figures(subject):
        if right := subject.known.rights.get(figure.photo_id):
            yield figure, right


def lacks_consent_of_minors(right: Any) -> bool:
    """Tell whether minors can be seen whose consent nobody has."""
    return right.minors and right.consent != Consent.GIVEN


def not_shown(subject: Subject, values: Values) -> Iterator[Finding]:
    """A photo that readers would not see when the story becomes public; minors are looked for on their own."""
    moment = subject.goes_out_at
    for figure, right in figures_with_rights(subject):
        if moment is None or right.is_usable(moment) or lacks_consent_of_minors(right):
            continue
        names = {"photo": name_of(figure, subject), "published": shown(moment)}
        if right.consent == Consent.WITHDRAWN:
            message = _("Somebody in the photo «%(photo)s» does not agree to be shown. Take it out.") % names
        elif right.is_over(moment):
            message = _(
                "The photo «%(photo)s» may be shown until %(end)s, and the story would be public at "
                "%(published)s. Take it out, or prolong the right."
            ) % (names | {"end": shown(right.ends_at)})
        else:
            message = _(
                "The photo «%(photo)s» may be shown from %(begin)s, and the story would be public at "
                "%(published)s. Take it out, or publish the story later."
            ) % (names | {"begin": shown(right.begins_at)})
        yield at_figure(figure, message)


def minors(subject: Subject, values: Values) -> Iterator[Finding]:
    """Minors in a photo whose consent is not noted; nobody is shown such a photo."""
    for figure, right in figures_with_rights(subject):
        if lacks_consent_of_minors(right):
            yield at_figure(
                figure,
                _("The photo «%s» shows minors, and no consent is noted. Ask for it, or take the photo out.")
                % name_of(figure, subject),
            )


def consent_asked(subject: Subject, values: Values) -> Iterator[Finding]:
    """People in a photo who were asked and have not answered."""
    for figure, right in figures_with_rights(subject):
        if right.consent == Consent.ASKED and not right.minors:
            yield at_figure(
                figure,
                _("The people in the photo «%s» were asked for their consent and have not given it yet.")
                % name_of(figure, subject),
            )


def ends_soon(subject: Subject, values: Values) -> Iterator[Finding]:
    """A photo that disappears from the story soon after it was published."""
    moment, days = subject.goes_out_at, datetime.timedelta(days=values.number("days"))
    for figure, right in figures_with_rights(subject):
        if moment and right.ends_at and right.is_usable(moment) and right.is_over(moment + days):
            yield at_figure(
                figure,
                _("The photo «%(photo)s» may be shown until %(end)s; the story will be without it then.")
                % {"photo": name_of(figure, subject), "end": shown(right.ends_at)},
            )


def used_elsewhere(subject: Subject, values: Values) -> Iterator[Finding]:
    """A photo that was bought for one use and has had it."""
    for figure, right in figures_with_rights(subject):
        headline = subject.known.uses.get(figure.photo_id)
        if headline and right.licence == Licence.SINGLE:
            yield at_figure(
                figure,
                _("The photo «%(photo)s» was bought for one use and stands in «%(headline)s» already.")
                % {"photo": name_of(figure, subject), "headline": headline},
            )


register(
    Rule(
        "photo_rights",
        gettext_lazy("Rights of photos"),
        gettext_lazy("A photo that may not be shown when the story becomes public."),
        not_shown,
        Severity.STOP,
    )
)
register(
    Rule(
        "photo_minors",
        gettext_lazy("Minors in photos"),
        gettext_lazy("A photo of minors without a consent."),
        minors,
        Severity.STOP,
    )
)
register(
    Rule(
        "photo_consent",
        gettext_lazy("Consent to photos"),
        gettext_lazy("A photo of people who were asked for their consent and have not given it."),
        consent_asked,
    )
)
register(
    Rule(
        "photo_ends",
        gettext_lazy("Photos that end soon"),
        gettext_lazy("A photo whose right ends soon after the story becomes public."),
        ends_soon,
        parameters=(Parameter("days", gettext_lazy("within so many days"), "7", least=1, most=365),),
    )
)
register(
    Rule(
        "photo_single_use",
        gettext_lazy("Photos for one use"),
        gettext_lazy("A photo that was bought for one use and stands in another public story."),
        used_elsewhere,
    )
)
