"""What readers do with stories: read them and comment on them."""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from articles.models import Article

from .querysets import CommentQuerySet


class ReadCount(models.Model):
    """How often a story was read in one hour."""

    article = models.ForeignKey(Article, models.CASCADE, related_name="read_counts")
    hour = models.DateTimeField(_("hour"))
    count = models.PositiveIntegerField(_("reads"), default=0)

    class Meta:
        verbose_name = _("reads of an hour")
        verbose_name_plural = _("reads by hour")
        indexes = [models.Index("hour", name="readcount_hour")]
        constraints = [models.UniqueConstraint(fields=["article", "hour"], name="readcount_once")]

    def __str__(self) -> str:
        return f"{self.article_id} {self.hour:%Y-%m-%d %H} {self.count}"


class Ranking(models.Model):
    """A place among the most read in a window; counted anew at most once a minute."""

    hours = models.PositiveSmallIntegerField(_("window in hours"))
    position = models.PositiveSmallIntegerField(_("position"))
    article = models.ForeignKey(Article, models.CASCADE, related_name="rankings")
    reads = models.PositiveIntegerField(_("reads"))
    counted_at = models.DateTimeField(_("counted"), default=timezone.now)

    class Meta:
        ordering = ["hours", "position"]
        verbose_name = _("most read")
        verbose_name_plural = _("most read")
        constraints = [models.UniqueConstraint(fields=["hours", "position"], name="ranking_position_once")]

    def __str__(self) -> str:
        return f"{self.hours} h, {self.position}: {self.article_id}"


class Comment(models.Model):
    """What a reader wrote under a story; held until somebody of the paper has read it."""

    class State(models.TextChoices):
        PENDING = "pending", _("Waiting")
        PUBLIC = "public", _("Public")
        REMOVED = "removed", pgettext_lazy("comment", "Removed")

    article = models.ForeignKey(Article, models.CASCADE, related_name="comments", verbose_name=_("story"))
    name = models.CharField(_("name"), max_length=20)
    text = models.TextField(_("comment"), max_length=600)
    state = models.CharField(_("state"), max_length=8, choices=State.choices, default=State.PENDING)
    created_at = models.DateTimeField(_("written"), default=timezone.now)

    objects = CommentQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        indexes = [
            models.Index("article", "state", F("created_at").desc(), name="comment_list"),
            models.Index("state", F("created_at").desc(), name="comment_queue"),
        ]
        constraints = [
            models.CheckConstraint(
                name="comment_state_known", condition=Q(state__in=["pending", "public", "removed"])
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}: {self.text[:40]}"
