"""``send_notices``: write what is to be told by now, and mail the notices that are due."""

from django.core.management.base import BaseCommand

from ... import mailing, rights


class Command(BaseCommand):
    help = (
        "Tell of photos whose right ends soon, and mail the notices that are due: those that failed before, and "
        "digests. "
        "Run it every few minutes; running it twice sends nothing twice."
    )

    def add_arguments(self, parser) -> None:
        parser.add_argument(
            "--again",
            action="store_true",
            help="also those that failed less than ten minutes ago, for example once the mail server is back",
        )

    def handle(self, *args, **options) -> None:
        rights.tell_of_ends()
        if not mailing.is_set_up():
            self.stdout.write("Mail is not set up (EMAIL_URL): nothing is sent.")
            return
        sent, failed = mailing.send_due(again=options["again"])
        self.stdout.write(f"{sent} sent, {failed} failed")
