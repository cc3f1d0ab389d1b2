"""Curated pages: one list of places each, put in order by dragging."""

from django import forms
from django.contrib import admin
from django.db import models
from django.http import HttpRequest
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.editor import MomentInput
from articles.models import Article
from articles.querysets import take

from .models import Front, Slot

# Stories offered beside the places.
LATEST = 15


class SlotRows(admin.StackedInline):
    """The places of a page, the lead story first."""

    model = Slot
    extra = 0
    classes = ["rows", "sortable", "rows--slots"]
    fields = [("article", "standing", "until", "order")]
    readonly_fields = ["standing"]
    autocomplete_fields = ["article"]
    formfield_overrides = {
        models.DateTimeField: {"form_class": forms.DateTimeField, "widget": MomentInput},
    }

    def get_queryset(self, request: HttpRequest):
        return super().get_queryset(request).select_related("article").defer("article__body")

    @admin.display(description=gettext_lazy("state"))
    def standing(self, slot: Slot):
        """What readers see of the story now."""
        article = slot.article if slot.article_id else None
        if article is None:
            return ""
        if article.is_public():
            return format_html('<span class="badge badge--public">{}</span>', _("Public"))
        if article.state == "approved":
            when = date_format(localtime(article.published_at), "m-d H:i")
            return format_html('<span class="badge badge--scheduled">{}</span>', _("Waits for %s") % when)
        return format_html(
            '<span class="badge badge--{}">{}</span>', article.state, article.get_state_display()
        )


@admin.register(Front)
class FrontAdmin(admin.ModelAdmin):
    """The front page of the paper and the fronts of its sections."""

    list_display = ["__str__", "lead", "places"]
    list_select_related = ["section"]
    inlines = [SlotRows]
    actions = None

    def get_ordering(self, request: HttpRequest) -> list:
        return [models.F("section__order").asc(nulls_first=True), "pk"]

    def get_queryset(self, request: HttpRequest):
        slots = Slot.objects.select_related("article").defer("article__body")
        return super().get_queryset(request).prefetch_related(models.Prefetch("slots", slots))

    def get_fields(self, request: HttpRequest, obj: Front | None = None) -> list[str]:
        return [] if obj else ["section"]

    def get_view_on_site_url(self, obj: Front | None = None) -> str | None:
        if obj is None:
            return None
        return obj.section.get_absolute_url() if obj.section_id else "/"

    def render_change_form(
        self, request: HttpRequest, context: dict, *args, obj: Front | None = None, **kwargs
    ):
        if obj:
            stories = Article.objects.public()
            stories = stories.in_section(obj.section) if obj.section_id else stories.newest()
            here = obj.slots.values("article")
            context["latest"], _more = take(stories.exclude(pk__in=here).for_listing(), LATEST)
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)

    @admin.display(description=gettext_lazy("lead story"))
    def lead(self, front: Front) -> str:
        """The story that leads the page."""
        first = next(iter(front.slots.all()), None)
        return first.article.title if first else _("the newest story")

    @admin.display(description=gettext_lazy("places"))
    def places(self, front: Front) -> int:
        """How many places an editor gave away."""
        return len(front.slots.all())
