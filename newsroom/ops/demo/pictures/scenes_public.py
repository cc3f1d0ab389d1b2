"""Public places and events: office, school, sport, stage, kiln, waterworks."""

from __future__ import annotations

import math

from PIL import Image

from .canvas import Canvas, Colour, box, oval, shade
from .land import glints, grass, ground, hills, path, reflect, sky, stars, treeline
from .lights import beam, bokeh, bulbs, steam
from .people import COATS, HAIR, Look, bust, person, someone
from .plants import AUTUMN, GOLD, broadleaf, pine
from .register import scene
from .room import Room


def _block(c: Canvas, x0: float, x1: float, top: float, foot: float, floors: int, bays: int,
           wall: Colour, glass: Colour = "#7f9cb0") -> None:
    """Paint a plain public building with rows of windows."""
    c.fill(box(x0, top, x1, foot), [shade(wall, 1.06), wall, shade(wall, 0.85)], tex=(0.3, 40, 24))
    high, wide = (foot - top) / floors, (x1 - x0) / bays
    panes = [box(x0 + wide * (b + 0.14), top + high * (f + 0.24), x0 + wide * (b + 0.86),
                 top + high * (f + 0.78))
             for f in range(floors) for b in range(bays)]
    c.fills([[(px, py - 5) for px, py in pane] for pane in panes], shade(wall, 0.5))
    c.fills(panes, [shade(glass, 1.3), glass, shade(glass, 0.7)], tex=(0.6, 60, 40))
    c.lines([[((p[0][0] + p[1][0]) / 2, p[0][1]), ((p[0][0] + p[1][0]) / 2, p[2][1])] for p in panes], 3,
            "#e6e6e0")
    c.fill(box(x0 - 14, top - 18, x1 + 14, top + 4), [shade(wall, 1.2), shade(wall, 0.7)])
    c.fill(box(x0, top + 4, x1, top + 22), "#14120f", alpha=0.3, blur=5)


@scene("county-office")
def county_office(c: Canvas) -> Image.Image:
    """The county office with its flagpoles and forecourt."""
    sky(c, ["#8fb4d2", "#c4d6de", "#e8e6da"], 560, 0.9)
    hills(c, 380, 90, ["#7f9298", "#a8b0a4"], 620, 1.8, tex=0.4)
    treeline(c, 680, 90, ["#8f7a42", "#5d5a34"])
    ground(c, 670, ["#c2bcb0", "#aba498", "#8c867c"], tex=0.5, grains=(60, 8))
    _block(c, 250, 1400, 330, 690, 4, 14, "#c9bba4")
    c.fill(box(700, 270, 950, 690), ["#ddd2be", "#bdb09a"], tex=(0.3, 30, 24))
    c.fill(box(720, 300, 930, 560), ["#a8c4d4", "#5f8298", "#43606f"], tex=(0.6, 60, 60))
    c.lines([[(720 + i * 42, 300), (720 + i * 42, 560)] for i in range(6)], 4, "#e8e2d4")
    c.fill(box(660, 560, 990, 590), ["#f0e8d8", "#b5a994"])
    c.fills([box(x, 590, x + 18, 700) for x in (672, 760, 872, 962)], ["across", "#e8dfcc", "#9a907e"])
    c.fill(box(778, 596, 872, 700), ["#2f3c44", "#5a6a70"])
    for i in range(4):
        c.fill(box(640 - i * 18, 692 + i * 12, 1010 + i * 18, 704 + i * 12), ["#e2dccf", "#a8a194"])
    for x, tones in ((1090, ("across", "#f2efe6", "#d5d2c8")), (1150, ("across", "#3f7a62", "#2c5a48")),
                     (1210, ("across", "#4a7fb0", "#33608a"))):
        c.lines([[(x, 760), (x, 190)]], 6, "#c9ccce")
        c.fill([(x, 196), (x + 44, 206), (x + 88, 192), (x + 92, 246), (x + 46, 260), (x, 250)], list(tones),
               tex=(0.3, 20, 40))
    c.fill([(250, 690), (700, 700), (560, 770), (60, 770)], "#22201c", alpha=0.22, blur=10)
    for x, y, h in ((160, 760, 420), (1480, 770, 460)):
        pine(c, x, y, h, lean=0.1)
    c.fill(oval(330, 850, 210, 34), ["#6f8048", "#4a5a30"], tex=(0.9, 12, 8))
    c.dabs([(330 + c.rng.gauss(0, 80), 838 + c.rng.gauss(0, 11), 9, 8) for _ in range(110)], "#d9a441")
    c.dabs([(330 + c.rng.gauss(0, 80), 838 + c.rng.gauss(0, 11), 9, 8) for _ in range(60)], "#a84a6a")
    for x, y, h, pose, face in ((820, 790, 140, "stroll", 0), (900, 800, 145, "walk", -1),
                                (620, 860, 180, "walk", 1),
                                (1290, 900, 215, "walk", -1), (1370, 905, 210, "stroll", -1)):
        person(c, x, y, h, someone(c), pose, face)
    return c.finish(0.28)


@scene("school-yard")
def school_yard(c: Canvas) -> Image.Image:
    """Children run in the school yard in the afternoon."""
    sky(c, ["#6fa8d8", "#b3d3e6", "#f2ead4"], 480, 0.7)
    hills(c, 350, 80, ["#7a9098", "#a5b09c"], 520, 2.2, tex=0.4)
    ground(c, 500, ["#dcc496", "#cfb07c", "#b08f5c"], tex=0.5, grains=(40, 8))
    _block(c, 300, 1240, 270, 520, 3, 12, "#e6d3b0", "#8fb0c4")
    c.fill(box(700, 232, 840, 520), ["#c9694a", "#a8523a"], tex=(0.4, 30, 20))
    c.fill(oval(770, 290, 32, 32), "#f4f0e2")
    c.lines([[(770, 290), (770, 268)], [(770, 290), (786, 296)]], 4, "#2c2a28")
    c.fill(box(735, 430, 805, 520), ["#4a5a64", "#6f8088"])
    for x, h, tones in ((150, 300, GOLD), (1350, 330, GOLD), (1520, 270, AUTUMN)):
        broadleaf(c, x, 560, h, tones, -1, 1)
    c.lines([oval(860, 760, 640, 150)], 5, "#f6efe0", alpha=0.8)
    c.lines([[(70, 790), (70, 560), (270, 560), (270, 790)], [(70, 560), (110, 590), (110, 770)]], 8,
            "#f4f2ea")
    c.lines([[(70 + i * 20, 562), (70 + i * 20, 780)] for i in range(11)]
            + [[(70, 570 + i * 24), (270, 570 + i * 24)] for i in range(9)], 1.3, "#f4f2ea", alpha=0.5)
    kids = ((480, 640, 120, "run", 1), (620, 650, 122, "run", 1), (1050, 630, 118, "stand", -1),
            (1110, 635, 124, "point", -1), (760, 740, 170, "kick", -1), (900, 760, 176, "run", -1),
            (1230, 800, 200, "run", -1), (420, 850, 225, "run", 1), (610, 900, 250, "run", 1),
            (1420, 700, 150, "run", -1))
    tones = ("#d9483c", "#e8b63c", "#3f7fb8", "#5aa06a", "#f0ece0", "#d97aa0", "#6a5aa0")
    for i, (x, y, h, pose, face) in enumerate(kids):
        c.fill([(x - 10, y), (x + 14, y), (x + h * 0.9, y + h * 0.16), (x + h * 0.72, y + h * 0.2)],
               "#3c2c18",
               alpha=0.3, blur=4)
        person(c, x, y, h, someone(c, coat=tones[i % 7], hair=HAIR[i % 3], long=False), pose, face)
    c.fill(oval(690, 738, 17, 17), ["#ffffff", "#b9b6ae"])
    c.fill([(1620, 900), (1200, 1080), (1620, 1080)], "#3a2a18", alpha=0.4, blur=40)
    return c.finish(0.28, warm=0.18)


@scene("soccer-match")
def soccer_match(c: Canvas) -> Image.Image:
    """A striker shoots; defenders run back across the pitch."""
    sky(c, ["#7fa8c4", "#bcd0d6", "#dfe2d4"], 300, 0.6)
    hills(c, 230, 60, ["#7a8f90", "#9fa898"], 340, 2, tex=0.4)
    treeline(c, 330, 60, ["#7a7a40", "#55602f"], blur=1)
    c.fill(box(-20, 320, 1620, 400), ["#8a8f94", "#6a6f74"], tex=(0.5, 20, 10))
    spots = [(c.rng.uniform(0, 1600), c.rng.uniform(325, 385)) for _ in range(330)]
    for i, tone in enumerate(COATS[:6]):
        c.dabs([(x, y, 7, 9) for x, y in spots[i::6]], tone, blur=0.8)
    c.dabs([(x, y - 13, 4, 5) for x, y in spots], "#c99a7a", blur=0.8)
    c.fill(box(-20, 392, 1620, 430), ["#e8e4d8", "#c9c4b6"])
    c.fills([box(40 + i * 270, 396, 230 + i * 270, 426) for i in range(6)], ["#3f6f9a", "#2c5480"])
    ground(c, 428, ["#6aa048", "#5a9040", "#3f7030"], tex=0.7, grains=(12, 6))
    stripes = [[(i * 230 - 300 + 260, 430), (i * 230 - 185 + 260, 430), ((i - 3) * 420 + 520, 1080),
                ((i - 3) * 420 + 310, 1080)]
               for i in range(9)]
    c.fills(stripes, "#8cc060", alpha=0.3, blur=2)
    c.lines([[(-20, 560), (980, 545), (1260, 830), (1640, 830)], [(980, 430), (980, 545)]], 7, "#f4f6ee",
            alpha=0.9)
    c.lines([[(110, 560), (110, 400), (480, 396), (480, 552)]], 9, "#fafaf4")
    c.lines([[(110 + i * 23, 402), (130 + i * 20, 548)] for i in range(17)]
            + [[(110, 404 + i * 20), (480, 400 + i * 20)] for i in range(8)], 1.3, "#f4f6ee", alpha=0.55)
    red, blue = Look("#c8362c", "#f2efe6"), Look("#2f5fa8", "#1f3a70")
    person(c, 300, 566, 165, Look("#e8c83c", "#2a2c30"), "reach", 1)
    for x, y, h, look, pose, face in ((620, 600, 190, blue, "run", -1), (1180, 620, 200, red, "run", -1),
                                      (1380, 700, 230, blue, "run", -1), (500, 690, 235, red, "run", -1)):
        person(c, x, y, h, look, pose, face, shadow=0.5)
    c.focus(480, 960, 2.4, 200)
    person(c, 1060, 930, 430, blue, "run", -1, shadow=0.5)
    person(c, 800, 950, 450, red, "kick", -1, shadow=0.5)
    c.fill(oval(585, 895, 30, 7), "#14200c", alpha=0.5, blur=4)
    c.fill(oval(580, 830, 31, 31), ["#ffffff", "#e2e0d8", "#9a988e"])
    c.fills([oval(580, 828, 10, 9, 5), oval(560, 812, 7, 6, 5), oval(602, 814, 7, 6, 5),
             oval(590, 852, 7, 6, 5)], "#2a2a2c")
    return c.finish(0.28)


@scene("river-marathon")
def river_marathon(c: Canvas) -> Image.Image:
    """Runners come along the embankment beside the river."""
    sky(c, ["#86b0d0", "#c4dae2", "#f4e8d0"], 380, 0.6)
    hills(c, 310, 70, ["#8096a2", "#b0b8b0"], 420, 2, tex=0.3)
    treeline(c, 412, 46, ["#b0803c", "#6f6434"], 600, 1640, blur=1)
    reflect(c, 410, 640, "#7fa4ba", 0.3, 4)
    glints(c, 420, 640, "#e6f0f2", 26, 0.5, 800, 1640)
    ground(c, 625, ["#a8a05a", "#8a8448", "#6a6634"], tex=0.9, grains=(14, 8))
    c.fill([(-20, 412), (620, 412), (1180, 640), (-20, 700)], ["#b0a85c", "#8f8a48"], tex=(0.9, 14, 8))
    path(c, [(560, 416, 8), (640, 480, 40), (760, 640, 150), (820, 850, 330), (800, 1120, 620)],
         ["#c98a74", "#b06a54", "#944f3f"], 0.5)
    c.lines([[(562, 420), (650, 500), (766, 660), (820, 860), (806, 1080)]], 6, "#f0e6d4", alpha=0.8)
    for x, y, h in ((470, 470, 150), (360, 540, 260), (180, 690, 480)):
        broadleaf(c, x, y, h, GOLD if h < 400 else AUTUMN, 1, 1, density=22)
    field = sorted((c.rng.random() ** 1.4 * 0.5, c.rng.uniform(-0.7, 0.7)) for _ in range(15))
    tones = ("#e0503c", "#f0c83c", "#3f86c8", "#f4f2ea", "#5ab08a", "#e88a3c", "#b85aa0")
    for i, (t, u) in enumerate(field):
        y = 490 + 700 * t
        person(c, 640 + 240 * t + u * (30 + 420 * t), y, 75 + 360 * t,
               someone(c, coat=tones[i % 7], long=False), "run",
               1, shadow=0.5)
    for i, (x, y, h) in enumerate(((1130, 930, 390), (560, 960, 410), (860, 1010, 450))):
        look = someone(c, coat=tones[(i * 2) % 7], legs="#26303f", long=False, hat=(None, "#f4f2ea", None)[i])
        person(c, x, y, h, look, "run", 1, shadow=0.5)
        c.fill(box(x + 15, y - h * 0.72, x + 62, y - h * 0.63), "#f8f6ee")
        c.fill(box(x + 24, y - h * 0.695, x + 52, y - h * 0.655), "#4a4a4c", blur=2, alpha=0.8)
    grass(c, 1090, 120, ["#6f6a34", "#9a9048", "#c0b064"], 180, 1300, 1640)
    return c.finish(0.28, warm=0.12)


@scene("ssireum")
def ssireum(c: Canvas) -> Image.Image:
    """Two wrestlers grip each other in the sand ring."""
    c.wash(["#4a4038", "#6a5a48"], 0)
    hills(c, 60, 30, ["#6f7a6a", "#5a5a48"], 300, 2)
    for row, (y, s) in enumerate(((300, 74), (370, 88), (450, 104))):
        for i in range(int(1700 / (s * 0.86))):
            x = -40 + i * s * 0.86 + (row % 2) * s * 0.4 + c.rng.uniform(-8, 8)
            look = c.rng.choice(COATS)
            c.fills([oval(x, y - s * 0.72, s * 0.15, s * 0.19)], "#c99876")
            c.fill([(x - s * 0.4, y), (x - s * 0.33, y - s * 0.42), (x, y - s * 0.56),
                    (x + s * 0.33, y - s * 0.42),
                    (x + s * 0.4, y)], [shade(look, 1.15), shade(look, 0.7)])
            c.fills([[*oval(x, y - s * 0.78, s * 0.165, s * 0.16, 20)[10:]]], c.rng.choice(HAIR))
    c.soften(3)
    ground(c, 455, ["#a5825c", "#8f6c48"], tex=0.6)
    c.fill(oval(800, 800, 900, 330), ["#7a4a3a", "#5a3428"], blur=3)
    c.fill(oval(800, 790, 860, 305), ["#f0dcae", "#e0c48c", "#c9a468"], tex=(0.9, 16, 8))
    c.dabs([(c.rng.gauss(800, 330), c.rng.gauss(800, 90), c.rng.uniform(8, 30), c.rng.uniform(2, 7))
            for _ in range(130)],
           "#a8824c", alpha=0.4, blur=2)
    c.glow(800, 560, 620, "#fff0cc", 0.45)
    person(c, 1290, 720, 330, Look("#f2f0ea", "#2c3038", "#241d1b"), "point", -1)
    c.fill(oval(810, 902, 300, 30), "#4a3018", alpha=0.5, blur=12)
    person(c, 925, 905, 520, Look("#c99470", "#2f5fa0", "#1f1b1a", "#d3a07c"), "grip", -1, shadow=0)
    person(c, 690, 905, 520, Look("#cf9a76", "#c23a2e", "#1f1b1a", "#d9a884"), "grip", 1, shadow=0)
    c.lines([[(640, 690), (740, 720)], [(880, 720), (975, 690)]], 15, "#f4ecd8")
    for i in range(5):
        steam(c, 640 + i * 80, 905, 90, 50, "#f0dcae", 0.35)
    for x, s, coat in ((120, 270, "#5a4a52"), (1470, 300, "#44546a"), (330, 230, "#8a4f3f")):
        bust(c, x, 1090, s, coat, "#1f1b1a", blur=5)
    return c.finish(0.42, warm=0.2)


@scene("pansori-stage")
def pansori_stage(c: Canvas) -> Image.Image:
    """A singer with a fan and her drummer in the stage light."""
    c.wash(["#140d12", "#24161a", "#1c1114"], 0)
    c.fill(box(280, 140, 1320, 720), ["#5a4632", "#8a6c48", "#6a5238"], tex=(0.4, 40, 30))
    for i in range(6):
        x = 290 + i * 172
        c.fill(box(x, 160, x + 164, 712), ["#d9c69c", "#c9b080", "#9a8058"], tex=(0.3, 50, 40))
        line = [(x + 164 * t / 10, 420 + 60 * math.sin(i * 1.3 + t * 0.5) - 30 * math.sin(t + i))
                for t in range(11)]
        c.fill([*line, (x + 164, 560), (x, 560)], ["#6f7a78", "#c9b080"], alpha=0.7, blur=3,
               tex=(0.6, 20, 20))
    ground(c, 715, ["#8f6238", "#7a4f2c", "#3f2818"], 900, 0.4, (80, 5))
    c.fill(box(-20, 880, 1620, 1080), ["#1c1210", "#0c0808"])
    c.fill([(-20, -20), (250, -20), (290, 760), (-20, 820)], ["across", "#3a1216", "#6a2024", "#2c0e12"],
           tex=(0.8, 9, 200))
    c.fill([(1620, -20), (1350, -20), (1310, 760), (1620, 820)], ["across", "#2c0e12", "#6a2024", "#3a1216"],
           tex=(0.8, 9, 200))
    c.fill([(460, 850), (1190, 850), (1120, 750), (530, 750)], ["#c9b58a", "#a8905c"], tex=(0.6, 6, 12))
    beam(c, 500, -60, 480, 1000, 840, "#ffe8b8", 0.42, 34)
    beam(c, 1180, -60, 860, 1260, 840, "#ffdca0", 0.3, 34)
    _hanbok(c, 730, 838, 430)
    person(c, 1040, 848, 350, Look("#e8e2d2", "#d9d2c0", "#1f1b1a", hat="#17161a"), "desk", -1, shadow=0.5)
    c.fill([(950, 850), (960, 770), (900, 770), (890, 850)], ["across", "#c98a3c", "#8f5a24"])
    c.fill(oval(895, 810, 26, 42), ["#f0e2c0", "#c9b58c"])
    for i in range(13):
        bust(c, -20 + i * 136 + c.rng.uniform(-16, 16), 1085 + (i % 2) * 30, 150, "#171318", "#0f0c0f", 1.5,
             "#6a4a34")
    return c.finish(0.45, warm=0.2)


def _hanbok(c: Canvas, x: float, y: float, h: float) -> None:
    """Paint a singer in a wide skirt and short jacket, an open fan in her hand."""
    c.fill(oval(x + 14, y, h * 0.42, h * 0.04), "#1a100a", alpha=0.5, blur=8)
    skirt = [(x - h * 0.09, y - h * 0.66), (x + h * 0.09, y - h * 0.66), (x + h * 0.24, y - h * 0.3),
             (x + h * 0.31, y - 4),
             (x + h * 0.1, y + 5), (x - h * 0.1, y + 6), (x - h * 0.31, y - 2), (x - h * 0.24, y - h * 0.3)]
    c.fill(skirt, ["across", "#d9505a", "#b8323f", "#6a1c28"], tex=(0.5, 9, 140))
    c.lines([[(x + h * p * 0.3, y - h * 0.62), (x + h * p, y - 4)] for p in (-0.2, -0.1, 0, 0.1, 0.2)], 4,
            "#7a2030",
            alpha=0.5, blur=3)
    c.fill([(x - h * 0.12, y - h * 0.81), (x + h * 0.12, y - h * 0.81), (x + h * 0.115, y - h * 0.62),
            (x - h * 0.115, y - h * 0.62)], ["across", "#f6efdc", "#e2d6b8", "#a89878"])
    for pts in ([(x - h * 0.11, y - h * 0.8), (x - h * 0.3, y - h * 0.9), (x - h * 0.33, y - h * 0.83),
                 (x - h * 0.1, y - h * 0.66)],
                [(x + h * 0.11, y - h * 0.8), (x + h * 0.22, y - h * 0.6), (x + h * 0.15, y - h * 0.52),
                 (x + h * 0.08, y - h * 0.66)]):
        c.fill(pts, ["#f4ecd8", "#c4b594"], blur=1)
    c.lines([[(x + 4, y - h * 0.76), (x + 10, y - h * 0.4)]], 7, "#8a2a44")
    c.fill(box(x - h * 0.03, y - h * 0.86, x + h * 0.03, y - h * 0.79), "#b98a68")
    c.fill(oval(x, y - h * 0.91, h * 0.054, h * 0.07), ["across", "#e6bd98", "#b98a68"])
    c.fill([*oval(x, y - h * 0.93, h * 0.06, h * 0.064, 30)[14:], (x + h * 0.06, y - h * 0.93)], "#17120f")
    c.fill(oval(x + h * 0.055, y - h * 0.9, h * 0.03, h * 0.03), "#17120f")
    fx, fy = x - h * 0.34, y - h * 0.88
    fan = [(fx, fy)] + [(fx + h * 0.17 * math.cos(a), fy - h * 0.17 * math.sin(a))
                        for a in [0.5 + i * 0.24 for i in range(11)]]
    c.fill(fan, ["#fbf4e0", "#dcc9a0"])
    c.lines([[fan[0], p] for p in fan[1:]], 1.8, "#8a6a44", alpha=0.8)


@scene("film-festival")
def film_festival(c: Canvas) -> Image.Image:
    """An audience on the grass before a screen by the river at dusk."""
    sky(c, ["#16244a", "#3a4a7a", "#8a6a8a", "#e09a7a"], 560, 0.45, "#a8809a")
    stars(c, 260, 60)
    hills(c, 500, 60, ["#2c3354", "#4a4460"], 590, 2, tex=0.2)
    c.dabs([(c.rng.uniform(0, 1600), c.rng.uniform(550, 578), 3, 2.6) for _ in range(50)], "#ffcf85", blur=1)
    reflect(c, 580, 720, "#3a4468", 0.3, 4)
    ground(c, 700, ["#2f3f34", "#233028", "#10181a"], tex=0.8, grains=(14, 8))
    c.lines([[(400, 740), (400, 180)], [(1200, 740), (1200, 180)]], 14, "#12141c")
    c.glow(800, 430, 760, "#a8c8f0", 0.55)
    c.fill(box(404, 190, 1196, 640), "#0c0e14")
    c.fill(box(418, 204, 1182, 626), ["#f4d9a4", "#e89a6a", "#5a6a8a"], tex=(0.3, 90, 40))
    c.fill([(418, 470), (600, 400), (760, 450), (930, 380), (1182, 460), (1182, 626), (418, 626)],
           ["#6a5a70", "#2f3a54"])
    c.fill(oval(980, 330, 44, 44), "#fff2cc", blur=3)
    person(c, 640, 616, 240, Look("#3a2c3c", "#1c1a28"), "stroll", 1, shadow=0)
    person(c, 730, 616, 220, Look("#7a3a44", "#221e2c", long=True), "stroll", 1, shadow=0)
    beam(c, 800, 1120, 418, 1182, 560, "#9ab8e0", 0.13, 20)
    for row, (y, s) in enumerate(((745, 56), (800, 74), (872, 98), (965, 132), (1085, 178))):
        n = int(1700 / (s * 1.5))
        for i in range(n):
            if c.rng.random() < 0.86:
                bust(c, -30 + i * s * 1.5 + c.rng.uniform(-0.2, 0.2) * s + (row % 2) * s * 0.7, y, s,
                     "#161a2a", "#0d0f1a",
                     1 + row * 0.5, "#7a90b8")
    bulbs(c, (-20, 330), (400, 200), 40, 9, size=7)
    bulbs(c, (1200, 200), (1620, 330), 40, 9, size=7)
    bokeh(c, 14, (0, 540, 1600, 640), (8, 18), ("#ffcf85", "#ff9a6a"), 0.3)
    return c.finish(0.4)


@scene("pottery-kiln")
def pottery_kiln(c: Canvas) -> Image.Image:
    """A potter feeds the fire of a climbing kiln among his jars."""
    sky(c, ["#1c2238", "#3a3850", "#6a4a50"], 420, 0.3, "#5a4a5c")
    hills(c, 340, 80, ["#1f2434", "#2c2a34"], 520, 2, tex=0.3)
    ground(c, 500, ["#4a382c", "#5a4030", "#2c201a"], tex=0.8)
    c.fill([(420, 740), (900, 640), (1260, 500), (1460, 420), (1640, 400), (1640, 700), (1000, 790)],
           ["#4a382c", "#5a4030", "#4c3728"], tex=(0.8, 30, 10), blur=3)
    for i in range(4, -1, -1):
        x, y, r = 700 + i * 190, 720 - i * 72, 230 - i * 22
        dome = [(x + r * math.cos(a) * 1.05, y - r * 0.95 * math.sin(a))
                for a in [math.pi * j / 24 for j in range(25)]]
        c.fill(dome, ["across", "#c9804a", "#8a5434", "#3c261c"], tex=(0.9, 26, 20))
        c.lines([dome], 8, "#2c1c14", alpha=0.5, blur=3)
        steam(c, x + 60, y - r, 120, 170, "#c9b4a8", 0.25)
    mouth = [(560, 740), (560, 640), (600, 590), (650, 575), (700, 590), (740, 640), (740, 740)]
    c.fill([(650 + (x - 650) * 1.3, 740 + (y - 740) * 1.25) for x, y in mouth], ["#8a5a3c", "#4a2c1c"],
           tex=(0.9, 20, 16))
    c.fill(mouth, ["#ffb03c", "#fff0a8", "#ff8a2c"], blur=3)
    c.fills([[(580 + i * 26, 740), (574 + i * 26, 690), (592 + i * 26, 640 + (i % 3) * 18),
              (606 + i * 26, 700), (604 + i * 26, 740)]
             for i in range(6)], ["#fff6c8", "#ff9a34"], blur=4, alpha=0.8)
    c.glow(650, 680, 720, "#ff8a34", 0.8)
    c.fill([(540, 745), (760, 745), (980, 1010), (260, 1010)], ["#ff9a44", "#000000"], alpha=0.6, blur=34,
           mode="screen")
    c.dabs([(650 + c.rng.gauss(0, 130), 560 - c.rng.random() * 330, 2.4, 2.4) for _ in range(60)], "#ffc46a",
           mode="screen")
    person(c, 420, 870, 380, Look("#7a6a58", "#3a342f", "#8d8984", hat="#c9b48a"), "carry", 1, light=1,
           dim=0.9)
    c.lines([[(500, 690), (640, 700)], [(490, 702), (620, 716)]], 15, "#5a3c26")
    for x, y, s in ((1010, 800, 90), (1180, 830, 110), (1390, 880, 140), (1080, 930, 130), (1270, 1000, 160),
                    (1520, 1040, 180),
                    (130, 900, 120), (90, 1040, 170)):
        light = ["across", "#b8763c", "#5a3420", "#241510"] if x > 650 else ["across", "#2c1a12", "#6a3c22",
                                                            "#c9803c"]
        c.fill(oval(x, y, s * 0.55, s * 0.09), "#0c0806", alpha=0.6, blur=6)
        c.fill([(x - s * 0.3, y), (x - s * 0.52, y - s * 0.5), (x - s * 0.5, y - s * 0.85),
                (x - s * 0.33, y - s * 1.12),
                (x + s * 0.33, y - s * 1.12), (x + s * 0.5, y - s * 0.85), (x + s * 0.52, y - s * 0.5),
                (x + s * 0.3, y)],
               light, tex=(0.35, 50, 10))
        c.fill(oval(x, y - s * 1.13, s * 0.38, s * 0.08), ["#8a5a38", "#3c2418"])
        c.lines([[(x - s * 0.5, y - s * 0.68), (x, y - s * 0.63), (x + s * 0.5, y - s * 0.68)]], 3, "#2c1a12",
                alpha=0.6)
    return c.finish(0.45, warm=0.2)


@scene("water-plant")
def water_plant(c: Canvas) -> Image.Image:
    """Settling basins of the waterworks in rows, an engineer on the walk."""
    sky(c, ["#8fb8d4", "#c9dce0", "#e8e6da"], 350, 0.6)
    hills(c, 270, 80, ["#6f8a84", "#98a68e"], 400, 2, tex=0.5)
    treeline(c, 400, 60, ["#6f7a40", "#4f5e30"])
    ground(c, 395, ["#a4ac74", "#84904e"], tex=0.6)
    room = Room(c, 760, 330, 1250, 6.5)
    room.block((-30, -10), (0, 6.0), (58, 66), "#d3cec0")
    room.front(-29, -11, 2.2, 4.6, 57.9, ["#7f9cb0", "#567084"])
    room.block((13, 30), (0, 5.0), (56, 66), "#b8cdd4")
    room.floor(-26, 26, 7, 54, ["#cfcabe", "#b4aea2"], tex=(0.4, 40, 10))
    for z0, z1 in ((41, 52), (27, 38), (15, 24.5), (7.4, 13)):
        for x in (-22.5, -11, 0.8, 12.3):
            x1 = x + 10
            room.floor(x, x1, z0, z1, ["#8a857a", "#6f6a60"])
            room.floor(x + 0.3, x1 - 0.3, z0 + 0.2, z1 - 0.5, ["#9cc4cc", "#4f929e", "#2f6c7c"], -0.5,
                       tex=(0.5, 60, 8))
            room.faces([[(x + 1 + j * 2.4, 0.1, z0), (x + 1.25 + j * 2.4, 0.1, z0),
                         (x + 1.25 + j * 2.4, 0.1, z1),
                         (x + 1 + j * 2.4, 0.1, z1)] for j in (0, 1, 2, 3)], "#d8d6cc")
            room.strokes([[(x, 1.0, z0), (x1, 1.0, z0)], [(x, 0.55, z0), (x1, 0.55, z0)],
                          [(x, 1, z0), (x, 1, z1)]],
                         26 / z0 + 1, "#e8c84c" if z0 < 20 else "#c9c4a8")
    c.glow(1150, 760, 420, "#eefaff", 0.3)
    room.man(-0.1, 14.2, Look("#3f6f9a", "#2f3a4c", hat="#f6f2e4"), "stroll", 0, 1.9)
    room.man(0.3, 25.6, Look("#3f6f9a", "#2f3a4c", hat="#f6f2e4"), "point", 1, 1.9)
    return c.finish(0.28)
