"""The list of scenes: every scene function enters itself here under its key."""

from __future__ import annotations

from collections.abc import Callable

from PIL import Image

from .canvas import Canvas

WIDE, PLAIN, OLD, TALL = 16 / 9, 3 / 2, 4 / 3, 3 / 4

Scene = Callable[[Canvas], Image.Image]
SCENES: dict[str, tuple[Scene, float]] = {}


def scene(key: str, ratio: float = PLAIN) -> Callable[[Scene], Scene]:
    """Enter the decorated function as the scene for a key."""
    def enter(draw: Scene) -> Scene:
        SCENES[key] = (draw, ratio)
        return draw
    return enter
