"""Lamps, lanterns, bokeh, beams, steam and smoke."""

from __future__ import annotations

from .canvas import Canvas, Colour, Point, oval, shade


def bokeh(c: Canvas, n: int, area: tuple, size: tuple, colours: tuple, alpha: float = 0.4,
          blur: float = 2.0) -> None:
    """Scatter out-of-focus discs of light over an area."""
    for colour in colours:
        spots = []
        for _ in range(max(1, n // len(colours))):
            r = c.rng.uniform(*size)
            spots.append((c.rng.uniform(area[0], area[2]), c.rng.uniform(area[1], area[3]), r, r))
        c.dabs(spots, colour, alpha=alpha, blur=blur, mode="screen", ss=1)
        c.dabs([(x, y, r * 0.5, r * 0.5) for x, y, r, _ in spots], colour, alpha=alpha * 0.6, blur=blur * 3,
               mode="screen", ss=1)


def bulbs(c: Canvas, a: Point, b: Point, sag: float, n: int, colour: Colour = "#ffd27a", size: float = 6,
          glow: float = 0.5) -> None:
    """Hang a string of bulbs between two points."""
    line = [(a[0] + (b[0] - a[0]) * i / 40, a[1] + (b[1] - a[1]) * i / 40 + sag * 4 * (i / 40) * (1 - i / 40))
            for i in range(41)]
    c.lines([line], 1.6, "#1a1512")
    spots = []
    for i in range(n):
        t = (i + 0.5) / n
        spots.append((a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t + sag * 4 * t * (1 - t) + size))
    c.dabs([(x, y, size * 3.4, size * 3.4) for x, y in spots], colour, alpha=glow, blur=size * 1.8,
           mode="screen",
           ss=1)
    c.dabs([(x, y, size * 0.8, size) for x, y in spots], "#fff6dc", blur=0.8)


def beam(c: Canvas, x: float, y: float, x0: float, x1: float, y1: float, colour: Colour, alpha: float = 0.4,
         blur: float = 16) -> None:
    """Let a cone of light fall from (x, y) on to the span x0 to x1 at y1."""
    c.fill([(x - 6, y), (x + 6, y), (x1, y1), (x0, y1)], [colour, shade(colour, 0.35)], alpha=alpha,
           blur=blur,
           mode="screen", ss=1)


def steam(c: Canvas, x: float, y: float, w: float, h: float, colour: Colour = "#ffffff",
          alpha: float = 0.3) -> None:
    """Let steam or smoke rise and drift from (x, y)."""
    for i in range(7):
        t = i / 6
        drift = w * (0.15 + t * 0.8) * c.rng.uniform(-0.5, 0.9)
        r = w * (0.16 + 0.34 * t)
        c.fill(oval(x + drift * t, y - h * t, r, r * 0.85, 18), colour, alpha=alpha * (1.05 - t) * 0.8,
               blur=r * 0.55, ss=1)


def lantern(c: Canvas, x: float, y: float, s: float, colour: Colour = "#ffb25a", blur: float = 0.0) -> None:
    """Float a paper lantern at (x, y) with its reflection below."""
    c.glow(x, y - s * 0.5, s * 3.2, shade(colour, 0.8), 0.7)
    c.fill([(x - s * 0.36, y + s * 0.1), (x + s * 0.36, y + s * 0.1), (x + s * 0.16, y + s * 1.9),
            (x - s * 0.16, y + s * 1.9)], [colour, shade(colour, 0.25)], alpha=0.5, blur=s * 0.16 + blur,
           mode="screen")
    c.fill(oval(x, y + s * 0.04, s * 0.62, s * 0.16, 20), "#3a2014", blur=blur + 0.6)
    c.fill([(x - s * 0.4, y), (x - s * 0.46, y - s * 0.5), (x - s * 0.3, y - s * 1.0),
            (x + s * 0.3, y - s * 1.0),
            (x + s * 0.46, y - s * 0.5), (x + s * 0.4, y)], [shade(colour, 0.85), "#fff0c0", colour],
           blur=blur + 0.8)
    c.lines([[(x - s * 0.12, y - s), (x - s * 0.16, y)], [(x + s * 0.12, y - s), (x + s * 0.16, y)]], 1.2,
            shade(colour, 0.55), alpha=0.6, blur=blur)


def streaks(c: Canvas, lamps: list[tuple[float, Colour]], y: float, length: float, width: float = 9,
            alpha: float = 0.55) -> None:
    """Draw the long broken reflections of lamps in dark water below y."""
    for x, colour in lamps:
        spots = []
        for i in range(26):
            t = i / 25
            spots.append((x + c.rng.uniform(-1, 1) * width * (0.3 + t), y + length * t,
                          width * (0.5 + 1.1 * t)
                          * c.rng.uniform(0.4, 1.2), 2.2))
        c.dabs(spots, colour, alpha=alpha, blur=1.6, mode="screen", ss=1)
        c.fill([(x - width * 0.5, y), (x + width * 0.5, y), (x + width, y + length), (x - width, y + length)],
               [colour, "#000000"], alpha=alpha * 0.5, blur=width * 0.5, mode="screen", ss=1)
