"""Corrections, replies and follow-ups as a list of their own."""

from django import forms
from django.contrib import admin
from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import gettext as _

from .. import actions
from ..access import may_use
from ..models import Correction
from ..states import Change, State
from .rows import MOMENT, WORDS


class CorrectionForm(forms.ModelForm):
    """A notice; it stands only on a story that readers have seen and that the person may change."""

    user = None

    def clean_article(self):
        article = self.cleaned_data["article"]
        if article.state != State.APPROVED:
            raise forms.ValidationError(
                _("The story is «%s»: notices belong on approved stories.") % article.get_state_display()
            )
        if not may_use(self.user, "approve_article", article):
            raise forms.ValidationError(_("You may not change this story."))
        return article


@admin.register(Correction)
class CorrectionAdmin(admin.ModelAdmin):
    """Notices; each is declared as a change of its story."""

    form = CorrectionForm
    list_display = ["title", "kind", "article", "published_at"]
    list_filter = ["kind"]
    list_select_related = ["article"]
    search_fields = ["title", "text", "article__headline"]
    autocomplete_fields = ["article"]
    fields = ["article", ("kind", "published_at"), "title", "text"]
    formfield_overrides = WORDS | MOMENT
    actions = None

    def get_queryset(self, request: HttpRequest):
        return super().get_queryset(request).defer("article__body")

    def get_form(self, request: HttpRequest, obj: Correction | None = None, change: bool = False, **kwargs):
        form = super().get_form(request, obj, change, **kwargs)
        form.user = request.user
        return form

    def save_model(self, request: HttpRequest, obj: Correction, form, change: bool) -> None:
        obj.created_by = obj.created_by or request.user
        super().save_model(request, obj, form, change)
        self.declare(request, obj)

    def delete_model(self, request: HttpRequest, obj: Correction) -> None:
        with transaction.atomic():
            super().delete_model(request, obj)
            self.declare(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Correction | None = None) -> bool:
        allowed = super().has_delete_permission(request, obj)
        return allowed and (obj is None or may_use(request.user, "approve_article", obj.article))

    def declare(self, request: HttpRequest, obj: Correction) -> None:
        """Tell the story's history, and its pages, that a notice has changed."""
        if obj.article.state == State.APPROVED:
            actions.amend(article=obj.article, by=request.user, change=Change.CORRECTION, note=obj.title)
