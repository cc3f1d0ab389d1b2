#!/usr/bin/env python
"""Does a page cost the same with a large archive as with a small one?

    python bench/growth.py [--desk] [--small 1000] [--large 100000] [--rounds 5] [--repeat 20] [--postgres URL]

Makes two newspapers of the demonstration with so many stories (SQLite files under ``var/bench``, or two
databases on the PostgreSQL server of URL; kept and used again), then asks every kind of public page of
both in turn, without any cache, in processes of their own. Reported are the milliseconds of a request
(median of all rounds), the queries, and the ratio large : small, which may be at most 1.3. The last line
is JSON. Ends with 1 when a page is over the limit or asks more queries of the larger archive.

``--desk`` asks for the pages of the desk instead: every story has ten versions then, with its log, notes,
notices and assignments (``growth_desk.py``), a thousand with 100 stories and a million with 100,000. A page
of the desk may ask at most 20 queries. The small paper is one of 100 stories by default.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LIMIT = 1.3
MOST_QUERIES = 20  # a page of the desk


def arguments() -> argparse.Namespace:
    """Return the command line's values."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--desk", action="store_true", help="the pages of the desk")
    parser.add_argument("--small", type=int, help="1000, with --desk 100")
    parser.add_argument("--large", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--repeat", type=int, default=20, help="requests of a page in a round")
    parser.add_argument("--postgres", help="for example postgres://postgres@127.0.0.1/postgres")
    options = parser.parse_args()
    options.small = options.small or (100 if options.desk else 1_000)
    return options


def environment(stories: int, postgres: str | None, desk: bool) -> dict[str, str]:
    """Return the environment of a paper with so many stories, its database made where it is missing."""
    kind = "desk" if desk else "growth"
    if postgres:
        server, name = postgres.rsplit("/", 1)[0], f"newsroom_bench_{kind}_{stories}"
        ask = ["psql", postgres, "-Atc"]
        if not subprocess.run(
            [*ask, f"select 1 from pg_database where datname='{name}'"], capture_output=True
        ).stdout:
            subprocess.run([*ask, f'create database "{name}"'], check=True, capture_output=True)
        url = f"{server}/{name}"
    else:
        folder = Path(os.environ.get("VAR_DIR", ROOT / "var")).resolve() / "bench"
        folder.mkdir(parents=True, exist_ok=True)
        url = f"sqlite:///{folder / f'{kind}-{stories}.sqlite3'}"
    return os.environ | {
        "DATABASE_URL": url,
        "DJANGO_SETTINGS_MODULE": "newsroom.settings.dev",
        "CACHE_URL": "",
        "LOG_LEVEL": "ERROR",
    }


def prepare(stories: int, env: dict[str, str], desk: bool) -> None:
    """Bring the paper's database to its migrations, its number of stories and the size of its desk."""
    commands = [
        ["manage.py", "migrate", "-v0"],
        ["manage.py", "demo"],
        ["manage.py", "demo", "--stories", str(stories)],
        ["manage.py", "collectstatic", "--noinput", "-v0"],
    ]
    if desk:
        commands.append(["-m", "bench.growth_desk"])
    for command in commands:
        subprocess.run([sys.executable, *command], cwd=ROOT, env=env, check=True, stdout=sys.stderr)


class Paper:
    """A paper in a process of its own that measures pages when asked."""

    def __init__(self, stories: int, env: dict[str, str], desk: bool) -> None:
        self.stories = stories
        self.process = subprocess.Popen(
            [sys.executable, "-m", "bench.growth_paper", *(["--desk"] if desk else [])],
            cwd=ROOT, env=env, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        self.pages: list[str] = self.read()

    def read(self):
        """Return what the process says next."""
        line = self.process.stdout.readline()
        if not line:
            sys.exit(f"The paper with {self.stories} stories has ended; its message stands above.")
        return json.loads(line)

    def measure(self, page: str, repeat: int) -> dict:
        """Return {"ms": […], "queries": n} for ``repeat`` requests of a page."""
        self.process.stdin.write(json.dumps([page, repeat]) + "\n")
        self.process.stdin.flush()
        return self.read()

    def close(self) -> None:
        """End the process."""
        self.process.stdin.close()
        self.process.wait(timeout=10)


def compare(small: Paper, large: Paper, rounds: int, repeat: int) -> dict[str, dict]:
    """Measure every page of both papers in interleaved rounds."""
    figures: dict[str, dict] = {page: {"small": [], "large": []} for page in small.pages}
    for number in range(rounds):
        for page, row in figures.items():
            for size, paper in (("small", small), ("large", large)):
                measured = paper.measure(page, repeat)
                row[size] += measured["ms"]
                row[f"{size}_queries"] = measured["queries"]
        print(f"round {number + 1} of {rounds} done", file=sys.stderr)
    for row in figures.values():
        row["small"], row["large"] = (statistics.median(row[size]) for size in ("small", "large"))
        row["ratio"] = row["large"] / row["small"]
    return figures


def holds(page: str, row: dict) -> bool:
    """Tell whether a page costs the same in both papers, and one of the desk few queries."""
    asked = row["large_queries"]
    few = asked <= MOST_QUERIES or not page.startswith("desk: ")
    return few and row["ratio"] <= LIMIT and asked <= row["small_queries"]


def report(figures: dict[str, dict], small: int, large: int, database: str) -> bool:
    """Print the table and the JSON line; return whether every page holds the limit."""
    print(f"{'page':34}{small:>10}{large:>10}{'ratio':>8}  queries   (ms, {database})")
    for page, row in figures.items():
        queries = f"{row['small_queries']} / {row['large_queries']}"
        print(f"{page:34}{row['small']:10.2f}{row['large']:10.2f}{row['ratio']:8.2f}  {queries}")
    worst = max(figures, key=lambda page: figures[page]["ratio"])
    held = all(holds(page, row) for page, row in figures.items())
    rounded = {page: {key: round(value, 3) for key, value in row.items()} for page, row in figures.items()}
    print(json.dumps({"database": database, "small": small, "large": large, "limit": LIMIT, "worst": worst,
                      "worst_ratio": rounded[worst]["ratio"], "held": held, "pages": rounded}))  # fmt: skip
    return held


def main() -> int:
    """Prepare both papers, measure, report."""
    options = arguments()
    papers = []
    for stories in (options.small, options.large):
        env = environment(stories, options.postgres, options.desk)
        prepare(stories, env, options.desk)
        papers.append(Paper(stories, env, options.desk))
    figures = compare(*papers, options.rounds, options.repeat)
    for paper in papers:
        paper.close()
    return (
        0
        if report(figures, options.small, options.large, "postgresql" if options.postgres else "sqlite")
        else 1
    )


if __name__ == "__main__":
    sys.exit(main())
