"""Sky, hills, water, ground, fields and weather."""

from __future__ import annotations

import math
from itertools import pairwise

from PIL import Image, ImageChops, ImageFilter

from .canvas import Canvas, Colour, Point, box, gradient, mix, oval, rgb, shade


def sky(c: Canvas, colours: list, y1: float, clouds: float = 0.0, light: Colour = "#ffffff",
        stretch: float = 4.0) -> None:
    """Paint a sky down to y1 with soft cloud banks of the given strength."""
    c.wash(colours, 0, y1 + 2)
    if not clouds:
        return
    size = (c.w, int(y1 * c.k))
    layer = c.noise(size, 130 * stretch, 130)
    fine = c.noise(size, 36 * stretch, 34)
    layer = Image.blend(layer, fine, 0.3)
    mask = layer.point([int(max(0, min(255, (v - 118) * 3.4)) * clouds) for v in range(256)])
    mask = ImageChops.multiply(mask, gradient(["#909090", "#ffffff", "#707070"], size).convert("L"))
    c.img.paste(Image.new("RGB", size, rgb(light)), (0, 0), mask)


def ridge(c: Canvas, y: float, amp: float, waves: float = 2.0, rough: float = 0.12,
          step: float = 9) -> list[Point]:
    """Return the line of a range of hills across the whole picture."""
    phases = [c.rng.uniform(0, 6.28) for _ in range(4)]
    out, x = [], -20.0
    while x < c.W + 30:
        t = x / c.W * 6.28
        rise = (math.sin(t * waves * 0.5 + phases[0]) * 0.55 + math.sin(t * waves + phases[1]) * 0.3
                + math.sin(t * waves * 2.3 + phases[2]) * 0.15)
        out.append((x, y - amp * rise + c.rng.uniform(-1, 1) * amp * rough))
        x += step
    return out


def hills(c: Canvas, y: float, amp: float, colours: list, base: float | None = None, waves: float = 2.0,
          rough: float = 0.06, tex: float = 0.5, blur: float = 0.0) -> list[Point]:
    """Paint one range of wooded hills and return its line."""
    line = ridge(c, y, amp, waves, rough)
    floor = c.H if base is None else base
    c.fill([*line, (c.W + 30, floor), (-30, floor)], colours, tex=(tex, 16, 12), blur=blur)
    return line


def peak(c: Canvas, points: list[Point], colours: list, base: float, rough: float = 9,
         tex: float = 0.6) -> list[Point]:
    """Paint one mountain through the given summit points, roughened, and return its line."""
    line: list[Point] = []
    for (ax, ay), (bx, by) in pairwise(points):
        n = max(2, int(abs(bx - ax) / 11))
        for i in range(n):
            t = i / n
            s = t * t * (3 - 2 * t) * 0.5 + t * 0.5
            line.append((ax + (bx - ax) * t, ay + (by - ay) * s + c.rng.uniform(-rough, rough)))
    line.append(points[-1])
    c.fill([*line, (line[-1][0], base), (line[0][0], base)], colours, tex=(tex, 22, 26))
    return line


def treeline(c: Canvas, y: float, height: float, colours: list, x0: float = -20, x1: float = 1620,
             blur: float = 0.0, tex: float = 0.7) -> None:
    """Paint a distant row of trees as one textured mass."""
    crowns, x = [], x0
    while x < x1:
        r = height * c.rng.uniform(0.28, 0.6)
        crowns.append(oval(x, y - r * c.rng.uniform(0.7, 1.2), r * 0.95, r, 14))
        x += r * 0.75
    c.fills([*crowns, box(x0, y - height * 0.3, x1, y)], colours, tex=(tex, 12, 10), blur=blur)


def ground(c: Canvas, y0: float, colours: list, y1: float | None = None, tex: float = 0.7,
           grains: tuple[float, float] = (40, 10)) -> None:
    """Paint flat land from the horizon down, its texture coarser the nearer it is."""
    bottom = c.H if y1 is None else y1
    c.wash(colours, y0, bottom)
    for i, (a, b) in enumerate(((0, 0.32), (0.1, 0.62), (0.36, 1.0))):
        top, end = int((y0 + (bottom - y0) * a) * c.k), int((y0 + (bottom - y0) * b) * c.k)
        size = (c.w, max(2, end - top))
        part = c.img.crop((0, top, c.w, top + size[1]))
        scale = (0.25, 0.6, 1.4)[i]
        grain = c.noise(size, grains[0] * scale, grains[1] * scale)
        grain = grain.point([int(128 + (v - 128) * tex * 0.5) for v in range(256)])
        rough = ImageChops.overlay(part, Image.merge("RGB", (grain,) * 3))
        fade = gradient(["#000000", "#ffffff", "#ffffff", "#ffffff"], size).convert("L")
        c.img.paste(rough, (0, top), fade if i else None)


def reflect(c: Canvas, y0: float, y1: float, tint: Colour, depth: float = 0.35, ripple: float = 5.0,
            blur: float = 2.2) -> None:
    """Mirror what stands above y0 in water down to y1, tinted, with broken edges."""
    top, height = int(y0 * c.k), int((y1 - y0) * c.k)
    reach = min(top, int(height * 1.15))
    mirror = c.img.crop((0, top - reach, c.w, top)).transpose(Image.Transpose.FLIP_TOP_BOTTOM)
    mirror = mirror.resize((c.w, height)).filter(ImageFilter.GaussianBlur(blur * c.k))
    out, step = mirror.copy(), max(2, int(3 * c.k))
    for y in range(0, height, step):
        sway = ripple * c.k * (0.25 + 1.6 * y / height)
        out.paste(mirror.crop((0, y, c.w, y + step)), (int(c.rng.uniform(-sway, sway)), y))
    water = Image.blend(out, Image.new("RGB", out.size, rgb(tint)), depth)
    c.img.paste(water, (0, top))
    glints(c, y0, y1, shade(tint, 0.55), 26, 0.35)


def glints(c: Canvas, y0: float, y1: float, colour: Colour, n: int, alpha: float = 0.5,
           x0: float = -50, x1: float = 1650) -> None:
    """Scatter flat ripples over water, longer and wider apart towards the viewer."""
    spots = []
    for _ in range(n):
        t = c.rng.random() ** 1.6
        spots.append((c.rng.uniform(x0, x1), y0 + (y1 - y0) * t, c.rng.uniform(20, 70) * (0.3 + 2 * t),
                      1.0 + 3.2 * t))
    c.dabs(spots, colour, alpha=alpha, blur=1.6)


def furrows(c: Canvas, y0: float, y1: float, vx: float, n: int, paint: Colour, width: float = 0.4,
            spread: float = 2.6, alpha: float = 0.6, blur: float = 1.5) -> None:
    """Draw crop rows that run to a vanishing point at (vx, y0)."""
    rows = []
    for i in range(n):
        a = vx + ((i / n) - 0.5) * c.W * spread
        b = vx + (((i + width) / n) - 0.5) * c.W * spread
        rows.append([(vx + (a - vx) * 0.02, y0), (vx + (b - vx) * 0.02, y0), (b, y1), (a, y1)])
    c.fills(rows, paint, alpha=alpha, blur=blur, tex=(0.7, 8, 10))


def grass(c: Canvas, y: float, height: float, colours: list, n: int, x0: float = -20, x1: float = 1620,
          lean: float = 0.25, width: float = 3.0, depth: float = 40, blur: float = 0.0) -> None:
    """Draw blades of grass or reed rooted around y, a third in each colour."""
    for colour in colours:
        blades = []
        for _ in range(n // len(colours)):
            x, base = c.rng.uniform(x0, x1), y + c.rng.uniform(-depth, depth) * 0.5
            h = height * c.rng.uniform(0.5, 1.1)
            bend = h * (lean + c.rng.uniform(-0.22, 0.22))
            blades.append([(x, base), (x + bend * 0.3, base - h * 0.55), (x + bend, base - h),
                           (x + bend * 0.3 + width, base - h * 0.5), (x + width, base)])
        c.fills(blades, colour, blur=blur)


def birds(c: Canvas, spots: list[tuple[float, float, float]], colour: Colour, alpha: float = 0.9) -> None:
    """Draw flying birds as (x, y, wing) with bent wings and a body."""
    shapes = []
    for x, y, s in spots:
        up = c.rng.uniform(0.1, 0.55)
        shapes.append([(x - s, y - s * up), (x - s * 0.45, y - s * (up * 0.9)), (x - s * 0.1, y - s * 0.08),
                       (x + s * 0.16, y - s * 0.1), (x + s * 0.5, y - s * (up + 0.1)),
                       (x + s, y - s * (up - 0.12)), (x + s * 0.45, y - s * up * 0.6),
                       (x + s * 0.14, y + s * 0.12), (x - s * 0.3, y + s * 0.1),
                       (x - s * 0.45, y - s * up * 0.55)])
    c.fills(shapes, colour, alpha=alpha, ss=3)


def snowfall(c: Canvas, n: int, colour: Colour = "#ffffff", alpha: float = 0.7) -> None:
    """Let flakes fall, the near ones large and out of focus."""
    for count, size, blur in ((n, 1.8, 0.4), (n // 4, 4.0, 1.8), (n // 20, 9.0, 5.0)):
        c.dabs([(c.rng.uniform(0, c.W), c.rng.uniform(0, c.H), size * c.rng.uniform(0.6, 1.1),
                 size * c.rng.uniform(0.6, 1.2)) for _ in range(count)], colour, alpha=alpha, blur=blur)


def path(c: Canvas, points: list[tuple[float, float, float]], paint: list | Colour, tex: float = 0.5,
         blur: float = 1.0, **how) -> None:
    """Lay a road or bank through points given as (centre x, y, half width), curving softly."""
    smooth: list[tuple[float, float, float]] = []
    for i in range(len(points) - 1):
        a, b = points[i], points[i + 1]
        p, q = points[max(0, i - 1)], points[min(len(points) - 1, i + 2)]
        for j in range(12):
            smooth.append(tuple(_spline(p[d], a[d], b[d], q[d], j / 12) for d in range(3)))
    smooth.append(points[-1])
    left = [(x - w, y) for x, y, w in smooth]
    right = [(x + w, y) for x, y, w in reversed(smooth)]
    c.fill(left + right, paint, tex=(tex, 14, 7), blur=blur, **how)


def _spline(p: float, a: float, b: float, q: float, t: float) -> float:
    """Return a Catmull-Rom interpolation between a and b."""
    return 0.5 * (2 * a + (b - p) * t + (2 * p - 5 * a + 4 * b - q) * t * t
                  + (3 * a - p - 3 * b + q) * t * t * t)


def stars(c: Canvas, y1: float, n: int, colour: Colour = "#eef2ff") -> None:
    """Scatter stars of three sizes, most of them faint."""
    for share, size, alpha in ((0.7, 0.9, 0.45), (0.25, 1.4, 0.75), (0.05, 2.4, 1.0)):
        c.dabs([(c.rng.uniform(0, c.W), c.rng.uniform(0, y1), size, size) for _ in range(int(n * share))],
               mix(colour, "#ffe6c0", c.rng.random() * 0.4), alpha=alpha, ss=3)
