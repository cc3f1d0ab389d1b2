"""Assignments on the desk: list, form, the buttons of one, and the calendar."""

from django import forms
from django.contrib import admin, messages
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.editor import GrowingTextarea, MomentInput

from . import access, actions
from .calendar import MONTH, WEEK, Span, days_of, parse_day
from .models import Assignment

ALL, MINE = "all", "mine"
# The hour that the form offers for a day that was chosen in the calendar.
USUAL_HOUR = 9


class StandingFilter(admin.SimpleListFilter):
    """By state; without a choice, what is still to be done."""

    title = gettext_lazy("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin) -> list:
        return [(MINE, gettext_lazy("Mine")), *Assignment.State.choices, (ALL, gettext_lazy("All"))]

    def choices(self, changelist):
        current, *others = super().choices(changelist)
        return [current | {"display": gettext_lazy("To be done")}, *others]

    def queryset(self, request: HttpRequest, queryset):
        value = self.value()
        if value == MINE:
            return queryset.current().filter(assignees=request.user)
        if value in Assignment.State.values:
            return queryset.filter(state=value)
        return queryset if value == ALL else queryset.current()


class People(forms.ModelMultipleChoiceField):
    """Members of staff to tick."""

    widget = forms.CheckboxSelectMultiple


class AssignmentButtons(admin.ModelAdmin):
    """The verbs of an assignment, and the calendar."""

    def get_urls(self) -> list:
        wrap = self.admin_site.admin_view
        return [
            path("calendar/", wrap(self.calendar), name="newsroom_planning_assignment_calendar"),
            path("<int:pk>/do/", wrap(self.do), name="newsroom_planning_assignment_do"),
            *super().get_urls(),
        ]

    def do(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Use the verb that a button named: take, begin, or a state to move to."""
        row = self.get_object(request, str(pk))
        if row is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, str(pk))
        address = reverse("admin:newsroom_planning_assignment_change", args=[pk])
        verb = request.POST.get("verb", "") if request.method == "POST" else ""
        try:
            if verb == "begin":
                article = actions.begin(assignment=row, by=request.user)
                return HttpResponseRedirect(reverse("admin:articles_article_change", args=[article.pk]))
            if verb == "take":
                actions.take(assignment=row, by=request.user)
                messages.success(request, _("The assignment is yours."))
            elif verb in {"open", "done", "dropped"}:
                row = actions.move(assignment=row, by=request.user, state=verb)
                messages.success(request, _("The assignment is now: %s.") % row.get_state_display())
        except PermissionDenied as error:
            messages.error(request, str(error))
        return HttpResponseRedirect(address)

    def calendar(self, request: HttpRequest) -> HttpResponse:
        """Show the month, or the week, around ``?day=``."""
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied
        today = timezone.localdate()
        view = WEEK if request.GET.get("view") == WEEK else MONTH
        span = Span.around(parse_day(request.GET.get("day", ""), today), view)
        days = days_of(span, request.user)
        context = self.admin_site.each_context(request) | {
            "title": _("Planning"),
            "span": span,
            "weeks": [days[start : start + 7] for start in range(0, len(days), 7)],
            "today": today,
            "is_empty": not any(day.entries for day in days),
            "may_add": self.has_add_permission(request),
        }
        return TemplateResponse(request, "admin/newsroom_planning/assignment/calendar.html", context)


@admin.register(Assignment)
class AssignmentAdmin(AssignmentButtons):
    """What the paper is going to report on."""

    list_display = ["what_cell", "state_cell", "section", "people_cell", "when_cell", "deadline_cell"]
    list_display_links = None
    list_filter = [StandingFilter]
    list_per_page = 50
    search_fields = ["what", "place", "details"]
    ordering = [models.F("deadline").asc(nulls_last=True), models.F("starts_at").asc(nulls_last=True), "-pk"]
    show_facets = admin.ShowFacets.NEVER
    actions = None
    fields = [
        "what", "details", "section", "assignees", ("starts_at", "place"), ("deadline", "photo_needed"),
    ]  # fmt: skip
    formfield_overrides = {
        models.DateTimeField: {"form_class": forms.DateTimeField, "widget": MomentInput},
        models.TextField: {"widget": GrowingTextarea},
    }

    class Media:
        css = {"all": ["desk/planning.css"]}

    def get_queryset(self, request: HttpRequest):
        rows = super().get_queryset(request).visible_to(request.user)
        is_list = getattr(request.resolver_match, "url_name", "").endswith("_changelist")
        return rows.for_listing() if is_list else rows

    def has_change_permission(self, request: HttpRequest, obj: Assignment | None = None) -> bool:
        if obj is None:
            return super().has_change_permission(request) or request.user.has_perm(access.TAKE)
        return access.may_change(request.user, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Assignment | None = None) -> bool:
        # What a story came from is dropped, not deleted.
        allowed = super().has_delete_permission(request, obj)
        return allowed and (obj is None or obj.article_id is None)

    def get_fields(self, request: HttpRequest, obj: Assignment | None = None) -> list:
        may_give = request.user.has_perm(access.ASSIGN)
        return [name for name in self.fields if may_give or obj or name != "assignees"]

    def get_readonly_fields(self, request: HttpRequest, obj: Assignment | None = None) -> list[str]:
        return [] if request.user.has_perm(access.ASSIGN) else ["assignees"]

    def formfield_for_manytomany(self, db_field, request: HttpRequest, **kwargs):
        people = get_user_model().objects.filter(is_active=True, is_staff=True)
        people = people.order_by("last_name", "first_name", "username")
        return People(
            people, label=capfirst(db_field.verbose_name), help_text=db_field.help_text, required=False
        )

    def get_changeform_initial_data(self, request: HttpRequest) -> dict:
        # The calendar's way to a new assignment names the day.
        try:
            day = parse_date(request.GET.get("day", ""))
        except ValueError:
            day = None
        return {"starts_at": f"{day}T{USUAL_HOUR:02}:00"} if day else {}

    def render_change_form(self, request: HttpRequest, context: dict, *args, obj=None, **kwargs):
        if obj:
            user = request.user
            context |= {
                "may_take": access.may_take(user, obj),
                "may_begin": access.may_begin(user, obj) and obj.article_id is None,
                "may_move": access.may_change(user, obj) or access.is_mine(user, obj),
            }
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)

    def save_model(self, request: HttpRequest, obj: Assignment, form, change: bool) -> None:
        if not change:
            obj.created_by = request.user
        super().save_model(request, obj, form, change)

    def save_related(self, request: HttpRequest, form, formsets, change: bool) -> None:
        row = form.instance
        before = set(row.assignees.values_list("pk", flat=True)) if change else set()
        super().save_related(request, form, formsets, change)
        if not change and not request.user.has_perm(access.ASSIGN):
            row.assignees.add(request.user)  # whoever proposes something does it
        given = [user for user in row.assignees.all() if user.pk not in before]
        actions.tell(assignment=row, users=given, by=request.user)

    @admin.display(description=gettext_lazy("what"), ordering="what")
    def what_cell(self, row: Assignment):
        """The words as the way to the assignment, with the place."""
        address = reverse("admin:newsroom_planning_assignment_change", args=[row.pk])
        notes = [row.place] if row.place else []
        notes += [_("photo needed")] if row.photo_needed else []
        return format_html(
            '<a class="title" href="{}">{}</a> <span class="quiet">{}</span>',
            address,
            row.what,
            " · ".join(notes),
        )

    @admin.display(description=gettext_lazy("state"), ordering="state")
    def state_cell(self, row: Assignment):
        """The state as a mark."""
        return format_html('<span class="badge plan--{}">{}</span>', row.state, row.get_state_display())

    @admin.display(description=gettext_lazy("who"))
    def people_cell(self, row: Assignment) -> str:
        """Who does it; «free» for nobody."""
        return ", ".join(str(user) for user in row.assignees.all()) or _("free")

    @admin.display(description=gettext_lazy("when"), ordering="starts_at")
    def when_cell(self, row: Assignment) -> str:
        """The time of what is reported on."""
        return moment(row.starts_at)

    @admin.display(description=gettext_lazy("deadline"), ordering="deadline")
    def deadline_cell(self, row: Assignment):
        """The deadline; one that has passed says so."""
        if row.is_late:
            return format_html('<span class="late">{} {}</span>', moment(row.deadline), _("late"))
        return moment(row.deadline)


def moment(value) -> str:
    """Return a time as lists show it, «» for none."""
    return date_format(timezone.localtime(value), "m-d H:i") if value else ""
