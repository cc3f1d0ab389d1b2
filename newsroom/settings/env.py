"""The only place that reads the environment; every variable is described in ``docs/settings.md``."""

from pathlib import Path

import environ
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent.parent

env = environ.Env()
environ.Env.read_env(BASE_DIR / ".env")

# Shorter keys than Django's own generator makes, or keys that somebody typed, are guessable.
SECRET_KEY_MIN_LENGTH = 50
SECRET_KEY_MIN_VARIETY = 10


def required(name: str, hint: str) -> str:
    """Return the value of variable ``name``; raise ImproperlyConfigured with ``hint`` when it is empty."""
    value = env.str(name, default="").strip()
    if not value:
        raise ImproperlyConfigured(f"{name} is not set. {hint}")
    return value


def strong_secret(name: str = "SECRET_KEY") -> str:
    """Return the secret key; raise ImproperlyConfigured when it is missing, short, repetitive or a known one."""
    hint = (
        "Make one with: python -c 'from django.core.management.utils import get_random_secret_key as k; print(k())'"
    )
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
    if "*" in names:
        raise ImproperlyConfigured(f"{name} must not contain '*': name the hosts of the paper.")
    return [host for host in names if host]


def database() -> dict:
    """Return Django's settings for the database named by DATABASE_URL (SQLite in ``var/`` by default)."""
    config = env.db_url("DATABASE_URL", default=f"sqlite:///{BASE_DIR / 'var' / 'newsroom.sqlite3'}")
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
        config["CONN_MAX_AGE"] = env.int("DATABASE_MAX_AGE", default=60)
        config["CONN_HEALTH_CHECKS"] = True
    return config


def cache() -> dict:
    """Return Django's settings for the cache named by CACHE_URL (in the process by default).

    A Redis that is down counts as an empty cache: pages are rendered, nothing fails.
    """
    url = env.str("CACHE_URL", default="")
    if not url:
        return {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "newsroom"}
    if not url.startswith(("redis://", "rediss://", "unix://")):
        raise ImproperlyConfigured("CACHE_URL must begin with redis://, rediss:// or unix://.")
    return {
        "BACKEND": "django_redis.cache.RedisCache",
        "LOCATION": url,
        "KEY_PREFIX": env.str("CACHE_PREFIX", default="newsroom"),
        "OPTIONS": {"IGNORE_EXCEPTIONS": True, "SOCKET_TIMEOUT": 1, "SOCKET_CONNECT_TIMEOUT": 1},
    }
