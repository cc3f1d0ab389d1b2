"""Fields, orchards, greenhouses and roads through the country."""

from __future__ import annotations

from PIL import Image

from .built import cottage
from .canvas import Canvas, box, mix, oval, shade
from .land import birds, furrows, grass, ground, hills, path, sky, treeline
from .lights import bokeh, steam
from .people import Look, person, someone
from .plants import AUTUMN, GOLD, GREEN, bare, broadleaf, flowers, foliage, fruit, pine
from .register import OLD, TALL, scene
from .room import Room


@scene("rice-harvest")
def rice_harvest(c: Canvas) -> Image.Image:
    """A combine harvester cuts a golden rice field."""
    sky(c, ["#7fb0d6", "#bcd5e2", "#efe6cf"], 400, 0.5)
    hills(c, 330, 70, ["#7c93a0", "#aab5ac"], 430, 2, tex=0.3)
    hills(c, 395, 30, ["#72713f", "#94904f"], 440, 4, tex=0.7)
    ground(c, 425, ["#dcb455", "#d3a23e", "#a97a26"], tex=1.0, grains=(9, 16))
    furrows(c, 430, c.H, 500, 46, "#8b6420", 0.3, 5.5, 0.4)
    cut = [(640, 470), (1620, 440), (1620, 1080), (980, 1080), (800, 720)]
    c.fill(cut, ["#cdb483", "#b79a64", "#94764a"], tex=(1.0, 18, 7), blur=2)
    c.lines([[(700 + i * 70, 475), (1000 + i * 190, 1080)] for i in range(12)], 6, "#7f6238", alpha=0.4,
            blur=3)
    for _ in range(5):
        steam(c, c.rng.uniform(800, 1120), 700, 260, 180, "#e8d3a0", 0.28)
    _combine(c, 740, 740)
    steam(c, 960, 720, 240, 120, "#ecdcb4", 0.35)
    person(c, 1290, 780, 240, Look("#56708a", "#3b3d40", hat="#e8dfc8"), "point", -1)
    for x, y, s in ((1180, 560, 40), (1360, 590, 52), (1500, 640, 70)):
        c.fill(oval(x + s * 0.3, y, s * 1.2, s * 0.15, 20), "#2c200f", alpha=0.4, blur=4)
        c.fills([oval(x, y - s * 0.45, s * 0.8, s * 0.46), box(x - s * 0.6, y - s * 0.4, x + s * 0.6, y)],
                ["across", "#f4f1ea", "#cfc8b8", "#8d8576"], blur=1)
    grass(c, c.H + 30, 260, ["#9a7426", "#c99b3a", "#e9c766"], 420, -30, 700, 0.35, 4)
    return c.finish(0.3, warm=0.15)


def _combine(c: Canvas, x: float, y: float) -> None:
    """Paint the harvester, reel to the left."""
    red = "#b5402c"
    c.fill(oval(x, y + 4, 270, 26), "#1c1408", alpha=0.6, blur=10)
    c.fill(oval(x + 40, y - 28, 160, 34), ["#3a3632", "#1b1917"], tex=(0.6, 12, 8))
    c.dabs([(x - 70 + i * 55, y - 28, 18, 18) for i in range(5)], "#55504b")
    c.fill([(x - 110, y - 60), (x - 110, y - 130), (x - 60, y - 210), (x + 210, y - 210), (x + 230, y - 60)],
           [shade(red, 1.25), red, shade(red, 0.6)], tex=(0.25, 40, 20))
    c.fill([(x + 20, y - 210), (x + 30, y - 262), (x + 220, y - 262), (x + 210, y - 210)],
           ["#d9d2c2", "#a59c8a"])
    c.fill([(x - 100, y - 135), (x - 84, y - 300), (x + 16, y - 300), (x + 20, y - 135)],
           [shade(red, 1.1), red])
    c.fill([(x - 86, y - 150), (x - 72, y - 280), (x + 2, y - 280), (x + 6, y - 150)], ["#b4cad2", "#5f757e"])
    c.fills([oval(x - 32, y - 222, 17, 21), box(x - 60, y - 204, x - 6, y - 150)], "#3a4048", blur=1)
    c.lines([[(x + 200, y - 250), (x + 330, y - 330), (x + 390, y - 310)]], 20, "#c9c0ae")
    c.fill([(x - 110, y - 100), (x - 250, y - 70), (x - 260, y - 10), (x - 100, y - 40)],
           [shade(red, 1.1), shade(red, 0.6)])
    c.lines([oval(x - 262, y - 80, 58, 58, 12)], 6, "#d8b04c")
    c.lines([[(x - 262, y - 80), p] for p in oval(x - 262, y - 80, 58, 58, 6)], 4, "#d8b04c")


@scene("rice-field-gold", OLD)
def rice_field_gold(c: Canvas) -> Image.Image:
    """Golden paddies, a bent farm road and a hamlet in late light."""
    sky(c, ["#8fa9c0", "#d9cdb4", "#f6d99c"], 470, 0.5, "#fff0d0")
    c.glow(1350, 400, 520, "#ffe09a", 0.7)
    hills(c, 370, 90, ["#8d94a0", "#c4b79c"], 500, 1.8, tex=0.2)
    hills(c, 430, 50, ["#7c7352", "#a9976a"], 510, 3, tex=0.5)
    ground(c, 490, ["#e5c26a", "#dcae49", "#b5842c"], tex=0.9, grains=(12, 10))
    furrows(c, 495, c.H, 980, 60, "#8f6822", 0.25, 6, 0.35)
    for y, tone in ((535, "#8f9148"), (600, "#7d7a3a"), (700, "#76683a")):
        c.fill([(-20, y), (1620, y - 24), (1620, y - 16 + (y - 520) * 0.03), (-20, y + 8 + (y - 520) * 0.06)],
               tone,
               tex=(0.8, 12, 6), blur=1.5)
    for x, w, roof in ((240, 110, "#3f6a8a"), (380, 90, "#a8553a"), (520, 76, "#4a5560"),
                       (1180, 80, "#3f6a8a")):
        cottage(c, x, 520, w, roof, blur=0.6)
    for x in (160, 310, 450, 600, 1110, 1260):
        broadleaf(c, x, 522, c.rng.uniform(80, 130), AUTUMN, 1, 1.2, density=12)
    path(c, [(1010, 500, 7), (880, 580, 20), (980, 720, 48), (860, 930, 100), (420, 1240, 220)],
         ["#e6d4aa", "#cdb484", "#a98d60"], 0.6)
    path(c, [(1010, 500, 1), (880, 580, 4), (980, 720, 12), (860, 930, 24), (420, 1240, 50)], "#9c9350", 0.9)
    person(c, 935, 760, 130, Look("#8a4a3c", "#3c3a38", hat="#e8dcb8"), "stroll", 0, light=1)
    c.lines([[(1330, 800), (1330, 560)], [(1255, 620), (1405, 610)]], 9, "#5a4228")
    c.fills([[(1262, 612), (1400, 602), (1390, 650), (1375, 760), (1288, 764), (1272, 656)]],
            ["#9a6a52", "#6a4a3c"], tex=(0.7, 12, 20))
    c.fills([oval(1330, 572, 30, 34)], "#d9c49a")
    c.fill([(1270, 560), (1330, 506), (1392, 560)], "#a98442")
    grass(c, c.H + 40, 330, ["#a27a28", "#d0a23f", "#f0d078"], 420, 700, 1630, -0.3, 5, blur=1.5)
    birds(c, [(700, 240, 16), (745, 255, 13), (660, 262, 14), (800, 236, 12)], "#4a4238")
    return c.finish(0.32, warm=0.3)


@scene("greenhouse")
def greenhouse(c: Canvas) -> Image.Image:
    """Rows of plastic greenhouses on the plain under a pale morning."""
    sky(c, ["#a4bccb", "#cfdadb", "#efe5d3"], 320, 0.5)
    hills(c, 265, 70, ["#8297a3", "#b0b8b2"], 370, 2, tex=0.3)
    treeline(c, 362, 40, ["#75754c", "#63603c"], blur=1)
    ground(c, 355, ["#8d9058", "#8a7c54", "#6d5c40"], tex=0.8)
    room = Room(c, 720, 330, 1300, 7.5)
    for x in (-34, -25, -16, -7, 5, 14, 23, 32):
        for z1, z0 in ((150, 74), (68, 24)):
            _tunnel(c, room, x, z0, z1)
    path(c, [(712, 372, 5), (708, 480, 24), (690, 700, 80), (650, 1100, 210)], ["#c8b590", "#a08a66"], 0.8)
    person(c, 700, 760, 210, Look("#b8573c", "#3d4148", hat="#eee4cc"), "carry", 0)
    c.fill([(830, 830), (990, 820), (980, 890), (845, 898)], ["#3f77a8", "#28527a"], tex=(0.3, 20, 8))
    foliage(c, [(870, 815, 42), (930, 808, 46), (960, 820, 30)], ("#2c4a22", "#4f7a34", "#8db356"))
    grass(c, c.H + 10, 110, ["#5a6030", "#7f8546", "#a8a562"], 240, -20, 500)
    return c.finish(0.28)


def _tunnel(c: Canvas, room: Room, x: float, z0: float, z1: float) -> None:
    """Paint one plastic tunnel house, its ribs and its door."""
    arc = [(-3.4, 0), (-3.3, 1.4), (-2.6, 2.5), (-1.4, 3.2), (0, 3.45), (1.4, 3.2), (2.6, 2.5), (3.3, 1.4),
           (3.4, 0)]
    tones = ("#8fa0a6", "#b4c2c5", "#d3dcdc", "#eef2ee", "#f7f6ee", "#e6e6dc", "#c3c9c4", "#98a3a2")
    for i in (range(8) if x > 0 else range(7, -1, -1)):
        (ax, ay), (bx, by) = arc[i], arc[i + 1]
        room.face([(x + ax, ay, z0), (x + bx, by, z0), (x + bx, by, z1), (x + ax, ay, z1)], tones[i],
                  tex=(0.25, 14, 8))
    ribs = [[(x + ax, ay, z) for ax, ay in arc] for z in [z0 + 3 * i for i in range(int((z1 - z0) / 3))]]
    room.strokes(ribs, 1.4, "#7c8a8e", alpha=0.45)
    room.face([(x + ax, ay, z0) for ax, ay in arc], ["#dfe6e2", "#a9bba6", "#7f9478"], tex=(0.5, 18, 14))
    room.strokes([[(x + ax, ay, z0) for ax, ay in arc], [(x, 0, z0), (x, 3.4, z0)],
                  [(x - 3, 2, z0), (x + 3, 2, z0)]],
                 70 / z0 + 1, "#6f7c80")
    room.front(x - 0.9, x + 0.9, 0, 2.1, z0 - 0.05, ["#6f8670", "#445a44"], alpha=0.75)


@scene("apple-orchard")
def apple_orchard(c: Canvas) -> Image.Image:
    """Red apples on the bough, pickers and crates between the rows."""
    sky(c, ["#9cc4e0", "#d9e6e4"], 420, 0.5)
    hills(c, 340, 60, ["#7f98a0", "#a7b5a6"], 440, 2, tex=0.3)
    ground(c, 420, ["#9aa45a", "#7f8c46", "#59682f"], tex=0.9, grains=(16, 8))
    for y, h, xs in ((450, 130, (120, 260, 420, 560, 1040, 1180, 1330, 1480)),
                     (540, 230, (60, 360, 1230, 1540)),
                     (690, 420, (160, 1400))):
        for x in xs:
            broadleaf(c, x, y, h, GREEN, -1, 1.0, density=22, wide=0.4)
            fruit(c, [(x + c.rng.gauss(0, h * 0.2), y - h * c.rng.uniform(0.4, 0.85)) for _ in range(26)],
                  h * 0.021 + 1, "#c23a2a")
    person(c, 1120, 770, 290, Look("#4c6f8c", "#3b3d45", hat="#e9dfc6", apron="#7a6a50"), "reach", 1)
    person(c, 560, 720, 235, Look("#a8566a", "#45424a", hat="#f0e6d0"), "carry", 1)
    for x, y, s in ((760, 800, 120), (900, 850, 140), (640, 880, 150)):
        c.fill(oval(x, y + s * 0.06, s * 0.75, s * 0.1, 24), "#171a0c", alpha=0.5, blur=6)
        fruit(c, [(x - s * 0.5 + s * (i % 6) / 5, y - s * 0.5 - (i // 6) * s * 0.1 + c.rng.uniform(-3, 3))
                  for i in range(18)], s * 0.1, "#c8402c")
        c.fill(box(x - s * 0.6, y - s * 0.46, x + s * 0.6, y), ["#d0a468", "#8f6a3c"], tex=(0.6, 40, 5))
        c.lines([[(x - s * 0.6, y - s * q), (x + s * 0.6, y - s * q)] for q in (0.16, 0.31)], 3, "#5c4224")
    c.focus(560, 980, 3.5, 260)
    c.lines([[(1620, 60), (1300, 120), (1010, 90), (820, 150)], [(1300, 120), (1180, 230)],
             [(1450, 90), (1400, 230)]],
            17, "#3c2d22", blur=2)
    foliage(c, [(880, 110, 80), (1030, 80, 95), (1190, 140, 110), (1380, 90, 120), (1530, 140, 120),
                (1230, 40, 120)],
            GREEN, blur=1.5, density=36)
    fruit(c, [(900, 190), (1010, 150), (1110, 245), (1200, 265), (1330, 190), (1420, 265), (1520, 250)], 38,
          "#cc3d2b")
    return c.finish(0.3, warm=0.1)


@scene("persimmon-drying", TALL)
def persimmon_drying(c: Canvas) -> Image.Image:
    """Peeled persimmons hang in long strings under the eaves."""
    c.wash(["#d8d2c0", "#b9b49e", "#8a805f"], 0)
    hills(c, 900, 120, ["#93a09c", "#b8b69c"], 1300, 1.5, tex=0.3)
    c.glow(250, 500, 900, "#fff0cc", 0.6)
    ground(c, 1480, ["#a59468", "#8a754c", "#5d4a30"], tex=0.9)
    broadleaf(c, 260, 1540, 760, AUTUMN, -1, 3, density=22)
    cottage(c, 1200, 1560, 560, "#54606a", blur=3)
    c.soften(5)
    person(c, 420, 1990, 720, Look("#7a4a66", "#4a4038", "#b9b5ae", apron="#d9cdb4"), "reach", 1)
    for y in (170, 250):
        c.fill(box(-20, y - 150, 1620, y - 70), ["#6a4a32", "#3a281c"], tex=(0.8, 120, 8))
    c.fills([box(60 + i * 330, -20, 130 + i * 330, 120) for i in range(5)], ["#4f3724", "#2a1d14"])
    for depth, (n, r, tone) in enumerate(((15, 36, "#b8602a"), (11, 48, "#dd7a2c"))):
        for i in range(n):
            x = 560 + i * 1100 / n + c.rng.uniform(-12, 12) if depth else 480 + i * 1160 / n
            last = 1500 - c.rng.uniform(0, 240) - (1 - depth) * 160
            shift = c.rng.uniform(-50, 50)
            ys = [250 + c.rng.uniform(0, r * 2) * (not j) + shift + j * r * 2.35 + c.rng.uniform(-5, 5)
                  for j in range(int((last - 250) / (r * 2.35)))]
            c.lines([[(x, 170), (x, ys[-1])]], 4, "#d9c8a4" if depth else "#8f7c5c")
            dots = [(x + c.rng.uniform(-5, 5), y) for y in ys]
            fruit(c, dots, r, mix(tone, "#a8431c", c.rng.random() * 0.5), 0 if depth else 2)
            c.dabs([(p, q - r * 0.9, r * 0.4, r * 0.16) for p, q in dots], "#5a4a2a")
    return c.finish(0.35, warm=0.25)


@scene("cosmos-road")
def cosmos_road(c: Canvas) -> Image.Image:
    """A road between banks of cosmos in flower."""
    sky(c, ["#5f9bd0", "#a5cae4", "#eef0e4"], 460, 0.9)
    hills(c, 400, 70, ["#6f8d9a", "#a4b7a8"], 500, 2, tex=0.3)
    treeline(c, 490, 46, ["#6f8048", "#556535"], blur=1)
    ground(c, 485, ["#a9b46a", "#7f9648", "#4d6b30"], tex=0.7)
    path(c, [(860, 490, 6), (905, 545, 22), (840, 660, 66), (700, 860, 160), (480, 1100, 300)],
         ["#d6cfc0", "#b7ae9e", "#958c7c"], 0.4)
    for y, x0, x1, n, size in ((520, 930, 1640, 130, 8), (520, -20, 830, 130, 8), (600, 960, 1640, 130, 14),
                               (600, -20, 740, 130, 14)):
        grass(c, y + 60, 60, ["#4c6a30", "#6c8a44"], 260, x0, x1, 0.1, 2)
        flowers(c, x0, x1, y, y + 60, n, ("#e08ab0", "#f6e9f0", "#c2487e"), size, tall=40)
    person(c, 800, 740, 190, Look("#d9cfc0", "#4a5a72", "#1f1b1a"), "stroll", 0)
    person(c, 880, 735, 178, Look("#c9605a", "#5a4a4a", long=True), "stroll", 0)
    c.focus(560, 860, 3, 240)
    grass(c, c.H + 60, 330, ["#33501f", "#4f7230", "#76954a"], 330, 900, 1640, 0.1, 4)
    flowers(c, 980, 1640, 720, 1010, 90, ("#e27fac", "#faf0f4", "#b93d74"), 44, tall=130)
    flowers(c, -40, 300, 840, 1060, 36, ("#e892b8", "#fbf2f5", "#c2487e"), 48, tall=130)
    flowers(c, 1250, 1660, 880, 1090, 13, ("#ee9cc2", "#fff5f8"), 95, tall=150, blur=5)
    return c.finish(0.25)


@scene("winter-orchard-sunset")
def winter_orchard(c: Canvas) -> Image.Image:
    """Bare fruit trees in rows against a burning sky."""
    sky(c, ["#39415f", "#8a5a6e", "#e0744a", "#ffc868"], 640, 0.55, "#ffb58a", 6)
    c.glow(820, 610, 520, "#ffd27a", 0.9)
    c.dabs([(820, 606, 42, 42)], "#fff2c8", blur=3)
    hills(c, 600, 40, ["#5a4256", "#94604f"], 650, 2.4, tex=0.2)
    ground(c, 636, ["#a8683e", "#5f4434", "#2c2222"], tex=0.7)
    furrows(c, 640, c.H, 820, 22, "#2a1c1c", 0.5, 3.2, 0.5, 4)
    for i in range(5, -1, -1):
        s = 0.62 ** i
        for way in (-1, 1):
            for lane in (0.55, 1.35) if i else (0.62,):
                x, y = 820 + way * 1050 * lane * s, 640 + 360 * s
                bare(c, x, y, 900 * s + 20, mix("#1c1315", "#7a4a40", min(1, i * 0.16)), 6 if i < 2 else 5,
                     c.rng.uniform(-0.1, 0.1), 0.6, trunk=0.05)
                c.fill([(x - 12 * s, y), (x + 12 * s, y), (x + (x - 820) * 0.5 + 30 * s, y + 220 * s),
                        (x + (x - 820) * 0.5 - 40 * s, y + 220 * s)], "#120b0d", alpha=0.4, blur=6)
    person(c, 900, 780, 150, Look("#4a3434", "#1f191c", hat="#2f2424"), "stroll", 0, light=-1, dim=0.6,
           shadow=0.5)
    c.lines([[(925, 700), (975, 690), (980, 782)], [(925, 700), (918, 782)]], 3, "#1d1416")
    bokeh(c, 8, (600, 500, 1100, 760), (14, 40), ("#ffb45c",), 0.1)
    return c.finish(0.4, warm=0.2)


@scene("solar-roof")
def solar_roof(c: Canvas) -> Image.Image:
    """Engineers check the solar panels on the village hall roof."""
    sky(c, ["#3f83c4", "#86b6de", "#dfeaee"], 620, 0.8)
    c.glow(1380, 120, 420, "#fffbe6", 0.9)
    hills(c, 500, 70, ["#7d95a2", "#a8b6ae"], 640, 2, tex=0.3)
    for x, roof in ((100, "#a8553a"), (300, "#3f6a8a"), (1420, "#54606a")):
        cottage(c, x, 660, 190, roof, side=-1 if x > 800 else 1, blur=1)
    ground(c, 640, ["#b0a468", "#8f8248"], tex=0.8)
    treeline(c, 690, 60, ["#8f7a42", "#666034"], blur=1.5)
    c.soften(2)
    c.fill([(120, 640), (1330, 560), (1640, 930), (1640, 1080), (-20, 1080), (-20, 900)],
           ["#9aa0a0", "#7f8686", "#666c6c"], tex=(0.4, 30, 20))
    for row in range(3):
        for i in range(5):
            t, u = 0.02 + row * 0.33, 0.03 + i * 0.192
            quad = [_on_roof(u, t), _on_roof(u + 0.178, t), _on_roof(u + 0.178, t + 0.29),
                    _on_roof(u, t + 0.29)]
            c.fill([(x + 5, y + 16) for x, y in quad], "#1d2126", alpha=0.55, blur=5)
            c.fill(quad, ["#7fa6cc", "#2f5487", "#16305a"], tex=(0.2, 60, 40))
            cells = [[_on_roof(u + 0.178 * j / 6, t), _on_roof(u + 0.178 * j / 6, t + 0.29)]
                     for j in range(7)]
            cells += [[_on_roof(u, t + 0.29 * j / 4), _on_roof(u + 0.178, t + 0.29 * j / 4)]
                      for j in range(5)]
            c.lines(cells, 2, "#aebfd2", alpha=0.6)
    c.fill([_on_roof(0.35, 0), _on_roof(0.6, 0), _on_roof(0.95, 1), _on_roof(0.6, 1)], "#dcecff", alpha=0.18,
           blur=30,
           mode="screen")
    person(c, 470, 640, 270, Look("#4f6170", "#2f343c", vest="#e08a2c", hat="#f2efe6"), "crouch", 1, light=1)
    person(c, 880, 610, 270, Look("#5a6a78", "#33373d", vest="#e08a2c", hat="#f0d04a"), "point", -1, light=1)
    return c.finish(0.25)


def _on_roof(u: float, t: float) -> tuple[float, float]:
    """Map a place on the panel field to the canvas."""
    tl, tr, br, bl = (190, 668), (1270, 598), (1590, 960), (10, 1040)
    ax, ay = tl[0] + (tr[0] - tl[0]) * u, tl[1] + (tr[1] - tl[1]) * u
    bx, by = bl[0] + (br[0] - bl[0]) * u, bl[1] + (br[1] - bl[1]) * u
    return ax + (bx - ax) * t, ay + (by - ay) * t


@scene("fire-patrol")
def fire_patrol(c: Canvas) -> Image.Image:
    """A village patrol with a red flag walks the forest road."""
    sky(c, ["#c3cbd0", "#e8e0d0"], 420, 0.4)
    hills(c, 330, 90, ["#8f8f88", "#b3a88e"], 520, 2, tex=0.4)
    treeline(c, 560, 200, ["#8a5a2c", "#5f4426"], blur=3, tex=0.9)
    ground(c, 545, ["#a5814c", "#8a6238", "#5c3f26"], tex=1.2, grains=(14, 9))
    path(c, [(860, 550, 26), (830, 640, 80), (760, 800, 190), (640, 1100, 420)],
         ["#d9c8a4", "#bda680", "#96805c"], 0.7)
    for x, y, h in ((640, 590, 330), (1080, 590, 360), (480, 640, 480), (1260, 650, 520)):
        pine(c, x, y, h, lean=c.rng.uniform(-0.1, 0.1), blur=1.5)
    c.glow(860, 420, 420, "#fff0cc", 0.5)
    for x, y, h, tones in ((250, 700, 620, AUTUMN), (1480, 740, 700, GOLD)):
        broadleaf(c, x, y, h, tones, 1, 1.2, density=30)
    vest = "#e0642c"
    person(c, 930, 700, 220, someone(c, vest=vest, hat="#c8442c"), "walk", -1, light=1)
    person(c, 800, 750, 270, someone(c, vest=vest, hat="#c8442c"), "walk", -1, light=1)
    person(c, 660, 830, 350, Look("#4a5560", "#2f343c", vest=vest, hat="#c8442c"), "flag", -1, light=1)
    c.lines([[(590, 740), (572, 300)]], 8, "#d8c8a8")
    c.fill([(573, 306), (660, 320), (740, 296), (838, 318), (830, 400), (842, 462), (740, 446), (664, 470),
            (580, 452)],
           ["across", "#e0482f", "#c02f20", "#e0523a", "#a8281c"], tex=(0.3, 50, 40))
    c.fills([box(620 + i * 46, 362 + (i % 2) * 6, 650 + i * 46, 404 + (i % 2) * 6) for i in range(4)],
            "#f5d8a8",
            alpha=0.85, blur=2.5)
    c.dabs([(c.rng.uniform(0, 1600), 640 + 420 * c.rng.random(), r, r * 0.5)
            for r in [c.rng.uniform(3, 9) for _ in range(260)]], "#c9823a", alpha=0.8)
    return c.finish(0.3, warm=0.15)
