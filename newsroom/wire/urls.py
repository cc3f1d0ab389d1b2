"""Addresses of this app."""

app_name = "wire"
urlpatterns = []
