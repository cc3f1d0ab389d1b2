"""What the chrome of every page needs; loaded only where a template asks for it."""

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from articles.models import Section


def load_menu() -> list[Section]:
    """Return the sections of the menu; each first-level one has its own in ``under``: one query."""
    sections = list(Section.objects.active().select_related("parent"))
    for section in sections:
        section.under = [other for other in sections if other.parent_id == section.pk]
    return [section for section in sections if section.parent_id is None]


def is_staff(request: HttpRequest) -> bool:
    """Tell whether a member of staff asks; without a session cookie no session is read."""
    return settings.SESSION_COOKIE_NAME in request.COOKIES and request.user.is_staff


def chrome(request: HttpRequest) -> dict:
    """Return ``menu`` (sections, see ``load_menu``) and ``staff`` (does a member of staff look?)."""
    return {
        "menu": SimpleLazyObject(load_menu),
        "staff": SimpleLazyObject(lambda: is_staff(request)),
    }
