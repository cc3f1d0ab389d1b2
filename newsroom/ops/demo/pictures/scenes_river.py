"""The river: ferry, bridge, birds, wetland, clean-up, bulbs, works."""

from __future__ import annotations

import math
from itertools import pairwise

from PIL import Image

from .built import boat
from .canvas import Canvas, Colour, box, mix, oval, shade
from .land import birds, glints, grass, ground, hills, path, reflect, sky, stars, treeline
from .lights import lantern, streaks
from .people import Look, person, someone
from .plants import bare, reeds
from .register import OLD, TALL, WIDE, scene
from .room import Room


@scene("dawn-ferry")
def dawn_ferry(c: Canvas) -> Image.Image:
    """A ferry boat at its landing in the mist of dawn."""
    sky(c, ["#7f93ad", "#b3b6bd", "#e6c6a8", "#f5dcb4"], 520, 0.35, "#f3dfc8")
    c.glow(1130, 430, 460, "#ffdf9e", 0.8)
    c.glow(1130, 430, 60, "#fff3d0", 1)
    for y, amp, tone in ((390, 70, "#9aa5b6"), (440, 56, "#7f8ea3"), (485, 36, "#627388")):
        hills(c, y, amp, [tone, mix(tone, "#e9d3bb", 0.7)], 540, 2.6, tex=0.2)
        c.haze(y - 10, 590, "#f0dcc4", 0.5, 0.7)
    treeline(c, 532, 40, ["#4c5b6a", "#5f6b74"], -20, 620, blur=1.5)
    reflect(c, 530, c.H, "#8f98a4", 0.3, 5)
    c.glow(1130, 640, 300, "#ffdfa6", 0.45)
    c.haze(470, 690, "#f2e4d4", 0.75, 0.45)
    boat(c, 930, 760, 520, "#3a2f28")
    person(c, 800, 738, 205, Look("#3d4756", "#2b2c31", hat="#6b5a3e"), "stand", 1, light=1, shadow=0)
    c.lines([[(846, 480), (880, 790)]], 5, "#2f2621")
    c.fill(oval(900, 815, 250, 22), "#141a22", alpha=0.5, blur=12)
    c.haze(690, 900, "#e8ddd2", 0.4)
    posts = [box(x - 9, 800 + i * 24, x + 9, 960 + i * 30) for i, x in enumerate((70, 230, 390, 520))]
    c.fill([(-20, 862), (560, 832), (600, 856), (-20, 930)], ["#6b5a4a", "#40342b"], tex=(0.7, 60, 5))
    c.fills(posts, ["across", "#7a6754", "#3a2f27"])
    c.lines([[(520, 850), (600, 800), (690, 745)]], 3.5, "#d0bfa2")
    reeds(c, c.H + 30, 300, 60, -20, 520, ("#2c2b2a", "#453f38", "#5f5546"), "#a8957a", 1.0)
    birds(c, [(420, 230, 20), (470, 210, 17), (540, 240, 15)], "#4a5260")
    return c.finish(0.35, warm=0.15)


def _arches(c: Canvas, y: float, tone: Colour) -> None:
    """Paint the five arches of the bridge at deck height y."""
    deck = [(-20, y), (1620, y - 26), (1620, y + 6), (-20, y + 34)]
    for i in range(5):
        x, w = 60 + i * 330, 300
        feet = y + 150 - i * 4
        c.fill([(x - 26, y + 20), (x + 20, y + 20), (x + 26, feet), (x - 32, feet)],
               ["across", shade(tone, 1.15), shade(tone, 0.6)], tex=(0.5, 20, 30))
        c.fill(oval(x, feet + 4, 70, 10, 20), "#1e2a30", alpha=0.5, blur=5)
        top = [(x + w * t, y - i * 4 - 128 * math.sin(math.pi * t)) for t in [j / 26 for j in range(27)]]
        low = [(px, py + 20) for px, py in reversed(top)]
        c.lines([[(x + w * t, y - i * 4 - 128 * math.sin(math.pi * t)), (x + w * t, y)]
                 for t in (0.15, 0.3, 0.45, 0.6, 0.75, 0.9)], 4, shade(tone, 1.1))
        c.fill(top + low, [shade("#b8503c", 1.2), "#a5452f"], tex=(0.3, 20, 9))
    c.fill(deck, [shade(tone, 1.4), tone, shade(tone, 0.6)], tex=(0.4, 30, 6))


@scene("bridge-day", WIDE)
def bridge_day(c: Canvas) -> Image.Image:
    """The arched bridge over the river on a clear autumn day."""
    sky(c, ["#4f8cc4", "#8fb9dc", "#dbe7ea"], 420, 0.75)
    hills(c, 330, 80, ["#7f98a8", "#a9b8b5"], 470, 2, tex=0.3)
    hills(c, 375, 50, ["#96764a", "#8f8a5a", "#a8a478"], 480, 3, tex=0.8)
    treeline(c, 470, 52, ["#b77e3a", "#6e6332"], tex=0.9)
    reflect(c, 468, 640, "#6f97b0", 0.35, 3)
    _arches(c, 430, "#8d9294")
    for x, tone in ((330, "#c9cdd0"), (905, "#8b2f28"), (1240, "#33526e")):
        c.fill(box(x, 404 - x * 0.016, x + 58, 428 - x * 0.016), [shade(tone, 1.2), shade(tone, 0.7)])
        c.fill(box(x + 8, 392 - x * 0.016, x + 46, 406 - x * 0.016), "#2c3a46")
    reflect(c, 585, c.H, "#4d7896", 0.3, 6)
    glints(c, 600, 880, "#dcebf2", 60, 0.45)
    c.fill([(-20, 760), (260, 790), (520, 860), (700, 910), (-20, 910)], ["#9a8a58", "#6d6238"],
           tex=(0.8, 20, 9))
    reeds(c, 900, 250, 110, -20, 480)
    grass(c, 905, 90, ["#5f5a2a", "#8c8040", "#b09d55"], 300, -20, 720)
    return c.finish(0.25)


@scene("bridge-night")
def bridge_night(c: Canvas) -> Image.Image:
    """The lit bridge seen along its length, its lamps in the water."""
    sky(c, ["#0a1226", "#13203f", "#2c3a5e", "#54506a"], 560, 0.3, "#4a5378")
    stars(c, 380, 130)
    hills(c, 505, 60, ["#10182a", "#1a2338"], 590, 2.3, tex=0.2)
    town = [(c.rng.uniform(0, 760), c.rng.uniform(528, 572), 2.4, 2.2) for _ in range(90)]
    c.dabs(town, "#ffcf85", blur=0.6)
    c.dabs([(x, y, 9, 8) for x, y, _, _ in town], "#ff9d4a", alpha=0.25, blur=6, mode="screen")
    reflect(c, 585, c.H, "#0b1428", 0.35, 8)
    room = Room(c, 420, 560, 1300, 5.0)
    spots = []
    for i in range(10, -1, -1):
        z = 16 + i * 13
        x = 13.0 + i * 0.4
        room.block((x, x + 2.4), (-1, 6.2), (z, z + 2), "#39415c", tex=(0.3, 20, 20))
    room.face([(11, 7.6, 12), (11, 7.6, 190), (11, 6.0, 190), (11, 6.0, 12)],
              ["across", "#3c4566", "#cf9a5c", "#5c5a72"], tex=(0.2, 40, 12))
    room.face([(11, 6.1, 12), (11, 6.1, 190), (17, 6.1, 190), (17, 6.1, 12)], ["#141a2c", "#232b45"])
    for i in range(14, -1, -1):
        z = 14 + i * 10
        foot, head = room.at(11, 7.4, z), room.at(11, 12.4, z)
        c.lines([[foot, head]], max(1.5, 70 / z), "#232a44")
        spots.append((*head, 1400 / z))
    c.lines([[room.at(11, 8.4, 13), room.at(11, 8.4, 190)], [room.at(11, 9.0, 13), room.at(11, 9.0, 190)]], 3,
            "#8f7b62")
    for x, y, s in spots:
        c.glow(x, y, s * 1.9 + 12, "#ffb45c", 0.75)
        c.dabs([(x, y, s * 0.11 + 1.6, s * 0.11 + 1.6)], "#fff4d8", blur=1)
    streaks(c, [(x, "#ffb566") for x, _, _ in spots[4:]], 640, 330, 13, 0.5)
    c.glow(430, 560, 300, "#ff9d55", 0.3)
    grass(c, c.H + 10, 170, ["#060a14", "#0b111f"], 260, -20, 900)
    return c.finish(0.4, warm=-0.1)


@scene("river-birds")
def river_birds(c: Canvas) -> Image.Image:
    """A great flock over the river in the last light."""
    sky(c, ["#5c5f80", "#a8788a", "#e69a78", "#f7cf94"], 700, 0.55, "#ffd0a8", 6)
    c.glow(420, 640, 560, "#ffcf80", 0.8)
    c.dabs([(420, 636, 44, 44)], "#fff3cf", blur=3)
    hills(c, 650, 46, ["#6f5a70", "#a5786e"], 710, 3, tex=0.2)
    hills(c, 686, 22, ["#3f3546", "#584450"], 712, 4, tex=0.3)
    reflect(c, 708, c.H, "#8a6a72", 0.25, 6)
    glints(c, 720, 1060, "#ffd9a0", 90, 0.5, 200, 700)
    flock = []
    for row, (x, y) in enumerate(((1000, 170), (760, 330), (1240, 420))):
        for i in range(14):
            for way in (-1, 1):
                s = 30 - row * 5 - i * 0.4
                flock.append((x + way * i * s * 1.75 + c.rng.uniform(-9, 9),
                              y + i * s * (0.72 if way > 0 else 0.5) + c.rng.uniform(-9, 9), s))
    birds(c, flock, "#2a2230")
    birds(c, [(c.rng.gauss(560, 260), c.rng.gauss(560, 40), c.rng.uniform(5, 10)) for _ in range(170)],
          "#43313f", 0.75)
    swim = [(c.rng.gauss(900, 330), 800 + c.rng.random() ** 2 * 170) for _ in range(80)]
    c.dabs([(x, y, 4 + (y - 780) * 0.07, 2 + (y - 780) * 0.03) for x, y in swim], "#2d2430")
    c.dabs([(x + 4 + (y - 780) * 0.06, y - 2 - (y - 780) * 0.05, 2 + (y - 780) * 0.016, 2 + (y - 780) * 0.03)
            for x, y in swim], "#2d2430")
    reeds(c, c.H + 30, 330, 70, 1100, 1640, ("#1d1820", "#2c232a", "#3c2f30"), "#8a6250", 0.8, -0.2)
    return c.finish(0.35, warm=0.15)


@scene("river-cleanup")
def river_cleanup(c: Canvas) -> Image.Image:
    """Volunteers gather litter on the river bank."""
    sky(c, ["#9db4c2", "#c3ced0", "#dcdcd2"], 330, 0.5)
    hills(c, 270, 60, ["#7d8d8c", "#9aa39a"], 380, 2.5, tex=0.4)
    treeline(c, 372, 60, ["#8a7244", "#5e5534"], tex=0.9)
    reflect(c, 370, 560, "#7f95a0", 0.35, 4)
    ground(c, 540, ["#a39a86", "#8d826a", "#6f644c"], tex=1.1, grains=(26, 9))
    path(c, [(1700, 545, 60), (900, 556, 200), (300, 548, 100)], "#b7ad98", 0.9)
    c.dabs([(c.rng.uniform(0, 1600), 580 + 440 * c.rng.random() ** 1.4, r, r * 0.55)
            for r in [c.rng.uniform(3, 11) for _ in range(420)]], "#bdb4a4", tex=(0.7, 8, 6))
    reeds(c, 640, 190, 90, -30, 520, blur=0.8)
    reeds(c, 620, 160, 60, 1280, 1640, blur=0.8)
    for x, y, h, pose, face, vest in ((1010, 690, 200, "bend", -1, "#e0b23a"),
                                      (1170, 710, 215, "stand", -1, None),
                                      (560, 770, 250, "bend", 1, "#e0b23a"),
                                      (820, 740, 235, "carry", 1, "#d8772e"),
                                      (1400, 850, 320, "bend", -1, "#e0b23a"),
                                      (250, 900, 350, "crouch", 1, None)):
        person(c, x, y, h, someone(c, vest=vest, hat=c.rng.choice(("#4a6a8a", "#c9bfa6", None))), pose, face)
    for x, y, s in ((700, 790, 46), (1270, 900, 70), (440, 930, 80), (910, 744, 34), (1100, 730, 38)):
        c.fill(oval(x + s * 0.3, y, s * 1.1, s * 0.16, 20), "#1c1812", alpha=0.4, blur=5)
        c.fills([oval(x, y - s * 0.5, s * 0.85, s * 0.52), box(x - s * 0.5, y - s * 0.3, x + s * 0.5, y),
                 [(x - s * 0.5, y - s * 0.8), (x - s * 0.06, y - s * 1.15), (x - s * 0.2, y - s * 1.45),
                  (x + s * 0.2, y - s * 1.5), (x + s * 0.08, y - s * 1.15), (x + s * 0.5, y - s * 0.8)]],
                ["across", "#8fb9d8", "#4f88b4", "#274f72"], tex=(0.45, 30, 34), blur=0.8)
        c.lines([[(x - s * 0.1, y - s * 1.0), (x - s * 0.35, y - s * 0.4)],
                 [(x + s * 0.1, y - s * 1.0), (x + s * 0.3, y - s * 0.3)]], 2.5, "#2d587c", alpha=0.5,
                 blur=1.5)
    grass(c, c.H + 20, 120, ["#57502c", "#7d7340", "#a3935a"], 260, -20, 1620)
    return c.finish(0.3)


@scene("wetland-boardwalk", TALL)
def wetland_boardwalk(c: Canvas) -> Image.Image:
    """A boardwalk bends through reeds and still water."""
    sky(c, ["#b9c4c4", "#d8d8cc", "#efe4cb"], 760, 0.5, "#ffffff", 3)
    hills(c, 640, 90, ["#8c9a98", "#b7b9aa"], 800, 1.6, tex=0.3)
    treeline(c, 790, 90, ["#75754f", "#5f5d3c"], blur=2)
    ground(c, 785, ["#b5a06a", "#a08a52", "#6d6238"], 1250, 0.9, (16, 12))
    reflect(c, 900, c.H, "#6f7866", 0.4, 5)
    reeds(c, 960, 190, 170, -20, 1620, blur=1.4)
    reeds(c, 1130, 260, 90, -30, 520, blur=0.8)
    reeds(c, 1160, 280, 90, 1040, 1640, blur=0.8, lean=-0.15)
    room = Room(c, 860, 770, 1700, 1.9)
    bend = [(-0.55, 1.6), (-0.35, 4.5), (0.35, 7.5), (1.5, 11), (1.2, 17), (-1.8, 24), (-2.0, 34)]
    for (xa, za), (xb, zb) in reversed(list(pairwise(bend))):
        n = max(4, int((zb - za) / 0.24))
        for tone, part in (("#8f7a5e", 0), ("#a58d6c", 1)):
            planks = []
            for i in range(part, n, 2):
                u, v = i / n, (i + 0.9) / n
                x0, z0 = xa + (xb - xa) * u, za + (zb - za) * u
                x1, z1 = xa + (xb - xa) * v, za + (zb - za) * v
                planks.append([(x0 - 0.8, 0.3, z0), (x0 + 0.8, 0.3, z0), (x1 + 0.8, 0.3, z1),
                               (x1 - 0.8, 0.3, z1)])
            room.faces(planks, tone, tex=(0.7, 40, 4))
        for s in (-0.8, 0.8):
            room.strokes([[(xa + s, h, za), (xb + s, h, zb)] for h in (0.85, 1.25)], 46 / za + 2, "#6d5a45")
            room.strokes([[(xa + s, 0.2, za), (xa + s, 1.3, za)]], 80 / za + 2, "#5a4938")
    room.man(1.25, 12.5, Look("#a03c34", "#3a3f48", hat="#d9cdb0"), "stroll", 0)
    room.man(0.75, 12.0, Look("#41617a", "#2f343c"), "stroll", 0, 1.3)
    reeds(c, c.H + 60, 720, 46, -60, 480, blur=3.0)
    reeds(c, c.H + 60, 640, 34, 1240, 1680, blur=3.0, lean=-0.2)
    birds(c, [(500, 300, 34), (590, 340, 28), (380, 350, 25)], "#5a5f5c")
    return c.finish(0.35)


@scene("tulip-beds")
def tulip_beds(c: Canvas) -> Image.Image:
    """Gardeners set bulbs in long beds beside the river."""
    sky(c, ["#a9c3d6", "#d5dfe0", "#ece6d6"], 260, 0.5)
    hills(c, 225, 50, ["#8497a2", "#a9b1ab"], 320, 2.2, tex=0.3)
    treeline(c, 318, 46, ["#a17a3e", "#6d5f34"], tex=0.9)
    reflect(c, 316, 410, "#86a0ae", 0.3, 4)
    ground(c, 400, ["#a5a868", "#7d8a48", "#5d6f34"], tex=0.8, grains=(20, 7))
    for i, (x, bend) in enumerate(((-380, 260), (180, 120), (800, -10), (1420, -130), (2080, -260))):
        pts = [(700 + (x - 700) * 0.16 + bend * 0.2, 410, 24), (700 + (x - 700) * 0.42 + bend * 0.6, 560, 62),
               (700 + (x - 700) * 0.75 + bend * 0.4, 800, 130), (x, 1120, 220)]
        path(c, [(a + 10, b, w + 6) for a, b, w in pts], "#3c4a24", 0.5, 3)
        path(c, pts, ["#7a5a42", "#6a4a35", "#4a3224"], 1.1)
        bulbs = [(_bed(pts, t) + c.rng.uniform(-0.75, 0.75) * (24 + 190 * t), 415 + 690 * t, 3 + 8 * t,
                  2.4 + 7 * t)
                 for t in [c.rng.random() for _ in range(70)]]
        c.dabs([(a + 2, b + 3, p, q) for a, b, p, q in bulbs], "#33221a", blur=1)
        c.dabs(bulbs, "#c79a63" if i % 2 else "#d6b27c")
        c.dabs([(a - p * 0.3, b - q * 0.4, p * 0.4, q * 0.35) for a, b, p, q in bulbs], "#efdcb0")
    for x, y, h, pose, face, coat in ((560, 520, 120, "crouch", 1, "#a4484a"),
                                      (1010, 560, 140, "bend", -1, "#56748a"),
                                      (1270, 650, 190, "crouch", -1, "#c98a3a"),
                                      (300, 690, 220, "crouch", 1, "#6b5a8a"),
                                      (1020, 860, 320, "crouch", -1, "#3f6a58")):
        person(c, x, y, h, someone(c, coat=coat, hat="#e3d6b4"), pose, face)
    c.fill(oval(650, 990, 120, 22), "#1d160f", alpha=0.5, blur=8)
    c.fill([(540, 900), (750, 890), (730, 985), (570, 992)], ["#c8904a", "#8f5f2c"], tex=(0.9, 14, 6))
    c.dabs([(560 + i * 17, 900 - (i % 4) * 9, 17, 15) for i in range(12)], "#b8834c")
    c.dabs([(556 + i * 17, 895 - (i % 4) * 9, 8, 7) for i in range(12)], "#e8c998", blur=2)
    return c.finish(0.3)


def _bed(points: list, t: float) -> float:
    """Return the middle of a bed at a share of its length."""
    at = t * (len(points) - 1)
    i = min(int(at), len(points) - 2)
    return points[i][0] + (points[i + 1][0] - points[i][0]) * (at - i)


@scene("stream-works")
def stream_works(c: Canvas) -> Image.Image:
    """An excavator rebuilds the bank of a stream."""
    sky(c, ["#b4bcc0", "#d3d2ca", "#e0d8c8"], 380, 0.5)
    hills(c, 280, 80, ["#78837f", "#98998a"], 470, 2, tex=0.5)
    treeline(c, 455, 80, ["#7d6138", "#54482c"], tex=0.9)
    for x in (180, 330, 1480):
        bare(c, x, 470, 240, "#40362d", 5)
    ground(c, 450, ["#a58e6c", "#94795a", "#7a5f44"], tex=1.2, grains=(30, 12))
    path(c, [(1500, 480, 20), (1180, 580, 70), (820, 760, 170), (500, 1100, 380)],
         ["#8fa0a4", "#6d8288", "#57707a"],
         0.4)
    glints(c, 640, 1060, "#d7e0e0", 40, 0.5, 450, 900)
    for x, y, r in [(c.rng.uniform(900, 1600), c.rng.uniform(620, 1060), c.rng.uniform(24, 62))
                    for _ in range(34)]:
        s = r * (0.3 + (y - 500) / 700)
        c.fill(oval(x + s * 0.2, y + s * 0.5, s * 1.1, s * 0.4, 12), "#20180f", alpha=0.5, blur=4)
        c.fill([(px + c.rng.uniform(-4, 4), py) for px, py in oval(x, y, s, s * 0.7, 9)],
               ["#c9c3b8", "#98928a", "#5f5a55"], tex=(0.9, 14, 12))
    _digger(c, 560, 700, 1.0)
    person(c, 1060, 690, 190, Look("#4a5560", "#33383f", vest="#e8a02c", hat="#f2f0e8"), "point", -1)
    person(c, 1150, 700, 195, Look("#50606b", "#2d3138", vest="#e8a02c", hat="#e9c94a"), "stand", -1)
    grass(c, c.H + 10, 130, ["#5f5230", "#8a7846"], 160, -20, 420)
    return c.finish(0.3)


def _digger(c: Canvas, x: float, y: float, s: float) -> None:
    """Paint a yellow excavator with its boom over the stream."""
    yellow = "#d99a26"
    c.fill(oval(x, y + 6, 270 * s, 24), "#17110b", alpha=0.6, blur=10)
    c.fill(oval(x, y - 34, 215, 44, 40), ["#4a4642", "#221f1d"], tex=(0.8, 12, 8))
    c.fill(oval(x, y - 36, 185, 26, 40), "#5a5550")
    c.dabs([(x - 150 + i * 60, y - 34, 20, 20) for i in range(6)], "#332f2c")
    c.fill([(x - 190, y - 80), (x + 150, y - 80), (x + 150, y - 150), (x - 60, y - 175), (x - 190, y - 165)],
           [shade(yellow, 1.2), yellow, shade(yellow, 0.6)], tex=(0.3, 30, 16))
    c.fill([(x + 10, y - 150), (x + 16, y - 290), (x + 120, y - 290), (x + 150, y - 150)],
           [shade(yellow, 1.1), shade(yellow, 0.8)])
    c.fill([(x + 28, y - 165), (x + 32, y - 274), (x + 108, y - 274), (x + 132, y - 165)],
           ["#9fb4bc", "#4d5e66"])
    c.fill(oval(x + 80, y - 195, 26, 36), "#2f3238", alpha=0.8)
    boom = [(x + 100, y - 170), (x + 240, y - 390), (x + 300, y - 410), (x + 470, y - 300),
            (x + 460, y - 270),
            (x + 300, y - 370), (x + 260, y - 356), (x + 150, y - 150)]
    c.fill(boom, [shade(yellow, 1.2), shade(yellow, 0.75)], tex=(0.3, 30, 20))
    c.fill([(x + 440, y - 310), (x + 480, y - 300), (x + 440, y - 110), (x + 405, y - 120)],
           ["across", shade(yellow, 1.1), shade(yellow, 0.6)])
    c.fill([(x + 400, y - 130), (x + 450, y - 116), (x + 430, y - 40), (x + 372, y - 20), (x + 350, y - 66)],
           ["#5a544d", "#2c2825"], tex=(0.6, 10, 10))
    c.lines([[(x + 180, y - 250), (x + 290, y - 395)], [(x + 330, y - 370), (x + 450, y - 250)]], 9,
            "#8b8882")


@scene("lantern-festival", OLD)
def lantern_festival(c: Canvas) -> Image.Image:
    """Paper lanterns drift on the dark river before the watching crowd."""
    from_bank = "#141a2c"
    sky(c, ["#0c1024", "#1b1d3c", "#3a2f4e", "#5c4150"], 470, 0.3, "#4a3d5e")
    hills(c, 400, 60, ["#121628", "#1d1d33"], 480, 2, tex=0.2)
    c.dabs([(c.rng.uniform(0, 1600), c.rng.uniform(446, 470), 3, 2.6) for _ in range(70)], "#ffc070", blur=1)
    reflect(c, 475, c.H, "#151630", 0.3, 6)
    return _lanterns(c, from_bank)


def _lanterns(c: Canvas, bank: Colour) -> Image.Image:
    """Float the lanterns, near ones large, and set the crowd before them."""
    from_far = sorted((c.rng.random() ** 1.5, c.rng.uniform(-0.5, 0.5)) for _ in range(30))
    tones = ("#ffb25a", "#ff9a52", "#ffd07a", "#f58a6a", "#ffc27a")
    for i, (t, u) in enumerate(from_far):
        lantern(c, 830 + u * (900 + 1500 * t) - 200 * t, 500 + 440 * t, 12 + 74 * t, tones[i % 5])
    c.fill([(-20, 1010), (500, 1060), (1000, 1075), (1620, 1030), (1620, 1220), (-20, 1220)],
           ["#1d1a26", "#0c0c14"],
           tex=(0.6, 20, 10))
    for x, h, face in ((150, 420, 1), (270, 300, 0), (1290, 410, 0), (1420, 430, -1), (1520, 290, 0)):
        person(c, x, 1175, h, Look(mix(bank, "#7a5a50", c.rng.random() * 0.5), "#12131c"),
               "stand" if face == 0 else "stroll", face, light=1 if x < 800 else -1, dim=0.55, shadow=0)
    person(c, 640, 1130, 330, Look("#6b4a4a", "#1c1c28"), "crouch", 1, light=1, dim=0.75, shadow=0)
    lantern(c, 830, 1100, 84, "#ffc070")
    return c.finish(0.4, warm=0.1)
