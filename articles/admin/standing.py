"""Where a story stands, in words and as a mark, in the lists and on the pages of the desk."""

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from ..models import Article
from ..states import State


def standing(article: Article) -> tuple[str, str]:
    """Return the name and the words of where a story stands; an approved one is «public» or «scheduled»."""
    if article.state != State.APPROVED:
        return article.state, article.get_state_display()
    if article.is_public():
        return "public", _("Public")
    return "scheduled", _("Waits for %s") % moment(article.published_at)


def badge(article: Article) -> SafeString:
    """Return the mark of where a story stands."""
    name, words = standing(article)
    return format_html('<span class="badge badge--{}">{}</span>', name, words)


def moment(value) -> str:
    """Return a time as the desk's lists show it: today's by the clock, others with the day. «» for none."""
    if value is None:
        return ""
    local, now = timezone.localtime(value), timezone.localtime()
    if local.date() == now.date():
        return date_format(local, "H:i")
    return date_format(local, "m-d H:i" if local.year == now.year else "Y-m-d H:i")
