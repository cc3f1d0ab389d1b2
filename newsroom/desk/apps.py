"""Configuration of the desk: Django's admin as the place where the paper is made."""

from django.apps import AppConfig
from django.contrib.admin import apps as admin_apps
from django.utils.translation import gettext_lazy as _


class DeskAdminConfig(admin_apps.AdminConfig):
    """Django's admin with the desk's site as its default."""

    default = False
    default_site = "newsroom.desk.site.DeskSite"


class DeskConfig(AppConfig):
    name = "newsroom.desk"
    label = "newsroom_desk"
    verbose_name = _("Desk")
