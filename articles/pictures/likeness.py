"""Telling that two files show the same picture, and the few pixels that stand in until a photo is there. No ORM."""

import base64
import io

from PIL import Image

# Rows and columns of the fingerprint: 64 comparisons of a pixel with its right neighbour («dHash»).
SIDE = 8
# How much brighter (of 255) the neighbour has to be: less is noise, as saving anew makes it in an even sky.
STEP = 2
# A picture without drawing, such as a wall, has hardly any step up or down and is like every other.
LEAST_STEPS = 5
# Bits by which two of the same picture differ at most, after scaling, toning, saving anew: mostly none to three.
ALIKE = 6
# Parts of a fingerprint that are looked up in an index, and their hexadecimal digits.
BANDS, BAND = 4, 4
PLACEHOLDER = (4, 3)


def fingerprint(picture: Image.Image) -> str:
    """Return 16 hexadecimal digits that hardly change when a picture is scaled or saved anew; «» for a plain one."""
    grey = picture.convert("L").resize((SIDE + 1, SIDE), Image.Resampling.BOX)
    pixels, row = grey.tobytes(), SIDE + 1
    bits = [
        pixels[line * row + place] + STEP < pixels[line * row + place + 1]
        for line in range(SIDE)
        for place in range(SIDE)
    ]
    if not LEAST_STEPS <= sum(bits) <= SIDE * SIDE - LEAST_STEPS:
        return ""
    return f"{int(''.join('01'[bit] for bit in bits), 2):016x}"


def distance(one: str, other: str) -> int:
    """Return by how many of 64 bits two fingerprints differ."""
    return (int(one, 16) ^ int(other, 16)).bit_count()


def bands(mark: str) -> list[str]:
    """Return the parts of a fingerprint: of two that differ in fewer bits than there are parts, one is equal."""
    return [mark[place * BAND : (place + 1) * BAND] for place in range(BANDS)]


def placeholder(picture: Image.Image) -> str:
    """Return twelve pixels of the picture as a ``data:`` address, which a browser draws softly: 150 characters."""
    tiny = picture.resize(PLACEHOLDER, Image.Resampling.BOX, reducing_gap=2.0)
    buffer = io.BytesIO()
    tiny.quantize(12).save(buffer, "GIF", optimize=True)
    return f"data:image/gif;base64,{base64.b64encode(buffer.getvalue()).decode()}"
