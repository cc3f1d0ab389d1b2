"""One rule says what readers see: looked at from outside, on every surface."""

import datetime

import pytest
import time_machine
from django.utils import timezone

from articles import actions
from articles.states import State

from .factories import (
    make_article,
    make_correction,
    make_photo,
    make_reporter,
    make_section,
    make_series,
    make_sidebar,
    make_user,
    pin,
)
from .surfaces import beside, surfaces

pytestmark = pytest.mark.django_db
WORD = "돌미나리"
HEADLINE = f"{WORD} 축제 내년 봄 강가에서"
KINDS = ("latest", "photo_news", "related", "reporter", "section", "series", "most_read")


@pytest.fixture
def paper():
    """A small paper with every sidebar; a public story and one that is scheduled an hour ahead, alike in all."""
    top = make_section("지역", slug="local")
    section = make_section("새여울읍", slug="eupnae", parent=top)
    series, reporter = make_series(), make_reporter()
    same = {"section": section, "series": series, "reporters": [reporter], "tags": ["강변"]}
    other = make_article("다리 안전진단 나왔다", photos=[make_photo("다리.")], **same)
    secret = make_article(HEADLINE, hours_ago=-1, photos=[make_photo("미나리꽝.")], **same)
    other.related.add(secret)
    for place in ("article", "below", "list", "front"):
        sidebar = make_sidebar(place, kinds=KINDS)
        pin(sidebar.blocks.first(), secret)
    make_correction(secret, title=f"{WORD} 바로잡음")
    return other, secret


def seen_on(client, addresses: dict[str, str]) -> set[str]:
    """Return the names of the addresses whose answer holds the word."""
    found = set()
    for name, address in addresses.items():
        answer = client.get(address)
        assert answer.status_code < 500, name
        if WORD in b"".join(answer).decode():
            found.add(name)
    return found


def test_a_scheduled_story_is_nowhere_until_its_time_and_then_everywhere(client, paper):
    """No command is run in between: the clock alone makes it public."""
    other, secret = paper
    everywhere = surfaces(secret, word=WORD)
    # The search repeats the reader's word in its form; a search for another word of the headline does not.
    everywhere["search"] = everywhere["search"].replace(WORD, "축제")
    assert seen_on(client, everywhere | beside(other)) == set()
    with time_machine.travel(timezone.now() + datetime.timedelta(hours=1, seconds=1), tick=True):
        assert seen_on(client, everywhere) == set(everywhere)
        assert "beside another story" in seen_on(client, beside(other))
        assert "corrections" in seen_on(client, beside(other))


def test_a_photo_of_a_scheduled_story_is_on_no_page(client, paper):
    """Neither the picture's address nor its words are in any page or feed."""
    other, secret = paper
    digest = secret.lead_photo.digest
    for name, address in (surfaces(secret, word="축제") | beside(other)).items():
        answer = b"".join(client.get(address)).decode()
        assert digest not in answer, name
        assert "미나리꽝" not in answer, name


@pytest.mark.parametrize("state", [state for state in State if state != State.APPROVED])
def test_only_approved_stories_are_public(client, paper, state):
    """A story in any other state is on no surface, whatever its time."""
    other, secret = paper
    now = timezone.now()
    secret.state, secret.published_at = state, now - datetime.timedelta(hours=2)
    secret.approved_at = secret.submitted_at = now
    secret.save()
    actions.settle(article=secret)
    everywhere = surfaces(secret, word="축제")
    assert seen_on(client, everywhere | beside(other)) == set()
    assert client.get(everywhere["article"]).status_code == (410 if state == State.WITHDRAWN else 404)
    assert client.get(everywhere["print"]).status_code == 404


def test_a_withdrawn_story_is_gone_from_everywhere_at_once(client, paper):
    """The next request after «withdraw» finds it nowhere; «restore» brings it back under its old time."""
    other, secret = paper
    chief = make_user("editor-in-chief")
    with time_machine.travel(timezone.now() + datetime.timedelta(hours=2), tick=True):
        everywhere = surfaces(secret, word="축제")
        assert seen_on(client, everywhere) == set(everywhere)
        actions.withdraw(article=secret, by=chief, reason="사실 확인 중")
        assert seen_on(client, everywhere | beside(other)) == set()
        actions.restore(article=secret, by=chief)
        assert seen_on(client, everywhere) == set(everywhere)
