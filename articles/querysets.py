"""What readers may see, and every other filter on stories; each rule is named once, here."""

import datetime
from itertools import islice

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone

from .keyset import Position
from .states import Origin, State


class PagedQuerySet(models.QuerySet):
    """Lists ordered by time and key, newest first, and paged by position."""

    def newest(self):
        """Order by publication, newest first, for ``before``."""
        return self.alias(listed_at=F("published_at")).order_by("-published_at", "-pk")

    def before(self, position: Position | None):
        """Keep what stands behind ``position`` in the order of the list; needs ``listed_at`` (see ``newest``).

        The first condition is what an index can be entered with; the second parts equal times. Both go to
        the head of all conditions: of two limits on one column SQLite enters the index with the one that
        is named first, and «public by now» would make it walk over everything newer than the position.
        """
        if position is None:
            return self
        found = self.filter(
            Q(listed_at__lte=position.at) & (Q(listed_at__lt=position.at) | Q(pk__lt=position.pk))
        )
        conditions, earlier = found.query.where.children, len(self.query.where.children)
        conditions[:] = [*conditions[earlier:], *conditions[:earlier]]
        return found


class ArticleQuerySet(PagedQuerySet):
    """Filters of stories."""

    def public(self, at: datetime.datetime | None = None):
        """Return the stories that readers may see at the moment ``at`` (now by default).

        The one rule of what is public; ``Article.is_public`` says the same of a row in memory.
        """
        return self.filter(state=State.APPROVED, published_at__lte=at or timezone.now())

    def withdrawn_from_public(self, at: datetime.datetime | None = None):
        """Return the stories that readers could once see and that were taken down."""
        return self.filter(state=State.WITHDRAWN, published_at__lte=at or timezone.now())

    def in_section(self, section):
        """Stories of a section; of a top section also those of the sections under it, newest first."""
        if section.parent_id is None:
            return self.filter(top_section=section).newest()
        return self.filter(section=section).newest()

    def in_series(self, series):
        """Stories of a series, newest first."""
        return self.filter(series=series).newest()

    def by_reporter(self, reporter, at: datetime.datetime | None = None):
        """Stories with a byline of the reporter, in any role, whose time has come at ``at``, newest first.

        Asking for the copied time, too, is what makes both databases read along the index of bylines.
        """
        return (
            self.filter(bylines__reporter=reporter, bylines__published_at__lte=at or timezone.now())
            .alias(listed_at=F("bylines__published_at"))
            .order_by("-bylines__published_at", "-bylines__article_id")
        )

    def tagged(self, tag, at: datetime.datetime | None = None):
        """Stories with a tag (a Tag, its key, or a subquery of it) whose time has come at ``at``, newest first."""
        return (
            self.filter(tagged_items__tag=tag, tagged_items__published_at__lte=at or timezone.now())
            .alias(listed_at=F("tagged_items__published_at"))
            .order_by("-tagged_items__published_at", "-tagged_items__content_object_id")
        )

    def with_photo(self):
        """Stories that have a lead photo."""
        return self.filter(lead_photo__isnull=False)

    def news(self):
        """Stories without advertising, for places that fill up by themselves (Newspapers Act, art. 6)."""
        return self.exclude(origin=Origin.AD)

    def for_listing(self):
        """Load what a line in a list shows, and not the text."""
        return self.defer("body").select_related("section", "section__parent", "lead_photo__photographer")

    def with_bylines(self):
        """Load bylines and their reporters with one query."""
        return self.prefetch_related("bylines__reporter")

    def for_detail(self):
        """Load what the page of one story shows, apart from its photos, bylines and sidebars."""
        bylines, placements = (
            self.model._meta.get_field(name).related_model.objects.all() for name in ("bylines", "placements")
        )
        return self.select_related(
            "section__parent", "series", "source", "lead_photo__photographer"
        ).prefetch_related(
            models.Prefetch("bylines", bylines.select_related("reporter")),
            models.Prefetch("placements", placements.select_related("photo__photographer")),
            "corrections",
        )

    def editable_by(self, user):
        """Return the stories that a member of staff may open to write in."""
        if user.has_perm("articles.edit_any_article"):
            return self
        in_byline = self.model._base_manager.filter(bylines__reporter__user=user).values("pk")
        return self.filter(Q(created_by=user) | Q(pk__in=in_byline))


class SectionQuerySet(models.QuerySet):
    """Filters of sections."""

    def active(self):
        """Return the sections that readers are shown, in the order of the menu."""
        return self.filter(is_active=True).order_by("order", "pk")

    def columns(self):
        """Return the sections of the first level that have a column on the front page, in its order."""
        return self.active().filter(on_front=True, parent=None)


class CorrectionQuerySet(PagedQuerySet):
    """Filters of corrections."""

    def public(self, at: datetime.datetime | None = None):
        """Return the notices that readers may see: due themselves, on a story that is public."""
        at = at or timezone.now()
        stories = self.model._meta.get_field("article").related_model.objects.public(at)
        # A condition and no join: the list is read along its own index, a story looked up for each notice.
        return self.filter(Exists(stories.filter(pk=OuterRef("article_id"))), published_at__lte=at)


def take(queryset, size: int) -> tuple[list, bool]:
    """Return the first ``size`` rows and whether more follow; one query, no count."""
    rows = list(queryset[: size + 1])
    return list(islice(rows, size)), len(rows) > size
