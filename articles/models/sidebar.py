"""What stands beside and under a story, as data: sidebars, their blocks and pinned stories."""

from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

MAX_ITEMS = 20
# A page of the paper, or another site; never a script.
LINK = r"\A(?:/(?!/)|https?://)\S*\Z"


class Sidebar(models.Model):
    """The blocks of one place of the paper; a section may have its own."""

    class Place(models.TextChoices):
        ARTICLE = "article", _("Beside a story")
        BELOW = "below", _("Under a story")
        LIST = "list", _("Beside a list")
        FRONT = "front", _("On the front page")

    place = models.CharField(_("place"), max_length=10, choices=Place.choices)
    section = models.ForeignKey(
        "Section", models.CASCADE, null=True, blank=True, related_name="sidebars", verbose_name=_("section"),
        help_text=_("Empty: for every section that has no sidebar of its own."), limit_choices_to={"parent": None},
    )  # fmt: skip

    class Meta:
        ordering = ["place", "section__order"]
        verbose_name = _("sidebar")
        verbose_name_plural = _("sidebars")
        constraints = [
            models.UniqueConstraint(fields=["place", "section"], name="sidebar_once_a_section"),
            models.UniqueConstraint(fields=["place"], condition=Q(section__isnull=True), name="sidebar_once"),
            models.CheckConstraint(
                name="sidebar_place_known", condition=Q(place__in=["article", "below", "list", "front"])
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_place_display()} · {self.section}" if self.section_id else self.get_place_display()


class SidebarBlock(models.Model):
    """One block of a sidebar; ``kind`` is the name of a kind registered in ``articles.blocks``."""

    sidebar = models.ForeignKey(Sidebar, models.CASCADE, related_name="blocks", verbose_name=_("sidebar"))
    kind = models.CharField(_("kind"), max_length=30)
    title = models.CharField(
        _("title"), max_length=40, blank=True, help_text=_("Empty: the usual title of its kind.")
    )
    count = models.PositiveSmallIntegerField(
        _("stories"), default=5, validators=[MinValueValidator(1), MaxValueValidator(MAX_ITEMS)]
    )
    section = models.ForeignKey(
        "Section", models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("of section")
    )
    series = models.ForeignKey(
        "Series", models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("of series")
    )
    hours = models.PositiveSmallIntegerField(
        _("window in hours"), default=24, validators=[MinValueValidator(1), MaxValueValidator(24 * 31)],
        help_text=_("For the most read: how far back reads count."),
    )  # fmt: skip
    text = models.TextField(_("text"), max_length=600, blank=True, help_text=_("For a notice: its words."))
    link = models.CharField(
        _("link"),
        max_length=200,
        blank=True,
        validators=[RegexValidator(LINK, _("Begin with / for a page of the paper, or with https://."))],
        help_text=_("For a notice: where it leads."),
    )
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    is_active = models.BooleanField(_("shown"), default=True)

    class Meta:
        ordering = ["order", "pk"]
        verbose_name = _("block")
        verbose_name_plural = _("blocks")
        constraints = [
            models.CheckConstraint(
                name="block_count_bounded", condition=Q(count__gte=1, count__lte=MAX_ITEMS)
            ),
        ]

    def __str__(self) -> str:
        return self.title or self.kind


class BlockPin(models.Model):
    """A story that an editor holds at the top of a block."""

    block = models.ForeignKey(SidebarBlock, models.CASCADE, related_name="pins", verbose_name=_("block"))
    article = models.ForeignKey("Article", models.CASCADE, related_name="pins", verbose_name=_("story"))
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        ordering = ["order", "pk"]
        verbose_name = _("pinned story")
        verbose_name_plural = _("pinned stories")
        constraints = [models.UniqueConstraint(fields=["block", "article"], name="pin_once")]

    def __str__(self) -> str:
        return str(self.article)
