"""What waits for the desk: submitted stories and changes of public ones, with all that a decision needs."""

import datetime
from functools import cached_property

from django.db.models import Exists, OuterRef
from django.http import QueryDict
from django.utils import timezone

from articles.access import key_of
from articles.models import Article, Byline
from articles.querysets import under

# More stories than this never wait; beyond it the choices of the filters are those of the first ones.
MOST_CHOICES = 2_000


class Queue:
    """The stories that wait for one person, filtered as asked: ``section``, ``reporter``, ``due``."""

    def __init__(self, user, asked: QueryDict) -> None:
        self.waiting = Article.objects.waiting_for(user)
        self.section = key_of(asked.get("section", ""))
        self.reporter = key_of(asked.get("reporter", ""))
        self.due = asked.get("due") == "today"

    @property
    def is_filtered(self) -> bool:
        """Whether only a part of what waits is asked for."""
        return bool(self.section or self.reporter or self.due)

    def stories(self):
        """Return the stories asked for, the longest wait first, as the page shows them."""
        rows = self.waiting
        if self.section:
            rows = rows.filter(under([self.section]))
        if self.reporter:
            # Asked of what waits; a join would begin with all that the reporter ever wrote.
            rows = rows.filter(Exists(Byline.objects.filter(article=OuterRef("pk"), reporter=self.reporter)))
        if self.due:
            rows = rows.due_before(tomorrow())
        return rows.for_listing().with_bylines().with_newest_words().with_desk_note()

    @cached_property
    def choices(self) -> dict[str, list[tuple[int, str]]]:
        """The sections and reporters of what waits, as pairs of key and name in the order of the names."""
        names = (
            "section",
            "section__name",
            "section__parent__name",
            "bylines__reporter",
            "bylines__reporter__name",
        )
        found = list(self.waiting.order_by().values_list(*names).distinct()[:MOST_CHOICES])
        sections = {row[0]: " › ".join(filter(None, [row[2], row[1]])) for row in found if row[0]}
        reporters = {row[3]: row[4] for row in found if row[3]}
        return {"sections": in_order(sections), "reporters": in_order(reporters)}

    def address(self, **changes) -> str:
        """Return the question of the page with ``changes`` in it: «section=3&page=2»."""
        asked = QueryDict(mutable=True)
        values = {"section": self.section, "reporter": self.reporter, "due": "today" if self.due else ""}
        asked.update({name: value for name, value in (values | changes).items() if value})
        return asked.urlencode()


def in_order(names: dict[int, str]) -> list[tuple[int, str]]:
    """Return pairs of key and name, by name."""
    return sorted(names.items(), key=lambda pair: pair[1])


def tomorrow() -> datetime.datetime:
    """Return the end of today in the paper's time zone."""
    day = timezone.localdate() + datetime.timedelta(days=1)
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time()))
