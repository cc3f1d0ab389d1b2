"""The sizes, crops and words of renditions, and telling like from unlike."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageDraw, ImageFilter

from articles.pictures.encoding import LENGTH, OPTIONS, encoded, rights_packet, with_rights
from articles.pictures.ladder import (
    AVIF,
    CROPS,
    JPEG,
    WIDTHS,
    Point,
    crop_box,
    crop_widths,
    first_names,
    further_names,
    rendition_name,
)
from articles.pictures.likeness import ALIKE, bands, distance, fingerprint, placeholder

DIGEST = "ab" * 16
SIZES = st.tuples(st.integers(1, 20_000), st.integers(1, 20_000))
PERCENT = st.integers(0, 100)


def scene(width: int = 900, height: int = 600, shift: int = 0) -> Image.Image:
    """Return a picture with something on it: hills, a sun, a house."""
    picture = Image.new("RGB", (width, height), (190, 205, 220))
    draw = ImageDraw.Draw(picture)
    draw.ellipse(
        [width * 0.6 + shift, height * 0.1, width * 0.75 + shift, height * 0.3], fill=(250, 220, 140)
    )
    draw.polygon(
        [(0, height), (0, height * 0.55), (width * 0.35, height * 0.35), (width * 0.8, height)],
        fill=(70, 95, 70),
    )
    draw.rectangle([width * 0.7, height * 0.6, width * 0.9, height * 0.85], fill=(150, 80, 60))
    return picture.filter(ImageFilter.GaussianBlur(2))


def test_names_say_what_they_are_made_of():
    """The picture, the shape, the point and the width; the whole picture has no point."""
    assert rendition_name(DIGEST, 800) == f"photos/ab/{DIGEST}-800.jpg"
    assert (
        rendition_name(DIGEST, 400, AVIF, "16x9", Point(7, 100)) == f"photos/ab/{DIGEST}-16x9-7.100-400.avif"
    )


def test_every_photo_has_its_ladder():
    """Four widths whole, in both formats; crops in theirs; the share image as JPEG alone; no name twice."""
    names = [*first_names(DIGEST, (6000, 4000)), *further_names(DIGEST, (6000, 4000), Point())]
    assert len(names) == len(set(names)) == 2 * len(WIDTHS) + 2 * (3 + 3 + 2) + 1
    assert [name for name in names if "2x1" in name] == [f"photos/ab/{DIGEST}-2x1-50.40-800.jpg"]
    assert first_names(DIGEST, (6000, 4000)) == [f"photos/ab/{DIGEST}-{width}.jpg" for width in WIDTHS]


@given(SIZES, st.sampled_from(sorted(CROPS)), PERCENT, PERCENT)
def test_a_crop_lies_inside_and_is_never_blown_up(size, name, x, y):
    """Whatever the proportions and wherever the focal point is."""
    crop = CROPS[name]
    left, top, right, bottom = crop_box(size, crop, Point(x, y))
    assert 0 <= left < right <= size[0] and 0 <= top < bottom <= size[1]
    widths = crop_widths(size, crop)
    assert widths == sorted(widths) and widths[-1] <= right - left


@given(SIZES, st.sampled_from(sorted(CROPS)), PERCENT, PERCENT)
def test_a_crop_keeps_the_focal_point(size, name, x, y):
    """It is in the cut, or the edge of the picture is."""
    left, top, right, bottom = crop_box(size, CROPS[name], Point(x, y))
    assert left - 1 <= size[0] * x / 100 <= right + 1
    assert top - 1 <= size[1] * y / 100 <= bottom + 1


@pytest.mark.parametrize(("point", "box"), [
    (Point(50, 50), (0, 250, 1000, 750)), (Point(0, 0), (0, 0, 1000, 500)), (Point(100, 100), (0, 500, 1000, 1000)),
    (Point(50, 40), (0, 150, 1000, 650)),
])  # fmt: skip
def test_where_a_square_is_cut_to_two_to_one(point, box):
    """Around the focal point, as far as the edges allow."""
    assert crop_box((1000, 1000), CROPS["2x1"], point) == box


@pytest.mark.parametrize("kind", [JPEG, AVIF])
def test_rights_are_written_and_written_anew(kind):
    """The packet stands in the file once; with other words the file has the same length and the same pixels."""
    packet = rights_packet("백가람 사진기자", "ⓒ 새여울신문 <&>")
    data = encoded(scene(), kind, packet)
    assert data.count(packet) == 1
    other = rights_packet("한나래", "")
    again = with_rights(data, other)
    assert len(again) == len(data) and again.count(other) == 1 and packet not in again
    with Image.open(io.BytesIO(data)) as one, Image.open(io.BytesIO(again)) as two:
        assert one.format == OPTIONS[kind]["format"]
        assert list(one.convert("RGB").tobytes()) == list(two.convert("RGB").tobytes())


def test_rights_of_a_foreign_file_are_left():
    """Without a packet of ours nothing is changed."""
    data = encoded(scene(), JPEG, b"<x:xmpmeta/>")
    assert with_rights(data, rights_packet("누구", "")) == data


@given(st.text(max_size=400), st.text(max_size=400))
def test_a_packet_always_has_the_same_length(credit, copyright_notice):
    """However long the words are, and whatever has to be written out in them."""
    assert len(rights_packet(credit, copyright_notice)) == LENGTH


def test_a_picture_is_like_itself():
    """Scaled, saved badly, darker, a little sharper: at most as different as «alike» allows; another one is not."""
    original = fingerprint(scene())
    buffer = io.BytesIO()
    scene().save(buffer, "JPEG", quality=40)
    changed = [
        scene().resize((300, 200)), scene().resize((1200, 800)), Image.open(buffer),
        scene().point(lambda value: value * 0.8), scene().filter(ImageFilter.SHARPEN),
    ]  # fmt: skip
    for picture in changed:
        mark = fingerprint(picture)
        assert distance(original, mark) <= ALIKE
        assert set(bands(original)) & set(bands(mark))
    assert distance(original, fingerprint(scene().transpose(Image.Transpose.FLIP_LEFT_RIGHT))) > ALIKE
    assert distance(original, fingerprint(scene().transpose(Image.Transpose.ROTATE_180))) > ALIKE


@pytest.mark.parametrize("picture", [Image.new("RGB", (9, 9), (200, 0, 0)), Image.new("RGB", (1, 1))])
def test_a_plain_picture_is_like_none(picture):
    """A wall is like every other wall: it has no fingerprint."""
    assert fingerprint(picture) == ""


def test_the_placeholder_is_a_small_picture():
    """Four by three pixels in an address that fits the row; a browser can show it."""
    address = placeholder(scene())
    assert address.startswith("data:image/gif;base64,") and len(address) <= 300
