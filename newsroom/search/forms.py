"""The form for a search; it never refuses to be shown, it only says what it left out."""

import datetime

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.models import Section

from .query import MAX_LENGTH, MAX_WORDS, split_words

PERIODS = [
    ("", _("Any time")),
    ("1", _("Last 24 hours")),
    ("7", _("Last 7 days")),
    ("30", _("Last 30 days")),
    ("365", _("Last year")),
]


class SearchForm(forms.Form):
    """Words, a section and a period."""

    q = forms.CharField(required=False)
    section = forms.CharField(required=False)
    period = forms.ChoiceField(
        choices=PERIODS, required=False, error_messages={"invalid_choice": _("There is no such period.")}
    )

    def clean_q(self) -> list[str]:
        """Return the words; refuse more than can be searched."""
        typed = self.cleaned_data["q"]
        words = split_words(typed)
        if len(typed) > MAX_LENGTH or len(words) > MAX_WORDS:
            raise ValidationError(
                _("Search for at most %(words)d words and %(length)d characters."),
                params={"words": MAX_WORDS, "length": MAX_LENGTH},
            )
        return words

    def clean_section(self) -> Section | None:
        """Return the section; refuse one that there is not."""
        slug = self.cleaned_data["section"]
        if not slug:
            return None
        section = Section.objects.active().select_related("parent").filter(slug=slug).first()
        if section is None:
            raise ValidationError(_("There is no such section."))
        return section

    def clean_period(self) -> datetime.datetime | None:
        """Return the moment at which the period begins, None for any time."""
        days = self.cleaned_data["period"]
        return timezone.now() - datetime.timedelta(days=int(days)) if days else None
