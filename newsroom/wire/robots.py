"""What robots are asked to leave alone, and where the sitemaps are."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """The rules for robots (RFC 9309)."""
    return render(request, "newsroom/wire/robots.txt", content_type="text/plain; charset=utf-8")
