"""Configuration of running the paper: demonstration, health."""

from django.apps import AppConfig
from django.core.checks import register
from django.utils.translation import gettext_lazy as _

from .checks import demonstration_accounts, private_originals


class OpsConfig(AppConfig):
    name = "newsroom.ops"
    label = "newsroom_ops"
    verbose_name = _("Operations")

    def ready(self) -> None:
        register(demonstration_accounts, "newsroom", deploy=True)
        register(private_originals, "newsroom", deploy=True)
