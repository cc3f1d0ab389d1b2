"""Configuration of curated front pages."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FrontConfig(AppConfig):
    name = "newsroom.front"
    label = "newsroom_front"
    verbose_name = _("Front pages")
