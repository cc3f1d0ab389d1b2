"""Pure text work: plain text, excerpts, quotation marks, templates with names in braces. No ORM."""

import html
import re
import unicodedata

SPACE = re.compile(r"\s+")
TAG = re.compile(r"<[^>]*>")
BLOCK_END = re.compile(r"</(?:p|h2|h3|li|blockquote|tr|figcaption)>|<br\s*/?>|<hr\s*/?>", re.IGNORECASE)
# Never wanted in text: NUL and other control characters, lone surrogates, zero-width and fillers.
UNWANTED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200b\u2060\ufeff\ud800-\udfff]")
PAIRS = {"“": "”", "‘": "’", "「": "」", "『": "』", "《": "》", "〈": "〉", "(": ")", "[": "]", "‹": "›", "«": "»"}
ELLIPSIS = "…"


def clean_line(value: str) -> str:
    """Return ``value`` as one line of NFC text: unwanted characters out, white space single."""
    value = UNWANTED.sub("", unicodedata.normalize("NFC", value or ""))
    return SPACE.sub(" ", value).strip()


def clean_lines(value: str) -> str:
    """Return ``value`` as lines of NFC text, each trimmed, empty ones dropped."""
    lines = (clean_line(line) for line in (value or "").splitlines())
    return "\n".join(line for line in lines if line)


def plain_text(markup: str) -> str:
    """Return the words of an HTML text, blocks parted by one space, entities resolved."""
    parted = BLOCK_END.sub(" ", markup or "")
    return clean_line(html.unescape(TAG.sub("", parted)))


def open_quotes(text: str) -> list[str]:
    """Return the closing marks that ``text`` still owes, innermost last.

    A closing mark that fits nothing open (an apostrophe, a bracket of a list) is passed over.
    """
    owed: list[str] = []
    for character in text:
        if character in PAIRS:
            owed.append(PAIRS[character])
        elif owed and character == owed[-1]:
            owed.pop()
    return owed


def excerpt(text: str, length: int = 90) -> str:
    """Return the beginning of ``text``, at most ``length`` characters, cut at a word.

    Quotation marks and brackets opened in what is left are closed behind the ellipsis; a mark that
    was opened just before the cut is dropped with it. A text that fits is returned whole.
    """
    text = clean_line(text)
    if len(text) <= length:
        return text
    room = length - 1
    owed: list[str] = []
    for _ in range(4):  # closing marks need room themselves; nesting is never deeper than this
        cut = text[: room - len(owed)]
        if not text[len(cut)].isspace() and " " in cut:
            cut = cut[: cut.rindex(" ")]
        cut = cut.rstrip(" ,.·;:-–—" + ELLIPSIS + "".join(PAIRS))
        if len(open_quotes(cut)) <= len(owed):
            break
        owed = open_quotes(cut)
    return cut + ELLIPSIS + "".join(reversed(open_quotes(cut)))


def fill(template: str, **names: str) -> str:
    """Return ``template`` with ``{name}`` replaced by the words given; unknown names vanish.

    Unlike ``str.format`` it reaches no attributes and never fails, so an editor's typing slip
    in a setting cannot take a page down.
    """
    return clean_line(re.sub(r"\{(\w*)\}", lambda found: str(names.get(found[1], "")), template or ""))


def has_final_consonant(word: str) -> bool:
    """Tell whether the last Hangul syllable of ``word`` ends in a consonant (받침)."""
    for character in reversed(word):
        if "가" <= character <= "힣":
            return (ord(character) - ord("가")) % 28 != 0
        if character.isalnum():
            return character in "013678lmnrLMNR"
    return False
