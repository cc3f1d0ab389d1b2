"""Sections in the order of their tree, series, sources."""

from django.contrib import admin
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from .. import actions
from ..models import Section, Series, Source
from ..querysets import tree_order


@admin.register(Section)
class SectionAdmin(admin.ModelAdmin):
    """Sections of the paper."""

    list_display = ["name_in_tree", "slug", "order", "is_active", "on_front"]
    list_editable = ["order", "is_active", "on_front"]
    list_select_related = ["parent"]
    search_fields = ["name", "slug"]
    fields = ["name", "slug", "parent", "description", "order", "is_active", "on_front", "is_opinion"]

    def get_ordering(self, request: HttpRequest) -> list:
        return tree_order()

    def save_model(self, request: HttpRequest, obj: Section, form, change: bool) -> None:
        super().save_model(request, obj, form, change)
        if change and "parent" in form.changed_data:
            actions.move_section(section=obj)

    def formfield_for_foreignkey(self, db_field, request: HttpRequest, **kwargs):
        if db_field.name == "parent":
            kwargs["queryset"] = Section.objects.filter(parent=None).order_by("order", "pk")
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    @admin.display(description=_("name"))
    def name_in_tree(self, section: Section):
        """The name, set in under the section above it."""
        return format_html(
            '<span class="tree tree--{}">{}</span>', 2 if section.parent_id else 1, section.name
        )


@admin.register(Series)
class SeriesAdmin(admin.ModelAdmin):
    """Named runs of stories."""

    list_display = ["name", "slug", "is_finished"]
    list_filter = ["is_finished"]
    search_fields = ["name", "slug"]


@admin.register(Source)
class SourceAdmin(admin.ModelAdmin):
    """Agencies and partner papers."""

    list_display = ["name", "dateline", "url"]
    search_fields = ["name"]
