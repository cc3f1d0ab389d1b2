"""What a camera, an agency or a photo editor wrote into a picture file, to fill in a photo's fields. No ORM.

Three blocks may say it: XMP, IPTC-IIM and EXIF. Where several fill a field, the first of these counts, as the
guidelines of the Metadata Working Group have it. Pixels are not decoded, and the place (GPS) is not read.
"""

import codecs
import datetime
import io
import re
import struct
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException, ElementTree
from django.utils import timezone
from PIL import Image

from ..text import clean_line, clean_lines, cut_at_word
from .opening import FORMATS, UNREADABLE

# What a block says: the values of each field as they are written there, the best first. Beside the fields of
# Metadata there are some that stand in for one: «title» for the headline, «place» for the city, «author», «digitised».
Said = dict[str, list[str]]

HEADLINE, CAPTION, BYLINE, CREDIT, COPYRIGHT, SOURCE, CITY, KEYWORD = 200, 600, 40, 80, 200, 80, 60, 40
MAX_KEYWORDS = 30
# Bounds of what is looked at, far above what people write.
MAX_BLOCK = 1_000_000  # bytes of XMP or IIM
MAX_TAG = 64_000  # bytes of a text in EXIF
MAX_VALUES = 200  # of one field
MAX_CHARACTERS = 5_000  # of one value, before it is cleaned and cut

RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
DC = "{http://purl.org/dc/elements/1.1/}"
PHOTOSHOP = "{http://ns.adobe.com/photoshop/1.0/}"
XMP_BASIC = "{http://ns.adobe.com/xap/1.0/}"
IPTC_CORE = "{http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/}"
LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
XMP_FIELDS = {
    f"{PHOTOSHOP}Headline": "headline",
    f"{DC}title": "title",
    f"{DC}description": "caption",
    f"{DC}creator": "byline",
    f"{PHOTOSHOP}Credit": "credit",
    f"{DC}rights": "copyright",
    f"{PHOTOSHOP}Source": "source",
    f"{PHOTOSHOP}City": "city",
    f"{IPTC_CORE}Location": "place",
    f"{DC}subject": "keywords",
    f"{PHOTOSHOP}DateCreated": "taken",
    f"{XMP_BASIC}CreateDate": "digitised",
}
# What the reader of XML raises for a damaged or hostile text; LookupError is for an encoding nobody knows.
XML_ERRORS = (ParseError, DefusedXmlException, ValueError, LookupError)
# How a GIF announces XMP, and how the text ends there.
GIF_XMP, GIF_XMP_END = b"!\xff\x0bXMP DataXMP", b"\x01\xff\xfe\xfd"

IIM_RESOURCE = 0x0404  # of the resources of Photoshop in a JPEG
IIM_MARK = 0x1C
IIM_CHARSET, UTF8_DECLARED = (1, 90), b"\x1b%G"
IIM_FIELDS = {
    (2, 105): "headline",
    (2, 5): "title",
    (2, 120): "caption",
    (2, 80): "byline",
    (2, 110): "credit",
    (2, 116): "copyright",
    (2, 115): "source",
    (2, 90): "city",
    (2, 92): "place",
    (2, 25): "keywords",
    (2, 55): "date",
    (2, 60): "time",
}

ORDERS = {b"II*\x00": "<", b"MM\x00*": ">"}
# Bytes of one element by type: only those that text, and offsets, are written in (129 is the UTF-8 of EXIF 3).
KINDS = {1: 1, 2: 1, 4: 4, 7: 1, 13: 4, 129: 1}
EXIF_DIRECTORY, XMP_TAG, IIM_TAG, USER_COMMENT = 0x8769, 0x02BC, 0x83BB, 0x9286
DESCRIPTION, ARTIST, COPYRIGHTS = 0x010E, 0x013B, 0x8298
XP_TAGS = XP_TITLE, XP_COMMENT, XP_AUTHOR, XP_KEYWORDS, XP_SUBJECT = range(0x9C9B, 0x9CA0)
# Time, offset and fraction of a second.
ORIGINAL, DIGITISED = (0x9003, 0x9011, 0x9291), (0x9004, 0x9012, 0x9292)
# The tags that are read, with the greatest size in bytes.
READ = dict.fromkeys(
    (EXIF_DIRECTORY, DESCRIPTION, ARTIST, COPYRIGHTS, *XP_TAGS, USER_COMMENT, *ORIGINAL, *DIGITISED), MAX_TAG
)
READ |= {XMP_TAG: MAX_BLOCK, IIM_TAG: MAX_BLOCK}
CHARSET_SIZE = 8  # of what a UserComment begins with

# A decoded text that holds one of these was written in another encoding.
MOJIBAKE = re.compile("[\x80-\x9f\ufffd]")
# What cameras and programs write where a person should.
DEFAULTS = re.compile(
    r"(\w+ )*digital (still )?camera|sony dsc|default|dcf 1\.0|exif[ _]jpeg([ _]picture)?|ascii|unicode|none|null"
    r"|unknown|untitled|no comments?|user ?comments?|screenshot|created with gimp|lead technologies.*|picasa",
    re.IGNORECASE,
)
MOMENT = re.compile(
    r"([0-9]{4})[-:/.]?([0-9]{2})[-:/.]?([0-9]{2})"
    r"(?:[T ]([0-9]{2}):?([0-9]{2})(?::?([0-9]{2})(?:[.,]([0-9]+))?)?)? ?(Z|[+-][0-9]{2}:?[0-9]{2})?"
)
FIRST_YEAR = 1826  # of the oldest photograph that is left
CLOCKS_DIFFER = datetime.timedelta(days=1)
MIDNIGHT = datetime.time.min  # is what a day without a time is read as


@dataclass(frozen=True)
class Metadata:
    """The words and the time in a picture file; what is not there is empty."""

    headline: str = ""
    caption: str = ""
    byline: str = ""
    credit: str = ""
    copyright: str = ""
    source: str = ""
    city: str = ""
    keywords: tuple[str, ...] = ()
    taken_at: datetime.datetime | None = None


def read_metadata(data: bytes) -> Metadata:
    """Return what the file ``data`` says of itself; what is damaged, or is no picture, says nothing."""
    xmp, iim, exif = blocks_of(data)
    said = [from_xmp(xmp), from_iim(iim), from_exif(exif)]

    def first(reading: Callable, *names: str):
        """Return what ``reading`` makes of the first field, in the first block, that it makes anything of."""
        found = [reading(block.get(name, [])) for name in names for block in said]
        return next(filter(None, found), found[0])

    def words(limit: int, *names: str, clean: Callable = clean_line) -> str:
        return first(lambda values: next(meaningful(values, limit, clean), ""), *names)

    return Metadata(
        headline=words(HEADLINE, "headline", "title"),
        caption=words(CAPTION, "caption", clean=clean_lines),
        byline=first(names_in, "byline", "author"),
        credit=words(CREDIT, "credit"),
        copyright=words(COPYRIGHT, "copyright"),
        source=words(SOURCE, "source"),
        city=words(CITY, "city", "place"),
        keywords=first(keywords_in, "keywords"),
        taken_at=moment_in(
            [value for name in ("taken", "digitised") for block in said for value in block.get(name, [])]
        ),
    )


def blocks_of(data: bytes) -> tuple[bytes, bytes, bytes]:
    """Return the blocks of XMP, IIM and EXIF of a file, each empty where there is none."""
    try:
        with Image.open(io.BytesIO(data), formats=FORMATS) as picture:
            info, kind = picture.info, picture.format
    except (*UNREADABLE, Image.DecompressionBombError):
        return b"", b"", b""
    if kind == "TIFF":  # is laid out as EXIF is, and keeps the other two in tags
        tags, _order = tags_of(data)
        return tags.get(XMP_TAG, b""), tags.get(IIM_TAG, b""), data
    xmp = info.get("xmp") or b""
    if kind == "GIF":
        start = data.find(GIF_XMP) + len(GIF_XMP)
        xmp = data[start : data.find(GIF_XMP_END, start)] if start >= len(GIF_XMP) else b""
    return xmp, info.get("photoshop", {}).get(IIM_RESOURCE, b""), info.get("exif") or b""


def from_xmp(packet: bytes) -> Said:
    """Return what an XMP packet says, in attributes or elements of its descriptions."""
    if not 0 < len(packet) <= MAX_BLOCK:
        return {}
    try:
        root = ElementTree.fromstring(packet.strip(b"\0 \t\r\n"), forbid_dtd=True)
    except XML_ERRORS:
        return {}
    said: Said = {}
    for description in [
        found for rdf in root.iter(f"{RDF}RDF") for found in rdf.findall(f"{RDF}Description")
    ]:
        written = [(name, [value]) for name, value in description.items()]
        written += [(child.tag, texts_of(child)) for child in description if child.tag in XMP_FIELDS]
        for name, texts in written:
            if name in XMP_FIELDS:
                said.setdefault(XMP_FIELDS[name], []).extend(texts)
    return said


def texts_of(element: Element) -> list[str]:
    """Return the entries of a list in XMP, or the one text; of languages, the default and Korean come first."""
    entries = [entry for container in element for entry in container.findall(f"{RDF}li")]
    entries.sort(key=rank_of_language)
    return [entry.text or entry.findtext(f"{RDF}value") or "" for entry in entries or [element]]


def rank_of_language(entry: Element) -> int:
    """Return 0 for the default language, 1 for Korean, 2 for another or none."""
    language = entry.get(LANGUAGE, "").lower()
    return 0 if language == "x-default" else 1 if re.match(r"ko\b", language) else 2


def from_iim(block: bytes) -> Said:
    """Return what the records of IPTC-IIM say, up to the first one that is damaged."""
    said: Said = {}
    declared = False
    for number, value in records_of(block):
        if number == IIM_CHARSET:
            declared = value.startswith(UTF8_DECLARED)
        elif number in IIM_FIELDS:
            said.setdefault(IIM_FIELDS[number], []).append(decoded(value, declared))
    dates, times = said.pop("date", []), said.pop("time", [])
    return said | {"taken": [f"{date}T{time}" for date, time in zip(dates[:1], times, strict=False)] + dates}


def records_of(block: bytes) -> Iterator[tuple[tuple[int, int], bytes]]:
    """Return number and value of the records of IIM: a mark, two numbers, a size, the value."""
    at = 0
    while len(block) >= at + 5 and block[at] == IIM_MARK:
        _mark, record, dataset, size = struct.unpack_from(">BBBH", block, at)
        at += 5
        if size & 0x8000:  # a long value: what is given here is how many bytes its size has
            width = size & 0x7FFF
            size = int.from_bytes(block[at : at + min(width, 8)])
            at += width
        if len(block) < at + size:
            return
        yield (record, dataset), block[at : at + size]
        at += size


def from_exif(block: bytes) -> Said:
    """Return what the text tags of EXIF say."""
    tags, order = tags_of(block.removeprefix(b"Exif\0\0"))

    def text(tag: int) -> str:
        return decoded(tags.get(tag, b"").rstrip(b"\0"))

    def wide(tag: int) -> str:
        """Return the text of a tag of Windows."""
        value = tags.get(tag, b"")
        return before_nul(value[: len(value) // 2 * 2].decode("utf-16-le", "replace"))

    comment = user_comment(tags.get(USER_COMMENT, b""), order)
    # The notice of the photographer, NUL, the notice of the publisher.
    notices = [part.strip() for part in text(COPYRIGHTS).split("\0")[:2]]
    return {
        "title": [wide(XP_TITLE)],
        "caption": [before_nul(text(DESCRIPTION)), comment, wide(XP_COMMENT), wide(XP_SUBJECT)],
        "byline": [before_nul(text(ARTIST))],
        "author": [wide(XP_AUTHOR)],
        "copyright": [", ".join(filter(None, notices))],
        "keywords": [wide(XP_KEYWORDS)],
        "taken": [exif_moment(*(before_nul(text(tag)).strip() for tag in ORIGINAL))],
        "digitised": [exif_moment(*(before_nul(text(tag)).strip() for tag in DIGITISED))],
    }


def exif_moment(time: str, offset: str, fraction: str) -> str:
    """Return the three tags of a time as one text; an offset or fraction that is none is left out."""
    fraction = f".{fraction}" if re.fullmatch("[0-9]+", fraction) else ""
    return time + fraction + (offset if re.fullmatch("Z|[+-][0-9]{2}:?[0-9]{2}", offset) else "")


def tags_of(block: bytes) -> tuple[dict[int, bytes], str]:
    """Return the bytes of the tags in the first directory of a TIFF and in that of EXIF, and the byte order.

    Only tags that are read here: GPS is none of them. One that is damaged or very long is left out.
    """
    tags: dict[int, bytes] = {}
    order = ORDERS.get(block[:4], "")
    if order:
        tags |= directory(block, block[4:8], order)
        tags |= directory(block, tags.get(EXIF_DIRECTORY, b""), order)
    return tags, order


def directory(block: bytes, offset: bytes, order: str) -> dict[int, bytes]:
    """Return the bytes of the tags in the directory at ``offset``."""
    tags = {}
    try:
        (start,) = struct.unpack(f"{order}L", offset)
        (count,) = struct.unpack_from(f"{order}H", block, start)
        for at in range(start + 2, start + 2 + 12 * count, 12):
            tag, kind, length = struct.unpack_from(f"{order}HHL", block, at)
            size, place = KINDS.get(kind, 0) * length, at + 8
            if size > 4:
                (place,) = struct.unpack_from(f"{order}L", block, place)
            if tag in READ and 0 < size <= min(READ[tag], len(block) - place):
                tags[tag] = block[place : place + size]
    except struct.error:  # the directory begins or ends outside the file: what was read of it counts
        return tags
    return tags


def user_comment(value: bytes, order: str) -> str:
    """Return the text of a UserComment, which begins with the name of its character set."""
    charset, rest = value[:CHARSET_SIZE].rstrip(b"\0 "), value[CHARSET_SIZE:]
    if charset == b"UNICODE":
        return before_nul(wide_text(rest, order))
    if charset in {b"ASCII", b""}:
        return before_nul(decoded(rest.rstrip(b"\0")))
    return ""


def wide_text(value: bytes, order: str) -> str:
    """Return UTF-16 in the byte order that makes more letters of Hangul and ASCII of it, "" where none does.

    The standard names no order, and cameras and programs follow that of the file or their own.
    """
    value = value[: len(value) // 2 * 2]
    codecs_in_turn = ["utf-16-be", "utf-16-le"] if order == ">" else ["utf-16-le", "utf-16-be"]
    texts = [value.decode(codec, "replace") for codec in codecs_in_turn]
    best = max(texts, key=likelihood)
    return best if likelihood(best) else ""


def likelihood(text: str) -> int:
    """Return how many characters of ``text`` are Hangul or printable ASCII."""
    return sum(" " <= character <= "~" or "가" <= character <= "힣" for character in text)


def before_nul(text: str) -> str:
    return text.partition("\0")[0]


def decoded(value: bytes, declared: bool = False) -> str:
    """Return bytes of an unknown encoding as text: UTF-8, Korean of Windows, or Western European.

    A character that was cut in half at the end is dropped. What is ``declared`` to be UTF-8 and is not, is "".
    """
    for codec in ["utf-8"] if declared else ["utf-8", "cp949"]:
        try:
            text = codecs.getincrementaldecoder(codec)().decode(value)
        except UnicodeDecodeError:
            continue
        if declared or value.isascii() or not text.isascii():
            return text
    return "" if declared else value.decode("latin-1")


def meaningful(values: list[str], limit: int, clean: Callable = clean_line) -> Iterator[str]:
    """Return the values that a person may have written, cleaned and cut; mojibake and defaults of cameras are none."""
    for value in values[:MAX_VALUES]:
        value = value.strip("\0 \t\r\n")[:MAX_CHARACTERS]
        if MOJIBAKE.search(value):
            continue
        value = clean(value)
        if any(map(str.isalnum, value)) and not DEFAULTS.fullmatch(value):
            yield value if len(value) <= limit else cut_at_word(value, limit)


def parted(values: list[str], marks: str) -> list[str]:
    """Return the parts of the values between any of ``marks``."""
    return [part for value in values for part in re.split(f"[{marks}]", value)]


def names_in(values: list[str]) -> str:
    """Return as many of the names, parted by commas, as a byline holds."""
    names = list(dict.fromkeys(meaningful(parted(values, ";\n"), BYLINE)))
    while len(", ".join(names)) > BYLINE:
        names.pop()
    return ", ".join(names)


def keywords_in(values: list[str]) -> tuple[str, ...]:
    """Return the keywords, each once, as it is first written."""
    words: dict[str, str] = {}
    for word in meaningful([part.strip().lstrip("#") for part in parted(values, ",;\n，、")], KEYWORD):
        words.setdefault(word.casefold(), word)
    return tuple(words.values())[:MAX_KEYWORDS]


def moment_in(values: list[str]) -> datetime.datetime | None:
    """Return the first moment told; a mere day gives way to a time on that day, if there is one."""
    moments = [found for value in values if (found := moment(value))]
    day = moments[0].date() if moments else None
    of_that_day = [found for found in moments if found.date() == day]
    return next((found for found in of_that_day if found.time() != MIDNIGHT), moments[0] if moments else None)


def moment(text: str) -> datetime.datetime | None:
    """Return the moment that ``text`` tells in the way of XMP, IIM or EXIF, None where no photo can be of then.

    Without an offset it is meant in the current time zone.
    """
    found = MOMENT.fullmatch(text.strip())
    if not found:
        return None
    year, month, day, hour, minute, second, fraction, offset = found.groups(default="")
    time = f"{hour or '00'}:{minute or '00'}:{second or '00'}.{fraction or '0'}"
    try:
        when = datetime.datetime.fromisoformat(f"{year}-{month}-{day}T{time}{offset}")
    except ValueError:  # a day or an hour that there is not
        return None
    if when.tzinfo is None:
        when = timezone.make_aware(when)
    return when if when.year >= FIRST_YEAR and when <= timezone.now() + CLOCKS_DIFFER else None
