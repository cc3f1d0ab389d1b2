"""Static files as collectstatic leaves them: one stylesheet, hashed, compressed."""

import json
from pathlib import Path

import pytest
from django.contrib.staticfiles.storage import StaticFilesStorage
from django.core.management import call_command

from newsroom.layout.staticfiles import BundledStorage, BundleError

SHEETS = {
    "css/paper.css": (
        '@charset "utf-8";\n/* A comment; it stays. */\n@layer base, parts;\n'
        '@import url("tokens.css");\n@import "parts/card.css" layer(parts);\n@import url(parts/print.css) print;\n'
        '@import "parts/grid.css" supports(display: grid) (width > 30em);\nbody { color: red }\n'
    ),
    "css/tokens.css": '@charset "utf-8";\n:root { --a: "가" }\n',
    "css/parts/card.css": '@import "deep.css";\n.card { background: url("../../img/a.svg") }\n',
    "css/parts/deep.css": ".deep { background: url(../../img/a.svg), url(data:image/png;base64,AA==) }\n",
    "css/parts/print.css": ".print {}\n",
    "css/parts/grid.css": ".grid {}\n",
    "img/a.svg": "<svg xmlns='http://www.w3.org/2000/svg'/>",
}


def collect(tmp_path: Path, files: dict[str, str]) -> tuple[Path, dict[str, str]]:
    """Write the source files, process them, and return the target folder and the names it gave them."""
    source, target = tmp_path / "source", tmp_path / "target"
    for name, text in files.items():
        for folder in (source, target):
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(text)
    storage = BundledStorage(location=target, base_url="/static/")
    finder = StaticFilesStorage(location=source, base_url="/static/")
    for _name, _hashed, processed in storage.post_process({name: (finder, name) for name in files}):
        if isinstance(processed, Exception):
            raise processed
    return target, json.loads((target / "staticfiles.json").read_text())["paths"]


def test_imports_are_written_into_one_file(tmp_path):
    """Every import is replaced by its file, in order, inside its layer, medium and condition; once and deep."""
    target, names = collect(tmp_path, SHEETS)
    text = (target / names["css/paper.css"]).read_text()
    assert "@import" not in text
    assert "/* A comment; it stays. */" in text
    assert text.count("@charset") == 1
    order = [
        ":root",
        "@layer parts {",
        ".deep",
        ".card",
        "@media print {",
        ".print",
        "@media (width > 30em) {",
    ]
    positions = [text.index(part) for part in [*order, "@supports (display: grid) {", ".grid", "body {"]]
    assert positions == sorted(positions)
    assert '--a: "가"' in text


def test_addresses_lead_where_they_led(tmp_path):
    """Pictures named in a component are found from the stylesheet they end up in, under their hashed names."""
    target, names = collect(tmp_path, SHEETS)
    text = (target / names["css/paper.css"]).read_text()
    picture = Path(names["img/a.svg"]).name
    assert text.count(f"../img/{picture}") == 2
    assert "../../img" not in text
    assert "url(data:image/png;base64,AA==)" in text


def test_a_changed_component_changes_the_name(tmp_path):
    """The hash covers what was written in, so no reader keeps an old component."""
    _target, before = collect(tmp_path / "a", SHEETS)
    _target, after = collect(tmp_path / "b", SHEETS | {"css/parts/deep.css": ".deep { color: blue }\n"})
    assert before["css/paper.css"] != after["css/paper.css"]
    assert before["css/tokens.css"] == after["css/tokens.css"]


def test_sources_are_left_alone(tmp_path):
    """A second run begins from the sources again."""
    collect(tmp_path, SHEETS)
    assert (tmp_path / "source" / "css" / "paper.css").read_text() == SHEETS["css/paper.css"]


def test_foreign_imports_stay(tmp_path):
    """An import of another host stays where it is: it is not ours to copy."""
    target, names = collect(tmp_path, {"a.css": '@import url("https://other.example/x.css");\nb {}\n'})
    assert "https://other.example/x.css" in (target / names["a.css"]).read_text()


@pytest.mark.parametrize(
    ("files", "words"),
    [
        ({"a.css": '@import "b.css";'}, "a.css imports b.css, which does not exist"),
        ({"a.css": '@import "b.css";', "b.css": '@import "a.css";'}, "imports itself"),
    ],
)
def test_broken_imports_stop_the_collection(tmp_path, files, words):
    """A missing file and a circle are named."""
    with pytest.raises(BundleError, match=words):
        collect(tmp_path, files)


def test_collectstatic_of_the_paper(tmp_path, settings):
    """The real files collect without a fault into one stylesheet with compressed forms beside it."""
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "newsroom.layout.staticfiles.BundledStorage"}
    }
    call_command("collectstatic", verbosity=0, interactive=False)
    names = json.loads((tmp_path / "staticfiles.json").read_text())["paths"]
    sheet = tmp_path / names["css/paper.css"]
    assert "@import" not in sheet.read_text()
    assert sheet.with_name(f"{sheet.name}.br").stat().st_size < 12 * 1024
    assert sheet.with_name(f"{sheet.name}.gz").exists()
