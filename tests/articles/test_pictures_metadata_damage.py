"""Metadata that is damaged or meant to do harm: as if it were not there, and soon done with."""

import datetime
import struct
import time
import tracemalloc
import zlib

import pytest
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.pictures.metadata import MAX_BLOCK, Metadata, read_metadata
from tests.factories import picture_bytes

from .test_pictures_metadata import (
    CAPTION,
    FULL,
    FULL_XMP,
    LONG,
    UNDEFINED,
    UTF8,
    exif,
    iim,
    in_format,
    jpeg,
    xmp,
    xmp_list,
)

FORMATS = ["JPEG", "PNG", "WEBP", "TIFF", "AVIF", "GIF"]
CITY = iim(UTF8, ((2, 90), "여울시".encode()))
SECONDS, MEGABYTES = 2, 100


def webp(packet: bytes) -> bytes:
    """Return a picture with XMP of any size; a JPEG holds 64 kB."""
    return picture_bytes((40, 30), image_format="WEBP", xmp=packet)


def tiff(**blocks: bytes) -> bytes:
    tags = {{"xmp": 700, "iim": 33723, "description": 270}[name]: block for name, block in blocks.items()}
    return picture_bytes((8, 8), image_format="TIFF", tiffinfo=tags)


def read_in_bounds(data: bytes) -> Metadata:
    """Return what is read; fail where it took long or much."""
    began = time.process_time()
    found = read_metadata(data)
    assert time.process_time() - began < SECONDS
    tracemalloc.start()
    read_metadata(data)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak - 2 * len(data) < MEGABYTES * 1_000_000
    return found


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7", b"<svg/>", b"\xff\xd8\xff", "나루".encode()])
def test_what_is_no_picture_says_nothing(data):
    """Whether it may be uploaded is decided elsewhere."""
    assert read_metadata(data) == Metadata()


@pytest.mark.parametrize(
    "packet",
    [
        FULL_XMP[:900],
        FULL_XMP.replace(b"</rdf:RDF>", b""),
        FULL_XMP.replace("나루".encode(), "나루".encode("cp949")),
        b'<?xml version="1.0" encoding="no-such"?>' + FULL_XMP,
        b'<?xml version="1.0" encoding="cp949"?>' + FULL_XMP,
        b'<?xml version="1.0" encoding="utf-16"?>' + FULL_XMP,
        FULL_XMP.replace(b"<dc:title>", b"<dc:title>\0"),
        FULL_XMP.replace(b"<dc:title>", b"<dc:title>&harm;"),
        FULL_XMP.replace(b"<dc:title>", b"<no:title>"),
        b"   \0\0 ",
        b"<a/>",
        b"\xff\xfe" * 40,
    ],
)
def test_damaged_xmp(packet):
    """Is passed over for the next block."""
    assert read_metadata(jpeg(xmp=packet, iim=CITY)) == Metadata(city="여울시")


def test_padding_around_xmp():
    """Zeros and blanks around a packet do no harm."""
    assert read_metadata(jpeg(xmp=b"\0 " + FULL_XMP + b"  \n\0\0")) == FULL


@pytest.mark.parametrize(
    "declared",
    [
        '<!ENTITY harm "나루">',
        '<!ENTITY harm SYSTEM "file:///etc/hostname">',
        "".join(
            f'<!ENTITY {name} "{f"&{before};" * 20}">'
            for before, name in zip("abcdefg", "bcdefgh", strict=True)
        )
        + '<!ENTITY a "나루나루나루"><!ENTITY harm "&h;">',
    ],
    ids=["entity", "file", "billion laughs"],
)
def test_entities_are_refused(declared):
    """A packet that declares any is not read."""
    packet = f"<!DOCTYPE x [{declared}]>".encode() + xmp("<photoshop:City>&harm;</photoshop:City>")
    assert read_in_bounds(jpeg(xmp=packet)) == Metadata()
    assert read_in_bounds(jpeg(xmp=packet, iim=CITY)) == Metadata(city="여울시")


CITY_TAG = "<photoshop:City>여울시</photoshop:City>"


@pytest.mark.parametrize(
    "elements",
    [
        "<a>" * 120_000 + "</a>" * 120_000,
        "<a/>" * 220_000,
        xmp_list("dc:subject", "Bag", *["나"] * 30_000),
        xmp_list("dc:creator", "Seq", *[f"n{number}" for number in range(40_000)]),
        "<dc:description>" + "a" + "\u0301\u0323" * 200_000 + "</dc:description>",
        "<dc:description>" + "가 " * 200_000 + "</dc:description>",
        "<dc:description>" + "((“" * 100_000 + "</dc:description>",
        "<dc:title>" + "a " * 400_000 + "</dc:title>",
        "<dc:subject>" + ",;" * 400_000 + "</dc:subject>",
        "<xmp:CreateDate>" + "2" * 900_000 + "</xmp:CreateDate>",
        "<xmp:CreateDate>2000-02-30</xmp:CreateDate>" * 20_000,
    ],
    ids=[
        "deep", "wide", "keywords", "creators", "marks", "words", "brackets", "default", "commas", "digits", "dates",
    ],
)  # fmt: skip
def test_xmp_that_is_hard_to_read(elements):
    """Just under the bound, it is read in time; the city shows that it was."""
    packet = xmp(elements + CITY_TAG)
    assert len(packet) < MAX_BLOCK
    assert read_in_bounds(webp(packet)).city == "여울시"


def test_xmp_of_ten_megabytes():
    """Is not read at all."""
    packet = xmp("<dc:title>" + "나" * 3_400_000 + "</dc:title>" + CITY_TAG)
    assert read_in_bounds(webp(packet)) == Metadata()
    assert read_in_bounds(tiff(xmp=packet, iim=CITY)) == Metadata(city="여울시")


def test_packed_xmp_that_swells():
    """A PNG packs its texts: one of 50 megabytes makes the file unreadable, and nothing worse."""
    packed = zlib.compress(b"<" + b" " * 50_000_000)
    chunk = b"iTXtXML:com.adobe.xmp\0\1\0\0\0" + packed
    data = in_format("PNG")
    place = data.index(b"IDAT") - 4
    data = (
        data[:place]
        + struct.pack(">L", len(chunk) - 4)
        + chunk
        + struct.pack(">L", zlib.crc32(chunk))
        + data[place:]
    )
    assert read_in_bounds(data) == Metadata()


@pytest.mark.parametrize(
    "tail",
    [
        b"\x1c\x02\x78\x00\x50short",
        b"\x1c\x02\x78\x80\x04\xff\xff\xff\xff",
        b"\x1c\x02\x78\xff\xff\xff",
        b"\x1c\x02",
        b"\x1c\x02\x78\x80\x00",
        b"\0" * 40,
        b"garbage" * 9,
        b"\0\x02\x6e\0\x04Naru",
    ],
)
def test_damaged_iim(tail):
    """What stands before the damage counts."""
    assert read_metadata(jpeg(iim=CITY + tail)) == Metadata(city="여울시")


def test_a_million_records():
    """The first thousands are looked at, and no more values of a field than a few hundred."""
    dates = iim(((2, 55), b"20240230"), ((2, 60), b"250000")) * 2_000
    assert read_in_bounds(tiff(iim=CITY + iim(((2, 0), b"")) * 190_000)) == Metadata(city="여울시")
    assert read_in_bounds(tiff(iim=CITY + iim(((2, 25), b"")) * 1_000_000)) == Metadata()
    assert read_in_bounds(tiff(iim=CITY + iim(((2, 25), b"a;" * 90)) * 5_000)).keywords == ("a",)
    assert read_in_bounds(tiff(iim=CITY + dates)) == Metadata(city="여울시")


@pytest.mark.parametrize(
    "block",
    [
        b"",
        b"MM",
        b"II*\0",
        b"XX*\0\x08\0\0\0",
        b"II*\0\xff\xff\xff\xff",
        b"II*\0\x08\0\0\0",
        b"II*\0\x08\0\0\0\xff\xff",
        b"II*\0\x08\0\0\0\xff\xff" + b"\x0e\x01\x02\0\xff\xff\xff\xff\xff\xff\xff\xff" * 9,
        b"MM\0*\0\0\0\x08\xff\xff" + b"\x01\x0e\0\x02\0\0\0\x09\xff\xff\xff\xf0" * 5000,
        exif({0x010E: CAPTION.encode()})[:20],
        exif({}, {0x9286: (UNDEFINED, b"ASCII\0\0\0Morning ferry")})[:-6],
        exif({0x010E: (99, CAPTION.encode())}),
        exif({0x010E: (LONG, b"")}),
        exif({0x9C9B: (1, b"\xac")}),
        exif({0x9C9B: (1, b"\x00\xd8\x00\xd8")}),
        exif({}, {0x9286: (UNDEFINED, b"UNICODE\0\xd8\x00\xd8")}),
    ],
)
def test_damaged_exif(block):
    """Directories and values that lie outside, sizes that cannot be, types that nobody knows."""
    assert read_metadata(jpeg(exif=block, iim=CITY)) == Metadata(city="여울시")


def test_one_damaged_tag():
    """Leaves the others."""
    block = exif({0x010E: CAPTION.encode(), 0x8298: "나루통신".encode()})
    entry = block.index(struct.pack("<HH", 0x010E, 2))
    block = block[: entry + 8] + b"\xff\xff\xff\x7f" + block[entry + 12 :]
    assert read_metadata(jpeg(exif=block)) == Metadata(copyright="나루통신")


@pytest.mark.parametrize("order", ["<", ">"])
def test_exif_that_points_to_itself(order):
    """A directory within itself is read once more, and that is that."""
    block = exif({0x8298: "나루통신".encode()}, order=order)
    entry = block.index(struct.pack(f"{order}HH", 0x8769, LONG))
    block = block[: entry + 8] + struct.pack(f"{order}L", 8) + block[entry + 12 :]
    assert read_in_bounds(jpeg(exif=block)) == Metadata(copyright="나루통신")


def test_exif_whose_tags_share_a_megabyte():
    """Sixty thousand tags of it would be sixty gigabytes; the tags that are read are few, and their texts short."""
    place = 10 + 12 * 65_000
    entries = [struct.pack("<HHLL", tag, UNDEFINED, 900_000, place) for tag in range(65_000)]
    block = b"II*\0" + struct.pack("<LH", 8, len(entries)) + b"".join(entries) + b"a" * 900_000
    assert read_in_bounds(picture_bytes((40, 30), image_format="WEBP", exif=block)) == Metadata()


def test_a_tiff_with_a_huge_description():
    """A value longer than anything people write is left out, as if it were not there."""
    assert read_in_bounds(tiff(description=b"a" * 8_000_000, iim=CITY)) == Metadata(city="여울시")


def test_a_picture_that_claims_to_be_huge():
    """Is not opened."""
    data = bytearray(in_format("PNG"))
    data[16:24] = struct.pack(">LL", 60_000, 60_000)
    data[29:33] = struct.pack(">L", zlib.crc32(data[12:29]))
    assert read_in_bounds(bytes(data)) == Metadata()


@pytest.mark.parametrize("image_format", FORMATS)
def test_truncated_files(image_format):
    """Wherever a file ends: all of its words, some, or none."""
    data = in_format(image_format)
    whole = read_metadata(data)
    for length in range(0, len(data), 7):
        found = read_metadata(data[:length])
        for name in ("city", "credit", "caption", "byline"):
            assert getattr(found, name) in (getattr(whole, name), "")


def check(found: Metadata) -> None:
    """Fail where something was read that does not fit into its field."""
    sizes = {
        "headline": 200,
        "caption": 600,
        "byline": 40,
        "credit": 80,
        "copyright": 200,
        "source": 80,
        "city": 60,
    }
    for name, size in sizes.items():
        text = getattr(found, name)
        assert len(text) <= size and "\0" not in text and "\ufffd" not in text
    assert len(found.keywords) <= 30 and all(0 < len(word) <= 40 for word in found.keywords)
    if found.taken_at:
        assert found.taken_at.year >= 1826
        assert found.taken_at < timezone.now() + datetime.timedelta(days=2)


splices = st.lists(
    st.tuples(st.floats(0, 1), st.integers(0, 12), st.binary(max_size=12)), min_size=1, max_size=6
)


def spliced(data: bytes, changes) -> bytes:
    """Return ``data`` with bytes replaced: where (0 to 1), how many, by what."""
    for place, length, new in changes:
        at = int(place * len(data))
        data = data[:at] + new + data[at + length :]
    return data


FULL_EXIF = exif(
    {
        0x010E: CAPTION.encode("cp949"),
        0x013B: b"A;B",
        0x8298: b"C\0D",
        0x9C9B: (1, "나루".encode("utf-16-le")),
    },
    {
        0x9003: b"2024:07:19 16:11:05\0",
        0x9011: b"+09:00\0",
        0x9286: (UNDEFINED, b"UNICODE\0\x98\xb0\xe8\xb8"),
    },
)
FULL_IIM = iim(
    UTF8, ((2, 25), "나루".encode()), ((2, 55), b"20240719"), ((2, 60), b"161105+0900"), ((2, 80), b"A")
)


@settings(max_examples=300, deadline=None)
@given(splices, splices, splices)
def test_random_bytes_within_the_blocks(of_xmp, of_iim, of_exif):
    """Never raise, and never make a field too long."""
    check(
        read_metadata(
            jpeg(
                xmp=spliced(FULL_XMP, of_xmp), iim=spliced(FULL_IIM, of_iim), exif=spliced(FULL_EXIF, of_exif)
            )
        )
    )


WHOLE = {image_format: in_format(image_format) for image_format in FORMATS}


@settings(max_examples=400, deadline=None)
@given(st.sampled_from(FORMATS), splices)
def test_random_bytes_within_the_file(image_format, changes):
    """Nor do they anywhere else in a file of any format."""
    check(read_metadata(spliced(WHOLE[image_format], changes)))


@settings(max_examples=300, deadline=None)
@given(
    st.binary(max_size=400), st.sampled_from([(2, 120), (2, 80), (2, 25), (2, 55), (1, 90)]), st.booleans()
)
def test_random_bytes_as_a_value(value, number, declared):
    """Whatever a field holds, in IIM, a UserComment and a tag of Windows."""
    tags = {0x9C9C: (1, value), 0x010E: value, 0x8298: value}
    comment = {0x9286: (UNDEFINED, b"UNICODE\0" + value), 0x9003: value}
    check(read_metadata(jpeg(iim=iim(*[UTF8] * declared, (number, value)), exif=exif(tags, comment))))
