"""The forms of photos: on their own page, in the dialog, as a field of a story, in a row of a story."""

import os

from django import forms
from django.contrib import admin
from django.core.files.uploadedfile import UploadedFile
from django.db import models
from django.template.defaultfilters import filesizeformat
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..editor import WordsField
from ..errors import PhotoFileError
from ..images import digest_of
from ..intake import alike
from ..models import Article, Photo
from ..pictures.likeness import fingerprint
from ..pictures.opening import upright
from ..text import clean_line, clean_lines
from .rows import Picker

# Bytes of an upload; the JPEG of a camera with 100 megapixels has about 50 million.
MAX_FILE = 80 * 1024 * 1024
# A file system counts bytes, and a Hangul syllable has three: 255 hold no more of them.
MAX_STEM = 60
# Fields of one line.
LINES = ("headline", "alt", "credit", "copyright", "keywords", "city", "contract", "rights")


def named(model: type[models.Model], field: str) -> str:
    """Return the label of a model's field as Django's own form fields show it (lazily translated)."""
    return capfirst(model._meta.get_field(field).verbose_name)


def checked_file(file: UploadedFile) -> None:
    """Give an upload a name that can be stored; raise PhotoFileError for one of too many bytes."""
    if file.size > MAX_FILE:
        raise PhotoFileError(
            _("The file has %(size)s; a photo may have %(limit)s at most. Make it smaller.")
            % {"size": filesizeformat(file.size), "limit": filesizeformat(MAX_FILE)}
        )
    stem, suffix = os.path.splitext(clean_line(file.name))
    kept = "".join(sign for sign in stem if sign.isalnum() or sign in "-_ ").strip()
    file.name = f"{kept[:MAX_STEM] or 'photo'}{suffix if suffix[1:].isalnum() and suffix.isascii() else ''}"


class PhotoFileField(forms.FileField):
    """A file that ``images`` can open; anything else is an error of this field, before a row is made.

    The file gets a ``digest`` and a ``mark``, its fingerprint.
    """

    def to_python(self, data):
        file = super().to_python(data)
        if file is not None:
            checked_file(file)
            content = file.read()
            file.digest, file.mark = digest_of(content), fingerprint(upright(content))
            file.seek(0)
        return file


class PhotoInput(forms.ClearableFileInput):
    """A file chooser for pictures (a phone offers its camera)."""

    template_name = "django/forms/widgets/file.html"

    def __init__(self, attrs: dict | None = None) -> None:
        super().__init__({"accept": "image/*", "data-photo-file": ""} | (attrs or {}))


class LineField(forms.CharField):
    """One line, in the form that is stored."""

    def to_python(self, value) -> str:
        return clean_line(super().to_python(value))


class CaptionField(WordsField):
    """Lines in the form that is stored."""

    def to_python(self, value) -> str:
        return clean_lines(super().to_python(value))


class PhotoForm(forms.ModelForm):
    """A photo on its own page."""

    file = PhotoFileField(label=named(Photo, "file"), widget=PhotoInput)
    anyway = forms.BooleanField(
        label=gettext_lazy("Upload all the same"), required=False, widget=forms.HiddenInput
    )

    class Meta:
        field_classes = {"caption": CaptionField} | dict.fromkeys(LINES, LineField)

    def clean(self) -> dict:
        cleaned = super().clean()
        file = cleaned.get("file")
        if file and "file" in self.changed_data and not cleaned.get("anyway"):
            others = alike(file.mark, digest=file.digest, besides=self.instance.pk)
            if others:
                self.fields["anyway"].widget = forms.CheckboxInput()
                self.add_error("file", self.looks_like(others))
        return cleaned

    def looks_like(self, others: list[Photo]) -> forms.ValidationError:
        """Return the error that shows the photos which the new one looks like."""
        known = [
            (reverse("admin:articles_photo_change", args=[photo.pk]), str(photo), photo.credit_line)
            for photo in others
        ]
        links = format_html_join(", ", '<a href="{}" target="_blank" rel="noopener">{}</a> {}', known)
        words = _(
            "This picture looks like one that is here already. Nothing was saved. If it is to be uploaded all "
            "the same, tick the box and choose the file again:"
        )
        return forms.ValidationError(format_html("{} {}", words, links))


class PhotoWordsForm(forms.ModelForm):
    """What the dialog changes about a photo: its words and its focal point."""

    class Meta:
        model = Photo
        fields = (
            "caption", "alt", "photographer", "credit", "focal_x", "focal_y",
            "headline", "copyright", "keywords", "city",
        )  # fmt: skip
        field_classes = {"caption": CaptionField} | dict.fromkeys(LINES, LineField)


class LeadPhotoInput(Picker):
    """The lead photo of a story: its picture with buttons (``desk/photo-lead.js``).

    They open the photo dialog, which the page has to include (``admin/articles/photos/dialog.html``).
    Without the dialog or its script the field is the admin's own, chosen by typing. ``caption`` is the
    name of the field with the caption in this story; it shows the photo's own where it is empty.
    """

    def __init__(self, attrs: dict | None = None, *, caption: str = "lead_caption") -> None:
        super().__init__(Article._meta.get_field("lead_photo"), admin.site, attrs)
        self.caption = caption

    def render(self, name: str, value, attrs: dict | None = None, renderer=None) -> str:
        plain = super().render(name, value, attrs, renderer)
        context = {"plain": plain, "caption": self.caption, "id": (attrs or {}).get("id", "")}
        return render_to_string("admin/articles/photos/_lead.html", context)
