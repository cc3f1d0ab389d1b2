"""What arrives as a photo: what its file says of itself, and whether the picture is here already."""

from django.db.models import Q

from .models import Photo, Reporter, Source
from .models.photo import Licence
from .pictures.likeness import ALIKE, distance
from .pictures.metadata import read_metadata
from .text import clean_line

# Words that are taken over as they stand; «credit» has a rule of its own.
TAKEN = ("headline", "caption", "copyright", "city")
# What stands behind a photographer's name in a file, whatever the title is in the newsroom.
TITLES = ("기자", "사진기자")
# Photos shown beside a new one that looks like them.
MOST_ALIKE = 6
# Photos compared with a new one at most, the newest: those that share a quarter of its fingerprint.
COMPARED = 20_000


def describe_from_file(photo: Photo, data: bytes) -> list[str]:
    """Fill in, unsaved, what nobody has given of ``photo`` and its file ``data`` says; return the fields filled.

    For every way a photo comes in, before ``store_photo``. What somebody has given stays as it is.
    """
    said, before = read_metadata(data), vars(photo).copy()
    # A name that was given is not hidden behind another one.
    is_named = bool(photo.credit or photo.photographer_id)
    for name in TAKEN:
        setattr(photo, name, getattr(photo, name) or getattr(said, name))
    photo.keywords = photo.keywords or joined(said.keywords)
    photo.taken_at = photo.taken_at or said.taken_at
    if not is_named:
        photo.credit = said.credit
        photo.photographer = reporter_named(said.byline)
        if not photo.photographer_id:
            photo.credit = photo.credit or said.byline
    take_source(photo, said.source)
    fields = (*TAKEN, "keywords", "taken_at", "credit", "photographer_id", "source_id", "licence")
    return [name.removesuffix("_id") for name in fields if getattr(photo, name) != before.get(name)]


def joined(keywords: tuple[str, ...]) -> str:
    """Return as many keywords as the field holds, parted by commas."""
    limit, text = Photo._meta.get_field("keywords").max_length, ""
    for word in keywords:
        longer = f"{text}, {word}" if text else word
        if len(longer) <= limit:
            text = longer
    return text


def reporter_named(byline: str) -> Reporter | None:
    """Return the one reporter whose name, with or without a title, is ``byline``; those on the staff come first.

    None for a name that two of them have: a person has to say which one it is.
    """
    byline = clean_line(byline)
    words = byline.split(" ")
    # All that can be a name in it: a title may have several words, a name too.
    names = [" ".join(words[:count]) for count in range(1, len(words) + 1)]
    found = [
        row
        for row in Reporter.objects.filter(name__in=names)
        if byline in {row.name, str(row), *(f"{row.name} {title}" for title in TITLES)}
    ]
    found = [row for row in found if row.is_active] or found
    return found[0] if len(found) == 1 else None


def take_source(photo: Photo, name: str) -> None:
    """Make the agency of that name the photo's source, under its contract where no licence was chosen."""
    source = None if photo.source_id or not name else Source.objects.filter(name=clean_line(name)).first()
    if source is None:
        return
    photo.source = source
    if photo.licence == Licence.OWN:
        photo.licence = Licence.CONTRACT


def alike(mark: str, *, digest: str = "", besides: int | None = None) -> list[Photo]:
    """Return at most six photos of the same picture, the most alike first, of equal ones the newest.

    ``mark`` is the fingerprint of the new picture; one without («», a picture of one colour) is alike to
    nothing. With ``digest`` the photos of the very same file come first. ``besides`` is the key of a photo
    that is left out. Two queries, three where there are any.
    """
    same = Photo.objects.filter(Q(digest=digest) & ~Q(digest="")).exclude(pk=besides).order_by("-pk")
    ranks = dict.fromkeys(same.values_list("pk", flat=True)[:MOST_ALIKE], -1) if digest else {}
    if mark:
        near = Photo.objects.near(mark).exclude(pk=besides).order_by("-pk")
        for key, other in near.values_list("pk", "fingerprint")[:COMPARED]:
            bits = distance(mark, other)
            if bits <= ALIKE:
                ranks.setdefault(key, bits)
    keys = sorted(ranks, key=lambda key: (ranks[key], -key))[:MOST_ALIKE]
    found = Photo.objects.select_related("photographer").in_bulk(keys) if keys else {}
    return [found[key] for key in keys if key in found]
