"""The newspaper for every page of readers, and the changes that are due before one is made."""

import logging
from collections.abc import Callable

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse

from articles.actions import apply_due
from articles.models import Revision

from .models import Publication

logger = logging.getLogger(__name__)

READING = {"GET", "HEAD"}
# The desk shows what waits; files and signs of life show no story.
NOT_READERS = {"admin", "ops"}


class ReadersPages:
    """Load the newspaper once, and apply approved changes whose time has come.

    Both are one query, so that no clock job decides what readers see and no page pays for it. A class,
    because functions around it that were made with ``functools.wraps`` would take on its ``process_view``.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *args) -> None:
        """Prepare a page of readers."""
        if request.method not in READING or NOT_READERS & {*request.resolver_match.app_names}:
            return
        request.publication = Publication.objects.current()
        if not request.publication.change_is_due:
            return
        try:
            apply_due()
        except (DatabaseError, Revision.DoesNotExist):
            # A database that cannot be written to, for one: readers read on, what was approved before.
            logger.exception("A change that is due could not be applied.")
