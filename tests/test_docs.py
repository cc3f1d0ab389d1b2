"""Functions that others use say what they do."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
# Modules of the ground floor whose public functions need a docstring; elsewhere names may speak.
DOCUMENTED = (
    *(f"actions/{name}" for name in ("due", "readiness", "rows", "saving", "table", "verbs")),
    "snapshots",
    "copies",
    "merging",
    "comparing",
    "placing",
    "html",
    "access",
    "querysets",
    "blocks",
    "picking",
    "text",
    "html",
    "images",
    "lists",
    "keyset",
    "tagging",
)
# Decorators that make a function a tag or filter of templates.
MAKES_TAG = re.compile(r"register\.(simple_tag|inclusion_tag|simple_block_tag|tag|filter)\b")


def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def functions(path: Path) -> list[ast.FunctionDef]:
    """Return the public functions and methods of a module, in its classes, too."""
    tree = parsed(path)
    holders = [
        tree,
        *(node for node in tree.body if isinstance(node, ast.ClassDef) and not node.name.startswith("_")),
    ]
    return [
        node
        for holder in holders
        for node in holder.body
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")
    ]


def code() -> list[Path]:
    found = [path for folder in ("articles", "newsroom") for path in sorted((ROOT / folder).rglob("*.py"))]
    return [path for path in found if "migrations" not in path.parts]


def fail_with(faults: list[str], rule: str) -> None:
    if faults:
        pytest.fail(f"{rule}\n" + "\n".join(faults), pytrace=False)


def undocumented(path: Path, nodes: list) -> list[str]:
    return [
        f"{path.relative_to(ROOT)}:{node.lineno}: {node.name}"
        for node in nodes
        if not (ast.get_docstring(node) or "").strip()
    ]


def test_every_module_says_what_it_is_for():
    """One line at the top of each file that is not empty."""
    faults = [
        f"{path.relative_to(ROOT)}:1"
        for path in [*code(), *sorted((ROOT / "tests").rglob("*.py"))]
        if path.read_text(encoding="utf-8").strip() and not ast.get_docstring(parsed(path))
    ]
    fail_with(faults, "Modules without a docstring.")


@pytest.mark.parametrize("module", DOCUMENTED)
def test_functions_of_the_ground_floor_are_described(module):
    """What it takes and returns, in which units, what it raises."""
    path = ROOT / "articles" / f"{module}.py"
    fail_with(undocumented(path, functions(path)), "Public functions without a docstring.")


def test_tags_and_filters_are_described():
    """Whoever writes a template reads these."""
    faults = []
    for path in code():
        if "templatetags" in path.parts:
            tags = [
                node
                for node in functions(path)
                if any(MAKES_TAG.search(ast.unparse(d)) for d in node.decorator_list)
            ]
            faults += undocumented(path, tags)
    fail_with(faults, "Tags without a docstring.")


def test_commands_say_what_they_do():
    """``manage.py help`` shows it."""
    faults = [
        str(path.relative_to(ROOT))
        for path in code()
        if path.parent.name == "commands"
        and path.stem != "__init__"
        and not re.search(r"^    help = \S", path.read_text(), re.M)
    ]
    fail_with(faults, "Commands without help.")


def test_tests_say_what_they_hold():
    """The docstring of a test is the behaviour that it keeps."""
    faults = []
    for path in sorted((ROOT / "tests").rglob("test_*.py")):
        faults += undocumented(path, [node for node in functions(path) if node.name.startswith("test_")])
    fail_with(faults, "Tests without a docstring.")
