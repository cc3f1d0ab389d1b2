"""Tags of a story's page on the desk."""

from django import template
from django.utils.safestring import SafeString

from .. import actions
from ..admin.standing import badge
from ..models import Article, StateChange
from ..states import Change

register = template.Library()


@register.simple_tag
def standing(article: Article) -> SafeString:
    """Return the mark of where a story stands."""
    return badge(article)


@register.simple_tag
def verb_label(row: StateChange) -> str:
    """Return what was done: the verb, or for a declared change its kind."""
    if row.change:
        return str(dict(Change.choices).get(row.change, row.change))
    known = actions.VERBS.get(row.verb)
    return str(known.label) if known else row.verb
