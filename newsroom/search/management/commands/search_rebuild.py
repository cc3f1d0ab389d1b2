"""``manage.py search_rebuild``: bring the index of the search up to the stories."""

from django.core.management.base import BaseCommand, CommandParser

from ...rebuild import Progress, rebuild


class Command(BaseCommand):
    help = (
        "Write into the search what it lacks: after an import or a filled archive, and after an update that reads "
        "words differently. Can be stopped and run again; it goes on with what is missing."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--all", action="store_true", help="write every story, also those that are there")
        parser.add_argument(
            "--after", type=int, default=0, metavar="KEY", help="begin behind the story with this number"
        )

    def handle(self, *, after: int, verbosity: int, **options) -> None:
        """Write what is missing, saying after each step how far it has come."""
        done = Progress(after, after, 0, 0)
        for done in rebuild(after=after, every=options["all"]):
            if verbosity > 0 and done.key < done.last:
                self.stdout.write(
                    f"Story {done.key:,} of {done.last:,}: {done.written:,} written. "
                    f"To go on from here: search_rebuild --after {done.key}"
                )
        self.stdout.write(
            f"The search is up to date: {done.written:,} stories written, {done.removed:,} taken out."
        )
