"""Templates: all compile, all they name exists, and nothing is written in them that the house does not allow."""

import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.template import engines
from django.template.base import Lexer, TokenType
from django.urls import NoReverseMatch, reverse

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "templates"
NAMES = sorted(path.relative_to(FOLDER).as_posix() for path in FOLDER.rglob("*.*"))
MAX_LINES = 120
# Templates that Django or a library looks for by itself.
FOUND_BY_OTHERS = re.compile(r"^(4\d\d|500)\w*\.html$|^admin/|^registration/|^taggit/")
# Other hosts that a template may name: they are names of vocabularies, and no browser asks them for anything.
VOCABULARIES = (
    "http://www.w3.org/", "http://purl.org/", "http://www.sitemaps.org/schemas/", "http://www.google.com/schemas/",
    "http://search.yahoo.com/mrss/", "https://schema.org",
)  # fmt: skip
# Partials of Django's own that ours replace; they keep the variables that Django gives them.
WITHOUT_VARIABLES: dict[str, str] = {}
SAFE: dict[str, str] = {}

COMMENT = re.compile(r"\{#.*?#\}|\{% comment .*?%\}.*?\{% endcomment %\}", re.DOTALL)
TAG = re.compile(r"<[a-zA-Z!/](?:\{%.*?%\}|\{\{.*?\}\}|\"[^\"]*\"|'[^']*'|[^>])*>", re.DOTALL)
IN_BRACES = re.compile(r"\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)


def source(name: str) -> str:
    return (FOLDER / name).read_text(encoding="utf-8")


def bare(name: str) -> str:
    """Return a template without its comments, line breaks kept."""
    return COMMENT.sub(lambda found: "\n" * found[0].count("\n"), source(name))


def tokens(name: str) -> list[tuple[int, str, list[str]]]:
    """Return the template tags: line, name and parts."""
    found = Lexer(source(name)).tokenize()
    split = [(token.lineno, token.split_contents()) for token in found if token.token_type == TokenType.BLOCK]
    return [(line, parts[0], parts[1:]) for line, parts in split if parts]


def places(name: str, pattern: str, text: str) -> list[str]:
    """Return where ``pattern`` stands in the text of a template, as file:line: what."""
    return [
        f"templates/{name}:{text.count(chr(10), 0, found.start()) + 1}: {found[0][:80]}"
        for found in re.finditer(pattern, text)
    ]


def fail_with(faults: list[str], rule: str) -> None:
    if faults:
        pytest.fail(f"{rule}\n" + "\n".join(faults), pytrace=False)


def literal(part: str) -> str:
    """Return the text of a quoted argument, «» for a variable."""
    return part[1:-1] if part[:1] in {'"', "'"} else ""


@pytest.mark.parametrize("name", NAMES)
def test_a_template_compiles(name):
    """Every tag, filter and library in it exists, and so does every template that it names."""
    engine = engines["django"]
    engine.get_template(name)
    for _line, tag, parts in tokens(name):
        if tag in {"include", "extends"} and literal(parts[0]):
            engine.get_template(literal(parts[0]))


def test_addresses_and_files_in_templates_exist():
    """Every name of an address is known, every static file is there."""
    faults = []
    for name in NAMES:
        for line, tag, parts in tokens(name):
            if tag == "static" and literal(parts[0]) and finders.find(literal(parts[0])) is None:
                faults.append(f"templates/{name}:{line}: no file {parts[0]}")
            if tag == "url" and literal(parts[0]):
                try:
                    reverse(literal(parts[0]))
                except NoReverseMatch as error:
                    # An address that needs arguments is found and complains of those.
                    if "pattern(s) tried" not in str(error):
                        faults.append(f"templates/{name}:{line}: no address {parts[0]}")
    fail_with(faults, "Templates name what does not exist.")


def test_every_template_is_used():
    """What no code and no template names is left over."""
    code = "\n".join(
        path.read_text(encoding="utf-8")
        for folder in ("articles", "newsroom")
        for path in (ROOT / folder).rglob("*.py")
    )
    texts = code + "\n".join(bare(name) for name in NAMES)
    faults = [name for name in NAMES if f'"{name}"' not in texts and not FOUND_BY_OTHERS.match(name)]
    fail_with(faults, "Templates that nobody uses.")


def test_the_grammar_of_templates():
    """``extends`` first, one sorted ``load``, ``endblock`` with the name of its block, at most 120 lines."""
    faults = []
    for name in NAMES:
        text, tags = bare(name), tokens(name)
        if text.count("\n") > MAX_LINES:
            faults.append(f"templates/{name}:{MAX_LINES}: {text.count(chr(10))} lines, cap {MAX_LINES}")
        if any(tag == "extends" for _line, tag, _parts in tags) and not text.lstrip().startswith(
            "{% extends "
        ):
            faults.append(f"templates/{name}:1: extends does not stand first")
        open_blocks = []
        for line, tag, parts in tags:
            if tag == "load" and "from" not in parts and parts != sorted(parts):
                faults.append(f"templates/{name}:{line}: load is not sorted: {' '.join(parts)}")
            if tag == "block":
                open_blocks.append(parts[0])
            if tag == "endblock" and parts != [open_blocks.pop()]:
                faults.append(f"templates/{name}:{line}: endblock without its name")
    fail_with(faults, "Not as templates are written here.")


def is_partial(name: str) -> bool:
    """Tell whether a template is a part of others: its name begins with «_», or its folder is one of parts."""
    path = Path(name)
    return path.name.startswith("_") or path.parent.name in {"partials", "blocks"}


def test_partials_say_what_they_need():
    """They open with a comment that names their variables; only ``load`` may stand before it."""
    opening = re.compile(r"(?:\{% load [^%]*%\}\s*)?\{# Variables: ")
    faults = [
        f"templates/{name}:1: no «{{# Variables: … #}}»"
        for name in NAMES
        if is_partial(name) and name not in WITHOUT_VARIABLES and not opening.match(source(name))
    ]
    fail_with(faults, "Partials without their variables.")


def test_nothing_is_written_into_the_page_that_the_policy_forbids():
    """No inline style, no inline script, no handlers: the Content-Security-Policy would stop them."""
    faults = []
    for name in NAMES:
        text = bare(name)
        faults += places(name, r"<style\b", text)
        faults += places(name, r"<script\b(?![^>]*\b(?:src=|type=\"application/(?:ld\+)?json\"))", text)
        for tag in TAG.finditer(text):
            inside = IN_BRACES.sub("", tag[0])
            found = re.search(r"[\s\"'](style|on[a-z]+)\s*=|javascript:", inside)
            if found:
                line = text.count("\n", 0, tag.start()) + 1
                faults.append(f"templates/{name}:{line}: {found[0].strip()} in {tag[0][:60]}")
    fail_with(faults, "Styles and scripts have files of their own.")


def test_no_page_asks_another_host():
    """No address of another host stands in a template, but for the names of vocabularies."""
    faults = []
    for name in NAMES:
        for place in places(name, r"(?:https?:)?//[\w.-]+\.\w+[^\s\"'<]*", bare(name)):
            address = place.partition(": ")[2]
            if not address.startswith(VOCABULARIES):
                faults.append(place)
    fail_with(faults, "Templates name other hosts.")


def test_markup_is_escaped():
    """Neither ``|safe`` nor ``autoescape off``: what is safe says so where it is made."""
    faults = []
    for name in NAMES:
        if name not in SAFE:
            pattern = r"\|\s*(?:safe|safeseq)\b|\{%\s*autoescape\s+off|\{%\s*filter\s+safe"
            faults += places(name, pattern, bare(name))
    fail_with(faults, "Text that is not escaped.")


def test_words_are_translated():
    """No Korean stands in a template: it comes from the catalogue or from the paper's settings."""
    faults = [place for name in NAMES for place in places(name, r"[가-힣]+", bare(name))]
    fail_with(faults, "Korean words in templates.")


def test_what_can_be_left_unsaid_is_left_to_css():
    """No leftovers of old HTML, which the checker refuses."""
    pattern = r"<(?:center|font|b|i|u|big|strike|marquee)\b|\b(?:bgcolor|cellpadding|align|valign|border)="
    faults = [place for name in NAMES for place in places(name, pattern, bare(name))]
    fail_with(faults, "Old HTML in templates.")
