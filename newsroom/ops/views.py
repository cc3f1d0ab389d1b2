"""Health pages, the icon that browsers ask for by name, and photos where no other server serves them."""

import logging
import mimetypes
import posixpath

from django.conf import settings
from django.core.exceptions import SuspiciousFileOperation
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.templatetags.static import static
from django.utils.cache import patch_cache_control
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from .health import OK, readiness

DAY = 86_400
YEAR = 365 * DAY
# What may be shown in a page from the paper's own address; nothing here can hold a script.
TYPES = {"image/jpeg", "image/png", "image/webp", "image/avif", "image/gif"}

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
def media(request: HttpRequest, name: str) -> FileResponse:
    """Serve a photo of the public store; its name is made of its content, so it never changes.

    Raises Http404 for what is no picture, for a path out of the store, and where another server
    serves photos (``SERVE_MEDIA``).
    """
    kind = mimetypes.guess_type(name)[0]
    if not settings.SERVE_MEDIA or kind not in TYPES or posixpath.normpath(name) != name:
        raise Http404
    try:
        file = default_storage.open(name, "rb")
    except (
        OSError,
        SuspiciousFileOperation,
    ) as error:  # not there, a folder, or a name that no file can have
        raise Http404 from error
    response = FileResponse(file, content_type=kind)
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["ETag"] = f'"{posixpath.basename(name)}"'
    patch_cache_control(response, public=True, max_age=YEAR, immutable=True)
    return response
