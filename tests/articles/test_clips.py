"""Uploaded videos: what is taken, what is refused in which words, and what readers do not get."""

import io
import struct
import tracemalloc

import pytest
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from articles.clips import Clip, VideoFileError, cleaned, inspect
from articles.clips.boxes import Box, number, table
from articles.clips.samples import read_offsets, read_runs
from tests.clips import (
    HIGH_10,
    QUARTER_TURN,
    SLICE,
    box,
    clip_bytes,
    full,
    large_box,
    numbers,
    positions,
    sound,
    video,
)

NOT_A_VIDEO = "This file is not an MP4 video"
UNFINISHED = "The video is not complete"
DAMAGED = "The video file is damaged"
SECRETS = (b"37.5", b"126.9", b"GoPro", b"iPhone", b"SN12345", b"Hong", b"appl", b"Core Media")
PLACE = b"+37.5665+126.9780/"


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


def judged(data: bytes) -> Clip:
    return inspect(io.BytesIO(data))


def refusal(data: bytes) -> str:
    """Return the sentence with which a file is refused."""
    with pytest.raises(VideoFileError) as caught:
        judged(data)
    return caught.value.messages[0]


def clean(data: bytes) -> bytes:
    target = io.BytesIO()
    cleaned(io.BytesIO(data), target)
    return target.getvalue()


def test_an_ordinary_video():
    """Size, length and codecs are the file's."""
    assert judged(clip_bytes()) == Clip(
        width=640,
        height=360,
        seconds=2.0,
        codecs=("avc1", "mp4a"),
        has_audio=True,
        quick_start=True,
        everywhere=True,
    )


def test_a_video_without_sound_that_starts_late():
    """The description behind the pictures: a reader waits until all is loaded."""
    clip = judged(clip_bytes(video(), moov_first=False))
    assert (clip.codecs, clip.has_audio, clip.quick_start) == (("avc1",), False, False)


@pytest.mark.parametrize(
    ("turn", "movie_turn", "size"),
    [
        ((1, 0, 0, 1), (1, 0, 0, 1), (640, 360)),
        ((-1, 0, 0, -1), (1, 0, 0, 1), (640, 360)),
        (QUARTER_TURN, (1, 0, 0, 1), (360, 640)),
        ((0, -1, 1, 0), (1, 0, 0, 1), (360, 640)),
        ((1, 0, 0, 1), QUARTER_TURN, (360, 640)),
        (QUARTER_TURN, QUARTER_TURN, (640, 360)),
    ],
)
def test_size_is_upright(turn, movie_turn, size):
    """The matrix of the track and that of the movie are applied."""
    clip = judged(clip_bytes(video(turn=turn), movie_turn=movie_turn))
    assert (clip.width, clip.height) == size


def test_a_size_that_the_track_does_not_say_is_that_of_its_pictures():
    """Some recorders leave the track's own size at zero."""
    data = clip_bytes(video())
    zeroed = data.replace(numbers(640 << 16, 360 << 16), numbers(0, 0))
    assert zeroed != data
    assert (judged(zeroed).width, judged(zeroed).height) == (640, 360)


@pytest.mark.parametrize("milliseconds", [0, 0xFFFFFFFF])
def test_a_length_that_the_movie_does_not_know_is_that_of_its_tracks(milliseconds):
    """Zero and «all ones» mean that nobody knows."""
    assert judged(clip_bytes(milliseconds=milliseconds)).seconds == 2.0


@pytest.mark.parametrize(
    ("plans", "codecs", "everywhere"),
    [
        ([video(codec=b"avc3")], ("avc3",), True),
        ([video(codec=b"av01"), sound()], ("av01", "mp4a"), False),
        ([video(codec=b"vp09"), sound(codec=b"Opus")], ("vp09", "Opus"), False),
        ([video(), sound(codec=b"fLaC")], ("avc1", "fLaC"), False),
        ([video(), video(codec=b"jpeg"), sound(), sound(codec=b"apac")], ("avc1", "mp4a"), True),
    ],
)
def test_codecs_that_play(plans, codecs, everywhere):
    """Those that only some browsers play are marked; tracks beside them that none plays do not count."""
    clip = judged(clip_bytes(*plans))
    assert (clip.codecs, clip.everywhere) == (codecs, everywhere)


def test_quicktime_is_taken_for_its_codecs():
    """A .mov of a phone plays in browsers when its pictures do; ProRes does not."""
    assert judged(clip_bytes(brand=b"qt  ")).codecs == ("avc1", "mp4a")
    assert "Apple ProRes" in refusal(clip_bytes(video(codec=b"apcn"), brand=b"qt  "))


@pytest.mark.parametrize(
    ("plans", "words"),
    [
        ([video(codec=b"hvc1")], "stored as HEVC (H.265), which many browsers do not play. Export as H.264."),
        ([video(codec=b"hev1")], "HEVC (H.265)"),
        ([video(codec=b"mp4v")], "MPEG-4 Visual"),
        ([video(codec=b"dvh1")], "Dolby Vision"),
        ([video(codec=b"<b>\xff")], "stored as b,"),
        ([video(codec=b"\1\2\3\4")], "stored as ?,"),
        ([video(profile=HIGH_10)], "H.264 with more colour than browsers play"),
        ([video(), sound(codec=b"sowt")], "sound is stored as PCM"),
        ([video(), sound(codec=b"ac-3")], "Export as H.264 with AAC sound"),
        ([video(codec=b"encv")], "copy-protected"),
        ([video(), sound(codec=b"enca")], "copy-protected"),
        ([video(in_entry=box(b"sinf", box(b"frma", b"avc1")))], "copy-protected"),
        ([sound()], "no video in this file"),
        ([positions()], "no video in this file"),
        ([video(size=(0, 0))], "no pixels"),
        ([video(size=(640, 0))], "no pixels"),
        ([video(size=(20_000, 360))], "more than 16,384 pixels"),
        ([video(samples=())], UNFINISHED),
        ([video(reference=full(b"url ", b"file:///Users/hong/film.mp4\0"))], "refers to another file"),
    ],
)
def test_tracks_that_are_refused(plans, words):
    """Each with what to do about it."""
    assert words in refusal(clip_bytes(*plans))


def test_longer_than_four_hours():
    """Four hours are taken, a second more is not."""
    assert judged(clip_bytes(milliseconds=14_400_000)).seconds == 14_400
    assert "longer than 4 hours" in refusal(clip_bytes(milliseconds=14_401_000))


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\0\0\0\x18",
        b"<!DOCTYPE html><script>alert(1)</script>",
        b'<svg xmlns="http://www.w3.org/2000/svg"></svg>',
        b"PK\3\4" + bytes(60),
        b"\xff\xd8\xff\xe0\0\x10JFIF" + bytes(60),
        b"\x1a\x45\xdf\xa3 webm" + bytes(60),
        b"RIFF\0\0\0\0AVI LIST" + bytes(60),
        clip_bytes()[24:],
        box(b"ftyp", b"isom", numbers(512), b"<script>alert(1)</script>") + clip_bytes(),
        box(b"ftyp", b"isom", numbers(512), b"isom" * 2_000) + clip_bytes(),
        box(b"ftyp", b"iso"),
    ],
)
def test_what_is_no_video(data):
    """Whatever its name says; markup finds no place at the beginning, either."""
    assert NOT_A_VIDEO in refusal(data)


def test_a_picture_is_no_video():
    """HEIC and AVIF pictures begin as videos do."""
    data = box(b"ftyp", b"heic", numbers(0), b"mif1heic") + full(b"meta", bytes(40))
    assert "no video in this file" in refusal(data + box(b"mdat", bytes(10)))


def test_fragments():
    """Files as streaming servers write them cannot be searched by a player."""
    assert "stored in fragments" in refusal(clip_bytes(behind=box(b"moof", bytes(8))))
    assert "stored in fragments" in refusal(clip_bytes(in_moov=box(b"mvex", bytes(8))))


def test_a_recording_that_was_not_finished():
    """The description comes last; without it there are only samples."""
    data = clip_bytes(moov_first=False)
    assert UNFINISHED in refusal(data[: data.index(b"moov") - 4])


def test_a_last_box_that_breaks_off():
    """More samples were to come, or nobody knows what."""
    assert UNFINISHED in refusal(clip_bytes(behind=numbers(100) + b"mdat"))
    assert UNFINISHED in refusal(clip_bytes(before=box(b"uuid", bytes(100)))[:60])


@pytest.mark.parametrize("moov_first", [True, False])
def test_every_place_to_cut_a_file_off(moov_first):
    """At no byte does a part of a file pass for the whole."""
    data = clip_bytes(moov_first=moov_first)
    for length in range(24, len(data)):
        assert refusal(data[:length]).startswith((UNFINISHED, "There is no video")), length


def test_a_cut_that_the_box_does_not_show():
    """A size of 0 means «up to the end»; the offsets tell that the end is missing."""
    data = clip_bytes(mdat_box=lambda kind, *parts: numbers(0) + kind + b"".join(parts))
    assert judged(data).seconds == 2.0
    assert UNFINISHED in refusal(data[:-30])


def test_sizes_of_64_bits():
    """Boxes and offsets of large files."""
    data = clip_bytes(video(wide_offsets=True), sound(), mdat_box=large_box)
    assert judged(data).codecs == ("avc1", "mp4a")
    assert UNFINISHED in refusal(data.replace(b"\1mdat\0", b"\1mdat\x7f"))
    assert judged(clean(data)) == judged(data)


@pytest.mark.parametrize("turn", [(1, 0, 0, 1), QUARTER_TURN])
def test_times_of_64_bits(turn):
    """Headers of version 1 have everything elsewhere."""
    clip = judged(clip_bytes(video(wide_times=True, turn=turn), movie_turn=QUARTER_TURN))
    assert (clip.width, clip.height) == ((360, 640) if turn[0] else (640, 360))
    assert clip.seconds == 2.0
    assert judged(clip_bytes(video(wide_times=True), milliseconds=(1 << 64) - 1)).seconds == 2.0


@pytest.mark.parametrize(("entry_version", "table_version"), [(0, 0), (1, 0), (2, 0), (1, 1)])
def test_kinds_of_sound_entries(entry_version, table_version):
    """QuickTime has more fields in front of the boxes, ISO files of the same version have not."""
    track = sound(entry_version=entry_version, table_version=table_version, in_entry=box(b"name", b"Hong"))
    copy = clean(clip_bytes(video(), track))
    assert b"Hong" not in copy and full(b"esds", b"\3\5AAC") in copy


def test_numbers_are_read_within_their_box():
    """Not from what follows, and not so many that they fill the memory."""
    data = full(b"stco", numbers(2, 7, 7)) + numbers(7)
    file, whole = io.BytesIO(data), Box(b"stco", 0, 8, len(data) - 4)
    assert list(table(file, whole, 8, 2, 4)) == [7, 7]
    with pytest.raises(VideoFileError):
        table(file, whole, 8, 3, 4)
    with pytest.raises(VideoFileError):
        number(b"\1\2", 0, 4)
    many = full(b"stco", numbers(1_000_001), bytes(4 * 1_000_001))
    with pytest.raises(VideoFileError):
        read_offsets(io.BytesIO(many), Box(b"stco", 0, 8, len(many)))


@pytest.mark.parametrize("second", [1, 2])
def test_runs_of_chunks_ascend(second):
    """Going back and forth, a small table would keep the reader busy for days."""
    data = full(b"stsc", numbers(3, 1, 1, 1, 2, 1, 1, second, 1, 1))
    with pytest.raises(VideoFileError):
        read_runs(io.BytesIO(data), Box(b"stsc", 0, 8, len(data)))


def altered(data: bytes, kind: bytes, at: int, content: bytes) -> bytes:
    """Return the file with bytes of the first box of a kind replaced; ``at`` counts from its four letters."""
    start = data.index(kind) + at
    return data[:start] + content + data[start + len(content) :]


@pytest.mark.parametrize(
    ("kind", "at", "value"),
    [
        (b"trak", -4, 4),  # shorter than a header
        (b"trak", -4, 1),  # 64 bits of nonsense
        (b"trak", -4, 0x7FFFFFFF),  # beyond what holds it
        (b"mvhd", -4, 16),
        (b"mvhd", 16, 0),  # no scale of time
        (b"tkhd", -4, 12),
        (b"mdhd", -4, 12),
        (b"stsd", 8, 0),  # no entry
        (b"stsd", 8, 2),  # one that is not there
        (b"avc1", -4, 40),
        (b"stsc", 8, 0xFFFFFFFF),
        (b"stsc", 12, 2),  # nothing said of the first chunk
        (b"stsc", 16, 0),  # chunks without samples
        (b"stsz", 12, 3),  # fewer samples than chunks have room for is well
        (b"stsz", 12, 0xFFFFFFFF),
        (b"stsz", 8, 0xFFFFFFFF),  # each sample of 4 GB
        (b"stco", 8, 0xFFFFFFFF),
        (b"stco", 8, 2),  # more samples than chunks
        (b"stco", 12, 0),  # pictures in the description
        (b"stco", 12, 0xFFFFFFF0),
        (b"dref", 8, 0),
        (b"dinf", -4, 8),
    ],
)
def test_absurd_numbers(kind, at, value):
    """Taken where it does no harm, else a sentence; never anything else."""
    data = altered(clip_bytes(), kind, at, numbers(value))
    harmless = {(b"stsz", 12, 3), (b"dref", 8, 0), (b"dinf", -4, 8)}
    if (kind, at, value) in harmless:
        assert judged(data).codecs == ("avc1", "mp4a")
    else:
        assert refusal(data).startswith((DAMAGED, UNFINISHED))


@pytest.mark.parametrize(
    "data",
    [
        clip_bytes(behind=box(b"moov", bytes(8))),
        clip_bytes(in_moov=clip_bytes()[24:132]),  # a second movie header
        clip_bytes(video(in_minf=box(b"stbl", full(b"stsd", numbers(0))))),
        clip_bytes(in_moov=box(b"trak") * 64),
        clip_bytes(in_moov=box(b"free", bytes(64 << 20))),
        clip_bytes(in_moov=box(b"free") * 1_000),
        clip_bytes(behind=box(b"free") * 50_000),
    ],
)
def test_what_could_be_read_in_two_ways_or_without_end(data):
    """Two of what there is one of, too many of what there are few of."""
    assert DAMAGED in refusal(data)


def test_depth_does_not_count():
    """Containers are looked into where the standard has them; in one another they are one box."""
    nested = b""
    for _level in range(2_000):
        nested = box(b"udta", nested)
    assert judged(clip_bytes(in_moov=nested)).seconds == 2.0


def owner_everywhere() -> bytes:
    """Return a video that names its owner in all the places in which devices do."""
    udta = box(b"udta", box(b"\xa9xyz", b"\0\x12\x15\xc7" + PLACE), box(b"\xa9mod", b"iPhone"), bytes(4))
    meta = full(b"meta", full(b"keys", b"make"), box(b"ilst", box(b"\xa9nam", b"Hong")))
    uuid = box(b"uuid", b"\xbe\x7a\xcf\xcb\x97\xa9\x42\xe8\x9c\x71\x99\x94\x91\xe3\xaf\xac", b"SN12345")
    private = (
        udta + meta + uuid + box(b"loci", PLACE) + box(b"free", b"Hong") + large_box(b"skip", b"SN12345")
    )
    return clip_bytes(
        video(in_trak=private, in_minf=private, in_entry=uuid + b"Hong"),
        sound(in_trak=private, in_entry=box(b"name", b"Hong")),
        positions(in_trak=private),
        video(codec=b"jpeg", samples=(b"iPhone",) * 4),
        before=private,
        in_moov=private + box(b"gps ", PLACE),
        in_mdat=b"freeGPS SN12345 126.9780",
        behind=private + b"SEFH SN12345 Hong",
    )


def boxes_of(data: bytes, *path: bytes) -> list[bytes]:
    """Return the kinds of the boxes at a path."""
    kinds, position = [], 0
    while position + 8 <= len(data):
        size, kind = struct.unpack_from(">I4s", data, position)
        size = struct.unpack_from(">Q", data, position + 8)[0] if size == 1 else size
        if path and kind == path[0]:
            return boxes_of(data[position + 8 : position + size], *path[1:])
        kinds.append(kind)
        position += size
    return kinds


def test_nothing_of_the_owner_is_left():
    """Not in a box, not among the samples, not behind the last box; and no byte has moved."""
    data = owner_everywhere()
    assert all(secret in data for secret in SECRETS)
    copy = clean(data)
    assert [secret for secret in SECRETS if secret in copy] == []
    assert len(copy) == len(data)
    assert set(boxes_of(copy)) == {b"ftyp", b"free", b"moov", b"mdat"}
    kept = [b"mvhd", b"trak", b"trak", b"free", b"free"]
    assert boxes_of(copy, b"moov")[:5] == kept and set(boxes_of(copy, b"moov")[5:]) == {b"free"}
    assert set(boxes_of(copy, b"moov", b"trak")) == {b"tkhd", b"mdia", b"free"}


def test_pictures_and_sound_stay_where_they_are():
    """Every sample, every table, every time of creation."""
    data = owner_everywhere()
    copy = clean(data)
    for sample in video().samples + sound().samples:
        assert copy.count(sample) == 1 and copy.index(sample) == data.index(sample)
    for kind in (b"mvhd", b"tkhd", b"mdhd", b"stts", b"stsc", b"stsz", b"stco", b"avcC", b"esds"):
        start = data.index(kind)
        end = start - 4 + int.from_bytes(data[start - 4 : start], "big")
        assert copy[start - 4 : end] == data[start - 4 : end], kind
    assert judged(copy) == judged(data)


def test_samples_in_another_order():
    """A cutting program may leave the last picture first."""
    data = clip_bytes(video(last_first=True), sound(), in_mdat=b"Hong")
    copy = clean(data)
    assert b"Hong" not in copy
    assert all(sample in copy for sample in video().samples + sound().samples)


def test_samples_within_one_another():
    """What any track needs stays."""
    plan = video(samples=(SLICE + b"A" * 200, b"A" * 10, SLICE + b"B" * 9))
    data = clip_bytes(plan, in_mdat=b"Hong")
    first = data.index(SLICE)
    copy = clean(altered(data, b"stco", 16, numbers(first + 20)))
    assert b"Hong" not in copy and plan.samples[0] in copy and plan.samples[2] in copy


def test_addresses_of_other_files():
    """An editing program leaves where the film lay on somebody's disk."""
    data = clip_bytes(video(reference=full(b"url ", b"/Users/Hong/film.mp4", flags=1)))
    assert b"Hong" in data and b"Hong" not in clean(data)


class Shrinking(io.BytesIO):
    """A target whose source gets shorter at the first write."""

    source: io.BytesIO

    def write(self, data) -> int:
        self.source.truncate(100)
        return super().write(data)


def test_a_source_that_gets_shorter():
    """Somebody deletes the upload meanwhile: no endless copying."""
    target = Shrinking()
    target.source = io.BytesIO(clip_bytes())
    with pytest.raises(VideoFileError):
        cleaned(target.source, target)


def test_what_is_clean_stays_as_it_is():
    """A second cleaning changes nothing."""
    copy = clean(owner_everywhere())
    assert clean(copy) == copy


@pytest.mark.parametrize("length", range(1, 24))
def test_bytes_behind_the_last_box(length):
    """They become zeros; eight or more become a box that players skip."""
    copy = clean(clip_bytes(behind=b"\xffHong-SN12345-iPhone-126"[:length]))
    expected = numbers(length) + b"free" + bytes(length - 8) if length >= 8 else bytes(length)
    assert copy == clean(clip_bytes()) + expected


def test_a_box_of_the_maker_that_breaks_off():
    """Behind a whole video, it is a rest like any other."""
    copy = clean(clip_bytes(behind=numbers(1_000) + b"sefdSN12345"))
    assert b"SN12345" not in copy and judged(copy).seconds == 2.0


@pytest.mark.parametrize("rest", [bytes(4), bytes(4) + b"Hong" + PLACE, b"Hong"])
def test_a_rest_within_a_box(rest):
    """QuickTime ends a container with a zero; nothing of the owner stands behind one."""
    copy = clean(clip_bytes(in_moov=rest))
    assert b"Hong" not in copy and PLACE not in copy
    assert judged(copy) == judged(clip_bytes())


def test_refused_before_anything_is_written():
    """A file that does not play leaves no half copy."""
    target = io.BytesIO()
    with pytest.raises(VideoFileError):
        cleaned(io.BytesIO(clip_bytes(video(codec=b"hvc1"))), target)
    assert target.getvalue() == b""


def test_the_file_is_left_at_its_beginning():
    """Whoever comes next can read it."""
    file = io.BytesIO(clip_bytes())
    inspect(file)
    assert file.tell() == 0
    cleaned(file, io.BytesIO())
    assert file.tell() == 0
    broken = io.BytesIO(clip_bytes()[:-40])
    with pytest.raises(VideoFileError):
        inspect(broken)
    assert broken.tell() == 0


def test_a_large_file_takes_little_memory(tmp_path):
    """500 MB that lie in the file as a hole: 1 MB at a time, and only descriptions are read."""
    path, copy = tmp_path / "long.mp4", tmp_path / "copy.mp4"
    path.write_bytes(clip_bytes())
    with path.open("ab") as file:
        file.write(numbers(500 << 20) + b"junk")
        file.truncate(path.stat().st_size + (500 << 20))
    tracemalloc.start()
    with path.open("rb") as source, copy.open("wb") as target:
        inspect(source)
        _now, most = tracemalloc.get_traced_memory()
        assert most < 1 << 20
        cleaned(source, target)
        _now, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 4 << 20 and copy.stat().st_size == path.stat().st_size


WHOLE = owner_everywhere()
SMALL = clip_bytes()
changes = st.lists(
    st.tuples(
        st.floats(0, 1, exclude_max=True),
        st.sampled_from(["put", "put", "put", "cut", "add"]),
        st.one_of(
            st.binary(min_size=1, max_size=8),
            st.sampled_from([numbers(0), numbers(1), numbers(8), numbers(0x7FFFFFFF), numbers(0xFFFFFFFF)]),
            st.sampled_from(
                [b"trak", b"moov", b"mdat", b"free", b"stbl", b"vide", b"soun", b"meta", b"avc1"]
            ),
        ),
    ),
    max_size=6,
)


def mutated(data: bytes, steps: list[tuple[float, str, bytes]]) -> bytes:
    """Return the file with bytes overwritten, left out or put in."""
    for where, how, content in steps:
        at = int(where * len(data))
        kept = at if how == "add" else at + len(content)
        data = data[:at] + (b"" if how == "cut" else content) + data[kept:]
    return data


@given(st.sampled_from([WHOLE, SMALL]), changes)
@settings(max_examples=600, deadline=2_000, suppress_health_check=[HealthCheck.too_slow])
def test_whatever_is_in_a_file(base, steps):
    """Taken or refused in words, within two seconds; what is taken can be cleaned, and is then as it was."""
    data = mutated(base, steps)
    try:
        clip = judged(data)
    except VideoFileError as error:
        assert error.messages
        return
    copy = clean(data)
    assert judged(copy) == clip and len(copy) == len(data) and clean(copy) == copy


@given(st.binary(max_size=200))
@settings(max_examples=200, deadline=2_000)
def test_any_bytes_at_all(data):
    """Also behind a good beginning."""
    for start in (b"", SMALL[:24], SMALL[:200]):
        with pytest.raises(VideoFileError):
            judged(start + data)
