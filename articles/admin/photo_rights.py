"""What the desk is told about the right of a photo, in words: shown, not yet, not much longer, no more."""

import datetime
from dataclasses import dataclass

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from ..models import Photo
from ..models.photo import NO_ARCHIVE, Consent

# So long before its end a right is pointed out.
SOON = datetime.timedelta(days=14)
SHOWN, LATER, ENDING, OVER = "shown", "later", "ending", "over"


@dataclass(frozen=True)
class Right:
    """Where the right of a photo stands (one of the four names above), and the sentence about it."""

    name: str
    words: str

    @property
    def is_pressing(self) -> bool:
        """Whether it has to be known before the photo is chosen."""
        return self.name != SHOWN


def right_of(photo: Photo, at: datetime.datetime | None = None) -> Right:
    """Return where the right of a photo stands at ``at`` (now by default); «» where it knows no limits."""
    at = at or timezone.now()
    if photo.is_over(at):
        return Right(OVER, why_over(photo))
    if photo.begins_at and photo.begins_at > at:
        return Right(LATER, _("Readers see it from %(time)s.") % {"time": full_moment(photo.begins_at)})
    if photo.ends_at is None:
        return Right(SHOWN, "")
    name = ENDING if photo.ends_at - at <= SOON else SHOWN
    return Right(name, _("Its right ends on %(time)s.") % {"time": full_moment(photo.ends_at)})


def why_over(photo: Photo) -> str:
    """Return why readers do not see a photo any more: consent, archive or window, whichever came first."""
    if photo.consent == Consent.WITHDRAWN:
        return _("Readers do not see it: the consent was refused or withdrawn.")
    if photo.minors and photo.consent != Consent.GIVEN:
        return _("Readers do not see it: it shows minors, and the consent has not been given.")
    time = {"time": full_moment(photo.ends_at)}
    if photo.no_archive and photo.ends_at == photo.created_at + NO_ARCHIVE:
        return (
            _("Readers do not see it any more: it may not be archived, and was shown until %(time)s.") % time
        )
    return _("Readers do not see it any more: its right ended on %(time)s.") % time


def full_moment(value: datetime.datetime) -> str:
    """Return day and minute in the paper's time zone."""
    return date_format(timezone.localtime(value), "Y-m-d H:i")
