"""Configuration of feeds, sitemaps and what else machines read."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WireConfig(AppConfig):
    name = "newsroom.wire"
    label = "newsroom_wire"
    verbose_name = _("Wire")
