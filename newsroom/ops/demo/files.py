"""The words of the demonstration, read from the TOML files beside this module."""

import tomllib
from functools import cache
from pathlib import Path

HERE = Path(__file__).resolve().parent
STORIES = HERE / "stories"


@cache
def read(name: str) -> dict:
    """Return the content of the file ``name`` ("people.toml", "pages.toml", "paper.toml")."""
    return tomllib.loads((HERE / name).read_text("utf-8"))


@cache
def stories() -> dict[str, dict]:
    """Return all stories by the stems of their files, oldest first, so that newer ones have higher numbers."""
    found = {path.stem: tomllib.loads(path.read_text("utf-8")) for path in sorted(STORIES.glob("*.toml"))}
    return dict(sorted(found.items(), key=lambda pair: -pair[1]["hours_ago"]))
