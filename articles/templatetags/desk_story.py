"""Tags of a story's page on the desk."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from .. import actions
from ..admin.library import picture_address
from ..admin.standing import badge, moment
from ..models import Article, Photo, StateChange
from ..states import Change, State

register = template.Library()


@register.simple_tag
def standing(article: Article) -> SafeString:
    """Return the mark of where a story stands."""
    return badge(article)


@register.filter
def desk_picture(photo: Photo, width: int = 400) -> str:
    """Return the address of a picture for the desk, which sees photos whose right has ended, too."""
    return picture_address(photo, width)


@register.simple_tag
def verb_label(row: StateChange) -> str:
    """Return what was done: the verb, or for a declared change its kind."""
    if row.change:
        return str(dict(Change.choices).get(row.change, row.change))
    known = actions.VERBS.get(row.verb)
    return str(known.label) if known else row.verb


@register.simple_tag
def change_standing(article: Article) -> SafeString | str:
    """Return where the change to an approved story stands, «» for none."""
    if article.change_state:
        words = _("Change: %s") % State(article.change_state).label
        return format_html('<p><span class="badge badge--{}">{}</span></p>', article.change_state, words)
    if article.was_approved and article.has_scheduled_change:
        words = _("Change waits for %s") % moment(article.scheduled_change.at)
        return format_html('<p><span class="badge badge--scheduled">{}</span></p>', words)
    return ""
