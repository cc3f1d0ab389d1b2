"""The admin site of the newsroom."""

from functools import partial

from django.contrib.admin import AdminSite
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils.translation import gettext_lazy as _

from articles.models import Photo
from articles.signals import rights_end_soon

from . import views
from .dashboard import Dashboard
from .paginator import BoundedPaginator
from .signing_in import sign_in

# The list of everything, in the order of a newsroom's day; what is not named comes last.
ORDER = [
    (
        "articles",
        [
            "Article",
            "Photo",
            "Video",
            "Correction",
            "Reporter",
            "Section",
            "Series",
            "Sidebar",
            "Source",
            "PrecheckSetting",
        ],
    ),
    ("newsroom_planning", ["Assignment"]),
    ("newsroom_front", ["Front"]),
    ("newsroom_readers", ["Comment"]),
    ("newsroom_publication", ["Publication", "Page"]),
    ("newsroom_accounts", ["User"]),
    ("auth", ["Group"]),
]


def place(name: str, names: list[str]) -> int:
    """Return the place of ``name`` in ``names``, the last one for a stranger."""
    return names.index(name) if name in names else len(names)


class ChoiceView(AutocompleteJsonView):
    """What is offered while somebody types; a ModelAdmin may add a picture and a note to each row."""

    def serialize_result(self, obj, to_field_name: str) -> dict:
        describe = getattr(self.model_admin, "describe_choice", None)
        return super().serialize_result(obj, to_field_name) | (describe(obj) if describe else {})


class DeskSite(AdminSite):
    """The desk."""

    site_title = _("Desk")
    site_header = _("Desk")
    index_title = _("Desk")
    enable_nav_sidebar = False

    def register(self, model_or_iterable, admin_class=None, **options) -> None:
        """Register a model; every list of the desk is bounded."""
        bounded = {"paginator": BoundedPaginator, "show_full_result_count": False, "list_max_show_all": 0}
        super().register(model_or_iterable, admin_class, **bounded | options)

    def get_urls(self) -> list:
        queue, mine = (partial(view, site=self) for view in (views.queue, views.mine))
        return [
            path("sign-in/", sign_in, name="sign_in"),
            path("desk/queue/", self.admin_view(queue), name="desk_queue"),
            path("desk/mine/", self.admin_view(mine), name="desk_mine"),
            *super().get_urls(),
        ]

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[dict]:
        apps = super().get_app_list(request, app_label)
        labels, models = [label for label, _names in ORDER], dict(ORDER)
        for app in apps:
            names = models.get(app["app_label"], [])
            app["models"].sort(key=lambda row, names=names: place(row["object_name"], names))
        return sorted(apps, key=lambda app: place(app["app_label"], labels))

    def index(self, request: HttpRequest, extra_context: dict | None = None) -> HttpResponse:
        desk = Dashboard(request.user)
        if photos := desk.ending["photos"]:
            # The desk opens whether or not the others can be told.
            rights_end_soon.send_robust(Photo, photos=photos)
        return super().index(request, {"desk": desk} | (extra_context or {}))

    def autocomplete_view(self, request: HttpRequest) -> HttpResponse:
        return ChoiceView.as_view(admin_site=self)(request)
