"""Who is told: the people of a story, those who approve it, those whom a note names."""

import re

from django.contrib.auth import get_user_model
from django.db.models import Q

from articles.models import Article

# An «@» that begins a name: not that of an e-mail address.
NAME_SIGN = re.compile(r"(?<![\w.])@")


def staff():
    """Return those who may sign in to the desk."""
    return get_user_model().objects.filter(is_active=True, is_staff=True)


def people_of(article: Article) -> list:
    """Return who began the story or stands in its byline."""
    in_byline = Q(reporter__bylines__article=article)
    return list(staff().filter(in_byline | Q(pk=article.created_by_id)).distinct().order_by("pk"))


def desk_of(article: Article) -> list:
    """Return who may approve the story: ``access.is_on_duty`` for all of them with one query."""
    return desk_for({article.section_id, article.top_section_id} - {None})


def desk_for(sections) -> list:
    """Return who may approve stories in any of ``sections`` (keys, with those above them); of none, everybody."""
    able = get_user_model().objects.with_perm("articles.approve_article").filter(is_staff=True)
    if sections:
        here = Q(section_duties__section__in=sections)
        able = able.filter(here | Q(section_duties=None) | Q(is_superuser=True)).distinct()
    return list(able.order_by("pk"))


def names_of(user) -> set[str]:
    """Return the names by which a person is called: full name, user name, name in bylines."""
    reporter = getattr(user, "reporter", None)
    names = {user.get_full_name(), user.username, reporter.name if reporter else ""}
    return {name for name in names if name}


def named_in(text: str) -> list:
    """Return the staff whom a text names with «@»; what stands behind the name (님, a particle) does not matter.

    Of names that begin alike the longest counts; two people of one name are both meant.
    """
    if not NAME_SIGN.search(text):
        return []
    known = [
        (name, user) for user in staff().select_related("reporter").order_by("pk") for name in names_of(user)
    ]
    found: dict = {}
    for sign in NAME_SIGN.finditer(text):
        rest = text[sign.end() :]
        called = [(name, user) for name, user in known if begins_with(rest, name)]
        longest = max((len(name) for name, _user in called), default=0)
        found |= {user.pk: user for name, user in called if len(name) == longest}
    return list(found.values())


def begins_with(text: str, name: str) -> bool:
    """Tell whether ``text`` begins with ``name`` as a name of its own: «@desk» is not in «@desktop»."""
    if not text.casefold().startswith(name.casefold()):
        return False
    following = text[len(name) : len(name) + 1]
    return not (name[-1].isascii() and following.isascii() and following.isalnum())
