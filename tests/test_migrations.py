"""Migrations: complete, named, reversible, and downwards only."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection, migrations
from django.db.migrations.loader import MigrationLoader

ROOT = Path(__file__).resolve().parent.parent
OURS = ("articles", "newsroom_")
LOADER = MigrationLoader(None)
# In an order of their own: workers that test side by side have to find the same list.
MIGRATIONS = {
    key: migration for key, migration in sorted(LOADER.disk_migrations.items()) if key[0].startswith(OURS)
}
LABELS = sorted({label for label, _name in MIGRATIONS})


@pytest.mark.django_db
def test_none_is_missing():
    """The models are what the migrations make; otherwise the output names what is missing."""
    call_command("makemigrations", check_changes=True, dry_run=True, verbosity=1)


@pytest.mark.parametrize(("label", "name"), MIGRATIONS)
def test_names_say_what_is_done(label, name):
    """Numbered, in words, not named by the clock."""
    assert re.fullmatch(r"\d{4}_[a-z0-9_]+", name)
    assert "_auto_" not in name


def test_numbers_follow_one_another():
    """One line of migrations for each app: no number twice, none left out, one end."""
    for label in LABELS:
        numbers = sorted(int(name[:4]) for app, name in MIGRATIONS if app == label)
        assert numbers == list(range(1, len(numbers) + 1)), label
        assert len(LOADER.graph.leaf_nodes(label)) == 1, label


@pytest.mark.parametrize(("label", "name"), MIGRATIONS)
def test_what_runs_forwards_runs_backwards(label, name):
    """Every data migration and every SQL has its reverse."""
    for operation in MIGRATIONS[label, name].operations:
        assert operation.reversible, f"{label}.{name}: {operation.describe()}"
        if isinstance(operation, migrations.RunPython):
            assert operation.reverse_code is not None
        if isinstance(operation, migrations.RunSQL):
            assert operation.reverse_sql is not None


@pytest.mark.parametrize(("label", "name"), [key for key in MIGRATIONS if key[0] == "articles"])
def test_the_ground_floor_depends_on_nothing_above_it(label, name):
    """But for the user model, which Django lets a project swap."""
    source = Path(sys.modules[MIGRATIONS[label, name].__module__].__file__).read_text(encoding="utf-8")
    assert "newsroom" not in source
    swappable = migrations.swappable_dependency(settings.AUTH_USER_MODEL)
    for dependency in MIGRATIONS[label, name].dependencies:
        assert dependency == swappable or not dependency[0].startswith("newsroom"), dependency


@pytest.mark.parametrize(("label", "name"), [key for key in MIGRATIONS if key[0] != "articles"])
def test_sub_apps_depend_on_the_ground_floor_only(label, name):
    """A sub-app's tables stand on those of stories and users, not on those of another sub-app."""
    swappable = migrations.swappable_dependency(settings.AUTH_USER_MODEL)
    for dependency in MIGRATIONS[label, name].dependencies:
        others = dependency[0].startswith("newsroom_") and dependency[0] != label
        assert dependency == swappable or not others, dependency


@pytest.mark.parametrize(("label", "name"), MIGRATIONS)
def test_migrations_import_nothing_of_ours(label, name):
    """A migration means the same in ten years: it holds copies; names of stores may be imported."""
    source = Path(sys.modules[MIGRATIONS[label, name].__module__].__file__).read_text(encoding="utf-8")
    imported = re.findall(r"^(?:from|import) ((?:articles|newsroom)[\w.]*)", source, re.MULTILINE)
    assert set(imported) <= {"articles.models.photo"}, imported


@pytest.fixture
def scratch(tmp_path, django_db_blocker):
    """The address of an empty database of the kind that the tests run on; it is dropped afterwards."""
    if connection.vendor == "sqlite":
        yield f"sqlite:///{tmp_path / 'scratch.sqlite3'}"
        return
    known = connection.settings_dict
    name = f"{known['NAME']}_migrations"
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{name}"')
        cursor.execute(f'CREATE DATABASE "{name}"')
    password = f":{known['PASSWORD']}" if known["PASSWORD"] else ""
    yield f"postgres://{known['USER']}{password}@{known['HOST']}:{known['PORT'] or 5432}/{name}"
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute(f'DROP DATABASE "{name}"')


def manage(address: str, *arguments: str) -> str:
    """Run a command of ``manage.py`` on a database and return what it printed."""
    environment = os.environ | {"DATABASE_URL": address, "DJANGO_SETTINGS_MODULE": "newsroom.settings.test"}
    environment.pop("PYTEST_XDIST_WORKER", None)  # it names the database of the tests, not this one
    done = subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT, env=environment, capture_output=True, text=True, timeout=180, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


TABLES = (
    "import django; django.setup();"
    "from django.db import connection;"
    "print(*sorted(connection.introspection.table_names()))"
)


def tables(address: str) -> set[str]:
    return set(manage(address, "shell", "-v", "0", "-c", TABLES).split())


@pytest.mark.django_db(transaction=True)
def test_forwards_backwards_and_forwards_again(scratch):
    """Every app's migrations can be taken back to nothing, and applied again."""
    manage(scratch, "migrate", "-v", "0")
    complete = tables(scratch)
    for label in reversed(LABELS):
        manage(scratch, "migrate", label, "zero", "-v", "0")
    assert not {table for table in tables(scratch) if table.startswith(OURS)}
    manage(scratch, "migrate", "-v", "0")
    assert tables(scratch) == complete
    assert {table for table in complete if table.startswith("articles_")}
    manage(scratch, "migrate", "--check")
