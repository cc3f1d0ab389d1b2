"""Tags of the desk's own pages."""

import datetime

from django import template
from django.utils import timezone
from django.utils.timesince import timesince

register = template.Library()


@register.filter
def waiting(moment: datetime.datetime | None) -> str:
    """Return how long ago ``moment`` was, in its largest unit; «» for none."""
    return timesince(moment, timezone.now(), depth=1) if moment else ""
