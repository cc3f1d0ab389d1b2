"""The form of the checks before publication: one row for each check."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ..editor import GrowingTextarea, WordsField
from ..models.precheck import PrecheckSetting, Severity
from ..prechecks import RULES, Parameter, Rule, check_parameter, stored_settings


def field_for(row: Parameter) -> forms.Field:
    """Return the field of a parameter."""
    if row.kind == "number":
        return forms.IntegerField(
            label=row.label, help_text=row.help, min_value=row.least, max_value=row.most, required=True
        )
    widget = GrowingTextarea(attrs={"rows": 2})
    return WordsField(label=row.label, help_text=row.help, widget=widget, required=False, max_length=4000)


class PrecheckRow(forms.Form):
    """One check: how strict it is, and its parameters. ``rule`` is given by the page."""

    severity = forms.ChoiceField(label=_("severity"), choices=Severity.choices, widget=forms.RadioSelect)
    defaults = forms.BooleanField(label=_("Put back the defaults"), required=False)

    def __init__(self, *args, rule: Rule, stored=None, **kwargs) -> None:
        self.rule = rule
        self.stored = stored
        values = rule.values(stored.parameters if stored else None)
        numbers = {row.name: values.number(row.name) for row in rule.parameters if row.kind == "number"}
        initial = {"severity": stored.severity if stored else str(rule.severity)} | values | numbers
        super().__init__(*args, prefix=rule.name, initial=initial, auto_id="id_%s", **kwargs)
        for row in rule.parameters:
            self.fields[row.name] = field_for(row)

    def parameter_fields(self) -> list[forms.BoundField]:
        """Return the bound fields of the parameters."""
        return [self[row.name] for row in self.rule.parameters]

    def differs_from_defaults(self) -> bool:
        """Tell whether anything of this check was set by the paper."""
        return self.stored is not None

    def clean(self) -> dict:
        cleaned = super().clean()
        for row in self.rule.parameters:
            if row.name in cleaned:
                try:
                    check_parameter(row, str(cleaned[row.name]))
                except forms.ValidationError as error:
                    self.add_error(row.name, error)
        return cleaned

    def store(self) -> tuple[PrecheckSetting | None, bool]:
        """Write what was changed; return the row (None where nothing was) and whether it is new."""
        if not self.has_changed():
            return None, False
        cleaned = self.cleaned_data
        values = {row.name: str(cleaned[row.name]) for row in self.rule.parameters}
        words = {
            row.name: values[row.name] for row in self.rule.parameters if values[row.name] != row.default
        }
        wanted = {"severity": cleaned["severity"], "parameters": words}
        if cleaned["defaults"]:
            wanted = {"severity": str(self.rule.severity), "parameters": {}}
        return PrecheckSetting.objects.update_or_create(name=self.rule.name, defaults=wanted)


def precheck_rows(data=None) -> list[PrecheckRow]:
    """Return a form for every check, in the order of the checks: one query."""
    stored = stored_settings()
    return [PrecheckRow(data, rule=rule, stored=stored.get(rule.name)) for rule in RULES.values()]
