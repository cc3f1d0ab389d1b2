"""The newspaper in every template."""

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from .models import Publication


def publication(request: HttpRequest) -> dict:
    """Return ``publication``, loaded once a page and only where it is asked for."""
    loaded = getattr(request, "publication", None)
    return {"publication": loaded or SimpleLazyObject(Publication.objects.current)}
