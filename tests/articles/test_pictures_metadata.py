"""What cameras, agencies and photo editors wrote into a file: read from each block, in each encoding, once."""

import datetime
import io
import struct
import unicodedata

import pytest
from django.utils import timezone
from PIL import Image, PngImagePlugin

from articles.pictures.metadata import Metadata, read_metadata
from tests.factories import picture_bytes

SEOUL = datetime.timezone(datetime.timedelta(hours=9))
AFTERNOON = datetime.datetime(2024, 7, 19, 16, 11, 5, tzinfo=SEOUL)
UTF8 = ((1, 90), b"\x1b%G")
CAPTION = "새벽 나루에 물안개가 피어오르고 있다."
NAMESPACES = " ".join(
    f'xmlns:{prefix}="{address}"'
    for prefix, address in {
        "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
        "dc": "http://purl.org/dc/elements/1.1/",
        "photoshop": "http://ns.adobe.com/photoshop/1.0/",
        "xmp": "http://ns.adobe.com/xap/1.0/",
        "exif": "http://ns.adobe.com/exif/1.0/",
        "Iptc4xmpCore": "http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/",
    }.items()
)
ASCII, LONG, UNDEFINED, UTF8_KIND = 2, 4, 7, 129


def xmp(elements: str = "", attributes: str = "") -> bytes:
    """Return an XMP packet with one description, padded as programs do."""
    return (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">'
        f'<rdf:RDF {NAMESPACES}><rdf:Description rdf:about="" {attributes}>{elements}</rdf:Description></rdf:RDF>'
        f'</x:xmpmeta>{" " * 300}<?xpacket end="w"?>'
    ).encode()


def xmp_list(name: str, kind: str, *entries: str) -> str:
    """Return an element with a list; an entry like «ko:글» has a language."""
    items = ""
    for entry in entries:
        language, _colon, text = entry.rpartition(":")
        items += f'<rdf:li xml:lang="{language}">{text}</rdf:li>' if language else f"<rdf:li>{text}</rdf:li>"
    return f"<{name}><rdf:{kind}>{items}</rdf:{kind}></{name}>"


def iim(*records: tuple[tuple[int, int], bytes]) -> bytes:
    """Return records of IPTC-IIM."""
    return b"".join(struct.pack(">BBBH", 0x1C, *number, len(value)) + value for number, value in records)


def resources(block: bytes) -> bytes:
    """Return the segment of a JPEG in which Photoshop keeps IIM, between two resources of its own."""
    parts = [(0x0425, b"\x11" * 16), (0x0404, block), (0x040F, b"\x22" * 3)]
    content = b"".join(
        b"8BIM" + struct.pack(">HHL", code, 0, len(part)) + part + b"\0" * (len(part) % 2)
        for code, part in parts
    )
    content = b"Photoshop 3.0\0" + content
    return b"\xff\xed" + struct.pack(">H", len(content) + 2) + content


def exif(tags: dict, details: dict | None = None, order: str = "<") -> bytes:
    """Return a block of EXIF: tags of the first directory and of that of EXIF, bytes or (kind, bytes)."""
    block = {"<": b"II*\0", ">": b"MM\0*"}[order] + struct.pack(f"{order}L", 8)
    second = 8 + length_of(tags) + 12
    tags = tags | {0x8769: (LONG, struct.pack(f"{order}L", second))}
    return block + directory(tags, 8, order) + directory(details or {}, second, order)


def length_of(tags: dict) -> int:
    values = [value[1] if isinstance(value, tuple) else value for value in tags.values()]
    return 6 + 12 * len(tags) + sum(len(value) for value in values if len(value) > 4)


def directory(tags: dict, start: int, order: str) -> bytes:
    entries, values = b"", b""
    place = start + 6 + 12 * len(tags)
    for tag, value in sorted(tags.items()):
        kind, value = value if isinstance(value, tuple) else (ASCII, value)
        count = len(value) // 4 if kind == LONG else len(value)
        inline = value.ljust(4, b"\0") if len(value) <= 4 else struct.pack(f"{order}L", place + len(values))
        values += value if len(value) > 4 else b""
        entries += struct.pack(f"{order}HHL", tag, kind, count) + inline
    return struct.pack(f"{order}H", len(tags)) + entries + b"\0\0\0\0" + values


def jpeg(xmp: bytes = b"", iim: bytes = b"", exif: bytes = b"") -> bytes:
    """Return a JPEG with these blocks."""
    options = {"xmp": xmp} if xmp else {}
    options |= {"exif": b"Exif\0\0" + exif} if exif else {}
    data = picture_bytes((40, 30), **options)
    return data[:2] + resources(iim) + data[2:] if iim else data


def read_iim(*records) -> Metadata:
    return read_metadata(jpeg(iim=iim(*records)))


def read_exif(*directories, order: str = "<") -> Metadata:
    return read_metadata(jpeg(exif=exif(*directories, order=order)))


def test_a_bare_picture_says_nothing():
    """No block, no word."""
    assert read_metadata(jpeg()) == Metadata()


FULL_XMP = xmp(
    xmp_list("dc:title", "Alt", "x-default:나루 07")
    + xmp_list("dc:description", "Alt", f"x-default:{CAPTION}")
    + xmp_list("dc:creator", "Seq", "윤슬", "이든")
    + xmp_list("dc:rights", "Alt", "x-default:ⓒ 나루통신. 재배포 금지")
    + xmp_list("dc:subject", "Bag", "나루", "물안개", "나루")
    + "<photoshop:Headline>나루의 아침</photoshop:Headline><photoshop:Credit>나루통신</photoshop:Credit>"
    "<photoshop:Source>여울시청</photoshop:Source><photoshop:City>여울시</photoshop:City>"
    "<photoshop:DateCreated>2024-07-19T16:11:05+09:00</photoshop:DateCreated>"
)
FULL = Metadata(
    headline="나루의 아침",
    caption=CAPTION,
    byline="윤슬, 이든",
    credit="나루통신",
    copyright="ⓒ 나루통신. 재배포 금지",
    source="여울시청",
    city="여울시",
    keywords=("나루", "물안개"),
    taken_at=AFTERNOON,
)


def test_xmp_in_elements():
    """Lists of each kind and plain elements."""
    assert read_metadata(jpeg(xmp=FULL_XMP)) == FULL


def test_xmp_in_attributes():
    """The short form; the time of digitising stands in for that of taking, a location for the city."""
    found = read_metadata(
        jpeg(
            xmp=xmp(
                attributes='photoshop:Headline="나루의 아침" photoshop:Credit="나루통신" photoshop:Source="여울시청" '
                'dc:rights="ⓒ 나루통신" Iptc4xmpCore:Location="큰나루" xmp:CreateDate="2024-07-19T07:11:05Z"'
            )
        )
    )
    assert found == Metadata(
        headline="나루의 아침",
        credit="나루통신",
        source="여울시청",
        copyright="ⓒ 나루통신",
        city="큰나루",
        taken_at=AFTERNOON,
    )


@pytest.mark.parametrize(
    "entries, expected",
    [
        (["en:Ferry", "ko:나루", "x-default:여울 나루"], "여울 나루"),
        (["en:Ferry", "ko-KR:나루"], "나루"),
        (["kok:Tar", "en:Ferry", "ko:나루"], "나루"),
        (["en:Ferry", "de:Fähre"], "Ferry"),
        (["x-default:OLYMPUS DIGITAL CAMERA", "ko:나루"], "나루"),
    ],
)
def test_xmp_languages(entries, expected):
    """The default, then Korean, then what comes first; a camera's words are passed over."""
    assert read_metadata(jpeg(xmp=xmp(xmp_list("dc:description", "Alt", *entries)))).caption == expected


def test_xmp_of_another_picture():
    """What the packet says of a picture that this one was made of is not said of this one."""
    inner = '<rdf:Description dc:title="속 사진"><photoshop:City>먼시</photoshop:City></rdf:Description>'
    assert read_metadata(jpeg(xmp=xmp(f"<xmp:Other>{inner}</xmp:Other>"))) == Metadata()


def test_xmp_with_qualifiers():
    """A value that carries a remark of its own is read without it."""
    qualified = (
        '<dc:title rdf:parseType="Resource"><rdf:value>나루</rdf:value><xmp:Note>x</xmp:Note></dc:title>'
    )
    assert read_metadata(jpeg(xmp=xmp(qualified))).headline == "나루"


def full_iim(encoding: str) -> list[tuple[tuple[int, int], bytes]]:
    return [
        ((2, 5), "나루 07".encode(encoding)),
        ((2, 25), "나루".encode(encoding)),
        ((2, 25), "물안개".encode(encoding)),
        ((2, 55), b"20240719"),
        ((2, 60), b"161105+0900"),
        ((2, 80), "윤슬".encode(encoding)),
        ((2, 80), "이든".encode(encoding)),
        ((2, 90), "여울시".encode(encoding)),
        ((2, 105), "나루의 아침".encode(encoding)),
        ((2, 110), "나루통신".encode(encoding)),
        ((2, 115), "여울시청".encode(encoding)),
        ((2, 116), "ⓒ 나루통신. 재배포 금지".encode(encoding)),
        ((2, 120), CAPTION.encode(encoding)),
    ]


@pytest.mark.parametrize(
    "records",
    [[UTF8, *full_iim("utf-8")], full_iim("utf-8"), full_iim("cp949"), full_iim("euc-kr")],
    ids=["UTF-8 declared", "UTF-8", "Korean Windows", "EUC-KR"],
)
def test_iim_in_every_encoding(records):
    """Declared or not, the same words come out."""
    assert read_iim(*records) == FULL


def test_iim_stand_ins():
    """The title for the headline, the place within a city for the city."""
    found = read_iim(((2, 5), b"Ferry"), ((2, 92), b"Old Quay"))
    assert (found.headline, found.city) == ("Ferry", "Old Quay")


def test_iim_with_a_long_value():
    """A value over 32 kB gives its size in bytes of their own; what follows it is read."""
    value = ("가" * 20_000).encode()
    long = struct.pack(">BBBHL", 0x1C, 2, 120, 0x8004, len(value)) + value
    found = read_metadata(jpeg(iim=iim(UTF8) + long + iim(((2, 90), "여울시".encode()))))
    assert (found.caption, found.city) == ("가" * 600, "여울시")


def test_western_names():
    """What is neither UTF-8 nor Korean is Western European."""
    found = read_iim(((2, 80), "José Müller".encode("latin-1")), ((2, 90), "Orléans-Café".encode("latin-1")))
    assert (found.byline, found.city) == ("José Müller", "Orléans-Café")
    assert read_iim(((2, 90), "Café".encode("latin-1"))).city == "Café"


@pytest.mark.parametrize("encoding", ["utf-8", "cp949"])
def test_a_text_cut_within_a_character(encoding):
    """Old programs cut at a number of bytes: half a character at the end is dropped."""
    assert read_iim(((2, 90), "여울시".encode(encoding)[:-1])).city == "여울"


@pytest.mark.parametrize("value", ["여울시".encode("cp949"), b"Caf\xe9 Yeoul", b"\xea\xb0\x80\xff\xfe"])
def test_declared_utf8_that_is_none(value):
    """Is dropped rather than guessed."""
    assert read_iim(UTF8, ((2, 90), value)) == Metadata()


@pytest.mark.parametrize("text", ["It\x92s a ferry", "나루\x80", "나\ufffd루"])
def test_mojibake_is_dropped(text):
    """A field with signs of a wrong decoding says nothing, and the next block is asked."""
    found = read_metadata(
        jpeg(xmp=xmp(f"<photoshop:City>{text}</photoshop:City>"), iim=iim(UTF8, ((2, 90), b"Yeoul")))
    )
    assert found.city == "Yeoul"
    assert read_iim(UTF8, ((2, 90), text.encode())) == Metadata()


def test_decomposed_hangul():
    """What a Mac wrote letter by letter is put together, in every block."""
    decomposed = unicodedata.normalize("NFD", "여울시 나루")
    assert decomposed != "여울시 나루"
    blocks = [
        jpeg(xmp=xmp(xmp_list("dc:description", "Alt", f"x-default:{decomposed}"))),
        jpeg(iim=iim(UTF8, ((2, 120), decomposed.encode()))),
        jpeg(exif=exif({0x010E: decomposed.encode()})),
    ]
    assert [read_metadata(block).caption for block in blocks] == ["여울시 나루"] * 3


@pytest.mark.parametrize("order", ["<", ">"])
@pytest.mark.parametrize("encoding", ["utf-8", "cp949", "euc-kr"])
def test_exif(encoding, order):
    """The tags of EXIF in each Korean encoding and both byte orders."""
    found = read_exif(
        {
            0x010E: CAPTION.encode(encoding) + b"\0",
            0x013B: "윤슬; 이든".encode(encoding) + b"\0",
            0x8298: "ⓒ 윤슬".encode(encoding) + b"\0" + "나루통신".encode(encoding) + b"\0",
        },
        {0x9003: b"2024:07:19 16:11:05\0", 0x9011: b"+09:00\0", 0x9291: b"250\0"},
        order=order,
    )
    assert found == Metadata(
        caption=CAPTION,
        byline="윤슬, 이든",
        copyright="ⓒ 윤슬, 나루통신",
        taken_at=AFTERNOON.replace(microsecond=250_000),
    )


def test_exif_3_text():
    """The type that EXIF 3 has for UTF-8."""
    assert read_exif({0x010E: (UTF8_KIND, CAPTION.encode())}).caption == CAPTION


def test_exif_notice_of_the_publisher_alone():
    """The photographer's part is a space then."""
    assert read_exif({0x8298: " \0나루통신\0".encode()}).copyright == "나루통신"


def test_tags_of_windows():
    """Title, comment, author and keywords from the file manager of Windows."""
    fields = {0x9C9B: "나루의 아침", 0x9C9C: CAPTION, 0x9C9D: "윤슬;이든", 0x9C9E: "나루;물안개"}
    found = read_exif({tag: (1, f"{text}\0".encode("utf-16-le")) for tag, text in fields.items()})
    assert found == Metadata(
        headline="나루의 아침", caption=CAPTION, byline="윤슬, 이든", keywords=("나루", "물안개")
    )
    assert read_exif({0x9C9F: (1, CAPTION.encode("utf-16-le"))}).caption == CAPTION
    assert read_exif({0x9C9B: (1, "나루터".encode("utf-16-le") + b"\0")}).headline == "나루터"


def test_windows_author_behind_a_broken_artist():
    """A field that cannot be read does not hide the one that stands in for it."""
    assert read_exif({0x013B: b"A\x92\xff\xfe", 0x9C9D: (1, "윤슬".encode("utf-16-le"))}).byline == "윤슬"


@pytest.mark.parametrize(
    "value, expected",
    [
        (b"ASCII\0\0\0Morning ferry\0\0\0", "Morning ferry"),
        (b"ASCII\0\0\0" + CAPTION.encode("cp949"), CAPTION),
        (b"\0" * 8 + CAPTION.encode(), CAPTION),
        (b"UNICODE\0" + CAPTION.encode("utf-16-le") + b"\0\0", CAPTION),
        (b"UNICODE\0" + CAPTION.encode("utf-16-be"), CAPTION),
        (b"UNICODE\0" + "\ufeff나루 a".encode("utf-16-be"), "나루 a"),
        (b"UNICODE\0" + "\ufeff나루 a".encode("utf-16-le"), "나루 a"),
        (b"UNICODE\0" + "Morning ferry".encode("utf-16-be") + b"\0", "Morning ferry"),
        (b"UNICODE\0Morning ferry!", ""),
        (b"JIS\0\0\0\0\0\x46\x7c\x4b\x5c", ""),
        (b"UNI", ""),
        (b"ASCII\0\0\0" + b" " * 200, ""),
    ],
)
@pytest.mark.parametrize("order", ["<", ">"])
def test_user_comment(value, expected, order):
    """Its first eight bytes tell the character set; the byte order is that which makes words."""
    assert read_exif({}, {0x9286: (UNDEFINED, value)}, order=order).caption == expected


def test_precedence_field_by_field():
    """XMP before IIM before EXIF, each only where it says something."""
    blocks = {
        "xmp": xmp(
            "<photoshop:City>엑스</photoshop:City><dc:rights>Default</dc:rights><dc:description> </dc:description>"
        ),
        "iim": iim(UTF8, ((2, 90), "아이".encode()), ((2, 116), "아이".encode()), ((2, 80), "아이".encode())),
        "exif": exif({0x010E: "이엑스".encode(), 0x8298: "이엑스".encode(), 0x013B: "이엑스".encode()}),
    }
    assert read_metadata(jpeg(**blocks)) == Metadata(
        city="엑스", copyright="아이", byline="아이", caption="이엑스"
    )
    assert read_metadata(jpeg(**blocks | {"iim": b""})).copyright == "이엑스"


def test_a_headline_goes_before_a_title():
    """The title is often a number of the agency: it counts where no block has a headline."""
    blocks = {
        "xmp": xmp(xmp_list("dc:title", "Alt", "x-default:NR-0719")),
        "iim": iim(((2, 105), b"Ferry")),
    }
    assert read_metadata(jpeg(**blocks)).headline == "Ferry"


@pytest.mark.parametrize(
    "words",
    [
        "OLYMPUS DIGITAL CAMERA         ",
        "SONY DSC",
        "KONICA MINOLTA DIGITAL CAMERA",
        "Kodak Digital Still Camera",
        "Default",
        "DCF 1.0",
        "Exif_JPEG_PICTURE",
        "              ",
        "-",
        "????",
        "Untitled",
    ],
)
def test_defaults_of_cameras(words):
    """Are no caption and no headline; a comment behind them is found."""
    tags = {0x010E: words.encode(), 0x9C9B: (1, words.encode("utf-16-le"))}
    assert read_exif(tags) == Metadata()
    assert read_exif(tags, {0x9286: (UNDEFINED, b"ASCII\0\0\0Ferry")}).caption == "Ferry"


def test_words_about_cameras_are_words():
    """Only the whole text is a default."""
    assert read_iim(((2, 120), b"A digital camera of 1999")).caption == "A digital camera of 1999"


def test_lines_and_limits():
    """A caption keeps its lines; everything fits into its field, cut at a word, and holds nothing unseen."""
    long = "나루터 " * 400
    names = [f"기자{number:02}이름" for number in range(20)]
    found = read_metadata(
        jpeg(
            xmp=xmp(
                f"<dc:description>  첫 줄\u200b \n\n 둘째   줄 </dc:description><dc:title>{long}</dc:title>"
                f"<dc:rights>{long}</dc:rights><photoshop:Credit>{long}</photoshop:Credit>"
                f"<photoshop:Source>{long}</photoshop:Source><photoshop:City>{long}</photoshop:City>"
                + xmp_list("dc:creator", "Seq", *names)
                + xmp_list("dc:subject", "Bag", *[f"낱말{number}" for number in range(50)])
            )
        )
    )
    assert found.caption == "첫 줄\n둘째 줄"
    assert found.headline == ("나루터 " * 50).strip()
    assert found.byline == ", ".join(names[:5])
    assert [len(text) for text in (found.copyright, found.credit, found.source, found.city)] == [
        199,
        79,
        79,
        59,
    ]
    assert found.keywords == tuple(f"낱말{number}" for number in range(30))
    caption = read_metadata(jpeg(xmp=xmp(f"<dc:description>{long}</dc:description>"))).caption
    assert caption == ("나루터 " * 150).strip()


def test_keywords():
    """One record may hold several; a keyword is taken once, without its hash, and cut where it is a sentence."""
    found = read_iim(
        UTF8, ((2, 25), "#나루, 물안개;Ferry".encode()), ((2, 25), b"ferry"), ((2, 25), b"x " * 60)
    )
    assert found.keywords == ("나루", "물안개", "Ferry", ("x " * 20).strip())


@pytest.mark.parametrize(
    "text, expected",
    [
        ("2024-07-19T16:11:05+09:00", AFTERNOON),
        ("2024-07-19T16:11:05+0900", AFTERNOON),
        ("2024-07-19T07:11:05Z", AFTERNOON),
        ("2024-07-19T16:11:05", AFTERNOON),
        ("2024:07:19 16:11:05", AFTERNOON),
        ("2024-07-19T16:11", AFTERNOON.replace(second=0)),
        ("2024-07-19T16:11:05.123456789", AFTERNOON.replace(microsecond=123456)),
        ("2024-07-19", AFTERNOON.replace(hour=0, minute=0, second=0)),
        ("1826-12-31T12:00:00Z", datetime.datetime(1826, 12, 31, 12, tzinfo=datetime.UTC)),
        ("1825-12-31T12:00:00Z", None),
        ("2024-02-30T12:00:00", None),
        ("2024-07-19T25:00:00", None),
        ("2024-07-19T16:11:05+99:00", None),
        ("0000-00-00T00:00:00", None),
        ("9999-12-31T23:59:59-12:00", None),
        ("٢٠٢٤-٠٧-١٩", None),
        ("2024-07", None),
        ("19 July 2024", None),
        ("2024-07-19T" + "1" * 9000, None),
    ],
)
def test_dates_of_xmp(text, expected):
    """Whole and partial, with and without an offset; what cannot be is none."""
    found = read_metadata(jpeg(xmp=xmp(f"<photoshop:DateCreated>{text}</photoshop:DateCreated>")))
    assert found == Metadata(taken_at=expected)


@pytest.mark.parametrize("hours, kept", [(23, True), (25, False)])
def test_dates_in_the_future(hours, kept):
    """A clock may be wrong by a day."""
    when = (timezone.now() + datetime.timedelta(hours=hours)).replace(microsecond=0)
    found = read_metadata(jpeg(xmp=xmp(f"<xmp:CreateDate>{when.isoformat()}</xmp:CreateDate>")))
    assert found.taken_at == (when if kept else None)


@pytest.mark.parametrize(
    "details, expected",
    [
        ({0x9003: b"2024:07:19 16:11:05\0"}, AFTERNOON),
        ({0x9003: b"2024:07:19 16:11:05\0", 0x9011: b"   :  \0"}, AFTERNOON),
        ({0x9003: b"2024:07:19 16:11:05\0", 0x9291: b"x\0"}, AFTERNOON),
        ({0x9003: b"2024:07:19 07:11:05\0", 0x9011: b"Z\0"}, AFTERNOON),
        ({0x9004: b"2024:07:19 02:11:05\0", 0x9012: b"-05:00\0"}, AFTERNOON),
        ({0x9003: b"0000:00:00 00:00:00\0", 0x9004: b"2024:07:19 16:11:05\0"}, AFTERNOON),
        ({0x9003: b"0000:00:00 00:00:00\0", 0x9011: b"+09:00\0"}, None),
        ({0x9003: b"    :  :     :  :  \0"}, None),
        ({0x9003: b"2024:13:19 16:11:05\0"}, None),
    ],
)
def test_dates_of_exif(details, expected):
    """With its offset and fraction; without an offset in the time zone of the paper; zeros are none."""
    assert read_exif({}, details) == Metadata(taken_at=expected)


def test_a_time_without_an_offset_is_of_the_current_zone():
    """Which a journey may change."""
    with timezone.override(datetime.timezone(datetime.timedelta(hours=-3))):
        found = read_exif({}, {0x9003: b"2024:07:19 16:11:05\0"})
    assert found.taken_at == AFTERNOON + datetime.timedelta(hours=12)


@pytest.mark.parametrize(
    "records, expected",
    [
        ([((2, 55), b"20240719"), ((2, 60), b"161105+0900")], AFTERNOON),
        ([((2, 55), b"20240719"), ((2, 60), b"071105+0000")], AFTERNOON),
        ([((2, 60), b"161105"), ((2, 55), b"20240719")], AFTERNOON),
        ([((2, 55), b"20240719"), ((2, 60), b"noon")], AFTERNOON.replace(hour=0, minute=0, second=0)),
        ([((2, 55), b"20240719")], AFTERNOON.replace(hour=0, minute=0, second=0)),
        ([((2, 55), b"00000000"), ((2, 60), b"161105")], None),
        ([((2, 60), b"161105+0900")], None),
    ],
)
def test_dates_of_iim(records, expected):
    """A day and a time in records of their own."""
    assert read_iim(*records) == Metadata(taken_at=expected)


@pytest.mark.parametrize(
    "day, expected", [(b"20240719", AFTERNOON), (b"20240718", datetime.datetime(2024, 7, 18, tzinfo=SEOUL))]
)
def test_a_day_gives_way_to_a_time_on_it(day, expected):
    """Agencies write the day, the camera wrote the second."""
    block = exif({}, {0x9003: b"2024:07:19 16:11:05\0"})
    assert read_metadata(jpeg(iim=iim(((2, 55), day)), exif=block)).taken_at == expected


def in_format(image_format: str) -> bytes:
    """Return a picture of a format with XMP and EXIF, and IIM where the format has a place for it."""
    block = exif({0x010E: b"Ferry", 0x013B: "윤슬".encode()})
    packet = xmp("<photoshop:City>여울시</photoshop:City>")
    options = {"exif": b"Exif\0\0" + block, "xmp": packet}
    if image_format == "PNG":
        notes = PngImagePlugin.PngInfo()
        notes.add_itxt("XML:com.adobe.xmp", packet.decode(), zip=True)
        options = {"exif": block, "pnginfo": notes}
    elif image_format == "TIFF":
        tags = {270: "Ferry", 315: "윤슬".encode(), 700: packet, 33723: iim(((2, 110), b"Naru"))}
        options = {"tiffinfo": tags}
    elif image_format == "GIF":
        options = {}
    data = picture_bytes((40, 30), image_format=image_format, **options)
    if image_format == "GIF":
        trailer = b"\x01" + bytes(range(255, -1, -1)) + b"\0"
        place = data.index(b",\0\0\0\0")
        data = data[:place] + b"!\xff\x0bXMP DataXMP" + packet + trailer + data[place:]
    if image_format == "JPEG":
        data = data[:2] + resources(iim(((2, 110), b"Naru"))) + data[2:]
    return data


@pytest.mark.parametrize("image_format", ["JPEG", "PNG", "WEBP", "TIFF", "AVIF", "GIF"])
def test_every_format(image_format):
    """Each keeps the blocks in its own way; a GIF has XMP only."""
    data = in_format(image_format)
    Image.open(io.BytesIO(data)).load()
    credit = "Naru" if image_format in {"JPEG", "TIFF"} else ""
    caption, byline = ("Ferry", "윤슬") if image_format != "GIF" else ("", "")
    assert read_metadata(data) == Metadata(city="여울시", credit=credit, caption=caption, byline=byline)


def test_iim_of_a_tiff_in_whole_numbers():
    """Photoshop says that the records are numbers of four bytes."""
    block = iim(((2, 110), b"Naru"), ((2, 90), "여울시".encode()))
    block += b"\0" * (-len(block) % 4)
    tiff = Image.new("L", (8, 8))
    buffer = io.BytesIO()
    tiff.save(buffer, "TIFF", tiffinfo={33723: block})
    data = bytearray(buffer.getvalue())
    entry = data.index(struct.pack("<HHL", 33723, UNDEFINED, len(block)))
    data[entry : entry + 8] = struct.pack("<HHL", 33723, LONG, len(block) // 4)
    assert read_metadata(bytes(data)) == Metadata(credit="Naru", city="여울시")


def test_the_place_is_not_read():
    """Neither from EXIF nor from XMP."""
    place = Image.Exif()
    place.get_ifd(0x8825).update(
        {1: "N", 2: (37.0, 30.0, 0.0), 3: "E", 4: (127.0, 0.0, 0.0), 29: "2024:07:19"}
    )
    packet = xmp(
        attributes='exif:GPSLatitude="37,30N" exif:GPSLongitude="127,0E" exif:GPSAreaInformation="나루"'
    )
    assert read_metadata(picture_bytes((40, 30), exif=place, xmp=packet)) == Metadata()


def test_pixels_are_not_decoded():
    """A file whose pixels are missing has its words nonetheless."""
    for image_format in ("JPEG", "PNG"):
        data = in_format(image_format)
        cut = data.index(b"IDAT") + 8 if image_format == "PNG" else data.index(b"\xff\xda") + 14
        assert read_metadata(data[:cut]).byline == "윤슬"
