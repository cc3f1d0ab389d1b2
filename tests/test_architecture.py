"""The house rules that a machine can hold: who may import whom, how large things grow, what nobody writes.

Every failure names the file and the line. An exception is a row of an ``ALLOWED`` table with its reason.
"""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
CODE = ("articles", "newsroom")
PROGRAMS = ("bench", "deploy")

# Modules of ``articles`` by floor: each imports from floors below it only; those of one floor may
# import one another where no circle comes of it.
FLOORS = [
    {"text", "keyset", "states", "errors", "signals", "statistics", "embeds", "storages", "s3"},
    {"pictures", "clips"},
    {"markup", "html", "tagging"},
    {"composing", "editor", "aligning", "spans", "comparing", "merging"},
    {"querysets"},
    {"models"},
    {"images", "access", "placing", "copies", "intake", "videos"},
    {"snapshots", "tasks"},
    {"inventory"},
    {"typed", "prechecks", "previewing"},
    {"actions"},
    {"picking"},
    {"blocks"},
    {"checks", "lists", "forms"},
    {"admin"},
    {"templatetags", "views", "preview_views", "apps", "management"},
    {"urls"},
]
# What ``newsroom`` may use of ``articles``: never its views, forms, admin, addresses or commands.
OPEN_TO_NEWSROOM = {
    "models", "querysets", "access", "actions", "signals", "text", "html", "blocks", "picking", "keyset", "lists",
    "states", "errors", "images", "tagging", "composing", "editor", "snapshots", "copies", "prechecks", "pictures",
    "storages",
}  # fmt: skip
ROOF = {"newsroom.urls", "newsroom.wsgi"}
# The only modules that look at the environment, with the reason.
READS_ENVIRONMENT = {
    "newsroom/settings/env.py": "the one place for settings",
    "newsroom/wsgi.py": "names the settings module before there are settings",
    "manage.py": "names the settings module before there are settings",
}
# Names of other apps in strings, with the reason.
NAMES_OTHER_APPS = {
    "newsroom/accounts/roles.py": "the rights of a role are the names of permissions of every app",
    "newsroom/desk/site.py": "the order of the apps on the desk's first page",
    "newsroom/ops/demo/rows.py": "the demonstration makes rows of every app, through the registry of models",
}
SAFE_IN_PYTHON = {
    "articles/composing.py": "text that articles.html cleaned when it was stored",
    "articles/templatetags/articles.py": "fixed attributes of an img",
    "newsroom/layout/templatetags/layout.py": "JSON whose angle brackets are escaped",
}
SIZES = {"python": 400, "function": 45, "view": 25, "methods of a model": 12, "test": 600}
STATIC_SIZES = {".css": 200, ".js": 120}


def relative(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def files(*folders: str, kind: str = "*.py") -> list[Path]:
    return sorted(path for folder in folders for path in (ROOT / folder).rglob(kind))


def written(*folders: str) -> list[Path]:
    """Return the Python files that people write: all but migrations."""
    return [path for path in files(*folders) if "migrations" not in path.parts]


@cache
def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def nodes(path: Path, *kinds: type) -> Iterator[ast.AST]:
    return (node for node in ast.walk(parsed(path)) if isinstance(node, kinds))


def module_of(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def is_module(name: str) -> bool:
    path = ROOT / Path(*name.split("."))
    return path.with_suffix(".py").exists() or (path / "__init__.py").exists()


def imports(path: Path) -> Iterator[tuple[int, str]]:
    """Return the line and the full name of every module that a file imports, relative ones resolved."""
    package = list(path.relative_to(ROOT).parts[:-1])
    for node in nodes(path, ast.Import, ast.ImportFrom):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
            continue
        base = package[: len(package) + 1 - node.level] if node.level else []
        name = ".".join([*base, *filter(None, [node.module])])
        for alias in node.names:
            full = f"{name}.{alias.name}"
            yield node.lineno, full if is_module(full) else name


def strings(path: Path) -> Iterator[tuple[int, str]]:
    """Return the line and value of every string that is not a docstring."""
    documents = {
        id(node.body[0].value)
        for node in nodes(path, ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
        if node.body and isinstance(node.body[0], ast.Expr) and isinstance(node.body[0].value, ast.Constant)
    }
    for node in nodes(path, ast.Constant):
        if isinstance(node.value, str) and id(node) not in documents:
            yield node.lineno, node.value


def fail_with(faults: list[str], rule: str) -> None:
    if faults:
        pytest.fail(f"{rule}\n" + "\n".join(sorted(faults)), pytrace=False)


def test_articles_knows_nothing_of_the_newsroom():
    """Neither an import nor a string of the ground floor names what stands on it."""
    faults = [
        f"{relative(path)}:{line}: {name}"
        for path in files("articles")
        for line, name in [*imports(path), *strings(path)]
        if re.search(r"\bnewsroom\b|\bnewsroom_", name) or re.match(r"tests\b", name)
    ]
    fail_with(faults, "articles/ may not name newsroom or tests.")


def floor_of(module: str) -> int:
    """Return the floor of a module of ``articles``; one that is on none fails the test."""
    part = module.split(".")[1] if "." in module else ""
    found = [number for number, floor in enumerate(FLOORS) if part in floor]
    assert found, f"{module} stands on no floor: add it to FLOORS"
    return found[0]


def test_articles_imports_downwards():
    """From leaf modules to querysets, models, verbs, blocks and pages, never back."""
    faults = []
    for path in written("articles"):
        module = module_of(path)
        for line, name in imports(path):
            inside = module.count(".") and name.startswith("articles.")
            if inside and floor_of(name) > floor_of(module):
                faults.append(f"{relative(path)}:{line}: {module} imports {name}, which stands above it")
    fail_with(faults, "articles/ imports downwards only.")


def test_no_import_goes_in_a_circle():
    """Modules of one floor, and of one sub-app, may use each other one way only."""
    graph = {
        module_of(path): {name for _line, name in imports(path) if name.split(".")[0] in CODE}
        - {module_of(path)}
        for path in written(*CODE)
    }
    # A package's own __init__ re-exports its modules; they import each other and not the package.
    settled: set[str] = set()

    def visit(module: str, way: list[str]) -> list[str]:
        if module in way:
            return [" → ".join([*way[way.index(module) :], module])]
        if module in settled or module not in graph:
            return []
        circles = [circle for name in sorted(graph[module]) for circle in visit(name, [*way, module])]
        settled.add(module)
        return circles

    fail_with([circle for module in sorted(graph) for circle in visit(module, [])], "Imports go in a circle.")


def sub_app(module: str) -> str:
    """Return the sub-app of a module of ``newsroom``, «» for the roof."""
    parts = module.split(".")
    return parts[1] if parts[0] == "newsroom" and len(parts) > 1 and module not in ROOF else ""


def test_sub_apps_do_not_know_each_other():
    """What one needs of another goes through signals, tags, addresses or context processors."""
    apps = {path.name for path in (ROOT / "newsroom").iterdir() if (path / "apps.py").exists()}
    faults = []
    for path in files("newsroom"):
        module = module_of(path)
        own = sub_app(module)
        if module in ROOF or own == "settings":
            continue
        for line, name in imports(path):
            other = sub_app(name)
            if name in ROOF or (other and other != own) or (name == "newsroom" and own):
                faults.append(f"{relative(path)}:{line}: imports {name}")
        for line, text in strings(path):
            others = set(re.findall(r"\bnewsroom[._](\w+?)(?=\b|_)", text)) & (apps - {own})
            if others and relative(path) not in NAMES_OTHER_APPS:
                faults.append(f"{relative(path)}:{line}: names {', '.join(sorted(others))} in {text!r}")
    fail_with(faults, "Sub-apps of newsroom may not import or name one another.")


def test_the_newsroom_uses_the_open_modules_of_articles():
    """Models, querysets, verbs, text and sidebars; not views, forms or admin."""
    faults = [
        f"{relative(path)}:{line}: imports {name}"
        for path in files("newsroom")
        if module_of(path) not in ROOF
        for line, name in imports(path)
        if name == "articles" or (name.startswith("articles.") and name.split(".")[1] not in OPEN_TO_NEWSROOM)
    ]
    fail_with(faults, f"newsroom may import of articles: {', '.join(sorted(OPEN_TO_NEWSROOM))}.")


def test_settings_come_from_django():
    """``django.conf.settings``: no module imports a settings module or asks for a setting that may be missing."""
    faults = []
    for path in written(*CODE):
        if "settings" in path.parts:
            continue
        faults += [
            f"{relative(path)}:{line}: imports {name}"
            for line, name in imports(path)
            if name.startswith("newsroom.settings")
        ]
        faults += [
            f"{relative(path)}:{node.lineno}: {node.func.id}(settings, …)"
            for node in nodes(path, ast.Call)
            if isinstance(node.func, ast.Name) and node.func.id in {"getattr", "hasattr"}
            and node.args and isinstance(node.args[0], ast.Name) and node.args[0].id == "settings"
        ]  # fmt: skip
    fail_with(faults, "Every setting stands in newsroom/settings and is read through django.conf.")


def test_the_environment_is_read_in_one_place():
    """Nothing else looks at ``os.environ``."""
    faults = []
    for path in [*written(*CODE), ROOT / "manage.py"]:
        if relative(path) in READS_ENVIRONMENT:
            continue
        for node in nodes(path, ast.Attribute):
            if node.attr in {"environ", "getenv", "environb", "putenv"}:
                faults.append(f"{relative(path)}:{node.lineno}: {ast.unparse(node)}")
        faults += [
            f"{relative(path)}:{line}: imports {name}" for line, name in imports(path) if name == "environ"
        ]
    fail_with(faults, "Only these may read the environment: " + ", ".join(READS_ENVIRONMENT))


def test_imports_stand_at_the_top():
    """An import inside a function hides a circle."""
    faults = [
        f"{relative(path)}:{inner.lineno}: in {function.name}()"
        for path in files(*CODE, *PROGRAMS, "tests")
        for function in nodes(path, ast.FunctionDef, ast.AsyncFunctionDef)
        for inner in ast.walk(function)
        if isinstance(inner, ast.Import | ast.ImportFrom)
    ]
    fail_with(faults, "Imports belong at the top of a file.")


def test_exceptions_are_caught_by_name():
    """Neither everything nor ``Exception``: an error that nobody expected is to be seen."""
    broad = {"Exception", "BaseException"}
    faults = []
    for path in files(*CODE, *PROGRAMS):
        for node in nodes(path, ast.ExceptHandler):
            caught = (
                {name.id for name in ast.walk(node.type) if isinstance(name, ast.Name)}
                if node.type
                else broad
            )
            silent = all(isinstance(step, ast.Pass) for step in node.body)
            if caught & broad or silent:
                faults.append(
                    f"{relative(path)}:{node.lineno}: " + ("says nothing" if silent else "catches everything")
                )
    fail_with(faults, "Catch the errors that are meant, and do something about them.")


def test_models_send_no_signals_of_their_own():
    """Verbs send ours; ``post_save`` of our models would hide what a save does."""
    hidden = {"pre_save", "post_save", "pre_delete", "post_delete", "m2m_changed", "pre_init", "post_init"}
    faults = [
        f"{relative(path)}:{node.lineno}: {node.id if isinstance(node, ast.Name) else node.attr}"
        for path in written(*CODE)
        for node in nodes(path, ast.Name, ast.Attribute)
        if (node.id if isinstance(node, ast.Name) else node.attr) in hidden
    ]
    fail_with(faults, "Use the signals of articles.signals.")


def test_only_programs_print():
    """Commands write to ``self.stdout``; everything else logs."""
    faults = [
        f"{relative(path)}:{node.lineno}"
        for path in written(*CODE)
        for node in nodes(path, ast.Call)
        if isinstance(node.func, ast.Name) and node.func.id == "print"
    ]
    fail_with(faults, "print() belongs into bench/ and deploy/ only.")


def test_what_is_called_safe_is_safe():
    """Markup in Python is built with ``format_html``; every other place has its reason in the table."""
    names = {"mark_safe", "SafeString", "SafeText"}
    faults = []
    for path in written(*CODE):
        if relative(path) in SAFE_IN_PYTHON:
            continue
        for node in nodes(path, ast.Call):
            if isinstance(node.func, ast.Name) and node.func.id in names:
                faults.append(f"{relative(path)}:{node.lineno}: {ast.unparse(node)[:60]}")
    fail_with(faults, "Use format_html, or add the file to SAFE_IN_PYTHON with the reason.")


@pytest.mark.parametrize("table", ["READS_ENVIRONMENT", "NAMES_OTHER_APPS", "SAFE_IN_PYTHON"])
def test_exceptions_are_still_needed(table):
    """A file that is gone leaves the table, too."""
    gone = [name for name in globals()[table] if not (ROOT / name).exists()]
    fail_with(gone, f"{table} names files that do not exist.")


def lines_of(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def test_files_stay_small():
    """What does not fit on a few screens is two things."""
    faults = []
    for limit, paths in (
        (SIZES["python"], written(*CODE, *PROGRAMS)),
        (SIZES["test"], files("tests")),
        *((limit, files("static", kind=f"*{suffix}")) for suffix, limit in STATIC_SIZES.items()),
    ):
        faults += [
            f"{relative(path)}:{limit}: {lines_of(path)} lines, cap {limit}"
            for path in paths
            if lines_of(path) > limit
        ]
    fail_with(faults, "Files over their cap.")


def test_functions_stay_small():
    """45 lines, 25 for a view, its docstring included."""
    faults = []
    for path in written(*CODE, *PROGRAMS):
        limit = SIZES["view"] if path.stem == "views" or "views" in path.parts else SIZES["function"]
        for node in nodes(path, ast.FunctionDef, ast.AsyncFunctionDef):
            length = node.end_lineno - node.lineno + 1
            if length > limit:
                faults.append(
                    f"{relative(path)}:{node.lineno}: {node.name}() has {length} lines, cap {limit}"
                )
    fail_with(faults, "Functions over their cap.")


def test_models_stay_small():
    """At most twelve methods; verbs are in actions, filters in querysets."""
    faults = []
    for path in written(*CODE):
        if path.stem != "models" and path.parent.name != "models":
            continue
        for node in nodes(path, ast.ClassDef):
            count = sum(isinstance(step, ast.FunctionDef) for step in node.body)
            if count > SIZES["methods of a model"]:
                faults.append(f"{relative(path)}:{node.lineno}: {node.name} has {count} methods")
    fail_with(faults, "Models with too many methods.")


def test_there_is_as_much_test_as_code():
    """Lines of tests to lines of code, at least one to one; migrations and the drawings of the demonstration apart."""
    code = sum(lines_of(path) for path in written(*CODE) if "demo/pictures" not in relative(path))
    tests = sum(map(lines_of, files("tests")))
    assert tests >= code, f"{tests} lines of tests for {code} lines of code: {tests / code:.2f}"


def test_test_files_are_found():
    """A file of tests has the name by which pytest finds it, in a folder that is a package."""
    faults = [relative(path) for path in files("tests") if not (path.parent / "__init__.py").exists()]
    for path in files("tests"):
        holds_tests = any(node.name.startswith("test_") for node in nodes(path, ast.FunctionDef))
        if holds_tests and not path.name.startswith("test_"):
            faults.append(f"{relative(path)}: holds tests and is not called test_….py")
    fail_with(faults, "Tests that pytest does not find.")


def test_nothing_is_left_for_later():
    """What is unfinished is in an issue, not in a comment."""
    marks = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b")
    faults = [
        f"{relative(path)}:{number}: {line.strip()[:80]}"
        for path in [*files(*CODE, *PROGRAMS, "tests"), *files("templates", "static", kind="*.*")]
        if path != Path(__file__).resolve() and path.suffix in {".py", ".html", ".xml", ".txt", ".css", ".js"}
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if marks.search(line)
    ]
    fail_with(faults, "Finish it or write an issue.")
