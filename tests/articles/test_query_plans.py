"""Work that waits is found by where it stands, however much its people or its section ever wrote."""

import pytest
from django.db import connection
from django.utils import timezone

from articles.models import Article, SectionDuty
from articles.states import State

from ..desk_forms import signed_in
from ..factories import make_section, make_user

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL reads tables of a few rows whole"),
]
# Conditions that an index of the archive is entered with: a person, a section, the order of the list.
WIDE = ("created_by_id=?", "SEARCH articles_article USING INDEX article_section", "USING INDEX article_top",
        "SCAN articles_article", "byline_reporter_list")  # fmt: skip


def section_desk():
    """Return somebody of the desk who answers for one section."""
    user = make_user("desk")
    SectionDuty.objects.create(user=user, section=make_section())
    return user


def scheduled(user):
    now = timezone.now()
    return Article.objects.editable_by(user).filter(state=State.APPROVED, published_at__gt=now)


def changing(user):
    return Article.objects.editable_by(user).filter(scheduled_change__at__gt=timezone.now())


def late(user):
    return Article.objects.editable_by(user).at_work().due_before(timezone.now()).order_by("-saved_at", "-pk")


LISTS = {
    "waiting": lambda user: Article.objects.waiting_for(user),
    "open work": lambda user: Article.objects.open_work_of(user)[:200],
    "late": lambda user: late(user)[:1001],
    "scheduled": lambda user: scheduled(user).order_by("published_at", "pk")[:9],
    "changing": lambda user: changing(user).order_by("scheduled_change__at")[:9],
}

# Filters of the list of stories that few rows answer to, and the index that finds those.
FILTERS = {
    "state=draft": "article_desk_list (state=?)",
    "state=scheduled": "article_list (state=? AND published_at>?)",
    "change=any": "article_change_list (change_state=?)",
    "change=submitted": "article_change_list (change_state=?)",
    "due=late": "article_change_list (change_state=?)",
}


@pytest.mark.parametrize("asked", FILTERS)
def test_a_filter_of_few_rows_is_found_by_its_index(asked):
    """The list is not walked in its order until enough rows were found, which for few rows is never."""
    page = signed_in(make_user("desk")).get(f"/admin/articles/article/?{asked}")
    plan = page.context["cl"].queryset.values("pk")[:1001].explain()
    assert FILTERS[asked] in plan, plan


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize("person", [lambda: make_user("reporter"), section_desk, lambda: make_user("desk")])
def test_work_is_found_by_where_it_stands(name, person):
    """No index of a person, of a section or of the order is read from its beginning."""
    plan = LISTS[name](person()).explain()
    assert [words for words in WIDE if words in plan] == [], plan
