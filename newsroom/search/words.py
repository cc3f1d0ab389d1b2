"""What somebody typed, as words to look for."""

import re
from dataclasses import dataclass
from functools import cached_property

from articles.text import clean_line

from .analysis import Word, normalise, strip_word, terms_of

QUOTED = re.compile(r'"([^"]*)"|“([^”]*)”|(\S+)')
QUOTES = "\"'“”‘’«»„,"


@dataclass(frozen=True)
class Query:
    """The words of a search, each once, in the order they were typed."""

    words: tuple[Word, ...]

    @cached_property
    def terms(self) -> list[str]:
        """The terms of the words with their particles and endings, each once."""
        return list(dict.fromkeys(term for word in self.words for term in terms_of(word.text)))

    @cached_property
    def phrases(self) -> list[str]:
        """Each word without particle or ending as it stands in the fields of a ``Candidate``."""
        rows = (f" {' '.join(word.terms)}{'' if word.is_open else ' '}" for word in self.words)
        return list(dict.fromkeys(rows))

    @property
    def is_quoted(self) -> bool:
        """Whether several words stood in quotation marks as one."""
        return any(word.whole for word in self.words)

    def loosened(self) -> "Query":
        """Return the query without its quotation marks: each word for itself."""
        return parse(" ".join(word.text for word in self.words))


def parse(typed: str) -> Query:
    """Return the words of what was typed; what holds neither letter nor digit is none.

    Several words in quotation marks are one word that stands in a text just so.
    """
    found: dict[str, Word] = {}
    for double, curly, single in QUOTED.findall(clean_line(typed)):
        quoted = double or curly
        word = word_of(quoted or single, whole=" " in quoted.strip())
        if word.terms:
            found.setdefault(word.text, word)
    return Query(tuple(found.values()))


def word_of(typed: str, *, whole: bool = False) -> Word:
    """Return a word as it is looked for: ``whole`` ones as they are, others without particle or ending."""
    text = normalise(typed).strip(f"{QUOTES} ")
    stem = text if whole else strip_word(text)
    return Word(text, stem, tuple(terms_of(stem)) or tuple(terms_of(text)), whole)
