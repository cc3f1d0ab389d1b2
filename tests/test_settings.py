"""Settings: production starts only on complete and strong values, and every variable is described."""

import ast
import hashlib
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from newsroom.settings import env as environment

ROOT = Path(__file__).resolve().parent.parent
# Always the same: the workers of the test runner must find the same tests.
GOOD_KEY = hashlib.sha512(b"a good key").hexdigest()
READERS = {"str", "int", "bool", "list", "db_url", "email_url", "url", "flag", "number", "required"}


def start(tmp_path: Path, *arguments: str, **variables: str | None) -> subprocess.CompletedProcess:
    """Run ``manage.py`` under production settings with good values, changed by ``variables`` (None: not set)."""
    values = {
        "DJANGO_SETTINGS_MODULE": "newsroom.settings.prod",
        "SECRET_KEY": GOOD_KEY,
        "ALLOWED_HOSTS": "www.paper.example",
        "DATABASE_URL": f"sqlite:///{tmp_path / 'paper.sqlite3'}",
        "VAR_DIR": str(tmp_path),
        "PATH": os.environ["PATH"],
    } | variables
    return subprocess.run(
        [sys.executable, "manage.py", *(arguments or ("check",))],
        env={name: value for name, value in values.items() if value is not None},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )


def test_production_starts_on_good_values(tmp_path):
    """With everything set, every check passes, those for deployment included, without a warning."""
    done = start(tmp_path, "check", "--deploy", "--fail-level", "WARNING")
    assert done.returncode == 0, done.stderr
    assert "WARNINGS" not in done.stderr


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("SECRET_KEY", None, "SECRET_KEY is not set"),
        ("SECRET_KEY", "", "SECRET_KEY is not set"),
        ("SECRET_KEY", "  ", "SECRET_KEY is not set"),
        ("SECRET_KEY", "short", "SECRET_KEY is weak"),
        ("SECRET_KEY", "a" * 80, "SECRET_KEY is weak"),
        ("SECRET_KEY", "changeme" * 10, "SECRET_KEY is weak"),
        ("SECRET_KEY", f"django-insecure-{GOOD_KEY}", "SECRET_KEY is weak"),
        ("SECRET_KEY", "demonstration-key-for-one-machine-never-for-a-public-paper", "SECRET_KEY is weak"),
        ("ALLOWED_HOSTS", None, "ALLOWED_HOSTS is not set"),
        ("ALLOWED_HOSTS", "", "ALLOWED_HOSTS is not set"),
        ("ALLOWED_HOSTS", "*", "ALLOWED_HOSTS must name the hosts"),
        ("ALLOWED_HOSTS", "www.paper.example,*", "ALLOWED_HOSTS must name the hosts"),
        ("ALLOWED_HOSTS", ",", "ALLOWED_HOSTS must name the hosts"),
        ("ALLOWED_HOSTS", "https://www.paper.example", "ALLOWED_HOSTS must name the hosts"),
        ("ALLOWED_HOSTS", "www.paper.example:8000", "ALLOWED_HOSTS must name the hosts"),
        ("DATABASE_URL", None, "DATABASE_URL is not set"),
        ("DATABASE_URL", "", "DATABASE_URL"),
        ("DATABASE_URL", "mysql://user@host/paper", "DATABASE_URL must begin with"),
        ("CACHE_URL", "memcached://host", "CACHE_URL must begin with"),
        ("SECURE_SSL_REDIRECT", "ture", "SECURE_SSL_REDIRECT must be true or false"),
        ("BEHIND_PROXY", "maybe", "BEHIND_PROXY must be true or false"),
        ("SERVE_MEDIA", "2", "SERVE_MEDIA must be true or false"),
        ("SECURE_HSTS_SECONDS", "a year", "SECURE_HSTS_SECONDS must be a whole number"),
        ("SECURE_HSTS_SECONDS", "-1", "SECURE_HSTS_SECONDS must be a whole number"),
    ],
)
def test_production_refuses(tmp_path, name, value, words):
    """A missing or weak value stops the start and is named; the secret itself is not repeated."""
    done = start(tmp_path, **{name: value})
    assert done.returncode != 0
    said = done.stderr.strip().splitlines()[-1]
    assert words in said
    assert GOOD_KEY not in done.stderr


def test_production_warns_of_switched_off_safety(tmp_path):
    """What may be switched off on purpose is still told by the check."""
    done = start(tmp_path, "check", "--deploy", SECURE_SSL_REDIRECT="false", SECURE_HSTS_SECONDS="0")
    assert "security.W008" in done.stderr
    assert "security.W004" in done.stderr


def test_production_cannot_be_a_demonstration(tmp_path):
    """No variable makes production a demonstration or shows its errors to readers."""
    code = "from django.conf import settings; print(settings.DEMONSTRATION, settings.DEBUG)"
    done = start(tmp_path, "shell", "-v0", "-c", code, DEMONSTRATION="true", DEBUG="true")
    assert done.stdout.strip() == "False False"


def test_demonstration_is_refused_in_production(tmp_path):
    """``manage.py demo`` says in one sentence that it makes nothing here."""
    done = start(tmp_path, "demo")
    assert done.returncode != 0
    assert "only under development settings" in done.stderr
    assert "Traceback" not in done.stderr


def test_origins_follow_the_hosts(tmp_path):
    """Forms may come from the paper's hosts over HTTPS; a leading dot means every host below."""
    assert environment.trusted_origins(["www.paper.example", ".paper.example"]) == [
        "https://www.paper.example",
        "https://*.paper.example",
    ]


@pytest.mark.parametrize(
    ("value", "default", "expected"),
    [
        ("true", False, True),
        ("Yes", False, True),
        ("0", True, False),
        ("off", True, False),
        ("", True, True),
        (" ", False, False),
    ],
)
def test_flags(monkeypatch, value, default, expected):
    """A word for yes or no counts in any case; nothing set means the default."""
    monkeypatch.setenv("SOME_FLAG", value)
    assert environment.flag("SOME_FLAG", default=default) is expected


def test_numbers(monkeypatch):
    """A number is read, nothing set means the default, and one that is too small is refused."""
    monkeypatch.setenv("SOME_NUMBER", "12")
    assert environment.number("SOME_NUMBER", default=3) == 12
    monkeypatch.setenv("SOME_NUMBER", "")
    assert environment.number("SOME_NUMBER", default=3) == 3
    monkeypatch.setenv("SOME_NUMBER", "1")
    with pytest.raises(ImproperlyConfigured, match="at least 2"):
        environment.number("SOME_NUMBER", default=3, least=2)


def test_sqlite_waits_for_writers(monkeypatch, tmp_path):
    """SQLite runs with a write-ahead log and takes its lock at once; its folder is made."""
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path}/new/paper.sqlite3")
    config = environment.database()
    assert config["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    assert "journal_mode=WAL" in config["OPTIONS"]["init_command"]
    assert (tmp_path / "new").is_dir()


def test_postgresql_gives_up_in_time(monkeypatch):
    """A PostgreSQL that does not answer fails a page instead of holding it; connections are kept and checked."""
    monkeypatch.setenv("DATABASE_URL", "postgres://paper@db.example/paper")
    config = environment.database()
    assert config["OPTIONS"]["connect_timeout"] == 5
    assert config["CONN_HEALTH_CHECKS"] is True


def read_variables() -> set[str]:
    """Return the names of all environment variables that the settings read."""
    found = set()
    for path in (ROOT / "newsroom" / "settings").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
                called = (
                    node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
                )
                if called in READERS and str(node.args[0].value).isupper():
                    found.add(node.args[0].value)
            if isinstance(node, ast.FunctionDef) and node.name in {"strong_secret", "hosts"}:
                found.add(node.args.defaults[0].value)
    return found


def test_every_variable_is_described():
    """docs/settings.md has a row for every variable that the settings read, and for no other."""
    text = (ROOT / "docs" / "settings.md").read_text()
    described = set(re.findall(r"^\| `([A-Z_]+)`", text, re.MULTILINE))
    commands = {
        "HOST",
        "PORT",
        "PYTHON",
        "REQUIRE_ALL",
        "TEST_POSTGRES_URL",
        "TEST_REDIS_URL",
        "CHROMIUM",
        "VNU_JAR",
    }
    assert described - commands == read_variables() | {"DJANGO_SETTINGS_MODULE"}
    assert commands <= described


def test_the_sample_names_only_known_variables():
    """.env.example and the sample for a server set variables that exist."""
    for path in (ROOT / ".env.example", ROOT / "deploy" / "newsroom.env"):
        names = set(re.findall(r"^#?\s?([A-Z_]+)=", path.read_text(), re.MULTILINE))
        assert names and names <= read_variables() | {"DJANGO_SETTINGS_MODULE"}, path


def test_the_environment_is_read_in_one_place():
    """No module of ours reads the environment, apart from settings/env.py and the two entry points."""
    allowed = {"newsroom/settings/env.py", "newsroom/wsgi.py", "manage.py"}
    for folder in ("articles", "newsroom"):
        for path in (ROOT / folder).rglob("*.py"):
            if str(path.relative_to(ROOT)) not in allowed:
                assert "os.environ" not in path.read_text() and "os.getenv" not in path.read_text(), path
