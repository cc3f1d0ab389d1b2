"""The photographs of the demonstration newspaper, painted by code.

PICTURES names every picture with its alternative text, draw() paints one and
portrait() paints a reporter. The same key always gives the same picture.
"""

from __future__ import annotations

from PIL import Image

from . import scenes_farm, scenes_indoor, scenes_river
from .canvas import Canvas
from .register import SCENES

PICTURES = {}

def draw(key: str, width: int = 1600) -> Image.Image:
    scene, ratio = SCENES[key]
    return scene(Canvas(key, width, ratio))
