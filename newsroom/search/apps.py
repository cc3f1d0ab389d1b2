"""Configuration of search."""

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    name = "newsroom.search"
    label = "newsroom_search"
    verbose_name = _("Search")

    def ready(self) -> None:
        # Loaded here, because it needs the models of other apps.
        import_module(f"{self.name}.receivers").connect(self)
