"""One run of the demonstration: its steps in order, each in a transaction of its own."""

from collections.abc import Callable, Iterable

from django.db import transaction

from articles.models import Article

from . import deskwork, display, house, newsdesk, photos, readership
from .clock import Clock
from .ledger import Ledger
from .rows import Publication, User

Step = Callable[["Run"], int]

BEFORE_PHOTOS: dict[str, Step] = {
    "Newspaper and fixed pages": house.make_publication,
    "Sections, series, partners": house.make_sections,
    "Reporters": house.make_reporters,
    "Staff accounts": house.make_staff,
}
PHOTOS = "Photos"
AFTER_PHOTOS: dict[str, Step] = {
    "Stories": newsdesk.make_stories,
    "Corrections": readership.make_corrections,
    "Comments": readership.make_comments,
    "Reads": readership.make_reads,
    "Fronts": display.make_fronts,
    "Sidebars": display.make_sidebars,
    "Plans and changes": deskwork.make_deskwork,
}
STEPS = [*BEFORE_PHOTOS, PHOTOS, *AFTER_PHOTOS]


def is_empty() -> bool:
    """Tell whether nobody has put anything into this newsroom."""
    return not any(model.objects.exists() for model in (User, Article, Publication))


class Run:
    """The state of a run that its steps share: the moment, the notes, the width of photos in pixels."""

    def __init__(self, show, *, width: int = photos.WIDTH) -> None:
        self.show = show
        self.width = width
        self.clock = Clock()
        self.ledger = Ledger()
        if self.ledger and is_empty():
            self.ledger.forget()
        self.current = ""

    def is_complete(self) -> bool:
        """Tell whether every step has been done in this database."""
        return all(self.ledger.is_done(name) for name in STEPS)

    def make(self) -> int:
        """Do the steps that are missing; return how many rows were made."""
        made = sum(self._do(name, step) for name, step in BEFORE_PHOTOS.items())
        made += self._photos()
        return made + sum(self._do(name, step) for name, step in AFTER_PHOTOS.items())

    def progress(self, rows: Iterable, total: int):
        """Yield the rows of the current step, showing how far it has come."""
        for number, row in enumerate(rows, start=1):
            self.show.part(self.current, number, total)
            yield row

    def _do(self, name: str, step: Step) -> int:
        if self.ledger.is_done(name):
            return 0
        self.current = name
        with transaction.atomic():
            made = step(self)
            self.ledger.finish(name)
        self.show.done(name, made)
        return made

    def _photos(self) -> int:
        """Paint the photos that are missing; each is a transaction of its own, so that none is painted twice."""
        if self.ledger.is_done(PHOTOS):
            return 0
        self.current = PHOTOS
        there = self.ledger.keys("photo")
        missing = [name for name in photos.names() if name not in there]
        for name in self.progress(missing, len(missing)):
            # Before the transaction, which on SQLite keeps all others from writing.
            data = photos.paint(self, name)
            with transaction.atomic():
                self.ledger.note("photo", name, photos.make_photo(self, name, data).pk)
        self.ledger.finish(PHOTOS)
        self.show.done(PHOTOS, len(missing))
        return len(missing)
