"""Configuration of planning: assignments and the calendar of what is to come."""

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PlanningConfig(AppConfig):
    name = "newsroom.planning"
    label = "newsroom_planning"
    verbose_name = _("Planning")

    def ready(self) -> None:
        # Loaded here, because it needs the models of other apps.
        import_module(f"{self.name}.receivers").connect()
