"""Verbs on videos: stored, described, deleted."""

from functools import partial

from django.db import DatabaseError, transaction

from ..clips import Clip, VideoFileError, inspect
from ..models import Video
from ..videos import not_stored, publish, remove_public, write_captions


def store_video(*, video: Video, by=None) -> Video:
    """Save a new video with its file, and write what readers get of both video and captions.

    Raises ``VideoFileError`` for a file that is no video, that is here already or that the store cannot
    take; nothing is left of it then, neither a row nor a file. The files are written before the transaction
    begins, because on SQLite it keeps all others from writing.
    """
    upload = video.file.file
    video.created_by = by
    try:
        describe(video, inspect(upload))
        publish(video, upload)
        write_captions(video)
        video.file.save(video.original_name(upload.name), upload, save=False)
        with transaction.atomic():
            video.save(force_insert=True)
    except (VideoFileError, OSError, DatabaseError) as error:
        throw_away(video)
        if isinstance(error, OSError):
            raise not_stored(error) from error
        raise
    return video


def save_video(*, video: Video) -> Video:
    """Save what was changed about a video other than its file: words, poster, captions.

    Captions that are replaced stay for the pages that are open; ``check_media`` takes them away.
    Raises ``VideoFileError`` where the store does not take the captions.
    """
    try:
        write_captions(video)
    except OSError as error:
        raise not_stored(error) from error
    video.save()
    return video


def delete_video(*, video: Video) -> None:
    """Delete a video with all its files; whoever has the address gets nothing from then on."""
    original, stem = video.file, video.stem
    with transaction.atomic():
        video.delete()
        transaction.on_commit(partial(original.storage.delete, original.name))
        transaction.on_commit(partial(remove_public, stem))


def describe(video: Video, clip: Clip) -> None:
    """Set what the row says of the file."""
    video.width, video.height, video.seconds = clip.width, clip.height, clip.seconds
    video.has_sound, video.everywhere = clip.has_audio, clip.everywhere


def throw_away(video: Video) -> None:
    """Take away what was written of an upload that failed; what another row needs stays."""
    original = video.file.name if video.file._committed else ""
    if original and not Video.objects.filter(file=original).exists():
        video.file.storage.delete(original)
    if video.digest and not Video.objects.filter(digest=video.digest).exists():
        remove_public(video.stem)
