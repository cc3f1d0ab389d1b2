"""Whether this process can serve: asked by load balancers, by ``make run`` and by the person on call."""

import secrets

from django.core.cache import cache
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

KEY = "ops:ready"
SECONDS = 30
OK = "ok"


def unapplied_migrations() -> list[str]:
    """Return the names of the migrations that this database has not had; raise DatabaseError when it is down."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _backwards in plan]


def database_state() -> str:
    """Return «ok», or in a word what is wrong with the database."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return "unreachable"
    return OK


def migrations_state() -> str:
    """Return «ok», or how many migrations are missing."""
    try:
        missing = unapplied_migrations()
    except DatabaseError:
        return "unknown"
    return f"{len(missing)} not applied" if missing else OK


def cache_state() -> str:
    """Return «ok», or in a word what is wrong with the cache: it must give back what was put in."""
    token = secrets.token_hex(8)
    key = f"{KEY}:{token}"  # of its own: several may ask at once
    cache.set(key, token, SECONDS)
    return OK if cache.get(key) == token else "unreachable"


def readiness() -> dict[str, str]:
    """Return the state of every part that a page needs; no message of a server or library is passed on."""
    return {"database": database_state(), "migrations": migrations_state(), "cache": cache_state()}
