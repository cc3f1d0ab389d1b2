"""One paper for ``search.py``: makes stories of passages in a database of its own, asks, prints figures as JSON."""

import json
import random
import re
import sys
import time
from collections import defaultdict
from collections.abc import Iterable
from html import escape
from itertools import zip_longest
from pathlib import Path
from statistics import mean, quantiles

import django

django.setup()

from django.db import connection  # noqa: E402  (after django.setup)
from django.utils import timezone  # noqa: E402

from articles.models import Article, Section  # noqa: E402
from articles.states import State  # noqa: E402
from newsroom.search.backends import Filters, backend  # noqa: E402
from newsroom.search.rebuild import rebuild  # noqa: E402
from newsroom.search.words import parse  # noqa: E402

SENTENCE = re.compile(r"(?<=[.?!다])\s+")
# Documents of more characters are cut into halves.
LONG = 300
BATCH, BEST, RELATED, HALVES_ASKED = 1_000, 10, 5, 500


def read(path: str) -> list[dict]:
    """Return the rows of a file of JSON lines."""
    return [json.loads(line) for line in Path(path).read_text(encoding="utf-8").splitlines() if line.strip()]


def server_clock() -> Path | None:
    """Return where Linux writes the processor time of the database's own process, None where it has none here."""
    if connection.vendor != "postgresql":
        return None
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        path = Path(f"/proc/{cursor.fetchone()[0]}/schedstat")
    name = path.with_name("comm")
    return path if name.exists() and "postgres" in name.read_text() else None


def clock(server: Path | None) -> float:
    """Return the processor seconds spent so far, those of the database's process included."""
    spent = int(server.read_text().split()[0]) / 1e9 if server else 0.0
    return time.process_time() + spent


def add(texts: Iterable[str], headlines: Iterable[str] = ()) -> list[int]:
    """Make a public story of each text, without headlines where none are given, of one moment; return their keys."""
    now = timezone.now()
    section = Section.objects.get_or_create(slug="all", defaults={"name": "모두"})[0]
    keys, rows = [], []

    def store() -> None:
        keys.extend(row.pk for row in Article.objects.bulk_create(rows))
        rows.clear()

    for text, headline in zip_longest(texts, headlines, fillvalue="-"):
        rows.append(
            Article(
                headline=headline[:200],
                body=f"<p>{escape(text, quote=False)}</p>",
                state=State.APPROVED,
                section=section,
                top_section=section,
                approved_at=now,
                published_at=now,
            )
        )
        if len(rows) == BATCH:
            store()
    store()
    return keys


def filling(texts: list[str], many: int) -> Iterable[str]:
    """Yield ``many`` passages made of the sentences of ``texts`` in random order, as long as those are."""
    chance = random.Random(7)
    sentences = [sentence for text in texts for sentence in SENTENCE.split(text)]
    for _number in range(many):
        length, made = len(chance.choice(texts)), []
        while sum(map(len, made)) < length:
            made.append(chance.choice(sentences))
        yield " ".join(made)


def index() -> float:
    """Bring the index up to the stories; return the seconds it took."""
    start = time.process_time()
    for _progress in rebuild():
        pass
    spent = time.process_time() - start
    if connection.vendor == "postgresql":  # its planner knows nothing of rows that have just come in bulk
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
    return spent


def spread(seconds: list[float]) -> dict[str, float]:
    """Return the middle and the 95th of 100 in milliseconds."""
    cuts = quantiles(seconds, n=100)
    return {"p50": round(1000 * cuts[49], 2), "p95": round(1000 * cuts[94], 2)}


def ask(queries: list[dict], documents: dict[int, str]) -> tuple[dict, dict]:
    """Return the reciprocal ranks by kind of query, and the times of a query."""
    ranks, cpu, wall = defaultdict(list), [], []
    engine, server = backend(), server_clock()
    for query in queries:
        begun, spent = time.perf_counter(), clock(server)
        found = engine.search(parse(query["q"]), Filters(), size=BEST).keys
        wall.append(time.perf_counter() - begun)
        cpu.append(clock(server) - spent)
        right = [place for place, key in enumerate(found, start=1) if documents.get(key) == query["doc"]]
        ranks[query["type"]].append(1 / right[0] if right else 0.0)
    return ranks, {"cpu_ms": spread(cpu), "wall_ms": spread(wall), "passages": Article.objects.count()}


def quality(ranks: list[float]) -> dict[str, float]:
    """Return MRR@10 and recall@10 of reciprocal ranks."""
    return {
        "mrr": round(mean(ranks), 4),
        "recall": round(mean(rank > 0 for rank in ranks), 4),
        "queries": len(ranks),
    }


def halves(passages: list[dict], headlines: dict[str, str]) -> list[tuple[str, str]]:
    """Return headline and text of both halves of every document with a headline; the second half has none."""
    texts = defaultdict(list)
    for row in passages:
        texts[row["doc"]].append(row["text"])
    cut = []
    for document, parts in texts.items():
        sentences = SENTENCE.split(" ".join(parts))
        middle = (len(sentences) + 1) // 2
        if document in headlines and sum(map(len, parts)) > LONG and middle < len(sentences):
            cut.append((headlines[document], " ".join(sentences[:middle])))
            cut.append(("-", " ".join(sentences[middle:])))
    return cut


def related(passages: list[dict], headlines: dict[str, str]) -> dict[str, float]:
    """Return how often the other half of a story is among its five likest, in a paper of halves only."""
    Article.objects.all().delete()
    cut = halves(passages, headlines)
    keys = add([text for _headline, text in cut], [headline for headline, _text in cut])
    index()
    asked = list(range(0, len(cut), 2))[:: max(1, len(cut) // 2 // HALVES_ASKED)]
    engine, server, found, cpu = backend(), server_clock(), 0, []
    for place in asked:
        story = Article.objects.get(pk=keys[place])
        spent = clock(server)
        found += keys[place + 1] in engine.more_like(story, RELATED)
        cpu.append(clock(server) - spent)
    return {
        "share": round(found / len(asked), 4),
        "asked": len(asked),
        "stories": len(cut),
        "cpu_ms": spread(cpu),
    }


def measure(asked: dict) -> dict:
    """Return all figures of this database."""
    passages, queries = read(asked["passages"]), read(asked["queries"])[:: asked["some"]]
    texts = [row["text"] for row in passages]
    documents = dict(zip(add(texts), (row["doc"] for row in passages), strict=True))
    spent = index()
    ranks, times = ask(queries, documents)
    figures = quality([rank for kind in ranks.values() for rank in kind]) | times
    figures["by_kind"] = {kind: quality(values) for kind, values in ranks.items()}
    figures["index_ms"] = round(1000 * spent / len(passages), 3)
    if asked["fill"] > len(passages):
        add(filling(texts, asked["fill"] - len(passages)))
        index()
        # The time only: what was filled up repeats sentences that answer a query, under no document.
        _ranks, figures["filled"] = ask(queries, documents)
    if asked["titles"]:
        figures["related"] = related(passages, {row["doc"]: row["q"] for row in read(asked["titles"])})
    return figures


def main() -> None:
    """Make the database, measure, take it away again."""
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        figures = measure(json.loads(sys.argv[1]))
    finally:
        connection.creation.destroy_test_db(connection.settings_dict["NAME"], verbosity=0)
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
