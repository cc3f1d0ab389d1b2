"""The terms of stories, as the index holds them."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.models import Article


class SearchDoc(models.Model):
    """The terms of one story by weight: its titles, what stands over the text, the text.

    The index of the database is made from these: on SQLite an FTS5 table that triggers keep, on PostgreSQL
    the column ``vector``, which Django does not know (see the migrations). Whether readers may find the story
    is not written here: that is asked of ``ArticleQuerySet.public`` whenever somebody searches.
    """

    article = models.OneToOneField(Article, models.CASCADE, primary_key=True, related_name="+")
    title_terms = models.TextField()
    lead_terms = models.TextField()
    body_terms = models.TextField()
    # How many terms there are in all, and the ``analysis.ANALYZER`` that made them.
    length = models.PositiveIntegerField()
    analyzer = models.PositiveSmallIntegerField()

    class Meta:
        verbose_name = _("terms of a story")
        verbose_name_plural = _("terms of stories")

    def __str__(self) -> str:
        return str(self.pk)
