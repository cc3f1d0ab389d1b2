"""Rows on the page of a story: bylines, photos, related stories, corrections."""

from django import forms
from django.contrib import admin
from django.db import models
from django.db.models import Prefetch, prefetch_related_objects
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from ..access import may_use
from ..editor import GrowingTextarea, MomentInput, WordsField
from ..forms.rows import Picker, RowForm, VersionRows
from ..models import Article, Byline, Correction, Placement, RelatedArticle, Reporter
from ..snapshots import Snapshot
from ..states import State

WORDS = {models.TextField: {"form_class": WordsField, "widget": GrowingTextarea}}
MOMENT = {models.DateTimeField: {"form_class": forms.DateTimeField, "widget": MomentInput}}


class Rows(admin.StackedInline):
    """Rows that are put in order by dragging, by buttons, or (without script) by their number."""

    extra = 0
    classes = ["rows", "sortable"]
    formfield_overrides = WORDS


class VersionRowsInline(Rows):
    """Rows of a version of the story; what is chosen in them is shown without a query for each."""

    formset = VersionRows
    form = RowForm

    def formfield_for_foreignkey(self, db_field, request: HttpRequest, **kwargs):
        if db_field.name in self.autocomplete_fields:
            kwargs["widget"] = Picker(db_field, self.admin_site)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


class BylineRows(VersionRowsInline):
    """Who wrote and photographed; a new story begins with the reporter who writes it."""

    model = Byline
    classes = [*Rows.classes, "rows--bylines"]
    fields = [("reporter", "guest_name", "guest_title", "role", "order")]
    autocomplete_fields = ["reporter"]

    def get_extra(self, request: HttpRequest, obj: Article | None = None, **kwargs) -> int:
        return 0 if obj and obj.pk else 1


class RelatedForm(RowForm):
    """A related story."""

    def clean_related(self) -> Article:
        related = self.cleaned_data["related"]
        if related.pk == self.instance.article_id:
            raise forms.ValidationError(_("A story is not related to itself: choose another one."))
        return related


class RelatedRows(VersionRowsInline):
    """Related stories that the editor chose."""

    model = RelatedArticle
    form = RelatedForm
    fk_name = "article"
    classes = [*Rows.classes, "rows--related"]
    fields = [("related", "order")]
    autocomplete_fields = ["related"]


class CorrectionRows(admin.StackedInline):
    """Notices on a story that readers have seen; for the desk."""

    model = Correction
    extra = 0
    classes = ["rows", "rows--corrections"]
    fields = [("kind", "title"), "text", "published_at"]
    formfield_overrides = WORDS | MOMENT


def rows_for(article: Article | None, user) -> list[type[admin.options.InlineModelAdmin]]:
    """Return the kinds of rows that a person edits on a story in the state it is in."""
    rows: list = [BylineRows, RelatedRows]
    if article and article.state == State.APPROVED and may_use(user, "approve_article", article):
        rows.append(CorrectionRows)
    return rows


def load_rows(article: Article) -> None:
    """Load the rows of a story with what is named in them: three queries."""
    prefetch_related_objects(
        [article],
        Prefetch("bylines", Byline.objects.select_related("reporter")),
        Prefetch("related_links", RelatedArticle.objects.select_related("related").defer("related__body")),
        Prefetch("placements", Placement.objects.select_related("photo")),
    )


def named_rows(
    model: type[models.Model], shown: Snapshot, article: Article | None
) -> tuple[list[dict], dict[str, str]]:
    """Return the rows of a version as initial values, and the labels of what is chosen in them by key.

    ``article`` has its own rows loaded (``load_rows``); what the version names besides costs a query.
    """
    if model is Byline:
        rows = [row | {"order": order} for order, row in enumerate(shown.bylines)]
        chosen, found = {row["reporter"] for row in rows if row["reporter"]}, Reporter.objects
        loaded = (
            [row.reporter for row in article.bylines.all() if row.reporter] if article and article.pk else []
        )
    else:
        rows = [{"related": key, "order": order} for order, key in enumerate(shown.related)]
        chosen, found = set(shown.related), Article.objects.defer("body")
        loaded = [row.related for row in article.related_links.all()] if article and article.pk else []
    known = {row.pk: str(row) for row in loaded}
    missing = chosen - known.keys()
    known |= {row.pk: str(row) for row in found.filter(pk__in=missing)} if missing else {}
    return rows, {str(key): label for key, label in known.items()}
