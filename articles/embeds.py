"""Which pages of other sites may be shown inside a story: videos and maps that allow frames. No ORM."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import SplitResult, parse_qs, urlencode, urlsplit

VIDEO, MAP = "video", "map"
# What pages of readers may frame (the directive «frame-src» of the settings; a test compares both).
FRAME_HOSTS = (
    "https://www.youtube-nocookie.com",
    "https://player.vimeo.com",
    "https://tv.naver.com",
    "https://www.google.com/maps/embed",
    "https://www.openstreetmap.org/export/",
)
LONGEST = 2000
YOUTUBE_ID = re.compile(r"[\w-]{11}", re.ASCII)
YOUTUBE_PATHS = {"embed", "shorts", "live", "v"}
SECONDS = re.compile(r"(?:(\d{1,2})h)?(?:(\d{1,3})m)?(?:(\d{1,5})s?)?", re.ASCII)
NUMBER = re.compile(r"\d{1,15}", re.ASCII)
TOKEN = re.compile(r"[\w-]{1,40}", re.ASCII)
PLACE = re.compile(r"[\w!.,:;%+ -]{1,1500}", re.ASCII)
Asked = dict[str, list[str]]


@dataclass(frozen=True)
class Embed:
    """A page of another site that can be framed.

    ``address`` is what is stored and where a reader can go without a script, ``frame`` what a frame loads.
    """

    service: str
    kind: str
    address: str
    frame: str


def embed_of(address: str) -> Embed | None:
    """Return what ``address`` shows, in its one stored form; None for what is not on the list.

    The stored form leads to itself. Nothing of the address is taken over but names and numbers that the
    service is known to use, so that no other page of the same host can be framed.
    """
    address = address.strip()
    if len(address) > LONGEST:
        return None
    try:
        parts = urlsplit(address)
        find = HOSTS.get((parts.hostname or "").removeprefix("www.").removeprefix("m."))
        asked = parse_qs(parts.query, max_num_fields=30)
    except ValueError:  # brackets that are no IPv6 address, hundreds of parameters
        return None
    if find is None or parts.scheme not in {"http", "https"}:
        return None
    return find(parts, asked)


def first(asked: Asked, name: str, form: re.Pattern) -> str:
    """Return the first value of a parameter where it has the form that is expected, else «»."""
    value = asked.get(name, [""])[0]
    return value if form.fullmatch(value) else ""


def steps(parts: SplitResult) -> list[str]:
    """Return the parts of the path."""
    return [step for step in parts.path.split("/") if step]


def youtube(parts: SplitResult, asked: Asked) -> Embed | None:
    """A video, a short or a broadcast of YouTube, with the second at which it begins."""
    path = steps(parts)
    key = first(asked, "v", YOUTUBE_ID)
    if parts.hostname == "youtu.be" and path:
        key = path[0]
    elif len(path) == 2 and path[0] in YOUTUBE_PATHS:
        key = path[1]
    if not YOUTUBE_ID.fullmatch(key):
        return None
    start = seconds(first(asked, "t", SECONDS) or first(asked, "start", SECONDS))
    address = f"https://www.youtube.com/watch?v={key}" + (f"&t={start}" if start else "")
    frame = f"https://www.youtube-nocookie.com/embed/{key}" + (f"?start={start}" if start else "")
    return Embed("YouTube", VIDEO, address, frame)


def seconds(value: str) -> int:
    """Return a moment as YouTube writes it (90, 90s, 1m30s) in seconds."""
    hours, minutes, rest = SECONDS.fullmatch(value).groups(default="0")
    return int(hours) * 3600 + int(minutes) * 60 + int(rest)


def vimeo(parts: SplitResult, asked: Asked) -> Embed | None:
    """A video of Vimeo, with the key of one that is not listed."""
    path = [step for step in steps(parts) if step != "video"]
    if not path or not NUMBER.fullmatch(path[0]) or len(path) > 2:
        return None
    secret = path[1] if len(path) == 2 else first(asked, "h", TOKEN)
    if secret and not TOKEN.fullmatch(secret):
        return None
    address = f"https://vimeo.com/{path[0]}" + (f"/{secret}" if secret else "")
    query = urlencode(({"h": secret} if secret else {}) | {"dnt": 1})
    return Embed("Vimeo", VIDEO, address, f"https://player.vimeo.com/video/{path[0]}?{query}")


def naver(parts: SplitResult, asked: Asked) -> Embed | None:
    """A video of Naver TV."""
    path = steps(parts)
    if len(path) != 2 or path[0] not in {"v", "embed"} or not NUMBER.fullmatch(path[1]):
        return None
    return Embed(
        "Naver TV", VIDEO, f"https://tv.naver.com/v/{path[1]}", f"https://tv.naver.com/embed/{path[1]}"
    )


def google(parts: SplitResult, asked: Asked) -> Embed | None:
    """A map of Google, as its «embed a map» gives it; shared links of Google Maps refuse frames."""
    place = first(asked, "pb", PLACE)
    if steps(parts) != ["maps", "embed"] or not place:
        return None
    address = f"https://www.google.com/maps/embed?{urlencode({'pb': place})}"
    return Embed("Google Maps", MAP, address, address)


def openstreetmap(parts: SplitResult, asked: Asked) -> Embed | None:
    """A map of OpenStreetMap, as its «share» gives it."""
    given = {name: first(asked, name, PLACE) for name in ("bbox", "layer", "marker")}
    if steps(parts) != ["export", "embed.html"] or not given["bbox"]:
        return None
    query = urlencode({name: value for name, value in given.items() if value})
    address = f"https://www.openstreetmap.org/export/embed.html?{query}"
    return Embed("OpenStreetMap", MAP, address, address)


# By host without «www.» and «m.». Kakao TV closed on 30 June 2026; shared links of Kakao's and Naver's maps
# refuse frames: both stay plain links.
HOSTS: dict[str, Callable[[SplitResult, Asked], Embed | None]] = {
    "youtube.com": youtube,
    "youtu.be": youtube,
    "youtube-nocookie.com": youtube,
    "vimeo.com": vimeo,
    "player.vimeo.com": vimeo,
    "tv.naver.com": naver,
    "google.com": google,
    "openstreetmap.org": openstreetmap,
}
