"""Addresses of the pictures of shared links."""

from django.urls import path, register_converter

from . import converters, views

app_name = "sharing"
register_converter(converters.StoryPictureConverter, "story_picture")
register_converter(converters.PaperPictureConverter, "paper_picture")
urlpatterns = [
    path("share/<story_picture:asked>.png", views.card, name="card"),
    path("share/paper-<paper_picture:digest>.png", views.paper, name="paper"),
]
