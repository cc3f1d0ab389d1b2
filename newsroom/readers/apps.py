"""Configuration of what readers do: read and comment."""

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReadersConfig(AppConfig):
    name = "newsroom.readers"
    label = "newsroom_readers"
    verbose_name = _("Readers")

    def ready(self) -> None:
        # Loaded here, because it needs the models of other apps.
        import_module(f"{self.name}.ranking").register_block()
