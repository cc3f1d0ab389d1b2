"""A picture with its words and rights, and its place in a story."""

from django.conf import settings
from django.core.files.storage import default_storage, storages
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..text import clean_line

# Widths in pixels that a photo is made in; a photo that is narrower is not blown up.
WIDTHS = (400, 800, 1200, 1600)


def original_storage():
    """Return the store of originals, which have no public address."""
    return storages["originals"]


def original_name(photo: "Photo", filename: str) -> str:
    """Return where an upload is kept: by month, under its own name."""
    return f"{timezone.localdate():%Y/%m}/{filename}"


class Photo(models.Model):
    """A picture. ``file`` is the untouched original; readers get the renditions of ``images.make_renditions``."""

    file = models.ImageField(_("file"), storage=original_storage, upload_to=original_name)
    digest = models.CharField(max_length=32, editable=False, db_index=True)
    width = models.PositiveIntegerField(default=0, editable=False)
    height = models.PositiveIntegerField(default=0, editable=False)
    caption = models.TextField(_("caption"), max_length=600, blank=True)
    alt = models.CharField(
        _("alternative text"),
        max_length=300,
        blank=True,
        help_text=_("What is to be seen, for those who cannot see it."),
    )
    photographer = models.ForeignKey(
        "Reporter",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="photos",
        verbose_name=_("photographer"),
    )
    credit = models.CharField(
        _("credit"), max_length=80, blank=True, help_text=_("Where it is not a photographer of the staff.")
    )
    rights = models.CharField(
        _("rights"), max_length=200, blank=True, help_text=_("Licence, contract, limits of use.")
    )
    focal_x = models.PositiveSmallIntegerField(
        _("focal point, percent from the left"), default=50, validators=[MaxValueValidator(100)]
    )
    focal_y = models.PositiveSmallIntegerField(
        _("focal point, percent from the top"), default=40, validators=[MaxValueValidator(100)]
    )
    taken_at = models.DateTimeField(_("taken"), null=True, blank=True)
    created_at = models.DateTimeField(_("uploaded"), default=timezone.now, editable=False, db_index=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("uploaded by"),
    )

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name = _("photo")
        verbose_name_plural = _("photos")
        constraints = [
            models.CheckConstraint(
                name="photo_focal_point_inside", condition=Q(focal_x__lte=100, focal_y__lte=100)
            ),
        ]

    def __str__(self) -> str:
        return clean_line(self.caption or self.alt)[:60] or f"#{self.pk}"

    def rendition_name(self, width: int) -> str:
        """Return the name, in the public store, of the rendition ``width`` pixels wide."""
        return f"photos/{self.digest[:2]}/{self.digest}-{width}.jpg"

    @property
    def widths(self) -> list[int]:
        """The widths in pixels there are renditions of, narrowest first; the widest is at most the photo's own."""
        return [*(width for width in WIDTHS if width < self.width), self.width][: len(WIDTHS)]

    def url(self, width: int = 1600) -> str:
        """Return the address of the narrowest rendition that is at least ``width`` pixels wide, else the widest."""
        fitting = [made for made in self.widths if made >= width]
        return default_storage.url(self.rendition_name(fitting[0] if fitting else self.widths[-1]))

    @property
    def srcset(self) -> str:
        """The renditions as a ``srcset`` attribute."""
        return ", ".join(
            f"{default_storage.url(self.rendition_name(width))} {width}w" for width in self.widths
        )

    @property
    def credit_line(self) -> str:
        """Who made the picture: the credit given, else the photographer."""
        return self.credit or (str(self.photographer) if self.photographer_id else "")


class Placement(models.Model):
    """That a photo stands in a story: made from its lead photo and the figures of its text (``placing.lay_out``)."""

    class Place(models.TextChoices):
        LEAD = "lead", _("Lead photo")
        TEXT = "text", _("Inside the text")

    article = models.ForeignKey("Article", models.CASCADE, related_name="placements")
    photo = models.ForeignKey(Photo, models.PROTECT, related_name="placements", verbose_name=_("photo"))
    place = models.CharField(_("place"), max_length=4, choices=Place.choices, default=Place.TEXT)
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    caption = models.TextField(
        _("caption in this story"), max_length=600, blank=True, help_text=_("Empty: the photo's own caption.")
    )

    class Meta:
        ordering = ["order", "pk"]
        verbose_name = _("photo of the story")
        verbose_name_plural = _("photos of the story")
        constraints = [
            models.UniqueConstraint(fields=["article", "photo"], name="placement_once"),
            models.CheckConstraint(name="placement_place_known", condition=Q(place__in=["lead", "text"])),
        ]

    def __str__(self) -> str:
        return str(self.photo)

    @property
    def text(self) -> str:
        """The caption as it stands here."""
        return self.caption or self.photo.caption
