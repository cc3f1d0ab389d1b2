"""A picture with its words and rights, and its place in a story."""

import datetime

from django.conf import settings
from django.core.files.storage import default_storage, storages
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Substr
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..pictures.ladder import (
    AVIF,
    CROPS,
    JPEG,
    Point,
    crop_widths,
    first_names,
    further_names,
    rendition_name,
    whole_widths,
)
from ..pictures.likeness import BAND, BANDS
from ..querysets import PhotoQuerySet, PlacementQuerySet
from ..text import clean_line

# What is made of a photo (see ``pictures``): a higher number makes ``manage.py renditions`` make all anew.
RECIPE = 1
# How long a photo that may not be archived stays with the stories of its days.
NO_ARCHIVE = datetime.timedelta(days=30)


def original_storage():
    """Return the store of originals, which have no public address."""
    return storages["originals"]


def original_name(photo: "Photo", filename: str) -> str:
    """Return where an upload is kept: by month, under its own name."""
    return f"{timezone.localdate():%Y/%m}/{filename}"


class Licence(models.TextChoices):
    """On what ground a photo is shown. KOGL is the licence of Korean public bodies (공공누리), types 1 to 4."""

    OWN = "own", _("Own photo")
    CONTRACT = "contract", _("Contract with an agency")
    SINGLE = "single", _("Bought for one use")
    HANDOUT = "handout", _("Handout")
    READER = "reader", _("Sent in by a reader")
    KOGL1 = "kogl1", _("KOGL type 1: name the source")
    KOGL2 = "kogl2", _("KOGL type 2: not for business")
    KOGL3 = "kogl3", _("KOGL type 3: no changes")
    KOGL4 = "kogl4", _("KOGL type 4: not for business, no changes")
    CC = "cc", _("Creative Commons")
    FREE = "free", _("Public domain")


class Consent(models.TextChoices):
    """Whether those who can be recognised agree to be shown (the right to one's likeness: Civil Act, art. 751)."""

    UNNEEDED = "", _("Not needed")
    GIVEN = "given", _("Given")
    ASKED = "asked", _("Asked, not given yet")
    WITHDRAWN = "withdrawn", _("Refused or withdrawn")


class Photo(models.Model):
    """A picture. ``file`` is the untouched original; readers get the renditions that ``images`` makes of it.

    Readers see a photo from ``begins_at`` to before ``ends_at`` (``PhotoQuerySet.usable``): both follow from
    its window of use, the ban on archiving and the consent. ``due_at`` is when that changes next, for
    ``actions.apply_due``.
    """

    file = models.ImageField(_("file"), storage=original_storage, upload_to=original_name)
    digest = models.CharField(max_length=32, editable=False, db_index=True)
    width = models.PositiveIntegerField(default=0, editable=False)
    height = models.PositiveIntegerField(default=0, editable=False)
    # What likeness.fingerprint and likeness.placeholder say of the picture.
    fingerprint = models.CharField(max_length=16, blank=True, editable=False)
    placeholder = models.CharField(max_length=300, blank=True, editable=False)
    # Which further renditions there are: by which recipe, and cut around which point.
    recipe = models.PositiveSmallIntegerField(default=0, editable=False)
    crop_point = models.CharField(max_length=7, blank=True, editable=False)

    headline = models.CharField(_("title of the photo"), max_length=200, blank=True)
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
    copyright = models.CharField(_("copyright notice"), max_length=200, blank=True)
    keywords = models.CharField(_("keywords"), max_length=300, blank=True)
    city = models.CharField(_("city or place"), max_length=60, blank=True)
    taken_at = models.DateTimeField(_("taken"), null=True, blank=True)

    source = models.ForeignKey(
        "Source", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("source")
    )
    licence = models.CharField(_("licence"), max_length=10, choices=Licence.choices, default=Licence.OWN)
    contract = models.CharField(
        _("contract"), max_length=80, blank=True, help_text=_("Number or name of the contract or the order.")
    )
    price = models.PositiveIntegerField(_("price in won"), null=True, blank=True)
    rights = models.CharField(
        _("rights"), max_length=200, blank=True, help_text=_("Licence, contract, limits of use.")
    )
    usable_from = models.DateTimeField(_("may be shown from"), null=True, blank=True)
    usable_until = models.DateTimeField(
        _("may be shown until"), null=True, blank=True,
        help_text=_("At this moment it disappears from every page, list, feed and share image."),
    )  # fmt: skip
    no_archive = models.BooleanField(
        _("do not archive"), default=False, help_text=_("It is shown for 30 days after the upload at most.")
    )
    consent = models.CharField(
        _("consent"), max_length=10, choices=Consent.choices, default=Consent.UNNEEDED, blank=True,
        help_text=_("Of people who can be recognised. Refused: the photo is not shown anywhere."),
    )  # fmt: skip
    minors = models.BooleanField(
        _("shows minors"), default=False, help_text=_("Shown only once the consent has been given.")
    )
    begins_at = models.DateTimeField(null=True, editable=False)
    ends_at = models.DateTimeField(null=True, editable=False)
    due_at = models.DateTimeField(null=True, editable=False)

    focal_x = models.PositiveSmallIntegerField(
        _("focal point, percent from the left"), default=50, validators=[MaxValueValidator(100)]
    )
    focal_y = models.PositiveSmallIntegerField(
        _("focal point, percent from the top"), default=40, validators=[MaxValueValidator(100)]
    )
    created_at = models.DateTimeField(_("uploaded"), default=timezone.now, editable=False, db_index=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("uploaded by"),
    )

    objects = PhotoQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name = _("photo")
        verbose_name_plural = _("photos")
        indexes = [
            *(
                models.Index(Substr("fingerprint", 1 + BAND * place, BAND), name=f"photo_band_{place}")
                for place in range(BANDS)
            ),
            models.Index("due_at", condition=Q(due_at__isnull=False), name="photo_due"),
            models.Index("ends_at", condition=Q(ends_at__isnull=False), name="photo_ends"),
            models.Index("recipe", "id", name="photo_recipe"),
        ]
        constraints = [
            models.CheckConstraint(
                name="photo_focal_point_inside", condition=Q(focal_x__lte=100, focal_y__lte=100)
            ),
            models.CheckConstraint(
                name="photo_window_in_order",
                condition=Q(usable_from=None) | Q(usable_until=None) | Q(usable_until__gt=F("usable_from")),
                violation_error_message=_("The window of use ends before it begins."),
            ),
        ]

    def __str__(self) -> str:
        return clean_line(self.caption or self.alt or self.headline)[:60] or f"#{self.pk}"

    def save(self, *args, **kwargs) -> None:
        window = self.begins_at, self.ends_at
        self.begins_at, self.ends_at = self.usable_from, self.end_of_use()
        # What is due stays so until it is done, whatever words are saved meanwhile.
        if window != (self.begins_at, self.ends_at) or not self.due_at or self.due_at > timezone.now():
            self.due_at = self.next_turn()
        super().save(*args, **kwargs)

    def end_of_use(self) -> datetime.datetime | None:
        """Return the moment from which nobody may show it, None without one; its upload where nobody ever may."""
        if self.consent == Consent.WITHDRAWN or (self.minors and self.consent != Consent.GIVEN):
            return self.created_at
        limits = [self.usable_until, self.created_at + NO_ARCHIVE if self.no_archive else None]
        return min(filter(None, limits), default=None)

    def is_usable(self, at: datetime.datetime | None = None) -> bool:
        """Tell whether readers may see it at the moment ``at`` (now by default): ``PhotoQuerySet.usable`` of a row."""
        at = at or timezone.now()
        return not (self.begins_at and self.begins_at > at) and not (self.ends_at and self.ends_at <= at)

    def next_turn(self, at: datetime.datetime | None = None) -> datetime.datetime | None:
        """Return the first moment after ``at`` (now by default) when that changes, None when it stays so."""
        at = at or timezone.now()
        return min((turn for turn in (self.begins_at, self.ends_at) if turn and turn > at), default=None)

    @property
    def point(self) -> Point:
        """The focal point."""
        return Point(self.focal_x, self.focal_y)

    def is_over(self, at: datetime.datetime | None = None) -> bool:
        """Tell whether its right has ended for good at ``at`` (now by default): its files are not public then."""
        return self.ends_at is not None and self.ends_at <= (at or timezone.now())

    @property
    def widths(self) -> list[int]:
        """The widths in pixels of the whole picture, narrowest first."""
        return whole_widths(self.width)

    @property
    def names(self) -> list[str]:
        """The names of all renditions there ought to be, those made first in front."""
        size = (self.width, self.height)
        return [*first_names(self.digest, size), *further_names(self.digest, size, self.point)]

    def url(self, width: int = 1600) -> str:
        """Return the address of the narrowest whole JPEG that is at least ``width`` pixels wide, else the widest."""
        fitting = next((made for made in self.widths if made >= width), self.widths[-1])
        return default_storage.url(rendition_name(self.digest, fitting))

    def steps(self, kind: str = JPEG, crop: str = "") -> list[tuple[int, str]]:
        """Return the widths and addresses of the renditions that there are of ``kind`` and cut to ``crop``.

        None where they are not made yet (``images.make_further``), or for another focal point.
        """
        if (crop or kind == AVIF) and self.recipe < RECIPE:
            return []
        if crop and (self.crop_point != str(self.point) or kind not in CROPS[crop].formats):
            return []
        widths = crop_widths((self.width, self.height), CROPS[crop]) if crop else self.widths
        return [
            (width, default_storage.url(rendition_name(self.digest, width, kind, crop, self.point)))
            for width in widths
        ]

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

    objects = PlacementQuerySet.as_manager()

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
