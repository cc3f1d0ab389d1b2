"""For ``desk_faults.py``: the paper's server, which may be killed, and a process that looks into its database."""

import contextlib
import http.client
import json
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SECONDS_TO_START = 60


def surroundings(
    folder: Path, postgres: str | None, stack: contextlib.ExitStack, *, keep: bool
) -> dict[str, str]:
    """Return the environment of a paper of its own, in production settings; its database goes with it."""
    url = f"sqlite:///{folder / 'paper.sqlite3'}"
    if postgres:
        name = f"newsroom_faults_{os.getpid()}"
        subprocess.run(["psql", postgres, "-qc", f'create database "{name}"'], check=True)
        if not keep:
            drop = ["psql", postgres, "-qc", f'drop database "{name}" with (force)']
            stack.callback(subprocess.run, drop, check=False)
        url = f"{postgres.rsplit('/', 1)[0]}/{name}"
    return os.environ | {
        "DATABASE_URL": url,
        "DJANGO_SETTINGS_MODULE": "newsroom.settings.prod",
        "SECRET_KEY": secrets.token_urlsafe(60),
        "ALLOWED_HOSTS": "localhost",
        "SECURE_SSL_REDIRECT": "false",
        "VAR_DIR": str(folder),
        "CACHE_URL": "",
        "LOG_LEVEL": "ERROR",
    }


def free_port() -> int:
    """Return a port of the loopback that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Server:
    """granian with one worker, in a process group of its own."""

    def __init__(self, env: dict[str, str], folder: Path) -> None:
        self.env, self.port = env, free_port()
        self.url = f"http://localhost:{self.port}"
        self.log = (folder / "server.log").open("ab")
        self.process: subprocess.Popen | None = None

    def __enter__(self) -> "Server":
        self.start()
        return self

    def __exit__(self, *error) -> None:
        self.kill()
        self.log.close()

    def start(self) -> None:
        """Start it and wait until it answers."""
        command = [
            sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(self.port),
            "--workers", "1", "--blocking-threads", "4", "--log-level", "warning", "newsroom.wsgi:application",
        ]  # fmt: skip
        self.process = subprocess.Popen(
            command, cwd=ROOT, env=self.env, stdout=self.log, stderr=self.log, start_new_session=True
        )
        until = time.monotonic() + SECONDS_TO_START
        while not self.answers():
            if time.monotonic() > until or self.process.poll() is not None:
                sys.exit("The server did not start; run with --keep and see server.log.")
            time.sleep(0.05)

    def answers(self) -> bool:
        """Tell whether the server is up."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=2)
        try:
            connection.request("GET", "/healthz")
            return connection.getresponse().status == 200
        except (OSError, http.client.HTTPException):
            return False
        finally:
            connection.close()

    def kill(self) -> None:
        """End it at once and without a word, with its workers: kill -9."""
        if self.process and self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()


class Newsroom:
    """A process that prepares the database, saves as somebody else and reads what is stored."""

    def __init__(self, env: dict[str, str]) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "bench.desk_faults_newsroom"], cwd=ROOT, env=env,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip

    def __enter__(self) -> "Newsroom":
        return self

    def __exit__(self, *error) -> None:
        self.process.stdin.close()
        self.process.wait(timeout=20)

    def ask(self, what: str, **arguments):
        """Let the process do ``what`` and return its answer."""
        self.process.stdin.write(json.dumps([what, arguments]) + "\n")
        self.process.stdin.flush()
        line = self.process.stdout.readline()
        if not line:
            sys.exit("The process at the database has ended; its message stands above.")
        return json.loads(line)
