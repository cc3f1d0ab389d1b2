"""Working copies: only newer words win, what is not stored is offered, what is stored is offered no longer."""

import datetime
import uuid

import pytest
from django.utils import timezone

from articles import copies
from articles.copies import Continued, Window
from articles.errors import NotAllowed
from articles.models import WorkingCopy
from articles.states import State

from ..factories import make_article, make_user

pytestmark = pytest.mark.django_db

KEY = "56938e60-c463-450b-bd55-9c3e2b84506c"


@pytest.fixture
def user():
    return make_user("reporter")


@pytest.fixture
def story(user):
    return make_article(state=State.DRAFT, created_by=user)


def window(user, story=None, based_on: int = 1, key=None) -> Window:
    return Window(key or uuid.uuid4(), user, story, based_on)


def typed(words: str) -> dict:
    return {"headline": [words]}


def keep(opened: Window, words: str, sequence: int, **options) -> WorkingCopy:
    return copies.keep(opened, sequence=sequence, data=typed(words), **options)


def age(copy: WorkingCopy, **since) -> None:
    """Make a row as old as ``since`` says."""
    then = timezone.now() - datetime.timedelta(**since)
    WorkingCopy.objects.filter(pk=copy.pk).update(saved_at=then, seen_at=then)


def test_a_late_message_never_puts_older_words_over_newer_ones(user, story):
    """Sequences decide, not the order of arrival; the same one twice changes nothing."""
    opened = window(user, story)
    keep(opened, "셋째", 3)
    for sequence, words in ((2, "둘째"), (3, "셋째와 다른 것")):
        assert keep(opened, words, sequence).data == typed("셋째")
    assert keep(opened, "넷째", 4).data == typed("넷째")
    assert WorkingCopy.objects.count() == 1


def test_the_newest_unsaved_words_are_offered_to_their_writer_alone(user, story):
    """Two windows, two copies; a window in which nothing was typed, another story and another person do not count."""
    age(keep(window(user, story), "먼저", 1), minutes=5)
    newest = keep(window(user, story), "나중", 1)
    copies.beat(window(user, story))
    keep(window(user, make_article(state=State.DRAFT)), "다른 기사", 1)
    keep(window(make_user("reporter"), story), "다른 사람", 1)
    assert copies.offered(story, user) == newest
    copies.lay_aside(Continued(newest.key, 1), by=user)
    assert copies.offered(story, user).data == typed("먼저")


def test_words_that_were_typed_long_before_they_arrived_count_from_then(user, story):
    """A browser that was offline yesterday sends up what is older than today's words."""
    today = keep(window(user, story), "오늘", 1)
    keep(window(user, story), "어제", 9, age=datetime.timedelta(days=1))
    assert copies.offered(story, user) == today


def test_a_form_brought_back_to_what_is_saved_is_not_offered(user, story):
    """A letter typed and taken away again leaves nothing; the next letter counts again."""
    opened = window(user, story)
    keep(opened, "가나", 1)
    keep(opened, "가", 2, settled=True)
    assert copies.offered(story, user) is None
    keep(opened, "가다", 3)
    assert copies.offered(story, user).data == typed("가다")


def test_a_window_that_goes_on_with_an_earlier_one_replaces_it(user, story):
    """With its first words, and only as far as it had taken them over."""
    first, second, third = window(user, story), window(user, story), window(user, story)
    keep(first, "처음", 2)
    keep(second, "이어서", 1, continued=Continued(first.key, 2))
    assert WorkingCopy.objects.get(key=first.key).stored_as == WorkingCopy.LAID_ASIDE
    assert copies.offered(story, user).key == second.key
    # The second window is still open elsewhere and writes on after the third had taken its words over.
    keep(second, "이어서 더", 2)
    keep(third, "다른 길", 1, continued=Continued(second.key, 1))
    assert WorkingCopy.objects.unstored().count() == 2


def test_nobody_lays_aside_the_words_of_another(user, story):
    """The key of somebody else's window means nothing."""
    copy = keep(window(user, story), "내 글", 1)
    copies.lay_aside(Continued(copy.key, 1), by=make_user("admin"))
    assert copies.offered(story, user) == copy


def test_nobody_writes_into_the_window_of_another(user, story):
    """The row stays as it is."""
    opened = window(user, story)
    keep(opened, "내 글", 1)
    for use in (lambda other: keep(other, "남의 글", 2), copies.beat):
        with pytest.raises(NotAllowed):
            use(Window(opened.key, make_user("admin"), story))
    assert WorkingCopy.objects.get().data == typed("내 글")


def test_stored_words_are_offered_no_longer(user, story):
    """Nor are those that the window had gone on with."""
    before, opened = keep(window(user, story), "먼저", 4), window(user, story)
    keep(opened, "저장", 7)
    copies.mark_stored(opened, sequence=7, number=3, continued=Continued(before.key, 4))
    assert copies.offered(story, user) is None
    assert WorkingCopy.objects.get(key=opened.key).stored_as == 3
    assert keep(opened, "늦게 온 것", 6).stored_as == 3


def test_what_was_typed_while_the_form_was_under_way_stays_offered(user, story):
    """The save took words up to 7; the eighth came behind the button."""
    opened = window(user, story)
    keep(opened, "저장한 글에 더", 8)
    copies.mark_stored(opened, sequence=7, number=3)
    assert copies.offered(story, user).data == typed("저장한 글에 더")


def test_a_save_that_came_before_every_message_is_noted(user, story):
    """So that the browser, which holds the words, is told that it may forget them."""
    opened = window(user, story)
    copies.mark_stored(opened, sequence=5, number=2)
    assert copies.known([opened.key], user) == {str(opened.key): {"sequence": 5, "stored": True}}
    assert keep(opened, "뒤늦게", 5).stored_as == 2


def test_a_new_story_is_listed_until_it_is_saved(user):
    """Newest first, with the headline as typed; then its window names the story."""
    age(keep(window(user), "어제 쓰던 글", 1), days=1)
    opened = window(user)
    keep(opened, "새 글", 2)
    assert [copy.headline for copy in copies.unsaved_stories(user)] == ["새 글", "어제 쓰던 글"]
    assert copies.offered_new(opened.key, user).data == typed("새 글")
    assert copies.offered_new(opened.key, make_user("desk")) is None
    assert copies.story_of(opened.key, user) is None
    story = make_article(state=State.DRAFT)
    copies.mark_stored(Window(opened.key, user, story, 1), sequence=2, number=1)
    assert [copy.headline for copy in copies.unsaved_stories(user)] == ["어제 쓰던 글"]
    assert copies.story_of(opened.key, user) == story
    assert copies.story_of(opened.key, make_user("desk")) is None


def test_words_of_a_story_that_is_deleted_stay(user, story):
    """They are those of a new story then."""
    keep(window(user, story), "지운 기사에 쓰던 글", 1)
    story.delete()
    assert [copy.headline for copy in copies.unsaved_stories(user)] == ["지운 기사에 쓰던 글"]


def test_characters_that_no_database_takes_are_left_out(user, story):
    """NUL and lone surrogates in names and values."""
    copy = copies.keep(window(user, story), sequence=1, data={"he\x00adline": ["가\x00나\ud800"]})
    assert WorkingCopy.objects.get(pk=copy.pk).data == {"headline": ["가나"]}


def test_only_what_stands_elsewhere_is_pruned(user, story):
    """After thirty days stored words go, and empty windows after an hour; unsaved words stay for ever."""
    stored, unsaved = keep(window(user, story), "저장됨", 1), keep(window(user, story), "안 됨", 1)
    copies.lay_aside(Continued(stored.key, 1), by=user)
    empty, foreign = copies.beat(window(user, story)), copies.beat(window(make_user("desk"), story))
    for copy in (stored, unsaved, empty, foreign):
        age(copy, days=31)
    copies.beat(window(user, story))
    left = set(WorkingCopy.objects.values_list("pk", flat=True))
    assert {unsaved.pk, foreign.pk} < left
    assert not left & {stored.pk, empty.pk}


def test_the_others_are_named_once_with_their_last_key(user, story):
    """Whoever typed last comes first; a window that was left, or has been silent, is gone; oneself is not named."""
    desk, chief = make_user("desk", last_name="이"), make_user("editor-in-chief", last_name="박")
    opened = window(desk, story)
    copies.beat(opened)
    age(keep(window(desk, story), "5분 전", 1), minutes=5)
    keep(window(chief, story), "지금", 1)
    keep(window(user, story), "나", 1)
    found = [person.as_json() for person in copies.others(story, user)]
    assert [(row["name"], row["typing"], row["typed_seconds"]) for row in found] == [
        ("박", True, 0), ("이", False, None)
    ]  # fmt: skip
    copies.beat(opened, leaving=True)
    assert [person.name for person in copies.others(story, user)] == ["박"]


@pytest.mark.parametrize("text", ["", "x", "1:2", KEY, f"{KEY}:", f"{KEY}:-1"])
def test_only_a_key_with_its_sequence_is_continued(text):
    """Anything else is none."""
    assert Continued.read(text) is None


def test_what_is_continued_is_read_from_the_form():
    """«key:sequence»."""
    key = uuid.uuid4()
    assert Continued.read(f"{key}:12") == Continued(key, 12)
