"""How well a story answers a query: BM25 over its terms, the words it holds whole, its age. Pure functions."""

import datetime
import math
from collections.abc import Iterable
from dataclasses import dataclass

K1, B = 1.2, 0.75
# What an occurrence counts in the titles, over the text, in the text.
WEIGHTS = (6, 2, 1)
# An old story counts this much of a new one at least; of the rest, half is left after each year.
OLD, HALF_LIFE = 0.7, datetime.timedelta(days=365)


@dataclass(frozen=True)
class Corpus:
    """What is searched: how many stories there are, their average length in terms, in how many a term stands."""

    stories: int
    length: float
    frequencies: dict[str, float]

    def rarity(self, term: str) -> float:
        """Return the weight of a term: higher the fewer stories hold it, never negative."""
        held = self.frequencies.get(term, 0)
        return math.log(1 + max(0.0, self.stories - held + 0.5) / (held + 0.5))

    def rare(self, terms: Iterable[str], most: float, least: int = 2) -> list[str]:
        """Return the rarest of ``terms``: as many as ``most`` stories hold in all, but ``least`` in any case.

        A term that no story holds is left out. Bounds what a search of many common words costs.
        """
        known = sorted((held, term) for term in set(terms) if (held := self.frequencies.get(term, 0)) > 0)
        chosen, total = [], 0.0
        for held, term in known:
            total += held
            if total > most and len(chosen) >= least:
                break
            chosen.append(term)
        return chosen


@dataclass(frozen=True)
class Candidate:
    """A story that may be an answer: its terms by weight, each between two spaces, and when it was published."""

    key: int
    fields: tuple[str, str, str]
    length: int
    published_at: datetime.datetime


# Terms between two spaces, each with its rarity.
Weighted = list[tuple[str, float]]


def padded(terms: Iterable[str], corpus: Corpus) -> Weighted:
    """Return terms as they are counted in the fields of a candidate, with what an occurrence is worth."""
    return [(f" {term} ", corpus.rarity(term)) for term in terms]


def score(candidate: Candidate, wanted: Weighted, phrases: list[str], corpus: Corpus, now) -> float:
    """Return how well a story answers; ``phrases`` are the words of the query (``Query.phrases``)."""
    words = likeness(candidate, wanted, corpus)
    if phrases:
        words *= 1 + share(candidate.fields, phrases)
    return words * freshness(now - candidate.published_at)


def likeness(candidate: Candidate, wanted: Weighted, corpus: Corpus) -> float:
    """Return the BM25 of a story for the terms ``wanted``, an occurrence counted by its weight."""
    stretch = K1 * (1 - B + B * candidate.length / (corpus.length or 1))
    title, lead, body = candidate.fields
    in_title, in_lead, in_body = WEIGHTS
    total = 0.0
    for term, rarity in wanted:
        found = in_title * title.count(term) + in_lead * lead.count(term) + in_body * body.count(term)
        if found:
            total += rarity * found * (K1 + 1) / (found + stretch)
    return total


def share(fields: tuple[str, ...], phrases: list[str]) -> float:
    """Return which part of ``phrases`` stands whole in ``fields``, from 0 to 1."""
    return sum(any(phrase in field for field in fields) for phrase in phrases) / len(phrases)


def freshness(age: datetime.timedelta, old: float = OLD, half_life: datetime.timedelta = HALF_LIFE) -> float:
    """Return the factor of a story's age: 1 for a new one, falling to ``old``."""
    return old + (1 - old) * 0.5 ** (max(age, datetime.timedelta()) / half_life)
