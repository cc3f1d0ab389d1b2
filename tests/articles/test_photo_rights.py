"""When a photo may be shown: one rule, asked of a row and of the database, and found by an index."""

import datetime

import pytest
from django.db import connection
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from articles import actions
from articles.actions.due import what_is_due
from articles.models import Article, Photo, Placement
from articles.models.photo import NO_ARCHIVE, Consent
from articles.states import State

from ..factories import make_article, make_photo, make_reporter

pytestmark = pytest.mark.django_db
NOON = datetime.datetime(2026, 11, 22, 3, 0, tzinfo=datetime.UTC)
DAY, HOUR, TICK = datetime.timedelta(days=1), datetime.timedelta(hours=1), datetime.timedelta(microseconds=1)
UPLOADED = NOON - 2 * DAY
ARCHIVED = UPLOADED + NO_ARCHIVE


def row(**rights) -> Photo:
    """Store the row of a photo with these rights, without a file."""
    return Photo.objects.create(
        **{"created_at": UPLOADED, "file": "x.jpg", "digest": "0" * 32, "width": 9} | rights
    )


def shown_at(moment: datetime.datetime) -> set[int]:
    """Return the keys of the photos that the database says readers may see."""
    return set(Photo.objects.usable(moment).values_list("pk", flat=True))


# Rights, and what they say to: a moment before noon, one before it by a microsecond, noon, and the next day.
TABLE = {
    "no limit": ({}, (True, True, True, True)),
    "open": ({"usable_from": UPLOADED, "usable_until": NOON + 9 * DAY}, (True, True, True, True)),
    "closed": ({"usable_until": UPLOADED}, (False, False, False, False)),
    "not begun": ({"usable_from": NOON + 9 * DAY}, (False, False, False, False)),
    "ends at noon": ({"usable_until": NOON}, (True, True, False, False)),
    "ends just after noon": ({"usable_until": NOON + TICK}, (True, True, True, False)),
    "begins at noon": ({"usable_from": NOON}, (False, False, True, True)),
    "begins just after noon": ({"usable_from": NOON + TICK}, (False, False, False, True)),
    "one moment": ({"usable_from": NOON, "usable_until": NOON + TICK}, (False, False, True, False)),
    "not archived": ({"no_archive": True}, (True, True, True, True)),
    "not archived, old": ({"no_archive": True, "created_at": NOON - NO_ARCHIVE}, (True, True, False, False)),
    "not archived, ends before": ({"no_archive": True, "usable_until": NOON}, (True, True, False, False)),
    "asked": ({"consent": Consent.ASKED}, (True, True, True, True)),
    "given": ({"consent": Consent.GIVEN}, (True, True, True, True)),
    "withdrawn": ({"consent": Consent.WITHDRAWN}, (False, False, False, False)),
    "withdrawn, in its window": ({"consent": Consent.WITHDRAWN, "usable_until": NOON + DAY}, (False,) * 4),
    "minors": ({"minors": True}, (False, False, False, False)),
    "minors, asked": ({"minors": True, "consent": Consent.ASKED}, (False, False, False, False)),
    "minors, given": ({"minors": True, "consent": Consent.GIVEN}, (True, True, True, True)),
    "minors, withdrawn": ({"minors": True, "consent": Consent.WITHDRAWN}, (False, False, False, False)),
}


@pytest.mark.parametrize("name", TABLE)
def test_a_row_and_the_database_say_the_same(name):
    """Of every right at every moment, to the microsecond."""
    rights, expected = TABLE[name]
    photo = row(**rights)
    photo.refresh_from_db()
    moments = (NOON - HOUR, NOON - TICK, NOON, NOON + DAY)
    assert tuple(photo.is_usable(moment) for moment in moments) == expected
    assert tuple(photo.pk in shown_at(moment) for moment in moments) == expected
    assert not any(photo.is_over(moment) and photo.is_usable(moment) for moment in moments)


moments = st.integers(-4, 4).map(lambda ticks: NOON + ticks * TICK) | st.integers(-40, 40).map(
    lambda days: NOON + days * DAY
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    begin=st.none() | moments, end=st.none() | moments, uploaded=moments, no_archive=st.booleans(),
    consent=st.sampled_from(Consent.values), minors=st.booleans(), at=moments,
)  # fmt: skip
def test_no_rights_are_read_two_ways(db, begin, end, uploaded, no_archive, consent, minors, at):
    """Whatever is set: the row, the database, and the next turn that is noted agree."""
    if begin and end and end <= begin:
        begin, end = (end, begin) if end < begin else (begin, None)
    photo = row(
        usable_from=begin, usable_until=end, created_at=uploaded, no_archive=no_archive, consent=consent,
        minors=minors,
    )  # fmt: skip
    stored = Photo.objects.get(pk=photo.pk)
    assert stored.is_usable(at) == photo.is_usable(at) == (photo.pk in shown_at(at))
    turn = stored.next_turn(at)
    if turn:
        assert stored.is_usable(turn - TICK) == stored.is_usable(at)
    Photo.objects.filter(pk=photo.pk).delete()


def test_places_follow_the_rule_of_their_photos():
    """The filter of places says what that of photos says."""
    photos = [make_photo(usable_until=NOON), make_photo(usable_from=NOON), make_photo()]
    make_article(photos=photos)
    for moment in (NOON - TICK, NOON):
        assert set(Placement.objects.usable(moment).values_list("photo", flat=True)) == shown_at(moment)


def test_what_is_due_stays_due_until_it_is_done():
    """A caption that is saved behind the end does not make the end forgotten; another end does."""
    photo = row(usable_until=timezone.now() - HOUR)
    Photo.objects.filter(pk=photo.pk).update(due_at=photo.ends_at)
    photo.refresh_from_db()
    photo.caption = "고친 설명."
    photo.save()
    assert Photo.objects.due().get() == photo
    photo.usable_until = timezone.now() + HOUR
    photo.save()
    assert list(Photo.objects.due()) == [] and photo.due_at == photo.usable_until


def test_an_end_is_applied_once(monkeypatch):
    """Whoever comes second finds nothing to do; what begins and ends is applied twice."""
    now = timezone.now()
    photo = make_photo(usable_from=now + HOUR, usable_until=now + DAY)
    told = []
    monkeypatch.setattr(actions.photos, "announce", lambda found: told.append(found.pk))
    for moment in (now, now + HOUR, now + HOUR, now + DAY, now + DAY):
        actions.apply_due(moment)
    assert told == [photo.pk, photo.pk]
    photo.refresh_from_db()
    assert photo.due_at is None


def test_photos_in_use_are_those_that_readers_find():
    """In a story that is public, lead or not, or as a portrait; not in what waits, nor in the library alone."""
    lead, inside, waiting, draft, face, library = (make_photo(f"{name}.") for name in "가나다라마바")
    make_article(photos=[lead, inside])
    make_article(photos=[waiting], hours_ago=-1)
    make_article(photos=[draft], state=State.DRAFT)
    make_reporter(portrait=face)
    assert set(Photo.objects.in_use()) == {lead, inside, face}
    assert set(Photo.objects.in_use(timezone.now() + DAY)) == {lead, inside, face, waiting}
    assert library not in Photo.objects.in_use()


# Plans. PostgreSQL would read tables of a few rows whole; ANALYZE would leave figures to the tests that follow.


@pytest.fixture
def archive():
    """An archive in which few photos ever end."""
    now = timezone.now()
    Photo.objects.bulk_create(
        Photo(file=f"{number}.jpg", digest=f"{number:032d}", width=9, ends_at=end, due_at=end)
        for number in range(3000)
        for end in [now + number * HOUR if number % 100 == 0 else None]
    )
    stories = [make_article(f"이야기 {number}") for number in range(3)]
    rows = Photo.objects.order_by("pk")[:1500]
    Placement.objects.bulk_create(
        Placement(article=stories[0], photo=photo, order=1, place="text") for photo in rows
    )
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off")


QUESTIONS = {
    "due": (lambda now: Photo.objects.due(now).order_by(), "photo_due"),
    "ending": (lambda now: Photo.objects.ending(now, now + 14 * DAY), "photo_ends"),
    "ending in use": (lambda now: Photo.objects.ending(now, now + 14 * DAY).in_use(now), "photo_ends"),
}


@pytest.mark.parametrize("name", QUESTIONS)
def test_the_few_that_turn_are_found_by_their_index(archive, name):
    """Neither the table of photos nor the stories are read from their beginning."""
    question, index = QUESTIONS[name]
    plan = question(timezone.now()).explain()
    assert index in plan, plan
    for scan in ("SCAN articles_photo", "Seq Scan on articles_photo", "SCAN articles_placement", "SCAN U0", "SCAN U1",
                 "Seq Scan on articles_placement"):  # fmt: skip
        assert scan not in plan, plan


def test_every_request_asks_along_the_indexes(archive, django_assert_num_queries):
    """What is due, changes and photos, is one query, and none of its parts reads a table."""
    now = timezone.now()
    with django_assert_num_queries(1):
        assert [kind for kind, _key, _at in what_is_due(now)] == ["photo"]
    plan = Photo.objects.due(now).order_by().explain()
    assert "photo_due" in plan, plan
    assert Article.objects.filter(placements__photo__due_at__lte=now).exists()
