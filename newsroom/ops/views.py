"""Health pages, the icon that browsers ask for by name, and photos where no other server serves them."""

import logging

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.templatetags.static import static
from django.utils.cache import patch_cache_control
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from .health import OK, readiness
from .media import answer, is_served

DAY = 86_400

log = logging.getLogger(__name__)


@require_safe
@never_cache
def health(request: HttpRequest) -> HttpResponse:
    """Say that the process answers; asks nothing else."""
    return HttpResponse("ok\n", content_type="text/plain")


@require_safe
@never_cache
def ready(request: HttpRequest) -> HttpResponse:
    """Say whether database, migrations and cache are in order; 503 with the part that is not."""
    parts = readiness()
    failing = {name: state for name, state in parts.items() if state != OK}
    if failing:
        log.error("not ready: %s", failing)
    return JsonResponse({"ready": not failing, **parts}, status=503 if failing else 200)


@require_safe
def favicon(request: HttpRequest) -> HttpResponse:
    """Lead to the icon of the pages; its hashed address changes with it, so only for a day."""
    response = HttpResponseRedirect(static("img/favicon.svg"))
    patch_cache_control(response, public=True, max_age=DAY)
    return response


@require_safe
def media(request: HttpRequest, name: str) -> HttpResponse:
    """Serve a photo, a video or captions of the public store, or what comes next to a picture that is missing.

    Raises Http404; where another server has the files (``SERVE_MEDIA``) for everything but pictures.
    """
    response = answer(request, name) if is_served(name, alone=settings.SERVE_MEDIA) else None
    if response is None:
        raise Http404
    return response
