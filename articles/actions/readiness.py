"""What a story must have before its next step."""

from django.utils.translation import gettext as _

from ..errors import NotReady
from ..snapshots import Snapshot
from ..states import Origin


def check_ready(snapshot: Snapshot, *, for_readers: bool) -> None:
    """Raise ``NotReady``, with a sentence for each field, for a version that lacks what its next step needs."""
    missing = {}
    if not snapshot.headline:
        missing["headline"] = _("The story has no headline.")
    if not snapshot.body:
        missing["body"] = _("The story has no text.")
    if snapshot.section is None:
        missing["section"] = _("Choose a section.")
    if for_readers and snapshot.origin in {Origin.AGENCY, Origin.REPRINT} and snapshot.source is None:
        missing["source"] = _("Say which agency or paper the story comes from.")
    if for_readers and snapshot.origin == Origin.AD and not snapshot.source_name:
        missing["source_name"] = _("Name the advertiser (Newspapers Act, art. 6: advertising is told apart).")
    if missing:
        raise NotReady(missing)
