"""The only place that reads the environment; every variable is described in ``docs/settings.md``."""

import re
from pathlib import Path

import environ
from django.core.exceptions import ImproperlyConfigured

from .object_store import ObjectStore, parse

BASE_DIR = Path(__file__).resolve().parent.parent.parent

env = environ.Env()
environ.Env.read_env(BASE_DIR / ".env")

# Everything that the running paper writes: SQLite, photos, collected static files.
VAR_DIR = Path(env.str("VAR_DIR", default=str(BASE_DIR / "var")))

# Shorter keys than Django's own generator makes, or keys that somebody typed, are guessable.
SECRET_KEY_MIN_LENGTH = 50
SECRET_KEY_MIN_VARIETY = 10


TRUE_WORDS = {"true", "1", "yes", "on"}
FALSE_WORDS = {"false", "0", "no", "off"}
# Seconds to wait for PostgreSQL before a page fails: without a limit every thread would hang with it.
CONNECT_TIMEOUT = 5
HOST = re.compile(r"\A\.?[\w.-]+\Z|\A\[[0-9a-fA-F:.]+\]\Z")


def flag(name: str, *, default: bool) -> bool:
    """Return a yes or no; raise ImproperlyConfigured for any other word, which a slip would turn into a no."""
    value = env.str(name, default="").strip().lower()
    if value and value not in TRUE_WORDS | FALSE_WORDS:
        raise ImproperlyConfigured(f"{name} must be true or false, not «{value}».")
    return value in TRUE_WORDS if value else default


def number(name: str, *, default: int, least: int = 0) -> int:
    """Return a whole number of at least ``least``; raise ImproperlyConfigured for anything else."""
    value = env.str(name, default="").strip()
    if not value:
        return default
    if not value.isascii() or not value.isdigit() or int(value) < least:
        raise ImproperlyConfigured(f"{name} must be a whole number of at least {least}, not «{value}».")
    return int(value)


def required(name: str, hint: str) -> str:
    """Return the value of variable ``name``; raise ImproperlyConfigured with ``hint`` when it is empty."""
    value = env.str(name, default="").strip()
    if not value:
        raise ImproperlyConfigured(f"{name} is not set. {hint}")
    return value


def strong_secret(name: str = "SECRET_KEY") -> str:
    """Return the secret key; raise ImproperlyConfigured when it is missing, short, repetitive or a known one."""
    hint = "Make one with: python -c 'from django.core.management.utils import get_random_secret_key as k; print(k())'"
    value = required(name, hint)
    weak = (
        len(value) < SECRET_KEY_MIN_LENGTH
        or len(set(value)) < SECRET_KEY_MIN_VARIETY
        or value.startswith(("django-insecure-", "demonstration-"))
    )
    if weak:
        raise ImproperlyConfigured(
            f"{name} is weak: at least {SECRET_KEY_MIN_LENGTH} random characters are needed. {hint}"
        )
    return value


def hosts(name: str = "ALLOWED_HOSTS") -> list[str]:
    """Return the host names that are served; raise ImproperlyConfigured for none or for the wildcard."""
    names = [host.strip() for host in required(name, "Give the host names, separated by commas.").split(",")]
    names = [host for host in names if host]
    wrong = [host for host in names if not HOST.match(host)]
    if wrong or not names:
        raise ImproperlyConfigured(
            f"{name} must name the hosts of the paper, without '*', scheme or port: {', '.join(wrong) or 'none given'}."
        )
    return names


def trusted_origins(names: list[str]) -> list[str]:
    """Return the origins that forms may be sent from: the hosts over HTTPS, a leading dot meaning all below."""
    return [f"https://*{host}" if host.startswith(".") else f"https://{host}" for host in names]


def database() -> dict:
    """Return Django's settings for the database named by DATABASE_URL (SQLite in ``var/`` by default)."""
    config = env.db_url("DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'newsroom.sqlite3'}")
    if config.get("ENGINE") not in {"django.db.backends.sqlite3", "django.db.backends.postgresql"}:
        raise ImproperlyConfigured("DATABASE_URL must begin with postgres:// or sqlite:///.")
    if config["ENGINE"] == "django.db.backends.sqlite3":
        Path(config["NAME"]).parent.mkdir(parents=True, exist_ok=True)
        # WAL lets readers read while somebody writes; IMMEDIATE takes the write lock at once,
        # so two writers wait for each other instead of failing in the middle of a transaction.
        config.setdefault("OPTIONS", {}).update(
            {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA mmap_size=268435456;",
            }
        )
    else:
        config["CONN_MAX_AGE"] = number("DATABASE_MAX_AGE", default=60)
        config["CONN_HEALTH_CHECKS"] = True
        config.setdefault("OPTIONS", {}).setdefault("connect_timeout", CONNECT_TIMEOUT)
    return config


def cache() -> dict:
    """Return Django's settings for the cache named by CACHE_URL (in the process by default).

    A Redis that is down counts as an empty cache: pages are rendered, nothing fails.
    """
    url = env.str("CACHE_URL", default="")
    if not url:
        return {
            "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
            "LOCATION": "newsroom",
            # Django's 300 would let a few hundred readers push the limits of others out.
            "OPTIONS": {"MAX_ENTRIES": 50_000},
        }
    if not url.startswith(("redis://", "rediss://", "unix://")):
        raise ImproperlyConfigured("CACHE_URL must begin with redis://, rediss:// or unix://.")
    return {
        "BACKEND": "django_redis.cache.RedisCache",
        "LOCATION": url,
        "KEY_PREFIX": env.str("CACHE_PREFIX", default="newsroom"),
        "OPTIONS": {"IGNORE_EXCEPTIONS": True, "SOCKET_TIMEOUT": 1, "SOCKET_CONNECT_TIMEOUT": 1},
    }


TASK_BACKENDS = {
    "process": "newsroom.ops.background.ProcessBackend",
    "immediate": "django_tasks.backends.immediate.ImmediateBackend",
    "database": "django_tasks_db.DatabaseBackend",
}


def task_backend() -> str:
    """Return where tasks are done, as TASKS says; raise ImproperlyConfigured for a word that is none of ours."""
    chosen = env.str("TASKS", default="").strip().lower() or "process"
    if chosen not in TASK_BACKENDS:
        raise ImproperlyConfigured(f"TASKS must be one of {', '.join(TASK_BACKENDS)}, not «{chosen}».")
    return chosen


def tasks() -> dict:
    """Return the settings of tasks: done in the process by default, with TASKS=database by ``manage.py db_worker``."""
    return {"BACKEND": TASK_BACKENDS[task_backend()]}


# The tables of the tasks are there only where they are used.
TASK_APPS = ["django_tasks_db"] if task_backend() == "database" else []


def object_store() -> ObjectStore | None:
    """Return the store that MEDIA_STORAGE names; None when it is empty and photos live in folders."""
    url = env.str("MEDIA_STORAGE", default="").strip()
    return parse(url) if url else None


def photo_folders(place: Path) -> dict[str, dict]:
    """Return Django's settings for the stores of photos as folders in ``place``.

    Originals carry what the camera wrote (place, serial number); they have no public address and none is
    ever replaced. Renditions are named by their content, so one of the same name may be.
    """
    return {
        "default": {"BACKEND": "articles.storages.AtomicFileStorage", "OPTIONS": {"allow_overwrite": True}},
        "originals": {
            "BACKEND": "articles.storages.PrivateFolder",
            "OPTIONS": {"location": place / "originals"},
        },
    }
