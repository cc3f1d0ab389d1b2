#!/usr/bin/env python
"""Is anything lost when things break while people write?

    python bench/desk_faults.py [--rounds 200] [--desks 6] [--seed N] [--postgres URL] [--keep]

Starts the paper as production does (granian, SQLite in a folder of its own or a new database on the PostgreSQL
server of URL) and Chromium. In each round somebody types Korean into headline, deck and text of a story, old or
new; then the server is killed and started again, the connection is cut, the session expires, a second person
saves the same story, the tab is closed, reloaded or crashes. Afterwards the story is opened again by the same
person, and every character that was on the screen more than 5 seconds before the fault has to be in the form or
in a stored revision. At the end no revision may be missing or altered. Several people write at once, so that
their waiting is shared. The last line is JSON; ends with 1 when anything was lost.
"""

import argparse
import collections
import contextlib
import json
import random
import shutil
import statistics
import sys
import tempfile
import time
from pathlib import Path

from desk_faults_desk import Desk, launched
from desk_faults_server import Newsroom, Server, surroundings

FAULTS = ("cut", "expire", "rival", "close", "reload", "crash")
# One wave in so many kills the server under all desks at once.
KILL_EVERY = 4
# What is on the screen so long before the fault may not be lost, whatever happens.
SECONDS = 5


def arguments() -> argparse.Namespace:
    """Return the command line's values."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rounds", type=int, default=200)
    parser.add_argument("--desks", type=int, default=6, help="people who write at the same time")
    parser.add_argument("--seed", type=int, default=random.randrange(10**6))
    parser.add_argument("--postgres", help="for example postgres://postgres@127.0.0.1/postgres")
    parser.add_argument("--keep", action="store_true", help="leave the folder and the database")
    return parser.parse_args()


class Tally:
    """What was tried, and what was lost."""

    def __init__(self) -> None:
        self.faults: collections.Counter = collections.Counter()
        self.rounds = self.characters = self.lost = self.young = self.young_lost = 0
        self.digests: dict[str, str] = {}
        self.altered = 0
        self.waits: list[float] = []

    def count(self, desk: Desk, fault: str, at: float, found: str) -> bool:
        """Compare what a desk had typed before the fault with what is there now; say what is missing.

        Returns whether something is missing that may not be.
        """
        self.rounds += 1
        self.faults[fault] += 1
        self.waits.append(desk.waited)
        lost = self.lost
        for when, words in desk.typed:
            missing = 0 if words in found else len(words)
            if when < at - SECONDS:
                self.characters += len(words)
                self.lost += missing
                if missing:
                    print(f"LOST after {fault} ({desk.name}, story {desk.story}): {words}", flush=True)
            else:
                self.young += len(words)
                self.young_lost += missing
        return self.lost > lost

    def check(self, digests: dict[str, str]) -> None:
        """Compare the seals of all revisions with those seen before; «broken» names chains that do not hold."""
        broken = digests.pop("broken", "")
        changed = [name for name, digest in self.digests.items() if digests.get(name) != digest]
        if broken or changed:
            print(f"ALTERED OR MISSING: {broken} {changed}", flush=True)
        self.altered += len(changed) + len(broken.split())
        self.digests |= digests

    def as_json(self, seconds: float) -> dict:
        """Return the figures."""
        return {
            "rounds": self.rounds, "faults": dict(self.faults), "characters_checked": self.characters,
            "lost": self.lost, "younger": self.young, "younger_lost": self.young_lost,
            "revisions": len(self.digests), "altered": self.altered,
            "back_after": {"median": round(statistics.median(self.waits), 1), "most": round(max(self.waits), 1)},
            "seconds": round(seconds),
        }  # fmt: skip


def wave(desks: list[Desk], server: Server, newsroom: Newsroom, tally: Tally, *, kill: bool) -> None:
    """Let every desk write, break something, and look."""
    faults = {desk: "kill" if kill else random.choice(FAULTS) for desk in desks}
    for desk in desks:
        desk.begin(next_story(desk, newsroom))
    started = time.monotonic()
    until = started + SECONDS + random.uniform(0.6, 2.5)
    while time.monotonic() < until:
        for desk in desks:
            desk.type_something()
    at = {}
    if kill:
        at = dict.fromkeys(desks, time.monotonic())
        server.kill()
        for desk in random.sample(desks, len(desks) // 2):
            desk.type_something(after=True)
        server.start()
    for desk in desks:
        at.setdefault(desk, time.monotonic())
        desk.suffer(faults[desk], newsroom)
    for desk in desks:
        found = desk.come_back()
        found += newsroom.ask("words", story=desk.story, name=desk.name)
        if tally.count(desk, faults[desk], at[desk], found):
            print(json.dumps(desk.evidence(), ensure_ascii=False), newsroom.ask("copies", name=desk.name))
        desk.finish(drop=random.random() < 0.3)
    tally.check(newsroom.ask("digests"))


def next_story(desk: Desk, newsroom: Newsroom) -> int | None:
    """Return the story that a desk writes in next: mostly the same again, a fresh one, or (None) a new one."""
    chance = random.random()
    if chance < 0.25:
        return None
    return newsroom.ask("begin", name=desk.name) if desk.story is None or chance < 0.5 else desk.story


def run(options: argparse.Namespace, folder: Path) -> Tally:
    """Run the rounds; whatever was started is ended."""
    tally = Tally()
    with contextlib.ExitStack() as stack:
        env = surroundings(folder, options.postgres, stack, keep=options.keep)
        newsroom = stack.enter_context(Newsroom(env))
        accounts = newsroom.ask("prepare", desks=options.desks)
        server = stack.enter_context(Server(env, folder))
        browser = stack.enter_context(launched())
        desks = [Desk(browser, server.url, account) for account in accounts]
        number = 0
        while tally.rounds < options.rounds:
            number += 1
            wave(
                desks[: options.rounds - tally.rounds], server, newsroom, tally, kill=number % KILL_EVERY == 0
            )
            print(f"{tally.rounds} of {options.rounds} rounds, {tally.lost} lost", flush=True)
    return tally


def main() -> int:
    """Run and report."""
    options = arguments()
    print(f"seed {options.seed}", flush=True)
    random.seed(options.seed)
    folder = Path(tempfile.mkdtemp(prefix="newsroom-faults-"))
    begun = time.monotonic()
    try:
        tally = run(options, folder)
    finally:
        if options.keep:
            print(f"kept in {folder}")
        else:
            shutil.rmtree(folder, ignore_errors=True)
    print(json.dumps(tally.as_json(time.monotonic() - begun)))
    return 1 if tally.lost or tally.altered else 0


if __name__ == "__main__":
    sys.exit(main())
