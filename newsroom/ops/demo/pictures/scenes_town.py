"""Streets and stops: markets, bus, station, alley, shop, warehouse, empty house."""

from __future__ import annotations

from PIL import Image

from .built import bricks, bus, cottage, hanok, parasol, stones
from .canvas import Canvas, Colour, box, oval, shade
from .land import grass, ground, hills, path, sky, stars, treeline
from .lights import beam, bokeh, bulbs, steam
from .people import Look, crowd, person, someone
from .plants import AUTUMN, GOLD, bare, broadleaf, foliage, fruit
from .register import OLD, TALL, scene
from .room import Room

ROOFS = ("#c8503c", "#3f7fa8", "#e0b04a", "#5a8a5a", "#d97a3c", "#8a6aa0")


def _heap(c: Canvas, x: float, y: float, s: float, tone: Colour) -> None:
    """Heap produce in a round basin standing on (x, y)."""
    c.fill(oval(x + s * 0.1, y, s * 1.05, s * 0.2, 24), "#15100c", alpha=0.5, blur=4)
    c.fill([(x - s, y - s * 0.42), (x + s, y - s * 0.42), (x + s * 0.74, y), (x - s * 0.74, y)],
           ["across", "#d9604a", "#b8402f", "#7a2a20"] if s > 60 else ["across", "#b9a684", "#6f5c40"])
    spots = [(x + c.rng.uniform(-0.8, 0.8) * s * (1 - j / 30), y - s * 0.42 - j * s * 0.018)
             for j in range(24)]
    fruit(c, spots, s * 0.17, tone)


@scene("market-morning")
def market_morning(c: Canvas) -> Image.Image:
    """Parasols and baskets on the morning of the five-day market."""
    sky(c, ["#a9c4d6", "#dfe2d8", "#f4e4c4"], 420, 0.4)
    hills(c, 300, 60, ["#8a9ba5", "#b9b8aa"], 430, 2, tex=0.2)
    c.glow(1420, 240, 520, "#fff0c8", 0.7)
    treeline(c, 470, 60, ["#8f8a6a", "#6f6a50"])
    ground(c, 462, ["#b5a894", "#9a8c78"], 560)
    for i in range(5, -1, -1):
        for side in (-1, 1):
            x, w, tall = 800 + side * 900 * 0.72 ** i, 430 * 0.72 ** i, 400 * 0.72 ** i
            y = 500 + 190 * 0.72 ** i
            tone = c.rng.choice(("#c9b79a", "#a5917a", "#d3c8b4", "#93867a"))
            c.fill(box(x - w / 2, y - tall, x + w / 2, y), [shade(tone, 1.05), shade(tone, 0.75)],
                   tex=(0.4, 20, 16))
            c.fill(box(x - w / 2, y - tall * 0.92, x + w / 2, y - tall * 0.74), ROOFS[(i + side) % 6],
                   tex=(0.3, 14, 10))
            c.fill(box(x - w * 0.42, y - tall * 0.62, x + w * 0.42, y), ["#4a4038", "#2c2622"])
    ground(c, 545, ["#b5a894", "#9a8c78", "#6f6252"], tex=0.6, grains=(30, 8))
    c.haze(380, 640, "#f4e6cc", 0.55)
    c.soften(2.2)
    for x, y, r, n in ((620, 470, 90, 0), (980, 466, 96, 1), (500, 440, 130, 2), (1110, 440, 140, 3)):
        parasol(c, x, y, r, ROOFS[n], 130 + r * 0.4)
    crowd(c, 560, 1050, 630, 150, 16, 30)
    crowd(c, 480, 1150, 720, 220, 9, 30)
    for x, y, r, n in ((260, 400, 240, 4), (1370, 390, 250, 0)):
        parasol(c, x, y, r, ROOFS[n], 420)
    person(c, 240, 820, 330, Look("#8a4f7a", "#4a4038", "#b9b5ae", apron="#c9b48a"), "work", 1, light=1)
    person(c, 1330, 830, 330, Look("#5a7a6a", "#3f3c40", "#8d8984", hat="#e6dcc4"), "work", -1, light=1)
    person(c, 500, 905, 350, Look("#4f6a86", "#4a4650", "#c9c5bf"), "bend", -1, light=1)
    person(c, 880, 890, 360, Look("#c9a05a", "#3b4252", "#241d1b"), "stroll", -1, light=1)
    for x0, x1, y in ((-20, 480, 800), (1130, 1620, 810)):
        c.fill([(x0, y), (x1, y), (x1 + (40 if x0 < 0 else 0), y + 60), (x0 - 40, y + 60)],
               ["#8f7a5c", "#6a563c"])
        for i in range(5):
            _heap(c, x0 + 70 + i * 90, y + 34, 40, ("#7fa04a", "#d97a2c", "#c23a2c", "#e6dcc4", "#8a5a9a")[i])
    for i, tone in enumerate(("#d9772a", "#f0ead8", "#c43a2a", "#7d9c44", "#e0b63c", "#a8683c")):
        if i not in (2, 3):
            _heap(c, 120 + i * 270, 1010 + (i % 2) * 30, 108, tone)
    return c.finish(0.3, warm=0.2)


@scene("market-night")
def market_night(c: Canvas) -> Image.Image:
    """Lamps and steam over the stalls of the night market."""
    sky(c, ["#0b0f20", "#1a1a33", "#3a2836"], 500)
    for i in range(9):
        x, h = i * 190, c.rng.uniform(130, 260)
        c.fill(box(x - 10, 480 - h, x + 185, 620), ["#1c1a2a", "#2c2230"])
    ground(c, 560, ["#6a4630", "#3f2c28", "#1a1518"], tex=0.6)
    bokeh(c, 46, (0, 260, 1600, 560), (10, 34), ("#ffb84d", "#ff7a4a", "#ffe0a0", "#7fb0e0"), 0.4)
    c.glow(800, 560, 700, "#ff9a4a", 0.4)
    for a, b, n in (((-20, 120), (760, 330), 14), ((1620, 90), (840, 330), 14), ((-20, 300), (700, 400), 10),
                    ((1620, 280), (900, 400), 10)):
        bulbs(c, a, b, 50, n, size=9)
    crowd(c, 520, 1090, 650, 190, 18, 36, dim=0.55)
    for side in (-1, 1):
        for i, (x, y, w) in enumerate(((270, 640, 200), (470, 760, 330))):
            px = 800 + side * (x + i * 130)
            tone = ROOFS[(i * 2 + side) % 6]
            c.glow(px, y - w * 0.5, w * 1.1, "#ffb866", 0.7)
            c.fill(box(px - w * 0.5, y - w * 0.85, px + w * 0.5, y - w * 0.3), ["#ffd890", "#c98a4a"],
                   alpha=0.8, blur=3)
            for k in (-0.25, 0.2):
                person(c, px + k * w, y - 4, w * 0.85, someone(c, apron="#e0d4bc"), "work", -side, shadow=0,
                       dim=0.8)
            c.fill(box(px - w * 0.56, y - w * 0.34, px + w * 0.56, y), [shade(tone, 0.9), shade(tone, 0.35)],
                   tex=(0.4, 30, 20))
            c.dabs([(px - w * 0.45 + j * w * 0.11, y - w * 0.36, w * 0.05, w * 0.03) for j in range(9)],
                   "#e8b060")
            c.fill([(px - w * 0.5, y - w * 1.05), (px + w * 0.5, y - w * 1.05), (px + w * 0.66, y - w * 0.82),
                    (px - w * 0.66, y - w * 0.82)], [shade(tone, 0.6), shade(tone, 1.1)], tex=(0.2, 20, 20))
            bulbs(c, (px - w * 0.5, y - w * 0.8), (px + w * 0.5, y - w * 0.8), 5, 4, size=8, glow=0.6)
            steam(c, px, y - w * 0.36, w * 0.7, w * 0.9, "#ffe6c4", 0.35)
    person(c, 660, 960, 400, Look("#3f4a60", "#1f2028"), "stroll", 0, dim=0.55)
    person(c, 830, 970, 370, Look("#8a3f3c", "#22202a", long=True), "stroll", 0, dim=0.6)
    person(c, 955, 955, 250, Look("#c99a4a", "#2a2c3a"), "stroll", 0, dim=0.65)
    return c.finish(0.45, warm=0.25)


@scene("bus-stop")
def bus_stop(c: Canvas) -> Image.Image:
    """An old woman waits at a country bus stop."""
    sky(c, ["#9fb9cc", "#d0dadb", "#f0e4d0"], 460, 0.6)
    hills(c, 380, 80, ["#8397a2", "#b0b8b0"], 500, 1.8, tex=0.3)
    treeline(c, 500, 50, ["#96793f", "#6f6238"], blur=1)
    ground(c, 495, ["#cdb070", "#b59250", "#8f7442"], 830, 0.8)
    for x in (1180, 1330, 1500):
        cottage(c, x, 545 + (x % 40), 150, ("#3f6a8a", "#a8553a", "#54606a")[x % 3], side=-1)
    c.lines([[(1060, 560), (1060, 150)], [(1010, 190), (1110, 186)]], 10, "#5a5550")
    c.lines([[(-20, 120), (1040, 190), (1640, 130)], [(-20, 150), (1080, 190), (1640, 160)]], 2.4, "#3a3a3c",
            alpha=0.7)
    c.fill([(-20, 800), (1620, 700), (1620, 1080), (-20, 1080)], ["#8d8b86", "#6f6d69", "#55534f"],
           tex=(0.6, 22, 7))
    c.fills([[(100 + i * 380, 968 - i * 30), (300 + i * 380, 952 - i * 30), (306 + i * 380, 964 - i * 30),
              (104 + i * 380, 982 - i * 30)] for i in range(4)], "#e2dcc8", alpha=0.8)
    room = Room(c, 760, 520, 1200, 1.5)
    room.face([(-2.6, 0, 5.6), (1.4, 0, 5.6), (1.4, 0, 3.9), (-2.6, 0, 3.9)], ["#b7b2a8", "#938e84"],
              tex=(0.5, 20, 8))
    room.front(-2.3, 0.9, 0, 2.35, 5.2, ["#8fa3a0", "#c9d0c4"], tex=(0.3, 60, 30))
    room.front(-1.9, 0.5, 0.95, 2.0, 5.15, ["#c9dce2", "#dfe4d8", "#b5a878"], tex=(0.2, 30, 20))
    room.wall(-2.3, 0, 2.35, 4.1, 5.2, ["#7d918e", "#6a7d7a"])
    room.front(0.55, 0.85, 1.1, 2.0, 5.1, "#efe9d8")
    c.dabs([(*room.at(0.7, 1.9 - i * 0.09, 5.05), 24, 3.4) for i in range(9)], "#6d6a64", alpha=0.8)
    room.block((-1.9, 0.3), (0.4, 0.46), (4.7, 5.05), "#9a6f44", tex=(0.5, 50, 5))
    for x in (-1.7, 0.1):
        room.front(x, x + 0.08, 0, 0.4, 4.75, "#4a3c30")
    room.man(-0.75, 4.75, Look("#a44a5c", "#5a4a58", "#c9c5bf"), "sit", 1, 1.56, light=1)
    px, py = room.at(-1.25, 0.46, 4.7)
    c.fill([(px - 44, py), (px - 50, py - 66), (px - 6, py - 84), (px + 40, py - 62), (px + 38, py)],
           ["across", "#d98aa0", "#8f4a66"], tex=(0.8, 10, 10))
    room.face([(-2.6, 2.5, 3.8), (1.3, 2.5, 3.8), (1.2, 2.36, 5.4), (-2.5, 2.36, 5.4)], "#3f5f72")
    room.front(-2.6, 1.3, 2.38, 2.56, 3.8, ["#557f96", "#3a5a6c"])
    room.strokes([[(1.1, 0, 4.0), (1.1, 2.4, 4.0)], [(-2.4, 0, 4.0), (-2.4, 2.4, 4.0)]], 11, "#5d6f72")
    room.strokes([[(2.0, 0, 3.9), (2.0, 2.5, 3.9)]], 10, "#8a8a88")
    px, py = room.at(2.0, 2.4, 3.9)
    c.fill(oval(px, py, 62, 62), "#f2efe6")
    c.fill(oval(px, py, 52, 52), ["#4a86b8", "#2f6494"])
    c.fill(box(px - 26, py - 20, px + 26, py + 14), "#f2efe6", blur=1)
    grass(c, 800, 90, ["#7a6a3a", "#a58f50", "#c9b274"], 130, 1150, 1640)
    return c.finish(0.3, warm=0.12)


@scene("night-bus")
def night_bus(c: Canvas) -> Image.Image:
    """The last bus lights its way along a dark country road."""
    sky(c, ["#060914", "#0e1730", "#22304c"], 560)
    stars(c, 480, 240)
    hills(c, 480, 70, ["#0b1120", "#121a2c"], 640, 2, tex=0.2)
    c.dabs([(c.rng.uniform(900, 1500), c.rng.uniform(560, 600), 2.6, 2.4) for _ in range(16)], "#ffcf85",
           blur=0.6)
    ground(c, 600, ["#141c28", "#10161f", "#080b10"], tex=0.6)
    c.fill([(-20, 790), (1620, 742), (1620, 930), (-20, 1010)], ["#2b2f38", "#1c1f27", "#12141a"],
           tex=(0.7, 30, 6))
    c.lines([[(-20, 802), (1620, 752)], [(-20, 985), (1620, 912)]], 5, "#8a8468", alpha=0.6)
    bare(c, 1450, 770, 520, "#070a12", 6)
    bare(c, 1250, 700, 260, "#0a0e18", 5)
    bus(c, 960, 880, 640, "#c9cfca", "#f5d690", night=True)
    for i in range(6):
        x = 960 - 237 + i * 91 + 40
        c.glow(x, 740, 130, "#ffd890", 0.35)
        if i in (1, 4):
            c.fills([oval(x, 742, 13, 17), box(x - 22, 757, x + 22, 776)], "#3a2d28", blur=1)
    c.fills([oval(676, 748, 12, 16), box(660, 762, 690, 790)], "#2a2422", blur=1)
    beam(c, 640, 832, -200, 120, 960, "#fff0c0", 0.75, 24)
    c.fill([(640, 826), (-60, 760), (-60, 1000), (640, 850)], ["across", "#7a6a44", "#fff0c4"], alpha=0.5,
           blur=22,
           mode="screen")
    c.glow(642, 836, 200, "#fff4d0", 1)
    c.dabs([(642, 836, 10, 12)], "#ffffff", blur=2)
    c.dabs([(1277, 836, 6, 16)], "#ff4a38", blur=2)
    c.glow(1280, 836, 110, "#ff4030", 0.7)
    c.fill(box(640, 900, 1260, 936), ["#c9a25e", "#000000"], alpha=0.3, blur=14, mode="screen")
    grass(c, c.H + 20, 190, ["#06080d", "#0c1018", "#1c1c1a"], 300, -20, 1620)
    return c.finish(0.45, warm=-0.1)


@scene("corner-shop")
def corner_shop(c: Canvas) -> Image.Image:
    """The lit front of a corner shop at dusk, a bicycle beside the door."""
    sky(c, ["#3f4a72", "#8a6f8a", "#e0a07a"], 540, 0.4, "#f0b898")
    hills(c, 440, 50, ["#5f5a78", "#8a6f78"], 860, 2, tex=0.2)
    treeline(c, 700, 130, ["#4f4650", "#3c3840"], blur=2)
    c.wash(["#5a5050", "#4a4448"], 690, 870)
    cottage(c, 80, 760, 560, "#3c4450", "#8a8078", blur=1)
    cottage(c, 1500, 800, 420, "#54504c", "#7d7068", side=-1, blur=1)
    c.fill(box(330, 240, 1330, 850), ["#a5937c", "#8f7d68", "#6f604f"], tex=(0.5, 30, 22))
    c.fill([(290, 250), (1370, 250), (1310, 160), (350, 160)], ["#4a4f5a", "#33373f"], tex=(0.6, 10, 20))
    c.fill(box(400, 280, 1260, 372), ["#2f6a58", "#245345"], tex=(0.3, 60, 20))
    c.dabs([(540 + i * 100, 326, 30, 22) for i in range(6)], "#f0e2b4", blur=2, alpha=0.9)
    c.dabs([(540 + i * 100 + (i % 3 - 1) * 8, 326, 12, 8) for i in range(6)], "#2a6050", blur=2)
    c.fill(box(400, 450, 1260, 850), ["#ffdf9a", "#f0b866", "#b87a3c"])
    for shelf in (530, 610, 690):
        c.lines([[(400, shelf), (880, shelf)]], 7, "#7a5a38")
        x = 410
        while x < 860:
            w, h = c.rng.uniform(14, 36), c.rng.uniform(28, 58)
            tone = c.rng.choice(("#c8503c", "#3f6f94", "#f2e6c4", "#5a8a56", "#e0a83c", "#8a5a86"))
            c.fill(box(x, shelf - h, x + w, shelf - 3), ["across", shade(tone, 1.2), shade(tone, 0.7)],
                   blur=0.8)
            x += w + 4
    person(c, 770, 846, 300, Look("#7a5a6a", "#3c3a40", "#b9b5ae", apron="#d9cba8"), "stand", 1, shadow=0,
           dim=0.85)
    c.fills([box(x - 8, 440, x + 8, 850) for x in (400, 640, 900, 1080, 1260)], ["#7d8a84", "#55605c"])
    c.fill([(380, 380), (1280, 380), (1350, 470), (310, 470)], ["#b8503c", "#d9684a"])
    c.fills([[(380 + i * 150, 380), (455 + i * 150, 380), (397 + i * 173, 470), (310 + i * 173, 470)]
             for i in range(6)],
            ["#d9d0bc", "#f0e6cf"])
    ground(c, 845, ["#8a7a72", "#6f6460", "#46424a"], tex=0.5)
    c.fill([(400, 850), (1260, 850), (1480, 1080), (220, 1080)], ["#e8a858", "#000000"], alpha=0.6, blur=30,
           mode="screen")
    c.glow(830, 600, 620, "#ffc878", 0.5)
    for i, tone in enumerate(("#d9772a", "#c43a2a", "#7d9c44", "#e0b63c")):
        _heap(c, 455 + i * 110, 910 + (i % 2) * 14, 58, tone)
    person(c, 1010, 930, 320, Look("#4a5f7a", "#2f343c"), "stroll", -1)
    person(c, 1110, 930, 190, Look("#e0b04a", "#44516a"), "stroll", -1)
    for x in (1330, 1490):
        c.lines([oval(x, 890, 62, 62)], 6, "#17161a")
        c.lines([[(x, 890), p] for p in oval(x, 890, 60, 60, 14)], 1.2, "#8a8a8a")
    c.lines([[(1330, 890), (1380, 800), (1470, 800), (1490, 890)], [(1380, 800), (1410, 890), (1470, 800)],
             [(1330, 890), (1410, 890)], [(1370, 770), (1390, 770)], [(1490, 890), (1460, 760), (1430, 752)]],
             8, "#7a2f2c")
    return c.finish(0.4, warm=0.15)


@scene("stone-alley", TALL)
def stone_alley(c: Canvas) -> Image.Image:
    """A narrow alley between stone walls under a persimmon tree."""
    sky(c, ["#7fb0d8", "#bcd8e8", "#f2ead6"], 980, 0.6, "#ffffff", 2)
    hills(c, 800, 110, ["#8499a5", "#b4bcb4"], 1000, 1.5, tex=0.3)
    hanok(c, 880, 1130, 560, blur=1.2)
    ground(c, 1080, ["#cdbb98", "#b8a37e", "#8f7a5a"], tex=0.7, grains=(40, 16))
    path(c, [(820, 1090, 80), (900, 1250, 150), (820, 1600, 330), (720, 2180, 640)],
         ["#dccdb0", "#c4b08c", "#a08c6c"], 0.6)
    tones = ("#a89c8c", "#8d8274", "#c4b8a4", "#766c60", "#b09a80")
    stones(c, [(960, 940), (1660, 480), (1660, 1950), (960, 1190)], 95, tones, rows=8)
    stones(c, [(-60, 560), (720, 960), (720, 1180), (-60, 2000)], 95, tuple(shade(t, 0.6) for t in tones),
           "#211d1a", 8)
    for pts, dark in (([(940, 950), (1680, 470), (1680, 360), (950, 905)], 1.0),
                      ([(-80, 560), (742, 968), (736, 920), (-80, 440)], 0.6)):
        c.fill(pts, [shade("#5a5f68", dark * 1.2), shade("#3d4149", dark)], tex=(0.6, 14, 30))
        (ax, ay), (bx, by), (dx, dy), (ex, ey) = pts
        ribs = [[(ex + (dx - ex) * t, ey + (dy - ey) * t), (ax + (bx - ax) * t, ay + (by - ay) * t)]
                for t in [i / 26 for i in range(27)]]
        c.lines(ribs, 8, shade("#7d838d", dark), alpha=0.8, blur=1)
        c.dabs([(*rib[1], 11, 12) for rib in ribs], shade("#8d929a", dark))
    c.fill([(-60, 1980), (720, 1175), (900, 1240), (560, 2180), (-60, 2180)], "#1c1a26", alpha=0.42, blur=26)
    ends = bare(c, 1500, 900, 950, "#33281f", 6, -0.25, 0.5)
    fruit(c, c.rng.sample(ends, min(46, len(ends))), 21, "#e0702a")
    person(c, 850, 1400, 330, Look("#8a4f6a", "#544a52", "#c9c5bf"), "stroll", 0, light=1)
    c.lines([[(915, 1290), (925, 1400)]], 7, "#5a4028")
    c.dabs([(c.rng.uniform(420, 1300), 1500 + 600 * c.rng.random(), 15, 8) for _ in range(40)], "#c8682c")
    grass(c, 1960, 90, ["#5f6238", "#8a8a4c"], 60, -20, 200)
    return c.finish(0.32, warm=0.2)


@scene("train-station")
def train_station(c: Canvas) -> Image.Image:
    """A wayside station, its platform and the rails running off."""
    sky(c, ["#8fb0c8", "#c9d6d8", "#f2e2c6"], 500, 0.6)
    hills(c, 420, 80, ["#8398a3", "#b3bab0"], 540, 2, tex=0.3)
    hills(c, 480, 40, ["#8f7a48", "#a59a68"], 560, 3.4, tex=0.7)
    ground(c, 540, ["#a89c88", "#8d8170", "#6a6054"], tex=1.2, grains=(9, 6))
    room = Room(c, 620, 530, 1200, 2.2)
    room.floor(1.6, 9, 2, 60, ["#c9bfae", "#b5aa98"], 0.5, tex=(0.4, 50, 10))
    room.wall(1.6, 0, 0.5, 2, 60, ["#8a8174", "#6f675c"])
    room.floor(1.7, 1.95, 2, 60, "#e0b63c", 0.51)
    room.faces([[(-2.6, 0, z), (0.7, 0, z), (0.7, 0, z + 0.3), (-2.6, 0, z + 0.3)]
                for z in [2.2 + i * 0.75 for i in range(46)]],
               "#4f4238", tex=(0.5, 30, 5))
    for x in (-1.7, -0.2):
        room.faces([[(x - 0.04, 0.14, 2), (x + 0.06, 0.14, 2), (x + 0.06, 0.14, 60), (x - 0.04, 0.14, 60)]],
                   "#7a6a5c")
        room.faces([[(x - 0.015, 0.16, 2), (x + 0.03, 0.16, 2), (x + 0.03, 0.16, 60), (x - 0.015, 0.16, 60)]],
                   "#e6e2da")
    room.front(-2.2, 0.3, 0.5, 3.9, 44, ["#3f7f8a", "#2c5660"])
    room.front(-1.9, 0.0, 2.2, 3.4, 43.9, "#22333a")
    c.glow(*room.at(-0.95, 1.3, 43), 60, "#fff2c4", 1)
    room.wall(4.0, 0.5, 3.4, 10.5, 19, ["#c9a98a", "#a5866a"], tex=(0.5, 20, 14))
    room.front(4.0, 10, 0.5, 3.4, 10.5, ["#e0c9a8", "#c9ad88"], tex=(0.4, 26, 18))
    room.front(4.9, 6.2, 0.5, 2.7, 10.45, ["#7a5a40", "#5a402c"])
    room.front(7.0, 8.4, 1.4, 2.6, 10.45, ["#b8cdd2", "#7d969c"])
    room.faces([[(4.0, 1.4, z), (4.0, 1.4, z + 1.4), (4.0, 2.7, z + 1.4), (4.0, 2.7, z)]
                for z in (11.4, 13.8, 16.2)], "#5d7076")
    room.face([(3.2, 3.3, 9.6), (10.6, 3.3, 9.6), (10.6, 5.2, 13), (3.9, 5.2, 14)], ["#7a4438", "#a8604a"],
              tex=(0.6, 10, 14))
    room.face([(3.2, 3.3, 9.6), (3.9, 5.2, 14), (3.2, 3.3, 20)], "#5d342c")
    room.strokes([[(2.5, 0.5, 7.4), (2.5, 2.9, 7.4)], [(3.9, 0.5, 7.4), (3.9, 2.9, 7.4)]], 9, "#4f5a60")
    room.front(2.3, 4.1, 2.1, 2.85, 7.35, ["#f4f1e6", "#dcd8cc"])
    room.front(2.3, 4.1, 2.1, 2.24, 7.34, "#2f6494")
    c.dabs([(*room.at(2.75 + i * 0.22, 2.55, 7.3), 13, 17) for i in range(5)], "#3a3f48", blur=2, alpha=0.8)
    room.man(2.9, 5.4, Look("#a85a4a", "#3b4252", "#3a312c", long=True), "stand", -1, 1.64, y=0.5)
    px, py = room.at(3.35, 0.5, 5.4)
    c.fill(box(px - 24, py - 110, px + 44, py - 6), ["across", "#3f6a8a", "#24425a"])
    c.lines([[(px - 12, py - 110), (px - 12, py - 165), (px + 30, py - 165), (px + 30, py - 110)]], 4,
            "#2a2a2c")
    broadleaf(c, 130, 620, 420, GOLD, 1, 1)
    grass(c, 1085, 170, ["#6d5f34", "#998548", "#c4ae6c"], 150, -20, 330)
    return c.finish(0.3, warm=0.2)


@scene("old-warehouse")
def old_warehouse(c: Canvas) -> Image.Image:
    """The red-brick riverside warehouse in evening light."""
    sky(c, ["#6f9cc4", "#b9cdd4", "#f4dcb4"], 600, 0.7, "#fff2dc")
    hills(c, 520, 50, ["#8a98a5", "#b9b4a8"], 660, 2, tex=0.3)
    ground(c, 650, ["#b5a27c", "#9a8660", "#6a5a40"], tex=0.9, grains=(24, 8))
    c.fill([(-20, 655), (420, 655), (250, 760), (-20, 860)], ["#9db4bf", "#7f9cae"], tex=(0.5, 60, 4))
    bricks(c, 620, 330, 1480, 790, "#a8523c", 13)
    c.fill([(620, 330), (620, 790), (400, 730), (400, 380), (510, 250)], ["#7a3a2e", "#5a2c26"],
           tex=(0.7, 30, 14))
    c.fill([(590, 345), (1510, 345), (1440, 210), (500, 228)], ["#6f6a68", "#514d4e"], tex=(0.6, 9, 40))
    c.lines([[(600 + i * 50, 342), (520 + i * 51, 226)] for i in range(19)], 3, "#3c393a", alpha=0.5)
    c.fill([(590, 345), (500, 228), (380, 388), (392, 396), (505, 250), (580, 356)], "#3f3a3a")
    for i in range(6):
        if i == 3:
            continue
        x = 690 + i * 138
        arch = [*box(x - 38, 480, x + 38, 640)[2:], (x - 38, 480), (x - 27, 452), (x, 440), (x + 27, 452),
                (x + 38, 480)]
        c.fill([(a + (a - x) * 0.22, b - 8 if b < 600 else b + 8) for a, b in arch], "#c98a70",
               tex=(0.5, 10, 8))
        c.fill(arch, ["#f4cf94", "#7a8a94", "#3c464e"])
        c.lines([[(x, 442), (x, 640)], [(x - 38, 500), (x + 38, 500)], [(x - 38, 570), (x + 38, 570)]], 5,
                "#3f302a")
    c.fill(box(1040, 470, 1168, 790), ["#4f6a6c", "#33484c"], tex=(0.5, 8, 60))
    c.lines([[(1104, 470), (1104, 790)], [(1040, 530), (1168, 530)]], 4, "#22302f")
    c.fill(box(1020, 452, 1188, 474), "#d9c4a0")
    foliage(c, [(1420 + c.rng.uniform(-50, 60), y, 44) for y in range(380, 790, 34)],
            ("#4a2c1c", "#8f4426", "#c8683a"),
            density=20)
    c.fill([(620, 330), (900, 330), (620, 790)], "#1c1014", alpha=0.18, blur=60)
    c.glow(1560, 420, 760, "#ffd690", 0.55)
    path(c, [(1100, 800, 70), (1020, 900, 150), (860, 1100, 330)], ["#d9caa8", "#b5a27e"], 0.6)
    person(c, 980, 860, 200, Look("#44586e", "#2f343c"), "stroll", 0, light=1)
    person(c, 1065, 868, 188, Look("#c98a4a", "#44464f", long=True), "stroll", 0, light=1)
    broadleaf(c, 230, 800, 620, AUTUMN, 1, 1, density=30)
    grass(c, 1085, 140, ["#6a5a30", "#9a8648", "#c4ae68"], 300, -20, 620)
    return c.finish(0.32, warm=0.25)


@scene("vacant-house", OLD)
def vacant_house(c: Canvas) -> Image.Image:
    """An empty farmhouse among weeds, its gate fallen."""
    sky(c, ["#a3adb4", "#c4c6c4", "#d8d2c4"], 560, 0.5)
    hills(c, 430, 90, ["#838c8c", "#a3a59b"], 660, 1.7, tex=0.4)
    treeline(c, 680, 110, ["#6f6644", "#565038"], blur=2, tex=0.9)
    ground(c, 660, ["#a09468", "#877a50", "#5f5438"], tex=1.0, grains=(16, 10))
    bare(c, 260, 820, 720, "#3a322c", 7, 0.05)
    cottage(c, 830, 860, 880, "#5f6e76", "#b5ab98")
    c.fill([(700, 470), (800, 478), (790, 545), (720, 560), (680, 520)], "#241f1c", blur=3)
    c.lines([[(690, 500), (800, 540)], [(700, 540), (790, 500)]], 8, "#6a5a48")
    c.dabs([(c.rng.uniform(400, 1000), c.rng.uniform(620, 850), c.rng.uniform(8, 34), c.rng.uniform(6, 22))
            for _ in range(26)], "#6d6250", alpha=0.35, blur=6)
    c.fills([[(470, 716), (520, 700), (500, 760)], [(916, 700), (960, 724), (930, 770)]], "#14120f")
    c.dabs([(c.rng.gauss(700, 180), 440 + c.rng.uniform(0, 120), c.rng.uniform(10, 40), 7)
            for _ in range(24)],
           "#7a6a48", alpha=0.7, blur=2)
    foliage(c, [(1180 + c.rng.uniform(-90, 120), 860 - j * 34, 54) for j in range(9)],
            ("#2f3320", "#565a34", "#868450"))
    tones = ("#948a7c", "#7a7064", "#aca290", "#645c52")
    stones(c, [(-30, 850), (460, 880), (470, 1000), (-30, 1010)], 48, tones, rows=4)
    stones(c, [(1060, 890), (1640, 850), (1640, 1010), (1080, 1010)], 48, tones, rows=4)
    c.fill([(640, 980), (900, 930), (920, 952), (664, 1010)], ["#6f8a94", "#465a62"], tex=(0.9, 30, 6))
    c.lines([[(540, 1000), (560, 760)], [(1000, 1000), (990, 800)]], 20, "#54463a")
    grass(c, 1010, 210, ["#5c5430", "#877a44", "#b09f62"], 420, -20, 1620, 0.15, 4)
    grass(c, 1230, 280, ["#4f4828", "#7d7040", "#a89660", "#c9b884"], 520, -20, 1620, 0.2, 5, blur=1.2)
    return c.finish(0.4, warm=-0.05)
