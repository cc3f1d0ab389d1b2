"""Runs of words by which copied text is found again. Pure.

A text is cut into runs of four words (shingles). Texts that share runs share sentences; one run in eight,
chosen by its own hash, is kept in the database as a mark, so that a copied part of a text, however long the
rest, has marks of its own there.
"""

import re
import zlib
from dataclasses import dataclass

from .finding import SharedSentence
from .subject import sentences

WORD = re.compile(r"[가-힣A-Za-z0-9]+")
RUN = 4
ONE_IN = 8
# As many as a text of 5,000 characters has; what is longer keeps the smallest.
MOST_MARKS = 160
# A sentence counts as repeated from this share of its words on.
REPEATED = 0.6
MOST_PAIRS = 6


@dataclass(frozen=True)
class Overlap:
    """How much of a text stands in another: per cent of its words, and the sentences side by side."""

    percent: int
    pairs: tuple[SharedSentence, ...]


def hashes(words: list[str]) -> list[int]:
    """Return the hash of every run of words, in order."""
    joined = (" ".join(words[start : start + RUN]) for start in range(len(words) - RUN + 1))
    return [zlib.crc32(run.encode()) for run in joined]


def marks(text: str) -> list[int]:
    """Return the marks of a text, smallest first; the same runs give the same marks in every text."""
    kept = {mark for mark in hashes(WORD.findall(text)) if mark % ONE_IN == 0}
    return sorted(kept)[:MOST_MARKS]


def overlap(text: str, other: str) -> Overlap:
    """Return how much of ``text`` stands in ``other`` in runs of four words or more."""
    words = WORD.findall(text)
    there = set(hashes(WORD.findall(other)))
    covered = [False] * len(words)
    for start, run in enumerate(hashes(words)):
        if run in there:
            covered[start : start + RUN] = [True] * RUN
    percent = round(100 * sum(covered) / len(words)) if words else 0
    return Overlap(percent, tuple(pairs(text, covered, other)) if any(covered) else ())


def pairs(text: str, covered: list[bool], other: str) -> list[SharedSentence]:
    """Return the repeated sentences beside those they repeat, in order, the first few."""
    found, position = [], 0
    theirs = [(sentence, set(hashes(WORD.findall(sentence)))) for sentence in sentences(other)]
    for sentence in sentences(text):
        words = WORD.findall(sentence)
        share = covered[position : position + len(words)]
        position += len(words)
        if len(words) < RUN or sum(share) < REPEATED * len(words):
            continue
        own = set(hashes(words))
        best = max(theirs, key=lambda pair: len(own & pair[1]), default=None)
        if best and own & best[1]:
            found.append(SharedSentence(sentence, best[0]))
        if len(found) == MOST_PAIRS:
            break
    return found
