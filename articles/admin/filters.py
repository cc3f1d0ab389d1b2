"""Filters beside the list of stories."""

import datetime

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteSelect
from django.db.models import Q
from django.http import HttpRequest
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext_lazy as _

from ..access import key_of
from ..models import Byline, Reporter, ScheduledChange, Section
from ..querysets import OPEN, OPEN_CHANGES
from ..states import State

SCHEDULED, PUBLIC = "scheduled", "public"
ANY, LATE, TODAY, WEEK = "any", "late", "today", "week"
DAY = datetime.timedelta(days=1)


class StateFilter(admin.SimpleListFilter):
    """By state; an approved story is public or scheduled."""

    title = _("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin) -> list:
        approved = [(PUBLIC, _("Public")), (SCHEDULED, _("Scheduled"))]
        return [choice for choice in State.choices if choice[0] != State.APPROVED] + approved

    def queryset(self, request: HttpRequest, queryset):
        value = self.value()
        if value == PUBLIC:
            return queryset.public()
        if value == SCHEDULED:
            return queryset.among(state=State.APPROVED, published_at__gt=timezone.now())
        if value in OPEN:
            return queryset.among(state=value)
        return queryset.filter(state=value) if value in State.values else queryset


class ChangeFilter(admin.SimpleListFilter):
    """By where the change of an approved story stands; one that is approved for later is «scheduled»."""

    title = _("change")
    parameter_name = "change"

    def lookups(self, request: HttpRequest, model_admin) -> list:
        states = [(state.value, state.label) for state in (State.SUBMITTED, State.RETURNED, State.DRAFT)]
        return [(ANY, _("Any change")), *states, (SCHEDULED, _("Scheduled"))]

    def queryset(self, request: HttpRequest, queryset):
        value = self.value()
        if value == SCHEDULED:
            return queryset.filter(pk__in=ScheduledChange.objects.values("article"))
        if value == ANY:
            return queryset.among(~Q(change_state=""), change_state__in=OPEN_CHANGES)
        return queryset.exclude(change_state="").filter(change_state=value) if value else queryset


class DeadlineFilter(admin.SimpleListFilter):
    """By deadline, of stories and changes that are not approved yet."""

    title = _("deadline")
    parameter_name = "due"

    def lookups(self, request: HttpRequest, model_admin) -> list:
        return [(LATE, _("Late")), (TODAY, _("Today")), (WEEK, _("Within seven days"))]

    def queryset(self, request: HttpRequest, queryset):
        days = {LATE: timezone.now(), TODAY: midnight(timezone.localdate() + DAY),
                WEEK: midnight(timezone.localdate() + 7 * DAY)}  # fmt: skip
        if self.value() not in days:
            return queryset
        return queryset.at_work().due_before(days[self.value()])


class SectionFilter(admin.SimpleListFilter):
    """By section; one of the first level holds those under it."""

    title = _("section")
    parameter_name = "section"

    def lookups(self, request: HttpRequest, model_admin) -> list:
        rows = list(Section.objects.in_tree())
        self.tops = {row.pk for row in rows if row.parent_id is None}
        return [(row.pk, f"— {row.name}" if row.parent_id else row.name) for row in rows]

    def queryset(self, request: HttpRequest, queryset):
        if not self.value():
            return queryset
        # One of both, never either: an index in the order of the list stands on each.
        key = key_of(self.value())
        return queryset.filter(top_section=key) if key in self.tops else queryset.filter(section=key)


class ReporterFilter(admin.SimpleListFilter):
    """By reporter, found by typing the name."""

    title = _("reporter")
    parameter_name = "reporter"
    template = "admin/articles/filter_reporter.html"

    def __init__(self, request: HttpRequest, params: dict, model, model_admin) -> None:
        super().__init__(request, params, model, model_admin)
        self.site = model_admin.admin_site

    def lookups(self, request: HttpRequest, model_admin) -> tuple:
        return ()

    def has_output(self) -> bool:
        return True

    def choices(self, changelist):
        picker = AutocompleteSelect(Byline._meta.get_field("reporter"), self.site, attrs={"data-submits": ""})
        field = forms.ModelChoiceField(Reporter.objects, required=False, widget=picker)
        chosen = key_of(self.value() or "") or None
        yield {
            "field": field.widget.render(self.parameter_name, chosen, {"id": "filter-reporter"}),
            "others": others(changelist, {self.parameter_name}),
            "clear": changelist.get_query_string(remove=[self.parameter_name]) if chosen else "",
        }

    def queryset(self, request: HttpRequest, queryset):
        return queryset.filter(bylines__reporter=key_of(self.value())) if self.value() else queryset


class PeriodFilter(admin.ListFilter):
    """By the day of publication, from and to."""

    title = _("day of publication")
    template = "admin/articles/filter_period.html"

    def __init__(self, request: HttpRequest, params: dict, model, model_admin) -> None:
        super().__init__(request, params, model, model_admin)
        for name in self.expected_parameters():
            if name in params:
                self.used_parameters[name] = params.pop(name)[-1]

    def expected_parameters(self) -> list[str]:
        return ["from", "to"]

    def has_output(self) -> bool:
        return True

    def day(self, name: str) -> datetime.date | None:
        """Return the day asked for, None for none or a garbled one."""
        try:
            return parse_date(self.used_parameters.get(name, ""))
        except ValueError:
            return None

    def choices(self, changelist):
        days = {name: self.day(name) for name in self.expected_parameters()}
        yield {
            "begin": days["from"],
            "end": days["to"],
            "others": others(changelist, set(days)),
            "clear": changelist.get_query_string(remove=list(days)) if any(days.values()) else "",
        }

    def queryset(self, request: HttpRequest, queryset):
        begin, end = self.day("from"), self.day("to")
        if begin:
            queryset = queryset.filter(published_at__gte=midnight(begin))
        if end and end < datetime.date.max:
            queryset = queryset.filter(published_at__lt=midnight(end + datetime.timedelta(days=1)))
        return queryset


def midnight(day: datetime.date) -> datetime.datetime:
    """Return the beginning of a day in the paper's time zone."""
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time()))


def others(changelist, mine: set[str]) -> list[tuple[str, str]]:
    """Return the parameters of the list's address that a filter of its own form has to keep."""
    return [(name, value) for name, value in changelist.params.items() if name not in mine]


FILTERS = [StateFilter, ChangeFilter, DeadlineFilter, SectionFilter, ReporterFilter, "origin", PeriodFilter]
