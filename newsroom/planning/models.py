"""What the paper is going to report on, who does it and until when."""

import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from articles.models import Article, Section
from articles.text import clean_line, clean_lines


class AssignmentQuerySet(models.QuerySet):
    """Filters of assignments."""

    def visible_to(self, user):
        """Return what a member of staff may see: those who assign see all, others their own and what is free."""
        if user.has_perm("newsroom_planning.assign_assignment"):
            return self
        mine = Assignment.assignees.through.objects.filter(user=user).values("assignment")
        anybody = Assignment.assignees.through.objects.values("assignment")
        free = Q(state=Assignment.State.OPEN) & ~Q(pk__in=anybody)
        return self.filter(Q(created_by=user) | Q(pk__in=mine) | free)

    def current(self):
        """Return what is still to be done."""
        return self.filter(state__in=[Assignment.State.OPEN, Assignment.State.WRITING])

    def between(self, start: datetime.datetime, end: datetime.datetime):
        """Return what takes place, or is due, from ``start`` to before ``end``."""
        return self.filter(
            Q(starts_at__gte=start, starts_at__lt=end) | Q(deadline__gte=start, deadline__lt=end)
        )

    def for_listing(self):
        """Load what a line in a list shows: two queries."""
        return self.select_related("section").prefetch_related("assignees")


class Assignment(models.Model):
    """Something to report on; becomes a story when somebody begins to write."""

    class State(models.TextChoices):
        OPEN = "open", pgettext_lazy("assignment", "Planned")
        WRITING = "writing", pgettext_lazy("assignment", "Being written")
        DONE = "done", pgettext_lazy("assignment", "Done")
        DROPPED = "dropped", pgettext_lazy("assignment", "Dropped")

    what = models.CharField(
        _("what"), max_length=200, help_text=_("Becomes the working headline of the story.")
    )
    details = models.TextField(
        _("details"),
        max_length=2000,
        blank=True,
        help_text=_("Questions, contacts, documents, what to look out for."),
    )
    section = models.ForeignKey(
        Section, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("section")
    )
    assignees = models.ManyToManyField(
        settings.AUTH_USER_MODEL, blank=True, related_name="assignments", verbose_name=_("who"),
        help_text=_("Nobody: whoever has time takes it."),
    )  # fmt: skip
    starts_at = models.DateTimeField(_("when"), null=True, blank=True)
    place = models.CharField(_("where"), max_length=120, blank=True)
    photo_needed = models.BooleanField(_("photo needed"), default=False)
    deadline = models.DateTimeField(_("deadline"), null=True, blank=True)
    state = models.CharField(
        _("state"), max_length=8, choices=State.choices, default=State.OPEN, editable=False
    )
    article = models.OneToOneField(
        Article,
        models.SET_NULL,
        null=True,
        editable=False,
        related_name="assignment",
        verbose_name=_("story"),
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, related_name="+",
        verbose_name=_("begun by"),
    )  # fmt: skip
    created_at = models.DateTimeField(_("begun"), default=timezone.now, editable=False)

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("assignment")
        verbose_name_plural = _("assignments")
        permissions = [
            ("take_assignment", _("Can take assignments that are free")),
            ("assign_assignment", _("Can give assignments to others")),
        ]
        indexes = [
            models.Index(fields=["starts_at"], name="assignment_starts"),
            models.Index(fields=["deadline"], name="assignment_deadline"),
            models.Index(fields=["state", "-created_at"], name="assignment_list"),
        ]
        constraints = [
            models.CheckConstraint(
                name="assignment_state_known", condition=Q(state__in=["open", "writing", "done", "dropped"])
            ),
        ]

    def __str__(self) -> str:
        return self.what

    def save(self, *args, **kwargs) -> None:
        self.what, self.place = clean_line(self.what), clean_line(self.place)
        self.details = clean_lines(self.details)
        super().save(*args, **kwargs)

    @property
    def is_current(self) -> bool:
        """Whether it is still to be done."""
        return self.state in {self.State.OPEN, self.State.WRITING}

    @property
    def is_late(self) -> bool:
        """Whether it should have been done by now."""
        return self.is_current and self.deadline is not None and self.deadline < timezone.now()
