"""Where the demonstration newspaper may be made, and where not."""

from io import StringIO

import pytest
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command

from articles.models import Article
from newsroom.ops.demo.ledger import Ledger

WIDTH = 120


def demo(**options) -> str:
    """Run the command with small pictures and return what it said."""
    out = StringIO()
    call_command("demo", stdout=out, **{"width": WIDTH} | options)
    return out.getvalue()


def test_emptied_newsroom_gets_a_new_paper(db):
    """Notes of a paper that was flushed away do not keep the next one out."""
    Ledger().finish("Stories")
    assert Ledger()
    said = demo(first_start=True)
    assert "Stories: " in said
    assert Article.objects.exists()


def test_first_start_stays_out_of_a_real_paper(db):
    """``make run`` on a newsroom with stories or users of its own loads nothing."""
    get_user_model().objects.create_user("editor")
    said = demo(first_start=True)
    assert "paper of its own" in said
    assert not Article.objects.exists()


def test_refused_outside_a_demonstration(db, settings):
    """Under production settings one sentence, and nothing is made."""
    settings.DEMONSTRATION = False
    with pytest.raises(CommandError, match="only under development settings"):
        demo()
    assert not get_user_model().objects.exists()


def test_unprepared_database_is_named(db, monkeypatch):
    """Before ``migrate`` the command says what to run."""
    monkeypatch.setattr(
        "newsroom.ops.management.commands.demo.unapplied_migrations", lambda: ["articles.0001"]
    )
    with pytest.raises(CommandError, match=r"manage\.py migrate"):
        demo()
