"""The form of a story: what an editor typed becomes a version of it, and none of it is lost."""

from django import forms
from django.forms.utils import ErrorDict
from django.http import HttpRequest, QueryDict
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..access import may_edit
from ..editor import BodyField, GrowingTextarea, MomentInput, WordsField
from ..models import Article, Byline, Photo, Placement, RelatedArticle
from ..snapshots import KEYS, Snapshot
from ..tagging import join_names
from ..text import clean_line
from .photos import LeadPhotoInput, named
from .rows import Picker
from .tags import TagsField

# Lines that are stored in normal form, which may be longer than what was typed.
LINES = ("kicker", "headline", "list_title", "source_name", "dateline")
PLAIN = (*LINES, "deck", "origin", "ai_use", "comments_open", "body", "lead_caption", "tags")
REASON_LENGTH = 1000
NOTE_LENGTH = 200


class ArticleForm(forms.ModelForm):
    """A story on the desk.

    Set by the admin: ``request``; ``shown``, the version that the page shows; ``formsets``, the rows of the
    story; ``as_typed``, words that were typed earlier and not saved, which are shown again unjudged.
    ``seen`` is the number of the version that the person had before them.
    """

    request: HttpRequest
    shown = Snapshot()
    formsets: tuple = ()
    as_typed: QueryDict | None = None
    late = False

    body = BodyField(label=capfirst(Article._meta.get_field("body").verbose_name), required=False)
    lead_photo = forms.ModelChoiceField(
        label=capfirst(Placement.Place.LEAD.label), queryset=Photo.objects.all(), required=False,
        widget=LeadPhotoInput,
    )  # fmt: skip
    lead_caption = WordsField(
        label=named(Placement, "caption"), max_length=600, required=False, widget=GrowingTextarea
    )
    tags = TagsField(
        label=capfirst(Article._meta.get_field("tags").verbose_name),
        required=False,
        help_text=Article._meta.get_field("tags").help_text,
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)
    change_note = forms.CharField(
        label=gettext_lazy("note on the change"), max_length=NOTE_LENGTH, required=False
    )
    change_at = forms.DateTimeField(label=gettext_lazy("from"), required=False, widget=MomentInput)
    reason = forms.CharField(
        label=gettext_lazy("reason"),
        max_length=REASON_LENGTH,
        required=False,
        widget=GrowingTextarea(attrs={"rows": 3, "maxlength": REASON_LENGTH}),
    )

    class Meta:
        # Model and fields are named by the admin.
        widgets = {
            "headline": GrowingTextarea(
                attrs={"class": "growing headline", "rows": 1, "data-count": "", "data-one-line": ""}
            ),
            "deck": GrowingTextarea(attrs={"class": "growing deck", "rows": 2}),
        }

    def __init__(self, *args, **kwargs) -> None:
        if self.as_typed is not None and not args and kwargs.get("data") is None:
            kwargs["data"] = self.as_typed
        super().__init__(*args, **kwargs)
        self.initial |= initial_of(self.shown) | {"seen": self.instance.version if self.instance.pk else 0}
        self.name_chosen()
        if self.as_typed is not None and kwargs.get("data") is self.as_typed:
            self._errors, self.cleaned_data = ErrorDict(), {}

    def name_chosen(self) -> None:
        """Give the pickers the labels of what is loaded with the story."""
        if self.instance.pk is None:
            return
        photos = [row.photo for row in self.instance.placements.all()]
        self.fields["lead_photo"].widget.known = {str(photo.pk): str(photo) for photo in photos}
        picker = getattr(self.fields["series"].widget, "widget", None) if "series" in self.fields else None
        if self.instance.series_id and isinstance(picker, Picker):
            picker.known = {str(self.instance.series_id): str(self.instance.series)}

    def clean(self) -> dict:
        cleaned = super().clean()
        for name in LINES:
            self.check_line(name)
        if self.instance.pk:
            self.check_still_open()
        return cleaned

    def check_line(self, name: str) -> None:
        """Bring a line into the form that is stored and check its length there."""
        if name not in self.cleaned_data:
            return
        value = self.cleaned_data[name] = clean_line(self.cleaned_data[name])
        limit = self._meta.model._meta.get_field(name).max_length
        if len(value) > limit:
            self.add_error(name, _("At most %(limit)d characters fit here.") % {"limit": limit})
        if not value and self.fields[name].required:
            self.add_error(name, self.fields[name].error_messages["required"])

    def check_still_open(self) -> None:
        """Give everything back where the person can no longer write in the story, because its state has changed."""
        stored = Article.objects.select_for_update().get(pk=self.instance.pk)
        if may_edit(self.request.user, stored):
            return
        self.late = True
        self.add_error(
            None,
            _(
                "The story is «%(state)s» by now and you can no longer change it. Nothing was saved; "
                "what you typed still stands below, so copy what you need."
            )
            % {"state": stored.get_state_display()},
        )

    def version(self) -> Snapshot:
        """Return what was sent, rows included, as a version of the story; what the page does not show stays."""
        cleaned = self.cleaned_data
        rows = {formset.model: formset.values for formset in self.formsets if hasattr(formset, "values")}
        values = {name: cleaned[name] for name in PLAIN if name in cleaned}
        values |= {name: cleaned[name].pk if cleaned[name] else None for name in KEYS if name in cleaned}
        values["lead_photo"] = cleaned["lead_photo"].pk if cleaned.get("lead_photo") else None
        values["published_at"] = cleaned.get("published_at", self.shown.published_at)
        values["bylines"] = [byline_of(row) for row in rows.get(Byline, [])]
        values["related"] = [row["related"].pk for row in rows.get(RelatedArticle, [])]
        return Snapshot(**values)


def initial_of(shown: Snapshot) -> dict:
    """Return the initial values of the fields for a version of a story."""
    values = {name: getattr(shown, name) for name in (*PLAIN, *KEYS, "published_at", "lead_photo")}
    return values | {"tags": join_names(shown.tags)}


def byline_of(row: dict) -> dict:
    """Return what a version says of a byline that was sent."""
    return {
        "reporter": row["reporter"].pk if row["reporter"] else None,
        "guest_name": clean_line(row["guest_name"]),
        "guest_title": clean_line(row["guest_title"]),
        "role": row["role"],
    }
