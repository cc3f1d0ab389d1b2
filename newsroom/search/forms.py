"""The form for a search; it never refuses to be shown, it only says what it left out."""

import datetime

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.models import Section

from .backends import Order
from .words import Query, parse

# A whole headline may be looked for.
MAX_WORDS, MAX_LENGTH = 30, 200
PERIODS = [
    ("", _("Any time")),
    ("1", _("Last 24 hours")),
    ("7", _("Last 7 days")),
    ("30", _("Last 30 days")),
    ("365", _("Last year")),
]
ORDERS = [("", _("Best matches first")), (Order.DATE, _("Newest first"))]


class SearchForm(forms.Form):
    """Words, a section, a period and an order."""

    q = forms.CharField(required=False)
    section = forms.CharField(required=False)
    period = forms.ChoiceField(
        choices=PERIODS, required=False, error_messages={"invalid_choice": _("There is no such period.")}
    )
    sort = forms.ChoiceField(
        choices=ORDERS, required=False, error_messages={"invalid_choice": _("There is no such order.")}
    )

    def clean_q(self) -> Query:
        """Return the words; refuse more than can be searched."""
        typed = self.cleaned_data["q"]
        if len(typed) > MAX_LENGTH or len(typed.split()) > MAX_WORDS:
            raise ValidationError(
                _("Search for at most %(words)d words and %(length)d characters."),
                params={"words": MAX_WORDS, "length": MAX_LENGTH},
            )
        return parse(typed)

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

    def clean_sort(self) -> Order:
        """Return the order; the best matches first where none is asked for."""
        return Order(self.cleaned_data["sort"] or Order.RELEVANCE)
