"""Captions files: WebVTT (W3C) or SubRip in, plain and safe WebVTT out."""

import codecs
import re
from collections.abc import Iterator
from operator import itemgetter
from typing import NamedTuple

from django.utils.translation import gettext as _

from .cues import clean_text
from .errors import VideoFileError

MOST_CUES = 5_000
MOST_BYTES = 2 << 20
UTF_16 = {codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}
SIGNATURE = "WEBVTT"
TIME = r"(?:([0-9]{1,2}):)?([0-5]?[0-9]):([0-5]?[0-9])[.,]([0-9]{1,3})"
TIMING = re.compile(rf"\s*{TIME}\s*-->\s*{TIME}(?:\s+(.*))?\s*")
ARROW = "-->"
# Blocks of WebVTT that hold no cue.
NO_CUES = re.compile(r"(?:NOTE|STYLE|REGION)(?:\s.*)?")
# Where a cue stands on the picture (WebVTT 4.4); SubRip's coordinates are not among them.
SETTING = re.compile(
    r"vertical:(?:rl|lr)|line:-?[0-9]{1,3}(?:\.[0-9]{1,3})?%?(?:,(?:start|center|end))?|size:[0-9]{1,3}%"
    r"|position:[0-9]{1,3}(?:\.[0-9]{1,3})?%(?:,(?:line-left|center|line-right))?|align:(?:start|center|end|left|right)"
)


class Line(NamedTuple):
    """A line of the file and its number, from 1."""

    number: int
    text: str


class Cue(NamedTuple):
    """What is shown from ``start`` to ``end`` (milliseconds), and where."""

    start: int
    end: int
    settings: str
    text: str


def clean_captions(data: bytes) -> str:
    """Return the captions in ``data`` as WebVTT: cues by time, text with ``<v>``, ``<b>``, ``<i>`` and ``<c>`` only.

    Takes WebVTT and SubRip in UTF-8, UTF-16 with its mark, or cp949. Raises ``VideoFileError`` with the
    number of the line that is wrong.
    """
    if len(data) > MOST_BYTES:
        raise wrong(1, _("the captions file is larger than 2 MB"))
    text = decoded(data).replace("\r\n", "\n").replace("\r", "\n")
    lines = [Line(number, line) for number, line in enumerate(text.split("\n"), start=1)]
    cues = sorted(read_cues(without_header(lines)), key=itemgetter(0, 1))
    if not cues:
        raise wrong(1, _("there is no caption in the file"))
    return "\n\n".join([SIGNATURE, *map(written, cues)]) + "\n"


def wrong(number: int, what: str) -> VideoFileError:
    """Return the error for a line."""
    return VideoFileError(_("Line %(number)d: %(what)s.") % {"number": number, "what": what})


def decoded(data: bytes) -> str:
    """Return the text of a file in one of the encodings that captions come in."""
    encoding = UTF_16.get(data[:2])
    try:
        return data[2:].decode(encoding) if encoding else data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        if encoding:
            number = data[2 : 2 + error.start].decode(encoding, "replace").count("\n") + 1
            raise wrong(number, _("the text cannot be read; save the file as UTF-8")) from error
    try:
        return data.decode("cp949")
    except UnicodeDecodeError as error:
        number = data.count(b"\n", 0, error.start) + 1
        raise wrong(number, _("the text cannot be read; save the file as UTF-8")) from error


def without_header(lines: list[Line]) -> list[Line]:
    """Return the lines behind the first block of WebVTT; all of SubRip."""
    if not re.fullmatch(rf"{SIGNATURE}(?:[ \t].*)?", lines[0].text):
        return lines
    for place, line in enumerate(lines):
        if not line.text.strip():
            return lines[place:]
        if place and ARROW in line.text:
            raise wrong(line.number, _("a blank line is missing before the first caption"))
    return []


def blocks(lines: list[Line]) -> Iterator[list[Line]]:
    """Yield the runs of lines between blank ones."""
    block: list[Line] = []
    for line in [*lines, Line(0, "")]:
        if line.text.strip():
            block.append(line)
        elif block:
            yield block
            block = []


def read_cues(lines: list[Line]) -> Iterator[Cue]:
    """Yield the cues that hold text; raise ``VideoFileError`` at the first wrong line."""
    count = 0
    for block in blocks(lines):
        if NO_CUES.fullmatch(block[0].text):
            continue
        cue = read_cue(block)
        if not cue.text:
            continue
        count += 1
        if count > MOST_CUES:
            raise wrong(block[0].number, _("the file has more than 5,000 captions"))
        yield cue


def read_cue(block: list[Line]) -> Cue:
    """Return the cue of a block: a name or number that may be missing, the times, the text."""
    place = 0 if ARROW in block[0].text or len(block) == 1 else 1
    timing = TIMING.fullmatch(block[place].text)
    if timing is None:
        raise wrong(block[place].number, _("a time is missing, such as 00:01:02.500 --> 00:01:04.000"))
    start, end = milliseconds(timing.groups()[:4]), milliseconds(timing.groups()[4:8])
    if end <= start:
        raise wrong(block[place].number, _("the caption ends before it begins"))
    for line in block[place + 1 :]:
        if TIMING.fullmatch(line.text):
            raise wrong(line.number, _("a blank line is missing before this caption"))
    settings = [word for word in (timing.group(9) or "").split() if SETTING.fullmatch(word)]
    text = clean_text("\n".join(line.text for line in block[place + 1 :]))
    return Cue(start, end, "".join(f" {setting}" for setting in settings), text)


def milliseconds(parts: tuple[str | None, ...]) -> int:
    """Return a time in milliseconds; «,5» is half a second."""
    hours, minutes, seconds, fraction = parts
    return (int(hours or 0) * 3600 + int(minutes) * 60 + int(seconds)) * 1000 + int(fraction.ljust(3, "0"))


def written(cue: Cue) -> str:
    """Return a cue as a block of WebVTT."""
    return f"{clock(cue.start)} --> {clock(cue.end)}{cue.settings}\n{cue.text}"


def clock(moment: int) -> str:
    """Return milliseconds as hours, minutes, seconds and thousandths."""
    seconds, thousandths = divmod(moment, 1000)
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}.{thousandths:03}"
