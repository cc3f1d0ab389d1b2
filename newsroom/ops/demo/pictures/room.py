"""A simple camera for interiors, streets and anything with right angles."""

from __future__ import annotations

from .canvas import Canvas, Colour, Paint, Point, shade
from .people import Look, bust, person


class Room:
    """Projects metres (x right, y up, z away from the viewer) on to a canvas."""

    def __init__(self, c: Canvas, cx: float, cy: float, f: float = 1400, eye: float = 1.6):
        self.c, self.cx, self.cy, self.f, self.eye = c, cx, cy, f, eye

    def at(self, x: float, y: float, z: float) -> Point:
        """Return where a point in space falls on the canvas."""
        z = max(z, 0.25)
        return self.cx + self.f * x / z, self.cy - self.f * (y - self.eye) / z

    def face(self, points: list[tuple[float, float, float]], paint: Paint, **how) -> None:
        """Fill a face given by its corners in space."""
        self.c.fill([self.at(*p) for p in points], paint, **how)

    def faces(self, shapes: list[list[tuple[float, float, float]]], paint: Paint, **how) -> None:
        """Fill several faces with one paint."""
        self.c.fills([[self.at(*p) for p in shape] for shape in shapes], paint, **how)

    def strokes(self, paths: list[list[tuple[float, float, float]]], width: float, paint: Paint,
                **how) -> None:
        """Draw strokes in space."""
        self.c.lines([[self.at(*p) for p in path] for path in paths], width, paint, **how)

    def floor(self, x0: float, x1: float, z0: float, z1: float, paint: Paint, y: float = 0.0, **how) -> None:
        """Fill a level rectangle."""
        self.face([(x0, y, z1), (x1, y, z1), (x1, y, z0), (x0, y, z0)], paint, **how)

    def wall(self, x: float, y0: float, y1: float, z0: float, z1: float, paint: Paint, **how) -> None:
        """Fill an upright rectangle that runs away from the viewer."""
        self.face([(x, y1, z0), (x, y1, z1), (x, y0, z1), (x, y0, z0)], paint, **how)

    def front(self, x0: float, x1: float, y0: float, y1: float, z: float, paint: Paint, **how) -> None:
        """Fill an upright rectangle that faces the viewer."""
        self.face([(x0, y1, z), (x1, y1, z), (x1, y0, z), (x0, y0, z)], paint, **how)

    def block(self, x: tuple, y: tuple, z: tuple, colour: Colour, tex: tuple | None = (0.3, 20, 14),
              lit: tuple = (1.22, 1.0, 0.66), blur: float = 0.0) -> None:
        """Paint the visible faces of a box in light (top), own (front) and shadow (side) tones."""
        how = {"tex": tex, "blur": blur}
        if x[0] > 0 or x[1] < 0:
            edge = x[0] if x[0] > 0 else x[1]
            self.wall(edge, y[0], y[1], z[0], z[1], [shade(colour, lit[2] * 1.05),
                                                     shade(colour, lit[2] * 0.85)],
                      **how)
        if y[1] < self.eye:
            self.floor(x[0], x[1], z[0], z[1], [shade(colour, lit[0] * 0.94), shade(colour, lit[0])], y[1],
                       **how)
        elif y[0] > self.eye:
            self.floor(x[0], x[1], z[0], z[1], shade(colour, 0.5), y[0], **how)
        self.front(x[0], x[1], y[0], y[1], z[0], [shade(colour, lit[1]), shade(colour, lit[1] * 0.84)], **how)

    def shell(self, half: float, high: float, deep: float, walls: Colour, floor: Colour, ceiling: Colour,
              near: float = 0.6) -> None:
        """Paint floor, ceiling and three walls of a room, the left wall being the lit one's opposite."""
        self.floor(-half, half, near, deep, [shade(floor, 0.8), floor, shade(floor, 0.75)],
                   tex=(0.35, 40, 12))
        self.face([(-half, high, near), (half, high, near), (half, high, deep), (-half, high, deep)],
                  [shade(ceiling, 0.75), ceiling], tex=(0.12, 80, 30))
        self.wall(-half, 0, high, near, deep, ["across", shade(walls, 0.55), shade(walls, 0.8)],
                  tex=(0.2, 50, 40))
        self.wall(half, 0, high, near, deep, ["across", shade(walls, 1.05), shade(walls, 0.82)],
                  tex=(0.2, 50, 40))
        self.front(-half, half, 0, high, deep, [shade(walls, 0.86), walls, shade(walls, 0.84)],
                   tex=(0.2, 60, 50))
        corner = [[(s * half, 0, deep), (s * half, high, deep)] for s in (-1, 1)]
        self.strokes(corner, 16, "#16120f", alpha=0.28, blur=9)
        self.strokes([[(-half, 0, near), (-half, 0, deep), (half, 0, deep), (half, 0, near)]], 14, "#120e0b",
                     alpha=0.4, blur=8)

    def boards(self, half: float, z0: float, z1: float, colour: Colour, n: int = 18,
               alpha: float = 0.4) -> None:
        """Draw the joints of floor boards."""
        self.strokes([[(-half + 2 * half * i / n, 0, z0), (-half + 2 * half * i / n, 0, z1)]
                      for i in range(n + 1)], 1.8, colour, alpha=alpha)

    def windows(self, x: float, y0: float, y1: float, spans: list[tuple[float, float]], sky: list,
                frame: Colour = "#e6e0d4", glow: float = 0.5) -> None:
        """Cut windows in a side wall and let light fall in."""
        for z0, z1 in spans:
            self.wall(x, y0 - 0.06, y1 + 0.06, z0 - 0.06, z1 + 0.06, shade(frame, 0.8))
            self.wall(x, y0, y1, z0, z1, sky)
            mid = (z0 + z1) / 2
            self.strokes([[(x, y0, mid), (x, y1, mid)], [(x, y0 + (y1 - y0) * 0.62, z0),
                                                         (x, y0 + (y1 - y0) * 0.62, z1)]], 5, frame)
            px, py = self.at(x, (y0 + y1) / 2, mid)
            self.c.glow(px, py, self.f * (y1 - y0) / mid * 1.25, sky[0], glow)

    def shaft(self, x0: float, x1: float, z0: float, z1: float, colour: Colour = "#ffe9c0",
              alpha: float = 0.35, slant: float = 0.9) -> None:
        """Let a patch of window light lie on the floor."""
        self.c.fill([self.at(x0, 0, z0), self.at(x0 + slant * 0.2, 0, z1),
                     self.at(x1 + slant, 0, z1 + slant * 0.2),
                     self.at(x1 + slant * 0.8, 0, z0)], colour, alpha=alpha, blur=7, mode="screen")

    def table(self, x: tuple, z: tuple, top: Colour = "#a5794e", high: float = 0.74, legs: Colour = "#3d2f25",
              thick: float = 0.05) -> None:
        """Paint a table with four legs and the shade beneath it."""
        self.floor(x[0] - 0.1, x[1] + 0.15, z[0], z[1], "#0f0c0a", alpha=0.4, blur=9)
        for px in x:
            for pz in (z[1] - 0.08, z[0] + 0.08):
                inner = px - 0.05 if px == x[1] else px
                self.block((inner, inner + 0.05), (0, high - thick), (pz, pz + 0.05), legs, tex=None)
        self.block(x, (high - thick, high), z, top, tex=(0.5, 70, 5))

    def man(self, x: float, z: float, look: Look, pose: str = "stand", face: int = 0, tall: float = 1.68,
            y: float = 0.0, **how) -> None:
        """Stand a figure of a given height in metres on the floor."""
        px, py = self.at(x, y, z)
        person(self.c, px, py, self.f * tall / z, look, pose, face, **how)

    def sitter(self, x: float, z: float, coat: Colour, hair: Colour, seat: float = 0.46,
               rim: Colour | None = None,
               blur: float = 0.0) -> None:
        """Seat somebody with their back to the viewer; only the upper body is drawn."""
        px, py = self.at(x, seat, z)
        bust(self.c, px, py, self.f * 0.62 / z, coat, hair, blur, rim)

    def lamp(self, x: float, y: float, z: float, r: float, colour: Colour = "#ffd892", cord: float = 3.0,
             power: float = 0.7) -> None:
        """Hang a shaded lamp."""
        px, py = self.at(x, y, z)
        s = self.f * r / z
        self.strokes([[(x, y, z), (x, cord, z)]], 2.2, "#1d1916")
        self.c.fill([(px - s * 0.3, py - s * 0.8), (px + s * 0.3, py - s * 0.8), (px + s, py), (px - s, py)],
                    ["#4a4038", "#2a231d"])
        self.c.dabs([(px, py + s * 0.04, s * 0.86, s * 0.2)], "#fff3d2", blur=1)
        self.c.glow(px, py + s * 0.4, s * 6, colour, power)
