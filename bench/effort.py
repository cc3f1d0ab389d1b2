#!/usr/bin/env python
"""What does editing cost, in clicks and seconds, and is anything lost on the way?

    python bench/effort.py [--runs 2] [--folder FOLDER] [--only effort|losses]

Starts the paper as ``make run`` does (granian, SQLite, the demonstration newspaper) in a folder of its own and
drives Chromium through the screen: sign in, write a story with headline, deck, five pasted paragraphs, section, two
new tags, an uploaded and described photo and a second byline, publish it and look at it; then mend a typo and
withdraw it, each from the public page. Counted are clicks, keys, pointings and looks, and from them the seconds of
a person by the keystroke-level model (``effort_person.py``); the machine's seconds are all waits. Then text is
typed and the page reloaded, another person saves in between, the session goes. With FOLDER the paper is kept there
and used again. The table ends with what other systems cost for the same task, measured in the same way in November
2026. The last line is JSON; ends with 1 when a target is missed or typed text was lost.
"""

import argparse
import contextlib
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from desk_faults_desk import launched
from desk_faults_server import ROOT, Server
from effort_losses import losses
from effort_person import Person
from effort_tasks import Story, create, fix_typo, withdraw

# At most: clicks, seconds of a person, seconds of the machine, of the run that waited least; the machine has to
# do nothing else.
TARGETS = {"create": (10, 60.0, 3.0), "typo": (3, None, None), "withdraw": (3, None, None)}
PEERS = {
    "WordPress 6.1": {"create": (15, 74.3, 4.0), "typo": (3, 8.8, 1.2), "withdraw": (3, 6.0, 1.0)},
    "Ghost 6.65": {"create": (14, 78.5, 7.6), "typo": (2, 9.2, 1.5), "withdraw": (2, 7.6, 1.1)},
    "Wagtail 7.4": {"create": (21, 88.5, 6.2), "typo": (5, 11.2, 1.6), "withdraw": (5, 9.6, 1.6)},
}
# As long as the one that was typed into the other systems.
PASSWORD = "seventeen-letters"  # noqa: S105  (of accounts that end with the folder)
ACCOUNTS = ("desk", "editor-in-chief")
SET_PASSWORDS = """
from django.contrib.auth import get_user_model
for user in get_user_model().objects.filter(username__in={names}):
    user.set_password({password!r})
    user.save()
"""


def arguments() -> argparse.Namespace:
    """Return the command line's values."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--runs", type=int, default=2)
    parser.add_argument("--folder", type=Path, help="keep the paper here and use it again")
    parser.add_argument("--only", choices=["effort", "losses"])
    return parser.parse_args()


def prepare(folder: Path) -> dict[str, str]:
    """Bring the demonstration paper into a folder; return the environment of its server."""
    env = os.environ | {
        "VAR_DIR": str(folder),
        "DJANGO_SETTINGS_MODULE": "newsroom.settings.dev",
        "ALLOWED_HOSTS": "localhost,127.0.0.1",
        "LOG_LEVEL": "ERROR",
    }
    for name in ("DATABASE_URL", "CACHE_URL"):
        env.pop(name, None)
    code = SET_PASSWORDS.format(names=ACCOUNTS, password=PASSWORD)
    for command in (["prepare"], ["shell", "-v0", "-c", code]):
        subprocess.run(
            [sys.executable, "manage.py", *command], cwd=ROOT, env=env, check=True, stdout=sys.stderr
        )
    return env


def measure(browser, url: str, run: int) -> dict[str, dict]:
    """Do the three tasks once; return their costs."""
    person, stranger = Person(browser, url, ACCOUNTS[0], PASSWORD), Person(browser, url, "", "")
    story, figures = Story(mark=f"{os.getpid() % 1000}{run}"), {}
    create(person, story)
    figures["create"] = person.result()
    address = person.page.url
    for name, task in (("typo", lambda: fix_typo(person)), ("withdraw", lambda: withdraw(person, stranger))):
        person.page.goto(address)
        person.begin()
        task()
        figures[name] = person.result()
    for each in (person, stranger):
        each.close()
    return figures


def lose(browser, url: str) -> dict[str, bool]:
    """Run the tests of loss; return what was kept."""
    names = (ACCOUNTS[0], ACCOUNTS[0], ACCOUNTS[1])
    people = [Person(browser, url, name, PASSWORD) for name in names]
    kept = losses(*people)
    for each in people:
        each.close()
    return kept


def best(runs: list[dict[str, dict]]) -> dict[str, dict]:
    """Return the costs of each task, the machine's seconds from the run that waited least."""
    return {name: min((run[name] for run in runs), key=lambda row: row["machine"]) for name in TARGETS}


def missed(figures: dict[str, dict]) -> list[str]:
    """Return a sentence for every target that was missed."""
    sentences = []
    for task, limits in TARGETS.items():
        for name, limit in zip(("clicks", "human", "machine"), limits, strict=True):
            if limit is not None and task in figures and figures[task][name] > limit:
                sentences.append(f"{task}: {name} {figures[task][name]}, at most {limit}")
    return sentences


def report(runs: list[dict[str, dict]], kept: dict[str, bool]) -> bool:
    """Print the tables and the JSON line; return whether every target was met and nothing was lost."""
    figures = best(runs) if runs else {}
    if runs:
        print(
            f"load of the machine in the last minute: {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors"
        )
        print(f"{'clicks / person s / machine s':30}" + "".join(f"{task:>22}" for task in TARGETS))
        own = {
            task: tuple(row[name] for name in ("clicks", "human", "machine")) for task, row in figures.items()
        }
        for system, row in {"this newsroom": own, **PEERS}.items():
            cells = (" / ".join(str(value) for value in row[task]) for task in TARGETS)
            print(f"{system:30}" + "".join(f"{cell:>22}" for cell in cells))
        for task, row in figures.items():
            print(
                f"{task}: " + ", ".join(f"{name} {value}" for name, value in row.items() if name != "waits")
            )
            print("  waits: " + ", ".join(f"{name} {value} s" for name, value in row["waits"].items()))
    for test, was_kept in kept.items():
        print(f"{'kept' if was_kept else 'LOST':5} {test}")
    sentences = missed(figures)
    for sentence in sentences:
        print(f"MISSED {sentence}")
    held = not sentences and all(kept.values())
    print(
        json.dumps(
            {"held": held, "missed": sentences, "kept": kept, "best": figures, "runs": runs},
            ensure_ascii=False,
        )
    )
    return held


def main() -> int:
    """Prepare the paper, do the tasks and the tests of loss, report."""
    options = arguments()
    with contextlib.ExitStack() as stack:
        folder = options.folder or Path(
            stack.enter_context(tempfile.TemporaryDirectory(prefix="newsroom-effort-"))
        )
        folder.mkdir(parents=True, exist_ok=True)
        server = stack.enter_context(Server(prepare(folder.resolve()), folder))
        browser = stack.enter_context(launched())
        runs = (
            []
            if options.only == "losses"
            else [measure(browser, server.url, run) for run in range(options.runs)]
        )
        kept = {} if options.only == "effort" else lose(browser, server.url)
    return 0 if report(runs, kept) else 1


if __name__ == "__main__":
    sys.exit(main())
