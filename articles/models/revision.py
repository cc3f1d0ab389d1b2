"""Every saved version of a story, kept for ever, and a change that waits for its time."""

import hashlib
import json

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..errors import Immutable
from ..states import Change, Occasion


class Revision(models.Model):
    """One saved version of a story: all its words, bylines, photos and tags; never changed afterwards.

    ``content`` is the JSON of ``snapshots.Snapshot``. ``digest`` seals it together with the digest of the
    revision before, so that nothing can be altered or taken out without ``broken_link`` telling.
    """

    article = models.ForeignKey("Article", models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField(_("number"))
    content = models.JSONField(encoder=DjangoJSONEncoder)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("by")
    )
    at = models.DateTimeField(_("at"), default=timezone.now)
    occasion = models.CharField(_("occasion"), max_length=8, choices=Occasion.choices, default=Occasion.SAVE)
    note = models.TextField(_("note"), max_length=1000, blank=True)
    based_on = models.PositiveIntegerField(null=True)
    previous_digest = models.CharField(max_length=64, blank=True)
    digest = models.CharField(max_length=64)

    class Meta:
        ordering = ["-number"]
        verbose_name = _("revision")
        verbose_name_plural = _("revisions")
        constraints = [
            models.UniqueConstraint(fields=["article", "number"], name="revision_number_once"),
            models.CheckConstraint(name="revision_occasion_known", condition=Q(occasion__in=Occasion.values)),
        ]

    def __str__(self) -> str:
        return f"{self.article_id}/{self.number}"

    def save(self, *args, **kwargs) -> None:
        if not self._state.adding:
            raise Immutable(_("A revision is never changed."))
        self.digest = self.seal()
        super().save(*args, **kwargs)

    def seal(self) -> str:
        """Return the SHA-256 of what the revision says and of the seal before it, in hexadecimal."""
        said = [
            self.previous_digest,
            self.number,
            self.occasion,
            self.note,
            self.at.timestamp(),
            self.content,
        ]
        words = json.dumps(said, cls=DjangoJSONEncoder, sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(words.encode()).hexdigest()


def broken_link(revisions) -> Revision | None:
    """Return the first of ``revisions`` (of one story, oldest first) whose seal does not hold, None if all do."""
    before = None
    for revision in revisions:
        follows = before is None or revision.previous_digest == before.digest
        if revision.digest != revision.seal() or not follows:
            return revision
        before = revision
    return None


class ScheduledChange(models.Model):
    """An approved change to a story that readers see, waiting for its time; applied by whoever comes first."""

    article = models.OneToOneField("Article", models.CASCADE, related_name="scheduled_change")
    version = models.PositiveIntegerField()
    at = models.DateTimeField(_("at"), db_index=True)
    kind = models.CharField(_("kind of change"), max_length=10, choices=Change.choices)
    note = models.CharField(_("note"), max_length=200, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("by")
    )

    class Meta:
        verbose_name = _("scheduled change")
        verbose_name_plural = _("scheduled changes")
        constraints = [
            models.CheckConstraint(name="scheduled_kind_known", condition=Q(kind__in=Change.values)),
        ]

    def __str__(self) -> str:
        return f"{self.article_id}/{self.version}"
