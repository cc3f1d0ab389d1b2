"""Addresses of pictures that are made of what they show.

``reverse("sharing:card", args=[(article, publication)])`` and ``reverse("sharing:paper", args=[publication])``
give the address of the picture as it is now, so that other apps need nothing but the name. Where no font is
installed there is no picture and no address: NoReverseMatch.
"""

from dataclasses import dataclass

from .cards import DIGEST_LENGTH, digest_of, paper_card, story_card
from .drawing import Card
from .fonts import can_draw

DIGEST = f"[0-9a-f]{{{DIGEST_LENGTH}}}"


@dataclass(frozen=True)
class StoryPicture:
    """The picture of a story that an address asks for: the key of the story, and the digest."""

    pk: int
    digest: str


def drawable_digest(card: Card) -> str:
    """Return the digest of ``card``; raise ValueError, for Django «no such address», where nothing can be drawn."""
    if not can_draw():
        raise ValueError("No Korean font is installed.")
    return digest_of(card)


class StoryPictureConverter:
    """A story and its newspaper in Python, the story's key and the digest of its card in the address."""

    regex = rf"[0-9]{{1,19}}-{DIGEST}"

    def to_python(self, value: str) -> StoryPicture:
        pk, digest = value.split("-")
        return StoryPicture(int(pk), digest)

    def to_url(self, value: tuple) -> str:
        article, publication = value
        return f"{article.pk}-{drawable_digest(story_card(article, publication))}"


class PaperPictureConverter:
    """The newspaper in Python, the digest of its card in the address."""

    regex = DIGEST

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value) -> str:
        return drawable_digest(paper_card(value))
