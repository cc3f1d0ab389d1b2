"""Tags of notes and notices for the pages of the desk."""

from django import template

from articles.models import Article

from ..models import TEXT_LENGTH, Notice
from ..thread import thread_of

register = template.Library()

# More than this is «99+».
MOST_COUNTED = 99


@register.inclusion_tag("newsroom/notices/_bell.html", takes_context=True)
def notices_bell(context: template.Context) -> dict:
    """Print the way to the person's notices, with the number of unread ones: one query."""
    user = context["request"].user
    unread = Notice.objects.filter(user=user).unread()[: MOST_COUNTED + 1].count()
    return {"unread": unread, "shown": f"{MOST_COUNTED}+" if unread > MOST_COUNTED else str(unread)}


@register.inclusion_tag("newsroom/notices/_notes.html", takes_context=True)
def story_notes(context: template.Context, article: Article | None) -> dict:
    """Print the notes on a story with a field for another; nothing for a story that is not stored yet.

    Its fields and buttons belong to the form of ``story_notes_form``, which stands outside the story's own.
    """
    request = context["request"]
    thread = thread_of(article, request.user) if article and article.pk else None
    return {"thread": thread, "most": TEXT_LENGTH}


@register.inclusion_tag("newsroom/notices/_notes_form.html", takes_context=True)
def story_notes_form(context: template.Context, article: Article | None) -> dict:
    """Print the form that the notes on a story are sent with; it must not stand inside another form."""
    back = f"{context['request'].path}#notes"
    stored = article if article and article.pk else None
    return {"article": stored, "back": back, "csrf_token": context.get("csrf_token")}
