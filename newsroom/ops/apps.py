"""Configuration of running the paper: demonstration, health."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OpsConfig(AppConfig):
    name = "newsroom.ops"
    label = "newsroom_ops"
    verbose_name = _("Operations")
