"""Curated pages: the front page and the fronts of sections, and the places on them."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.models import Article, Section


class Front(models.Model):
    """The front page (without a section), or the front of a section."""

    section = models.OneToOneField(
        Section, models.CASCADE, null=True, blank=True, related_name="front", verbose_name=_("section"),
        help_text=_("Empty: the front page of the paper."),
    )  # fmt: skip

    class Meta:
        ordering = ["section__order"]
        verbose_name = _("front")
        verbose_name_plural = _("fronts")
        constraints = [
            models.UniqueConstraint(
                models.Value(1), condition=Q(section__isnull=True), name="front_page_once",
                violation_error_message=_("There is a front page already."),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return str(self.section) if self.section_id else str(_("Front page"))


class SlotQuerySet(models.QuerySet):
    """Filters of slots."""

    def current(self):
        """Return the slots whose end has not come."""
        return self.filter(Q(until__isnull=True) | Q(until__gt=timezone.now()))


class Slot(models.Model):
    """A place on a front that an editor gave to a story; the first is the lead story.

    Places nobody filled are filled by the newest stories. A story that is not public yet waits in
    its slot and appears there by itself when its time comes.
    """

    front = models.ForeignKey(Front, models.CASCADE, related_name="slots", verbose_name=_("front"))
    article = models.ForeignKey(Article, models.CASCADE, related_name="slots", verbose_name=_("story"))
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    until = models.DateTimeField(
        _("until"),
        null=True,
        blank=True,
        help_text=_("Empty: until somebody takes it out. Afterwards the place fills up by itself."),
    )

    objects = SlotQuerySet.as_manager()

    class Meta:
        ordering = ["order", "pk"]
        verbose_name = _("slot")
        verbose_name_plural = _("slots")
        constraints = [models.UniqueConstraint(fields=["front", "article"], name="slot_once")]

    def __str__(self) -> str:
        return str(self.article)
