"""Addresses of this app."""

app_name = "publication"
urlpatterns = []
