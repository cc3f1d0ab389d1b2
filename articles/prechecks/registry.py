"""The checks that there are, and how they are run. No queries.

A check is registered when its module is imported; an app of the house registers its own in
``AppConfig.ready``, as with the kinds of sidebar blocks.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from ..errors import NotReady
from ..models.precheck import Severity
from .finding import Finding
from .subject import Subject

PARTS = re.compile(r"\s*[,\n]\s*")


@dataclass(frozen=True)
class Parameter:
    """Something of a check that the paper sets.

    ``kind`` is ``number`` (``default`` and value are text of a whole number from ``least`` to ``most``),
    ``words`` (parted by commas or lines), ``lines`` or ``text``. ``validate`` raises ValidationError for a
    text that the check could not use.
    """

    name: str
    label: str
    default: str
    kind: str = "number"
    least: int = 1
    most: int = 200
    help: str = ""
    validate: Callable[[str], object] | None = None


class Values(dict):
    """The parameters of one check by name, as the texts that were set."""

    def number(self, name: str) -> int:
        """Return a whole number."""
        return int(self[name])

    def words(self, name: str) -> list[str]:
        """Return the words of a list, without empty ones."""
        return [word for word in PARTS.split(self[name].strip()) if word]

    def lines(self, name: str) -> list[str]:
        """Return the lines that are not empty, trimmed."""
        return [line.strip() for line in self[name].splitlines() if line.strip()]


@dataclass(frozen=True)
class Rule:
    """A check: ``find`` takes the subject and the values and yields findings; ``about`` says what it looks for."""

    name: str
    label: str
    about: str
    find: Callable[[Subject, Values], Iterable[Finding]]
    severity: Severity = Severity.WARNING
    parameters: tuple[Parameter, ...] = ()

    def values(self, stored: Mapping[str, str] | None = None) -> Values:
        """Return the values that hold: those stored, where they can be used, else the defaults."""
        values = Values({row.name: str(row.default) for row in self.parameters})
        for row in self.parameters:
            text = (stored or {}).get(row.name)
            if isinstance(text, str) and is_usable(row, text):
                values[row.name] = text
        return values


@dataclass(frozen=True)
class Set:
    """What the paper set for one check."""

    severity: str
    parameters: Mapping[str, str] = field(default_factory=dict)


RULES: dict[str, Rule] = {}


def register(rule: Rule) -> Rule:
    """Make a check known; raise ValueError when its name is taken by another."""
    if RULES.setdefault(rule.name, rule) is not rule:
        raise ValueError(f"A check «{rule.name}» is registered already.")
    return rule


def is_usable(row: Parameter, text: str) -> bool:
    """Tell whether a parameter's text is one that the check can work with."""
    try:
        check_parameter(row, text)
    except ValidationError:
        return False
    return True


def check_parameter(row: Parameter, text: str) -> None:
    """Raise ValidationError, with a sentence, for a text that the parameter cannot be."""
    if row.kind == "number" and not (
        text.isascii() and text.isdigit() and row.least <= int(text) <= row.most
    ):
        raise ValidationError(
            _("Enter a whole number from %(least)d to %(most)d.") % {"least": row.least, "most": row.most}
        )
    if row.validate:
        row.validate(text)


def findings(subject: Subject, settings: Mapping[str, Set] | None = None) -> list[Finding]:
    """Run the checks that are not off; return what they found, stops first, each in the order of the checks.

    Pure: the same subject and settings give the same findings. ``settings`` maps names of checks to what
    the paper set; a name that is missing means the defaults.
    """
    found = []
    for rule in RULES.values():
        chosen = (settings or {}).get(rule.name) or Set(rule.severity)
        severity = chosen.severity if chosen.severity in Severity.values else rule.severity
        if severity == Severity.OFF:
            continue
        named = {"rule": rule.name, "label": str(rule.label), "severity": str(severity)}
        found += [replace(one, **named) for one in rule.find(subject, rule.values(chosen.parameters))]
    return sorted(found, key=lambda one: one.severity != Severity.STOP)


def stops(found: Iterable[Finding]) -> list[Finding]:
    """Return the findings that stop an approval."""
    return [one for one in found if one.severity == Severity.STOP]


def warnings(found: Iterable[Finding]) -> list[Finding]:
    """Return the findings that an approver may pass over by approving."""
    return [one for one in found if one.severity == Severity.WARNING]


def require_passable(found: Iterable[Finding], override: str = "") -> str:
    """Return the note to log with an approval; raise ``NotReady`` for stops without a reason to pass over them.

    ``NotReady`` carries the sentences of the stops by their field, and one for ``override``. The note names
    the checks that were passed over and the reason; it is empty where nothing stops.
    """
    stopping, reason = stops(found), override.strip()
    if not stopping:
        return ""
    if not reason:
        missing: dict[str, list[str]] = {}
        for one in stopping:
            missing.setdefault(one.field, []).append(one.message)
        missing["override"] = [
            _("A check stops this story. Mend it, or give the reason for approving it as it is.")
        ]
        raise NotReady(missing)
    labels = list(dict.fromkeys(one.label for one in stopping))
    return _("Approved over checks (%(checks)s): %(reason)s") % {
        "checks": ", ".join(labels),
        "reason": reason,
    }
