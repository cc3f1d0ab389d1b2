"""What waits on the desk of the demonstration: plans, a change to a public story, notes, and read notices."""

import datetime
import tomllib
from dataclasses import replace
from pathlib import Path

from articles import actions
from articles.models import Article, Section
from articles.states import State

from .newsdesk import DESK, account
from .rows import Assignment, Note, Notice

FILE = Path(__file__).with_name("desk.toml")
# What still waits for somebody; notices of all the rest have been read long ago.
WAITING = [State.SUBMITTED, State.RETURNED]
MINUTES_BETWEEN = 7


def make_deskwork(run) -> int:
    """Make the plans and the change, and read the notices that the demonstration's past left behind."""
    words = tomllib.loads(FILE.read_text(encoding="utf-8"))
    old = Notice.objects.exclude(article__state__in=WAITING)
    old.update(read_at=run.clock.now)
    for plan in words["assignments"]:
        make_assignment(run, plan)
    make_change(run, words["change"])
    return len(words["assignments"]) + 1


def make_assignment(run, plan: dict) -> None:
    """Plan something for the hours to come."""
    made = Assignment.objects.create(
        what=plan["what"],
        details=plan["details"],
        section=Section.objects.filter(slug=plan["section"]).first(),
        starts_at=run.clock.ago(-plan["hours"]),
        place=plan["place"],
        photo_needed=plan["photo_needed"],
        deadline=run.clock.ago(-plan["deadline"]),
        created_by=account(DESK),
    )
    made.assignees.set([account(name) for name in plan["who"]])


def make_change(run, words: dict) -> None:
    """Let the people of a public story submit a change to it, with notes on it."""
    article = Article.objects.get(pk=run.ledger.keys("story")[words["story"]])
    writer, desk = article.created_by, account(DESK)
    before = actions.newest(article)
    after = replace(before, deck=words["deck"], body=before.body.replace(words["old"], words["new"]))
    actions.save(article=article, snapshot=after, by=writer, note=words["note"])
    actions.submit(article=article, by=writer)
    at = run.clock.now - datetime.timedelta(minutes=2 * MINUTES_BETWEEN)
    Note.objects.create(article=article, by=writer, text=words["note"], at=at)
    later = at + datetime.timedelta(minutes=MINUTES_BETWEEN)
    Note.objects.create(article=article, by=desk if desk != writer else None, text=words["answer"], at=later)
