"""Configuration of the pictures that shared links show."""

from django.apps import AppConfig
from django.core.checks import register
from django.utils.translation import gettext_lazy as _

from .checks import korean_fonts


class SharingConfig(AppConfig):
    name = "newsroom.sharing"
    label = "newsroom_sharing"
    verbose_name = _("Shared links")

    def ready(self) -> None:
        register(korean_fonts, "newsroom")
