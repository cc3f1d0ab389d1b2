"""Tags of the desk that ask for readers' comments."""

from django import template

from ..models import Comment

register = template.Library()

MOST_COUNTED = 99


@register.simple_tag
def pending_comments() -> str:
    """Return how many comments wait to be read, «99+» for more; counts no further."""
    waiting = Comment.objects.filter(state=Comment.State.PENDING)[: MOST_COUNTED + 1].count()
    return f"{MOST_COUNTED}+" if waiting > MOST_COUNTED else str(waiting)
