"""Error pages: every one says what happened and what to do, in the paper's look, at the price of the frame."""

import pytest
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.http import HttpRequest
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import path
from django.utils import translation

from newsroom.layout.views import server_error
from newsroom.publication.models import Page, Publication
from newsroom.urls import handler400, handler403, handler404, handler500  # noqa: F401  (used as a URLconf)
from newsroom.urls import urlpatterns as paper

from ..factories import make_section

pytestmark = pytest.mark.django_db


def forbid(request: HttpRequest):
    raise PermissionDenied


def fail(request: HttpRequest):
    raise RuntimeError("a fault of ours")


urlpatterns = [path("forbidden/", forbid), path("failing/", fail), *paper]

HOSTILE = {
    "NUL": "%00",
    "NUL inside": "a%00b",
    "lone surrogate": "%ED%A0%80",
    "broken UTF-8": "%FF%FE",
    "byte order mark": "%EF%BB%BF",
    "escape": "%1b[31m",
    "10,000 characters": "a" * 10_000,
    "10,000 digits": "9" * 10_000,
    "10,000 syllables": "%EA%B0%80" * 10_000,
}
PLACES = [
    "/{}", "/{}/", "/articles/{}/", "/articles/{}/print/", "/sections/{}/", "/series/{}/", "/tags/{}/",
    "/reporters/{}/", "/about/{}/", "/latest/?before={}", "/latest/?date={}", "/photos/?before={}",
    "/corrections/?before={}", "/reporters/han/?before={}", "/sections/economy/?before={}", "/media/{}",
    "/feeds/sections/{}.xml",
]  # fmt: skip


@pytest.mark.parametrize("words", HOSTILE.values(), ids=HOSTILE)
@pytest.mark.parametrize("place", PLACES)
def test_a_hostile_address_gets_a_clear_answer(client, place, words):
    """Whatever stands in an address, the answer is 400 or 404, and a page that leads on."""
    make_section(slug="economy")
    answer = client.get(place.format(words))
    assert answer.status_code in {400, 404}
    assert 'href="/latest/"' in answer.content.decode()


@pytest.mark.parametrize("number", [2**31, 2**63 - 1, 2**63, 2**64, 10**30])
def test_a_number_too_large_for_the_database_is_not_found(client, number):
    """No database error reaches the reader."""
    assert client.get(f"/articles/{number}/").status_code == 404
    assert client.get(f"/latest/?before={number}-{number}").status_code in {200, 404}
    assert client.get(f"/latest/?before=1-{number}").status_code in {200, 404}


def test_not_found_has_a_search_and_the_latest_stories(client):
    """What to do next stands on the page; search engines keep it out; no cookie is set."""
    answer = client.get("/no-such-page/")
    page = answer.content.decode()
    assert answer.status_code == 404
    assert 'action="/search/"' in page
    assert 'name="q"' in page
    assert 'href="/latest/"' in page
    assert 'content="noindex"' in page
    assert not answer.cookies


def test_not_found_costs_the_frame_alone(client):
    """Publication, menu and the links at the foot: three queries, whatever the paper holds."""
    Publication(name="새여울신문").save()
    for n in range(3):
        make_section(f"면 {n}", order=n)
        Page.objects.create(title=f"쪽 {n}", slug=f"page-{n}", body="<p>글.</p>")
    cache.clear()
    with CaptureQueriesContext(connection) as asked:
        client.get("/no-such-page/")
    assert len(asked) <= 3


@pytest.mark.urls(__name__)
def test_a_forbidden_page_says_whose_it_is(client):
    """403 in the paper's look."""
    answer = client.get("/forbidden/")
    assert answer.status_code == 403
    assert "error__title" in answer.content.decode()
    assert 'href="/"' in answer.content.decode()


def test_a_form_without_its_token_says_that_the_words_are_still_there():
    """403 of the desk's sign-in when the page was open for too long; no search stands in the way."""
    answer = Client(enforce_csrf_checks=True).post("/admin/login/", {"username": "a", "password": "b"})
    page = answer.content.decode()
    assert answer.status_code == 403
    assert "error__title" in page
    assert "error__search" not in page


@pytest.mark.urls(__name__)
def test_our_own_failure_is_said_without_a_query(client, django_assert_num_queries):
    """500 stands when the database has fallen: own link to the stylesheet, no script, no form, ways on.

    The two queries (the newspaper, a change that is due) come before the view that fails.
    """
    client.raise_request_exception = False
    with django_assert_num_queries(2):
        answer = client.get("/failing/")
    page = answer.content.decode()
    assert answer.status_code == 500
    assert 'rel="stylesheet"' in page
    assert page.count('href="/latest/"') == 2
    assert "<script" not in page
    assert "<form" not in page


@pytest.mark.parametrize("language", ["ko", "en"])
def test_our_own_failure_is_said_in_both_languages(language):
    """Whichever language is active when it happens, Korean comes first and English follows, marked as such."""
    with translation.override(language):
        page = server_error(HttpRequest()).content.decode()
    assert '<html lang="ko">' in page
    assert '<div class="error error--second" lang="en">' in page
    assert "This page cannot be shown just now" in page.partition('lang="en"')[2]
