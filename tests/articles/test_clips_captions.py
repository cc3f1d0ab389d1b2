"""Captions files: every kind that newsrooms get becomes the same plain WebVTT, or the wrong line is named."""

import codecs
import re
import time

import pytest
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.clips import VideoFileError, clean_captions
from articles.clips.captions import MOST_BYTES, MOST_CUES

KOREAN = "1\n00:00:01,000 --> 00:00:02,500\n시장 골목에 불이 켜진다\n"
CLEAN_KOREAN = "WEBVTT\n\n00:00:01.000 --> 00:00:02.500\n시장 골목에 불이 켜진다\n"
TIMES = "00:01.000 --> 00:02.000"


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


def cue(text: str) -> str:
    """Return what becomes of the text of one caption."""
    return clean_captions(f"WEBVTT\n\n{TIMES}\n{text}\n".encode()).split("\n", 3)[3].removesuffix("\n")


def refusal(data: bytes | str) -> str:
    with pytest.raises(VideoFileError) as caught:
        clean_captions(data.encode() if isinstance(data, str) else data)
    return caught.value.messages[0]


@pytest.mark.parametrize(
    "data",
    [
        KOREAN.encode(),
        KOREAN.encode("utf-8-sig"),
        KOREAN.encode("cp949"),
        codecs.BOM_UTF16_LE + KOREAN.encode("utf-16-le"),
        codecs.BOM_UTF16_BE + KOREAN.encode("utf-16-be"),
        KOREAN.replace("\n", "\r\n").encode(),
        KOREAN.replace("\n", "\r").encode(),
        KOREAN.strip().encode(),
        f"\n\n\n{KOREAN}\n\n".encode(),
        KOREAN.removeprefix("1\n").replace("00:00:02,500", "0:0:2,5").encode(),
        CLEAN_KOREAN.encode(),
        CLEAN_KOREAN.replace("00:00:0", "00:0").encode(),
        CLEAN_KOREAN.replace("WEBVTT\n", "WEBVTT 시장\nKind: captions\nLanguage: ko\n").encode(),
        CLEAN_KOREAN.replace("\n\n", "\n\n골목-1\n").encode(),
    ],
)
def test_kinds_of_files(data):
    """SubRip and WebVTT, in the encodings and with the line ends of every system."""
    assert clean_captions(data) == CLEAN_KOREAN


def test_a_whole_file():
    """Style, regions and notes are left out, captions stand in the order of their times."""
    source = """WEBVTT - 시장

STYLE
::cue { background: url(https://tracker.example/a.png) }

REGION
id:fred width:40%

NOTE
00:00.000 --> 00:01.000
처음 원고

second
00:00:05.000 --> 00:00:06.000 line:10% align:start region:fred position:150px
<v.loud 최선영>불이 <b>꺼졌다</b></v>

NOTE 확인

첫째
00:01.000 --> 01:00:02.000
- 켜진다
- 그렇습니까
"""
    assert clean_captions(source.encode()) == (
        "WEBVTT\n\n00:00:01.000 --> 01:00:02.000\n- 켜진다\n- 그렇습니까\n\n"
        "00:00:05.000 --> 00:00:06.000 line:10% align:start\n<v 최선영>불이 <b>꺼졌다</b></v>\n"
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("plain", "plain"),
        ("<b>a</b> <i>b</i> <c>c</c>", "<b>a</b> <i>b</i> <c>c</c>"),
        ("<B>a</B>", "<b>a</b>"),
        ("<b.big.red>a</b>", "<b>a</b>"),
        ('<c.x style="color:red">a</c>', "<c>a</c>"),
        ('<b onclick="alert(1)">a</b>', "<b>a</b>"),
        ("<v 최 선영>a", "<v 최 선영>a</v>"),
        ("<v   최\t 선영 >a</v>", "<v 최 선영>a</v>"),
        ("<v 최\n선영>a</v>", "<v 최 선영>a</v>"),
        ("<v A & B &lt;i&gt;>a</v>", "<v A &amp; B &lt;i&gt;>a</v>"),
        ("<v>a</v>", "a"),
        ("<u>a</u> <ruby>漢<rt>한</rt></ruby> <lang en>b</lang>", "a 漢한 b"),
        ('<font color="#ff0000">a</font> {\\an8}b', "a b"),
        ("a <00:00:01.500>b", "a b"),
        ("<b>a<i>b</b>c</i>", "<b>a<i>b</i></b>c"),
        ("<b><b>a</b></b>", "<b>a</b>"),
        ("<b>a", "<b>a</b>"),
        ("a</b></v>", "a"),
        ("1 < 2 > 0 & 3", "1 &lt; 2 &gt; 0 &amp; 3"),
        ("나는 <3 너를", "나는 &lt;3 너를"),
        ("Tom &amp; Jerry &lt;b&gt; &amp;lt;", "Tom &amp; Jerry &lt;b&gt; &amp;lt;"),
        ("a&nbsp;b &#x3042;", "a\N{NO-BREAK SPACE}b あ"),
        ("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"),
        ("<img src=x onerror=alert(1)>", "&lt;img src=x onerror=alert(1)&gt;"),
        ("a --> b", "a --&gt; b"),
        ("a&#10;&#10;00:03.000 --&gt; 00:04.000&#10;b", "a  00:03.000 --&gt; 00:04.000 b"),
        ("<v a&#10;&#10;b>c</v>", "<v a b>c</v>"),
        ("a\0b\x1b[31m\x85c", "ab[31m c"),
        ("  a  \n  b", "a\nb"),
        ("a\n<u>\n</u>b", "a\nb"),
    ],
)
def test_text(text, expected):
    """Four tags stay, with nothing in them but the speaker; the rest is read, not carried out."""
    assert cue(text) == expected


@pytest.mark.parametrize("text", ["", "<b></b>", "<v 최선영> </v>", "&nbsp;", "{\\an8}"])
def test_captions_without_text_are_left_out(text):
    """Nothing would be seen."""
    data = f"WEBVTT\n\n{TIMES}\n{text}\n\n00:03.000 --> 00:04.000\nb\n"
    assert clean_captions(data.encode()) == "WEBVTT\n\n00:00:03.000 --> 00:00:04.000\nb\n"


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ("", "Line 1: there is no caption in the file."),
        ("WEBVTT", "Line 1: there is no caption in the file."),
        ("WEBVTT\n\nNOTE a\n", "Line 1: there is no caption in the file."),
        ("<html>\n<body>", "Line 2: a time is missing, such as 00:01:02.500 --> 00:01:04.000."),
        ("hello", "Line 1: a time is missing, such as 00:01:02.500 --> 00:01:04.000."),
        (f"WEBVTTX\n\n{TIMES}\na", "Line 1: a time is missing"),
        (f"{KOREAN}\n둘째 단락\n", "Line 5: a time is missing"),
        ("1\r\n00:00:01 --> 00:00:02\r\na", "Line 2: a time is missing"),
        ("1\n00:00:61,000 --> 00:01:02,000\na", "Line 2: a time is missing"),
        ("1\n000:00:01,000 --> 000:00:02,000\na", "Line 2: a time is missing"),
        ("1\n٠٠:00:01,000 --> 00:00:02,000\na", "Line 2: a time is missing"),
        ("1\n00:00:02,000 --> 00:00:02,000\na", "Line 2: the caption ends before it begins."),
        ("1\n00:00:03,000 --> 00:00:02,000\na", "Line 2: the caption ends before it begins."),
        (f"{KOREAN}2\n{TIMES}\nb", "Line 5: a blank line is missing before this caption."),
        (f"WEBVTT\n{TIMES}\na", "Line 2: a blank line is missing before the first caption."),
        (
            b"1\n00:00:01,000 --> 00:00:02,000\n\xff\xfe\xff",
            "Line 3: the text cannot be read; save the file as",
        ),
        (codecs.BOM_UTF16_LE + "a\nb".encode("utf-16-le") + b"\n", "Line 2: the text cannot be read"),
        (b" " * (MOST_BYTES + 1), "Line 1: the captions file is larger than 2 MB."),
    ],
)
def test_the_wrong_line_is_named(data, sentence):
    """With what is wrong about it."""
    assert refusal(data).startswith(sentence)


def test_how_many_captions():
    """5,000 are a film of four hours."""
    one = "00:00:01.000 --> 00:00:02.000\na\n\n"
    assert clean_captions(f"WEBVTT\n\n{one * MOST_CUES}".encode()).count("-->") == MOST_CUES
    line = 3 + 3 * MOST_CUES
    assert (
        refusal(f"WEBVTT\n\n{one * (MOST_CUES + 1)}")
        == f"Line {line}: the file has more than 5,000 captions."
    )


@pytest.mark.parametrize(
    "text", ["<b>", "</b>", "<", "&", "&lt", "<v a", "{\\", "<a.", "<b><i><v x>", "<1:", " \n"]
)
def test_two_megabytes_of_anything(text):
    """Read in a few seconds at most."""
    data = f"WEBVTT\n\n{TIMES}\nx{text * ((MOST_BYTES - 40) // len(text))}".encode()
    start = time.monotonic()
    clean_captions(data)
    assert time.monotonic() - start < 10


PIECES = (
    "\n", "\n\n", "\r", "-->", "<b>", "</b>", "<v A>", "<v ", ">", "<c.x>", "</v>", "&#10;", "&lt;", "&amp;", "1",
    "NOTE", "STYLE", "WEBVTT", "00:01.000 --> 00:02.000", "00:00:03,000 --> 00:00:04,000", "{\\an8}",
)  # fmt: skip
written = st.lists(st.text(max_size=12) | st.sampled_from(PIECES), max_size=14).map("".join)
TAGS = re.compile(r"</?[bicv]>|<v [^<>&\n]+(?:&(?:amp|lt|gt);[^<>&\n]*)*>|<v (?:&(?:amp|lt|gt);[^<>&\n]*)+>")


@given(written, st.booleans())
@settings(max_examples=1_000, deadline=2_000)
def test_whatever_is_written(text, has_times):
    """Only our tags, only our arrows, the times in order; cleaned again, it stays as it is."""
    data = (f"WEBVTT\n\n{TIMES}\nx{text}" if has_times else text).encode("utf-8", "surrogatepass")
    try:
        result = clean_captions(data)
    except VideoFileError as error:
        assert re.match(r"Line [0-9]+: ", error.messages[0])
        return
    assert clean_captions(result.encode()) == result
    head, *blocks = result.removesuffix("\n").split("\n\n")
    assert head == "WEBVTT" and blocks
    for block in blocks:
        times, *lines = block.split("\n")
        assert re.fullmatch(r"[0-9:.]{12} --> [0-9:.]{12}(?: [a-z]+:\S+)*", times)
        assert lines and all(line.strip() for line in lines)
        bare = TAGS.sub("", "\n".join(lines))
        assert "<" not in bare and ">" not in bare
    assert [block[:12] for block in blocks] == sorted(block[:12] for block in blocks)


@given(st.binary(max_size=300))
@settings(max_examples=300, deadline=2_000)
def test_any_bytes_at_all(data):
    """Text or a sentence."""
    for start in (b"", codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, b"WEBVTT\n\n00:01.000 --> 00:02.000\n"):
        try:
            assert clean_captions(start + data).startswith("WEBVTT\n\n")
        except VideoFileError as error:
            assert error.messages
