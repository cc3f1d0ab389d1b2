"""Configuration of staff accounts."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _

from .roles import make_roles


class AccountsConfig(AppConfig):
    name = "newsroom.accounts"
    label = "newsroom_accounts"
    verbose_name = _("Accounts and roles")

    def ready(self) -> None:
        post_migrate.connect(make_roles, dispatch_uid="make_roles")
