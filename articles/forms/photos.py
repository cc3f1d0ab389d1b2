"""The forms of photos: on their own page, in the dialog, as a field of a story, in a row of a story."""

import os

from django import forms
from django.contrib import admin
from django.core.files.uploadedfile import UploadedFile
from django.db import models, transaction
from django.template.defaultfilters import filesizeformat
from django.template.loader import render_to_string
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .. import actions
from ..editor import GrowingTextarea, WordsField
from ..errors import PhotoFileError
from ..images import upright
from ..models import Article, Photo, Placement
from ..signals import photo_changed
from ..text import clean_line, clean_lines
from .rows import Picker

# Bytes of an upload; the JPEG of a camera with 100 megapixels has about 50 million.
MAX_FILE = 80 * 1024 * 1024
# A file system counts bytes, and a Hangul syllable has three: 255 hold no more of them.
MAX_STEM = 60


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
    """A file that ``images`` can open; anything else is an error of this field, before a row is made."""

    def to_python(self, data):
        file = super().to_python(data)
        if file is not None:
            checked_file(file)
            upright(file.read())
            file.seek(0)
        return file


class PhotoInput(forms.ClearableFileInput):
    """A file chooser for pictures (a phone offers its camera)."""

    template_name = "django/forms/widgets/file.html"

    def __init__(self, attrs: dict | None = None) -> None:
        super().__init__({"accept": "image/*", "data-photo-file": ""} | (attrs or {}))


class PhotoForm(forms.ModelForm):
    """A photo on its own page."""

    file = PhotoFileField(label=named(Photo, "file"), widget=PhotoInput)


class LineField(forms.CharField):
    """One line, in the form that is stored."""

    def to_python(self, value) -> str:
        return clean_line(super().to_python(value))


class CaptionField(WordsField):
    """Lines in the form that is stored."""

    def to_python(self, value) -> str:
        return clean_lines(super().to_python(value))


class PhotoWordsForm(forms.ModelForm):
    """What the dialog changes about a photo: its words and its focal point."""

    class Meta:
        model = Photo
        fields = ("caption", "alt", "photographer", "credit", "focal_x", "focal_y")
        field_classes = {"caption": CaptionField, "alt": LineField, "credit": LineField}


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


def save_words(photo: Photo) -> None:
    """Save what was changed about a photo other than its file."""
    with transaction.atomic():
        photo.save()
        photo_changed.send(Photo, photo=photo)


class PlacementForm(forms.ModelForm):
    """A photo in a story: one that there is, or a new one from a file.

    ``alt`` and ``credit`` belong to the photo and are changed on it. ``user`` is set by the admin.
    """

    user = None

    upload = PhotoFileField(label=capfirst(gettext_lazy("new photo")), required=False, widget=PhotoInput)
    alt = forms.CharField(label=named(Photo, "alt"), max_length=300, required=False)
    credit = forms.CharField(label=named(Photo, "credit"), max_length=80, required=False)
    caption = WordsField(
        label=named(Photo, "caption"), max_length=600, required=False, widget=GrowingTextarea
    )

    class Meta:
        model = Placement
        fields = ("photo", "place", "order", "caption")

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        if "photo" not in self.fields:
            return
        self.fields["photo"].required = False
        if self.instance.pk:
            photo = self.instance.photo
            self.initial |= {"alt": photo.alt, "credit": photo.credit}
            self.fields["caption"].widget.attrs["placeholder"] = photo.caption
        if not self.user.has_perm("articles.add_photo"):
            del self.fields["upload"]
        if not self.user.has_perm("articles.change_photo"):
            self.fields["alt"].disabled = self.fields["credit"].disabled = True

    def clean(self) -> dict:
        cleaned = super().clean()
        # A photo that was stored stays chosen when another field sends the form back: browsers do not
        # keep a chosen file, and nobody should have to look for it again.
        if cleaned.get("upload") and not self.errors:
            photo = cleaned["photo"] = self.store(cleaned)
            self.instance.photo = photo
            self.data = self.data.copy()
            self.data[self.add_prefix("photo")] = str(photo.pk)
        elif not cleaned.get("photo") and not self.errors:
            self.add_error("photo", _("Choose a photo or upload a new one."))
        return cleaned

    def store(self, cleaned: dict) -> Photo:
        """Make the uploaded file a photo of the paper, with the words typed beside it."""
        photo = Photo(
            file=cleaned["upload"],
            caption=clean_lines(cleaned.get("caption", "")),
            alt=clean_line(cleaned.get("alt", "")),
            credit=clean_line(cleaned.get("credit", "")),
        )
        return actions.store_photo(photo=photo, by=self.user)

    def save(self, commit: bool = True) -> Placement:
        placement, photo = super().save(commit=False), self.instance.photo
        if placement.caption == photo.caption:
            placement.caption = ""
        words = {name for name in ("alt", "credit") if name in self.changed_data}
        changed = {name for name in words if getattr(photo, name) != self.cleaned_data[name]}
        for name in changed:
            setattr(photo, name, clean_line(self.cleaned_data[name]))
        if changed:
            save_words(photo)
        if commit:
            placement.save()
        return placement
