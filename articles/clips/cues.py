"""The text of one caption: the few tags that may stay, everything else as letters (WebVTT 4.2 and 6.4)."""

import html
import re
import unicodedata

KEPT = {"v", "b", "i", "c"}
# Tags of WebVTT and of SubRip players that say how, not what; their text stays. Anything else is text.
DROPPED = {"u", "s", "ruby", "rt", "lang", "font"}
TAG = re.compile(
    r"<(?P<close>/?)(?P<name>[A-Za-z]+)(?P<classes>(?:\.[^\s<>.]*)*)(?:\s+(?P<rest>[^<>]*))?>"
    r"|<(?:[0-9]+:)?[0-9]+:[0-9]+\.[0-9]+>"  # the moment at which a word is sung
    r"|\{\\[^{}\n]*\}"  # where SubRip players put a line
)


def clean_text(text: str) -> str:
    """Return the text of a cue as safe WebVTT without blank lines; «» when nothing would be seen."""
    pieces: list[str] = []
    opened: list[str] = []
    position, seen = 0, False
    for match in TAG.finditer(text):
        before = plain(text[position : match.start()])
        pieces.append(escaped(before))
        name = (match["name"] or "").lower()
        if match["name"] and name not in KEPT | DROPPED:
            pieces.append(escaped(plain(match.group())))
            seen = True
        elif name in KEPT:
            pieces.append(closed(name, opened) if match["close"] else started(name, match["rest"], opened))
        seen = seen or bool(before.strip())
        position = match.end()
    last = plain(text[position:])
    if not seen and not last.strip():
        return ""
    whole = "".join([*pieces, escaped(last), *(f"</{name}>" for name in reversed(opened))])
    return "\n".join(line.strip() for line in whole.split("\n") if line.strip())


def plain(text: str) -> str:
    """Return text with its entities resolved and without control characters; its line breaks stay."""
    lines = (html.unescape(line) for line in text.split("\n"))
    return "\n".join("".join(map(printable, line)) for line in lines)


def printable(letter: str) -> str:
    """Return a letter; a space for a line break or tab that an entity made; nothing for other control characters."""
    if unicodedata.category(letter) != "Cc":
        return letter
    return " " if letter.isspace() else ""


def escaped(text: str) -> str:
    """Return text so that nothing in it is markup or an arrow."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def started(name: str, rest: str | None, opened: list[str]) -> str:
    """Return a tag that begins and note it; nothing where the same tag is open already or a voice has no name."""
    speaker = " ".join(plain(rest or "").split()) if name == "v" else ""
    if name in opened or (name == "v" and not speaker):
        return ""
    opened.append(name)
    return f"<v {escaped(speaker)}>" if speaker else f"<{name}>"


def closed(name: str, opened: list[str]) -> str:
    """Return the ends of a tag and of those opened in it; nothing for one that is not open."""
    ends = ""
    while name in opened:
        ends += f"</{opened.pop()}>"
    return ends
