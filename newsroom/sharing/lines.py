"""Breaking a headline into lines of like length, at words."""

import re
from bisect import bisect_left
from collections.abc import Callable
from itertools import accumulate, zip_longest

from articles.text import excerpt, splits_character

# Behind white space; and behind an ellipsis in the middle of a headline, where newspapers break, too.
BREAKS = re.compile(r"(?<=\s)|(?<=…)(?=[^\s…”’」』»)\]?!.,])")

Measure = Callable[[str], float]


def pieces(text: str, measure: Measure, limit: float, *, cut: bool) -> list[str]:
    """Return the words of ``text``, each with the space behind it; with ``cut`` one wider than ``limit`` in parts."""
    words = [word for word in BREAKS.split(text) if word]
    return [part for word in words for part in (parts(word, measure, limit) if cut else [word])]


def parts(word: str, measure: Measure, limit: float) -> list[str]:
    """Return ``word`` in parts no wider than ``limit``; what readers see as one character stays whole."""
    found, start, last = [], 0, 0
    for end in range(1, len(word) + 1):
        if splits_character(word, end):
            continue
        if last > start and measure(word[start:end].rstrip()) > limit:
            found.append(word[start:last])
            start = last
        last = end
    return [*found, word[start:]]


def advance(word: str, after: str | None, measure: Measure) -> float:
    """Return how far behind the beginning of ``word`` the next one begins: fonts move letters that meet (kerning)."""
    return measure(word + after[0]) - measure(after[0]) if after else measure(word)


def balanced(words: list[str], measure: Measure, limit: float, count: int) -> list[str] | None:
    """Return ``words`` on exactly ``count`` lines of like width, None where they do not fit into ``limit``.

    Of all ways to break them the one whose lines differ least from their mean, which leaves no lone syllable
    on the last one where its neighbour can come along.
    """
    starts = [
        0.0,
        *accumulate(advance(word, after, measure) for word, after in zip_longest(words, words[1:])),
    ]
    bare = [measure(word.rstrip()) for word in words]
    aim = starts[-1] / count
    best: dict[int, tuple[float, tuple[int, ...]]] = {0: (0.0, ())}
    for _line in range(count):
        following: dict[int, tuple[float, tuple[int, ...]]] = {}
        for start, (cost, ends) in best.items():
            for end in range(start + 1, len(words) + 1):
                width = starts[end - 1] - starts[start] + bare[end - 1]
                if width > limit:
                    break
                here = cost + (width - aim) ** 2
                if end not in following or here < following[end][0]:
                    following[end] = (here, (*ends, end))
        best = following
    if len(words) not in best:
        return None
    ends = best[len(words)][1]
    return ["".join(words[start:end]).strip() for start, end in zip((0, *ends), ends, strict=False)]


def broken(text: str, measure: Measure, limit: float, most: int, *, cut: bool = False) -> list[str] | None:
    """Return ``text`` on as few lines as it needs, None where ``most`` are too few."""
    words = pieces(text, measure, limit, cut=cut)
    found = (balanced(words, measure, limit, count) for count in range(1, most + 1))
    return next(filter(None, found), None)


def shortened(text: str, measure: Measure, limit: float, most: int) -> list[str]:
    """Return ``text`` on at most ``most`` lines, its end cut off at a word with an ellipsis where it is too long.

    Words wider than a line are cut; where nothing fits, no line is returned.
    """

    def lines_of(length: int) -> list[str] | None:
        return broken(excerpt(text, length), measure, limit, most, cut=True)

    if lines := lines_of(len(text)):
        return lines
    fitting = bisect_left(range(1, len(text)), True, key=lambda length: lines_of(length) is None)
    return lines_of(fitting) or []
