"""Rows on the page of a story: bylines, photos, related stories, corrections."""

from django import forms
from django.contrib import admin
from django.db import models
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from ..editor import GrowingTextarea, MomentInput, WordsField
from ..forms import PlacementForm
from ..models import Article, Byline, Correction, Placement, RelatedArticle
from ..states import State

WORDS = {models.TextField: {"form_class": WordsField, "widget": GrowingTextarea}}
MOMENT = {models.DateTimeField: {"form_class": forms.DateTimeField, "widget": MomentInput}}


class Rows(admin.StackedInline):
    """Rows that are put in order by dragging, by buttons, or (without script) by their number."""

    extra = 0
    classes = ["rows", "sortable"]
    formfield_overrides = WORDS


class BylineRows(Rows):
    """Who wrote and photographed; a new story begins with the reporter who writes it."""

    model = Byline
    classes = [*Rows.classes, "rows--bylines"]
    fields = [("reporter", "guest_name", "guest_title", "role", "order")]
    autocomplete_fields = ["reporter"]

    def get_queryset(self, request: HttpRequest):
        return super().get_queryset(request).select_related("reporter")

    def get_extra(self, request: HttpRequest, obj: Article | None = None, **kwargs) -> int:
        return 0 if obj and obj.pk else 1


class PlacementRows(Rows):
    """The photos of the story; a new one is uploaded in its row."""

    model = Placement
    form = PlacementForm
    classes = [*Rows.classes, "rows--photos"]
    readonly_fields = ["preview"]
    autocomplete_fields = ["photo"]

    def get_queryset(self, request: HttpRequest):
        return super().get_queryset(request).select_related("photo")

    def get_fields(self, request: HttpRequest, obj: Article | None = None) -> list:
        file = ("photo", "upload") if request.user.has_perm("articles.add_photo") else "photo"
        return ["preview", file, "caption", ("alt", "credit"), ("place", "after_paragraph", "order")]

    def get_formset(self, request: HttpRequest, obj: Article | None = None, **kwargs):
        formset = super().get_formset(request, obj, **kwargs)
        formset.form.user = request.user
        return formset

    @admin.display(description=_("photo"))
    def preview(self, row: Placement):
        """The picture of the row."""
        if not row.photo_id:
            return ""
        return format_html('<img class="row-photo" src="{}" alt="{}">', row.photo.url(400), row.photo.alt)


class RelatedForm(forms.ModelForm):
    """A related story; the database's own rule cannot be asked before the row has its story."""

    def clean_related(self) -> Article:
        related = self.cleaned_data["related"]
        if related.pk == self.instance.article_id:
            raise forms.ValidationError(_("A story is not related to itself: choose another one."))
        return related


class RelatedRows(Rows):
    """Related stories that the editor chose."""

    model = RelatedArticle
    form = RelatedForm
    fk_name = "article"
    classes = [*Rows.classes, "rows--related"]
    fields = [("related", "order")]
    autocomplete_fields = ["related"]

    def get_queryset(self, request: HttpRequest):
        return super().get_queryset(request).select_related("related").defer("related__body")


class CorrectionRows(admin.StackedInline):
    """Notices on a story that readers have seen; for the desk."""

    model = Correction
    extra = 0
    classes = ["rows", "rows--corrections"]
    fields = [("kind", "title"), "text", "published_at"]
    formfield_overrides = WORDS | MOMENT


def rows_for(article: Article | None) -> list[type[admin.options.InlineModelAdmin]]:
    """Return the kinds of rows that a story has in the state it is in."""
    rows: list = [BylineRows, PlacementRows, RelatedRows]
    if article and article.state == State.APPROVED:
        rows.append(CorrectionRows)
    return rows
