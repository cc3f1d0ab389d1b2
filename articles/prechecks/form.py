"""Checks of what belongs to every story: headline, section, byline, photos with their words, use of AI."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..models.precheck import Severity
from ..states import Origin
from ..text import clean_line
from .finding import Finding
from .registry import Parameter, Rule, Values, register
from .subject import Figure, Subject


def long_headline(subject: Subject, values: Values) -> Iterator[Finding]:
    """A headline that lists and portals may cut; every character counts one, spaces and marks too."""
    length, limit = len(clean_line(subject.headline)), values.number("limit")
    if length > limit:
        yield Finding(
            _("The headline has %(length)d characters; lists and portals may cut it. Keep to %(limit)d.")
            % {"length": length, "limit": limit}
        )


def no_list_title(subject: Subject, values: Values) -> Iterator[Finding]:
    """A long headline without a shorter one for lists."""
    length = len(clean_line(subject.headline))
    if length > values.number("limit") and not subject.list_title:
        yield Finding(
            _("The headline has %d characters. Give a shorter list title for lists and sidebars.") % length,
            field="list_title",
        )


def no_section(subject: Subject, values: Values) -> Iterator[Finding]:
    """A story that no list would show."""
    if subject.section is None:
        yield Finding(_("The story has no section. Choose one."), field="section")


def no_byline(subject: Subject, values: Values) -> Iterator[Finding]:
    """An own story by nobody; releases, agency stories, reprints and advertising name their source instead."""
    if subject.origin == Origin.OWN and not subject.bylines:
        yield Finding(_("The story has no byline. Say who wrote it."), field="bylines")


def no_lead_photo(subject: Subject, values: Values) -> Iterator[Finding]:
    """A story without a photo on top."""
    if subject.lead is None:
        yield Finding(_("The story has no lead photo. Choose one."), field="lead_photo")


def at_figure(figure: Figure, message: str) -> Finding:
    """Return a finding at a photo of the story."""
    if figure.block is None:
        return Finding(message, field="lead_photo")
    return Finding(message, field="body", block=figure.block)


def name_of(figure: Figure, subject: Subject) -> str:
    """Return words by which an editor knows the photo: its caption, else its place."""
    photo = subject.known.photos.get(figure.photo_id)
    caption = figure.caption or (photo.caption if photo else "")
    return clean_line(caption)[:24] or f"#{figure.photo_id}"


def known_figures(subject: Subject) -> Iterator[tuple[Figure, object]]:
    """Yield each photo of the story once, with its row."""
    seen = set()
    for figure in subject.figures:
        photo = subject.known.photos.get(figure.photo_id)
        if photo and figure.photo_id not in seen:
            seen.add(figure.photo_id)
            yield figure, photo


def no_alt(subject: Subject, values: Values) -> Iterator[Finding]:
    """A photo that says nothing to those who cannot see it (KWCAG 2.2, 5.1.1)."""
    for figure, photo in known_figures(subject):
        if not photo.alt.strip():
            yield at_figure(
                figure,
                _("The photo «%s» has no alternative text. Write what is to be seen in it.")
                % name_of(figure, subject),
            )


def no_credit(subject: Subject, values: Values) -> Iterator[Finding]:
    """A photo by nobody."""
    for figure, photo in known_figures(subject):
        if not photo.credit_line:
            yield at_figure(
                figure,
                _("The photo «%s» names neither a photographer nor a provider. Add who made it.")
                % name_of(figure, subject),
            )


def no_caption(subject: Subject, values: Values) -> Iterator[Finding]:
    """A photo without a caption, neither in this story nor of its own."""
    for figure in subject.figures:
        photo = subject.known.photos.get(figure.photo_id)
        if photo and not figure.caption and not photo.caption.strip():
            yield at_figure(
                figure, _("A photo has no caption. Say who and what is to be seen, where and when.")
            )


def photo_gone(subject: Subject, values: Values) -> Iterator[Finding]:
    """A photo that was deleted after it had been put into the story."""
    for figure in subject.figures:
        if figure.photo_id not in subject.known.photos:
            yield at_figure(
                figure, _("The photo #%d was deleted. Take it out, or put another one in.") % figure.photo_id
            )


def ai_not_declared(subject: Subject, values: Values) -> Iterator[Finding]:
    """Nobody has said whether generative AI was used (AI Basic Act, art. 31; self-regulation of the press, 2024)."""
    if not subject.ai_use:
        yield Finding(_("Nobody has said whether AI was used. Choose one, «None» included."), field="ai_use")


LIMIT = gettext_lazy("most characters")
register(
    Rule(
        "section",
        gettext_lazy("Section"),
        gettext_lazy("A story without a section."),
        no_section,
        Severity.STOP,
    )
)
register(
    Rule(
        "byline",
        gettext_lazy("Byline"),
        gettext_lazy("An own story without a byline."),
        no_byline,
        Severity.WARNING,
    )
)
register(
    Rule(
        "headline_length",
        gettext_lazy("Length of the headline"),
        gettext_lazy("A headline that lists and portals may cut."),
        long_headline,
        parameters=(Parameter("limit", LIMIT, "40", least=10),),
    )
)
register(
    Rule(
        "list_title",
        gettext_lazy("List title"),
        gettext_lazy("A long headline without a shorter one for lists."),
        no_list_title,
        parameters=(Parameter("limit", LIMIT, "36", least=10),),
    )
)
register(
    Rule(
        "lead_photo",
        gettext_lazy("Lead photo"),
        gettext_lazy("A story without a lead photo."),
        no_lead_photo,
        Severity.OFF,
    )
)
register(
    Rule(
        "photo_gone",
        gettext_lazy("Deleted photo"),
        gettext_lazy("A photo that no longer exists."),
        photo_gone,
    )
)
register(
    Rule(
        "photo_alt",
        gettext_lazy("Alternative text"),
        gettext_lazy("A photo without words for those who cannot see it."),
        no_alt,
    )
)
register(
    Rule(
        "photo_credit",
        gettext_lazy("Credit of photos"),
        gettext_lazy("A photo that names nobody who made it."),
        no_credit,
    )
)
register(
    Rule("photo_caption", gettext_lazy("Caption"), gettext_lazy("A photo without a caption."), no_caption)
)
register(
    Rule(
        "ai_use",
        gettext_lazy("Use of AI"),
        gettext_lazy("A story of which nobody has said whether AI was used."),
        ai_not_declared,
    )
)
