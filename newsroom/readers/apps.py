"""Configuration of what readers do: read and comment."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReadersConfig(AppConfig):
    name = "newsroom.readers"
    label = "newsroom_readers"
    verbose_name = _("Readers")
