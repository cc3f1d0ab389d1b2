"""Compares the photos in the database with the files in both stores."""

import datetime

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from articles.errors import PhotoFileError
from articles.inventory import KINDS, REPAIRABLE, YOUNG, faults, repair


class Command(BaseCommand):
    """Says which files are missing and which belong to nobody; ends with 1 where something is left."""

    help = "Compares photos and files, says what does not agree, and with --repair puts it right."

    def add_arguments(self, parser) -> None:
        parser.add_argument(
            "--repair", action="store_true", help="make what is missing, delete what is nobody's"
        )
        parser.add_argument(
            "--older-than",
            type=float,
            default=YOUNG.total_seconds() / 3600,
            metavar="HOURS",
            help="leave files alone that were written later than that (24); 0 only while nobody uploads",
        )

    def handle(self, *args, **options) -> None:
        found = list(faults(datetime.timedelta(hours=options["older_than"])))
        left, mended = 0, set()
        for fault in found:
            self.stdout.write(f"{KINDS[fault.kind]}: {fault.name}")
            if not options["repair"] or fault.kind not in REPAIRABLE:
                left += 1
            elif (fault.kind, fault.photo or fault.name) not in mended:
                left += not self.put_right(fault)
                mended.add((fault.kind, fault.photo or fault.name))
        if left:
            raise CommandError(_("%(count)d faults are left.") % {"count": left})
        self.stdout.write(_("Photos and files agree."))

    def put_right(self, fault) -> bool:
        """Repair one fault; say what kept it from being repaired."""
        try:
            return repair(fault)
        except (PhotoFileError, OSError) as error:
            self.stderr.write(f"{fault.name}: {error}")
            return False
