"""What readers may see, and every other filter on stories; each rule is named once, here."""

import datetime
from itertools import islice

from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Q, Subquery, Value, When
from django.db.models.fields.json import KT
from django.db.models.functions import Cast, Coalesce, Concat, Length, Replace, Substr
from django.db.models.lookups import In
from django.utils import timezone

from .keyset import Position
from .pictures.likeness import BAND, bands
from .states import Origin, State

# What is not settled yet: the states of a story, and of a change to an approved one.
OPEN = [State.DRAFT, State.RETURNED, State.SUBMITTED, State.HELD]
OPEN_CHANGES = [State.DRAFT, State.RETURNED, State.SUBMITTED]
# Every photo in a text carries this once (see ``html``).
PHOTO_MARK = "data-photo="


def duty_sections(user) -> frozenset[int]:
    """Return the keys of the sections that ``user`` answers for; none at all means the whole paper.

    Read once for each object of a user, which is once a request. A superuser has the whole paper.
    """
    if user.is_superuser:
        return frozenset()
    if not hasattr(user, "_duty_sections"):
        user._duty_sections = frozenset(user.section_duties.values_list("section_id", flat=True))
    return user._duty_sections


def tree_order() -> list:
    """Return the ordering that puts sections under the one they belong to."""
    return [
        Coalesce("parent__order", "order"),
        Coalesce("parent_id", "pk"),
        F("parent_id").asc(nulls_first=True),
        "order",
        "pk",
    ]


def characters(body):
    """Return the expression for about how many characters the text of ``body`` (an expression) has."""
    for mark in ("<p>", "</p>"):
        body = Replace(body, Value(mark), Value(""))
    return Length(body)


def photo_marks(body):
    """Return the expression for how many photos stand in the text of ``body`` (an expression)."""
    without = Length(Replace(body, Value(PHOTO_MARK), Value("")))
    return (Length(body) - without) / len(PHOTO_MARK)


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

    def choose_lead(self, **others) -> int:
        """Give each story the photo that lists show: the first of its photos that readers may see.

        The lead photo itself, else the next in the text; none for a story that has no lead photo. ``others``
        are further columns to set; returns the number of stories.
        """
        placements = self.model._meta.get_field("placements").related_model.objects
        mine = placements.filter(article=OuterRef("pk"))
        # «lead» comes before «text».
        shown = mine.usable().order_by("place", "order", "pk").values("photo")[:1]
        lead = Case(When(Exists(mine.filter(place="lead")), then=Subquery(shown)), default=None)
        return self.update(lead_photo=lead, **others)

    def news(self):
        """Stories without advertising, for places that fill up by themselves (Newspapers Act, art. 6)."""
        return self.exclude(origin=Origin.AD)

    def for_listing(self):
        """Load what a line in a list shows, and not the text."""
        return self.defer("body").select_related("section", "section__parent", "lead_photo__photographer")

    def with_bylines(self):
        """Load bylines and their reporters with one query."""
        return self.prefetch_related(self.names())

    def names(self) -> models.Prefetch:
        """Return the bylines with their reporters, for ``prefetch_related_objects`` on lists of several queries."""
        bylines = self.model._meta.get_field("bylines").related_model.objects
        return models.Prefetch("bylines", bylines.select_related("reporter"))

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

    def own_of(self, user):
        """Return the stories that a person began or stands in the byline of."""
        return self.filter(self.owned(user))

    def owned(self, user) -> Q:
        """Return the condition for the stories of one person, asked of every row that the others leave.

        Not «one of these keys»: SQLite would begin with all that the person ever wrote, however little is asked for.
        """
        lines = self.model._meta.get_field("bylines").related_model.objects
        return Q(created_by=user) | Q(Exists(lines.filter(article=OuterRef("pk"), reporter__user=user)))

    def on_duty(self, user):
        """Return the stories of the sections that a person answers for, and those without a section yet."""
        sections = duty_sections(user)
        return self.filter(in_sections(sections)) if sections else self

    def editable_by(self, user):
        """Return the stories that a member of staff may open: those of the desk by section, others their own."""
        if not user.has_perm("articles.edit_any_article"):
            return self.own_of(user)
        sections = duty_sections(user)
        return self.filter(in_sections(sections) | self.owned(user)) if sections else self

    def listed_for(self, user):
        """Return ``editable_by`` for the list of everything, which begins with all that the person ever wrote."""
        if user.has_perm("articles.edit_any_article"):
            return self.editable_by(user)
        in_byline = self.model._base_manager.filter(bylines__reporter__user=user).values("pk")
        return self.filter(Q(created_by=user) | Q(pk__in=in_byline))

    def choosable_by(self, user):
        """Return the stories that are offered as related or pinned ones: public ones, to editors also theirs."""
        if not user.has_perm("articles.edit_any_article"):
            return self.public()
        if not duty_sections(user):
            return self
        shown = self.model.objects.public().filter(pk=OuterRef("pk"))
        return self.filter(Exists(shown) | in_sections(duty_sections(user)) | self.owned(user))

    def waiting_for(self, user):
        """Return what was submitted, stories and changes of public ones, the longest wait first.

        To those who edit the stories of others what is in their sections, to writers what they submitted
        themselves. ``waiting_since`` is the moment it was submitted.
        """
        edits = user.has_perm("articles.edit_any_article")
        stories = self.on_duty(user) if edits else self.own_of(user)
        changed = When(change_state=State.SUBMITTED, then=F("change_submitted_at"))
        since = Case(changed, default=F("submitted_at"))
        found = stories.standing([State.SUBMITTED], [State.SUBMITTED])
        return found.annotate(waiting_since=since).order_by("waiting_since", "pk")

    def at_work(self):
        """Return the stories on which work goes on: not approved yet, or with a change that is not."""
        return self.standing(OPEN, OPEN_CHANGES)

    def among(self, *parts: Q, **conditions):
        """Keep the stories that meet ``conditions``, which few do: found first, in whatever order they are listed."""
        rows = self.model._base_manager.filter(*parts, **conditions).order_by()
        return self.filter(pk__in=rows.values("pk"))

    def standing(self, states: list[str], changes: list[str]):
        """Return the stories in one of ``states``, and those with a change in one of ``changes``.

        Keys first, each half by its own index: they are few in any archive. From «this or that» a database
        falls back on everything the person or the section ever had, or on the order of the list.
        """
        rows = self.model._base_manager.order_by().values("pk")
        changed = rows.exclude(change_state="").filter(
            change_state__in=changes
        )  # as the partial index says it
        return self.filter(pk__in=rows.filter(state__in=states).union(changed, all=True))

    def open_work_of(self, user):
        """Return a person's own stories on which work goes on, the last saved first."""
        return self.own_of(user).at_work().order_by("-saved_at", "-pk")

    def due_before(self, moment: datetime.datetime):
        """Return the stories whose deadline is before ``moment``, late ones included."""
        return self.filter(deadline__lt=moment)

    def with_newest_words(self):
        """Annotate ``newest_headline``, ``newest_length`` (characters) and ``newest_photos`` of the newest version.

        Where no change waits these are the row's own; no text is loaded.
        """
        revisions = self.model._meta.get_field("revisions").related_model.objects
        newest = revisions.filter(article=OuterRef("pk"), number=OuterRef("version"))

        def words(own, changed, kind: models.Field) -> Case:
            stored = Coalesce(Subquery(newest.values(found=changed)[:1]), own, output_field=kind)
            return Case(When(change_state="", then=own), default=stored, output_field=kind)

        body, leads = KT("content__body"), Q(content__lead_photo__gt=0)
        photos = photo_marks(F("body")) + Case(When(lead_photo__isnull=False, then=1), default=0)
        changed_photos = photo_marks(body) + Case(When(leads, then=1), default=0)
        return self.annotate(
            newest_headline=words(F("headline"), KT("content__headline"), models.TextField()),
            newest_length=words(characters(F("body")), characters(body), models.IntegerField()),
            newest_photos=words(photos, changed_photos, models.IntegerField()),
        )

    def with_desk_note(self):
        """Annotate ``desk_note``: the last reason that the desk gave on the story, None without any."""
        log = self.model._meta.get_field("state_changes").related_model.objects
        said = log.filter(article=OuterRef("pk"), verb__in=["return", "hold"]).exclude(reason="")
        return self.annotate(desk_note=Subquery(said.order_by("-at", "-pk").values("reason")[:1]))


def in_sections(sections) -> Q:
    """Return the condition for stories in ``sections`` (keys) or under them, or without a section yet."""
    return under({0, *sections})


def under(sections) -> Q:
    """Return the condition for stories in ``sections`` (keys; 0 for none at all) or under them.

    COALESCE keeps databases from beginning with all that a section ever had: it is asked of what waits.
    """
    return Q(In(Coalesce(F("section"), Value(0)), list(sections))) | Q(top_section__in=sections)


class Literal(Value):
    """A whole number written into the query: SQLite takes an index of an expression for the very same one only."""

    def as_sql(self, compiler, connection) -> tuple[str, list]:
        """Return the number itself, without a parameter."""
        return str(int(self.value)), []


def may_be_shown(at: datetime.datetime | None = None, prefix: str = "") -> Q:
    """Return the condition for a photo that readers may see at ``at``; ``prefix`` leads to it from another row."""
    at, begins, ends = at or timezone.now(), f"{prefix}begins_at", f"{prefix}ends_at"
    begun = Q(**{begins: None}) | Q(**{f"{begins}__lte": at})
    return begun & (Q(**{ends: None}) | Q(**{f"{ends}__gt": at}))


class PlacementQuerySet(models.QuerySet):
    """Filters of the places of photos."""

    def usable(self, at: datetime.datetime | None = None):
        """Return the places whose photo readers may see at the moment ``at`` (now by default)."""
        return self.filter(may_be_shown(at, "photo__"))


class PhotoQuerySet(PagedQuerySet):
    """Filters of photos."""

    def usable(self, at: datetime.datetime | None = None):
        """Return the photos that readers may see at the moment ``at`` (now by default).

        The one rule of the rights of photos; ``Photo.is_usable`` says the same of a row in memory.
        """
        return self.filter(may_be_shown(at))

    def due(self, at: datetime.datetime | None = None):
        """Return the photos whose right has begun or ended without their stories having been told (``apply_due``)."""
        return self.filter(due_at__lte=at or timezone.now())

    def ending(self, start: datetime.datetime, end: datetime.datetime):
        """Return the photos whose right ends from ``start`` to before ``end``, the first to end in front."""
        return self.filter(ends_at__gte=start, ends_at__lt=end).order_by("ends_at", "pk")

    def in_use(self, at: datetime.datetime | None = None):
        """Return the photos that stand in a story that is public at ``at``, and the portraits of reporters."""
        places = self.model._meta.get_field("placements").related_model
        stories = places._meta.get_field("article").related_model.objects.public(at)
        people = self.model._meta.get_field("photographer").related_model.objects
        return self.filter(
            Exists(stories.filter(placements__photo=OuterRef("pk")))
            | Exists(people.filter(portrait=OuterRef("pk")))
        )

    def near(self, mark: str):
        """Return the photos of which a part of the fingerprint is that of ``mark``, for ``likeness.distance``.

        A union of four keys lists, so that each is read along its own index.
        """
        rows = self.model._base_manager.order_by()
        parts = [
            rows.alias(part=Substr("fingerprint", Literal(1 + BAND * place), Literal(BAND)))
            .filter(part=part)
            .values("pk")
            for place, part in enumerate(bands(mark))
        ]
        return self.filter(pk__in=parts[0].union(*parts[1:], all=True))

    def lacking(self, recipe: int):
        """Return the photos without all renditions of ``recipe`` that they ought to have, by their focal point."""
        point = Concat(Cast("focal_x", models.CharField()), Value("."), Cast("focal_y", models.CharField()))
        return self.exclude(recipe=recipe, crop_point=point).exclude(ends_at__lte=timezone.now())


class SectionQuerySet(models.QuerySet):
    """Filters of sections."""

    def active(self):
        """Return the sections that readers are shown, in the order of the menu."""
        return self.filter(is_active=True).order_by("order", "pk")

    def columns(self):
        """Return the sections of the first level that have a column on the front page, in its order."""
        return self.active().filter(on_front=True, parent=None)

    def in_tree(self):
        """Return the sections with the one above each, in the order of their tree."""
        return self.select_related("parent").order_by(*tree_order())


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
