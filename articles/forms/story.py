"""The form of a story: what an editor typed is checked here, and none of it is lost."""

from django import forms
from django.http import HttpRequest
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..access import may_edit
from ..actions import check_ready
from ..editor import BodyField, GrowingTextarea
from ..errors import NotReady
from ..models import Article, Correction
from ..states import Change, State
from ..text import clean_line
from .tags import TagInput

# Lines that are stored in normal form, which may be longer than what was typed.
LINES = ("kicker", "headline", "list_title", "source_name", "dateline")
REASON_LENGTH = 1000
NOTE_LENGTH = 200


def seen_token(version: int, state: str) -> str:
    """Return what a form remembers of the row it shows: «3:draft»."""
    return f"{version}:{state}"


class ArticleForm(forms.ModelForm):
    """A story on the desk.

    ``request`` and ``formsets`` (the story's rows: bylines, photos …) are set by the admin. ``seen``
    names the row that the person saw; when another one is stored by now, nothing is saved, ``conflict``
    names that one, and ``overwrite`` (with its name) saves all the same.
    """

    request: HttpRequest
    formsets: tuple = ()
    conflict = ""
    late = False

    body = BodyField(label=capfirst(Article._meta.get_field("body").verbose_name), required=False)
    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    overwrite = forms.CharField(required=False)
    change_kind = forms.ChoiceField(
        label=gettext_lazy("What did you change?"),
        choices=Change.choices,
        required=False,
        widget=forms.RadioSelect,
    )
    change_note = forms.CharField(label=gettext_lazy("note"), max_length=NOTE_LENGTH, required=False)
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
            "tags": TagInput,
        }

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["seen"].initial = seen_token(self.instance.version, self.instance.state)

    def clean(self) -> dict:
        cleaned = super().clean()
        for name in LINES:
            self.check_line(name)
        if self.instance.pk:
            self.check_seen()
            self.check_declared()
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

    def check_seen(self) -> None:
        """Lock the row and refuse to save over what somebody else has stored since the form was shown."""
        row = Article.objects.select_for_update().filter(pk=self.instance.pk)
        version, state = row.values_list("version", "state").get()
        now = seen_token(version, state)
        if not may_edit(self.request.user, self.instance):
            self.late = True
            self.add_error(
                None,
                _(
                    "The story is «%(state)s» by now and you can no longer change it. Nothing was saved; "
                    "what you typed still stands below, so copy what you need."
                )
                % {"state": self.instance.get_state_display()},
            )
        elif now not in {self.cleaned_data.get("seen"), self.cleaned_data.get("overwrite")}:
            self.conflict = now
            self.add_error(
                None,
                _(
                    "Somebody else has saved this story in the meantime. Nothing of yours was saved, and "
                    "nothing is lost: what you typed stands below."
                ),
            )

    def check_declared(self) -> None:
        """Ask what kind of change this is, once the story is approved."""
        if self.instance.state != State.APPROVED or self.late:
            return
        if any(rows.model is Correction and rows.has_changed() for rows in self.formsets):
            self.cleaned_data["change_kind"] = self.cleaned_data.get("change_kind") or Change.CORRECTION
        if not self.cleaned_data.get("change_kind") and self.anything_changed():
            self.add_error(
                "change_kind", _("The story is approved: say what kind of change this is, then save again.")
            )

    def clean_published_at(self):
        """A story that is approved needs its time; an empty or a past one means now, never back-dated."""
        moment = self.cleaned_data["published_at"]
        if self.instance.state == State.APPROVED and (moment is None or moment < timezone.now()):
            return timezone.now()
        return moment

    def _post_clean(self) -> None:
        super()._post_clean()
        if self.instance.state not in {State.APPROVED, State.WITHDRAWN} or self.errors:
            return
        self.instance.normalise()
        try:
            check_ready(self.instance, for_readers=True)
        except NotReady as error:
            self.add_error(None, error)

    def anything_changed(self) -> bool:
        """Tell whether the story, or any of its rows, differs from what is stored."""
        own = {*self.changed_data} - {"seen", "overwrite", "change_kind", "change_note", "reason"}
        return bool(own) or any(rows.has_changed() for rows in self.formsets)
