"""People: small jointed figures in plain clothes, lit from one side."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from itertools import pairwise

from PIL import Image, ImageChops, ImageDraw, ImageFilter

from .canvas import Canvas, Colour, Point, box, gradient, mix, oval, rgb, shade

SKIN = "#d9a884"
COATS = ("#47566b", "#7a4a3f", "#5d6b4c", "#8b7d68", "#38404a", "#9a5b4a", "#6b5a78", "#b08a55", "#4d6f78",
         "#a44848", "#3e5a45", "#c4b69c")
TROUSERS = ("#2f343c", "#3b4252", "#54493f", "#4a4f45", "#26282d")
HAIR = ("#1f1b1a", "#2b2522", "#3a312c", "#8d8984", "#c9c5bf")

# lean, near leg (thigh, shin), far leg, near arm (upper, fore), far arm; degrees, forwards positive
POSES = {
    "stand": (0, (3, 0), (-3, -1), (-4, 8), (6, 12)),
    "walk": (4, (24, 10), (-16, -34), (-24, -8), (22, 36)),
    "stroll": (3, (14, 6), (-9, -20), (-14, -2), (14, 24)),
    "run": (12, (52, -22), (-24, -84), (-48, 34), (36, 116)),
    "kick": (-8, (48, 26), (-8, -20), (-40, -10), (36, 60)),
    "bend": (64, (6, -8), (-8, -12), (12, 10), (30, 26)),
    "crouch": (34, (96, -30), (70, -46), (34, 24), (52, 40)),
    "sit": (3, (86, 4), (78, -4), (22, 66), (30, 72)),
    "work": (12, (4, 0), (-6, -4), (24, 78), (34, 84)),
    "desk": (14, (84, 2), (78, -6), (30, 82), (40, 88)),
    "reach": (4, (8, 0), (-10, -10), (118, 140), (104, 128)),
    "point": (0, (4, 0), (-6, -4), (-4, 8), (92, 98)),
    "carry": (8, (18, 4), (-14, -26), (28, 60), (34, 66)),
    "grip": (46, (34, -6), (-30, -38), (66, 86), (58, 78)),
    "flag": (2, (16, 4), (-12, -22), (34, 120), (-10, 6)),
}


@dataclass(frozen=True)
class Look:
    """What a figure wears."""

    coat: Colour = "#47566b"
    legs: Colour = "#2f343c"
    hair: Colour = "#1f1b1a"
    skin: Colour = SKIN
    hat: Colour | None = None
    vest: Colour | None = None
    apron: Colour | None = None
    long: bool = False


def someone(c: Canvas, **given) -> Look:
    """Return a passer-by in random quiet clothes."""
    rng = c.rng
    look = Look(rng.choice(COATS), rng.choice(TROUSERS), rng.choice(HAIR),
                mix(SKIN, "#a87850", rng.random() * 0.5), long=rng.random() < 0.25)
    return replace(look, **given)


def person(c: Canvas, x: float, y: float, h: float, look: Look, pose: str = "stand", face: int = 0,
           light: int = -1, shadow: float = 0.35, dim: float = 1.0, back: bool = True) -> None:
    """Draw a figure standing on (x, y), h units tall; face -1 left, 0 from the back or front, 1 right."""
    k = c.k
    ss = 3 if h * k < 260 else 2
    joints, drop = _skeleton(pose, face)
    side, tall = h * 0.75, h * 1.16
    if shadow:
        reach = -light * h * 0.22
        c.fill(oval(x + reach * 0.7, y, h * 0.3, h * 0.035, 20), "#15130f", blur=h * 0.02 + 0.6, alpha=shadow)
    size = (max(4, int(side * 2 * k * ss)), max(4, int(tall * k * ss)))
    layer = Image.new("RGBA", size, (0, 0, 0, 0))
    unit = h * k * ss

    def at(p: Point) -> Point:
        return size[0] / 2 + p[0] * unit, size[1] - 6 - (drop + p[1]) * unit

    _figure(ImageDraw.Draw(layer), at, unit, joints, look, face, back)
    small = layer.reduce(ss)
    _light(small, light, dim)
    left, top = int((x - side) * k), int(y * k) - small.height + 2
    c.img.paste(small.convert("RGB"), (left, top), small.getchannel("A"))


def _light(layer: Image.Image, light: int, dim: float) -> None:
    """Shade the figure away from the light and fray its evenness."""
    alpha = layer.getchannel("A")
    tones = ["#ffffff", "#e2dcd4", "#8d8a90"] if light < 0 else ["#8d8a90", "#e2dcd4", "#ffffff"]
    area = alpha.getbbox() or (0, 0, 1, 1)
    wide = gradient(tones, (area[2] - area[0], area[3] - area[1]), across=True)
    tint = Image.new("RGB", layer.size, "#ffffff")
    tint.paste(wide, area[:2])
    edge = ImageChops.offset(alpha, -light * max(1, layer.width // 70), 0)
    edge = edge.filter(ImageFilter.GaussianBlur(max(0.6, layer.width / 90)))
    tint.paste(Image.new("RGB", layer.size, "#9a95a0"), (0, 0), ImageChops.invert(edge))
    shaded = ImageChops.multiply(layer.convert("RGB"), tint)
    if dim < 1:
        shaded = shaded.point([int(v * dim) for v in range(256)] * 3)
    layer.paste(shaded, (0, 0))
    layer.putalpha(alpha)


def _swing(start: Point, length: float, angle: float, face: int) -> Point:
    """Return the end of a limb that hangs at an angle from straight down."""
    turn = math.radians(angle)
    return start[0] + math.sin(turn) * length * (face or 1), start[1] - math.cos(turn) * length


def _skeleton(pose: str, face: int) -> tuple[dict, float]:
    """Return joints round the hip at (0, 0) and how high the hip stands."""
    lean, near, far, arm_near, arm_far = POSES[pose]
    flat = face == 0
    joints: dict[str, list[Point]] = {}
    for name, (thigh, shin), sign in (("near", near, 1), ("far", far, -1)):
        hip = (0.042 * sign if flat else 0.012 * sign, 0.0)
        if flat and abs(thigh) < 40:
            thigh, shin = 3 * sign, 1 * sign
        knee = _swing(hip, 0.245, thigh, face)
        joints[name + "_leg"] = [hip, knee, _swing(knee, 0.245, shin, face)]
    turn = math.radians(lean)
    neck = (math.sin(turn) * 0.31 * (0 if flat else face), math.cos(turn) * 0.31)
    joints["spine"] = [(0.0, 0.0), neck]
    joints["head"] = [(neck[0] + math.sin(turn * 0.8) * 0.085 * (0 if flat else face) + 0.012 * face,
                       neck[1] + 0.083 * math.cos(turn * 0.8) + 0.005)]
    for name, (upper, fore), sign in (("near", arm_near, 1), ("far", arm_far, -1)):
        root = (neck[0] + (0.098 * sign if flat else 0.012 * sign), neck[1] - 0.03)
        way = sign if flat else face
        spread = (upper if upper > 30 else 9, fore if upper > 30 else 5) if flat else (upper, fore)
        elbow = _swing(root, 0.16, spread[0], way)
        joints[name + "_arm"] = [root, elbow, _swing(elbow, 0.15, spread[1], way)]
    low = min(joints["near_leg"][2][1], joints["far_leg"][2][1])
    return joints, -low + 0.03


def _limb(draw: ImageDraw.ImageDraw, at, unit: float, points: list[Point], radii: tuple,
          colour: Colour) -> None:
    """Draw a tapered jointed limb."""
    for (a, b), (ra, rb) in zip(pairwise(points),
                                pairwise(radii), strict=False):
        turn = math.atan2(b[1] - a[1], b[0] - a[0]) + math.pi / 2
        dx, dy = math.cos(turn), math.sin(turn)
        draw.polygon([at((a[0] + dx * ra, a[1] + dy * ra)), at((b[0] + dx * rb, b[1] + dy * rb)),
                      at((b[0] - dx * rb, b[1] - dy * rb)), at((a[0] - dx * ra, a[1] - dy * ra))],
                     fill=rgb(colour))
        for p, r in ((a, ra), (b, rb)):
            _disc(draw, at(p), r * unit, r * unit, colour)


def _disc(draw: ImageDraw.ImageDraw, p: Point, rx: float, ry: float, colour: Colour) -> None:
    """Draw an oval on the figure layer."""
    draw.ellipse((p[0] - rx, p[1] - ry, p[0] + rx, p[1] + ry), fill=rgb(colour))


def _figure(draw: ImageDraw.ImageDraw, at, unit: float, joints: dict, look: Look, face: int,
            back: bool) -> None:
    """Draw the figure from its far side to its near side."""
    leg, arm = (0.062, 0.046, 0.03), (0.037, 0.032, 0.026)
    for name, tone in (("far", 0.72), ("near", 1.0)):
        if name == "far" and face:
            _limb(draw, at, unit, joints["far_arm"], arm, shade(look.coat, 0.7))
            _disc(draw, at(joints["far_arm"][2]), unit * 0.022, unit * 0.026, shade(look.skin, 0.8))
        _limb(draw, at, unit, joints[name + "_leg"], leg, shade(look.legs, tone if face else 1))
        foot = at(joints[name + "_leg"][2])
        _disc(draw, (foot[0] + face * unit * 0.024, foot[1] + unit * 0.014),
              unit * (0.052 if face else 0.034),
              unit * 0.021, "#201d1b")
    _torso(draw, at, unit, joints, look, face)
    for name in ("far", "near") if not face else ("near",):
        _limb(draw, at, unit, joints[name + "_arm"], arm, shade(look.coat, 0.93))
        _disc(draw, at(joints[name + "_arm"][2]), unit * 0.023, unit * 0.027, look.skin)
    _head(draw, at, unit, joints, look, face, back)


def _torso(draw: ImageDraw.ImageDraw, at, unit: float, joints: dict, look: Look, face: int) -> None:
    """Draw coat, vest or apron over the spine."""
    (hx, hy), (nx, ny) = joints["spine"]
    wide, hem = (0.115, 0.098) if face == 0 else (0.078, 0.09)
    turn = math.atan2(nx - hx, ny - hy)
    cos, sin = math.cos(turn), math.sin(turn)

    def lean(px: float, py: float) -> Point:
        return at((hx + px * cos + py * sin, hy - px * sin + py * cos))

    low = -0.16 if look.long else -0.055
    flare = hem * (1.2 if look.long else 1)
    outline = [lean(-wide * 0.45, 0.315), lean(-wide, 0.285), lean(-wide * 1.02, 0.2),
               lean(-hem * 0.88, 0.09),
               lean(-flare, low), lean(flare, low), lean(hem * 0.88, 0.09), lean(wide * 1.02, 0.2),
               lean(wide, 0.285), lean(wide * 0.45, 0.315)]
    draw.polygon(outline, fill=rgb(look.coat))
    for sign in (-1, 1):
        _disc(draw, lean(sign * wide * 0.66, 0.272), unit * 0.04, unit * 0.04, look.coat)
    if look.vest:
        draw.polygon([lean(-wide * 0.8, 0.3), lean(wide * 0.8, 0.3), lean(hem * 0.95, 0.02),
                      lean(-hem * 0.95, 0.02)], fill=rgb(look.vest))
        draw.polygon([lean(-hem * 0.95, 0.12), lean(hem * 0.95, 0.12), lean(hem * 0.95, 0.145),
                      lean(-hem * 0.95, 0.145)], fill=rgb(shade(look.vest, 1.5)))
    if look.apron:
        shift = wide * 0.5 * face
        draw.polygon([lean(shift - wide * 0.5, 0.24), lean(shift + wide * 0.5, 0.24),
                      lean(shift + hem * 0.75, -0.17), lean(shift - hem * 0.75, -0.17)], fill=rgb(look.apron))


def _head(draw: ImageDraw.ImageDraw, at, unit: float, joints: dict, look: Look, face: int,
          back: bool) -> None:
    """Draw neck, head and hair or hat."""
    neck, head = joints["spine"][1], joints["head"][0]
    _limb(draw, at, unit, [(neck[0], neck[1] - 0.02), ((neck[0] + head[0]) / 2, (neck[1] + head[1]) / 2)],
          (0.034, 0.03), shade(look.skin, 0.8))
    x, y = at(head)
    rx, ry = unit * 0.051, unit * 0.066
    if face == 0 and back:
        _disc(draw, (x, y), rx * 1.06, ry * 1.04, look.hair)
        draw.pieslice((x - rx * 0.8, y - ry * 0.2, x + rx * 0.8, y + ry * 1.2), 20, 160, fill=rgb(look.skin))
        _disc(draw, (x, y + ry * 0.15), rx * 1.02, ry * 0.75, look.hair)
    else:
        _disc(draw, (x, y), rx, ry, look.skin)
        shift = face * rx * 0.34
        draw.pieslice((x - rx * 1.12 - shift, y - ry * 1.14, x + rx * 1.1 - shift, y + ry * 0.8),
                      176 if face >= 0 else 150, 390 if face < 0 else 364, fill=rgb(look.hair))
        if face:
            _disc(draw, (x - face * rx * 0.52, y - ry * 0.06), rx * 0.6, ry * 0.66, look.hair)
    if look.hat:
        draw.pieslice((x - rx * 1.25, y - ry * 1.35, x + rx * 1.25, y + ry * 0.95), 180, 360,
                      fill=rgb(look.hat))
        _disc(draw, (x + face * rx * 0.7, y - ry * 0.2), rx * 1.3, ry * 0.16, shade(look.hat, 0.8))


def bust(c: Canvas, x: float, y: float, s: float, coat: Colour, hair: Colour, blur: float = 0.0,
         rim: Colour | None = None) -> None:
    """Draw somebody seen from behind, head and shoulders, s the width of the shoulders, y their foot."""
    head = oval(x, y - s * 0.87, s * 0.175, s * 0.225)
    body = [(x - s * 0.52, y), (x - s * 0.47, y - s * 0.34), (x - s * 0.34, y - s * 0.47),
            (x - s * 0.12, y - s * 0.54), (x - s * 0.11, y - s * 0.66), (x + s * 0.11, y - s * 0.66),
            (x + s * 0.12, y - s * 0.54), (x + s * 0.34, y - s * 0.47), (x + s * 0.47, y - s * 0.34),
            (x + s * 0.52, y)]
    if rim:
        moved = [[(px, py - s * 0.018) for px, py in poly] for poly in (head, body)]
        c.fills(moved, rim, blur=blur + 0.5)
    c.fill(box(x - s * 0.1, y - s * 0.7, x + s * 0.1, y - s * 0.45), shade(SKIN, 0.62), blur=blur)
    c.fill(body, [shade(coat, 1.06), shade(coat, 0.62)], blur=blur, tex=(0.35, 18, 22))
    c.dabs([(x + way * s * 0.172, y - s * 0.83, s * 0.03, s * 0.052) for way in (-1, 1)], shade(SKIN, 0.85),
           blur=blur)
    nape = c.rng.choice((0.68, 0.6, 0.76))
    c.fills([head, [(x - s * 0.165, y - s * 0.9), (x + s * 0.165, y - s * 0.9), (x + s * 0.12, y - s * nape),
                    (x - s * 0.12, y - s * nape)]], ["across", shade(hair, 1.22), hair, shade(hair, 0.7)],
            blur=blur + 0.6, tex=(0.5, 5, 40))


def crowd(c: Canvas, x0: float, x1: float, y: float, h: float, n: int, depth: float = 20,
          dim: float = 1.0, light: int = -1) -> None:
    """Scatter standing and walking passers-by over a strip, the far ones first."""
    spots = sorted((c.rng.uniform(-depth, depth), c.rng.uniform(x0, x1)) for _ in range(n))
    for dy, x in spots:
        size = h * (1 + dy / max(1, depth) * 0.12) * c.rng.uniform(0.9, 1.04)
        person(c, x, y + dy, size, someone(c), c.rng.choice(("stand", "walk", "stroll", "stand")),
               c.rng.choice((-1, 0, 0, 1)), light=light, dim=dim, back=c.rng.random() < 0.7)
