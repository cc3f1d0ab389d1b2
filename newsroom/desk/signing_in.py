"""Signing in again in the middle of work, without leaving the page."""

import hashlib
import json
import re
from typing import Any

from django.contrib.auth import authenticate, login
from django.core.cache import cache
from django.http import HttpRequest, JsonResponse
from django.middleware.csrf import get_token
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_POST

# Wrong passwords that one account, from one address, may be tried with before it has to wait.
TRIES = 5
SECONDS = 5 * 60
# NUL and lone surrogates, which JSON can hold, reach neither the database nor a hash.
PRINTED = re.compile("[^\x00\ud800-\udfff]{1,1000}", re.DOTALL)


@never_cache
@require_POST
@sensitive_variables()
def sign_in(request: HttpRequest) -> JsonResponse:
    """Sign the person of an open page in again: JSON ``username``, ``password`` and ``by``, the account of the page.

    200 with a new token ``csrf``; 400 for a wrong name or password, 409 for another account than that of the
    page, 429 after too many tries; the sentence stands in ``error``.
    """
    said = read(request)
    if said is None:
        return refusal(_("The name or the password is missing."), 400)
    counter = counter_for(request, said["username"])
    if cache.get(counter, 0) >= TRIES:
        return refusal(_("Too many tries. Please wait five minutes and try again."), 429)
    user = authenticate(request, username=said["username"], password=said["password"])
    if user is None or not user.is_staff:
        count(counter)
        return refusal(_("The name or the password is wrong."), 400)
    if user.pk != said.get("by"):
        return refusal(_("The page belongs to another account. Please sign in with that one."), 409)
    cache.delete(counter)
    login(request, user)
    return JsonResponse({"csrf": get_token(request)})


def read(request: HttpRequest) -> dict[str, Any] | None:
    """Return what was sent, None where it is no name and password."""
    try:
        said = json.loads(request.body)
    except (ValueError, RecursionError):
        return None
    if not isinstance(said, dict):
        return None
    words = [said.get(name) for name in ("username", "password")]
    return said if all(isinstance(word, str) and PRINTED.fullmatch(word) for word in words) else None


def refusal(sentence: str, status: int) -> JsonResponse:
    """Return a refusal with its sentence."""
    return JsonResponse({"error": sentence}, status=status)


def counter_for(request: HttpRequest, username: str) -> str:
    """Return the name under which wrong passwords are counted."""
    asked = f"{request.META.get('REMOTE_ADDR', '')}\n{username.casefold()}"
    return f"desk:sign-in:{hashlib.blake2b(asked.encode(errors='replace'), digest_size=16).hexdigest()}"


def count(counter: str) -> None:
    """Count a wrong password; the first one starts the time."""
    cache.add(counter, 0, SECONDS)
    try:
        cache.incr(counter)
    except ValueError:  # it ran out between the two lines
        cache.set(counter, 1, SECONDS)
