"""Which sections a member of staff answers for."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class SectionDuty(models.Model):
    """A section that one of the desk answers for, with those under it; somebody without any has the whole paper."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="section_duties", verbose_name=_("staff user")
    )
    # Whoever lost the last duty with a deleted section would have the whole paper.
    section = models.ForeignKey("Section", models.PROTECT, related_name="duties", verbose_name=_("section"))

    class Meta:
        verbose_name = _("duty for a section")
        verbose_name_plural = _("duties for sections")
        constraints = [models.UniqueConstraint(fields=["user", "section"], name="duty_once")]

    def __str__(self) -> str:
        return f"{self.user}: {self.section}"
