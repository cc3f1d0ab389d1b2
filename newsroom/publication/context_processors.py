"""The newspaper in every template."""

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from .models import Publication


def load_publication() -> Publication:
    """Return the newspaper; an unsaved one with the usual labels before it is set up."""
    return Publication.objects.filter(pk=1).first() or Publication(pk=1)


def publication(request: HttpRequest) -> dict:
    """Return ``publication``, loaded once a page and only where it is asked for."""
    return {"publication": SimpleLazyObject(load_publication)}
