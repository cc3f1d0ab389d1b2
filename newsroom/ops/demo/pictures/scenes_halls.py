"""Halls: the gallery and the press."""

from __future__ import annotations

from PIL import Image

from .canvas import Canvas, Colour, box, mix, oval, shade
from .lights import bokeh
from .people import Look
from .register import scene
from .room import Room


@scene("gallery")
def gallery(c: Canvas) -> Image.Image:
    """Visitors before the paintings of a bright exhibition room."""
    room = Room(c, 980, 440, 1250, 1.6)
    room.shell(4.2, 3.6, 8.0, "#ebe8e0", "#a98c68", "#f4f2ec")
    room.boards(4.2, 1, 8, "#6f5636", 20, 0.3)
    works = [(-2.9, 1.4, 1.3, "#2f5d7a", "#e0b878"), (0.0, 2.3, 1.5, "#a4483a", "#3c3448"),
             (2.9, 1.3, 1.3, "#5f7a4a", "#e6d59a")]
    for x, w, h, a, b in works:
        _painting(c, room, [(x - w / 2, 1.65 - h / 2, 7.95), (x + w / 2, 1.65 - h / 2, 7.95),
                            (x + w / 2, 1.65 + h / 2, 7.95), (x - w / 2, 1.65 + h / 2, 7.95)], a, b)
        c.glow(*room.at(x, 2.3, 7.9), 230, "#fff6dc", 0.35)
    for z0, z1, a, b in ((2.3, 3.7, "#d9a441", "#7a3f2a"), (4.4, 5.6, "#33506a", "#c9d2d0"),
                         (6.2, 7.2, "#7a4a66", "#e0c0a8")):
        _painting(c, room, [(-4.15, 1.0, z0), (-4.15, 1.0, z1), (-4.15, 2.4, z1), (-4.15, 2.4, z0)], a, b)
    for z in (3.2, 5.4):
        for x in (-2, 1.5):
            c.glow(*room.at(x, 3.5, z), 120, "#fffbe8", 0.8)
    room.block((0.9, 1.9), (0, 0.95), (5.3, 6.1), "#f2efe8", tex=None)
    px, py = room.at(1.4, 0.95, 5.6)
    c.fill([(px - 34, py), (px - 58, py - 70), (px - 40, py - 130), (px - 16, py - 150), (px + 16, py - 150),
            (px + 40, py - 130), (px + 58, py - 70), (px + 34, py)],
            ["across", "#e8eef0", "#c4d2d4", "#7d8e92"])
    room.man(-0.7, 6.4, Look("#c9b48a", "#3b3d45", "#241d1b"), "stand", 0, 1.74)
    room.man(-0.15, 6.5, Look("#5a6a86", "#2b2c33", "#3a312c", long=True), "stand", 0, 1.62)
    room.man(-2.6, 4.6, Look("#a8473c", "#26282d", "#241d1b", long=True), "stand", -1, 1.66)
    room.man(2.35, 6.2, Look("#4a5a4c", "#38343a", "#8d8984"), "stroll", 1, 1.7)
    return c.finish(0.3, warm=0.05)


def _painting(c: Canvas, room: Room, corners: list, a: Colour, b: Colour) -> None:
    """Hang a framed painting of loose strokes between two colours."""
    quad = [room.at(*p) for p in corners]
    c.fill([(x + 6, y + 12) for x, y in quad], "#2c2620", alpha=0.35, blur=7)
    c.fill(quad, "#3a2c20")
    mx, my = sum(p[0] for p in quad) / 4, sum(p[1] for p in quad) / 4
    inner = [(mx + (x - mx) * 0.9, my + (y - my) * 0.9) for x, y in quad]
    c.fill(inner, [a, mix(a, b, 0.5), b], tex=(1.0, 50, 16))
    lo, hi = min(p[0] for p in inner), max(p[0] for p in inner)
    top, low = min(p[1] for p in inner), max(p[1] for p in inner)
    w, h = (hi - lo) * 0.8, (low - top) * 0.6
    for tone in (shade(a, 1.5), shade(b, 0.6), mix(b, "#ffffff", 0.5)):
        c.dabs([(mx + c.rng.uniform(-0.5, 0.5) * w * 0.8, my + c.rng.uniform(-0.5, 0.5) * h, w * 0.12,
                 h * 0.05)
                for _ in range(9)], tone, alpha=0.7, blur=1.5)


def _web(c: Canvas, tops: list, lows: list) -> None:
    """Paint the running paper between its two edges, with unreadable columns."""
    tones = ("#a9aca6", "#d8d8cf", "#b4b6ae", "#eeece2", "#f6f4ea")
    for i in range(5):
        quad = [tops[i], lows[i], lows[i + 1], tops[i + 1]]
        c.fill(quad, [shade(tones[i], 0.9), tones[i]], tex=(0.15, 60, 30))
        marks = []
        for r in range(5 + 5 * i):
            v = (r + 0.5) / (5 + 5 * i)
            for k in range(6):
                if c.rng.random() < 0.8:
                    u0, u1 = 0.05 + k * 0.155, 0.05 + k * 0.155 + c.rng.uniform(0.09, 0.135)
                    marks.append([_between(quad, u0, v), _between(quad, u1, v)])
        c.lines(marks, 1.4 + i * 1.1, "#5a5a58", alpha=0.65, blur=0.6)


@scene("printing-press")
def printing_press(c: Canvas) -> Image.Image:
    """Newsprint runs through the rollers of the press at night."""
    room = Room(c, 700, 420, 1250, 1.8)
    room.shell(5.0, 4.6, 12, "#56646e", "#4a5054", "#333b42")
    for z in (11, 8.5, 6, 3.8):
        room.face([(-1.2, 4.5, z), (2.2, 4.5, z), (2.2, 4.5, z + 0.4), (-1.2, 4.5, z + 0.4)], "#f2fbff",
                  blur=2)
        c.glow(*room.at(0.5, 4.4, z), 1500 / z, "#dcecf4", 0.4)
    room.block((-4.2, -1.2), (0, 3.2), (4.6, 11), "#3f6070", tex=(0.3, 30, 30))
    for z in (9.4, 7.2, 5.4):
        room.wall(-1.18, 0.4, 2.8, z, z + 1.3, ["across", "#2a4450", "#4a7080"])
        for y in (0.8, 1.5, 2.2):
            px, py = room.at(-1.1, y, z + 0.65)
            s = 1250 / z
            c.fill(oval(px, py, s * 0.14, s * 0.27), ["#e6eaec", "#8f999e", "#40484e"])
    tops = [room.at(x, y, z) for x, y, z in ((-0.9, 3.5, 11), (-0.9, 2.9, 8.2), (-0.9, 3.3, 6),
                                             (-0.9, 1.6, 3.6),
                                             (-0.7, 0.9, 2.6), (-0.4, 0.75, 1.7))]
    lows = [room.at(x, y, z) for x, y, z in ((0.9, 3.5, 11), (0.9, 2.9, 8.2), (0.9, 3.3, 6), (0.9, 1.6, 3.6),
                                             (1.1, 0.9, 2.6), (1.2, 0.75, 1.7))]
    _web(c, tops, lows)
    for y, z in ((2.95, 8.2), (3.2, 6.0), (1.6, 3.6)):
        (ax, ay), (bx, by) = room.at(-1.1, y, z), room.at(1.1, y, z)
        s = 130 / z
        c.fill(box(ax, ay - s, bx, by + s), ["#eef2f4", "#8a949a", "#3a4248"])
    room.man(2.2, 4.6, Look("#3f5f86", "#2f3a4c", "#1f1b1a", hat="#33415a"), "work", -1, 1.74)
    for x, z, s in ((3.3, 5.6, 0.62), (3.7, 3.6, 0.66)):
        px, py = room.at(x, s, z)
        r = 1250 * s / z
        c.fill(oval(px + r * 0.5, py, r, r), ["#b9b6aa", "#8d8b82"])
        c.fill(oval(px, py, r, r), ["#f4f2e8", "#cfccc0"])
        for q in (0.85, 0.65, 0.45):
            c.lines([oval(px, py, r * q, r * q)], 1.5, "#a5a296", alpha=0.6)
        c.fill(oval(px, py, r * 0.16, r * 0.16), "#5a4632")
    bokeh(c, 6, (1250, 200, 1600, 400), (8, 18), ("#ffcf7a", "#8ad0a0"), 0.4)
    return c.finish(0.45, warm=-0.15)


def _between(quad: list, u: float, v: float) -> tuple[float, float]:
    """Map (u, v) into a quadrangle."""
    (ax, ay), (bx, by), (cx, cy), (dx, dy) = quad
    return ((ax + (bx - ax) * u) * (1 - v) + (dx + (cx - dx) * u) * v,
            (ay + (by - ay) * u) * (1 - v) + (dy + (cy - dy) * u) * v)
