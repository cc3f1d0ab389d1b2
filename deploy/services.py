"""What this machine offers the tests: PostgreSQL, Redis, Chromium, the HTML checker. Standard library only."""

import contextlib
import hashlib
import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from environment import PYTHON, ROOT

CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# A name of this checkout's own; Django puts «test_» before it, so no database that exists is ever touched.
DATABASE = f"newsroom_suite_{hashlib.sha256(str(ROOT).encode()).hexdigest()[:8]}"
MAY_CREATE = """
import sys, psycopg
with psycopg.connect(sys.argv[1], connect_timeout=3) as connection:
    row = connection.execute(
        "SELECT rolcreatedb OR rolsuper, current_setting('server_version') FROM pg_roles WHERE rolname = current_user"
    ).fetchone()
    print(row[1])
    sys.exit(not row[0])
"""
NO_KEYS = """
import sys, redis
sys.exit(bool(redis.Redis.from_url(sys.argv[1], socket_timeout=2).info("keyspace")))
"""
SECONDS = 10


def postgresql() -> tuple[str, str]:
    """Return the DATABASE_URL for the tests and the server's version; empty where there is none to use.

    TEST_POSTGRES_URL names it; else the local server is tried, without a password.
    """
    given = os.environ.get("TEST_POSTGRES_URL")
    candidates = (
        [given] if given else [f"postgres://{user}@127.0.0.1:5432/postgres" for user in ("postgres", "root")]
    )
    for url in candidates:
        found = asked(MAY_CREATE, url)
        if found is not None:
            return f"{url.rsplit('/', 1)[0]}/{DATABASE}", found
    return "", ""


def asked(code: str, *arguments: str) -> str | None:
    """Return what the code prints, carried out by the environment's Python; None where it fails."""
    done = subprocess.run([PYTHON, "-c", code, *arguments], capture_output=True, text=True, check=False)
    return done.stdout.strip() if done.returncode == 0 else None


@contextlib.contextmanager
def redis() -> Iterator[tuple[str, str]]:
    """Give the CACHE_URL of a Redis for the tests and where it comes from; empty where there is none.

    TEST_REDIS_URL names it; else one is started for the tests alone; else the local one is taken if it is empty.
    """
    given, program = (
        os.environ.get("TEST_REDIS_URL"),
        shutil.which("redis-server") or shutil.which("valkey-server"),
    )
    if given:
        yield given, "TEST_REDIS_URL"
    elif program:
        with own_redis(program) as url:
            yield url, "one of its own"
    elif asked(NO_KEYS, "redis://127.0.0.1:6379") is not None:
        yield "redis://127.0.0.1:6379", "the local one, which is empty"
    else:
        yield "", ""


@contextlib.contextmanager
def own_redis(program: str) -> Iterator[str]:
    """Start a Redis that keeps nothing, on a free port, and end it afterwards."""
    port = free_port()
    with tempfile.TemporaryDirectory(prefix="newsroom-redis-") as folder:
        command = [program, "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", folder]
        server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            wait_for(port)
            yield f"redis://127.0.0.1:{port}"
        finally:
            server.terminate()
            server.wait(SECONDS)


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(port: int) -> None:
    """Return as soon as somebody listens on the port, or after some seconds."""
    until = time.monotonic() + SECONDS
    while time.monotonic() < until:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.05)


def chromium() -> str:
    """Return the path of Chromium: CHROMIUM, else the first that is installed; empty where there is none."""
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, CHROMIUM)), "")


def checker() -> str:
    """Return the path of the HTML checker, which VNU_JAR names; empty without it or without Java."""
    path = os.environ.get("VNU_JAR", "")
    return path if path and Path(path).is_file() and shutil.which("java") else ""
