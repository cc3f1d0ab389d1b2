"""Who writes and photographs, and under which story their names stand."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ..text import clean_line


class Reporter(models.Model):
    """A person with bylines; may or may not be a staff user."""

    name = models.CharField(_("name"), max_length=40)
    title = models.CharField(
        pgettext_lazy("of a person", "title"), max_length=30, blank=True, default="기자",
        help_text=_("Stands behind the name in a byline, for example 기자, 선임기자, 객원기자."),
    )  # fmt: skip
    slug = models.SlugField(_("address"), max_length=60, unique=True)
    email = models.EmailField(_("e-mail"), blank=True, help_text=_("Shown on the reporter's page."))
    intro = models.CharField(_("introduction"), max_length=300, blank=True)
    beats = models.CharField(_("beats"), max_length=100, blank=True)
    portrait = models.ForeignKey(
        "Photo", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("portrait")
    )
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="reporter",
        verbose_name=_("staff user"),
    )  # fmt: skip
    is_active = models.BooleanField(_("on the staff"), default=True)

    class Meta:
        ordering = ["name"]
        verbose_name = _("reporter")
        verbose_name_plural = _("reporters")

    def __str__(self) -> str:
        return f"{self.name} {self.title}".strip()

    def clean(self) -> None:
        self.name = clean_line(self.name)
        self.title = clean_line(self.title)

    def get_absolute_url(self) -> str:
        return reverse("articles:reporter", args=[self.slug])


class Byline(models.Model):
    """A reporter or a guest on a story, with order and role."""

    class Role(models.TextChoices):
        WRITER = "writer", _("Text")
        PHOTO = "photo", _("Photo")
        TRANSLATION = "translation", _("Translation")
        GRAPHICS = "graphics", _("Graphics")

    article = models.ForeignKey("Article", models.CASCADE, related_name="bylines")
    reporter = models.ForeignKey(
        Reporter, models.PROTECT, null=True, blank=True, related_name="bylines", verbose_name=_("reporter")
    )
    guest_name = models.CharField(_("guest"), max_length=40, blank=True)
    guest_title = models.CharField(_("guest's title"), max_length=40, blank=True)
    role = models.CharField(_("role"), max_length=12, choices=Role.choices, default=Role.WRITER)
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    # The story's time again, so that a reporter's list is read along one index (see actions.settle).
    published_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        ordering = ["order", "pk"]
        verbose_name = _("byline")
        verbose_name_plural = _("bylines")
        indexes = [
            models.Index(
                "reporter", F("published_at").desc(), F("article").desc(), name="byline_reporter_list"
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["article", "reporter"], name="byline_once"),
            models.CheckConstraint(
                name="byline_reporter_or_guest",
                condition=Q(reporter__isnull=False, guest_name="")
                | (Q(reporter__isnull=True) & ~Q(guest_name="")),
                violation_error_message=_("Give either a reporter or the name of a guest."),
            ),
            models.CheckConstraint(
                name="byline_role_known", condition=Q(role__in=["writer", "photo", "translation", "graphics"])
            ),
        ]

    def __str__(self) -> str:
        return self.display_name

    def save(self, *args, **kwargs) -> None:
        self.guest_name = clean_line(self.guest_name)
        self.guest_title = clean_line(self.guest_title)
        self.published_at = self.article.published_at
        super().save(*args, **kwargs)

    @property
    def display_name(self) -> str:
        """The name with its title, as it stands in the byline."""
        if self.reporter_id:
            return str(self.reporter)
        return f"{self.guest_name} {self.guest_title}".strip()
