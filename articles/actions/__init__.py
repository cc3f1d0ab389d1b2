"""The verbs that change a story: permission, transaction, validation, row, revision, log, signal.

Every verb takes keyword arguments, locks the row, and returns the changed story. It raises
``NotAllowed`` (the person may not), ``WrongState`` (not from this state) or ``NotReady``
(something is missing, with a sentence for each field), and changes nothing then.

On a story that was approved, ``save`` and the verbs up to ``approve`` work on a change beside the row
that readers see; only an approved change reaches the row.
"""

from .due import apply_due
from .photos import save_photo, store_photo
from .readiness import check_ready
from .rows import amend, move_section, settle
from .saving import Saved, create, newest, restore_revision, save
from .table import VERBS, Verb, fits, possible_verbs
from .verbs import (
    BY_NAME,
    approve,
    discard,
    hold,
    recall,
    restore,
    return_,
    submit,
    unschedule,
    withdraw,
)
from .videos import delete_video, save_video, store_video

__all__ = [
    "BY_NAME",
    "VERBS",
    "Saved",
    "Verb",
    "amend",
    "apply_due",
    "approve",
    "check_ready",
    "create",
    "delete_video",
    "discard",
    "fits",
    "hold",
    "move_section",
    "newest",
    "possible_verbs",
    "recall",
    "restore",
    "restore_revision",
    "return_",
    "save",
    "save_photo",
    "save_video",
    "settle",
    "store_photo",
    "store_video",
    "submit",
    "unschedule",
    "withdraw",
]
