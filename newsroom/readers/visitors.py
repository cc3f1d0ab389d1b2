"""Who asks, without keeping who it was: repeats and limits by a daily salted hash that lives in the cache only."""

import hashlib
import ipaddress
import re
import secrets
from urllib.parse import urlsplit

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.utils import timezone

DAY = 24 * 60 * 60
# What robots, previews of shared links and programs call themselves; browsers inside apps do not.
ROBOT = re.compile(
    r"bot\b|bot/|crawl|spider|slurp|scrap|yeti/|daumoa|facebookexternalhit|mediapartners|feedfetcher|"
    r"headless|phantomjs|lighthouse|pingdom|uptime|monitor|curl/|wget/|python|java/|go-http|okhttp|axios|"
    r"node-fetch|libwww|httpclient",
    re.IGNORECASE,
)
SAME_SITE = {"same-origin", "same-site"}


def address_of(request: HttpRequest) -> str:
    """Return the network address that asks; of IPv6 the part that one household holds (/64).

    Behind a proxy it is the last address of X-Forwarded-For, the one that our own proxy wrote.
    """
    given = request.META.get("REMOTE_ADDR", "")
    if settings.SECURE_PROXY_SSL_HEADER:
        given = request.headers.get("X-Forwarded-For", given).rpartition(",")[2].strip()
    try:
        address = ipaddress.ip_address(given)
    except ValueError:
        return given
    if address.version == 6:
        return str(ipaddress.ip_network((address, 64), strict=False))
    return str(address)


def daily_salt() -> str:
    """Return today's secret: random, in the cache only, gone with it or after a day."""
    return cache.get_or_set(f"readers:salt:{timezone.localdate()}", secrets.token_hex, DAY)


def hashed(*words: str) -> str:
    """Return a hash of ``words`` that means nothing tomorrow."""
    text = "\n".join(words).encode(errors="replace")
    return hashlib.blake2b(text, key=daily_salt().encode(), digest_size=16).hexdigest()


def is_staff(request: HttpRequest) -> bool:
    """Tell whether a member of staff asks; without a session cookie no session is read."""
    return settings.SESSION_COOKIE_NAME in request.COOKIES and request.user.is_staff


def is_reader(request: HttpRequest) -> bool:
    """Tell whether a person of the public seems to read: no robot, no prefetch, no other site, nobody of the staff."""
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in SAME_SITE:
        return False
    purpose = request.headers.get("Sec-Purpose", "") + request.headers.get("Purpose", "")
    if "prefetch" in purpose.lower() or "prerender" in purpose.lower():
        return False
    if ROBOT.search(request.headers.get("User-Agent", "")):
        return False
    return not is_staff(request)


def is_from_here(request: HttpRequest) -> bool:
    """Tell whether a page of this site sends the form.

    Stands in for a token, which public pages cannot hold: browsers tell where a request comes from
    (Fetch Metadata; Origin or Referer in older ones) and no page can make them lie.
    """
    site = request.headers.get("Sec-Fetch-Site")
    if site:
        return site in SAME_SITE
    origin = request.headers.get("Origin") or request.headers.get("Referer", "")
    return urlsplit(origin).netloc == request.get_host()


def is_first(request: HttpRequest, what: str, *, seconds: int) -> bool:
    """Tell whether this reader does ``what`` for the first time within ``seconds``; an empty cache says yes."""
    reader = hashed(address_of(request), request.headers.get("User-Agent", ""))
    # A cache that is down answers None, not False.
    return cache.add(f"readers:{what}:{reader}", 1, seconds) is not False


def is_within(request: HttpRequest, what: str, *, limit: int, seconds: int) -> bool:
    """Count ``what`` for the asking address; tell whether it was done at most ``limit`` times in ``seconds``."""
    key = f"readers:{what}:{hashed(address_of(request))}"
    cache.add(key, 0, seconds)
    try:
        done = cache.incr(key)
    except ValueError:  # it ran out between the two lines
        done = 1
    return (done or 1) <= limit
