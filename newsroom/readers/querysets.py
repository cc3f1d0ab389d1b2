"""Filters of what readers wrote."""

from django.db.models import Count, F, Window

from articles.querysets import PagedQuerySet


class CommentQuerySet(PagedQuerySet):
    """Filters of comments."""

    def public(self):
        """Return the comments that readers see; whether their story is public is asked on its own."""
        return self.filter(state=self.model.State.PUBLIC)

    def newest(self):
        """Order by time, newest first, for ``before`` and for pages (which name a row's time ``published_at``)."""
        return (
            self.alias(listed_at=F("created_at"))
            .annotate(published_at=F("created_at"))
            .order_by("-created_at", "-pk")
        )

    def counted(self):
        """Give every row the number of all rows of the filter as ``total``, so that a cut list still knows it."""
        return self.annotate(total=Window(Count("pk")))
