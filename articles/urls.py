"""Addresses of stories and of lists of stories; the fronts of sections belong to ``newsroom.front``."""

from django.urls import path

from . import preview_views, views

app_name = "articles"
urlpatterns = [
    path("articles/<int:pk>/", views.detail, name="detail"),
    path("articles/<int:pk>/print/", views.print_page, name="print"),
    path("preview/<str:token>/", preview_views.linked, name="preview"),
    path("latest/", views.latest, name="latest"),
    path("photos/", views.photos, name="photos"),
    path("corrections/", views.corrections, name="corrections"),
    path("series/", views.series_index, name="series_index"),
    path("series/<slug:slug>/", views.series, name="series"),
    path("tags/<path:name>/", views.tag, name="tag"),
    path("reporters/", views.reporter_index, name="reporter_index"),
    path("reporters/<slug:slug>/", views.reporter, name="reporter"),
]
