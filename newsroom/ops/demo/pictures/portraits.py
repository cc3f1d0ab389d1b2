"""Portraits of the reporters: head and shoulders, painted with the same brushes."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise

from PIL import Image

from .canvas import Canvas, Colour, Point, box, mix, oval, shade


@dataclass(frozen=True)
class Face:
    """How one reporter looks: hair cut, colours, glasses, clothes, ground."""

    cut: str
    hair: Colour
    skin: Colour
    coat: Colour
    collar: str
    shirt: Colour
    ground: tuple[Colour, Colour]
    glasses: Colour | None = None
    wide: float = 1.0
    smile: float = 0.5
    tilt: float = 0.0
    age: float = 0.2


FACES = {
    "do-haram": Face("part", "#6f6b68", "#dcae8c", "#33405a", "lapel", "#e9e6dd", ("#8f9aa6", "#c9c6ba"),
                     "#2c2a2a",
                     1.04, 0.35, 0, 0.8),
    "seo-raon": Face("bob", "#2a2220", "#e6bd9c", "#5a3f4a", "lapel", "#e8dccb", ("#b5a08c", "#dccbb2"), None,
                     0.97, 0.4,
                     -6, 0.4),
    "yun-seula": Face("tail", "#241d1b", "#e8c1a0", "#4d6b5c", "round", "#4d6b5c", ("#7f9a94", "#c4cfc4"),
                      None, 0.95, 0.6, 5),
    "kang-dasom": Face("long", "#4a3024", "#ecc8a8", "#b8694f", "round", "#b8694f", ("#c9a48a", "#ecd6be"),
                       "#7a4a36", 0.96,
                       0.7, -5),
    "baek-garam": Face("cap", "#1f1b1a", "#d3a480", "#4a4e44", "hood", "#2f3230", ("#6a747c", "#a9b0b0"),
                       None, 1.03, 0.4, 4),
    "nam-haesol": Face("short", "#2a2523", "#cf9e78", "#7a6a4a", "shirt", "#d8cfb4", ("#a5a06a", "#d9d2a4"),
                       None, 1.06, 0.6,
                       -3, 0.4),
    "cheon-saebom": Face("crop", "#33261f", "#ebc5a4", "#d3a548", "round", "#d3a548", ("#8fb0c4", "#d6e2e2"),
                         None, 0.98, 0.8, 6),
    "pyo-naru": Face("wave", "#2b2220", "#dfb490", "#3f6a78", "shirt", "#e6e8e0", ("#7f9f7a", "#cbd6b4"),
                     "#3a3a3a", 0.99, 0.5, 4),
    "u-chansol": Face("crew", "#1d1a19", "#cc9a74", "#2f5fa0", "zip", "#e9e9e6", ("#8a94a8", "#ccd0d8"), None,
                      1.08, 0.8, -4),
    "gil-onyu": Face("bun", "#a9a5a0", "#dbb090", "#6a5a86", "shawl", "#d9cdb8", ("#a58f9c", "#d9c9cc"),
                     "#8a6a4a", 0.98, 0.6, 3,
                     0.9),
    "sim-byeolha": Face("silver", "#c4c0b9", "#d8aa88", "#4a4540", "turtle", "#3a3532",
                        ("#7a6f66", "#b9ab98"), "#26221f", 1.02,
                        0.3, 0, 1.0),
    "chae-dodam": Face("mop", "#3a2a22", "#efcaac", "#8aa0b8", "hood", "#f0ece2", ("#d0b48a", "#f0e0c0"),
                       "#1f1f22", 0.98, 0.7, -5),
}


def paint(slug: str, size: int) -> Image.Image:
    """Paint the portrait of one reporter as a square."""
    f = FACES[slug]
    whole = round(size * 1.17)
    c = Canvas("portrait:" + slug, whole, 1.0)
    c.wash([shade(f.ground[0], 0.82), f.ground[0], shade(f.ground[0], 0.75)], tex=(0.5, 300, 260))
    c.glow(380, 460, 1000, f.ground[1], 0.75)
    sway = f.tilt * 4
    _hair_behind(c, f, 800 + sway)
    _body(c, f)
    _neck(c, f, 800 + sway * 0.5)
    _head(c, f, 800 + sway)
    _features(c, f, 800 + sway)
    _hair_front(c, f, 800 + sway)
    c.fill([(1000, -20), (1640, -20), (1640, 1640), (1180, 1640)], "#1a1620", alpha=0.16, blur=150)
    left, top = (whole - size) // 2, round((whole - size) * 0.8)
    return c.finish(0.35, 6, 0.08).crop((left, top, left + size, top + size))


def _body(c: Canvas, f: Face) -> None:
    """Paint shoulders and clothes."""
    s = f.wide
    body = [(800 - 700 * s, 2100), (800 - 590 * s, 1400), (800 - 470 * s, 1270), (800 - 220 * s, 1180),
            (800, 1160),
            (800 + 220 * s, 1180), (800 + 470 * s, 1270), (800 + 590 * s, 1400), (800 + 700 * s, 2100)]
    body = _round(body, 3)
    c.fill([(x + 20, y - 6) for x, y in body], "#14121a", alpha=0.35, blur=50)
    c.fill(body, ["across", shade(f.coat, 1.16), shade(f.coat, 1.02), f.coat, shade(f.coat, 0.62)],
           tex=(0.35, 30, 90), blur=2)
    c.lines([[(430, 1640), (480, 1480), (470, 1400)], [(1170, 1640), (1120, 1490), (1140, 1410)]], 10,
            shade(f.coat, 0.6),
            alpha=0.5, blur=10)
    if f.collar in ("lapel", "shirt", "zip"):
        c.fill([(640, 1150), (960, 1150), (860, 1640), (740, 1640)] if f.collar == "lapel" else
               [(650, 1150), (950, 1150), (800, 1420)], [shade(f.shirt, 0.85), f.shirt, shade(f.shirt, 0.8)],
               blur=2)
        for w in (-1, 1):
            flap = ([(800 + w * 190, 1130), (800 + w * 330, 1260), (800 + w * 230, 1380),
                     (800 + w * 60, 1640), (800 + w * 40, 1600)]
                    if f.collar == "lapel" else
                    [(800 + w * 180, 1130), (800 + w * 250, 1260), (800 + w * 120, 1370),
                     (800 + w * 5, 1290)])
            tone = f.coat if f.collar != "shirt" else f.shirt
            c.fill([(x + 8, y + 14) for x, y in flap], "#14121a", alpha=0.4, blur=10)
            c.fill(flap, shade(tone, 1.1 if w < 0 else 0.85), blur=2, tex=(0.25, 20, 40))
        c.lines([[(800, 1400), (800, 1640)]], 6, shade(f.coat, 0.55), alpha=0.6, blur=2)
    elif f.collar in ("round", "turtle"):
        top = 1060 if f.collar == "turtle" else 1160
        rim = 132 if f.collar == "turtle" else 170 * s
        c.fill([*oval(800, 1190, 205 * s, 70, 40)[:21], (800 - rim, top), (800 + rim, top)],
               ["across", shade(f.shirt, 1.25), f.shirt, shade(f.shirt, 0.6)], blur=3, tex=(0.5, 8, 60))
    elif f.collar == "hood":
        c.fill(oval(800, 1230, 330 * s, 130), ["across", shade(f.coat, 1.2), f.coat, shade(f.coat, 0.55)],
               blur=4)
        c.fill(oval(800, 1205, 220 * s, 95), shade(f.shirt, 0.75), blur=4)
        c.lines([[(720, 1310), (700, 1520)], [(880, 1310), (900, 1500)]], 12, shade(f.coat, 1.6), blur=1)
    else:
        c.fill([(420, 1240), (700, 1120), (900, 1130), (1190, 1260), (960, 1400), (820, 1640), (640, 1640),
                (760, 1400)],
               ["across", shade(f.shirt, 1.1), f.shirt, shade(f.shirt, 0.65)], tex=(0.6, 14, 60), blur=4)


def _neck(c: Canvas, f: Face, x: float) -> None:
    """Paint the neck and the shade under the chin."""
    neck = [(x - 122, 930), (x - 126, 1090), (x - 165, 1180), (800, 1265), (x + 165, 1180), (x + 126, 1090),
            (x + 122, 930)]
    if f.collar == "turtle":
        neck = neck[:2] + neck[-2:]
    c.fill(_round(neck, 2), ["across", shade(f.skin, 0.95), shade(f.skin, 0.86), shade(f.skin, 0.6)], blur=3)
    c.fill(oval(x + 14, 1010, 135, 62), shade(f.skin, 0.5), alpha=0.5, blur=26)


def _head(c: Canvas, f: Face, x: float) -> None:
    """Paint the head in light from the left."""
    s = f.wide
    for way in (-1, 1):
        c.fill(oval(x + way * 258 * s, 745, 40, 74), shade(f.skin, 0.92 if way < 0 else 0.66), blur=3)
    outline: list[Point] = []
    for i in range(60):
        a = i / 60 * 2 * math.pi
        wide = 258 * s * (1 - 0.17 * max(0.0, math.sin(a)) ** 2.2)
        outline.append((x + wide * math.cos(a), 710 + (345 if math.sin(a) > 0 else 330) * math.sin(a)))
    c.fill(outline, ["across", shade(f.skin, 1.06), shade(f.skin, 1.1), f.skin, shade(f.skin, 0.68)], blur=3)
    c.fill(oval(x + 200 * s, 800, 90, 240), shade(f.skin, 0.5), alpha=0.28, blur=50)
    c.fill(oval(x - 60, 520, 150, 80), "#fff4e4", alpha=0.2, blur=50)
    for way in (-1, 1):
        c.fill(oval(x + way * 138 * s, 835, 68, 46), "#c8604a", alpha=0.2, blur=30)
    if f.age > 0.35:
        c.lines([[(x + w * 92, 850), (x + w * 122, 900), (x + w * 128, 945)] for w in (-1, 1)], 7,
                shade(f.skin, 0.6),
                alpha=0.45 * f.age, blur=6)
        c.lines([[(x - 110, 520 + i * 34), (x, 512 + i * 34), (x + 110, 520 + i * 34)] for i in (0, 1)], 5,
                shade(f.skin, 0.65), alpha=0.3 * f.age, blur=5)


def _features(c: Canvas, f: Face, x: float) -> None:
    """Paint eyes, brows, nose, mouth and glasses."""
    brow = mix(f.hair, "#2a211c", 0.55)
    for w in (-1, 1):
        ex, ey = x + w * 112 * f.wide, 722
        c.fill(oval(ex, ey - 4, 66, 36), shade(f.skin, 0.62), alpha=0.32, blur=14)
        c.fill(oval(ex, ey, 43, 16 - f.smile * 3), "#f3ebe2", blur=2)
        c.fill(oval(ex + 3, ey, 18, 17 - f.smile * 2), "#241914", blur=1.5)
        c.fill(oval(ex - 4, ey - 6, 4.5, 4.5), "#ffffff", blur=1)
        lid = [(ex - 50, ey + 5), (ex - 30, ey - 12), (ex, ey - 18), (ex + 32, ey - 11), (ex + 52, ey + 4)]
        c.lines([_round(lid, 2, False)], 9, "#2c1e19", blur=2)
        c.lines([[(ex - 36, ey + 18), (ex, ey + 23), (ex + 36, ey + 17)]], 4, shade(f.skin, 0.6), alpha=0.6,
                blur=3)
        c.lines([_round([(ex - 66, ey - 58 + (10 if w < 0 else 0)), (ex, ey - 76),
                         (ex + 66, ey - 58 + (10 if w > 0 else 0))],
                        2, False)], 17, brow, alpha=0.85, blur=4)
    c.lines([_round([(x + 26, 730), (x + 32, 800), (x + 46, 850), (x + 22, 868)], 2, False)], 12,
            shade(f.skin, 0.58),
            alpha=0.5, blur=9)
    c.fill(oval(x - 6, 838, 26, 26), "#fff2e2", alpha=0.28, blur=12)
    c.lines([[(x - 36, 862), (x - 18, 872), (x, 868), (x + 18, 873), (x + 36, 861)]], 7, shade(f.skin, 0.52),
            alpha=0.6, blur=5)
    lift = 16 * f.smile
    mouth = _round([(x - 86, 942 - lift), (x - 40, 950), (x, 954), (x + 40, 950), (x + 86, 942 - lift)], 2,
                   False)
    c.fill([*mouth, (x + 44, 980), (x, 988), (x - 44, 980)], "#b8685a", alpha=0.6, blur=5)
    c.fill([*mouth, (x + 24, 934), (x, 938), (x - 24, 934)], "#a85a50", alpha=0.6, blur=4)
    c.lines([mouth], 6, "#6a332c", alpha=0.8, blur=2)
    c.fill(oval(x, 1012, 52, 16), shade(f.skin, 0.6), alpha=0.3, blur=12)
    if f.glasses:
        rims = [_round(box(x + w * 114 * f.wide - 84, 664, x + w * 114 * f.wide + 84, 790), 3)
                for w in (-1, 1)]
        c.fills(rims, "#dfe9f0", alpha=0.1)
        c.lines([[*rim, rim[0]] for rim in rims], 9, f.glasses, blur=0.8)
        c.lines([[(x - 32, 712), (x, 702), (x + 32, 712)], [(x - 198, 706), (x - 262 * f.wide, 716)],
                 [(x + 198, 706), (x + 262 * f.wide, 716)]], 9, f.glasses, blur=0.8)


def _mass(c: Canvas, f: Face, points: list[Point], strands: int = 60) -> None:
    """Paint one mass of hair with strands that follow its fall."""
    shape = _round(points, 3)
    c.fill(shape, ["across", shade(f.hair, 1.16), f.hair, shade(f.hair, 0.6)], blur=4, tex=(0.8, 7, 150))
    xs, ys = [p[0] for p in shape], [p[1] for p in shape]
    mx, my, top = (min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2, min(ys)
    paths = []
    for _ in range(strands):
        px, py = c.rng.choice(shape)
        qx, qy = px + (mx - px) * 0.2, py + (my - py) * 0.2
        paths.append([(qx, qy), (qx + (mx - qx) * 0.1, qy - (qy - top) * 0.3)])
    c.lines(paths, 4, shade(f.hair, 1.4), alpha=0.3, blur=3)


def _hair_behind(c: Canvas, f: Face, x: float) -> None:
    """Paint the hair that falls behind the head."""
    s = f.wide
    if f.cut in ("long", "wave"):
        low = 1400 if f.cut == "long" else 1150
        _mass(c, f, [(x - 300 * s, 560), (x - 360 * s, 900), (x - 390 * s, low), (x - 160, low + 60),
                     (x + 160, low + 60),
                     (x + 390 * s, low), (x + 360 * s, 900), (x + 300 * s, 560), (x, 340)])
    elif f.cut == "bob":
        _mass(c, f, [(x - 310 * s, 560), (x - 365 * s, 880), (x - 320 * s, 1060), (x + 320 * s, 1060),
                     (x + 365 * s, 880),
                     (x + 310 * s, 560), (x, 340)])
    elif f.cut == "tail":
        _mass(c, f, [(x + 160, 420), (x + 330, 480), (x + 420, 760), (x + 370, 1180), (x + 260, 1120),
                     (x + 250, 700)])
    elif f.cut == "bun":
        _mass(c, f, [(x - 140, 380), (x - 120, 270), (x, 215), (x + 130, 270), (x + 145, 380)])


def _cap_line(x: float, s: float, low: float, fringe: list[Point], high: float = 345) -> list[Point]:
    """Return a cap of hair: down both temples to low, along the given hairline."""
    return [(x - 275 * s, low), (x - 298 * s, 600), (x - 240 * s, high + 90), (x - 120 * s, high + 5),
            (x, high - 15),
            (x + 120 * s, high + 5), (x + 240 * s, high + 90), (x + 298 * s, 600), (x + 275 * s, low),
            *fringe]


def _hair_front(c: Canvas, f: Face, x: float) -> None:
    """Paint the hair over brow and temples."""
    s = f.wide
    right, left = (x + 236 * s, 640), (x - 236 * s, 640)
    lines = {
        "part": (760, [right, (x + 190, 540), (x + 40, 480), (x - 130, 470), (x - 200, 545), left], 345),
        "silver": (750, [right, (x + 215, 520), (x + 100, 455), (x - 100, 450), (x - 215, 525), left], 350),
        "short": (740, [right, (x + 205, 540), (x + 60, 500), (x - 60, 520), (x - 205, 535), left], 340),
        "crew": (700, [right, (x + 215, 520), (x + 100, 470), (x - 100, 470), (x - 215, 520), left], 355),
        "bob": (1000, [(x + 240 * s, 900), right, (x + 180, 585), (x, 600), (x - 180, 585), left,
                       (x - 240 * s, 900)], 335),
        "crop": (830, [right, (x + 190, 600), (x + 20, 560), (x - 120, 620), (x - 215, 600), left], 325),
        "tail": (720, [right, (x + 195, 520), (x + 60, 455), (x - 90, 470), (x - 205, 540), left], 345),
        "long": (1080, [(x + 262 * s, 900), right, (x + 170, 520), (x + 10, 440), (x - 170, 520), left,
                        (x - 262 * s, 900)], 335),
        "wave": (960, [(x + 258 * s, 880), right, (x + 150, 540), (x - 60, 450), (x - 200, 560), left,
                       (x - 258 * s, 880)], 325),
        "bun": (720, [right, (x + 205, 530), (x + 80, 450), (x - 80, 450), (x - 205, 530), left], 345),
        "mop": (800, [right, (x + 170, 630), (x + 60, 600), (x - 50, 640), (x - 150, 600), left], 310),
        "cap": (770, [right, (x + 200, 560), (x, 540), (x - 200, 560), left], 350),
    }
    low, fringe, high = lines[f.cut]
    _mass(c, f, _cap_line(x, s, low, fringe, high), 90)
    if f.cut == "cap":
        crown = _round([(x - 300, 580), (x - 285, 430), (x - 160, 320), (x, 295), (x + 160, 320),
                        (x + 285, 430), (x + 300, 580)], 3)
        c.fill(crown, ["across", "#5d6670", "#454c56", "#262a32"], tex=(0.4, 20, 20), blur=3)
        c.fill(_round([(x - 300, 560), (x, 520), (x + 300, 560), (x + 250, 620), (x, 590), (x - 250, 620)],
                      3),
               ["#4a525c", "#23272e"], blur=3)
        c.fill(oval(x, 620, 240, 40), "#1a120e", alpha=0.3, blur=20)


def _round(points: list[Point], times: int, closed: bool = True) -> list[Point]:
    """Cut the corners of a line or ring a few times, so that it runs softly."""
    for _ in range(times):
        out: list[Point] = [] if closed else [points[0]]
        pairs = zip(points, points[1:] + points[:1], strict=True) if closed else pairwise(points)
        for (ax, ay), (bx, by) in pairs:
            out += [(ax * 0.75 + bx * 0.25, ay * 0.75 + by * 0.25),
                    (ax * 0.25 + bx * 0.75, ay * 0.25 + by * 0.75)]
        points = out if closed else [*out, points[-1]]
    return points
