"""Every address of the newsroom; the only module that knows every app."""

from django.contrib import admin
from django.urls import include, path
from django.views.generic import RedirectView

urlpatterns = [
    path("", include("newsroom.front.urls")),
    path("", include("articles.urls")),
    path("", include("newsroom.readers.urls")),
    path("", include("newsroom.search.urls")),
    path("", include("newsroom.wire.urls")),
    path("", include("newsroom.sharing.urls")),
    path("", include("newsroom.publication.urls")),
    path("", include("newsroom.ops.urls")),
    path(
        "admin/notices/",
        RedirectView.as_view(pattern_name="admin:newsroom_notices_notice_changelist"),
    ),
    path(
        "admin/planning/",
        RedirectView.as_view(pattern_name="admin:newsroom_planning_assignment_calendar"),
    ),
    path("admin/", admin.site.urls),
]

handler400 = "newsroom.layout.views.bad_request"
handler403 = "newsroom.layout.views.permission_denied"
handler404 = "newsroom.layout.views.page_not_found"
handler500 = "newsroom.layout.views.server_error"
