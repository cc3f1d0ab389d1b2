"""Checks for what production left behind: marks, embargo lines, addresses of the desk, standing last lines."""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from django.http.request import validate_host
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .finding import Finding, found_in
from .registry import Parameter, Rule, Values, register
from .subject import Subject

# Three circles or more that stand by themselves: «김○○ 씨» and «○○중학교» hide a name on purpose.
BLANKS = re.compile(
    r"(?<![가-힣\w])(?:[○◯]{3,}|[ㅇ]{3,}|O{3,}|X{3,}|x{3,}|[△□●▲■]{3,}|\?{3,})(?![A-Za-z0-9])"
)
NOTES = re.compile(
    r"[(\[<〈【]\s*(?:계속|끝|가제|제목\s?미정|미정|확인\s?(?:필요|요망|중)|추후\s?확인|추가\s?예정|수정\s?예정|작성\s?중"
    r"|사진\s?(?:설명|자리|첨부|필요)|데스크\s?확인)\s*[)\]>〉】]"
)
PHOTO_MARK = re.compile(r"[(\[<〈【]\s*사진\s*\d*\s*[)\]>〉】]|[(\[]\s*사진\s*[)\]]")
EMPTY = re.compile(r"\(\s*\)|\[\s*\]|“\s*”|‘\s*’")
MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
RIGHTS = re.compile(r"무단\s?(?:전재|복제|배포)|재배포\s?금지|all rights reserved", re.IGNORECASE)
SIGN = re.compile(r"[ⓒ©]")
# A last line that names a reporter and an address of mail, and little else.
SIGNATURE_REST = 14
LAST_LINES = 3
LONGEST_SIGNATURE = 80


def left_marks(subject: Subject, values: Values) -> Iterator[Finding]:
    """Marks that are put where something is still to come."""
    extra = values.words("words")
    for piece in subject.pieces:
        quotes = [found[0] for pattern in (BLANKS, NOTES, EMPTY) for found in pattern.finditer(piece.words)]
        quotes += [word for word in extra if word in piece.words]
        if not subject.figures:
            quotes += [found[0] for found in PHOTO_MARK.finditer(piece.words)]
        for quote in dict.fromkeys(quotes):
            yield found_in(
                piece, _("A mark of production is left: «%s». Fill it in, or take it out.") % quote, quote
            )


def desk_links(subject: Subject, values: Values) -> Iterator[Finding]:
    """Links that readers cannot open: pages of the desk, previews, a machine of the house."""
    for link in subject.links:
        if leads_to_desk(link.address, subject):
            yield found_in(
                link.piece,
                _("This link leads to a page that readers cannot open: %s. Put the public address.")
                % link.address,
                link.words,
            )


def leads_to_desk(address: str, subject: Subject) -> bool:
    """Tell whether an address is one of the desk or of this machine."""
    try:
        parts = urlsplit(address.strip())
        host = parts.hostname or ""
    except ValueError:
        return False
    if parts.scheme not in {"", "http", "https"}:
        return False
    if host in {"localhost", "127.0.0.1", "::1", "0.0.0.0"}:  # noqa: S104  (an address in a text)
        return True
    own = not host or validate_host(host, [name for name in subject.known.hosts if name != "*"])
    return own and parts.path.startswith(subject.known.desk_paths or ("/admin/",))


def last_lines(subject: Subject, values: Values) -> Iterator[Finding]:
    """A reporter's address of mail or a copyright line at the end; the page prints both by itself."""
    for piece in subject.paragraphs[-LAST_LINES:]:
        if is_rights_line(piece.words):
            yield found_in(
                piece,
                _("A copyright line stands at the end of the text. Take it out: the page has its own."),
                piece.words,
            )
        elif (mail := mail_of(piece.words)) and is_signature(piece.words, mail):
            yield found_in(
                piece,
                _(
                    "The reporter's e-mail stands at the end of the text. Take it out: the byline leads to it."
                ),
                mail[0],
            )


def mail_of(words: str) -> str:
    """Return the address of mail in a line that is short enough to be a signature, «» for none."""
    if len(words) > LONGEST_SIGNATURE:
        return ""
    return found[0] if (found := MAIL.search(words)) else ""


def is_rights_line(words: str) -> bool:
    """Tell whether a line is a copyright line, and not a sentence about one."""
    if len(words) > LONGEST_SIGNATURE or words.endswith("다."):
        return False
    return bool(RIGHTS.search(words) or SIGN.search(words))


def is_signature(words: str, mail: str) -> bool:
    """Tell whether a line is a signature, and not a sentence that says where to write to."""
    rest = words.replace(mail, "").strip(" /|·,=()[]<>")
    return len(rest) <= SIGNATURE_REST and (not rest or "기자" in rest or " " not in rest)


register(
    Rule(
        "left_marks",
        gettext_lazy("Marks left over"),
        gettext_lazy("Marks such as «○○○», «(계속)» or «[사진]» without a photo."),
        left_marks,
        parameters=(
            Parameter(
                "words", gettext_lazy("more marks"), "", kind="words", help=gettext_lazy("Parted by commas.")
            ),
        ),
    )
)
register(
    Rule(
        "desk_links",
        gettext_lazy("Links to the desk"),
        gettext_lazy("Links to pages that readers cannot open."),
        desk_links,
    )
)
register(
    Rule(
        "last_lines",
        gettext_lazy("Last lines"),
        gettext_lazy("A reporter's e-mail or a copyright line at the end of the text."),
        last_lines,
    )
)
