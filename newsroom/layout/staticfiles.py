"""Static files as readers load them: hashed, compressed, and one stylesheet instead of one for each component.

Sources stay one file per component and are tied together with ``@import``. A browser would fetch them
one round trip after another; ``collectstatic`` therefore writes their text in the place of the import.
"""

import posixpath
import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.core.files.base import ContentFile
from whitenoise.storage import CompressedManifestStaticFilesStorage

# What may stand in front of an import (CSS Cascade 5, section 2): comments, @charset and @layer statements.
BEFORE = re.compile(r"(?:\s+|/\*.*?\*/|@charset\s+[^;]*;|@layer\s+[^;{}]*;)+", re.DOTALL | re.IGNORECASE)
IMPORT = re.compile(
    r"""@import\s+(?:url\(\s*)?(?P<quote>["']?)(?P<url>[^"')\s;]+)(?P=quote)\s*\)?\s*"""
    r"""(?P<layer>layer\([^)]*\)|layer\b)?\s*(?P<supports>supports\([^;]*?\))?\s*(?P<media>[^;]*);""",
    re.IGNORECASE,
)
ADDRESS = re.compile(r"""url\(\s*(?P<quote>["']?)(?P<url>[^"')]+)(?P=quote)\s*\)""", re.IGNORECASE)
CHARSET = re.compile(r"@charset\s+[^;]*;\s*", re.IGNORECASE)


class BundleError(ValueError):
    """A stylesheet imports itself, or one that is not there."""


@dataclass(frozen=True)
class Written:
    """Stands for the storage of one source file, with other content."""

    content: str

    def open(self, path: str) -> ContentFile:
        """Return the content as a file."""
        return ContentFile(self.content.encode(), path)


class BundledStorage(CompressedManifestStaticFilesStorage):
    """WhiteNoise's storage, with the imports of stylesheets written in."""

    def post_process(self, paths: dict, dry_run: bool = False, **options):
        """Bundle the stylesheets that import others, then hash and compress; raise BundleError for a broken import."""
        bundled = (
            {}
            if dry_run
            else {name: found for name in paths if (found := self.bundle(name, paths)) is not None}
        )
        yield from super().post_process(
            paths | {name: (Written(content), paths[name][1]) for name, content in bundled.items()},
            dry_run=dry_run,
            **options,
        )

    def bundle(self, name: str, paths: dict) -> str | None:
        """Return the stylesheet ``name`` with its imports written in, None for a file that has none."""
        if not name.endswith(".css"):
            return None
        content = source_text(name, paths)
        return inline(name, paths) if first_import(content, 0) else None


def source_text(name: str, paths: dict) -> str:
    """Return the text of the source file ``name``."""
    storage, path = paths[name]
    with storage.open(path) as file:
        return file.read().decode("utf-8")


def first_import(content: str, position: int) -> re.Match | None:
    """Return the import that stands at ``position``, behind what may stand before it; None where the rules begin."""
    before = BEFORE.match(content, position)
    found = IMPORT.match(content, before.end() if before else position)
    return found if found and not is_foreign(found["url"]) else None


def is_foreign(address: str) -> bool:
    """Tell whether an address leads out of the static files: another host, or the root of this one."""
    parts = urlsplit(address)
    return bool(parts.scheme or parts.netloc) or address.startswith(("/", "#"))


def inline(name: str, paths: dict, above: tuple[str, ...] = ()) -> str:
    """Return the text of stylesheet ``name`` with every import replaced by what it imports."""
    if name in above:
        raise BundleError(f"The stylesheet {name} imports itself by way of {' → '.join([*above[1:], name])}.")
    if name not in paths:
        raise BundleError(f"The stylesheet {above[-1]} imports {name}, which does not exist.")
    content = source_text(name, paths)
    if above:
        content = CHARSET.sub("", content)
    written, position = [], 0
    while found := first_import(content, position):
        other = posixpath.normpath(posixpath.join(posixpath.dirname(name), found["url"]))
        text = moved(inline(other, paths, (*above, name)), other, name)
        written += [content[position : found.start()], wrapped(text, found)]
        position = found.end()
    return "".join([*written, content[position:]])


def moved(text: str, start: str, end: str) -> str:
    """Return the text of ``start`` with its relative addresses as they read from ``end``."""

    def rewrite(found: re.Match) -> str:
        address = found["url"]
        if is_foreign(address):
            return found[0]
        target = posixpath.join(posixpath.dirname(start), address)
        relative = posixpath.relpath(target, posixpath.dirname(end) or ".")
        return f"url({found['quote']}{relative}{found['quote']})"

    return ADDRESS.sub(rewrite, text)


def wrapped(text: str, found: re.Match) -> str:
    """Return the imported text inside the layer, condition and medium that its import names."""
    layer, supports, media = found["layer"], found["supports"], found["media"].strip()
    text = text.strip() + "\n"
    if layer:
        text = f"@layer {layer[len('layer') :].strip('()')} {{\n{text}}}\n"
    if supports:
        text = f"@supports {supports[len('supports') :]} {{\n{text}}}\n"
    if media:
        text = f"@media {media} {{\n{text}}}\n"
    return text
