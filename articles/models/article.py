"""The story. Its row is what readers may see; the rule for that is ``ArticleQuerySet.public``."""

import datetime

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from taggit.managers import TaggableManager

from ..html import clean_body, running_text
from ..querysets import ArticleQuerySet
from ..states import AiUse, Origin, State
from ..text import clean_line, clean_lines, excerpt

EXCERPT_LENGTH = 240
# Columns that are made from others and saved with them.
DERIVED = {"body": "excerpt", "section": "top_section"}


def indexed(*fields: str, name: str) -> models.Index:
    """Return an index for a list of approved stories, filtered by ``fields``, newest first."""
    return models.Index("state", *fields, F("published_at").desc(), F("id").desc(), name=name)


class Article(models.Model):
    """One story."""

    kicker = models.CharField(
        _("kicker"), max_length=60, blank=True, help_text=_("A word or two above the headline.")
    )
    headline = models.CharField(_("headline"), max_length=200)
    list_title = models.CharField(
        _("list title"), max_length=100, blank=True, help_text=_("A shorter headline for lists and sidebars.")
    )
    deck = models.TextField(
        _("deck"), max_length=500, blank=True, help_text=_("One line or several under the headline.")
    )
    # The indexes of both begin with them: ``article_section_saved`` and ``article_top_saved``.
    section = models.ForeignKey(
        "Section", models.PROTECT, null=True, blank=True, related_name="articles", verbose_name=_("section"),
        db_index=False,
    )  # fmt: skip
    top_section = models.ForeignKey(
        "Section", models.PROTECT, null=True, editable=False, related_name="+", verbose_name=_("top section"),
        db_index=False,
    )  # fmt: skip
    series = models.ForeignKey(
        "Series", models.PROTECT, null=True, blank=True, related_name="articles", verbose_name=_("series")
    )
    origin = models.CharField(_("origin"), max_length=10, choices=Origin.choices, default=Origin.OWN)
    source = models.ForeignKey(
        "Source", models.PROTECT, null=True, blank=True, related_name="articles", verbose_name=_("source")
    )
    source_name = models.CharField(
        _("provided by"),
        max_length=60,
        blank=True,
        help_text=_("Sender of a press release, or the advertiser."),
    )
    dateline = models.CharField(
        _("dateline tag"),
        max_length=80,
        blank=True,
        help_text=_("Only where the standing tag does not fit. It is put in front of the text."),
    )

    state = models.CharField(
        _("state"), max_length=10, choices=State.choices, default=State.DRAFT, editable=False
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("begun by"),
    )
    created_at = models.DateTimeField(_("begun"), default=timezone.now, editable=False)
    submitted_at = models.DateTimeField(_("submitted"), null=True, editable=False)
    approved_at = models.DateTimeField(_("approved"), null=True, editable=False)
    published_at = models.DateTimeField(
        _("published"),
        null=True,
        blank=True,
        help_text=_("Empty: as soon as it is approved. A later time is a schedule or an embargo."),
    )
    updated_at = models.DateTimeField(_("updated"), null=True, editable=False)
    saved_at = models.DateTimeField(_("saved"), default=timezone.now, editable=False)
    # The newest revision, and the one that readers see; both count from 1.
    version = models.PositiveIntegerField(default=1, editable=False)
    approved_version = models.PositiveIntegerField(null=True, editable=False)
    # Where the work on a story that was approved stands; empty where there is none.
    change_state = models.CharField(
        _("state of the change"), max_length=10, choices=State.choices, blank=True, editable=False
    )
    change_submitted_at = models.DateTimeField(_("change submitted"), null=True, editable=False)
    deadline = models.DateTimeField(
        _("deadline"), null=True, blank=True, help_text=_("For the desk; readers do not see it.")
    )

    ai_use = models.CharField(
        _("use of AI"),
        max_length=10,
        choices=AiUse.choices,
        blank=True,
        help_text=_("Readers are told under the text."),
    )
    comments_open = models.BooleanField(_("comments open"), default=True)
    excerpt = models.CharField(max_length=EXCERPT_LENGTH + 8, blank=True, editable=False)
    tag_names = models.TextField(blank=True, editable=False)
    lead_photo = models.ForeignKey("Photo", models.SET_NULL, null=True, editable=False, related_name="+")
    related = models.ManyToManyField(
        "self",
        through="RelatedArticle",
        through_fields=("article", "related"),
        symmetrical=False,
        related_name="+",
    )
    tags = TaggableManager(
        _("tags"),
        through="TaggedArticle",
        blank=True,
        help_text=_("Parted by commas; a tag may hold spaces."),
    )
    body = models.TextField(_("text"), blank=True)

    objects = ArticleQuerySet.as_manager()

    class Meta:
        verbose_name = _("story")
        verbose_name_plural = _("stories")
        get_latest_by = "published_at"
        permissions = [
            ("edit_any_article", _("Can edit stories of others")),
            ("submit_article", _("Can submit stories")),
            ("approve_article", _("Can approve, return and hold stories")),
            ("withdraw_article", _("Can withdraw and restore stories")),
        ]
        indexes = [
            indexed(name="article_list"),
            indexed("section", name="article_section_list"),
            indexed("top_section", name="article_top_list"),
            indexed("series", name="article_series_list"),
            models.Index(
                "state",
                F("published_at").desc(),
                F("id").desc(),
                condition=Q(lead_photo__isnull=False),
                name="article_photo_list",
            ),
            models.Index("state", F("saved_at").desc(), name="article_desk_list"),
            models.Index("created_by", "state", F("saved_at").desc(), name="article_own_list"),
            models.Index(F("saved_at").desc(), name="article_saved"),
            models.Index("section", F("saved_at").desc(), name="article_section_saved"),
            models.Index("top_section", F("saved_at").desc(), name="article_top_saved"),
            models.Index("deadline", condition=Q(deadline__isnull=False), name="article_deadline"),
            models.Index(
                "change_state",
                F("change_submitted_at"),
                condition=~Q(change_state=""),
                name="article_change_list",
            ),
        ]
        constraints = [
            models.CheckConstraint(name="article_state_known", condition=Q(state__in=State.values)),
            models.CheckConstraint(name="article_origin_known", condition=Q(origin__in=Origin.values)),
            models.CheckConstraint(
                name="article_approved_complete",
                condition=~Q(state__in=[State.APPROVED, State.WITHDRAWN])
                | (
                    Q(approved_at__isnull=False, published_at__isnull=False, section__isnull=False)
                    & Q(top_section__isnull=False)
                    & ~Q(headline="")
                ),
            ),
            models.CheckConstraint(
                name="article_change_state_known",
                condition=Q(change_state__in=["", State.DRAFT, State.SUBMITTED, State.RETURNED]),
            ),
            models.CheckConstraint(
                name="article_change_only_after_approval",
                condition=Q(change_state="") | Q(state__in=[State.APPROVED, State.WITHDRAWN]),
            ),
            models.CheckConstraint(name="article_ai_use_known", condition=Q(ai_use__in=["", *AiUse.values])),
            models.CheckConstraint(
                name="article_submitted_has_time",
                condition=~Q(state=State.SUBMITTED) | Q(submitted_at__isnull=False),
            ),
            models.CheckConstraint(
                name="article_updated_after_published",
                condition=Q(updated_at__isnull=True) | Q(updated_at__gte=F("published_at")),
            ),
        ]

    def __str__(self) -> str:
        return self.headline

    def save(self, *args, **kwargs) -> None:
        self.normalise()
        if kwargs.get("update_fields") is not None:
            made = {DERIVED[name] for name in kwargs["update_fields"] if name in DERIVED}
            kwargs["update_fields"] = made.union(kwargs["update_fields"])
        super().save(*args, **kwargs)

    def normalise(self) -> None:
        """Bring the row's own words into the stored form: one line, the schema of the text, the excerpt."""
        for field in ("kicker", "headline", "list_title", "source_name", "dateline"):
            setattr(self, field, clean_line(getattr(self, field)))
        self.deck = clean_lines(self.deck)
        self.top_section = self.section.top if self.section_id else None
        if "body" not in self.get_deferred_fields():
            self.body = clean_body(self.body)
            self.excerpt = excerpt(running_text(self.body), EXCERPT_LENGTH)

    def get_absolute_url(self) -> str:
        return reverse("articles:detail", args=[self.pk])

    def is_public(self, at: datetime.datetime | None = None) -> bool:
        """Tell whether readers may see the story at ``at`` (now by default): ``ArticleQuerySet.public`` of one row."""
        return (
            self.state == State.APPROVED
            and self.published_at is not None
            and self.published_at <= (at or timezone.now())
        )

    @property
    def shown_photo(self):
        """The photo that lists and shared links show: None where there is none that readers may see just now."""
        return self.lead_photo if self.lead_photo_id and self.lead_photo.is_usable() else None

    @property
    def was_approved(self) -> bool:
        """Whether the row is what was approved, so that work goes on beside it."""
        return self.state in {State.APPROVED, State.WITHDRAWN}

    @property
    def has_scheduled_change(self) -> bool:
        """Whether an approved change waits for its time; a query, unless loaded with the row."""
        return hasattr(self, "scheduled_change")

    @property
    def stage(self) -> str:
        """The ``State`` of the newest work on the story: that of a change to it, where there is one."""
        return self.change_state or self.state

    @property
    def title(self) -> str:
        """The headline for lists: the shorter one where the editor gave one."""
        return self.list_title or self.headline

    @property
    def deck_lines(self) -> list[str]:
        """The lines under the headline."""
        return self.deck.splitlines()

    @property
    def tag_list(self) -> list[str]:
        """The names of the tags as last settled (see ``actions.settle``), without a query."""
        return [name for name in self.tag_names.split(",") if name]


class RelatedArticle(models.Model):
    """A related story that an editor chose."""

    article = models.ForeignKey(Article, models.CASCADE, related_name="related_links")
    related = models.ForeignKey(Article, models.CASCADE, related_name="related_from", verbose_name=_("story"))
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        ordering = ["order", "pk"]
        verbose_name = _("related story")
        verbose_name_plural = _("related stories")
        constraints = [
            models.UniqueConstraint(fields=["article", "related"], name="related_once"),
            models.CheckConstraint(name="related_to_another", condition=~Q(article=F("related"))),
        ]

    def __str__(self) -> str:
        return str(self.related)
