"""Addresses of the masthead and of the fixed pages."""

from django.urls import path

from . import views

app_name = "publication"
urlpatterns = [
    path("about/", views.about, name="about"),
    path("about/<slug:slug>/", views.page, name="page"),
]
