"""Rows of a story that belong to one version of it: bylines, related stories."""

from django import forms
from django.contrib.admin.widgets import AutocompleteSelect
from django.core.exceptions import ValidationError
from django.db.models import CheckConstraint
from django.forms.utils import ErrorDict, ErrorList

from ..access import key_of


class Picker(AutocompleteSelect):
    """A choice found by typing; rows named in ``known`` (key as text → label) are shown without a query."""

    known: dict[str, str] = {}

    def optgroups(self, name, value, attrs=None):
        # What was sent may be anything; only keys are looked up.
        value = [key for key in value if key_of(str(key))]
        chosen = [str(key) for key in value]
        if not all(key in self.known for key in chosen):
            return super().optgroups(name, value, attrs)
        options = [] if self.is_required else [self.create_option(name, "", "", False, 0)]
        options += [self.create_option(name, key, self.known[key], True, 0) for key in chosen]
        return [(None, options, 0)]


class RowForm(forms.ModelForm):
    """A row that is checked by itself and never saved: what it says goes into a version of the story."""

    def validate_unique(self) -> None:
        """Leave the database out: the row that stands there is the same one in another version."""

    def validate_constraints(self) -> None:
        """Ask only those constraints that are about this row alone."""
        for constraint in self._meta.model._meta.constraints:
            if not isinstance(constraint, CheckConstraint):
                continue
            try:
                constraint.validate(
                    self._meta.model, self.instance, exclude=self._get_validation_exclusions()
                )
            except ValidationError as error:
                self._update_errors(error)


class VersionRows(forms.BaseInlineFormSet):
    """Rows of the version that is shown; ``values`` are those of the version that was sent.

    ``rows`` are the initial values; they are given to the page only. What comes back is compared with
    nothing: every row that is not empty counts.
    """

    rows: list[dict] = []
    known: dict[str, str] = {}
    # Words that were typed and not saved: shown again, and not judged before they are sent.
    as_typed = False

    def __init__(self, *args, **kwargs) -> None:
        if kwargs.get("data") is None:
            kwargs["initial"] = self.rows
        super().__init__(*args, **kwargs)
        # What the admin's log asks for after ``save``, which writes nothing.
        self.new_objects, self.changed_objects, self.deleted_objects = [], [], []
        self.queryset = self.model._default_manager.none()
        if not self.is_bound:
            self.extra = len(self.rows) or self.extra
        if self.as_typed:
            self._errors, self._non_form_errors = [], ErrorList()
            for form in self.forms:
                form._errors = ErrorDict()

    def add_fields(self, form, index) -> None:
        super().add_fields(form, index)
        for field in form.fields.values():
            picker = getattr(field.widget, "widget", field.widget)
            if isinstance(picker, Picker):
                picker.known = self.known

    @property
    def values(self) -> list[dict]:
        """The rows that were sent, in the order of their numbers."""
        sent = [
            form.cleaned_data
            for form in self.forms
            if form.has_changed() and not self._should_delete_form(form)
        ]
        return sorted((row for row in sent if row), key=lambda row: row.get("order") or 0)

    def save(self, commit: bool = True) -> list:
        """Write nothing: the version of the story is what is saved."""
        return []
