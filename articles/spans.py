"""Two texts or two lists as one: what stayed, what went, what came. No ORM."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

from diff_match_patch import diff_match_patch

# Numbers with their points and commas are one word, and so is a Korean word with its particle.
WORD = re.compile(r"\d+(?:[.,:]\d+)*\w*|\w+|\s+|[^\w\s]")
# With less in common than this share, two texts are read one after the other and not word by word.
READABLE = 0.3
SECONDS = 0.05


@dataclass(frozen=True)
class Span:
    """A stretch of text; ``kind`` is "same", "added" or "removed"."""

    kind: str
    text: str


def list_spans(old: list[str], new: list[str]) -> list[Span]:
    """Return the rows of both lists, each as a span."""
    spans: list[Span] = []
    for code, a0, a1, b0, b1 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if code == "equal":
            spans += [Span("same", text) for text in old[a0:a1]]
        else:
            spans += [Span("removed", text) for text in old[a0:a1]]
            spans += [Span("added", text) for text in new[b0:b1]]
    return spans


def word_spans(old: str, new: str) -> list[Span]:
    """Return two texts as one, word by word.

    Blanks and marks between two changed words count as changed, so that phrases and not single words are read;
    texts that have little in common stand one after the other.
    """
    found = [Span(kind, text) for kind, text in joined(token_changes(old, new))]
    same = sum(len(span.text) for span in found if span.kind == "same")
    if same < READABLE * min(len(old), len(new)):
        return [span for span in (Span("removed", old), Span("added", new)) if span.text]
    return found


def token_changes(old: str, new: str) -> list[tuple[str, str]]:
    """Return kinds and texts of the stretches of two texts, cut at words."""
    code: dict[str, str] = {}
    # Each word becomes one character of a private area, which the differ takes for a letter.
    ciphers = [
        "".join(code.setdefault(word, chr(0xF0000 + len(code))) for word in WORD.findall(text))
        for text in (old, new)
    ]
    word_for = {cipher: word for word, cipher in code.items()}
    differ = diff_match_patch()
    differ.Diff_Timeout = SECONDS
    changes = differ.diff_main(*ciphers, False)
    differ.diff_cleanupSemantic(changes)
    kinds = {0: "same", 1: "added", -1: "removed"}
    return [(kinds[sign], "".join(word_for[cipher] for cipher in text)) for sign, text in changes]


def joined(changes: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return ``changes`` with neighbours put together: what was removed stands before what was added."""
    found: list[tuple[str, str]] = []
    removed = added = ""
    for place, (kind, text) in enumerate(changes):
        between = (removed or added) and place + 1 < len(changes)
        if kind == "removed":
            removed += text
        elif kind == "added":
            added += text
        elif between and not any(letter.isalnum() for letter in text) and "\n" not in text:
            removed, added = removed + text, added + text
        else:
            found += [("removed", removed), ("added", added), (kind, text)]
            removed = added = ""
    return [(kind, text) for kind, text in [*found, ("removed", removed), ("added", added)] if text]
