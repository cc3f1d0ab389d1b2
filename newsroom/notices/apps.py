"""Configuration of what the people of the desk tell one another: notes on stories, notices of what was done."""

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NoticesConfig(AppConfig):
    name = "newsroom.notices"
    label = "newsroom_notices"
    verbose_name = _("Notices")

    def ready(self) -> None:
        # Loaded here, because it needs the models of other apps.
        import_module(f"{self.name}.receivers").connect()
