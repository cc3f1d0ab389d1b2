"""Every word of the desk and of readers' pages is there in Korean and in English.

English is written in the code. Korean stands in ``locale/ko``; nothing may be missing, doubtful or out of step.
"""

import ast
import gettext
import re
import shutil
import subprocess
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "locale" / "ko" / "LC_MESSAGES"
DOMAINS = sorted(path.stem for path in FOLDER.glob("*.po"))

# Functions that mark a text, with the places of context, singular and plural among their arguments.
MARKS: dict[str, tuple[int | None, int, int | None]] = {
    "gettext": (None, 0, None), "gettext_lazy": (None, 0, None), "gettext_noop": (None, 0, None),
    "ngettext": (None, 0, 1), "ngettext_lazy": (None, 0, 1),
    "pgettext": (0, 1, None), "pgettext_lazy": (0, 1, None),
    "npgettext": (0, 1, 2), "npgettext_lazy": (0, 1, 2),
}  # fmt: skip
PLACEHOLDER = re.compile(r"%\(\w+\)[#0 +-]*\d*(?:\.\d+)?[a-zA-Z]|%[a-zA-Z%]|\{\w*\}")
LITERAL = r"""u?("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')"""
IN_TEMPLATE = re.compile(
    rf"\b(?P<name>n?p?gettext|_)\(\s*(?P<first>{LITERAL})(?:\s*,\s*(?P<second>{LITERAL}))?(?:\s*,\s*(?P<third>{LITERAL}))?"
)
IN_SCRIPT = re.compile(rf"\b(?P<name>n?p?gettext)\(\s*(?P<first>{LITERAL})(?:\s*,\s*(?P<second>{LITERAL}))?")
Key = tuple[str, str]  # context («» for none) and English text


@dataclass
class Entry:
    """One text of a catalogue."""

    line: int
    context: str = ""
    text: str = ""
    plural: str = ""
    korean: tuple[str, ...] = ()
    flags: frozenset = frozenset()
    is_old: bool = False

    @property
    def key(self) -> Key:
        return self.context, self.text


def unquoted(line: str) -> str:
    return ast.literal_eval(line[line.index('"') :])


def read_entries(path: Path) -> list[Entry]:
    """Return the entries of a catalogue, the head left out (the format: GNU gettext manual, «PO Files»)."""
    entries: list[Entry] = []
    for number, block in numbered_blocks(path.read_text(encoding="utf-8")):
        words: dict[str, str] = {}
        flags: set[str] = set()
        current = ""
        old = False
        for line in block:
            if line.startswith("#,"):
                flags |= {flag.strip() for flag in line[2:].split(",")}
            old = old or line.startswith("#~")
            line = line.removeprefix("#~").strip()
            if line.startswith("#"):
                continue
            if found := re.match(r"(msgctxt|msgid_plural|msgid|msgstr(?:\[\d\])?)\s", line):
                current = found[1]
                words[current] = ""
            words[current] += unquoted(line)
        korean = tuple(value for name, value in sorted(words.items()) if name.startswith("msgstr"))
        entry = Entry(
            number, words.get("msgctxt", ""), words.get("msgid", ""), words.get("msgid_plural", ""), korean
        )
        entry.flags, entry.is_old = frozenset(flags), old
        if entry.text:
            entries.append(entry)
    return entries


def numbered_blocks(text: str) -> list[tuple[int, list[str]]]:
    """Return the blocks between blank lines, each with the number of its first line, those of comments left out."""
    blocks: list[tuple[int, list[str]]] = []
    fresh = True
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            fresh = True
        elif fresh:
            blocks.append((number, [line]))
            fresh = False
        else:
            blocks[-1][1].append(line)
    return [
        (number, block) for number, block in blocks if any(re.match(r"(#~ )?msgid", line) for line in block)
    ]


def constant(node: ast.AST | None) -> str | None:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def marked_in_python(path: Path) -> tuple[dict[Key, str], list[str]]:
    """Return the marked texts of a module with their places, and the calls whose text no program can find."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    names = {
        alias.asname or alias.name: alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation"
        for alias in node.names
        if alias.name in MARKS
    }
    found: dict[Key, str] = {}
    hidden: list[str] = []
    for node in ast.walk(tree):
        place = f"{path.relative_to(ROOT)}:{getattr(node, 'lineno', 0)}"
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in names:
            context_at, text_at, _plural_at = MARKS[names[node.func.id]]
            text = constant(node.args[text_at]) if len(node.args) > text_at else None
            context = "" if context_at is None else constant(node.args[context_at])
            if text is None or context is None:
                hidden.append(f"{place}: {ast.unparse(node)[:80]}")
            else:
                found[context, text] = place
        # Another name for a marking function: programs that collect texts do not follow it.
        elif isinstance(node, ast.Assign) and isinstance(node.value, ast.Name) and node.value.id in names:
            hidden.append(f"{place}: {ast.unparse(node)}")
    return found, hidden


def marked_in_text(source: str, path: Path, pattern: re.Pattern) -> dict[Key, str]:
    """Return the marked texts of a prepared template or of a script."""
    found: dict[Key, str] = {}
    for match in pattern.finditer(source):
        place = f"{path.relative_to(ROOT)}:{source.count(chr(10), 0, match.start()) + 1}"
        first = ast.literal_eval(match["first"])
        if "p" in match["name"].removeprefix("_"):
            found[first, ast.literal_eval(match["second"])] = place
        else:
            found["", first] = place
    return found


def python_files() -> list[Path]:
    found = [path for folder in ("articles", "newsroom") for path in sorted((ROOT / folder).rglob("*.py"))]
    return [path for path in found if "migrations" not in path.parts]


@cache
def marked() -> dict[Key, str]:
    """Return every marked text of code and templates with one place where it stands."""
    found: dict[Key, str] = {}
    for path in python_files():
        found |= marked_in_python(path)[0]
    for path in sorted((ROOT / "templates").rglob("*.*")):
        found |= marked_in_text(templatize(path.read_text(encoding="utf-8")), path, IN_TEMPLATE)
    return found


@cache
def marked_in_scripts() -> dict[Key, str]:
    found: dict[Key, str] = {}
    for path in sorted((ROOT / "static").rglob("*.js")):
        found |= marked_in_text(path.read_text(encoding="utf-8"), path, IN_SCRIPT)
    return found


def entries(domain: str = "django") -> list[Entry]:
    return read_entries(FOLDER / f"{domain}.po")


def fail_with(faults: list[str], rule: str) -> None:
    if faults:
        pytest.fail(f"{len(faults)} × {rule}\n" + "\n".join(faults), pytrace=False)


def place_of(entry: Entry, domain: str) -> str:
    return f"locale/ko/LC_MESSAGES/{domain}.po:{entry.line}: {entry.text[:70]!r}"


def test_every_text_can_be_found():
    """Texts are literals in a call of a marking function under a name that programs know."""
    fail_with(
        [fault for path in python_files() for fault in marked_in_python(path)[1]],
        "texts that makemessages misses",
    )


@pytest.mark.parametrize(("domain", "collect"), [("django", marked), ("djangojs", marked_in_scripts)])
def test_every_text_is_translated(domain, collect):
    """What stands in code, templates and scripts stands in the catalogue, too."""
    texts = collect()
    known = {entry.key for entry in entries(domain) if not entry.is_old} if domain in DOMAINS else set()
    fail_with(
        [f"{place}: {key[1]!r}" for key, place in texts.items() if key not in known], "not in the catalogue"
    )


@pytest.mark.parametrize("domain", DOMAINS)
def test_nothing_is_empty_or_doubtful(domain):
    """No entry without its Korean, and none that a program guessed (fuzzy)."""
    faults = [
        place_of(entry, domain)
        for entry in entries(domain)
        if not entry.is_old and ("fuzzy" in entry.flags or not entry.korean or not all(entry.korean))
    ]
    fail_with(faults, "empty or fuzzy")


def test_nothing_is_left_over():
    """A text that left the code leaves the catalogue, too."""
    texts = marked()
    faults = [place_of(entry, "django") for entry in entries() if entry.is_old or entry.key not in texts]
    fail_with(faults, "in no code and no template any more")


@pytest.mark.parametrize("domain", DOMAINS)
def test_placeholders_are_the_same(domain):
    """What is filled in in English is filled in in Korean: a lost name is an error page, or a hole."""
    faults = []
    for entry in entries(domain):
        wanted = sorted(PLACEHOLDER.findall(entry.plural or entry.text))
        faults += [
            place_of(entry, domain)
            for korean in entry.korean
            if sorted(PLACEHOLDER.findall(korean)) != wanted
        ]
    fail_with(faults, "other placeholders in Korean")


@pytest.mark.parametrize("domain", DOMAINS)
def test_line_ends_are_the_same(domain):
    """A text that begins or ends with a line break or space does so in Korean."""
    edge = re.compile(r"\A\s*|\s*\Z")
    faults = [
        place_of(entry, domain)
        for entry in entries(domain)
        for korean in entry.korean
        if edge.findall(korean)[:1] != edge.findall(entry.text)[:1]
        or korean[-1:].isspace() != entry.text[-1:].isspace()
    ]
    fail_with(faults, "other white space at the edge")


@pytest.mark.parametrize("domain", DOMAINS)
def test_each_text_stands_once(domain):
    """Two entries of one text would hide one another."""
    seen: set[Key] = set()
    faults = []
    for entry in entries(domain):
        faults += [place_of(entry, domain)] if entry.key in seen else []
        seen.add(entry.key)
    fail_with(faults, "twice in the catalogue")


@pytest.mark.parametrize("domain", DOMAINS)
def test_what_is_loaded_is_what_is_written(domain):
    """The compiled catalogue holds exactly the entries of the written one."""
    with (FOLDER / f"{domain}.mo").open("rb") as file:
        compiled = dict(gettext.GNUTranslations(file)._catalog)
    compiled.pop("", None)
    expected = {}
    for entry in entries(domain):
        key = f"{entry.context}\x04{entry.text}" if entry.context else entry.text
        if entry.is_old or "fuzzy" in entry.flags or not all(entry.korean):
            continue
        if entry.plural:
            expected |= {(key, number): korean for number, korean in enumerate(entry.korean)}
        else:
            expected[key] = entry.korean[0]
    differing = sorted(str(key) for key in compiled.keys() ^ expected.keys())
    differing += sorted(
        str(key) for key in compiled.keys() & expected.keys() if compiled[key] != expected[key]
    )
    fail_with(differing, f"differ between {domain}.po and {domain}.mo: run manage.py compilemessages")


@pytest.mark.skipif(not shutil.which("msgfmt"), reason="msgfmt is not installed")
@pytest.mark.parametrize("domain", DOMAINS)
def test_the_catalogue_is_well_formed(domain, tmp_path):
    """GNU gettext's own checker accepts it, formats and head included, and compiles it to what is loaded."""
    target = tmp_path / f"{domain}.mo"
    command = ["msgfmt", "--check", "-o", str(target), str(FOLDER / f"{domain}.po")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    with target.open("rb") as fresh, (FOLDER / f"{domain}.mo").open("rb") as loaded:
        assert gettext.GNUTranslations(fresh)._catalog == gettext.GNUTranslations(loaded)._catalog


def test_english_is_complete_by_itself():
    """Every text has English words; Korean stands in it only as an example of what Korean papers write."""
    texts = marked() | marked_in_scripts()
    faults = [
        f"{place}: {key[1]!r}"
        for key, place in texts.items()
        if re.search("[가-힣]", key[1]) and not re.search("[a-zA-Z]{3}", key[1])
    ]
    fail_with(faults, "Korean where English belongs")


def test_korean_is_korean():
    """An entry that was copied and not translated shows: its Korean has no Hangul though its English has words."""
    same = {"Feed (RSS)"}  # Korean papers write the letters
    faults = [
        place_of(entry, "django")
        for entry in entries()
        for korean in entry.korean
        if re.search("[a-z]{3}", PLACEHOLDER.sub("", entry.text))
        and not re.search("[가-힣]", korean)
        and entry.text not in same
    ]
    fail_with(faults, "not translated")
