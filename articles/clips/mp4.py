"""What an uploaded MP4 or QuickTime video is, judged by its boxes and not by its name."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from heapq import merge
from typing import BinaryIO

from django.utils.translation import gettext as _

from .boxes import MOST_AT_TOP, Box, box_at, children, every, number, only, payload, walk
from .codecs import SOUND, VIDEO, refused_profile, refused_protection, refused_sound, refused_video
from .errors import VideoFileError, damaged, not_a_video, unfinished
from .samples import Span, spans_of
from .tracks import SOUND_HANDLER, VIDEO_HANDLER, Track, is_sideways, length, read_track

MOST_SECONDS = 4 * 60 * 60
MOST_TRACKS = 64
MAX_SIDE = 16_384
# The description of four hours takes some 30 MB; more is made to use up memory.
MOST_DESCRIPTION = 64 << 20
MOST_BRANDS = 4_096
# Brands are letters; anything else would let markup stand at the beginning of the file.
BRANDS = re.compile(rb"[A-Za-z0-9 .\0]{4}.{4}[A-Za-z0-9 .\0]*", re.DOTALL)
MAKES_A_VIDEO = {b"moov", b"mdat", b"moof"}


@dataclass(frozen=True)
class Clip:
    """A video that readers can be shown. ``everywhere`` is False when some browsers do not play its codecs."""

    width: int
    height: int
    seconds: float
    codecs: tuple[str, ...]
    has_audio: bool
    quick_start: bool
    everywhere: bool


@dataclass(frozen=True)
class Movie:
    """The parts of a file: the boxes at its top, where they end, and the tracks that readers get."""

    size: int
    boxes: tuple[Box, ...]
    moov: Box
    tracks: tuple[Track, ...]

    @property
    def end(self) -> int:
        """Return where the last box ends and bytes begin that belong to none."""
        return self.boxes[-1].end

    @property
    def mdats(self) -> list[Box]:
        """Return the boxes that hold samples."""
        return every(self.boxes, b"mdat")

    def spans(self, file: BinaryIO) -> Iterator[Span]:
        """Yield the beginning and end of every chunk of samples of the tracks, in the order of the file."""
        return merge(*(spans_of(file, track.stbl) for track in self.tracks))


def inspect(file: BinaryIO) -> Clip:
    """Return what the video in ``file`` is; raise ``VideoFileError`` for what readers cannot be shown.

    Reads the headers of the file and leaves it at its beginning.
    """
    try:
        movie = open_movie(file)
        header = payload(file, only(children(file, movie.moov), b"mvhd"))
    finally:
        file.seek(0)
    video = next(track for track in movie.tracks if track.handler == VIDEO_HANDLER)
    codecs = tuple(track.codec for track in movie.tracks)
    width, height = turned(video.size, header)
    return Clip(
        width=width,
        height=height,
        seconds=checked_length(length(header) or max(track.seconds for track in movie.tracks)),
        codecs=codecs,
        has_audio=any(track.handler == SOUND_HANDLER for track in movie.tracks),
        quick_start=movie.moov.start < movie.mdats[0].start,
        everywhere=all((VIDEO | SOUND)[codec] for codec in codecs),
    )


def open_movie(file: BinaryIO) -> Movie:
    """Return the parts of ``file``; raise ``VideoFileError`` unless it is one whole video that browsers play."""
    size = file.seek(0, 2)
    boxes = top_boxes(file, size)
    if every(boxes, b"moof"):
        raise fragmented()
    if not every(boxes, b"moov"):
        raise unfinished() if every(boxes, b"mdat") and not every(boxes, b"meta") else no_video()
    moov = only(boxes, b"moov")
    if moov.end - moov.body > MOST_DESCRIPTION:
        raise damaged()
    inside = children(file, moov)
    if every(inside, b"mvex"):
        raise fragmented()
    traks = every(inside, b"trak")
    if len(traks) > MOST_TRACKS:
        raise damaged()
    tracks = playable([read_track(file, trak) for trak in traks])
    movie = Movie(size, tuple(boxes), moov, tuple(tracks))
    require_samples(file, movie)
    return movie


def top_boxes(file: BinaryIO, size: int) -> list[Box]:
    """Return the boxes at the top of a file; raise ``VideoFileError`` when it is no MP4 or ends within one.

    Cameras put data of their own behind the last box; that is let pass.
    """
    first = box_at(file, 0, size)
    if first is None or first.kind != b"ftyp" or first.end - first.body > MOST_BRANDS:
        raise not_a_video()
    if not BRANDS.fullmatch(payload(file, first)):
        raise not_a_video()
    boxes = list(walk(file, 0, size, MOST_AT_TOP))
    beyond = box_at(file, boxes[-1].end if boxes else 0, size)
    has_all = {b"moov", b"mdat"} <= {box.kind for box in boxes}
    if beyond and (beyond.kind in MAKES_A_VIDEO or not has_all):
        raise unfinished()
    return boxes


def playable(tracks: list[Track]) -> list[Track]:
    """Return the tracks of pictures and sound that browsers play; raise ``VideoFileError`` when they are not enough.

    Others (a preview, surround sound, positions) stand beside them in files of phones and cameras.
    """
    videos = [track for track in tracks if track.handler == VIDEO_HANDLER]
    sounds = [track for track in tracks if track.handler == SOUND_HANDLER]
    if not videos:
        raise no_video()
    if not any(track.plays for track in videos):
        raise why_not(videos[0], refused_video(videos[0].codec))
    if sounds and not any(track.plays for track in sounds):
        raise why_not(sounds[0], refused_sound(sounds[0].codec))
    return [track for track in tracks if track in videos + sounds and track.plays]


def why_not(track: Track, codec_error: VideoFileError) -> VideoFileError:
    """Return the error for a track that browsers do not play."""
    if track.is_protected:
        return refused_protection()
    return codec_error if track.has_plain_profile else refused_profile()


def require_samples(file: BinaryIO, movie: Movie) -> None:
    """Raise ``VideoFileError`` unless there are samples, and all lie in boxes that are there."""
    bodies = [(box.body, box.end) for box in movie.mdats]
    starts = [start for start, _end in bodies]
    count = 0
    for start, end in movie.spans(file):
        place = bisect_right(starts, start) - 1
        if end > movie.size:
            raise unfinished()
        if start < end and (place < 0 or end > bodies[place][1]):
            raise damaged()
        count += start < end
    if not count:
        raise unfinished()


def turned(size: tuple[int, int], mvhd: bytes) -> tuple[int, int]:
    """Return the size with the movie's own matrix applied; raise ``VideoFileError`` when nothing could be seen."""
    at = 48 if number(mvhd, 0, 1) == 1 else 36
    width, height = size[::-1] if is_sideways(mvhd, at) else size
    if not width or not height:
        raise VideoFileError(_("The video has no pixels: its width or height is zero. Export it again."))
    if max(width, height) > MAX_SIDE:
        raise VideoFileError(_("The video has a side of more than 16,384 pixels. Export it smaller."))
    return width, height


def checked_length(seconds: float) -> float:
    """Return the length; raise ``VideoFileError`` when it is more than an article can hold."""
    if seconds > MOST_SECONDS:
        raise VideoFileError(_("The video is longer than 4 hours. Cut it."))
    return seconds


def no_video() -> VideoFileError:
    """Return the error for a file of sound only, or a picture."""
    return VideoFileError(_("There is no video in this file, only sound or pictures."))


def fragmented() -> VideoFileError:
    """Return the error for a file as streaming servers and some recorders write it."""
    return VideoFileError(
        _("The video is stored in fragments, as for streaming. Export it as an ordinary MP4 file.")
    )
