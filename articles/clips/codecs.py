"""Which codecs browsers play, and what to do about the others.

The four letters are those of sample entries in MP4 and QuickTime files (the registry at mp4ra.org).
"""

from django.utils.translation import gettext as _

from .errors import VideoFileError

# True: plays everywhere. False: some browsers and older phones do not play it.
VIDEO = {"avc1": True, "avc3": True, "av01": False, "vp09": False}
SOUND = {"mp4a": True, "Opus": False, "fLaC": False}
H264 = {"avc1", "avc3"}
PROTECTED = {"encv", "enca", "drmi", "drms"}
# Profiles of H.264 with 8 bits and halved colour: Constrained Baseline, Main, High (ITU-T H.264, annex A).
PLAIN_PROFILES = {66, 77, 100}
NAMES = {
    "hvc1": "HEVC (H.265)", "hev1": "HEVC (H.265)", "dvh1": "Dolby Vision", "dvhe": "Dolby Vision",
    "mp4v": "MPEG-4 Visual", "s263": "H.263", "jpeg": "Motion JPEG", "mjpa": "Motion JPEG", "mjpb": "Motion JPEG",
    "apcn": "Apple ProRes", "apch": "Apple ProRes", "apcs": "Apple ProRes", "apco": "Apple ProRes",
    "ap4h": "Apple ProRes", "ap4x": "Apple ProRes", "AVdn": "DNxHD", "AVdh": "DNxHR", "vvc1": "VVC (H.266)",
    "alac": "Apple Lossless", "sowt": "PCM", "twos": "PCM", "lpcm": "PCM", "in24": "PCM", "ipcm": "PCM",
    "ac-3": "Dolby Digital", "ec-3": "Dolby Digital", "apac": "APAC", "samr": "AMR", "sawb": "AMR",
}  # fmt: skip


def name_of(codec: str) -> str:
    """Return what people call a codec; its four letters where they are the only name, without odd characters."""
    letters = "".join(letter for letter in codec if letter.isascii() and letter.isalnum())
    return NAMES.get(codec) or letters or "?"


def refused_video(codec: str) -> VideoFileError:
    """Return the error for pictures that many browsers do not show."""
    return VideoFileError(
        _("The video is stored as %(codec)s, which many browsers do not play. Export as H.264.")
        % {"codec": name_of(codec)}
    )


def refused_sound(codec: str) -> VideoFileError:
    """Return the error for sound that many browsers do not play."""
    return VideoFileError(
        _(
            "The sound is stored as %(codec)s, which many browsers do not play. Export as H.264 with AAC sound."
        )
        % {"codec": name_of(codec)}
    )


def refused_profile() -> VideoFileError:
    """Return the error for H.264 as cameras write it for the cutting room."""
    return VideoFileError(
        _("The video is H.264 with more colour than browsers play. Export as H.264 with 8 bits (4:2:0).")
    )


def refused_protection() -> VideoFileError:
    """Return the error for an encrypted track."""
    return VideoFileError(_("The video is copy-protected. Upload a file without protection."))
