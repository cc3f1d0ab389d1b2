"""Configuration of the chrome of every page."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LayoutConfig(AppConfig):
    name = "newsroom.layout"
    label = "newsroom_layout"
    verbose_name = _("Layout")
