"""What the search finds and costs, on a set of passages and queries in JSON lines.

    python bench/search.py --passages FILE --queries FILE [--titles FILE] [--postgres URL] [--fill 50000]

Each passage becomes a story of the paper (its text, no headline), in a database of its own that is taken
away again; queries go through the product's own engine, as readers' do. A result is right when it comes from
the document of the query. All stories are of the same moment, so that their age decides nothing. Prints
MRR@10 and recall@10 by kind of query and the processor time of a query (with that of PostgreSQL where it runs
on this machine); JSON on the last line, and exit 1 where a limit is missed. ``--fill`` measures the time a
second time among so many passages, the further ones made of shuffled sentences. With ``--titles`` documents are
cut into halves, the first with the headline: the second has to be among the five stories that are like it.
"""

import argparse
import json
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LIMITS = {
    "sqlite": {"mrr": 0.91, "recall": 0.95, "p95": 50.0, "related": 0.88},
    "postgresql": {"mrr": 0.89, "recall": 0.94, "p95": 50.0, "related": 0.88},
}


def parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--passages", required=True, type=Path, help="lines of {id, doc, text}")
    parser.add_argument("--queries", required=True, type=Path, help="lines of {type, q, doc}")
    parser.add_argument("--titles", type=Path, help="lines of {doc, q}: measures related stories, too")
    parser.add_argument(
        "--postgres", metavar="URL", help="a PostgreSQL server on which databases may be made"
    )
    parser.add_argument("--fill", type=int, default=50_000, help="passages for the measure of time (0: none)")
    parser.add_argument("--some", type=int, default=1, help="every n-th query only")
    parser.add_argument("--only", choices=list(LIMITS), help="one database only")
    return parser.parse_args()


def run(vendor: str, asked: argparse.Namespace) -> dict:
    """Return the figures of one database, measured in a process of its own."""
    given = {
        "passages": str(asked.passages.resolve()),
        "queries": str(asked.queries.resolve()),
        "titles": str(asked.titles.resolve()) if asked.titles else "",
        "fill": asked.fill,
        "some": asked.some,
    }
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "newsroom.settings.test", "PYTHONPATH": str(ROOT)}
    environment.pop("DATABASE_URL", None)
    environment["PYTEST_XDIST_WORKER"] = f"benchsearch{os.getpid()}"
    if vendor == "postgresql":
        environment["DATABASE_URL"] = asked.postgres
    done = subprocess.run(
        [sys.executable, "-m", "bench.search_paper", json.dumps(given)],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return json.loads(done.stdout.splitlines()[-1])


def missed(vendor: str, figures: dict) -> list[str]:
    """Return a sentence for every limit that the figures of a database miss."""
    limits, faults = LIMITS[vendor], []
    reached = {name: figures[name] for name in ("mrr", "recall")}
    if "related" in figures:
        reached["related"] = figures["related"]["share"]
    for name, value in reached.items():
        if value < limits[name]:
            faults.append(f"{vendor}: {name} {value:.3f} is below {limits[name]}")
    time = figures.get("filled", figures)["cpu_ms"]["p95"]
    if time > limits["p95"]:
        faults.append(f"{vendor}: p95 {time:.1f} ms is above {limits['p95']} ms")
    return faults


def show(vendor: str, figures: dict) -> None:
    """Print the figures of a database as a small table."""
    print(f"\n{vendor}: {figures['passages']:,} passages, {figures['queries']:,} queries")
    print(f"  {'kind':<12}{'MRR@10':>8}{'recall@10':>11}")
    for kind, row in [*figures["by_kind"].items(), ("all", figures)]:
        print(f"  {kind:<12}{row['mrr']:>8.3f}{row['recall']:>11.3f}")
    for words, row in (("", figures), (" filled up", figures.get("filled"))):
        if row:
            cpu, wall = row["cpu_ms"], row["wall_ms"]
            print(
                f"  {row['passages']:,} passages{words}: CPU p50 {cpu['p50']:.1f}, p95 {cpu['p95']:.1f} ms; "
                f"wall p50 {wall['p50']:.1f}, p95 {wall['p95']:.1f} ms"
            )
    print(f"  indexed in {figures['index_ms']:.2f} ms a passage")
    if "related" in figures:
        row = figures["related"]
        print(
            f"  related, {row['stories']:,} halves of stories: the other half among five {row['share']:.3f}, "
            f"CPU p95 {row['cpu_ms']['p95']:.1f} ms"
        )


def main() -> int:
    """Measure, print, and return 1 where a limit was missed."""
    asked = parse()
    vendors = ["sqlite", *(["postgresql"] if asked.postgres else [])]
    results = {}
    for vendor in [asked.only] if asked.only else vendors:
        results[vendor] = run(vendor, asked)
        show(vendor, results[vendor])
    faults = [fault for vendor, figures in results.items() for fault in missed(vendor, figures)]
    print("\n" + ("\n".join(faults) or "Every limit is kept."))
    print(json.dumps({"ok": not faults, "missed": faults, **results}, ensure_ascii=False))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
