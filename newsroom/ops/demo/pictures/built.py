"""Houses, walls, roofs, vehicles and small structures."""

from __future__ import annotations

from .canvas import Canvas, Colour, Point, box, mix, oval, shade

TILE = "#4b4f57"
PLASTER = "#d8cdb8"


def tiled_roof(c: Canvas, x: float, y: float, w: float, h: float, colour: Colour = TILE, snow: float = 0.0,
               blur: float = 0.0) -> None:
    """Paint a Korean tiled roof, its eaves at y and rising at both ends."""
    def eave(t: float, lift: float) -> Point:
        u = 2 * t - 1
        return x - w / 2 + w * t, y - lift * h * abs(u) ** 3

    def crest(t: float) -> Point:
        u = 2 * t - 1
        return x + u * w * 0.34, y - h * (0.9 + 0.14 * u * u)

    n = 24
    low, top = [eave(i / n, 0.3) for i in range(n + 1)], [crest(i / n) for i in range(n + 1)]
    body = [*top, *((px, py + h * 0.0) for px, py in reversed(low))]
    c.fill([(px, py + h * 0.12) for px, py in low] + list(reversed(low)), shade(colour, 0.5), blur=blur)
    c.fill(body, [shade(colour, 1.12), colour, shade(colour, 0.72)], tex=(0.4, 10, 8), blur=blur)
    rows = max(10, int(w / 15))
    ribs = []
    for i in range(rows + 1):
        t = i / rows
        a, b = crest(t), eave(t, 0.3)
        ribs.append([a, ((a[0] + b[0]) / 2 + (b[0] - a[0]) * 0.06, (a[1] + b[1]) / 2 + h * 0.03), b])
    c.lines([[(px + 2.4, py) for px, py in rib] for rib in ribs], max(1.2, w * 0.004), shade(colour, 0.55),
            alpha=0.8, blur=blur)
    c.lines(ribs, max(1.2, w * 0.005), shade(colour, 1.3), alpha=0.55, blur=blur)
    c.lines([top], h * 0.11, shade(colour, 0.6), blur=blur)
    c.lines([[(px, py - h * 0.03) for px, py in top]], h * 0.05, shade(colour, 1.15), blur=blur)
    c.dabs([(px, py + h * 0.05, w * 0.007 + 1, w * 0.007 + 1) for px, py in low], shade(colour, 1.25),
           blur=blur)
    if snow:
        c.fill([(px, py - h * 0.06) for px, py in top] + [(px, py + h * 0.02) for px, py in reversed(low)],
               ["#f4f7fb", "#dfe7f0", "#c3d0de"], alpha=snow, blur=blur + 1.2, tex=(0.25, 30, 10))


def hanok(c: Canvas, x: float, y: float, w: float, lit: Colour | None = None, snow: float = 0.0,
          wall: Colour = PLASTER, roof: Colour = TILE, blur: float = 0.0) -> None:
    """Paint a tiled house seen from the front; y is the foot of its stone base."""
    hw, tall, base = w * 0.4, w * 0.24, w * 0.045
    top = y - base - tall
    c.fill(oval(x, y + 3, w * 0.5, w * 0.035, 30), "#141210", alpha=0.4, blur=w * 0.018)
    c.fill(box(x - hw * 1.08, y - base, x + hw * 1.08, y), ["#9a938a", "#6b655e"], tex=(0.9, 18, 10),
           blur=blur)
    c.fill(box(x - hw, top, x + hw, y - base), [shade(wall, 0.6), wall, shade(wall, 0.85)], tex=(0.3, 20, 14),
           blur=blur)
    door = lit or "#b9a883"
    for i in range(4):
        a = x - hw + hw * 2 * (i + 0.12) / 4
        b = x - hw + hw * 2 * (i + 0.88) / 4
        t, e = top + tall * 0.28, y - base - (tall * 0.05 if i % 3 else tall * 0.3)
        c.fill(box(a, t, b, e), [shade(door, 1.2), door, shade(door, 0.8)], blur=blur)
        bars = [[(a + (b - a) * j / 5, t), (a + (b - a) * j / 5, e)] for j in range(6)]
        bars += [[(a, t + (e - t) * j / 4), (b, t + (e - t) * j / 4)] for j in range(5)]
        c.lines(bars, max(1.2, w * 0.003), "#4a3526", blur=blur)
    posts = [box(x - hw + hw * 2 * i / 4 - w * 0.009, top, x - hw + hw * 2 * i / 4 + w * 0.009, y - base)
             for i in range(5)]
    c.fills([*posts, box(x - hw, top + tall * 0.2, x + hw, top + tall * 0.26)], "#54392a", blur=blur)
    c.fill(box(x - hw, top, x + hw, top + tall * 0.24), "#120d0a", alpha=0.5, blur=w * 0.01)
    tiled_roof(c, x, top + tall * 0.12, w, w * 0.24, roof, snow, blur)
    if lit:
        c.glow(x, y - tall * 0.6, w * 0.45, lit, 0.35)


def cottage(c: Canvas, x: float, y: float, w: float, roof: Colour = "#3f6a8a", wall: Colour = "#ddd4c2",
            lit: Colour | None = None, snow: float = 0.0, side: int = 1, blur: float = 0.0) -> None:
    """Paint a low farmhouse with a slate roof, gable to one side; y is its foot."""
    tall, roof_h, gable = w * 0.3, w * 0.22, w * 0.3 * side
    a, b = (x - w * 0.5, x + w * 0.22) if side > 0 else (x - w * 0.22, x + w * 0.5)
    edge = b if side > 0 else a
    far = edge + gable
    top = y - tall
    c.fill(oval(x, y + 2, w * 0.62, w * 0.035, 30), "#12110f", alpha=0.4, blur=w * 0.016)
    c.fill(box(a, top, b, y), [shade(wall, 0.72), wall, shade(wall, 0.9)], tex=(0.35, 22, 18), blur=blur)
    apex = (edge + gable * 0.5, top - roof_h * 0.92)
    c.fill([(edge, y), (edge, top), apex, (far, top - w * 0.015), (far, y - w * 0.02)],
           [shade(wall, 0.72), shade(wall, 0.56)], tex=(0.35, 22, 18), blur=blur)
    out = w * 0.04
    other = a - out if side > 0 else b + out
    c.fill([(other, top + out), (edge + out * 0.4 * side, top + out),
            (apex[0] + out * 0.2 * side, apex[1] - out * 0.4), (other + gable * 0.36, apex[1] - out * 0.4)],
           ["#f6f9fc", "#cfdae6"] if snow else [shade(roof, 1.18), roof, shade(roof, 0.8)],
           tex=(0.45, 9, 16), blur=blur)
    c.fill([(apex[0], apex[1] - out * 0.4), (far + out * side, top + out * 0.7),
            (far + out * side, top + out * 1.3),
            (apex[0], apex[1] + out * 0.5)], "#b8c6d6" if snow else shade(roof, 0.55), blur=blur)
    wide = b - a
    glass = lit or "#56606a"
    door = box(a + wide * 0.42, top + tall * 0.36, a + wide * 0.56, y)
    c.fill(door, [shade("#6b5038", 0.9), "#4b3727"], blur=blur)
    panes = [box(a + wide * p, top + tall * 0.38, a + wide * (p + 0.22), top + tall * 0.72)
             for p in (0.1, 0.68)]
    c.fills([[(px + (3 if i in (1, 2) else -3), py + (3 if i > 1 else -3)) for i, (px, py) in enumerate(p)]
             for p in panes], "#e8e2d6" if not lit else "#5a4632", blur=blur)
    c.fills(panes, [shade(glass, 1.25), glass], blur=blur)
    c.lines([[((p[0][0] + p[1][0]) / 2, p[0][1]), ((p[0][0] + p[1][0]) / 2, p[2][1])] for p in panes],
            max(1.3, w * 0.005), "#e8e2d6" if not lit else "#5a4632", blur=blur)
    c.fill(box(a, top + out * 0.6, b, top + tall * 0.26), "#120f0d", alpha=0.4, blur=w * 0.01)
    if lit:
        for p in panes:
            c.glow(p[0][0] + wide * 0.1, p[0][1] + tall * 0.2, w * 0.28, lit, 0.55)


def stones(c: Canvas, corners: list[Point], size: float, colours: tuple, mortar: Colour = "#3f3a34",
           rows: int | None = None) -> None:
    """Lay field stones over a quadrangle (top left, top right, bottom right, bottom left)."""
    tl, tr, br, bl = corners
    c.fill(corners, mortar)
    bunch: dict[int, list] = {i: [] for i in range(len(colours))}
    n = rows or max(3, int(abs(bl[1] - tl[1]) / size))
    for r in range(n):
        t = 0.0
        while t < 1:
            wide = c.rng.uniform(0.75, 1.7) * size / max(1, abs(tr[0] - tl[0]))
            ring = []
            for px, py in oval(t + wide / 2, (r + 0.5) / n, wide * 0.48, 0.47 / n, 9):
                u = min(1, max(0, px + c.rng.uniform(-0.1, 0.1) * wide))
                v = min(1, max(0, py + c.rng.uniform(-0.07, 0.07) / n))
                ax, ay = tl[0] + (tr[0] - tl[0]) * u, tl[1] + (tr[1] - tl[1]) * u
                bx, by = bl[0] + (br[0] - bl[0]) * u, bl[1] + (br[1] - bl[1]) * u
                ring.append((ax + (bx - ax) * v, ay + (by - ay) * v))
            bunch[c.rng.randrange(len(colours))].append(ring)
            t += wide
    for i, colour in enumerate(colours):
        c.fills([[(px + 1.5, py + 2.5) for px, py in ring] for ring in bunch[i]], shade(colour, 0.55),
                blur=0.8)
        c.fills(bunch[i], colour, tex=(0.8, 12, 10))


def bricks(c: Canvas, x0: float, y0: float, x1: float, y1: float, colour: Colour, course: float = 12) -> None:
    """Cover an upright wall with courses of brick."""
    c.fill(box(x0, y0, x1, y1), [shade(colour, 1.05), colour, shade(colour, 0.86)], tex=(0.7, 44, 30))
    rows = int((y1 - y0) / course)
    level = [[(x0, y0 + i * course), (x1, y0 + i * course)] for i in range(1, rows + 1)]
    c.lines(level, 1.3, shade(colour, 0.62), alpha=0.6)
    odd: list[list] = [[], []]
    for i in range(rows):
        x = x0 + (course if i % 2 else 0)
        while x < x1 - course * 2.4:
            if c.rng.random() < 0.22:
                odd[c.rng.randrange(2)].append(box(x, y0 + i * course + 1, x + course * 2.2,
                                                   y0 + (i + 1) * course - 1))
            x += course * 2.4
    c.fills(odd[0], shade(colour, 1.25), alpha=0.4)
    c.fills(odd[1], shade(colour, 0.62), alpha=0.45)


def parasol(c: Canvas, x: float, y: float, r: float, colour: Colour, pole: float, blur: float = 0.0) -> None:
    """Paint a market parasol with panels; y is its rim."""
    c.lines([[(x, y - r * 0.3), (x, y + pole)]], max(2, r * 0.025), "#5b5650", blur=blur)
    n = 6
    rim = [(x - r + 2 * r * i / n, y + r * 0.05 * (1 - (2 * i / n - 1) ** 2)) for i in range(n + 1)]
    for i in range(n):
        tone = (1.18, 1.35, 1.08, 0.98, 0.82, 0.66)[i]
        c.fill([(x, y - r * 0.42), rim[i], (rim[i][0], rim[i][1] + r * 0.09),
                ((rim[i][0] + rim[i + 1][0]) / 2, rim[i][1] + r * 0.07),
                (rim[i + 1][0], rim[i + 1][1] + r * 0.09),
                rim[i + 1]], shade(colour, tone), blur=blur, tex=(0.2, 20, 20))
    c.fill(box(x - r, y + r * 0.08, x + r, y + r * 0.5), "#0d0b0a", alpha=0.16, blur=r * 0.12)


def boat(c: Canvas, x: float, y: float, w: float, colour: Colour = "#3c3026") -> None:
    """Paint a flat wooden ferry boat; y is its water line."""
    c.fill(oval(x, y + w * 0.02, w * 0.52, w * 0.035, 30), "#10141a", alpha=0.5, blur=w * 0.02)
    hull = [(x - w * 0.5, y - w * 0.13), (x - w * 0.3, y - w * 0.075), (x + w * 0.32, y - w * 0.075),
            (x + w * 0.52, y - w * 0.15), (x + w * 0.4, y + w * 0.01), (x - w * 0.36, y + w * 0.015)]
    c.fill(hull, [shade(colour, 1.35), colour, shade(colour, 0.5)], tex=(0.6, 50, 4))
    c.lines([hull[:4]], w * 0.014, shade(colour, 1.6))
    c.lines([[(x - w * 0.42, y - w * 0.05), (x + w * 0.44, y - w * 0.055)]], w * 0.006, shade(colour, 0.45))
    c.fills([box(x + w * p, y - w * 0.095, x + w * (p + 0.07), y - w * 0.07) for p in (-0.2, 0.12)],
            shade(colour, 1.3))


def bus(c: Canvas, x: float, y: float, w: float, body: Colour, glass: Colour, night: bool = False) -> None:
    """Paint a country bus from its side, driving left; y is the road."""
    h = w * 0.34
    c.fill(oval(x, y, w * 0.52, w * 0.025, 24), "#0a0a0a", alpha=0.6, blur=w * 0.012)
    top = y - h
    c.fill([(x - w * 0.5, y - h * 0.12), (x - w * 0.49, top + h * 0.2), (x - w * 0.465, top + h * 0.03),
            (x - w * 0.44, top), (x + w * 0.49, top), (x + w * 0.5, top + h * 0.05),
            (x + w * 0.5, y - h * 0.12)],
           [shade(body, 1.25), body, shade(body, 0.7)], tex=(0.15, 60, 20))
    panes = [box(x - w * 0.37 + i * w * 0.142, top + h * 0.16, x - w * 0.37 + i * w * 0.142 + w * 0.13,
                 top + h * 0.52) for i in range(6)]
    panes.append([(x - w * 0.492, top + h * 0.5), (x - w * 0.475, top + h * 0.12),
                  (x - w * 0.4, top + h * 0.12),
                  (x - w * 0.4, top + h * 0.56)])
    c.fills(panes, [shade(glass, 1.3), glass, shade(glass, 0.8)])
    c.fill(box(x - w * 0.5, y - h * 0.36, x + w * 0.5, y - h * 0.28), mix(body, "#2f5f86", 0.75))
    for p in (-0.32, 0.3):
        c.fill(oval(x + w * p, y - h * 0.08, w * 0.056, w * 0.056), "#15161a")
        c.fill(oval(x + w * p, y - h * 0.08, w * 0.026, w * 0.026), "#7d8288" if not night else "#3c4046")
