"""``manage.py demo``: the demonstration newspaper."""

import time

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser

from newsroom.ops.demo import house, photos
from newsroom.ops.demo.archive import fill_archive
from newsroom.ops.demo.run import Run, is_empty
from newsroom.ops.demo.show import Show
from newsroom.ops.health import unapplied_migrations


class Command(BaseCommand):
    help = (
        "Fill the newsroom with an invented paper: stories, photos, reporters, accounts for every role. "
        "Run again, it adds nothing and restores nothing that was changed or deleted. "
        "With --stories the archive is filled up for measuring."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--stories", type=int, metavar="N", help="fill the archive up to N stories in all"
        )
        parser.add_argument(
            "--first-start",
            action="store_true",
            help="do nothing in a newsroom that holds anything of its own",
        )
        parser.add_argument("--width", type=int, default=photos.WIDTH, help="width of the photos in pixels")

    def handle(
        self, *, stories: int | None, first_start: bool, width: int, verbosity: int, **options
    ) -> None:
        """Make what is missing and say how much it was; raise CommandError where no demonstration may exist."""
        if not settings.DEMONSTRATION:
            raise CommandError("The demonstration newspaper is made only under development settings.")
        if unapplied_migrations():
            raise CommandError("The database is not prepared; run first: manage.py migrate")
        start = time.monotonic()
        run = Run(Show(self.stdout, quiet=verbosity == 0), width=width)
        if first_start and not run.ledger and not is_empty():
            self.stdout.write("This newsroom holds a paper of its own; the demonstration stays out of it.")
            return
        if run.is_complete():
            self.stdout.write("The demonstration newspaper is here already; nothing was added or restored.")
        else:
            self.stdout.write("Making the demonstration newspaper …")
            run.make()
            self.stdout.write(f"The demonstration newspaper is ready ({time.monotonic() - start:.0f} s).")
        if stories is not None:
            added = fill_archive(run, stories)
            self.stdout.write(f"The archive holds {stories:,} stories or more; {added:,} were added.")
            if added:  # in bulk, without the verbs that search listens to
                call_command("search_rebuild", stdout=self.stdout)
        for line in [] if first_start else house.sign_in_lines():
            self.stdout.write(line)
