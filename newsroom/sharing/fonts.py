"""The Korean fonts of this machine, and which characters they hold."""

import os
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import count, groupby
from zlib import crc32

from PIL import ImageFont

from articles.text import clean_line

FOLDERS = (
    "/usr/share/fonts", "/usr/local/share/fonts", "~/.local/share/fonts", "~/.fonts",
    "/System/Library/Fonts", "/Library/Fonts", "~/Library/Fonts", "C:/Windows/Fonts",
)  # fmt: skip
# Names of files, the best first. Where there is no serif the sans stands in for it, and the other way round.
FILES = {
    "serif": (
        "NotoSerifCJK-Bold.ttc", "NotoSerifCJKkr-Bold.otf", "NotoSerifKR-Bold.otf", "NotoSerifKR-Bold.ttf",
        "SourceHanSerif-Bold.ttc", "SourceHanSerifK-Bold.otf", "SourceHanSerifKR-Bold.otf",
        "NanumMyeongjoBold.ttf", "NanumMyeongjo.ttf", "AppleMyungjo.ttf", "batang.ttc", "UnBatangBold.ttf",
    ),
    "bold": (
        "NotoSansCJK-Bold.ttc", "NotoSansCJKkr-Bold.otf", "NotoSansKR-Bold.otf", "NotoSansKR-Bold.ttf",
        "SourceHanSans-Bold.ttc", "SourceHanSansK-Bold.otf", "SourceHanSansKR-Bold.otf",
        "NanumGothicBold.ttf", "AppleSDGothicNeo.ttc", "malgunbd.ttf", "UnDotumBold.ttf",
    ),
    "plain": (
        "NotoSansCJK-Regular.ttc", "NotoSansCJKkr-Regular.otf", "NotoSansKR-Regular.otf", "NotoSansKR-Regular.ttf",
        "SourceHanSans-Regular.ttc", "SourceHanSansK-Regular.otf", "SourceHanSansKR-Regular.otf",
        "NanumGothic.ttf", "AppleSDGothicNeo.ttc", "malgun.ttf", "UnDotum.ttf",
    ),
}  # fmt: skip
STANDS_IN = {"serif": ("bold", "plain"), "bold": ("plain", "serif"), "plain": ("bold", "serif")}
PROBE = "가"
# No font has a glyph for it: what is drawn is the box that stands for missing ones.
NO_CHARACTER = "\U0010ffff"
# The size in pixels at which letters are compared and measured: large, because some layout engines measure in
# whole pixels.
PROBE_SIZE = 100
# Control characters, and what joins emoji: without a font for those nothing is left to join.
INVISIBLE = {"Cc", "Cf"}


@dataclass(frozen=True)
class Face:
    """A typeface: a file, and its number in a file that holds several."""

    path: str
    index: int = 0

    def has(self, character: str) -> bool:
        """Tell whether the face has a glyph for ``character``."""
        return character.isspace() or shape(self, character) != shape(self, NO_CHARACTER)


# A face of a large font takes some 4 MB and less than a millisecond to open: no more than one picture needs.
@lru_cache(maxsize=8)
def sized(face: Face, size: int) -> ImageFont.FreeTypeFont:
    """Return ``face`` at ``size`` pixels; raise OSError for a file that is no font."""
    return ImageFont.FreeTypeFont(face.path, size, index=face.index)


@lru_cache(maxsize=4096)
def shape(face: Face, character: str) -> tuple:
    """Return what tells the look of ``character`` in ``face`` from that of others."""
    mask = sized(face, PROBE_SIZE).getmask(character)
    return mask.size, crc32(bytes(mask))


def installed() -> dict[str, str]:
    """Return the paths of all files in the folders of fonts by their names in small letters."""
    return {
        name.lower(): os.path.join(folder, name)
        for root in reversed(FOLDERS)
        for folder, _folders, names in os.walk(os.path.expanduser(root))
        for name in names
    }


def faces_in(path: str) -> Iterator[tuple[Face, str, str]]:
    """Return the faces in a file with their family and style; none for a file that cannot be read."""
    for index in count():
        try:
            family, style = ImageFont.FreeTypeFont(path, PROBE_SIZE, index=index).getname()
        except OSError:
            return
        yield Face(path, index), family or "", style or ""


def korean_face(path: str, kind: str) -> Face | None:
    """Return the face in the file that is cut for Korean and has the weight of ``kind``, None without Hangul."""
    style = "Regular" if kind == "plain" else "Bold"
    found = [
        ((family.endswith(" KR"), name == style), face)
        for face, family, name in faces_in(path)
        if face.has(PROBE)
    ]
    return max(found, key=lambda row: row[0])[1] if found else None


@cache
def faces() -> dict[str, Face]:
    """Return the best face of every kind («serif», «bold», «plain») that this machine has; looked for once."""
    files, found = installed(), {}
    for kind, names in FILES.items():
        paths = (files[name.lower()] for name in names if name.lower() in files)
        face = next(filter(None, (korean_face(path, kind) for path in paths)), None)
        if face:
            found[kind] = face
    return found


def can_draw() -> bool:
    """Tell whether there is a font to set Korean in."""
    return bool(faces())


@dataclass(frozen=True)
class Type:
    """Letters of one kind and size in pixels; what its face lacks comes from the faces that stand in."""

    kind: str
    size: int

    @property
    def row(self) -> list[Face]:
        """The faces to look in, the best first."""
        return [faces()[kind] for kind in (self.kind, *STANDS_IN[self.kind]) if kind in faces()]

    def drawable(self, text: str) -> str:
        """Return ``text`` without signs that no face has (emoji …); letters and numbers stay, as a box at worst."""
        return clean_line("".join(filter(self.keeps, text)))

    def keeps(self, character: str) -> bool:
        """Tell whether ``character`` is drawn."""
        category = unicodedata.category(character)
        if category in INVISIBLE:
            return False
        return category[0] in "LN" or any(face.has(character) for face in self.row)

    def runs(self, text: str) -> Iterator[tuple[Face, str]]:
        """Return ``text`` in stretches, each with the face that has its characters."""
        row = self.row

        def face_of(character: str) -> Face:
            return next((face for face in row if face.has(character)), row[0])

        for face, characters in groupby(text, key=face_of):
            yield face, "".join(characters)

    def width(self, text: str) -> float:
        """Return the width of ``text`` on one line, in pixels."""
        measured = sum(sized(face, PROBE_SIZE).getlength(part) for face, part in self.runs(text))
        return measured * self.size / PROBE_SIZE
