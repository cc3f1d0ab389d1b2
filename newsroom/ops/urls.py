"""Addresses of this app."""

app_name = "ops"
urlpatterns = []
