"""What people type about notices."""

from django import forms

from .kinds import Mail, Topic, usual
from .models import MailWish


class MailForm(forms.Form):
    """When a person wants notices by mail: one choice for each topic."""

    def __init__(self, *args, user, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        chosen = dict(MailWish.objects.filter(user=user).values_list("topic", "mail"))
        for topic in Topic:
            self.fields[topic.value] = forms.ChoiceField(
                label=topic.label, choices=Mail.choices, initial=chosen.get(topic, usual(topic))
            )


class PinForm(forms.Form):
    """The words of the text that a note is pinned to; what is no pin is left out, and the note stands."""

    quote = forms.CharField(required=False)
    paragraph = forms.IntegerField(required=False, min_value=1, max_value=100_000)

    def pin(self) -> dict:
        """Return ``quote`` and ``paragraph`` for ``actions.write_note``; nothing where one of them is missing."""
        values = self.cleaned_data if self.is_valid() else {}
        return values if values.get("quote") and values.get("paragraph") else {}
