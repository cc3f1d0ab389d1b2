"""The form of videos."""

from django import forms
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..clips import VideoFileError, clean_captions, inspect
from ..clips.captions import MOST_BYTES as MOST_CAPTIONS
from ..models import Video
from ..models.video import SUFFIXES
from ..videos import not_stored
from .photos import CaptionField, LineField

# Bytes of an upload: half an hour at the rate that is fit for the web.
MAX_VIDEO = 500 * 1024 * 1024


class VideoFileField(forms.FileField):
    """A file that browsers play; anything else is an error of this field, before a row is made.

    The file gets ``clip``, what ``clips.inspect`` says of it.
    """

    widget = forms.FileInput(attrs={"accept": ",".join(["video/mp4", "video/quicktime", *SUFFIXES])})

    def to_python(self, data):
        file = super().to_python(data)
        if file is not None:
            if file.size > MAX_VIDEO:
                raise VideoFileError(
                    _(
                        "The file has %(size)s; a video may have %(limit)s at most. Export it smaller, or cut it."
                    )
                    % {"size": filesizeformat(file.size), "limit": filesizeformat(MAX_VIDEO)}
                )
            if getattr(file, "fault", None):
                raise not_stored(file.fault)
            file.clip = inspect(file)
        return file


class CaptionsField(forms.FileField):
    """A captions file, as the safe WebVTT that is stored of it."""

    widget = forms.FileInput(attrs={"accept": ".vtt,.srt,text/vtt"})

    def to_python(self, data) -> str | None:
        file = super().to_python(data)
        if file is None:
            return None
        if getattr(file, "fault", None):
            raise not_stored(file.fault)
        # One byte more than is allowed is enough to be refused.
        return clean_captions(file.read(MOST_CAPTIONS + 1))


class VideoForm(forms.ModelForm):
    """A video on its own page; its file is given once."""

    file = VideoFileField(
        label=gettext_lazy("Video file"),
        help_text=gettext_lazy("MP4 (H.264), up to 500 MB. The place and the device are taken out of it."),
    )
    captions_file = CaptionsField(
        label=gettext_lazy("Captions file"), required=False, help_text=gettext_lazy("WebVTT or SubRip (.vtt, .srt).")
    )  # fmt: skip
    without_captions = forms.BooleanField(label=gettext_lazy("Take the captions away"), required=False)

    class Meta:
        model = Video
        fields = ("title", "caption", "credit", "poster", "language")
        field_classes = {"caption": CaptionField} | dict.fromkeys(("title", "credit"), LineField)

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.fields.pop("file", None)
        if not self.instance.captions_digest:
            self.fields.pop("without_captions", None)

    def clean(self) -> dict:
        cleaned = super().clean()
        captions = cleaned.get("captions_file")
        if captions and cleaned.get("without_captions"):
            self.add_error("captions_file", _("Give a captions file or take the captions away, not both."))
        elif captions:
            self.instance.captions = captions
        elif cleaned.get("without_captions"):
            self.instance.captions = ""
        return cleaned
