#!/usr/bin/env python
"""Do rows and files of photos agree after the server was killed in the middle of uploads, again and again?

    python bench/photo_faults.py [--photos 1000] [--people 4] [--seed N] [--postgres URL] [--keep]

Starts the paper as production does (granian, SQLite in a folder of its own or a new database on the PostgreSQL
server of URL). Several people upload different pictures through the address that the photo dialog uses, over real
connections; meanwhile the server is killed (kill -9) every few seconds and started again. Whoever got no answer
uploads the same file again, as a person would. Afterwards: every upload that was answered is a photo with its
original, byte by byte; no row lacks a file that a page needs; ``check_media --repair`` takes away what was cut off
and makes what is missing; then ``check_media`` finds nothing. The last line is JSON; ends with 1 otherwise.
"""

import argparse
import contextlib
import hashlib
import http.client
import io
import json
import random
import shutil
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse
from http.cookies import SimpleCookie
from pathlib import Path

from desk_faults_server import ROOT, Newsroom, Server, surroundings
from PIL import Image

LOGIN, UPLOAD = "/admin/login/?next=/admin/", "/admin/articles/photo/upload/"
# Seconds between two kills: from the middle of one upload to several of them.
LEAST, MOST = 0.5, 6.0
BOUNDARY = "a-part-of-the-form-ends-here"
FORM = "application/x-www-form-urlencoded"
PATIENCE = 60


def arguments() -> argparse.Namespace:
    """Return the command line's values."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--photos", type=int, default=1000)
    parser.add_argument("--people", type=int, default=4, help="who upload at the same time")
    parser.add_argument("--seed", type=int, default=random.randrange(10**6))
    parser.add_argument("--postgres", help="for example postgres://postgres@127.0.0.1/postgres")
    parser.add_argument("--keep", action="store_true", help="leave the folder and the database")
    return parser.parse_args()


def picture(number: int, seed: int) -> bytes:
    """Return a photo like no other: coloured clouds, of another size each time."""
    dice = random.Random(f"{seed}-{number}")
    size = (dice.randint(500, 1700), dice.randint(400, 1200))
    small = Image.frombytes("RGB", (8, 6), dice.randbytes(8 * 6 * 3))
    buffer = io.BytesIO()
    small.resize(size, Image.Resampling.BICUBIC).save(buffer, "JPEG", quality=88)
    return buffer.getvalue()


class Person(threading.Thread):
    """Somebody who uploads pictures, one after another, until there are no more."""

    def __init__(self, server: Server, account: dict, waiting: "Waiting", seed: int) -> None:
        super().__init__(daemon=True)
        self.server, self.account, self.waiting, self.seed = server, account, waiting, seed
        self.cookies: dict[str, str] = {}
        self.stored: dict[int, str] = {}
        self.cut = 0
        self.failure = ""

    def run(self) -> None:
        """Upload until nothing is left."""
        try:
            self.insist(self.sign_in)
            while (number := self.waiting.next()) is not None:
                self.upload(number, picture(number, self.seed))
        except RuntimeError as error:
            self.failure = str(error)

    def insist(self, do):
        """Do something again until the server has answered."""
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            try:
                return do()
            except (OSError, http.client.HTTPException):
                self.cut += 1
                time.sleep(0.1)
        raise RuntimeError("The server did not answer any more.")

    def ask(self, method: str, address: str, body: bytes = b"", kind: str = "") -> tuple[int, bytes]:
        """Send a request and keep the cookies of the answer; return its status and content."""
        connection = http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=30)
        try:
            headers = {"Host": "localhost", "X-CSRFToken": self.cookies.get("csrftoken", "")}
            if self.cookies:
                headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
            if kind:
                headers["Content-Type"] = kind
            connection.request(method, address, body=body or None, headers=headers)
            answer = connection.getresponse()
            content = answer.read()
            for line in answer.headers.get_all("Set-Cookie") or []:
                self.cookies |= {name: one.value for name, one in SimpleCookie(line).items()}
            return answer.status, content
        finally:
            connection.close()

    def sign_in(self) -> None:
        """Sign in as the account."""
        self.ask("GET", LOGIN)
        form = {"username": self.account["name"], "password": self.account["password"], "next": "/admin/"}
        status, _content = self.ask("POST", LOGIN, urllib.parse.urlencode(form).encode(), FORM)
        if status != 302:
            raise RuntimeError(f"Signing in was answered with {status}.")

    def upload(self, number: int, data: bytes) -> None:
        """Upload a picture, again until there was an answer."""
        head = (
            f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="anyway"\r\n\r\n1\r\n'
            f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="{number}.jpg"\r\n'
            "Content-Type: image/jpeg\r\n\r\n"
        )
        body = head.encode() + data + f"\r\n--{BOUNDARY}--\r\n".encode()
        kind = f"multipart/form-data; boundary={BOUNDARY}"
        status, content = self.insist(lambda: self.ask("POST", UPLOAD, body, kind))
        if status != 200:
            raise RuntimeError(f"An upload was answered with {status}: {content[:200]!r}")
        self.stored[json.loads(content)["photo"]["id"]] = hashlib.sha256(data).hexdigest()


class Waiting:
    """The pictures that nobody has taken yet."""

    def __init__(self, count: int) -> None:
        self.numbers = iter(range(count))
        self.taken = 0
        self.lock = threading.Lock()

    def next(self) -> int | None:
        """Return the number of the next picture, None when there are no more."""
        with self.lock:
            number = next(self.numbers, None)
            self.taken += number is not None
            return number


def disturb(server: Server, people: list[Person], waiting: Waiting) -> int:
    """Kill and start the server until everybody is done; return how often."""
    kills = 0
    while any(person.is_alive() for person in people):
        time.sleep(random.uniform(LEAST, MOST))
        if any(person.is_alive() for person in people):
            server.kill()
            kills += 1
            server.start()
            if kills % 10 == 0:
                print(f"{waiting.taken} pictures, {kills} kills", flush=True)
    return kills


def manage(env: dict[str, str], *command: str) -> subprocess.CompletedProcess:
    """Run a command of the paper."""
    return subprocess.run(
        [sys.executable, "manage.py", *command],
        cwd=ROOT,
        env=env,
        capture_output=True,
        text=True,
        check=False,
    )


def run(options: argparse.Namespace, folder: Path) -> dict:
    """Upload, kill, look; whatever was started is ended."""
    with contextlib.ExitStack() as stack:
        env = surroundings(folder, options.postgres, stack, keep=options.keep)
        newsroom = stack.enter_context(Newsroom(env))
        accounts = newsroom.ask("prepare", desks=options.people)
        server = stack.enter_context(Server(env, folder))
        waiting = Waiting(options.photos)
        people = [Person(server, account, waiting, options.seed) for account in accounts]
        for person in people:
            person.start()
        kills = disturb(server, people, waiting)
        server.kill()
        stored = {key: mark for person in people for key, mark in person.stored.items()}
        before = manage(env, "check_media", "--older-than", "0").stdout.splitlines()
        missing = [line for line in before if "missing" in line]
        wrong = newsroom.ask("wrong_originals", marks={str(key): mark for key, mark in stored.items()})
        manage(env, "renditions")
        repaired = manage(env, "check_media", "--older-than", "0", "--repair")
        after = manage(env, "check_media", "--older-than", "0")
        return {
            "photos": newsroom.ask("photos"), "answered": len(stored), "kills": kills,
            "connections_cut": sum(person.cut for person in people), "rows_without_files": len(missing),
            "originals_wrong": len(wrong), "strays_taken_away": len(before) - len(missing),
            "agree_afterwards": repaired.returncode == after.returncode == 0,
            "failures": [person.failure for person in people if person.failure],
            "left": after.stdout.splitlines()[-5:] if after.returncode else [],
        }  # fmt: skip


def main() -> int:
    """Run and report."""
    options = arguments()
    print(f"seed {options.seed}", flush=True)
    random.seed(options.seed)
    folder = Path(tempfile.mkdtemp(prefix="newsroom-photo-faults-"))
    begun = time.monotonic()
    try:
        found = run(options, folder)
    finally:
        if options.keep:
            print(f"kept in {folder}")
        else:
            shutil.rmtree(folder, ignore_errors=True)
    held = (
        found["agree_afterwards"]
        and not found["rows_without_files"]
        and not found["originals_wrong"]
        and not found["failures"]
        and found["photos"] == found["answered"] == options.photos
    )
    print(json.dumps({"held": held, **found, "seconds": round(time.monotonic() - begun)}))
    return 0 if held else 1


if __name__ == "__main__":
    sys.exit(main())
