"""The states, origins and kinds of change: stored values are promises."""

import pytest
from django.utils import translation

from articles.actions import VERBS
from articles.models import Article, StateChange
from articles.states import Change, Origin, State


def test_stored_values_do_not_change():
    """Rows, constraints, feeds and exports hold these words."""
    assert State.values == ["draft", "submitted", "returned", "held", "approved", "withdrawn"]
    assert Origin.values == ["own", "release", "agency", "reprint", "ad"]
    assert Change.values == ["typo", "update", "correction"]


@pytest.mark.parametrize(("choices", "model", "field"), [
    (State, Article, "state"), (State, StateChange, "from_state"), (State, StateChange, "to_state"),
    (Origin, Article, "origin"), (Change, StateChange, "change"),
])  # fmt: skip
def test_columns_hold_every_value(choices, model, field):
    """No value is longer than its column."""
    assert max(map(len, choices.values)) <= model._meta.get_field(field).max_length


def test_verbs_fit_the_log():
    """The name of every verb fits the column of the log."""
    length = StateChange._meta.get_field("verb").max_length
    assert max(map(len, [*VERBS, "amend"])) <= length


def test_every_state_is_reached_and_left():
    """There is a way into every state but the first, and a way out of every one."""
    reached = {row.end for row in VERBS.values()}
    left = set().union(*(row.start for row in VERBS.values()))
    assert reached == set(State)
    assert left == set(State)


def test_names_speak_the_language_of_the_desk():
    """Labels are translated when they are shown, not when the code is loaded."""
    with translation.override("en"):
        assert str(State.DRAFT.label) == "Draft"
        assert str(VERBS["approve"].label) == "Approve"
