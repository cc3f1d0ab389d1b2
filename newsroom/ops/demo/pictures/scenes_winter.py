"""Snow and stars."""

from __future__ import annotations

from PIL import Image

from .built import cottage, hanok
from .canvas import Canvas, box, mix, oval
from .land import ground, hills, path, peak, sky, snowfall, stars, treeline
from .lights import steam
from .people import Look, person
from .plants import bare, conifer
from .register import scene


@scene("snow-village")
def snow_village(c: Canvas) -> Image.Image:
    """Snowed roofs and lit windows in the blue of evening."""
    sky(c, ["#4f6286", "#7f90ac", "#b8b9c4"], 460, 0.4, "#c4cbd8")
    hills(c, 320, 90, ["#8a9ab4", "#b9c4d4"], 520, 1.8, tex=0.5)
    hills(c, 420, 50, ["#66788f", "#a0aebf"], 530, 3, tex=0.9)
    for i in range(26):
        conifer(c, i * 64 + c.rng.uniform(-20, 20), 520, c.rng.uniform(60, 120), "#3c4c5c", 1, 0.6)
    ground(c, 505, ["#b9c6d8", "#d3dce8", "#9fb0c8"], tex=0.25, grains=(90, 20))
    lit = "#ffc872"
    for x, y, w, kind in ((260, 590, 190, 0), (560, 570, 170, 1), (860, 580, 180, 0), (1180, 575, 190, 1),
                          (1430, 610, 210, 0),
                          (400, 700, 300, 1), (1000, 700, 300, 0)):
        if kind:
            hanok(c, x, y, w * 1.2, lit, 0.95)
        else:
            cottage(c, x, y, w, lit=lit, snow=0.95, wall="#a8a49e", side=1 if x < 800 else -1)
        steam(c, x + w * 0.2, y - w * 0.55, w * 0.3, w * 0.8, "#dfe4ec", 0.4)
    path(c, [(720, 600, 12), (740, 700, 36), (690, 840, 90), (620, 1100, 220)],
         ["#a9b8cc", "#93a5bd", "#8496b0"], 0.4, 4)
    hanok(c, 1330, 960, 620, lit, 0.97)
    bare(c, 150, 960, 760, "#2a2c34", 7, 0.08)
    c.fill(oval(150, 972, 130, 16), "#dfe6ef", blur=5)
    person(c, 690, 830, 190, Look("#8a3f3c", "#2c303a", hat="#c9503f"), "stroll", 0, dim=0.8)
    person(c, 745, 835, 120, Look("#c9a04a", "#3a4254", hat="#e6dcc4"), "stroll", 0, dim=0.8)
    c.fill([(-20, 1000), (420, 970), (900, 1030), (1620, 980), (1620, 1080), (-20, 1080)],
           ["#dfe6f0", "#a4b4cc"], blur=5)
    snowfall(c, 520, alpha=0.75)
    return c.finish(0.32, warm=-0.1)


@scene("first-snow-ridge")
def first_snow_ridge(c: Canvas) -> Image.Image:
    """The first snow of the year on the ridge of Duru-moe."""
    sky(c, ["#2f6cb0", "#6fa4d4", "#cfe2ec"], 560, 0.6)
    peak(c, [(-40, 560), (260, 430), (520, 470), (860, 380), (1200, 440), (1640, 400)],
         ["#9fb8cc", "#b8c9d2"], 700, 7)
    line = peak(c, [(-40, 520), (130, 430), (270, 400), (420, 330), (540, 345), (700, 250), (800, 225),
                    (900, 270), (1010, 300), (1130, 285), (1270, 370), (1440, 390), (1640, 480)],
                    ["#eef3f8", "#c4d2e0", "#8a98a0", "#7a6f58"], 860, 8, 0.5)
    for x, y in line[::2]:
        drop = c.rng.uniform(60, 190) * max(0.35, 1 - abs(x - 800) / 1000)
        way = 1 if x > 800 else -1
        c.fill([(x, y + 6), (x + 16, y + 10), (x + way * drop * 0.55 + 34, y + drop),
                (x + way * drop * 0.5, y + drop * 1.1)],
               "#6f84a4" if x > 790 else "#c9d8e6", alpha=0.42, blur=4)
    c.fill([(806, 240), (900, 280), (1000, 310), (960, 420), (1060, 640), (900, 700), (860, 470)],
           "#3f5a8a", alpha=0.34, blur=14)
    for x, y in ((1130, 300), (430, 345), (1440, 405), (140, 445)):
        c.fill([(x, y), (x + 110, y + 70), (x + 60, y + 160), (x + 150, y + 330), (x + 20, y + 330),
                (x + 30, y + 150)],
               "#3f5a8a", alpha=0.32, blur=14)
    c.dabs([(c.rng.uniform(0, 1600), 460 + 240 * c.rng.random() ** 0.5, 4, 9)
            for _ in range(900)], "#3f4a48",
           alpha=0.55, blur=1.2)
    c.haze(560, 780, "#dfe8ec", 0.6)
    hills(c, 720, 60, ["#8a6a44", "#a5763f", "#7a5a34"], 945, 2.4, tex=1.0)
    c.dabs([(c.rng.uniform(0, 1600), c.rng.uniform(735, 880), 13, 11) for _ in range(320)], "#c9883c",
           alpha=0.6, blur=1.5)
    c.dabs([(c.rng.uniform(0, 1600), c.rng.uniform(735, 880), 12, 11) for _ in range(240)], "#5f4a2c",
           alpha=0.6, blur=1.5)
    for i in range(22):
        x = i * 78 + c.rng.uniform(-30, 30)
        conifer(c, x, 930 + c.rng.uniform(-20, 30), c.rng.uniform(90, 170),
                mix("#24382c", "#3f5240", c.rng.random()))
    c.wash(["#8f8a50", "#6a6438"], 940, None, (0.8, 16, 9))
    for x, w, roof in ((420, 130, "#3f6a8a"), (580, 110, "#a8553a"), (1120, 130, "#54606a")):
        cottage(c, x, 970, w, roof)
    treeline(c, 1075, 90, ["#5a4a2c", "#33301f"], blur=3)
    return c.finish(0.28)


@scene("observatory")
def observatory(c: Canvas) -> Image.Image:
    """The dome on Duru-moe under the Milky Way."""
    sky(c, ["#050818", "#0c1636", "#1e2f5c", "#4a4f70"], 860, 0)
    for i in range(70):
        t = i / 69
        x, y = 250 + 1100 * t + c.rng.gauss(0, 60), 760 - 800 * t + c.rng.gauss(0, 50)
        c.glow(x, y, c.rng.uniform(60, 170), ("#5a6aa8", "#8a7ab0", "#a88a9a")[i % 3], 0.13)
    band = [(250 + 1100 * t + c.rng.gauss(0, 90), 760 - 800 * t + c.rng.gauss(0, 75))
            for t in [c.rng.random() for _ in range(1500)]]
    c.dabs([(x, y, 0.9, 0.9) for x, y in band], "#dfe4ff", alpha=0.55, ss=3)
    c.fills([[(px + c.rng.uniform(-26, 26), py + c.rng.uniform(-26, 26)) for px,
              py in oval(430 + 900 * t, 640 - 640 * t, 80, 26, 9)]
             for t in (0.2, 0.4, 0.55, 0.75)], "#0a1028", alpha=0.4, blur=18)
    stars(c, 860, 900)
    for x, y in ((260, 170), (420, 300), (1350, 420), (1180, 130), (700, 90)):
        c.glow(x, y, 26, "#dfe8ff", 0.9)
    hills(c, 830, 50, ["#141c34", "#1c2238"], 1000, 2, tex=0.2)
    c.haze(760, 940, "#5a5a78", 0.3)
    c.dabs([(c.rng.uniform(0, 620), c.rng.uniform(880, 910), 2.2, 2) for _ in range(70)], "#ffcf85", blur=0.7)
    c.fill([(-20, 1000), (500, 960), (900, 880), (1250, 860), (1640, 930), (1640, 1080), (-20, 1080)],
           ["#0d1220", "#06080f"],
           tex=(0.6, 16, 9))
    c.fill(box(960, 720, 1260, 880), ["across", "#5a6480", "#3c4460", "#1c2238"], tex=(0.3, 30, 30))
    dome = oval(1110, 722, 168, 160, 60)
    c.fill([p for p in dome if p[1] <= 724], ["across", "#a4aec8", "#6a7494", "#2c3452"], tex=(0.2, 40, 60))
    c.fill([(1040, 722), (1046, 640), (1072, 572), (1120, 566), (1110, 640), (1112, 722)],
           ["#ffb070", "#d9704a"], blur=2)
    c.lines([[(1082, 700), (1060, 590)]], 24, "#1c2030")
    c.lines([[(944, 722), (1276, 722)]], 10, "#3c4664")
    c.glow(1080, 650, 170, "#ff9a5c", 0.6)
    c.fills([box(1000 + i * 84, 780, 1034 + i * 84, 826) for i in range(3)], "#ffcf8a", blur=1.5)
    for x in range(-20, 1640, 72):
        conifer(c, x + c.rng.uniform(-20, 20), 1080, c.rng.uniform(70, 190), "#070b14")
    person(c, 790, 925, 110, Look("#2a3048", "#12141f"), "point", 1, dim=0.6, shadow=0)
    person(c, 740, 930, 84, Look("#4a3040", "#12141f"), "stand", 1, dim=0.6, shadow=0)
    c.lines([[(850, 930), (868, 878), (886, 930)], [(848, 862), (892, 836)]], 5, "#1a2036")
    return c.finish(0.4, warm=-0.1)
