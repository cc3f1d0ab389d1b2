"""How strict each check before publication is, and the marks by which copied text is found."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Severity(models.TextChoices):
    """What a finding of a check does to the approval of a story."""

    OFF = "off", pgettext_lazy("check", "Off")
    WARNING = "warning", pgettext_lazy("check", "Warning")
    STOP = "stop", pgettext_lazy("check", "Stop")


class PrecheckSetting(models.Model):
    """What the paper set for one check; a check without a row works by its defaults.

    ``parameters`` maps the name of a parameter to its text as typed on the settings page.
    """

    name = models.CharField(_("check"), max_length=40, unique=True)
    severity = models.CharField(_("severity"), max_length=7, choices=Severity.choices)
    parameters = models.JSONField(default=dict)

    class Meta:
        ordering = ["name"]
        verbose_name = _("check before publication")
        verbose_name_plural = _("checks before publication")
        constraints = [
            models.CheckConstraint(
                name="precheck_severity_known", condition=models.Q(severity__in=Severity.values)
            ),
        ]

    def __str__(self) -> str:
        return self.name


class TextMark(models.Model):
    """One of the marks of a story's text: a hash of a few words in a row (``prechecks.shingles``).

    Stories that share marks share sentences. ``at`` is when the text was marked; older rows are taken
    away as new ones come.
    """

    article = models.ForeignKey("Article", models.CASCADE, related_name="text_marks")
    mark = models.BigIntegerField()
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("mark of a text")
        verbose_name_plural = _("marks of texts")
        indexes = [
            models.Index("mark", "at", "article", name="textmark_lookup"),
            models.Index("at", name="textmark_age"),
        ]
        constraints = [models.UniqueConstraint(fields=["article", "mark"], name="textmark_once")]

    def __str__(self) -> str:
        return f"{self.article_id}: {self.mark}"
