"""The form for comments."""

import re

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from articles.text import UNWANTED, clean_line

NAME_LENGTH, TEXT_LENGTH, MAX_LINES = 20, 600, 25
INVISIBLE = re.compile("[\u00ad\u200b\u2060\u3164\ufeff\uffa0]")


class PlainField(forms.CharField):
    """Words as a reader typed them: white space in order before anything is measured, nothing lost in silence."""

    def __init__(self, *, lines: int = 1, **options) -> None:
        self.lines = lines
        super().__init__(**options)

    def to_python(self, value) -> str:
        """Return the text with single blank lines and line ends of one character, as browsers count them."""
        # What is pasted along unseen is left out; other control characters are refused below.
        value = INVISIBLE.sub("", super().to_python(value))
        if UNWANTED.search(value):
            raise ValidationError(_("The text holds characters that cannot be printed. Please type it anew."))
        rows = [clean_line(row) for row in re.split(r"\r\n|\r|\n", value)]
        return re.sub(r"\n{3,}", "\n\n", "\n".join(rows)).strip() if self.lines > 1 else clean_line(value)

    def validate(self, value: str) -> None:
        """Refuse a text with too many lines."""
        super().validate(value)
        if value.count("\n") >= self.lines:
            raise ValidationError(_("At most %(lines)d lines, please.") % {"lines": self.lines})


class CommentForm(forms.Form):
    """A name and a text; ``website`` is a trap that only robots fill in."""

    name = PlainField(
        label=_("Name"), max_length=NAME_LENGTH, widget=forms.TextInput({"autocomplete": "nickname"})
    )
    text = PlainField(
        label=_("Comment"),
        max_length=TEXT_LENGTH,
        lines=MAX_LINES,
        widget=forms.Textarea({"rows": 5, "cols": 40}),
    )
    website = forms.CharField(
        label=_("Leave this field empty"),
        required=False,
        widget=forms.TextInput({"autocomplete": "off", "tabindex": "-1"}),
    )

    def __init__(self, *args, **options) -> None:
        super().__init__(*args, **{"auto_id": "comment-%s", "label_suffix": ""} | options)

    def clean_website(self) -> str:
        """Refuse what robots send."""
        if self.cleaned_data["website"]:
            raise ValidationError(_("This field has to stay empty."))
        return ""
