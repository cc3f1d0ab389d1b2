"""The photos of the demonstration: painted, stored like an upload, with their words."""

import io

from django.core.files.base import ContentFile

from articles import actions
from articles.models import Photo, Reporter

from .files import stories
from .pictures import PICTURES, REPORTERS, draw, portrait

PHOTOGRAPHER = "baek-garam"
WIDTH = 1600
HOURS_BETWEEN = 7
QUALITY = 92


def names() -> list[str]:
    """Return the names of all pictures; portraits begin with «portrait-»."""
    return [*PICTURES, *(f"portrait-{slug}" for slug in REPORTERS)]


def paint(run, name: str) -> bytes:
    """Return the picture of that name as a camera would deliver it."""
    slug = name.removeprefix("portrait-")
    return jpeg(portrait(slug) if slug != name else draw(name, run.width))


def make_photo(run, name: str, data: bytes) -> Photo:
    """Store a painted picture as a photo; a portrait is put on its reporter's page."""
    slug = name.removeprefix("portrait-")
    is_portrait = slug != name
    reporter = Reporter.objects.filter(slug=slug).first() if is_portrait else None
    words = {"alt": f"{reporter or slug}", "focal_y": 35} if is_portrait else words_of(run, name)
    taken_at = run.clock.ago(HOURS_BETWEEN * (names().index(name) + 1), name)
    photographer = Reporter.objects.filter(slug=PHOTOGRAPHER).first()
    photo = Photo(photographer=photographer, created_at=taken_at, taken_at=taken_at, **words)
    photo.file.save(f"{name}.jpg", ContentFile(data), save=False)
    actions.store_photo(photo=photo)
    if reporter and reporter.portrait_id is None:
        reporter.portrait = photo
        reporter.save(update_fields=["portrait"])
    return photo


def words_of(run, name: str) -> dict[str, str]:
    """Return the caption of a picture, that of the first story with it, and its alternative text."""
    captions = [
        used["caption"] for story in stories().values() for used in story["photos"] if used["key"] == name
    ]
    return {"caption": captions[0] if captions else PICTURES[name], "alt": PICTURES[name]}


def jpeg(picture) -> bytes:
    """Return the picture as a camera would deliver it."""
    buffer = io.BytesIO()
    picture.save(buffer, "JPEG", quality=QUALITY)
    return buffer.getvalue()
