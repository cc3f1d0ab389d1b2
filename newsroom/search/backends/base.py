"""What an engine of search does, and what those inside the database share: the order of steps and the ranking."""

import datetime
from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from django.db import connection
from django.db.models import Max, Min, QuerySet
from django.db.models.expressions import RawSQL
from django.utils import timezone

from articles.keyset import Position
from articles.models import Article, Section
from articles.querysets import take

from ..documents import document_of
from ..models import SearchDoc
from ..ranking import Candidate, Corpus, Weighted, freshness, likeness, padded, score
from ..words import Query

# Stories that are ranked for one search by relevance: ten pages.
RANKED = 200
# With fewer stories than this that hold every word, those that hold some are asked for, too.
ENOUGH = 5
# By how many terms of a story others are found, and of how many that are likely to tell most.
TELLING, LIKELY = 60, 120
# How many times what a search looks at may be looked at for that, as nobody waits; and the time between two stories
# that halves its part in their likeness.
PATIENCE = 4
LIKE_HALF_LIFE = datetime.timedelta(days=60)


class Order(StrEnum):
    """How stories found are listed."""

    RELEVANCE = "relevance"
    DATE = "date"


@dataclass(frozen=True)
class Filters:
    """Which stories are searched; readers' searches reach public ones only, whatever else is asked."""

    section: Section | None = None
    since: datetime.datetime | None = None

    def stories(self) -> QuerySet:
        """Return the public stories that are searched, newest first."""
        found = Article.objects.public()
        found = found.in_section(self.section) if self.section else found.newest()
        return found.filter(published_at__gte=self.since) if self.since else found


@dataclass(frozen=True)
class Hits:
    """The keys of one page of stories in order, whether more follow, and whether any story holds every word."""

    keys: list[int] = field(default_factory=list)
    more: bool = False
    whole: bool = True


class Backend(ABC):
    """An engine of search. Everything else in the paper knows these four calls only."""

    @abstractmethod
    def index(self, articles: Sequence[Article]) -> None:
        """Take stories in, or anew; within the caller's transaction where there is one."""

    @abstractmethod
    def delete(self, keys: Iterable[int]) -> None:
        """Take stories out by their keys; unknown ones are passed over."""

    @abstractmethod
    def search(
        self,
        query: Query,
        filters: Filters,
        *,
        order: Order = Order.RELEVANCE,
        behind: Position | None = None,
        skip: int = 0,
        size: int = 20,
    ) -> Hits:
        """Return one page of stories: by date behind a position, by relevance behind ``skip`` of them."""

    @abstractmethod
    def more_like(self, article: Article, size: int) -> list[int]:
        """Return the keys of public stories that are like an indexed one, the likest first."""


class DatabaseBackend(Backend):
    """An engine inside the database of the stories; what differs between databases is left open."""

    @abstractmethod
    def all_of(self, query: Query) -> str:
        """Return the condition, in the database's language, that every word stands in a story."""

    @abstractmethod
    def any_of(self, terms: Iterable[str]) -> str:
        """Return the condition that one of the terms stands in a story."""

    @abstractmethod
    def matching(self, condition: str) -> RawSQL:
        """Return the subquery of the keys of all stories, public or not, that meet a condition."""

    @abstractmethod
    def best(self, condition: str, stories: QuerySet, size: int) -> list[int]:
        """Return the keys of at most ``size`` of ``stories`` that meet a condition, the likeliest first."""

    @abstractmethod
    def corpus(self, terms: Iterable[str], *, rough: bool = False) -> Corpus:
        """Return what is searched, with how many stories hold each of ``terms``.

        That of common terms may be some minutes old; with ``rough`` that of rare ones may be a guess.
        """

    # Stories that a search for some of the words may look at (see ``Corpus.rare``).
    most_looked_at: int

    def index(self, articles: Sequence[Article]) -> None:
        fields = ["title_terms", "lead_terms", "body_terms", "length", "analyzer"]
        SearchDoc.objects.bulk_create(
            [document_of(article) for article in articles],
            update_conflicts=True,
            unique_fields=["article"],
            update_fields=fields,
        )

    def delete(self, keys: Iterable[int]) -> None:
        SearchDoc.objects.filter(pk__in=list(keys)).delete()

    def search(
        self,
        query: Query,
        filters: Filters,
        *,
        order: Order = Order.RELEVANCE,
        behind: Position | None = None,
        skip: int = 0,
        size: int = 20,
    ) -> Hits:
        if not query.words:
            return Hits()
        if order == Order.DATE:
            found = filters.stories().filter(pk__in=self.matching(self.all_of(query))).before(behind)
            keys, more = take(found.values_list("pk", flat=True), size)
            return Hits(keys, more)
        keys, whole = self.ranked(query, filters)
        return Hits(keys[skip : skip + size], len(keys) > skip + size, whole)

    def ranked(self, query: Query, filters: Filters) -> tuple[list[int], bool]:
        """Return the keys of the best stories in order, and whether any of them holds every word.

        Words in quotation marks have to stand in a story just so, if there is one where they do. What stands in
        more stories than a search may look at is looked for in the newest of them.
        """
        corpus = self.corpus(query.terms)
        stories = filters.stories().order_by()
        newest = self.newest(stories, query, corpus)
        found = self.best(self.all_of(query), newest, RANKED)
        if query.is_quoted and not found:
            query = query.loosened()
            found = self.best(self.all_of(query), newest, RANKED)
        whole = bool(found)
        rare = corpus.rare(query.terms, self.most_looked_at)
        if len(found) < ENOUGH and rare and not query.is_quoted:
            found = list(dict.fromkeys([*found, *self.best(self.any_of(rare), stories, RANKED)]))
        now, wanted = timezone.now(), padded(query.terms, corpus)
        scored = [
            (score(candidate, wanted, query.phrases, corpus, now), candidate.key)
            for candidate in self.candidates(found)
        ]
        return [key for _score, key in sorted(scored, reverse=True)[:RANKED]], whole

    def newest(self, stories: QuerySet, query: Query, corpus: Corpus) -> QuerySet:
        """Return as many of ``stories``, the newest by key, as are looked at for words that stand in very many."""
        closed = [term for word in query.words if not word.is_open for term in word.terms]
        fewest = min((corpus.frequencies.get(term, 0) for term in closed), default=0)
        if fewest <= self.most_looked_at:
            return stories
        first, last = SearchDoc.objects.aggregate(first=Min("pk"), last=Max("pk")).values()
        if first is None:
            return stories
        return stories.filter(pk__gte=int(last - (last - first) * self.most_looked_at / fewest))

    def candidates(self, keys: list[int]) -> list[Candidate]:
        """Return the stored terms of stories; one query."""
        rows = SearchDoc.objects.filter(pk__in=keys).values_list(
            "pk", "title_terms", "lead_terms", "body_terms", "length", "article__published_at"
        )
        return [
            Candidate(key, tuple(f" {field} " for field in fields), length, at)
            for key, *fields, length, at in rows
        ]

    def more_like(self, article: Article, size: int) -> list[int]:
        own = SearchDoc.objects.filter(pk=article.pk).first()
        if own is None:
            return []
        counted = Counter(f"{own.title_terms} {own.title_terms} {own.lead_terms} {own.body_terms}".split())
        likely = weightiest(counted, self.corpus(counted, rough=True), LIKELY)
        corpus = self.corpus(likely)
        shared = {term: counted[term] for term in likely if corpus.frequencies.get(term, 0) > 1}
        telling = weightiest(shared, corpus, TELLING)
        if not telling:
            return []
        others = Filters().stories().order_by().exclude(pk=article.pk)
        rare = corpus.rare(telling, PATIENCE * self.most_looked_at)
        found = self.candidates(self.best(self.any_of(rare), others, RANKED))
        wanted = [(term, weight * shared[term.strip()] ** 0.5) for term, weight in padded(telling, corpus)]
        scored = [(alike(article, other, wanted, corpus), other.key) for other in found]
        return [key for _score, key in sorted(scored, reverse=True)[:size]]


def weightiest(counted: dict[str, int], corpus: Corpus, size: int) -> list[str]:
    """Return the terms that tell most of a story: often in it, and rare elsewhere."""
    return sorted(counted, key=lambda term: counted[term] * corpus.rarity(term), reverse=True)[:size]


def alike(article: Article, other: Candidate, wanted: Weighted, corpus: Corpus) -> float:
    """Return how like another story is: its likeness, less where years lie between the two."""
    apart = abs((article.published_at or timezone.now()) - other.published_at)
    return likeness(other, wanted, corpus) * freshness(apart, half_life=LIKE_HALF_LIFE)


def among(stories: QuerySet, key: str) -> tuple[str, tuple]:
    """Return the SQL, and its values, of the condition that the column ``key`` is the key of one of ``stories``."""
    asked = stories.filter(pk=RawSQL(key, [])).values("pk")  # noqa: S611  (the name of a column, by us)
    sql, values = asked.query.get_compiler(connection=connection).as_sql()
    return f"EXISTS ({sql})", values
