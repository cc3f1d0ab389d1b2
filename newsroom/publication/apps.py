"""Configuration of the masthead, the paper's labels and its fixed pages."""

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PublicationConfig(AppConfig):
    name = "newsroom.publication"
    label = "newsroom_publication"
    verbose_name = _("Publication")

    def ready(self) -> None:
        # Loaded here, because it needs the models of other apps.
        import_module(f"{self.name}.receivers").connect()
