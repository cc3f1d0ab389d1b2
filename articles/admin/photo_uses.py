"""Where a photo is: stories, portraits, and whatever else names it."""

import datetime
from dataclasses import dataclass
from functools import reduce
from operator import add

from django.contrib.admin import AdminSite
from django.db.models import Case, Count, Exists, OuterRef, Q, Subquery, When
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext as _

from ..models import Article, Photo, Placement, Reporter
from .standing import badge, moment

# Stories named on the page of a photo; a symbol picture may stand in hundreds.
MOST_USES = 20
# Rows named of every other kind.
MOST_OTHERS = 10


@dataclass(frozen=True)
class Use:
    """One place of a photo: its words, its page on the desk («» for none), and for a story state and time."""

    words: str
    address: str = ""
    kind: str = ""
    mark: str = ""
    time: str = ""


@dataclass(frozen=True)
class Uses:
    """The number of stories and other places, and those that are named."""

    count: int
    named: list[Use]

    @property
    def more(self) -> int:
        """How many are counted and not named."""
        return self.count - len(self.named)


def number_of_uses():
    """Return the expression for how many rows show a photo: a look-up in an index for each kind, for each photo."""
    kinds = [counted(model, field) for model, field in other_kinds()]
    return reduce(add, kinds, counted(Placement, "photo"))


def counted(model, field: str):
    """Return the expression for how many rows of ``model`` name the photo of the outer query."""
    rows = model._base_manager.filter(**{field: OuterRef("pk")}).order_by().values(field)
    return Coalesce(Subquery(rows.annotate(number=Count("pk")).values("number")), 0)


def is_used() -> Q:
    """Return the condition for a photo that stands in a story, at whatever stage, or anywhere else."""
    kinds = [(Placement, "photo"), *other_kinds()]
    return Q(
        *(Exists(model._base_manager.filter(**{field: OuterRef("pk")})) for model, field in kinds),
        _connector=Q.OR,
    )


def uses_of(photo: Photo, site: AdminSite, at: datetime.datetime | None = None) -> Uses:
    """Return where a photo is: first the stories that readers see at ``at`` (now), newest first, then the others."""
    stories = photo.placements.count()
    named = [use_in(row) for row in places_of(photo, at)]
    others, count = [], 0
    for model, field in other_kinds():
        rows = model._base_manager.filter(**{field: photo.pk})
        number = rows.count()
        count += number
        if number:
            others += [use_by(row, site) for row in rows.order_by("pk")[:MOST_OTHERS]]
    return Uses(stories + count, named + others)


def places_of(photo: Photo, at: datetime.datetime | None):
    """Return the places of a photo in stories, with the stories."""
    public = Exists(Article.objects.public(at).filter(pk=OuterRef("article")))
    rows = photo.placements.select_related("article").defer("article__body")
    return rows.order_by(Case(When(public, then=0), default=1), "-article__published_at", "-article")[
        :MOST_USES
    ]


def use_in(place: Placement) -> Use:
    """Return the use of a photo in a story."""
    story = place.article
    return Use(
        story.headline,
        reverse("admin:articles_article_change", args=[story.pk]),
        place.get_place_display(),
        badge(story),
        moment(story.published_at),
    )


def use_by(row, site: AdminSite) -> Use:
    """Return the use of a photo by any other row; with its page where the desk has one."""
    kind = _("Portrait") if isinstance(row, Reporter) else str(row._meta.verbose_name)
    address = ""
    if site.is_registered(type(row)):
        address = reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_change", args=[row.pk])
    return Use(str(row), address, kind)


def other_kinds() -> list:
    """Return model and field of all that names photos, apart from stories; other apps may have such rows, too."""
    relations = Photo._meta.get_fields(include_hidden=True)
    found = [each for each in relations if each.auto_created and not each.concrete and not each.many_to_many]
    return [
        (each.related_model, each.field.name)
        for each in found
        if each.related_model not in {Placement, Article}
    ]
