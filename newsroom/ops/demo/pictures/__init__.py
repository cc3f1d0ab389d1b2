"""The photographs of the demonstration newspaper, painted by code.

PICTURES names every picture with its alternative text, draw() paints one and
portrait() paints a reporter. The same key always gives the same picture.
"""

from __future__ import annotations

from PIL import Image

from . import (
    scenes_farm,
    scenes_halls,
    scenes_indoor,
    scenes_public,
    scenes_river,
    scenes_town,
    scenes_winter,
)
from .canvas import Canvas
from .portraits import FACES, paint
from .register import SCENES
from .texts import PICTURES

__all__ = ["PICTURES", "REPORTERS", "UnknownPictureError", "draw", "portrait"]

REPORTERS: tuple[str, ...] = tuple(FACES)
SCENE_MODULES = (scenes_farm, scenes_halls, scenes_indoor, scenes_public, scenes_river, scenes_town,
                 scenes_winter)


class UnknownPictureError(KeyError):
    """There is no picture or portrait of that name."""


def draw(key: str, width: int = 1600) -> Image.Image:
    """Paint the picture of a key at the given width in pixels."""
    if key not in SCENES:
        raise UnknownPictureError(key)
    scene, ratio = SCENES[key]
    return scene(Canvas(key, width, ratio))


def portrait(slug: str, size: int = 480) -> Image.Image:
    """Paint the square portrait of a reporter."""
    if slug not in FACES:
        raise UnknownPictureError(slug)
    return paint(slug, size)
