"""The verbs of assignments; each locks the row, so that two people do not take or begin the same one."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from articles.actions import create
from articles.models import Article, Byline, Reporter
from articles.signals import notice_wanted
from articles.snapshots import Snapshot

from .access import is_mine, may_begin, may_change, may_take
from .models import Assignment

NOTE_LENGTH = 1000


@transaction.atomic
def take(*, assignment: Assignment, by) -> Assignment:
    """Do it oneself; raises PermissionDenied when somebody else was quicker."""
    assignment = _lock(assignment)
    if not may_take(by, assignment):
        raise PermissionDenied(_("Somebody else has taken this assignment, or it is no longer planned."))
    assignment.assignees.add(by)
    return assignment


@transaction.atomic
def begin(*, assignment: Assignment, by) -> Article:
    """Return the story of the assignment; the first time it is made, as a draft of ``by``.

    It gets the working headline, section, deadline and the names of those who do it; the details stay
    beside it on its page. Raises PermissionDenied.
    """
    assignment = _lock(assignment)
    if assignment.article is not None and (is_mine(by, assignment) or may_change(by, assignment)):
        return assignment.article
    if not may_begin(by, assignment):
        raise PermissionDenied(_("You may not begin to write on this assignment."))
    if may_take(by, assignment):
        assignment.assignees.add(by)
    snapshot = Snapshot(headline=assignment.what, section=assignment.section_id, bylines=_bylines(assignment))
    note = assignment.details[:NOTE_LENGTH]
    saved = create(snapshot=snapshot, by=by, note=note, deadline=assignment.deadline)
    assignment.article, assignment.state = saved.article, Assignment.State.WRITING
    assignment.save(update_fields=["article", "state"])
    return saved.article


@transaction.atomic
def move(*, assignment: Assignment, by, state: str) -> Assignment:
    """Drop the assignment, mark it as done without a story, or plan it again; raises PermissionDenied."""
    assignment = _lock(assignment)
    if not may_change(by, assignment) and not is_mine(by, assignment):
        raise PermissionDenied(_("You may not change this assignment."))
    back = Assignment.State.WRITING if assignment.article_id else Assignment.State.OPEN
    assignment.state = back if state == Assignment.State.OPEN else state
    assignment.save(update_fields=["state"])
    return assignment


def tell(*, assignment: Assignment, users, by) -> None:
    """Ask for a notice to people who have just been given the assignment."""
    where = [assignment.place] if assignment.place else []
    notice_wanted.send(
        Assignment,
        users=list(users),
        kind="assignment",
        by=by,
        subject=assignment.what,
        words="\n".join([*where, *filter(None, [assignment.details])]),
        address=reverse("admin:newsroom_planning_assignment_change", args=[assignment.pk]),
    )


def _lock(assignment: Assignment) -> Assignment:
    return Assignment.objects.select_for_update().get(pk=assignment.pk)


def _bylines(assignment: Assignment) -> list[dict]:
    """Return the bylines of those who do it, as a snapshot holds them; who has no name in bylines is left out."""
    reporters = Reporter.objects.filter(user__in=assignment.assignees.all(), is_active=True).order_by("pk")
    return [
        {"reporter": key, "guest_name": "", "guest_title": "", "role": Byline.Role.WRITER.value}
        for key in reporters.values_list("pk", flat=True)
    ]
