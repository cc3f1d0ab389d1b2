"""``manage.py prepare``: everything between new code and a server that can serve it, where it is needed."""

import hashlib
import inspect
from importlib.metadata import version
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.files.storage import storages
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from articles.models import Photo
from articles.models.photo import RECIPE
from newsroom.ops.demo.house import sign_in_lines
from newsroom.ops.health import unapplied_migrations


class Command(BaseCommand):
    help = "Migrate, finish photos, load the demonstration on a first start, collect static files when they changed."
    requires_system_checks = []

    def handle(self, *args, **options) -> None:
        """Do what is missing; raise CommandError with a sentence where the database or the disk refuses."""
        try:
            self.migrate()
            self.finish_photos()
            call_command("demo", first_start=True, stdout=self.stdout)
            self.collect()
            (Path(settings.VAR_DIR) / "sign-in.txt").write_text("\n".join(sign_in_lines()))
        except DatabaseError as error:
            raise CommandError(f"The database refused: {' '.join(str(error).split())}") from error
        except OSError as error:
            raise CommandError(
                f"{error.filename or settings.VAR_DIR} cannot be written: {error.strerror}."
            ) from error

    def migrate(self) -> None:
        """Apply the migrations that are missing."""
        missing = unapplied_migrations()
        if missing:
            self.stdout.write(f"Preparing the database ({len(missing)} migrations) …")
            call_command("migrate", verbosity=0, interactive=False)

    def finish_photos(self) -> None:
        """Make the sizes of photos that a process left undone when it was killed; what cannot be made is said."""
        if not Photo.objects.lacking(RECIPE).exists():
            return
        try:
            call_command("renditions", stdout=self.stdout, stderr=self.stderr)
        except CommandError as error:
            self.stderr.write(str(error))

    def collect(self) -> None:
        """Collect static files where a source, or what works on them, has changed since the last time."""
        note = Path(settings.VAR_DIR) / "static.sha256"
        now = fingerprint()
        if (
            note.exists()
            and note.read_text() == now
            and Path(settings.STATIC_ROOT, "staticfiles.json").exists()
        ):
            return
        self.stdout.write("Collecting and compressing static files …")
        call_command("collectstatic", verbosity=0, interactive=False, clear=True)
        note.write_text(now)


def fingerprint() -> str:
    """Return a digest of all static sources by name, size and time, and of the code that works on them."""
    found = [
        version("django"),
        version("whitenoise"),
        inspect.getsource(inspect.getmodule(type(storages["staticfiles"]))),
    ]
    for finder in get_finders():
        for name, storage in finder.list([]):
            state = Path(storage.path(name)).stat()
            found.append(f"{name} {state.st_size} {state.st_mtime_ns}")
    return hashlib.sha256("\n".join(found).encode()).hexdigest()
