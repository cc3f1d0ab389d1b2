"""An uploaded video: the file as it came, the copy that readers get, its captions and words."""

import posixpath
import textwrap
from urllib.parse import quote

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import models
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _

from ..html import video_ids
from ..text import clean_line
from .photo import Photo, original_storage

SUFFIXES = (".mp4", ".mov", ".m4v")
FOLDER = "videos/"
POSTER_WIDTH = 1200
# Signs of a line of a title, and lines, that a drawn poster shows.
GROUND_LINE, GROUND_LINES = 18, 3


class Language(models.TextChoices):
    """In what captions are written, by its code in HTML; each calls itself by its own name."""

    KOREAN = "ko", "한국어"
    ENGLISH = "en", "English"
    CHINESE = "zh", "中文"
    JAPANESE = "ja", "日本語"
    VIETNAMESE = "vi", "Tiếng Việt"


class Video(models.Model):
    """A video. ``file`` is the untouched original; readers get ``name``, the copy without what cameras note.

    ``digest`` names the content of that copy, so that the same video is stored once. ``captions`` is WebVTT
    as ``clips.clean_captions`` writes it; readers get it as the file ``captions_name``.
    """

    file = models.FileField(_("file"), storage=original_storage, upload_to="%Y/%m")
    digest = models.CharField(max_length=32, editable=False, unique=True)
    width = models.PositiveIntegerField(default=0, editable=False)
    height = models.PositiveIntegerField(default=0, editable=False)
    seconds = models.FloatField(_("length in seconds"), default=0, editable=False)
    has_sound = models.BooleanField(default=False, editable=False)
    # Whether every browser plays it; HEVC, for one, is not.
    everywhere = models.BooleanField(default=True, editable=False)

    title = models.CharField(
        _("title of the video"), max_length=200,
        help_text=_("What is to be seen; read aloud to those who cannot see it."),
    )  # fmt: skip
    caption = models.TextField(_("caption of the video"), max_length=600, blank=True)
    credit = models.CharField(_("credit"), max_length=80, blank=True, help_text=_("Who made the video."))
    poster = models.ForeignKey(
        Photo, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("poster"),
        help_text=_("The photo that stands in its place until it is played."),
    )  # fmt: skip
    captions = models.TextField(blank=True, editable=False)
    captions_digest = models.CharField(max_length=16, blank=True, editable=False)
    language = models.CharField(
        _("language of the captions"), max_length=5, choices=Language.choices, default=Language.KOREAN
    )
    created_at = models.DateTimeField(_("uploaded"), default=timezone.now, editable=False, db_index=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, related_name="+",
        verbose_name=_("uploaded by"),
    )  # fmt: skip

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name = _("video")
        verbose_name_plural = _("videos")

    def __str__(self) -> str:
        return clean_line(self.title)[:60] or f"#{self.pk}"

    def original_name(self, filename: str) -> str:
        """Return the name of an original within its month: by its content, with the ending it came with."""
        suffix = posixpath.splitext(filename)[1].lower()
        return f"{self.digest}{suffix if suffix in SUFFIXES else SUFFIXES[0]}"

    @property
    def stem(self) -> str:
        """What the names of its public files begin with."""
        return f"{FOLDER}{self.digest[:2]}/{self.digest}"

    @property
    def name(self) -> str:
        """The name of the public file."""
        return f"{self.stem}.mp4"

    @property
    def captions_name(self) -> str:
        """The name of the captions file, which is another for other words; «» without captions."""
        return f"{self.stem}-{self.captions_digest}.vtt" if self.captions_digest else ""

    @property
    def names(self) -> list[str]:
        """The names of all public files that there have to be."""
        return [*filter(None, [self.name, self.captions_name])]

    @property
    def url(self) -> str:
        """The address of the video."""
        return default_storage.url(self.name)

    @property
    def captions_url(self) -> str:
        """The address of the captions, «» without."""
        return default_storage.url(self.captions_name) if self.captions_digest else ""

    @property
    def shown_poster(self) -> Photo | None:
        """The poster, where readers may see it."""
        poster = self.poster
        return poster if poster and poster.width and poster.is_usable() else None

    @property
    def poster_url(self) -> str:
        """The address of the shown poster, as wide as a column of text on a sharp screen; else of a quiet ground."""
        return self.shown_poster.url(POSTER_WIDTH) if self.shown_poster else ground(self)

    @property
    def is_tall(self) -> bool:
        """Whether it is higher than wide."""
        return self.height > self.width

    @property
    def clock(self) -> str:
        """The length as players write it: «0:07», «1:02:03»."""
        minutes, seconds = divmod(max(1, round(self.seconds)), 60)
        hours, minutes = divmod(minutes, 60)
        return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"


def ground(video: Video) -> str:
    """Return a drawn poster as an address of its own: the title, light on dark as the buttons of players."""
    width, height = video.width, video.height
    size = max(1, min(width // 22, height // 8))
    lines = textwrap.wrap(video.title, GROUND_LINE, max_lines=GROUND_LINES, placeholder=" …")
    top = height / 2 - size * 1.5 * len(lines) / 2
    words = format_html_join(
        "",
        '<text x="50%" y="{}" text-anchor="middle" font-family="sans-serif" font-weight="600" font-size="{}" '
        'fill="#e9e6df">{}</text>',
        ((round(top + size * 1.5 * number), size, line) for number, line in enumerate(lines)),
    )
    drawing = format_html(
        '<svg xmlns="http://www.w3.org/2000/svg" width="{}" height="{}"><rect width="100%" height="100%" '
        'fill="#2b2925"/>{}</svg>',
        width,
        height,
        words,
    )
    return f"data:image/svg+xml,{quote(drawing)}"


def videos_in(story) -> dict[int, Video]:
    """Return the videos that the text of ``story`` (anything with a ``body``) names, by key, in their order.

    One query for a story in memory, none where it names none: the page's head and text ask both.
    """
    keys = video_ids(story.body)
    if not keys:
        return {}
    asked, found = getattr(story, "_videos", ((), {}))
    if asked != keys:
        rows = Video.objects.defer("captions").select_related("poster").in_bulk(keys)
        found = {key: rows[key] for key in keys if key in rows}
        story._videos = keys, found
    return found
