"""Checks of the rights of photos, at the time at which readers will see the story."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from articles import actions
from articles.errors import NotReady
from articles.models import Photo
from articles.models.photo import Consent, Licence
from articles.models.precheck import PrecheckSetting, Severity
from articles.prechecks import Known, Subject, check, findings
from articles.states import State

from ..factories import make_article, make_photo, make_reporter, make_section, make_user

pytestmark = pytest.mark.django_db
DAY, TICK = datetime.timedelta(days=1), datetime.timedelta(microseconds=1)
RULES = {"photo_rights", "photo_minors", "photo_consent", "photo_ends", "photo_single_use"}


@pytest.fixture(autouse=True)
def english():
    """Read the sentences in the language they are written in."""
    with translation.override("en"):
        yield


def snapshot(lead: Photo | None = None, inside: Photo | None = None, **changes) -> dict:
    """Return a version of a story with these photos."""
    figure = f'<figure data-photo="{inside.pk}"></figure>' if inside else ""
    return {"lead_photo": lead.pk if lead else None, "body": f"<p>글이다.</p>{figure}"} | changes


def found(lead: Photo, *, article=None, now=None, **changes) -> list:
    """Return what the checks of rights find in a story with ``lead``."""
    return [one for one in check(snapshot(lead, **changes), article, now=now) if one.rule in RULES]


def rules(lead: Photo, **more) -> list[tuple[str, str]]:
    """Return the names of the checks that found something, with their severity."""
    return [(one.rule, one.severity) for one in found(lead, **more)]


def test_a_photo_without_limits_is_no_finding():
    """Neither of its own nor with a consent that was given."""
    for rights in ({}, {"consent": Consent.GIVEN}, {"minors": True, "consent": Consent.GIVEN}):
        assert rules(make_photo(**rights)) == []


@pytest.mark.parametrize(
    ("rights", "rule", "severity", "words"),
    [
        ({"usable_until": -DAY}, "photo_rights", "stop", "may be shown until"),
        ({"usable_from": DAY}, "photo_rights", "stop", "may be shown from"),
        ({"consent": Consent.WITHDRAWN}, "photo_rights", "stop", "does not agree"),
        ({"minors": True}, "photo_minors", "stop", "shows minors"),
        ({"minors": True, "consent": Consent.ASKED}, "photo_minors", "stop", "shows minors"),
        ({"minors": True, "consent": Consent.WITHDRAWN}, "photo_minors", "stop", "shows minors"),
        ({"consent": Consent.ASKED}, "photo_consent", "warning", "asked for their consent"),
        ({"usable_until": 3 * DAY}, "photo_ends", "warning", "will be without it"),
    ],
)
def test_each_lack_is_found_once_where_it_stands(rights, rule, severity, words):
    """As the lead photo by its field, in the text by its block; by its caption, with the moment."""
    now = timezone.now()
    moments = {
        name: now + value if isinstance(value, datetime.timedelta) else value
        for name, value in rights.items()
    }
    photo = make_photo("마을 잔치.", **moments)
    (one,) = found(photo)
    assert (one.rule, one.severity, one.field, one.block) == (rule, severity, "lead_photo", None)
    assert words in one.message and "마을 잔치." in one.message
    inside = [one for one in check(snapshot(make_photo(), photo)) if one.rule in RULES]
    assert [(one.rule, one.field, one.block) for one in inside] == [(rule, "body", 1)]


def test_the_time_of_publication_counts():
    """Not the time of writing: a story for next week is checked for next week, to the microsecond."""
    now = timezone.now()
    noon = now + 3 * DAY
    photo = make_photo(usable_until=noon)
    assert rules(photo, published_at=(noon - TICK).isoformat()) == [("photo_ends", "warning")]
    assert rules(photo, published_at=noon.isoformat()) == [("photo_rights", "stop")]
    later = make_photo(usable_from=noon)
    assert rules(later, published_at=(noon - TICK).isoformat()) == [("photo_rights", "stop")]
    assert rules(later, published_at=noon.isoformat()) == []


def test_the_days_ahead_are_set_by_the_paper():
    """Seven by default; the end of the last one counts, what lies behind it does not."""
    now = timezone.now()
    week, more = make_photo(usable_until=now + 7 * DAY), make_photo(usable_until=now + 7 * DAY + TICK)
    assert rules(week, now=now) == [("photo_ends", "warning")]
    assert rules(more, now=now) == []
    PrecheckSetting.objects.create(name="photo_ends", severity=Severity.WARNING, parameters={"days": "30"})
    assert rules(more, now=now) == [("photo_ends", "warning")]


def test_one_use_is_used_up_by_another_public_story():
    """Not by the story itself, nor by one that nobody sees yet; a photo that may be used again is no matter."""
    single, own = make_photo(licence=Licence.SINGLE), make_photo()
    story = make_article("첫 쓰임", photos=[own, single])
    make_article("초고", photos=[single], state=State.DRAFT)
    assert rules(single, article=story) == []
    (one,) = found(single)
    assert (one.rule, one.severity) == ("photo_single_use", "warning")
    assert "stands in «첫 쓰임» already" in one.message
    assert rules(own) == []


def test_it_costs_no_query_more(django_assert_num_queries):
    """Uses and rights come with the photos, however many there are."""
    photos = [make_photo(licence=Licence.SINGLE) for _number in range(4)]
    for number in range(3):
        make_article(f"기사 {number}", photos=photos)
    figures = "".join(f'<figure data-photo="{photo.pk}"></figure>' for photo in photos)
    counted = []
    for body in ("<p>글</p>", f"<p>글</p>{figures}"):
        with CaptureQueriesContext(connection) as queries:
            check(snapshot(photos[0], body=body))
        counted.append(len(queries))
    assert counted[0] == counted[1]


def test_without_rows_there_is_nothing_to_say():
    """A snapshot alone, or a photo of which only words are known."""
    photo = make_photo(minors=True)
    version = snapshot(photo)
    assert not RULES & {one.rule for one in findings(Subject.of(version))}
    assert not RULES & {one.rule for one in findings(Subject.of(version, Known(photos={photo.pk: photo})))}


def test_a_stop_keeps_the_story_from_readers():
    """Approving needs a reason; with a photo that may be shown it does not."""
    desk = make_user("desk")
    fields = {
        "state": State.SUBMITTED,
        "section": make_section(),
        "ai_use": "none",
        "reporters": [make_reporter()],
    }
    bad = make_article(photos=[make_photo(minors=True)], **fields)
    with pytest.raises(NotReady, match="shows minors"):
        actions.approve(article=bad, by=desk)
    good = make_article("다른 기사다 다른 글", body="<p>전혀 다르다.</p>", photos=[make_photo()], **fields)
    assert actions.approve(article=good, by=desk).is_public()
