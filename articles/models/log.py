"""What was done to a story, by whom, when and why; kept for ever."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..states import State


class StateChange(models.Model):
    """One verb used on one story."""

    article = models.ForeignKey("Article", models.CASCADE, related_name="state_changes")
    verb = models.CharField(_("verb"), max_length=12)
    from_state = models.CharField(_("from"), max_length=10, choices=State.choices)
    to_state = models.CharField(_("to"), max_length=10, choices=State.choices)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("by")
    )
    at = models.DateTimeField(_("at"), default=timezone.now)
    reason = models.TextField(_("reason"), max_length=1000, blank=True)
    change = models.CharField(_("kind of change"), max_length=10, blank=True)
    version = models.PositiveIntegerField(_("version"), null=True)

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = _("state change")
        verbose_name_plural = _("state changes")

    def __str__(self) -> str:
        return f"{self.verb}: {self.from_state} → {self.to_state}"
