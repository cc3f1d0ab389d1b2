"""Addresses of what readers do."""

from django.urls import path

from . import views

app_name = "readers"
urlpatterns = [
    path("most-read/", views.most_read, name="most_read"),
    path("articles/<int:pk>/read/", views.beacon, name="beacon"),
    path("articles/<int:pk>/comments/", views.comments, name="comment"),
]
