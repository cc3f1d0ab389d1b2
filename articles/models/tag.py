"""The tags of a story (django-taggit), with the story's time so that a tag's list is read along one index."""

from django.db import models
from django.db.models import F
from django.utils.translation import gettext_lazy as _
from taggit.models import TaggedItemBase


class TaggedArticle(TaggedItemBase):
    """A tag on a story."""

    content_object = models.ForeignKey("Article", models.CASCADE, related_name="tagged_items")
    published_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        verbose_name = _("tag of a story")
        verbose_name_plural = _("tags of stories")
        indexes = [
            models.Index("tag", F("published_at").desc(), F("content_object").desc(), name="tagged_list"),
        ]
        constraints = [models.UniqueConstraint(fields=["tag", "content_object"], name="tagged_once")]

    def save(self, *args, **kwargs) -> None:
        self.published_at = self.content_object.published_at
        super().save(*args, **kwargs)
