"""What somebody is typing, before it is saved."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models.fields.json import KT
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class WorkingCopyQuerySet(models.QuerySet):
    """Filters of working copies, each named once."""

    def unstored(self) -> "WorkingCopyQuerySet":
        """Return those with words that stand nowhere else; a window in which nothing was typed has none."""
        return self.filter(stored_as=None, sequence__gt=0)

    def for_listing(self) -> "WorkingCopyQuerySet":
        """Return them as lists need them, the newest first: with ``headline`` as typed, without the rest."""
        return self.annotate(headline=KT("data__headline__0")).defer("data").order_by("-saved_at", "-pk")


class WorkingCopy(models.Model):
    """The form of a story as it stands in one window of one person, sent by the browser while they type.

    ``data`` maps the name of each field to the list of its values. ``sequence`` counts upwards in the
    window, so that a late request never puts older words over newer ones. ``stored_as`` is the revision
    that holds these words once they were saved, ``LAID_ASIDE`` for words that were dropped or went on in
    another window, None while they stand nowhere else; ``seen_at`` is the window's last sign of life.
    """

    LAID_ASIDE = 0

    key = models.UUIDField(default=uuid.uuid4, unique=True)
    # A story that is deleted takes nobody's unsaved words with it: they are those of a new one then.
    article = models.ForeignKey("Article", models.SET_NULL, null=True, related_name="working_copies")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="working_copies")
    based_on = models.PositiveIntegerField(default=0)
    sequence = models.PositiveIntegerField(default=0)
    data = models.JSONField(default=dict)
    saved_at = models.DateTimeField(default=timezone.now)
    seen_at = models.DateTimeField(default=timezone.now)
    stored_as = models.PositiveIntegerField(null=True)

    objects = WorkingCopyQuerySet.as_manager()

    class Meta:
        verbose_name = _("working copy")
        verbose_name_plural = _("working copies")
        indexes = [
            models.Index("article", "by", "saved_at", name="copy_of_story"),
            models.Index("article", "seen_at", name="copy_presence"),
            models.Index("by", "saved_at", name="copy_of_person"),
        ]

    def __str__(self) -> str:
        return str(self.key)
