"""Checks before publication: rules over one version of a story, and the register they stand in.

``check`` loads what the rules need and runs them; ``findings`` runs them over a ``Subject`` without a query.
A stop keeps a story from being approved unless a reason is given (``require_passable``); a warning is shown.
"""

# The rules register themselves; this is the order in which their findings are shown.
from . import form, photos, helpline, election, embargo, copied, names, leftovers  # noqa: F401, I001
from .finding import Finding, SharedSentence
from .loading import check, remember, stored_settings
from .registry import (
    RULES,
    Parameter,
    Rule,
    Set,
    Values,
    check_parameter,
    findings,
    register,
    require_passable,
    stops,
    warnings,
)
from .subject import Known, Neighbour, Person, Piece, Subject

__all__ = [
    "RULES",
    "Finding",
    "Known",
    "Neighbour",
    "Parameter",
    "Person",
    "Piece",
    "Rule",
    "Set",
    "SharedSentence",
    "Subject",
    "Values",
    "check",
    "check_parameter",
    "findings",
    "register",
    "remember",
    "require_passable",
    "stops",
    "stored_settings",
    "warnings",
]
