"""Where a story belongs: sections on two levels, series, and the sources of stories from outside."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ..querysets import SectionQuerySet
from ..text import clean_line


class Section(models.Model):
    """A section of the paper; a section may stand under another, on two levels in all."""

    name = models.CharField(_("name"), max_length=40)
    slug = models.SlugField(_("address"), max_length=40, unique=True)
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("under section"),
    )
    description = models.CharField(_("description"), max_length=200, blank=True)
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    is_active = models.BooleanField(_("in the menu"), default=True)
    on_front = models.BooleanField(
        _("on the front page"),
        default=True,
        help_text=_("Show the newest stories of this section on the front page."),
    )
    is_opinion = models.BooleanField(
        _("opinion"),
        default=False,
        help_text=_(
            "Set apart from the news on the front page; its stories do not get to the top by themselves."
        ),
    )

    objects = SectionQuerySet.as_manager()

    class Meta:
        ordering = ["order", "pk"]
        verbose_name = _("section")
        verbose_name_plural = _("sections")
        constraints = [
            models.CheckConstraint(
                name="section_not_under_itself", condition=Q(parent__isnull=True) | ~Q(parent=F("pk"))
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        self.name = clean_line(self.name)
        if self.parent_id is None:
            return
        if self.parent.parent_id is not None:
            raise ValidationError(
                {"parent": _("Sections have two levels: choose a section of the first level.")}
            )
        if self.pk and self.children.exists():
            raise ValidationError(
                {"parent": _("This section has sections under it and stays on the first level.")}
            )

    def get_absolute_url(self) -> str:
        return reverse("front:section", args=[self.slug])

    @property
    def top(self) -> "Section":
        """The section of the first level that this one belongs to, itself included."""
        return self if self.parent_id is None else self.parent


class Series(models.Model):
    """A named run of stories."""

    name = models.CharField(_("name"), max_length=60)
    slug = models.SlugField(_("address"), max_length=60, unique=True)
    description = models.TextField(_("description"), blank=True, max_length=500)
    is_finished = models.BooleanField(_("finished"), default=False)

    class Meta:
        ordering = ["is_finished", "name"]
        verbose_name = _("series")
        verbose_name_plural = _("series")

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("articles:series", args=[self.slug])


class Source(models.Model):
    """An agency or a partner paper whose stories stand here under its own marks."""

    name = models.CharField(_("name"), max_length=60, unique=True)
    url = models.URLField(_("home page"), blank=True)
    dateline = models.CharField(
        _("dateline tag"),
        max_length=80,
        blank=True,
        help_text=_("For example [{source}] or [{source}={reporter}]."),
    )
    copyright_line = models.CharField(
        _("copyright line"),
        max_length=200,
        blank=True,
        help_text=_("In place of the paper's own line; {source} and {publication} are filled in."),
    )

    class Meta:
        ordering = ["name"]
        verbose_name = _("source")
        verbose_name_plural = _("sources")

    def __str__(self) -> str:
        return self.name
