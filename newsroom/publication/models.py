"""The newspaper itself: its names, labels, legal particulars and fixed pages."""

from collections.abc import Sequence

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, FilteredRelation, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from articles.html import clean_body
from articles.models import Photo, ScheduledChange
from articles.text import clean_line

# What the Newspapers Act, art. 21, asks a newspaper to show, with the youth protection officer
# (enforcement decree, art. 7-2), in the order in which papers print it.
PARTICULARS = (
    "registered_title", "registration_number", "registered_on", "first_published_on", "publisher", "editor",
    "address", "phone", "youth_officer",
)  # fmt: skip


class PublicationQuerySet(models.QuerySet):
    """The newspaper with what stands on every page."""

    def current(self) -> "Publication":
        """Return the newspaper with the fixed pages linked at its foot as ``pages_at_foot``: one query.

        ``change_is_due`` tells whether an approved change to some story, or the end of a photo's right, waits
        although its time has come.
        Before it is set up it is an unsaved one with the usual labels.
        """
        rows = list(
            self.filter(pk=1)
            .annotate(foot=FilteredRelation("pages", condition=Q(pages__in_footer=True)))
            .annotate(
                foot_title=F("foot__title"), foot_slug=F("foot__slug"), foot_is_strong=F("foot__is_strong")
            )
            .annotate(
                change_is_due=Exists(ScheduledChange.objects.filter(at__lte=timezone.now()))
                | Exists(Photo.objects.due())
            )
            .order_by("foot__order", "foot__pk")
        )
        paper = rows[0] if rows else self.model(pk=1)
        if not rows:
            paper.change_is_due = True  # there was no row to ask with: ``apply_due`` asks
        paper.pages_at_foot = [
            Page(title=row.foot_title, slug=row.foot_slug, is_strong=row.foot_is_strong)
            for row in rows
            if row.foot_slug
        ]
        return paper


class Publication(models.Model):
    """The one newspaper of this installation.

    ``title`` to ``first_published_on`` are what the Newspapers Act, art. 21, asks to be shown;
    ``youth_officer`` is named on the first screen (enforcement decree, art. 7-2). Readers' pages take
    every word of these from here, so that a change of the law is a change of a setting.
    """

    class Accent(models.TextChoices):
        BRICK = "brick", _("Brick red")
        CRIMSON = "crimson", _("Crimson")
        PINE = "pine", _("Pine green")
        INK = "ink", _("Ink blue")
        SEA = "sea", _("Sea green")
        PLUM = "plum", _("Plum")
        BRONZE = "bronze", _("Bronze")
        GRAPHITE = "graphite", _("Graphite")

    name = models.CharField(_("name"), max_length=60, default="새 신문")
    tagline = models.CharField(_("tagline"), max_length=100, blank=True)
    site_url = models.URLField(
        _("address of the site"),
        blank=True,
        help_text=_(
            "For example https://www.paper.example; canonical addresses begin with it. Empty: the host that was asked."
        ),
    )
    accent = models.CharField(_("accent colour"), max_length=10, choices=Accent.choices, default=Accent.BRICK)
    description = models.CharField(
        _("description"), max_length=200, blank=True, help_text=_("For search engines and shared links.")
    )

    approved_label = models.CharField(
        _("label of the approval time"),
        max_length=20,
        default="기사승인",
        help_text=_("For example 기사승인, 승인, 입력, 등록 or 송고."),
    )
    updated_label = models.CharField(_("label of the update time"), max_length=20, default="수정")
    dateline = models.CharField(
        _("dateline tag"), max_length=80, default="[{publication}]", blank=True,
        help_text=_("In front of every text; {publication}, {reporter} and {section} are filled in."),
    )  # fmt: skip
    copyright_line = models.CharField(
        _("copyright line"), max_length=200, default="[저작권자ⓒ {publication}. 무단전재-재배포 금지]", blank=True,
        help_text=_("Under every text; {publication} and {source} are filled in."),
    )  # fmt: skip

    registered_title = models.CharField(_("registered title (제호)"), max_length=60, blank=True)
    registration_number = models.CharField(_("registration number"), max_length=40, blank=True)
    registered_on = models.DateField(_("registered on"), null=True, blank=True)
    first_published_on = models.DateField(_("first published on"), null=True, blank=True)
    publisher = models.CharField(pgettext_lazy("person", "publisher"), max_length=40, blank=True)
    editor = models.CharField(
        pgettext_lazy("person", "editor"),
        max_length=120,
        blank=True,
        help_text=_("With several editors, each with the area of responsibility."),
    )
    address = models.CharField(_("place of publication"), max_length=120, blank=True)
    phone = models.CharField(_("telephone"), max_length=40, blank=True)
    youth_officer = models.CharField(_("youth protection officer"), max_length=40, blank=True)
    privacy_officer = models.CharField(_("privacy officer"), max_length=40, blank=True)
    grievance_officer = models.CharField(_("grievance officer"), max_length=40, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)

    comments_open = models.BooleanField(_("comments open"), default=True)
    comment_rules = models.CharField(
        _("rules for comments"),
        max_length=300,
        blank=True,
        help_text=_("Stands above the form for comments."),
    )

    # The fixed pages linked at the foot, where the newspaper was loaded with them.
    pages_at_foot: Sequence["Page"] = ()

    objects = PublicationQuerySet.as_manager()

    class Meta:
        verbose_name = _("publication")
        verbose_name_plural = _("publication")
        constraints = [models.CheckConstraint(name="publication_is_one", condition=Q(pk=1))]

    def __str__(self) -> str:
        return self.name

    def save(self, *args, **kwargs) -> None:
        self.pk = 1
        self.name = clean_line(self.name)
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("publication:about")

    @property
    def language(self) -> str:
        """The language of readers' pages, as a language tag: the installation's."""
        return settings.LANGUAGE_CODE

    @property
    def missing_particulars(self) -> list[str]:
        """The names of the particulars required by law that are still empty."""
        return [
            str(self._meta.get_field(name).verbose_name) for name in PARTICULARS if not getattr(self, name)
        ]


class Page(models.Model):
    """A fixed page: about the paper, ethics, privacy …"""

    # There is one newspaper; the relation lets it be read together with its pages (``current``).
    publication = models.ForeignKey(
        Publication,
        models.DO_NOTHING,
        null=True,
        default=1,
        db_constraint=False,
        editable=False,
        related_name="pages",
    )
    title = models.CharField(_("title"), max_length=60)
    slug = models.SlugField(_("address"), max_length=40, unique=True)
    body = models.TextField(_("text"))
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    in_footer = models.BooleanField(_("linked at the foot"), default=True)
    is_strong = models.BooleanField(
        _("linked in bold"),
        default=False,
        help_text=_("The privacy policy has to stand out from the other links."),
    )
    updated_at = models.DateTimeField(_("updated"), auto_now=True)

    class Meta:
        ordering = ["order", "pk"]
        verbose_name = _("fixed page")
        verbose_name_plural = _("fixed pages")

    def __str__(self) -> str:
        return self.title

    def save(self, *args, **kwargs) -> None:
        self.title = clean_line(self.title)
        self.body = clean_body(self.body)
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("publication:page", args=[self.slug])
