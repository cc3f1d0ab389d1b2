"""The sizes that a photo is made in: whole at four widths, and cut around its focal point for lists.

A rendition is named by what it is made of: ``photos/ab/<digest>-800.avif`` is the whole picture, 800 pixels
wide, ``photos/ab/<digest>-16x9-50.40-800.avif`` is cut to 16:9 around the point 50 % from the left and 40 %
from the top. Another file or another point therefore has other addresses.
"""

from dataclasses import dataclass

# Widths in pixels of the whole picture; one that is narrower is not blown up.
WIDTHS = (400, 800, 1200, 1600)
JPEG, AVIF = "jpg", "avif"
FORMATS = (JPEG, AVIF)
# Where a picture of this many bytes more is none: the side of a JPEG has sixteen bits.
LONGEST = 65_500


@dataclass(frozen=True)
class Crop:
    """A shape that photos are cut to: the parts of its proportions, its widths in pixels, its formats."""

    across: int
    down: int
    widths: tuple[int, ...]
    formats: tuple[str, ...] = FORMATS

    def height(self, width: int) -> int:
        """Return the height in pixels that goes with ``width``."""
        return max(1, round(width * self.down / self.across))


# 2:1 at 800 × 400 is what Korean messengers show; they read no AVIF.
CROPS = {
    "16x9": Crop(16, 9, (400, 800, 1200)),
    "4x3": Crop(4, 3, (240, 400, 800)),
    "1x1": Crop(1, 1, (200, 400)),
    "2x1": Crop(2, 1, (800,), (JPEG,)),
}


@dataclass(frozen=True)
class Point:
    """The point of a picture that stays in sight, in percent from the left and from the top."""

    x: int = 50
    y: int = 40

    def __str__(self) -> str:
        return f"{self.x}.{self.y}"


def whole_widths(width: int) -> list[int]:
    """Return the widths of the whole picture, narrowest first; the widest is at most the picture's own."""
    return [*(step for step in WIDTHS if step < width), width][: len(WIDTHS)]


def crop_box(size: tuple[int, int], crop: Crop, point: Point) -> tuple[int, int, int, int]:
    """Return the largest box (left, top, right, bottom) of the crop's shape in a picture of ``size`` pixels.

    The focal point is as near to its middle as the edges allow.
    """
    width, height = size
    across = min(width, max(1, round(height * crop.across / crop.down)))
    down = min(height, max(1, round(width * crop.down / crop.across)))
    left = min(max(0, round(width * point.x / 100 - across / 2)), width - across)
    top = min(max(0, round(height * point.y / 100 - down / 2)), height - down)
    return left, top, left + across, top + down


def crop_widths(size: tuple[int, int], crop: Crop) -> list[int]:
    """Return the widths that the crop of a picture of ``size`` is made in, narrowest first; none is blown up."""
    left, _top, right, _bottom = crop_box(size, crop, Point())
    return [width for width in crop.widths if width <= right - left] or [right - left]


def rendition_name(
    digest: str, width: int, kind: str = JPEG, crop: str = "", point: Point | None = None
) -> str:
    """Return the name, in the public store, of a rendition of the picture ``digest``."""
    cut = f"-{crop}-{point or Point()}" if crop else ""
    return f"photos/{digest[:2]}/{digest}{cut}-{width}.{kind}"


def first_names(digest: str, size: tuple[int, int]) -> list[str]:
    """Return the names that are made while somebody waits for the upload: the whole picture as JPEG."""
    return [rendition_name(digest, width) for width in whole_widths(size[0])]


def further_names(digest: str, size: tuple[int, int], point: Point) -> list[str]:
    """Return the names that are made after the upload: the whole picture as AVIF, and the crops."""
    names = [rendition_name(digest, width, AVIF) for width in whole_widths(size[0])]
    for name, crop in CROPS.items():
        for width in crop_widths(size, crop):
            names += [rendition_name(digest, width, kind, name, point) for kind in crop.formats]
    return names
