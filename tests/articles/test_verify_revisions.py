"""The command that reads all seals."""

from dataclasses import replace
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from articles import actions
from articles.models import Revision

from ..factories import make_article, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def stories() -> list:
    """Two stories with three versions each."""
    desk, made = make_user("desk"), [make_article("하나"), make_article("둘")]
    for article in made:
        for deck in ("첫째", "둘째"):
            actions.save(article=article, snapshot=replace(actions.newest(article), deck=deck), by=desk)
    return made


def verify() -> str:
    """Return what the command prints."""
    out = StringIO()
    call_command("verify_revisions", stdout=out)
    return out.getvalue()


def test_versions_as_saved_are_counted(stories):
    """Six versions, nothing to complain of."""
    assert verify() == "6 versions are as they were saved.\n"


def test_an_altered_version_is_named(stories):
    """One word changed behind the program's back is found, with its story and number."""
    row = stories[0].revisions.get(number=2)
    Revision.objects.filter(pk=row.pk).update(content=row.content | {"deck": "고친 것"})
    with pytest.raises(CommandError, match=f"story {stories[0].pk}: version 2 is not as it was saved"):
        verify()


@pytest.mark.parametrize("number", [2, 3])
def test_a_missing_version_is_named(stories, number):
    """One taken out of the middle breaks the next one's seal; the last one is missed by the story itself."""
    stories[1].revisions.filter(number=number).delete()
    with pytest.raises(CommandError, match=f"story {stories[1].pk}: version 3 is"):
        verify()
