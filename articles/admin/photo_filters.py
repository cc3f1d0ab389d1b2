"""Filters beside the list of photos."""

import datetime

from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteSelect
from django.forms import ModelChoiceField
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ..access import key_of
from ..models import Photo, Reporter
from .filters import others
from .photo_uses import is_used

SOON, OVER = "soon", "over"
NO_ALT, UNUSED = "no-alt", "unused"
WARNED = datetime.timedelta(days=30)


class RightFilter(admin.SimpleListFilter):
    """By the end of the right: soon, or reached."""

    title = pgettext_lazy("of a photo", "right")
    parameter_name = "right"

    def lookups(self, request: HttpRequest, model_admin) -> list:
        return [(SOON, _("Ends within 30 days")), (OVER, pgettext_lazy("right of a photo", "Ended"))]

    def queryset(self, request: HttpRequest, queryset):
        now = timezone.now()
        if self.value() == SOON:
            # Keys first: they are few, and read along the index of ends.
            ending = Photo.objects.ending(now, now + WARNED).order_by().values("pk")
            return queryset.filter(pk__in=ending)
        return queryset.filter(ends_at__lte=now) if self.value() == OVER else queryset


class GapFilter(admin.SimpleListFilter):
    """By what is missing: words for those who cannot see the photo, a use of it."""

    title = _("what is missing")
    parameter_name = "missing"

    def lookups(self, request: HttpRequest, model_admin) -> list:
        return [(NO_ALT, _("No alternative text")), (UNUSED, _("Never used"))]

    def queryset(self, request: HttpRequest, queryset):
        if self.value() == NO_ALT:
            return queryset.filter(alt="")
        return queryset.exclude(is_used()) if self.value() == UNUSED else queryset


class PhotographerFilter(admin.SimpleListFilter):
    """By photographer, found by typing the name."""

    title = _("photographer")
    parameter_name = "photographer"
    template = "admin/articles/filter_reporter.html"

    def __init__(self, request: HttpRequest, params: dict, model, model_admin) -> None:
        super().__init__(request, params, model, model_admin)
        self.site = model_admin.admin_site

    def lookups(self, request: HttpRequest, model_admin) -> tuple:
        return ()

    def has_output(self) -> bool:
        return True

    def choices(self, changelist):
        relation = Photo._meta.get_field("photographer")
        picker = AutocompleteSelect(relation, self.site, attrs={"data-submits": ""})
        field = ModelChoiceField(Reporter.objects, required=False, widget=picker)
        chosen = key_of(self.value() or "") or None
        yield {
            "field": field.widget.render(self.parameter_name, chosen, {"id": "filter-reporter"}),
            "others": others(changelist, {self.parameter_name}),
            "clear": changelist.get_query_string(remove=[self.parameter_name]) if chosen else "",
        }

    def queryset(self, request: HttpRequest, queryset):
        return queryset.filter(photographer=key_of(self.value())) if self.value() else queryset


FILTERS = [RightFilter, GapFilter, "licence", PhotographerFilter]
