"""The error that the code of videos raises, and the sentences that several of its modules say."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _


class VideoFileError(ValidationError):
    """A video or captions file cannot be shown to readers; carries a sentence for the person who uploaded it."""


def not_a_video() -> VideoFileError:
    """Return the error for a file that is something else, whatever its name says."""
    return VideoFileError(
        _("This file is not an MP4 video. Export the video as MP4 (H.264) and upload that.")
    )


def unfinished() -> VideoFileError:
    """Return the error for a file that ends too early."""
    return VideoFileError(
        _("The video is not complete: the recording was not finished, or the file was cut off on its way.")
    )


def damaged() -> VideoFileError:
    """Return the error for a file whose parts contradict each other."""
    return VideoFileError(_("The video file is damaged. Export the video again and upload the new file."))
