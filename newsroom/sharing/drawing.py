"""Draws the picture of a shared link: a headline set in type between the rules of the paper, or its nameplate alone."""

import io
from dataclasses import dataclass
from functools import cache

from PIL import Image, ImageDraw

from .fonts import Type, sized
from .lines import broken, shortened

# Korean messengers show 800×400; half as much again stays sharp on dense screens.
WIDTH, HEIGHT = 1200, 600
EDGE = 64
MEASURE = WIDTH - 2 * EDGE
# The tokens of the style sheet (static/css/tokens.css) in light.
PAPER, INK, INK_2, RULE = "#fdfcf9", "#1b1a17", "#55524b", "#d9d5cb"
ACCENTS = {
    "brick": "#a8321c", "crimson": "#a5153a", "pine": "#1f6b3a", "ink": "#1f4e8c",
    "sea": "#0f6468", "plum": "#6f2f7d", "bronze": "#7d5410", "graphite": "#45433d",
}  # fmt: skip
# The sizes of a headline in pixels, and the height it may take with a line of 1.3 its size.
SIZES = (104, 92, 82, 74, 66, 60, 54, 48)
LINE = 1.3
MOST_LINES = 4
TOP, FOOT = 130, 498
LABEL, NAME, DATE = Type("bold", 36), Type("serif", 44), Type("plain", 30)
PLATES = tuple(Type("serif", size) for size in (140, 120, 100, 84, 70, 58, 48))
TAGLINE = Type("plain", 38)
# So many shades of few colours are smooth letters; more only cost bytes.
COLOURS = 48


@dataclass(frozen=True)
class Card:
    """All that is drawn. ``name`` is the paper's; without a headline it stands alone, over ``tagline``."""

    name: str
    accent: str = "brick"
    headline: str = ""
    label: str = ""
    date: str = ""
    tagline: str = ""


def draw_card(card: Card) -> bytes:
    """Return the picture of ``card`` as a PNG of 1200×600; needs a font (``fonts.can_draw``)."""
    image = Image.new("RGB", (WIDTH, HEIGHT), PAPER)
    draw = ImageDraw.Draw(image)
    lines, kind = set_headline(card.headline)
    if lines:
        draw_story(draw, card, lines, kind)
    else:
        draw_plate(draw, card)
    buffer = io.BytesIO()
    few = image.quantize(COLOURS, method=Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
    few.save(buffer, "PNG", optimize=True)
    return buffer.getvalue()


def set_headline(headline: str) -> tuple[list[str], Type]:
    """Return the lines of a headline and their type: the largest in which no word has to be cut."""
    text = Type("serif", SIZES[0]).drawable(headline)
    for size in SIZES:
        kind = Type("serif", size)
        measure = cache(kind.width)  # the same words are measured for every number of lines
        if lines := broken(text, measure, MEASURE, most_lines(kind)):
            return lines, kind
    return shortened(text, measure, MEASURE, most_lines(kind)), kind


def most_lines(kind: Type) -> int:
    """Return how many lines of ``kind`` there is room for."""
    return min(MOST_LINES, int((FOOT - TOP) / (kind.size * LINE)))


def draw_story(draw: ImageDraw.ImageDraw, card: Card, lines: list[str], kind: Type) -> None:
    """Draw label, headline, and at the foot nameplate and date."""
    draw_rules(draw)
    write(draw, (EDGE, 114), one_line(card.label, LABEL, MEASURE), LABEL, ACCENTS[card.accent])
    height = kind.size * LINE
    room = FOOT - TOP - height * len(lines)
    first = TOP + room * 0.4 + height * 0.78
    for number, line in enumerate(lines):
        write(draw, (EDGE, first + number * height), line, kind, INK)
    draw.rectangle((EDGE, 510, WIDTH - EDGE - 1, 511), fill=RULE)
    date = DATE.drawable(card.date)
    room = MEASURE - DATE.width(date) - EDGE
    write(draw, (EDGE, 567), one_line(card.name, NAME, room), NAME, INK)
    write(draw, (WIDTH - EDGE - DATE.width(date), 565), date, DATE, INK_2)


def draw_plate(draw: ImageDraw.ImageDraw, card: Card) -> None:
    """Draw the nameplate between rules, the tagline under it."""
    draw_rules(draw)
    draw.rectangle((EDGE, HEIGHT - 42, WIDTH - EDGE - 1, HEIGHT - 41), fill=INK)
    kind = plate_type(card.name)
    name, tagline = one_line(card.name, kind, MEASURE), one_line(card.tagline, TAGLINE, MEASURE)
    middle = HEIGHT / 2 + 10 - (38 if tagline else 0)
    write(draw, ((WIDTH - kind.width(name)) / 2, middle + kind.size * 0.36), name, kind, INK)
    place = ((WIDTH - TAGLINE.width(tagline)) / 2, middle + kind.size * 0.36 + 96)
    write(draw, place, tagline, TAGLINE, INK_2)


def plate_type(name: str) -> Type:
    """Return the largest type of a nameplate in which ``name`` stands on one line, else the smallest."""
    fitting = (kind for kind in PLATES if kind.width(kind.drawable(name)) <= MEASURE)
    return next(fitting, PLATES[-1])


def draw_rules(draw: ImageDraw.ImageDraw) -> None:
    """Draw the thick rule and the hairline under it that a page of the paper begins with."""
    draw.rectangle((EDGE, 40, WIDTH - EDGE - 1, 48), fill=INK)
    draw.rectangle((EDGE, 55, WIDTH - EDGE - 1, 56), fill=INK)


def one_line(text: str, kind: Type, room: float) -> str:
    """Return ``text`` as far as it fits into ``room`` pixels on one line, with an ellipsis where it is cut."""
    return "".join(shortened(kind.drawable(text), kind.width, room, 1))


def write(draw: ImageDraw.ImageDraw, place: tuple[float, float], text: str, kind: Type, colour: str) -> None:
    """Draw one line of text that begins on the baseline at ``place``."""
    x, y = place
    for face, part in kind.runs(text):
        font = sized(face, kind.size)
        draw.text((x, y), part, font=font, fill=colour, anchor="ls")
        x += font.getlength(part)
