#!/usr/bin/env python
"""Does a page cost the same with a large archive as with a small one?

    python bench/growth.py [--small 1000] [--large 100000] [--rounds 5] [--repeat 20] [--postgres URL]

Makes two newspapers of the demonstration with so many stories (SQLite files under ``var/bench``, or two
databases on the PostgreSQL server of URL; kept and used again), then asks every kind of public page of
both in turn, without any cache, in processes of their own. Reported are the milliseconds of a request
(median of all rounds), the queries, and the ratio large : small, which may be at most 1.3. The last line
is JSON. Ends with 1 when a page is over the limit or asks more queries of the larger archive.
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


def arguments() -> argparse.Namespace:
    """Return the command line's values."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--small", type=int, default=1_000)
    parser.add_argument("--large", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--repeat", type=int, default=20, help="requests of a page in a round")
    parser.add_argument("--postgres", help="for example postgres://postgres@127.0.0.1/postgres")
    return parser.parse_args()


def environment(stories: int, postgres: str | None) -> dict[str, str]:
    """Return the environment of a paper with so many stories, its database made where it is missing."""
    if postgres:
        server, name = postgres.rsplit("/", 1)[0], f"newsroom_bench_{stories}"
        ask = ["psql", postgres, "-Atc"]
        if not subprocess.run(
            [*ask, f"select 1 from pg_database where datname='{name}'"], capture_output=True
        ).stdout:
            subprocess.run([*ask, f'create database "{name}"'], check=True, capture_output=True)
        url = f"{server}/{name}"
    else:
        folder = ROOT / "var" / "bench"
        folder.mkdir(parents=True, exist_ok=True)
        url = f"sqlite:///{folder / f'growth-{stories}.sqlite3'}"
    return os.environ | {
        "DATABASE_URL": url,
        "DJANGO_SETTINGS_MODULE": "newsroom.settings.dev",
        "CACHE_URL": "",
        "LOG_LEVEL": "ERROR",
    }


def prepare(stories: int, env: dict[str, str]) -> None:
    """Bring the paper's database to its migrations and its number of stories."""
    for command in (
        ["migrate", "-v0"],
        ["demo"],
        ["demo", "--stories", str(stories)],
        ["collectstatic", "--noinput", "-v0"],
    ):
        subprocess.run(
            [sys.executable, "manage.py", *command], cwd=ROOT, env=env, check=True, stdout=sys.stderr
        )


class Paper:
    """A paper in a process of its own that measures pages when asked."""

    def __init__(self, stories: int, env: dict[str, str]) -> None:
        self.stories = stories
        self.process = subprocess.Popen(
            [sys.executable, "-m", "bench.growth_paper"],
            cwd=ROOT, env=env, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        self.pages: dict[str, str] = self.read()

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


def report(figures: dict[str, dict], small: int, large: int, database: str) -> bool:
    """Print the table and the JSON line; return whether every page holds the limit."""
    print(f"{'page':22}{small:>10}{large:>10}{'ratio':>8}  queries   (ms, {database})")
    for page, row in figures.items():
        queries = f"{row['small_queries']} / {row['large_queries']}"
        print(f"{page:22}{row['small']:10.2f}{row['large']:10.2f}{row['ratio']:8.2f}  {queries}")
    worst = max(figures, key=lambda page: figures[page]["ratio"])
    held = all(
        row["ratio"] <= LIMIT and row["large_queries"] <= row["small_queries"] for row in figures.values()
    )
    rounded = {page: {key: round(value, 3) for key, value in row.items()} for page, row in figures.items()}
    print(json.dumps({"database": database, "small": small, "large": large, "limit": LIMIT, "worst": worst,
                      "worst_ratio": rounded[worst]["ratio"], "held": held, "pages": rounded}))  # fmt: skip
    return held


def main() -> int:
    """Prepare both papers, measure, report."""
    options = arguments()
    papers = []
    for stories in (options.small, options.large):
        env = environment(stories, options.postgres)
        prepare(stories, env)
        papers.append(Paper(stories, env))
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
