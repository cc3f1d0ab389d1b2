"""The newspaper's own settings, and its fixed pages."""

from django.contrib import admin, messages
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from articles.editor import BodyField, EditorPage, TextEditor

from .models import Page, Publication


@admin.register(Publication)
class PublicationAdmin(admin.ModelAdmin):
    """The one newspaper of this installation: no list, straight to its form."""

    fieldsets = [
        (None, {"fields": ["name", "tagline", "description", "site_url", "accent"]}),
        (
            gettext_lazy("On every story"),
            {"fields": [("approved_label", "updated_label"), "dateline", "copyright_line"]},
        ),
        (
            gettext_lazy("Particulars (Newspapers Act, art. 21)"),
            {
                "fields": [
                    ("registered_title", "registration_number"),
                    ("registered_on", "first_published_on"),
                    ("publisher", "editor"),
                    "address",
                    ("phone", "email"),
                    ("youth_officer", "privacy_officer", "grievance_officer"),
                ]
            },
        ),
        (pgettext_lazy("desk", "Comments"), {"fields": ["comments_open", "comment_rules"]}),
    ]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Publication | None = None) -> bool:
        return False

    def get_object(
        self, request: HttpRequest, object_id: str, from_field: str | None = None
    ) -> Publication | None:
        return super().get_object(request, object_id, from_field) or (
            Publication(pk=1) if object_id == "1" else None
        )

    def changelist_view(self, request: HttpRequest, extra_context: dict | None = None) -> HttpResponse:
        return redirect("admin:newsroom_publication_publication_change", 1)

    def response_post_save_change(self, request: HttpRequest, obj: Publication) -> HttpResponse:
        return redirect("admin:newsroom_publication_publication_change", 1)

    def render_change_form(
        self, request: HttpRequest, context: dict, *args, obj: Publication | None = None, **kwargs
    ):
        missing = obj.missing_particulars if obj else []
        if missing:
            words = _("The law asks for these particulars, which are still empty: %s.") % ", ".join(missing)
            messages.warning(request, words)
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)


@admin.register(Page)
class PageAdmin(EditorPage, admin.ModelAdmin):
    """Fixed pages, written with the same editor as stories."""

    list_display = ["title", "slug", "in_footer", "is_strong", "order"]
    list_editable = ["in_footer", "is_strong", "order"]
    fields = [("title", "slug"), "body", ("order", "in_footer", "is_strong")]
    formfield_overrides = {models.TextField: {"form_class": BodyField, "widget": TextEditor}}
    actions = None
