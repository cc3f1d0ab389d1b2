"""Who may do what with an assignment. Who may see it: ``AssignmentQuerySet.visible_to``."""

from .models import Assignment

TAKE = "newsroom_planning.take_assignment"
ASSIGN = "newsroom_planning.assign_assignment"


def is_mine(user, assignment: Assignment) -> bool:
    """Tell whether ``user`` is among those who do it; uses loaded assignees without a query."""
    return any(person.pk == user.pk for person in assignment.assignees.all())


def may_take(user, assignment: Assignment) -> bool:
    """Tell whether ``user`` may take it: it is planned, and nobody does it yet."""
    free = assignment.state == Assignment.State.OPEN and not assignment.assignees.all()
    return free and user.has_perm(TAKE)


def may_begin(user, assignment: Assignment) -> bool:
    """Tell whether ``user`` may begin to write: it is theirs, or free, or they give assignments themselves."""
    if not (assignment.is_current and user.has_perm("articles.add_article")):
        return False
    return is_mine(user, assignment) or may_take(user, assignment) or user.has_perm(ASSIGN)


def may_change(user, assignment: Assignment) -> bool:
    """Tell whether ``user`` may change its words: those who give assignments, and who proposed it."""
    proposed = assignment.created_by_id == user.pk and assignment.state == Assignment.State.OPEN
    return proposed or user.has_perm(ASSIGN)
