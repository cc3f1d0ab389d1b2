"""Who may write in which story, and the one door for readers."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import Http404

from articles.access import MAX_KEY, get_public_article, is_own, key_of, may_edit, may_use
from articles.states import State
from tests.factories import make_article, make_photo, make_reporter, make_user

pytestmark = pytest.mark.django_db
# In an approved story it is a change that is written, which the desk approves.
OPEN = {State.DRAFT, State.RETURNED, State.APPROVED}
EDITED = set(State) - {State.WITHDRAWN}
# In which states a role may write in a story of its own, and in one of others.
MAY_EDIT = {
    "reporter": (OPEN, set()),
    "photographer": (OPEN, set()),
    "copy-editor": (EDITED, EDITED),
    "desk": (set(State), set(State)),
    "editor-in-chief": (set(State), set(State)),
    "publisher": (set(State), set(State)),
    "moderator": (set(), set()),
    "admin": (set(State), set(State)),
}
PERMISSIONS = ["submit_article", "approve_article", "withdraw_article"]
# Which verbs' permissions a role has on a story of its own, and on one of others.
MAY_USE = {
    "reporter": ({"submit_article"}, set()),
    "photographer": ({"submit_article"}, set()),
    "copy-editor": ({"submit_article"}, {"submit_article"}),
    "desk": (set(PERMISSIONS), set(PERMISSIONS)),
    "editor-in-chief": (set(PERMISSIONS), set(PERMISSIONS)),
    "publisher": (set(PERMISSIONS), set(PERMISSIONS)),
    "moderator": (set(), set()),
    "admin": (set(PERMISSIONS), set(PERMISSIONS)),
}


@pytest.mark.parametrize("role", MAY_EDIT)
def test_who_may_write_in_a_story(role):
    """Every role, every state, own stories and those of others."""
    user = make_user(role)
    own, foreign = MAY_EDIT[role]
    for state in State:
        assert may_edit(user, make_article(state=state, created_by=user)) is (state in own), state
        assert may_edit(user, make_article(state=state)) is (state in foreign), state


@pytest.mark.parametrize("role", MAY_USE)
def test_who_may_use_which_verb(role):
    """A permission is not enough for those who may only touch their own stories."""
    user = make_user(role)
    own, foreign = MAY_USE[role]
    mine, other = make_article(created_by=user), make_article()
    assert {name for name in PERMISSIONS if may_use(user, name, mine)} == own
    assert {name for name in PERMISSIONS if may_use(user, name, other)} == foreign


@pytest.mark.parametrize(
    ("change", "is_open"), [("", True), ("draft", True), ("submitted", False), ("returned", True)]
)
def test_a_submitted_change_is_closed_to_its_writers(change, is_open):
    """Until it is taken back; copy editors and the desk go on, and nobody but the desk in a withdrawn story."""
    writer = make_user("reporter")
    story = make_article(created_by=writer, change_state=change)
    assert may_edit(writer, story) is is_open
    assert may_edit(make_user("copy-editor"), story)
    assert may_edit(make_user("desk"), story)
    gone = make_article(created_by=writer, change_state=change, state=State.WITHDRAWN)
    assert not may_edit(writer, gone)
    assert not may_edit(make_user("copy-editor"), gone)
    assert not may_use(writer, "submit_article", gone)
    assert may_edit(make_user("desk"), gone)


@pytest.mark.parametrize(
    ("typed", "key"),
    [("7", 7), ("", 0), ("x", 0), ("-1", 0), ("²", 0), (str(MAX_KEY + 1), 0), ("9" * 5000, 0)],
)
def test_keys_in_addresses(typed, key):
    """What is no key of a row is the key of none."""
    assert key_of(typed) == key


def test_a_story_belongs_to_who_began_it_and_to_its_byline():
    """A reporter's user counts; a story that nobody began belongs to nobody."""
    writer, other = make_user("reporter"), make_user("reporter")
    reporter = make_reporter(user=writer)
    assert is_own(writer, make_article(created_by=writer))
    assert is_own(writer, make_article(reporters=[make_reporter(), reporter]))
    assert not is_own(other, make_article(reporters=[reporter], created_by=writer))
    assert not is_own(writer, make_article(guests=["손님"]))


def test_nobody_owns_what_nobody_began():
    """An imported story without an author is not the story of every visitor."""
    nobody = AnonymousUser()
    assert not is_own(nobody, make_article(created_by=None))
    assert not may_edit(nobody, make_article(state=State.DRAFT))
    assert not may_use(nobody, "submit_article", make_article(state=State.DRAFT))


def test_a_user_who_left_may_do_nothing():
    """An account that was switched off keeps its groups and loses its rights."""
    gone = make_user("desk", is_active=False)
    article = make_article(state=State.DRAFT, created_by=gone)
    assert not may_edit(gone, article) and not may_use(gone, "approve_article", article)


@pytest.mark.parametrize("hours_ago", [1, -1])
@pytest.mark.parametrize("state", State)
def test_readers_come_in_by_one_door(state, hours_ago):
    """What is not public answers as what does not exist."""
    article = make_article(state=state, hours_ago=hours_ago)
    if state == State.APPROVED and hours_ago > 0:
        assert get_public_article(article.pk) == article
    else:
        with pytest.raises(Http404) as hidden:
            get_public_article(article.pk)
        with pytest.raises(Http404) as missing:
            get_public_article(article.pk + 1000)
        assert str(hidden.value) == str(missing.value)


@pytest.mark.parametrize("pk", [0, -1, MAX_KEY, MAX_KEY + 1, 10**400])
def test_numbers_that_no_story_can_have(pk):
    """A number beyond the database's is no story, and no error of the database."""
    with pytest.raises(Http404):
        get_public_article(pk)


@pytest.mark.parametrize("count", [1, 8])
def test_a_page_is_loaded_with_few_queries(django_assert_max_num_queries, count):
    """The same number for one byline and photo and for many."""
    article = make_article(
        reporters=[make_reporter() for _ in range(count)],
        photos=[make_photo(photographer=make_reporter()) for _ in range(count)],
    )
    # story; bylines with reporters; placements with photos; corrections
    with django_assert_max_num_queries(4):
        found = get_public_article(article.pk)
        assert len([byline.display_name for byline in found.bylines.all()]) == count
        assert len([placement.photo.credit_line for placement in found.placements.all()]) == count
