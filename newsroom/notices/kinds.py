"""What notices are about, and how their receivers may want them mailed."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    """What has happened, as the receiver reads it."""

    SUBMITTED = "submitted", _("A story was submitted")
    RETURNED = "returned", _("Your story was returned")
    APPROVED = "approved", _("Your story was approved")
    SCHEDULED = "scheduled", _("Your story was approved for later")
    HELD = "held", _("Your story is held")
    WITHDRAWN = "withdrawn", _("Your story was withdrawn")
    RESTORED = "restored", _("Your story is public again")
    CHANGE_SUBMITTED = "change_submitted", _("A change to a story was submitted")
    CHANGE_RETURNED = "change_returned", _("Your change was returned")
    CHANGE_APPROVED = "change_approved", _("Your change was approved")
    CHANGE_SCHEDULED = "change_scheduled", _("Your change was approved for later")
    MENTION = "mention", _("You were named in a note")
    NOTE = "note", _("A note on a story of yours")
    ASSIGNMENT = "assignment", _("You have an assignment")
    RIGHT_ENDS = "right_ends", _("The right to a photo ends soon")


class Topic(models.TextChoices):
    """Kinds that a person chooses the mail for together."""

    SUBMITTED = "submitted", _("Stories and changes submitted to me")
    RETURNED = "returned", _("My stories and changes returned")
    APPROVED = "approved", _("My stories and changes approved")
    STOPPED = "stopped", _("My stories held, withdrawn or public again")
    MENTION = "mention", _("Notes that name me")
    NOTE = "note", _("Other notes on my stories")
    ASSIGNMENT = "assignment", _("Assignments for me")
    RIGHTS = "rights", _("Rights of photos that end soon")


class Mail(models.TextChoices):
    """When a notice is mailed."""

    NOW = "now", _("At once")
    DAILY = "daily", _("Once a day")
    NEVER = "never", _("Not at all")


TOPICS: dict[str, Topic] = {
    Kind.SUBMITTED: Topic.SUBMITTED,
    Kind.CHANGE_SUBMITTED: Topic.SUBMITTED,
    Kind.RETURNED: Topic.RETURNED,
    Kind.CHANGE_RETURNED: Topic.RETURNED,
    Kind.APPROVED: Topic.APPROVED,
    Kind.SCHEDULED: Topic.APPROVED,
    Kind.CHANGE_APPROVED: Topic.APPROVED,
    Kind.CHANGE_SCHEDULED: Topic.APPROVED,
    Kind.HELD: Topic.STOPPED,
    Kind.WITHDRAWN: Topic.STOPPED,
    Kind.RESTORED: Topic.STOPPED,
    Kind.MENTION: Topic.MENTION,
    Kind.NOTE: Topic.NOTE,
    Kind.ASSIGNMENT: Topic.ASSIGNMENT,
    Kind.RIGHT_ENDS: Topic.RIGHTS,
}

# What somebody waits for is mailed at once, as long as they have not chosen otherwise; the rest is not.
MAILED_AT_ONCE = {Topic.RETURNED, Topic.APPROVED, Topic.MENTION}


def usual(topic: str) -> Mail:
    """Return when notices of a topic are mailed to those who have not chosen."""
    return Mail.NOW if topic in MAILED_AT_ONCE else Mail.NEVER
