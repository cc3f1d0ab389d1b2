"""Configuration of the ground floor: what a story is."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _

from .statistics import tell_sizes


class ArticlesConfig(AppConfig):
    name = "articles"
    verbose_name = _("Stories")

    def ready(self) -> None:
        post_migrate.connect(tell_sizes, sender=self, dispatch_uid="tell_sizes")
