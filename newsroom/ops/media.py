"""Files of the public store over HTTP: whole, in part (RFC 9110, section 14), or another in place of a missing one."""

import io
import posixpath
import re
from urllib.parse import quote

from django.core.exceptions import SuspiciousOperation
from django.core.files import File
from django.core.files.storage import default_storage
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import get_conditional_response, patch_cache_control

from articles.storages import StoreUnavailable, family, next_best, type_of

YEAR = 365 * 86_400
# Seconds that a picture in place of a missing one is kept: until that one has been made.
STAND_IN_AGE = 60
RETRY_AFTER = 30
HEADERS = {
    "Content-Disposition": "inline",
    # Opened by itself the file may load and run nothing, whatever it turns out to be.
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "X-Content-Type-Options": "nosniff",
    # Readers of feeds, portals and messengers show our pictures on pages of their own.
    "Cross-Origin-Resource-Policy": "cross-origin",
}
RANGE = re.compile(r"bytes=[ \t]*([0-9]{0,30})-([0-9]{0,30})[ \t]*", re.IGNORECASE | re.ASCII)


class Unsatisfiable(ValueError):
    """The part that was asked for lies behind the end of the file."""


class Stretch:
    """So many bytes of an open file, from a position on, as a file that is read once."""

    def __init__(self, file: File, part: range) -> None:
        self.file, self.left = file, len(part)
        file.seek(part.start)

    def read(self, size: int) -> bytes:
        """Return the next bytes, at most ``size``; none at the end of the stretch."""
        data = self.file.read(min(size, self.left))
        self.left -= len(data)
        return data

    def close(self) -> None:
        """Close the file."""
        self.file.close()


class StretchResponse(FileResponse):
    """A file in steps that suit a video."""

    block_size = 65_536


def is_served(name: str, *, alone: bool) -> bool:
    """Say whether files of such a name are answered for; where not ``alone``, another server has them.

    That one passes on what it does not find, and only pictures have something that can stand in for them.
    """
    is_plain = posixpath.normpath(name) == name and "\0" not in name
    return is_plain and bool(type_of(name) if alone else family(name))


def answer(request: HttpRequest, name: str) -> HttpResponseBase | None:
    """Return the file, the part of it that was asked for, or what stands in for it; None when there is nothing.

    A store that does not answer is a 503: the picture may well be there.
    """
    try:
        file = opened(name)
        if file:
            return whole_or_part(request, name, file)
        beginning = family(name)
        other = next_best(name, default_storage.names(beginning)) if beginning else None
        file = opened(other) if other else None
        return stand_in(request, other, file) if file else None
    except StoreUnavailable:
        return HttpResponse(status=503, headers={"Retry-After": RETRY_AFTER, "Cache-Control": "no-store"})


def opened(name: str) -> File | None:
    """Return the open file; None for what is not there, is a folder, or has a name that no file can have."""
    try:
        return default_storage.open(name, "rb")
    except StoreUnavailable:
        raise
    except (OSError, SuspiciousOperation):
        return None


def whole_or_part(request: HttpRequest, name: str, file: File) -> HttpResponseBase:
    """Return the file as it may be kept for ever: its name is made of its content."""
    size = file.seek(0, io.SEEK_END)
    etag = f'"{quote(posixpath.basename(name))}-{size:x}"'
    response = get_conditional_response(request, etag=etag)
    if response:
        file.close()
    else:
        response = bytes_of(request, file, size, etag, type_of(name))
    add_headers(response, HEADERS | {"ETag": etag, "Accept-Ranges": "bytes"})
    if response.status_code in {200, 206, 304}:
        patch_cache_control(response, public=True, max_age=YEAR, immutable=True)
    return response


def bytes_of(request: HttpRequest, file: File, size: int, etag: str, kind: str) -> HttpResponseBase:
    """Return what was asked for of the file: 200, 206, or 416 for a part behind its end."""
    try:
        part = wanted_part(request, size, etag)
    except Unsatisfiable:
        file.close()
        return HttpResponse(status=416, content_type=kind, headers={"Content-Range": f"bytes */{size}"})
    response = streamed(request, file, part or range(size), kind)
    if part is not None:
        response.status_code = 206
        response.headers["Content-Range"] = f"bytes {part.start}-{part.stop - 1}/{size}"
    return response


def streamed(request: HttpRequest, file: File, part: range, kind: str) -> HttpResponseBase:
    """Return that part of the file, for HEAD without the bytes."""
    length = {"Content-Length": str(len(part))}
    if request.method == "HEAD":
        file.close()
        return HttpResponse(content_type=kind, headers=length)
    return StretchResponse(Stretch(file, part), content_type=kind, headers=length)


def wanted_part(request: HttpRequest, size: int, etag: str) -> range | None:
    """Return which bytes the request asks for; None for all. Raises ``Unsatisfiable``.

    A part is given only of the file that the reader has the rest of (``If-Range``; we know no dates).
    """
    if request.method != "GET" or request.headers.get("If-Range", etag) != etag:
        return None
    return byte_range(request.headers.get("Range", ""), size)


def byte_range(header: str, size: int) -> range | None:
    """Return the bytes that a Range header means of a file of ``size``; None for the whole file.

    Several ranges and what is no range mean the whole file, as the standard allows. Raises ``Unsatisfiable``.
    """
    match = RANGE.fullmatch(header.strip())
    first, last = match.groups() if match else ("", "")
    if not first and not last:
        return None
    if not first:
        part = range(max(0, size - int(last)), size)
    elif last and int(last) < int(first):
        return None
    else:
        part = range(int(first), min(size, int(last) + 1) if last else size)
    if not part:
        raise Unsatisfiable(header)
    return part


def stand_in(request: HttpRequest, name: str, file: File) -> HttpResponseBase:
    """Return another picture than was asked for: under its own type, for a minute, whole, without a name to ask by."""
    size = file.seek(0, io.SEEK_END)
    response = streamed(request, file, range(size), type_of(name))
    add_headers(response, HEADERS)
    patch_cache_control(response, public=True, max_age=STAND_IN_AGE)
    return response


def add_headers(response: HttpResponseBase, headers: dict[str, str]) -> None:
    """Set the headers of the answer."""
    for name, value in headers.items():
        response.headers[name] = value
