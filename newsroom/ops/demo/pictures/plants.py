"""Trees, fruit, reeds and flowers."""

from __future__ import annotations

import math

from .canvas import Canvas, Colour, Point, oval, shade

AUTUMN = ("#5f3a1e", "#a8632a", "#dd9a48")
GREEN = ("#25361f", "#49632f", "#86994d")
PINE = ("#16231d", "#2a3f2e", "#4b6142")
GOLD = ("#6b4a1a", "#b98a2c", "#edc863")


def branches(c: Canvas, x: float, y: float, h: float, levels: int = 6, lean: float = 0.0,
             spread: float = 0.5) -> dict[int, list[list[Point]]]:
    """Grow a bare crown and return its strokes by thickness level."""
    strokes: dict[int, list[list[Point]]] = {n: [] for n in range(levels + 1)}
    rng = c.rng

    def grow(px: float, py: float, length: float, turn: float, level: int) -> None:
        mid = turn + rng.uniform(-0.14, 0.14)
        mx, my = px + math.sin(mid) * length * 0.5, py - math.cos(mid) * length * 0.5
        ex, ey = mx + math.sin(turn) * length * 0.5, my - math.cos(turn) * length * 0.5
        strokes[level].append([(px, py), (mx, my), (ex, ey)])
        if level < levels:
            for way in (-1, 1) if rng.random() < 0.75 or level < 2 else (-1, 0, 1):
                bend = turn * 0.92 + way * spread * rng.uniform(0.5, 1.15)
                grow(ex, ey, length * rng.uniform(0.66, 0.84), bend, level + 1)

    grow(x, y, h * 0.27, lean, 0)
    return strokes


def bare(c: Canvas, x: float, y: float, h: float, colour: Colour = "#2a211c", levels: int = 6,
         lean: float = 0.0, spread: float = 0.5, blur: float = 0.0, trunk: float = 0.055) -> list[Point]:
    """Draw a leafless tree; return the ends of its twigs, where fruit may hang."""
    strokes = branches(c, x, y, h, levels, lean, spread)
    for level, paths in strokes.items():
        tone = shade(colour, 1 + 0.05 * level)
        c.lines(paths, max(1.1, h * trunk * 0.66 ** level), tone, blur=blur)
    foot = h * trunk
    c.fill([(x - foot * 0.9, y + 3), (x - foot * 0.45, y - h * 0.1), (x + foot * 0.45, y - h * 0.1),
            (x + foot * 0.9, y + 3)], ["across", shade(colour, 1.2), colour, shade(colour, 0.6)], blur=blur)
    return [path[-1] for level in (levels - 1, levels) for path in strokes[level]]


def foliage(c: Canvas, blobs: list[tuple[float, float, float]], colours: tuple, light: int = -1,
            size: float = 0.2, blur: float = 0.6, density: int = 26) -> None:
    """Cover blobs (x, y, radius) with leaf touches: dark below, light on the lit side."""
    for i, colour in enumerate(colours):
        push = (i / (len(colours) - 1) - 0.5) * 0.85
        spots = []
        for x, y, r in blobs:
            for _ in range(density):
                turn, far = c.rng.uniform(0, 6.283), c.rng.random() ** 0.55 * (0.98 - 0.2 * i)
                s = r * size * c.rng.uniform(0.5, 1.15) * (1.35 - 0.35 * i)
                spots.append((x + math.cos(turn) * far * r + light * push * r * 0.6,
                              y + math.sin(turn) * far * r * 0.85 - push * r * 0.7, s, s * 0.72))
        c.dabs(spots, colour, blur=blur, tex=(0.5, 14, 12))


def broadleaf(c: Canvas, x: float, y: float, h: float, colours: tuple = AUTUMN, light: int = -1,
              blur: float = 0.6, wide: float = 0.36, density: int = 26) -> None:
    """Draw a tree in leaf, rooted at (x, y)."""
    bare(c, x, y, h * 0.95, "#2d221b", levels=3, spread=0.6, trunk=0.04, blur=blur * 0.6)
    blobs = []
    for _ in range(9):
        turn, far = c.rng.uniform(0, 6.283), c.rng.random() ** 0.5
        blobs.append((x + math.cos(turn) * far * h * wide * 0.75,
                      y - h * 0.62 + math.sin(turn) * far * h * 0.26,
                      h * c.rng.uniform(0.13, 0.2)))
    c.fill(oval(x + h * 0.06, y + 2, h * wide, h * 0.03, 24), "#14140f", blur=h * 0.02, alpha=0.35)
    foliage(c, blobs, colours, light, blur=blur, density=density)


def pine(c: Canvas, x: float, y: float, h: float, colours: tuple = PINE, lean: float = 0.08,
         light: int = -1, blur: float = 0.4) -> None:
    """Draw a Korean red pine: a leaning reddish trunk under flat clouds of needles."""
    tip = (x + lean * h, y - h * 0.92)
    bend = (x + lean * h * 0.2 - h * 0.03, y - h * 0.45)
    trunk = [(x - h * 0.022, y), (bend[0] - h * 0.016, bend[1]), (tip[0] - 2, tip[1]), (tip[0] + 2, tip[1]),
             (bend[0] + h * 0.016, bend[1]), (x + h * 0.026, y)]
    c.fill(trunk, ["across", "#8a5a42", "#5a3a2c", "#33231d"], blur=blur)
    pads, stubs = [], []
    for i in range(8):
        t = 0.44 + 0.5 * i / 7
        side = -1 if i % 2 else 1
        px, py = x + lean * h * t, y - h * t
        reach = h * (0.26 - 0.2 * (t - 0.44) / 0.5) * c.rng.uniform(0.7, 1.1) * side
        stubs.append([(px, py + h * 0.03), (px + reach, py - h * 0.01)])
        for j in range(3):
            pads.append((px + reach * (0.4 + 0.35 * j), py - h * c.rng.uniform(0.0, 0.03), h * 0.062))
    c.lines(stubs, h * 0.014, "#4a3025", blur=blur)
    foliage(c, pads, colours, light, size=0.3, blur=blur, density=15)


def conifer(c: Canvas, x: float, y: float, h: float, colour: Colour = "#26382d", blur: float = 0.8,
            snow: float = 0.0) -> None:
    """Draw one dark fir, with snow on its boughs where wanted."""
    left, right = [], []
    for i in range(9):
        t = i / 8
        w = h * (0.02 + 0.19 * t) * c.rng.uniform(0.85, 1.15)
        yy = y - h * (1 - t * 0.93)
        left += [(x - w, yy), (x - w * 0.55, yy + h * 0.012)]
        right += [(x + w, yy), (x + w * 0.55, yy + h * 0.012)]
    c.fill([(x, y - h), *left, *reversed(right)], ["across", shade(colour, 1.25), colour, shade(colour, 0.6)],
           blur=blur, tex=(0.8, 7, 5))
    if snow:
        caps = [(x + c.rng.uniform(-0.15, 0.12) * h * t, y - h * (1 - t), h * 0.05 * t + 1, h * 0.016)
                for t in [c.rng.uniform(0.08, 0.95) for _ in range(26)]]
        c.dabs(caps, "#eef2f6", alpha=snow, blur=blur)


def fruit(c: Canvas, spots: list[Point], r: float, colour: Colour, blur: float = 0.0) -> None:
    """Hang round fruit with a shaded side and a spot of light."""
    c.dabs([(x, y, r, r * 0.95) for x, y in spots], shade(colour, 0.62), blur=blur)
    c.dabs([(x - r * 0.14, y - r * 0.14, r * 0.8, r * 0.76) for x, y in spots], colour, blur=blur + r * 0.12)
    c.dabs([(x - r * 0.36, y - r * 0.4, r * 0.25, r * 0.2) for x, y in spots], shade(colour, 1.6),
           blur=blur + r * 0.1)


def flowers(c: Canvas, x0: float, x1: float, y0: float, y1: float, n: int, colours: tuple, size: float,
            stem: Colour = "#50683a", tall: float = 60, blur: float = 0.0) -> None:
    """Fill a strip with eight-petalled flowers on thin stems, larger towards the bottom."""
    heads = []
    for _ in range(n):
        t = c.rng.random()
        heads.append((c.rng.uniform(x0, x1), y0 + (y1 - y0) * t, size * (0.5 + 0.7 * t)))
    c.lines([[(x, y), (x + c.rng.uniform(-6, 6), y + tall * 0.5), (x + c.rng.uniform(-9, 9), y + tall)]
             for x, y, _ in heads], 1.8, stem, blur=blur)
    for i, colour in enumerate(colours):
        petals, seeds = [], []
        for x, y, s in heads[i::len(colours)]:
            flat, spin = c.rng.uniform(0.5, 1.0), c.rng.uniform(0, 0.8)
            seeds.append((x, y, s * 0.2, s * 0.2 * flat))
            for j in range(8):
                turn = j * 0.785 + spin
                ax, ay = math.cos(turn), math.sin(turn) * flat
                bx, by = -math.sin(turn), math.cos(turn) * flat
                petals.append([(x, y), (x + ax * s * 0.8 - bx * s * 0.3, y + ay * s * 0.8 - by * s * 0.3),
                               (x + ax * s, y + ay * s), (x + ax * s * 0.8 + bx * s * 0.3,
                                                          y + ay * s * 0.8 + by * s * 0.3)])
        c.fills(petals, colour, blur=blur, alpha=0.93, tex=(0.3, 9, 9))
        c.dabs(seeds, "#e2b23a", blur=blur)


def reeds(c: Canvas, y: float, height: float, n: int, x0: float = -20, x1: float = 1620,
          colours: tuple = ("#5d4a2b", "#94794a", "#c9ae78"), plume: Colour = "#e8d9bb",
          blur: float = 0.0, lean: float = 0.2) -> None:
    """Draw a stand of reeds with pale plumes."""
    stems, heads = [], []
    for _ in range(n):
        x, h = c.rng.uniform(x0, x1), height * c.rng.uniform(0.6, 1.1)
        tip = x + h * lean * c.rng.uniform(0.3, 1.4)
        stems.append([(x, y), (x + (tip - x) * 0.3, y - h * 0.55), (tip, y - h)])
        for j in range(6):
            t = 0.82 + 0.05 * j
            heads.append((x + (tip - x) * t + j * h * 0.012 + c.rng.uniform(-2, 2),
                          y - h * t + j * j * h * 0.0022,
                          h * (0.026 - 0.003 * j), h * 0.022))
    third = max(1, len(stems) // 3)
    for i, colour in enumerate(colours):
        c.lines(stems[i * third:(i + 1) * third], max(1.2, height * 0.011), colour, blur=blur)
    c.dabs(heads, shade(plume, 0.75), blur=blur + 1.2, alpha=0.8)
    c.dabs([(x - 2, y - 2, a * 0.7, b * 0.7) for x, y, a, b in heads], plume, blur=blur + 0.8, alpha=0.8)
