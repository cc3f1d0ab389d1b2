"""Reporters."""

from django.contrib import admin
from django.contrib.auth import get_permission_codename, get_user_model
from django.http import HttpRequest

from ..models import Reporter


@admin.register(Reporter)
class ReporterAdmin(admin.ModelAdmin):
    """Who writes and photographs; found by name wherever a byline is filled in."""

    list_display = ["name", "title", "beats", "email", "user", "is_active"]
    list_filter = ["is_active"]
    list_select_related = ["user"]
    search_fields = ["name", "slug", "email"]
    # Those who left stay findable, behind those who are here.
    ordering = ["-is_active", "name"]
    autocomplete_fields = ["portrait", "user"]
    fields = [("name", "title"), "slug", "email", "beats", "intro", "portrait", "user", "is_active"]
    actions = None

    def get_readonly_fields(self, request: HttpRequest, obj: Reporter | None = None) -> list[str]:
        users = get_user_model()._meta
        seen = request.user.has_perm(f"{users.app_label}.{get_permission_codename('view', users)}")
        return [] if seen else ["user"]
