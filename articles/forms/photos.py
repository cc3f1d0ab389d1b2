"""The forms of photos: on their own page, and in a story where a new one can be uploaded in its row."""

from django import forms
from django.db import models, transaction
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .. import actions
from ..editor import GrowingTextarea, WordsField
from ..images import upright
from ..models import Photo, Placement
from ..signals import photo_changed
from ..text import clean_line, clean_lines


def named(model: type[models.Model], field: str) -> str:
    """Return the label of a model's field as Django's own form fields show it (lazily translated)."""
    return capfirst(model._meta.get_field(field).verbose_name)


class PhotoFileField(forms.FileField):
    """A file that ``images`` can open; anything else is an error of this field, before a row is made."""

    def to_python(self, data):
        file = super().to_python(data)
        if file is not None:
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
        fields = ("photo", "place", "order", "caption", "after_paragraph")

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
