"""What of the demonstration this database has received, so that nothing is made twice.

The notes stand in Django's own table of changes applied once (``django_migrations``), under a name
that is no app. They are written in the transaction of the step, and an editor who renames or deletes
what a step made does not touch them: a second run restores nothing.
"""

from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

APP = "demonstration"


class Ledger:
    """The notes: steps that are done, and the keys of rows by the names that the files use."""

    def __init__(self) -> None:
        self.recorder = MigrationRecorder(connection)
        self.recorder.ensure_schema()
        self.rows = self.recorder.Migration.objects.filter(app=APP)
        self.names = set(self.rows.values_list("name", flat=True))

    def __bool__(self) -> bool:
        return bool(self.names)

    def forget(self) -> None:
        """Drop all notes; for a database that was emptied."""
        self.rows.delete()
        self.names.clear()

    def is_done(self, step: str) -> bool:
        """Tell whether the step has been committed here."""
        return f"step:{step}" in self.names

    def finish(self, step: str) -> None:
        """Note that the step is done; call it inside the step's transaction."""
        self._write(f"step:{step}")

    def note(self, kind: str, name: str, pk: int) -> None:
        """Note the key of the row that was made for ``name``."""
        self._write(f"{kind}:{name}:{pk}")

    def keys(self, kind: str) -> dict[str, int]:
        """Return the keys of the rows of one kind by their names; a row may be gone by now."""
        found = (name.split(":") for name in self.names if name.startswith(f"{kind}:"))
        return {parts[1]: int(parts[2]) for parts in found}

    def _write(self, name: str) -> None:
        self.recorder.record_applied(APP, name)
        self.names.add(name)
