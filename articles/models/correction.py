"""Notices that put a published story right."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..querysets import CorrectionQuerySet


class Correction(models.Model):
    """A correction, reply or follow-up, shown with its story and in the list of corrections.

    The Press Arbitration Act knows the three: correction (art. 14, 15), reply (art. 16) and
    follow-up after an acquittal (art. 17).
    """

    class Kind(models.TextChoices):
        CORRECTION = "correction", _("Correction")
        REPLY = "reply", _("Reply")
        FOLLOWUP = "followup", _("Follow-up")

    article = models.ForeignKey(
        "Article", models.CASCADE, related_name="corrections", verbose_name=_("story")
    )
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices, default=Kind.CORRECTION)
    title = models.CharField(_("title"), max_length=200)
    text = models.TextField(_("text"), max_length=3000)
    published_at = models.DateTimeField(_("published"), default=timezone.now)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, related_name="+"
    )

    objects = CorrectionQuerySet.as_manager()

    class Meta:
        ordering = ["-published_at", "-pk"]
        verbose_name = _("correction")
        verbose_name_plural = _("corrections")
        indexes = [models.Index("published_at", "id", name="correction_list")]
        constraints = [
            models.CheckConstraint(
                name="correction_kind_known", condition=Q(kind__in=["correction", "reply", "followup"])
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def is_public(self) -> bool:
        """Tell whether the notice itself is due; its story is asked on its own."""
        return self.published_at <= timezone.now()
