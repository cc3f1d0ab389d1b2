"""The states of a story, its origins and the kinds of change after publication."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class State(models.TextChoices):
    """Where a story is on its way; whether readers see an approved one is a matter of its time."""

    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Submitted")
    RETURNED = "returned", _("Returned")
    HELD = "held", _("Held")
    APPROVED = "approved", _("Approved")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class Origin(models.TextChoices):
    """Where a story comes from.

    The Newspapers Act (enforcement decree, art. 2) asks an internet newspaper for a share of own
    stories every week; art. 6 asks that advertising be told apart from stories.
    """

    OWN = "own", _("Own reporting")
    RELEASE = "release", _("Press release")
    AGENCY = "agency", _("Agency or partner")
    REPRINT = "reprint", _("Reprint")
    AD = "ad", _("Advertising")


class Change(models.TextChoices):
    """What a change after publication is; only a typo moves no public time."""

    TYPO = "typo", _("Typo")
    UPDATE = "update", _("Update")
    CORRECTION = "correction", pgettext_lazy("kind of change", "Correction")


class Occasion(models.TextChoices):
    """What made a revision."""

    SAVE = "save", _("Saved")
    MERGE = "merge", _("Merged")
    RESTORE = "restore", pgettext_lazy("occasion of a revision", "Restored")
    DISCARD = "discard", _("Change dropped")
    IMPORT = "import", _("As it stood")


class AiUse(models.TextChoices):
    """What part generative AI had in a story; «» means that nobody has said.

    The AI Basic Act (in force since 22 January 2026), art. 31, binds those who offer AI; a paper that works
    with it follows the code of the press, which asks that readers be told.
    """

    NONE = "none", _("None")
    ASSISTED = "assisted", _("Helped, checked by people")
    GENERATED = "generated", _("Wrote parts of it")
