"""The canvas on which every demonstration picture is painted.

All lengths are design units: the picture is always 1600 units wide, whatever
its size in pixels. Shapes are drawn into small oversampled masks, so edges are
smooth, and are filled with flat colour, gradients and noise.
"""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Sequence
from functools import lru_cache

from PIL import Image, ImageChops, ImageColor, ImageDraw, ImageFilter

Point = tuple[float, float]
Colour = str | tuple[int, int, int]
Paint = Colour | list

WIDTH = 1600


@lru_cache(maxsize=4096)
def rgb(colour: Colour) -> tuple[int, int, int]:
    """Return a colour name or hexadecimal string as a tuple."""
    return ImageColor.getrgb(colour)[:3] if isinstance(colour, str) else colour


def mix(a: Colour, b: Colour, t: float) -> tuple[int, int, int]:
    """Return the colour a share t of the way from a to b."""
    return tuple(round(p + (q - p) * t) for p, q in zip(rgb(a), rgb(b), strict=True))


def shade(colour: Colour, factor: float) -> tuple[int, int, int]:
    """Darken (factor below 1) or lighten (above 1) a colour."""
    return mix(colour, "#000000", 1 - factor) if factor <= 1 else mix(colour, "#ffffff", factor - 1)


def gradient(colours: Sequence[Colour], size: tuple[int, int], across: bool = False) -> Image.Image:
    """Paint evenly spaced colour stops down (or across) a patch."""
    stops = [rgb(colour) for colour in colours]
    steps, row = 96, []
    for i in range(steps):
        at = i / (steps - 1) * (len(stops) - 1)
        n = min(int(at), len(stops) - 2)
        row.append(mix(stops[n], stops[n + 1], at - n))
    strip = Image.new("RGB", (steps, 1) if across else (1, steps))
    strip.putdata(row)
    return strip.resize(size, Image.Resampling.BILINEAR)


def oval(cx: float, cy: float, rx: float, ry: float, n: int = 44) -> list[Point]:
    """Return the corners of an ellipse."""
    turn = 2 * math.pi / n
    return [(cx + rx * math.cos(i * turn), cy + ry * math.sin(i * turn)) for i in range(n)]


def box(x0: float, y0: float, x1: float, y1: float) -> list[Point]:
    """Return the corners of an upright rectangle."""
    return [(x0, y0), (x1, y0), (x1, y1), (x0, y1)]


def extent(polygons: Sequence[Sequence[Point]]) -> tuple[float, float, float, float]:
    """Return the rectangle round some polygons."""
    xs = [p[0] for poly in polygons for p in poly]
    ys = [p[1] for poly in polygons for p in poly]
    return min(xs), min(ys), max(xs), max(ys)


class Canvas:
    """A picture in the making: pixels, scale and a random source of its own."""

    def __init__(self, key: str, width: int, ratio: float):
        self.w, self.h = width, round(width / ratio)
        self.k = width / WIDTH
        self.W, self.H = WIDTH, self.h / self.k
        self.rng = random.Random("saeyeoul:" + key)
        self.img = Image.new("RGB", (self.w, self.h))

    def noise(self, size: tuple[int, int], sx: float, sy: float) -> Image.Image:
        """Return smooth two-octave noise with grains of sx by sy units."""
        layers = []
        for part in (1.0, 0.34):
            w = max(2, min(size[0], int(size[0] / max(1, sx * self.k * part)) + 2))
            h = max(2, min(size[1], int(size[1] / max(1, sy * self.k * part)) + 2))
            small = Image.frombytes("L", (w, h), self.rng.randbytes(w * h))
            layers.append(small.resize(size, Image.Resampling.BICUBIC))
        return Image.blend(layers[0], layers[1], 0.42)

    def patch(self, paint: Paint, size: tuple[int, int], tex: tuple | None = None) -> Image.Image:
        """Return a patch of flat colour or gradient, roughened by noise (amount, sx, sy)."""
        if isinstance(paint, list):
            across = paint[0] == "across"
            out = gradient(paint[1:] if across else paint, size, across)
        else:
            out = Image.new("RGB", size, rgb(paint))
        if tex:
            grain = self.noise(size, tex[1], tex[2])
            grain = grain.point([int(128 + (v - 128) * tex[0] * 0.55) for v in range(256)])
            out = ImageChops.overlay(out, Image.merge("RGB", (grain,) * 3))
        return out

    def stamp(self, area: tuple, drawer: Callable, paint: Paint, blur: float = 0, alpha: float = 1,
              tex: tuple | None = None, mode: str = "paste", ss: int = 2) -> None:
        """Let drawer(draw, to, scale) mark a mask over the area, then lay the paint through it."""
        pad, k = blur * 2.4 + 2, self.k
        x0, y0 = max(0, int((area[0] - pad) * k)), max(0, int((area[1] - pad) * k))
        x1, y1 = min(self.w, int((area[2] + pad) * k) + 1), min(self.h, int((area[3] + pad) * k) + 1)
        if x1 <= x0 or y1 <= y0:
            return
        ss = 1 if blur * k >= 1.2 else ss
        size, scale = (x1 - x0, y1 - y0), k * ss
        mask = Image.new("L", (size[0] * ss, size[1] * ss), 0)
        drawer(ImageDraw.Draw(mask), lambda p: (p[0] * scale - x0 * ss, p[1] * scale - y0 * ss), scale)
        mask = mask.reduce(ss) if ss > 1 else mask
        if blur:
            mask = mask.filter(ImageFilter.GaussianBlur(blur * k))
        if alpha < 1:
            mask = mask.point([int(v * alpha) for v in range(256)])
        self.lay(self.patch(paint, size, tex), mask, (x0, y0), mode)

    def lay(self, patch: Image.Image, mask: Image.Image, at: tuple[int, int], mode: str) -> None:
        """Put a patch on the picture: pasted, or as light (screen), or as shadow (multiply)."""
        if mode == "paste":
            self.img.paste(patch, at, mask)
            return
        under = self.img.crop((*at, at[0] + patch.width, at[1] + patch.height))
        ground = Image.new("RGB", patch.size, "#000000" if mode == "screen" else "#ffffff")
        ground.paste(patch, (0, 0), mask)
        blend = ImageChops.screen if mode == "screen" else ImageChops.multiply
        self.img.paste(blend(under, ground), at)

    def fill(self, points: Sequence[Point], paint: Paint, **how) -> None:
        """Fill one polygon."""
        self.fills([points], paint, **how)

    def fills(self, polygons: Sequence[Sequence[Point]], paint: Paint, **how) -> None:
        """Fill several polygons with one paint."""
        if not polygons:
            return

        def drawer(draw: ImageDraw.ImageDraw, to: Callable, scale: float) -> None:
            for poly in polygons:
                draw.polygon([to(p) for p in poly], fill=255)

        self.stamp(extent(polygons), drawer, paint, **how)

    def lines(self, paths: Sequence[Sequence[Point]], width: float, paint: Paint, **how) -> None:
        """Draw several open strokes of one width."""
        if not paths:
            return

        def drawer(draw: ImageDraw.ImageDraw, to: Callable, scale: float) -> None:
            thick = max(1, round(width * scale))
            for path in paths:
                draw.line([to(p) for p in path], fill=255, width=thick, joint="curve")

        x0, y0, x1, y1 = extent(paths)
        self.stamp((x0 - width, y0 - width, x1 + width, y1 + width), drawer, paint, **how)

    def dabs(self, spots: Sequence[tuple[float, float, float, float]], paint: Paint, **how) -> None:
        """Touch the canvas with many small ovals given as (x, y, rx, ry)."""
        if not spots:
            return

        def drawer(draw: ImageDraw.ImageDraw, to: Callable, scale: float) -> None:
            for x, y, rx, ry in spots:
                a, b = to((x - rx, y - ry))
                draw.ellipse((a, b, a + 2 * rx * scale, b + 2 * ry * scale), fill=255)

        area = (min(s[0] - s[2] for s in spots), min(s[1] - s[3] for s in spots),
                max(s[0] + s[2] for s in spots), max(s[1] + s[3] for s in spots))
        self.stamp(area, drawer, paint, **how)

    def wash(self, colours: list, y0: float = 0, y1: float | None = None, tex: tuple | None = None) -> None:
        """Cover a full-width band with a vertical gradient."""
        top, bottom = int(y0 * self.k), self.h if y1 is None else int(y1 * self.k)
        self.img.paste(self.patch(colours, (self.w, max(1, bottom - top)), tex), (0, top))

    def haze(self, y0: float, y1: float, colour: Colour, strength: float, peak: float = 0.5) -> None:
        """Lay a band of mist that is densest at the given share of its height."""
        top, size = int(y0 * self.k), (self.w, max(2, int((y1 - y0) * self.k)))
        strip = Image.new("L", (1, 64))
        strip.putdata([int(255 * strength * _hump(i / 63, peak)) for i in range(64)])
        self.img.paste(Image.new("RGB", size, rgb(colour)), (0, top), strip.resize(size))

    def glow(self, x: float, y: float, radius: float, colour: Colour, strength: float = 1.0) -> None:
        """Add a round light that fades outwards."""
        side = max(4, int(radius * 2 * self.k))
        disc = Image.radial_gradient("L").point([int(max(0, 1 - v / 181) ** 2.2 * 255 * strength)
                                                  for v in range(256)])
        disc = disc.resize((side, side), Image.Resampling.BILINEAR)
        left, top = int((x - radius) * self.k), int((y - radius) * self.k)
        cut = (max(0, -left), max(0, -top), min(side, self.w - left), min(side, self.h - top))
        if cut[2] > cut[0] and cut[3] > cut[1]:
            disc = disc.crop(cut)
            self.lay(Image.new("RGB", disc.size, rgb(colour)), disc, (left + cut[0], top + cut[1]), "screen")

    def soften(self, radius: float) -> None:
        """Put everything painted so far out of focus."""
        self.img = self.img.filter(ImageFilter.GaussianBlur(radius * self.k))

    def focus(self, y0: float, y1: float, radius: float, ramp: float = 160) -> None:
        """Keep the band from y0 to y1 sharp and let the rest fall out of focus."""
        strip = Image.new("L", (1, 128))
        rows = [i / 127 * self.H for i in range(128)]
        strip.putdata([int(255 * min(1, max(0, y0 - y, y - y1) / ramp)) for y in rows])
        soft = self.img.filter(ImageFilter.GaussianBlur(radius * self.k))
        self.img.paste(soft, (0, 0), strip.resize(self.img.size, Image.Resampling.BILINEAR))

    def finish(self, vignette: float = 0.3, grain: float = 7, warm: float = 0.0) -> Image.Image:
        """Bind the picture together: brush grain, colour of the light, vignette, film grain."""
        brush = self.noise(self.img.size, 26, 7).point([int(128 + (v - 128) * 0.12) for v in range(256)])
        out = ImageChops.overlay(self.img, Image.merge("RGB", (brush,) * 3))
        tone = rgb(mix("#ffffff", "#ffe2b8" if warm > 0 else "#c6d8ff", abs(warm)))
        dark = Image.radial_gradient("L").resize(self.img.size, Image.Resampling.BILINEAR)
        fall = [1 - vignette * max(0.0, v / 255 - 0.32) ** 1.5 for v in range(256)]
        bands = [dark.point([int(t * f) for f in fall]) for t in tone]
        out = ImageChops.multiply(out, Image.merge("RGB", bands))
        w, h = int(self.w * 0.75), int(self.h * 0.75)
        grain *= 0.75 * min(1.0, self.w * 0.667 / self.h)
        dust = Image.frombytes("L", (w, h), self.rng.randbytes(w * h))
        dust = dust.point([round(v / 255 * 2 * grain) for v in range(256)]).resize(self.img.size)
        return ImageChops.add(out, Image.merge("RGB", (dust,) * 3), 1, -round(grain))


def _hump(t: float, peak: float) -> float:
    """Return a smooth rise to 1 at the peak and fall to 0 at both ends."""
    part = t / peak if t < peak else (1 - t) / (1 - peak)
    return 0.5 - 0.5 * math.cos(math.pi * max(0.0, min(1.0, part)))
