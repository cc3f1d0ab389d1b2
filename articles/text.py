"""Pure text work: plain text, excerpts, quotation marks, templates with names in braces. No ORM."""

import html
import re
import unicodedata

SPACE = re.compile(r"\s+")
TAG = re.compile(r"<[^<>]*>")
BLOCK_END = re.compile(
    r"</(?:p|h[1-6]|li|blockquote|tr|td|th|caption|figcaption|div)>|<br\s*/?>|<hr\s*/?>", re.IGNORECASE
)
# Never wanted in text, because some reader of ours (a database, an XML feed, an HTML checker, a search)
# cannot take them or nobody can see them: NUL and other control characters, lone surrogates,
# noncharacters, zero-width spaces, soft hyphens, fillers.
UNWANTED = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u200b\u2060\u3164\ufeff\uffa0"
    "\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)
PAIRS = {
    "“": "”",
    "‘": "’",
    "「": "」",
    "『": "』",
    "《": "》",
    "〈": "〉",
    "(": ")",
    "[": "]",
    "‹": "›",
    "«": "»",
    "【": "】",
    "〔": "〕",
    '"': '"',
    "'": "'",
}
ELLIPSIS = "…"
# What a cut text does not end with before its ellipsis.
TRAILING = " ,.·;:-–—" + ELLIPSIS
JOINER = "\u200d"
FLAG_LETTERS = "".join(chr(code) for code in range(0x1F1E6, 0x1F200))
# Longer than any character that is written with several code points (a family of emoji has 11).
LONGEST_CHARACTER = 32


def clean_line(value: str) -> str:
    """Return ``value`` as one line of NFC text: unwanted characters out, white space single."""
    value = unicodedata.normalize("NFC", UNWANTED.sub("", value or ""))
    return SPACE.sub(" ", value).strip()


def clean_lines(value: str) -> str:
    """Return ``value`` as lines of NFC text, each trimmed, empty ones dropped."""
    lines = (clean_line(line) for line in (value or "").splitlines())
    return "\n".join(line for line in lines if line)


def plain_text(markup: str) -> str:
    """Return the words of an HTML text, blocks parted by one space, entities resolved."""
    parted = BLOCK_END.sub(" ", markup or "")
    return clean_line(html.unescape(TAG.sub("", parted)))


def open_marks(text: str) -> list[tuple[int, str]]:
    """Return the marks opened and not closed in ``text``, innermost last: position and closing mark.

    A closing mark that fits nothing open (an apostrophe, a bracket of a list) is passed over.
    """
    owed: list[tuple[int, str]] = []
    for position, character in enumerate(text):
        if owed and character == owed[-1][1] and not is_apostrophe(text, position):
            owed.pop()
        elif character in PAIRS and not is_mere_sign(text, position):
            owed.append((position, PAIRS[character]))
    return owed


def is_apostrophe(text: str, position: int) -> bool:
    """Tell whether a straight single quote stands inside a word of Latin letters (don't)."""
    around = text[position - 1 : position] + text[position + 1 : position + 2]
    return text[position] == "'" and len(around) == 2 and around.isascii() and around.isalpha()


def is_mere_sign(text: str, position: int) -> bool:
    """Tell whether a straight quote cannot open anything: an inch sign, an apostrophe, a stray one."""
    before = text[position - 1 : position]
    return (text[position] == '"' and before.isdigit()) or (text[position] == "'" and before.isalnum())


def open_quotes(text: str) -> list[str]:
    """Return the closing marks that ``text`` still owes, innermost last."""
    return [closing for _position, closing in open_marks(text)]


def splits_character(text: str, position: int) -> bool:
    """Tell whether a cut at ``position`` would part what readers see as one character.

    Combining marks, joined emoji, skin tones, variation selectors, vowels and finals of decomposed
    Hangul, and the two halves of a flag stay with what stands before them.
    """
    if not 0 < position < len(text):
        return False
    here, before = text[position], text[position - 1]
    if JOINER in (here, before) or unicodedata.category(here) in {"Mn", "Me", "Mc"}:
        return True
    if (
        "\u1160" <= here <= "\u11ff"
        or "\U0001f3fb" <= here <= "\U0001f3ff"
        or "\U000e0020" <= here <= "\U000e007f"
    ):
        return True
    flags = len(text[:position]) - len(text[:position].rstrip(FLAG_LETTERS))
    return here in FLAG_LETTERS and flags % 2 == 1


def cut_at_word(text: str, size: int) -> str:
    """Return at most ``size`` characters of ``text``: whole words, where there are any; no mark just opened."""
    cut = text[:size]
    if text[size : size + 1] not in {"", " "} and " " in cut:
        cut = cut[: cut.rindex(" ")]
    lower = max(0, len(cut) - LONGEST_CHARACTER)
    while len(cut) > lower and splits_character(text, len(cut)):
        cut = cut[:-1]
    cut = cut.rstrip(TRAILING)
    while (owed := open_marks(cut)) and owed[-1][0] == len(cut) - 1:
        cut = cut[:-1].rstrip(TRAILING)
    return cut


def excerpt(text: str, length: int = 90) -> str:
    """Return the beginning of ``text``, at most ``length`` characters, cut at a word.

    Quotation marks and brackets opened in what is left are closed behind the ellipsis; a mark that
    was opened just before the cut is dropped with it. A text that fits is returned whole.
    """
    text = clean_line(text)
    if len(text) <= length:
        return text
    size = length - len(ELLIPSIS)
    while size > 0:
        cut = cut_at_word(text, size)
        found = cut + ELLIPSIS + "".join(reversed(open_quotes(cut)))
        if len(found) <= length:
            return found
        size = len(cut) - 1  # closing marks need room themselves
    return ELLIPSIS[: max(length, 0)]


def fill(template: str, **names: str) -> str:
    """Return ``template`` with ``{name}`` replaced by the words given; unknown names vanish.

    Unlike ``str.format`` it reaches no attributes and never fails, so an editor's typing slip
    in a setting cannot take a page down.
    """
    return clean_line(re.sub(r"\{(\w*)\}", lambda found: str(names.get(found[1], "")), template or ""))


def has_final_consonant(word: str) -> bool:
    """Tell whether ``word``, read aloud, ends in a consonant (받침): its last Hangul syllable, digit or letter.

    Chinese characters and marks behind it are passed over: «김민준(金民準)» is read 김민준.
    """
    for character in reversed(word):
        if "가" <= character <= "힣":
            return (ord(character) - ord("가")) % 28 != 0
        if character.isascii() and character.isalnum():
            return character in "013678lmnrLMNR"
    return False
