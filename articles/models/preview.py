"""A secret address under which somebody outside the newsroom may read a story before it is published."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class PreviewLink(models.Model):
    """A link that was given to somebody. Only the digest of its secret is kept: the database opens no preview."""

    article = models.ForeignKey("Article", models.CASCADE, related_name="preview_links")
    digest = models.CharField(max_length=64, unique=True)
    label = models.CharField(_("for whom"), max_length=60, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("by")
    )
    created_at = models.DateTimeField(_("made"), default=timezone.now)
    expires_at = models.DateTimeField(_("valid until"))
    revoked_at = models.DateTimeField(_("revoked"), null=True)
    opened = models.PositiveIntegerField(_("times opened"), default=0)

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name = _("preview link")
        verbose_name_plural = _("preview links")

    def __str__(self) -> str:
        return f"{self.article_id}/{self.label or self.pk}"

    @property
    def is_open(self) -> bool:
        """Whether the link can be opened now."""
        return self.revoked_at is None and self.expires_at > timezone.now()
