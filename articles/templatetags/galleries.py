"""Tags of galleries and of stories told in photos."""

from dataclasses import dataclass

from django import template
from django.template import Context
from django.utils.safestring import SafeString

from ..composing import Part, is_photo_story
from ..models import Article, Photo
from .articles import render

register = template.Library()

# The box of a photo in a gallery (static/css/components/gallery.css): width by height, and its width on phones
# and on wider screens, in percent of the window, less so many rem.
BOX = 3 / 2
PHONE_SPACE, SPACE = (100, 3.5), (94, 4)
# From which width of the window on, in rem, it is so many rem wide: in a text, in a photo story.
TEXT_SPACE, STORY_SPACE = (64, 38.5), (68, 60)
# Photos of a gallery that are loaded with the page: the one that is seen and the one that peeks in.
AT_ONCE = 2


@dataclass(frozen=True)
class Item:
    """A photo of a gallery: its ``place`` from 1 and its neighbours' (0 for none), attributes of its ``img``."""

    photo: Photo
    caption: str
    place: int
    before: int
    after: int
    sizes: str
    loading: str


@register.simple_tag(takes_context=True)
def gallery(
    context: Context, part: Part, number: int, loading: str = "lazy", paper: bool = False
) -> SafeString:
    """Print a gallery (``composing.Part.photos``), the ``number``-th part of its text.

    On the screen a strip with one large photo at a time, which loads the first two at once and with
    ``loading="lazy"`` the others when they come near; on ``paper`` all photos, two beside each other.
    """
    count = len(part.photos)
    items = [
        Item(
            photo=one.photo,
            caption=one.caption or one.photo.caption,
            place=place,
            before=place - 1,
            after=place + 1 if place < count else 0,
            sizes="" if paper else space_of(one.photo, full=part.full),
            loading="" if place <= AT_ONCE else loading,
        )
        for place, one in enumerate(part.photos, start=1)
    ]
    return render(
        context, "articles/partials/_gallery.html", items=items, number=number, paper=paper, opens=part.opens,
    )  # fmt: skip


def space_of(photo: Photo, *, full: bool) -> str:
    """Return the ``sizes`` of a photo in its box: one that is higher than the box does not fill its width."""
    share = min(1, photo.width / photo.height / BOX)
    least, rem = STORY_SPACE if full else TEXT_SPACE
    wide, narrow = (f"calc({of * share:.4g}vw - {less * share:.4g}rem)" for of, less in (SPACE, PHONE_SPACE))
    return f"(min-width: {least}rem) {rem * share:.4g}rem, (min-width: 40rem) {wide}, {narrow}"


@register.filter
def is_in_photos(article: Article) -> bool:
    """Tell whether the story is told in photos, which are wider then."""
    return is_photo_story(article.body)
