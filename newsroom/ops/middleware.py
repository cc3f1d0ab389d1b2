"""Health pages in front of everything else."""

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse

from . import views

PAGES = {"/healthz": views.health, "/readyz": views.ready}


def health_pages(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Answer the health pages whatever host was asked and without a redirect to HTTPS.

    A load balancer asks by number, not by the name of the paper, and speaks plain HTTP.
    """

    @wraps(get_response)
    def middleware(request: HttpRequest) -> HttpResponse:
        page = PAGES.get(request.path_info)
        return page(request) if page else get_response(request)

    return middleware
