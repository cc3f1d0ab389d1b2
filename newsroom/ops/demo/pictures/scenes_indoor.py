"""Rooms: council chamber, classroom, bakery, library, clinic, kitchen, workshop, gallery, press hall."""

from __future__ import annotations

from PIL import Image

from .canvas import Canvas, box, oval, shade
from .lights import steam
from .people import HAIR, Look, someone
from .plants import GREEN, foliage
from .register import OLD, scene
from .room import Room


@scene("council-hall")
def council_hall(c: Canvas) -> Image.Image:
    """The council chamber: panelled wall, rostrum, curved benches."""
    room = Room(c, 800, 430, 1300, 2.5)
    room.shell(6.4, 5.2, 12, "#9a6f48", "#7a4a3e", "#c9bca4")
    panels = [box(*room.at(-6.4 + i * 1.28, 4.9, 12), *room.at(-6.4 + i * 1.28 + 1.16, 0, 12))
              for i in range(10)]
    c.fills(panels[::2], ["#b4845a", "#8a5f3c"], tex=(0.6, 6, 60))
    c.fills(panels[1::2], ["#a57850", "#7d5536"], tex=(0.6, 6, 60))
    for x in (-4, -1.4, 1.4, 4):
        room.face([(x - 0.8, 5.15, 5), (x + 0.8, 5.15, 5), (x + 0.8, 5.15, 9.5), (x - 0.8, 5.15, 9.5)],
                  "#fffbe8",
                  blur=3)
        c.glow(*room.at(x, 5.0, 8), 260, "#fff0cc", 0.4)
    x, y = room.at(0, 3.7, 11.9)
    c.fill(oval(x, y, 58, 58), ["#d9b45e", "#8f6a2a"])
    c.fill(oval(x, y, 42, 42), ["#4d7a5a", "#2c4f45"])
    c.fill([(x - 34, y + 16), (x - 8, y - 20), (x + 6, y - 4), (x + 16, y - 14), (x + 34, y + 16)], "#e8e2cc")
    for side in (-1, 1):
        px, py = room.at(side * 2.3, 3.4, 11.6)
        c.fill([(px - 8, py - 70), (px + 34, py - 62), (px + 26, py + 120), (px - 2, py + 130)],
               ["across", "#f2efe6", "#c9c6bc"] if side < 0 else ["across", "#3f7a62", "#28523f"],
               tex=(0.4, 9, 60))
        c.lines([[(px - 8, py - 90), (px - 8, py + 190)]], 5, "#caa24e")
    room.man(0, 10.9, Look("#2f3540", "#222", "#8d8984"), "stand", 0, 1.6, y=0.75, shadow=0, back=False)
    room.block((-2.6, 2.6), (0, 1.55), (10, 10.8), "#8a5a38", tex=(0.5, 60, 6))
    room.man(-1.3, 9.0, Look("#3d4a66", "#22252c"), "stand", 0, 1.74, shadow=0, back=False)
    room.block((-2.0, -0.6), (0, 1.12), (8.2, 8.8), "#9a6842", tex=(0.5, 60, 6))
    for z, n, half in ((7.0, 8, 4.4), (5.5, 7, 4.0), (4.1, 6, 3.5)):
        for i in range(n):
            x = -half + 2 * half * (i + 0.5) / n
            if abs(x) < 0.55:
                continue
            curve = z - 0.05 * x * x
            room.block((x - half / n * 0.92, x + half / n * 0.92), (0, 0.86), (curve + 0.5, curve + 1.0),
                       "#93623e",
                       tex=(0.5, 50, 6))
            room.front(x - 0.2, x + 0.2, 0.9, 1.18, curve + 0.6, ["#4a5560", "#2a3036"])
            room.sitter(x, curve, c.rng.choice(("#2f3540", "#3b3f4a", "#4a3f3a", "#52586a", "#6a3f44")),
                        c.rng.choice(HAIR), 0.55)
            room.front(x - 0.3, x + 0.3, 0.1, 0.86, curve - 0.05, ["#3d2f2c", "#241b1a"])
    return c.finish(0.4, warm=0.15)


@scene("classroom")
def classroom(c: Canvas) -> Image.Image:
    """Pupils at their desks in the light of the classroom windows."""
    room = Room(c, 900, 430, 1150, 1.75)
    room.shell(4.0, 3.1, 8.2, "#d9d6c4", "#b08a5a", "#eceadf")
    room.boards(4.0, 1, 8.2, "#6f5232", 26)
    room.front(-2.6, 2.6, 0.95, 2.3, 8.15, "#8f7048")
    room.front(-2.52, 2.52, 1.02, 2.23, 8.14, ["#3f6650", "#2c4d3c"], tex=(0.5, 90, 30))
    room.strokes([[(-2.2 + i * 0.5 + c.rng.uniform(0, 0.1), 2.0 - r * 0.25, 8.1),
                   (-1.85 + i * 0.5, 2.0 - r * 0.25, 8.1)]
                  for r in range(3) for i in range(7 - r * 2)], 3, "#dfe6da", alpha=0.6, blur=1)
    room.front(2.9, 3.8, 1.0, 2.2, 8.14, ["#c9a878", "#a88a5c"])
    for i, tone in enumerate(("#d98a6a", "#7fa6b8", "#e8d38a", "#9ab88a", "#e8e2d2", "#b88aa8")):
        room.front(2.97 + (i % 2) * 0.42, 3.32 + (i % 2) * 0.42, 1.78 - (i // 2) * 0.37,
                   2.1 - (i // 2) * 0.37, 8.12, tone)
    room.windows(-4.0, 0.95, 2.55, [(2.0, 3.5), (3.8, 5.3), (5.6, 7.1)], ["#f4f8f2", "#cfe2ea", "#b8cfae"],
                 glow=0.55)
    for z in (2.2, 3.9, 5.6):
        room.shaft(-3.4, -1.9, z, z + 1.1, alpha=0.4, slant=1.4)
    room.man(1.4, 7.5, Look("#a85a5e", "#3d3f48", long=True), "point", -1, 1.66)
    for z in (6.3, 5.1, 3.9, 2.8):
        for x in (-2.5, -0.9, 0.7, 2.3):
            room.table((x - 0.45, x + 0.45), (z + 0.1, z + 0.6), "#c79a64", 0.7, "#7d8084", 0.04)
            room.front(x - 0.12, x + 0.2, 0.72, 0.75, z + 0.2, "#f0ede2")
            if (x, z) != (0.7, 3.9):
                room.sitter(x, z - 0.1, c.rng.choice(("#c9605a", "#e0b44e", "#5b84a8", "#7a9a6a", "#e6dfd0",
                                                      "#8a6a9a",
                                                      "#44516a")), c.rng.choice(HAIR[:3]), 0.48)
            room.front(x - 0.2, x + 0.2, 0.42, 0.74, z - 0.3, ["#b98a58", "#8f6840"])
    c.focus(330, 780, 3, 260)
    return c.finish(0.28, warm=0.1)


@scene("village-bakery")
def village_bakery(c: Canvas) -> Image.Image:
    """Bread on the shelves of the bakery in the old branch school."""
    room = Room(c, 760, 420, 1250, 1.6)
    room.shell(3.4, 3.0, 6.0, "#d8b98c", "#8a5f3e", "#b59468")
    room.boards(3.4, 1, 6, "#4f3422", 20)
    room.windows(3.4, 0.9, 2.4, [(2.6, 3.8), (4.2, 5.4)], ["#fff3d4", "#f5deae", "#d9b884"], "#6a4a30", 0.5)
    room.front(-2.9, 1.2, 0.7, 2.75, 5.95, ["#6a4830", "#4a3020"], tex=(0.4, 40, 9))
    crust = ("#b8702e", "#d19548", "#9a5a26", "#e0b068")
    for shelf in (0.8, 1.28, 1.76, 2.24):
        room.front(-2.85, 1.15, shelf - 0.05, shelf, 5.9, ["#a5774c", "#7d5636"])
        x = -2.7
        while x < 1.0:
            px, py = room.at(x, shelf, 5.88)
            s = c.rng.uniform(22, 40)
            tone = c.rng.choice(crust)
            c.fill(oval(px, py - s * 0.42, s, s * 0.52), [shade(tone, 1.35), tone, shade(tone, 0.55)],
                   tex=(0.5, 8, 6))
            c.lines([[(px - s * 0.4 + j * s * 0.4, py - s * 0.75),
                      (px - s * 0.2 + j * s * 0.4, py - s * 0.45)]
                     for j in range(3)], 3, shade(tone, 1.5), alpha=0.6, blur=0.8)
            x += s * 0.0104
    room.man(-0.9, 4.7, Look("#f0eadc", "#3d3a38", hat="#f7f3e8", apron="#b8573c"), "work", 1, 1.68)
    room.man(0.7, 4.9, Look("#8a9a86", "#3a3a40", apron="#e6dcc6"), "stand", -1, 1.6, back=False)
    room.block((-3.2, 1.05), (0, 1.0), (3.6, 4.3), "#9a6b44", tex=(0.5, 70, 6))
    room.front(-3.0, 0.95, 0.25, 0.85, 3.58, ["#fff0c8", "#d9ac6a"], alpha=0.8)
    for i in range(12):
        for y in (0.3, 0.58):
            px, py = room.at(-2.8 + i * 0.33, y, 3.56)
            c.fill(oval(px, py - 18, 36, 22), [shade(crust[i % 4], 1.3), crust[i % 4],
                                               shade(crust[i % 4], 0.5)])
    room.strokes([[(-3.0, 0.56, 3.55), (0.95, 0.56, 3.55)]], 5, "#6a4a30")
    for x in (-2.4, -1.9, -0.2, 0.3):
        px, py = room.at(x, 1.0, 3.7)
        c.fill([(px - 62, py - 18), (px + 62, py - 18), (px + 48, py + 6), (px - 48, py + 6)],
               ["#b58a54", "#7d5a34"])
        c.dabs([(px - 40 + j * 20, py - 26 - (j % 2) * 12, 24, 18) for j in range(5)], "#c98540")
        c.dabs([(px - 44 + j * 20, py - 33 - (j % 2) * 12, 12, 6) for j in range(5)], "#edc27c", blur=2)
    for x in (-2.2, -0.6, 1.0):
        room.lamp(x, 2.25, 4.0, 0.18, power=0.5)
    room.man(1.5, 3.4, Look("#5a6f82", "#38343a", long=True), "stand", -1, 1.64)
    room.man(1.95, 3.6, Look("#d9a04a", "#3d4660"), "stand", -1, 1.15)
    return c.finish(0.42, warm=0.3)


def _books(c: Canvas, room: Room, side: int, z0: float, z1: float) -> None:
    """Fill one bookcase along a side wall with book spines."""
    x = side * 2.6
    room.wall(x, 0, 2.7, z0, z1, ["#6f4c30", "#4a311f"])
    bunch: dict[str, list] = {t: [] for t in ("#8f3f36", "#3f5d78", "#d2c4a2", "#5d7050", "#b98a44",
                                              "#44404a",
                                              "#a9b0ac")}
    tones = list(bunch)
    for shelf in range(6):
        low, z = 0.12 + shelf * 0.43, z0 + 0.05
        while z < z1 - 0.1:
            wide = c.rng.uniform(0.05, 0.13)
            if c.rng.random() < 0.93:
                high = c.rng.uniform(0.25, 0.36)
                bunch[c.rng.choice(tones)].append([(x, low, z), (x, low, z + wide * 0.9),
                                                   (x, low + high, z + wide * 0.9), (x, low + high, z)])
            z += wide
    for tone, shapes in bunch.items():
        room.faces(shapes, tone if side > 0 else shade(tone, 0.72), tex=(0.3, 8, 20))
    room.strokes([[(x - side * 0.02, 0.1 + i * 0.43, z0), (x - side * 0.02, 0.1 + i * 0.43, z1)]
                  for i in range(7)],
                 6, "#8a6240" if side > 0 else "#5a3e28")
    room.strokes([[(x, 0, z0), (x, 2.7, z0)], [(x, 0, z1), (x, 2.7, z1)]], 8, "#5d4029")


@scene("library")
def library(c: Canvas) -> Image.Image:
    """The reading room between two walls of books."""
    room = Room(c, 800, 440, 1250, 1.7)
    room.shell(2.65, 3.4, 11, "#cfc2a6", "#8f7355", "#d8cfba")
    room.front(-1.5, 1.5, 0.7, 3.0, 10.95, "#7d6248")
    room.front(-1.4, 1.4, 0.8, 2.9, 10.94, ["#eaf3f2", "#cfe0d4", "#a5b88a"])
    c.dabs([(*room.at(c.rng.uniform(-1.3, 1.3), c.rng.uniform(0.9, 1.8), 10.9), 12, 9) for _ in range(50)],
           "#c08a3e",
           blur=2, alpha=0.8)
    room.strokes([[(x, 0.8, 10.9), (x, 2.9, 10.9)] for x in (-0.7, 0, 0.7)] + [[(-1.4, 1.9, 10.9),
                                                            (1.4, 1.9, 10.9)]],
                 5, "#6a523c")
    c.glow(*room.at(0, 1.9, 10.9), 420, "#f4fbf2", 0.7)
    for z0, z1 in ((7.6, 10), (4.9, 7.3), (1.6, 4.6)):
        for side in (-1, 1):
            _books(c, room, side, z0, z1)
    room.shaft(-0.9, 0.4, 4, 9, "#e8f2ea", 0.35, 0.5)
    room.man(2.0, 7.4, Look("#6a7f6a", "#3a3a42"), "reach", 1, 1.66)
    for z, people in ((6.6, ((-0.7, "#a4564a"), (0.6, "#46607a"))),
                      (3.7, ((-0.85, "#5f6d52"), (0.75, "#c9b48a")))):
        room.table((-1.3, 1.3), (z + 0.2, z + 1.1), "#b07f4f", 0.74, "#4a3424")
        for x in (-0.7, 0.1, 0.75):
            room.floor(x - 0.2, x + 0.2, z + 0.4, z + 0.65, "#f4f0e4", 0.75)
            room.strokes([[(x, 0.755, z + 0.4), (x, 0.755, z + 0.65)]], 2, "#a9a294")
        px, py = room.at(0.15, 0.74, z + 0.8)
        s = 1250 / z
        c.lines([[(px, py), (px, py - s * 0.36)]], max(2, s * 0.012), "#b99a4e")
        c.fill([(px - s * 0.18, py - s * 0.3), (px - s * 0.12, py - s * 0.42), (px + s * 0.12, py - s * 0.42),
                (px + s * 0.18, py - s * 0.3)], ["#4f8a66", "#2c5a44"])
        c.glow(px, py - s * 0.18, s * 0.8, "#ffe2a0", 0.6)
        for x, coat in people:
            room.sitter(x, z, coat, c.rng.choice(HAIR), 0.48)
            room.front(x - 0.24, x + 0.24, 0.2, 0.85, z - 0.1, ["#8f6644", "#5d412c"])
    c.focus(240, 860, 2.5, 260)
    return c.finish(0.38, warm=0.12)


@scene("village-clinic", OLD)
def village_clinic(c: Canvas) -> Image.Image:
    """A nurse takes an old woman's blood pressure at the health post."""
    room = Room(c, 700, 470, 1300, 1.45)
    room.shell(2.8, 2.8, 5.2, "#cfe0d6", "#a9b4a8", "#eef2ec")
    room.front(-2.8, 2.8, 0, 0.95, 5.18, ["#a9c9bc", "#93b5a8"], tex=(0.2, 40, 20))
    room.windows(-2.8, 1.0, 2.3, [(2.4, 3.5), (3.8, 4.9)], ["#fbfdf6", "#dcebe6", "#c4d8bc"], glow=0.6)
    room.front(0.6, 2.3, 0.95, 2.4, 5.1, ["#e9efea", "#c3cec8"])
    room.front(0.68, 1.42, 1.02, 2.33, 5.08, ["#b9ccd0", "#8aa2a6"])
    room.front(1.48, 2.22, 1.02, 2.33, 5.08, ["#b9ccd0", "#8aa2a6"])
    for i in range(18):
        px, py = room.at(0.78 + (i % 6) * 0.25, 1.08 + (i // 6) * 0.43, 5.05)
        tone = ("#f4f4ee", "#d98a5a", "#7a9ab8", "#e8d9a0")[i % 4]
        c.fill(box(px - 14, py - 48, px + 14, py), ["across", shade(tone, 1.1), shade(tone, 0.7)])
    room.front(-1.6, -0.5, 1.3, 2.2, 5.1, "#f7f7f0")
    c.dabs([(*room.at(-1.45 + (i % 5) * 0.2, 2.1 - (i // 5) * 0.18, 5.08), 16, 4) for i in range(20)],
           "#8a9a98", alpha=0.7)
    room.shaft(-2.2, -0.9, 2.6, 4.2, "#fffbe8", 0.45, 1.2)
    room.block((1.5, 2.6), (0, 0.44), (4.45, 4.85), "#6f7f86")
    room.man(1.95, 4.5, Look("#66788a", "#3c3f46", "#8d8984"), "sit", -1, 1.66)
    room.table((-0.75, 0.75), (3.3, 4.1), "#e2d8c4", 0.76, "#8a908c")
    for x in (-1.0, 1.02):
        room.block((x - 0.19, x + 0.19), (0, 0.42), (3.55, 3.9), "#6f7f86")
    px, py = room.at(0.35, 0.76, 3.5)
    c.fill([(px - 70, py), (px - 62, py - 92), (px + 60, py - 92), (px + 68, py)], ["#eef0ee", "#b4bab6"])
    c.fill(box(px - 44, py - 78, px + 42, py - 30), ["#56706a", "#33463f"])
    c.fill(oval(px - 150, py - 6, 60, 14), "#4b6a8a")
    room.man(-0.95, 3.55, Look("#8a5a86", "#4f4650", "#c9c5bf"), "desk", 1, 1.62)
    room.man(0.98, 3.45, Look("#f2f4f2", "#e2e6e2", "#241d1b"), "desk", -1, 1.68)
    px, py = room.at(-2.1, 0, 3.0)
    c.fill([(px - 60, py), (px - 74, py - 110), (px + 74, py - 110), (px + 60, py)],
           ["across", "#c9805a", "#8a4f34"])
    foliage(c, [(px, py - 210, 110), (px - 50, py - 300, 90), (px + 46, py - 330, 96)], GREEN, density=34)
    return c.finish(0.25)


@scene("grandma-kitchen")
def grandma_kitchen(c: Canvas) -> Image.Image:
    """Lunch at the village dining room for the old."""
    room = Room(c, 840, 400, 1200, 1.65)
    room.shell(3.6, 2.7, 7.2, "#d9c7a4", "#b58f5a", "#ddd2b8")
    room.boards(3.6, 1, 7.2, "#8a6738", 14)
    room.front(-3.4, 1.0, 0, 2.6, 7.15, ["#8f7a62", "#6a5844"])
    room.front(-3.2, 0.8, 0.95, 2.2, 7.1, ["#e8d6a8", "#c9ae78"])
    for i, s in enumerate((64, 52, 58, 44)):
        px, py = room.at(-2.7 + i * 0.95, 0.95, 6.95)
        c.fill(box(px - s, py - s * 1.1, px + s, py), ["across", "#e6e6e2", "#a5a8a8", "#6d7072"])
        c.fill(oval(px, py - s * 1.1, s, s * 0.2), ["#f2f2ee", "#9a9c9c"])
        steam(c, px, py - s * 1.2, 130, 230, alpha=0.4)
    room.man(-1.9, 6.6, Look("#b85a5a", "#443c3c", "#8d8984", apron="#f0ead8", hat="#f4f0e4"), "work", 1,
             1.58)
    room.man(0.2, 6.5, Look("#6a8a7a", "#443c3c", "#2b2522", apron="#e8c86a", hat="#f4f0e4"), "work", -1, 1.6)
    room.front(-3.4, 1.0, 0, 0.92, 6.1, ["#b9a58a", "#8a785e"])
    room.windows(3.6, 0.9, 2.2, [(3.2, 4.6), (5.0, 6.4)], ["#fff8e2", "#f0e2bc", "#d2c49a"], glow=0.5)
    coats = ("#8a4f7a", "#b8574f", "#5a7a6a", "#c98a4a", "#6a5f8a", "#a44a5a", "#4f6a86", "#7a6a4a")
    for n, (z, x) in enumerate(((4.9, -2.0), (4.9, 1.5), (3.0, -1.75), (3.0, 1.75))):
        for s, way in ((-1.02, 1), (1.02, -1)):
            room.block((x + s - 0.2, x + s + 0.2), (0, 0.4), (z + 0.32, z + 0.6), "#8a6440")
            room.man(x + s, z + 0.4, someone(c, long=False, coat=coats[(n * 2 + way) % 8],
                                             hair=c.rng.choice(HAIR[3:])), "sit",
                     way, 1.56)
        room.table((x - 0.75, x + 0.75), (z, z + 0.8), "#b98650", 0.68, "#5a4029")
        dishes = [(*room.at(x - 0.55 + i * 0.28, 0.7, z + 0.2 + (i % 2) * 0.3), 130 / z, 40 / z)
                  for i in range(5)]
        c.dabs([(px, py + 4, a, b * 1.2) for px, py, a, b in dishes], "#6d5236", alpha=0.6)
        c.dabs(dishes, "#f2eee4")
        for i, (px, py, a, b) in enumerate(dishes):
            c.dabs([(px, py - 1, a * 0.72, b * 0.66)], ("#c8452f", "#f6f2e6", "#5f8a44", "#c98a3c",
                                                        "#d9702f")[i])
        steam(c, *room.at(x, 0.75, z + 0.3), 380 / z, 420 / z, alpha=0.2)
    room.man(-0.12, 4.3, Look("#d9b04e", "#4a4440", "#2b2522", apron="#f0ead8"), "carry", 1, 1.58)
    return c.finish(0.33, warm=0.25)


@scene("workshop")
def workshop(c: Canvas) -> Image.Image:
    """Young people learn at long benches in the brick warehouse."""
    room = Room(c, 620, 430, 1250, 1.7)
    room.shell(4.0, 4.0, 9.0, "#9a5442", "#7d7a76", "#4a4644")
    courses = [[(-4, y * 0.16, 8.95), (4, y * 0.16, 8.95)] for y in range(25)]
    courses += [[(s * 3.99, y * 0.16, 1), (s * 3.99, y * 0.16, 9)] for s in (-1, 1) for y in range(25)]
    room.strokes(courses, 1.6, "#c98f7a", alpha=0.3)
    for x in (-2.4, 0, 2.4):
        top = [(x + 0.7 * dx, 2.7 + 0.5 * dy, 8.9) for dx,
               dy in ((-1, 0), (-0.8, 0.6), (0, 1), (0.8, 0.6), (1, 0))]
        room.face([(x - 0.7, 1.2, 8.9), *top, (x + 0.7, 1.2, 8.9)], ["#f0f6f6", "#c4d8dc"])
        room.strokes([[(x, 1.2, 8.88), (x, 3.2, 8.88)], [(x - 0.7, 1.9, 8.88), (x + 0.7, 1.9, 8.88)],
                      [(x - 0.7, 2.6, 8.88), (x + 0.7, 2.6, 8.88)]], 4, "#3d3a3a")
        c.glow(*room.at(x, 2.1, 8.8), 210, "#eef8fa", 0.6)
    for z in (8, 6.4, 4.8, 3.2):
        room.strokes([[(-4, 3.8, z), (0, 4.4, z), (4, 3.8, z)], [(-4, 3.6, z), (4, 3.6, z)]], 66 / z,
                     "#2f2926")
    for z in (6.8, 4.6, 2.9):
        for x0, x1 in ((-3.0, -0.5), (0.7, 3.3)):
            seats = [x0 + 0.45, (x0 + x1) / 2, x1 - 0.45]
            for x in seats[:2 if z < 3 else 3]:
                room.man(x, z + 1.25, someone(c), "work", 0, 1.5, y=0.05, shadow=0, back=False)
            room.table((x0, x1), (z + 0.2, z + 1.0), "#c39a66", 0.78, "#3a3634")
            for x in seats:
                px, py = room.at(x, 0.8, z + 0.5)
                s = 1250 / z
                c.fill([(px - s * 0.16, py), (px - s * 0.15, py - s * 0.2), (px + s * 0.15, py - s * 0.2),
                        (px + s * 0.16, py)], ["#59606a", "#2c3138"])
                c.glow(px, py - s * 0.16, s * 0.3, "#a8d4f0", 0.35)
            room.lamp((x0 + x1) / 2, 2.3, z + 0.6, 0.22, "#ffdca0", 3.7, 0.45)
    room.man(0.05, 3.9, Look("#cdb98a", "#3a3d48", "#241d1b"), "point", 1, 1.74)
    return c.finish(0.4, warm=0.15)
