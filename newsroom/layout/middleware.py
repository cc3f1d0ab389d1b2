"""Middleware of the whole house."""

from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.utils.cache import add_never_cache_headers

from articles.text import UNWANTED

Handler = Callable[[HttpRequest], HttpResponse]

# Longer addresses are not ours, and every part of them would be carried into queries and pages.
MAX_ADDRESS = 4_000
NO_CAPABILITIES = (
    "accelerometer=(), camera=(), geolocation=(), gyroscope=(), microphone=(), payment=(), usb=()"
)


def permissions_policy(get_response: Handler) -> Handler:
    """Switch off the browser features that no page uses (W3C Permissions Policy)."""

    @wraps(get_response)
    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault("Permissions-Policy", NO_CAPABILITIES)
        return response

    return middleware


def clean_address(get_response: Handler) -> Handler:
    """Answer 400 to addresses that hold NUL, other control characters or lone surrogates, or are far too long.

    No view and no database ever sees them.
    """

    @wraps(get_response)
    def middleware(request: HttpRequest) -> HttpResponse:
        return get_response(request)

    def process_view(request: HttpRequest, *args) -> None:
        if len(request.get_full_path()) > MAX_ADDRESS:
            raise BadRequest("The address is too long.")
        words = [
            request.path_info,
            *request.GET.keys(),
            *(value for values in request.GET.lists() for value in values[1]),
        ]
        if any(UNWANTED.search(word) for word in words):
            raise BadRequest("The address holds characters that no address may hold.")

    middleware.process_view = process_view
    return middleware


def staff_pages(get_response: Handler) -> Handler:
    """Keep what is rendered for a signed-in member of staff out of every cache."""

    @wraps(get_response)
    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if settings.SESSION_COOKIE_NAME in request.COOKIES:
            add_never_cache_headers(response)
        return response

    return middleware
