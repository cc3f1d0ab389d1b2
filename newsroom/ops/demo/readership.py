"""What readers did in the demonstration: reads, the ranking and comments; and the paper's corrections."""

import datetime
import zlib

from articles import actions
from articles.models import Article, Correction
from articles.states import Change, State

from .files import stories
from .newsdesk import CHIEF, account
from .rows import Comment, Ranking, ReadCount

# Hours of the ranking, and its length.
WINDOW = 24
RANKED = 20
# Older stories were read for so many days after they came out.
FIRST_DAYS = 6
HOUR = datetime.timedelta(hours=1)


def make_corrections(run) -> int:
    """Publish the corrections; the story's update time is that of the correction, as after ``actions.amend``."""
    made = 0
    for stem, article, words in public_stories(run):
        for row in words.get("corrections", []):
            at = run.clock.ago(row["hours_ago"], f"correction-{stem}")
            chief = account(CHIEF)
            Correction.objects.create(
                article=article,
                kind=row["kind"],
                title=row["title"],
                text=row["text"],
                published_at=at,
                created_by=chief,
            )
            actions.amend(article=article, by=chief, change=Change.CORRECTION, note=row["title"])
            article.updated_at = at
            article.save(update_fields=["updated_at"])
            article.state_changes.filter(verb="amend").update(at=at)
            made += 1
    return made


def make_comments(run) -> int:
    """Write the comments, spread evenly between the story and now."""
    rows = []
    for _stem, article, words in public_stories(run):
        step = (run.clock.now - article.published_at) / (len(words["comments"]) + 1)
        for number, row in enumerate(words["comments"], start=1):
            at = article.published_at + step * number
            state = row.get("state", Comment.State.PUBLIC)
            rows.append(
                Comment(article=article, name=row["name"], text=row["text"], state=state, created_at=at)
            )
    Comment.objects.bulk_create(rows)
    return len(rows)


def make_reads(run) -> int:
    """Count reads by hour, most of them in the first hours of a story, and rank the last day."""
    rows = [
        ReadCount(article=article, hour=hour, count=count)
        for _stem, article, words in public_stories(run)
        for hour, count in reads_by_hour(run, article, words["reads"])
    ]
    ReadCount.objects.bulk_create(rows)
    start = run.clock.now - WINDOW * HOUR
    reads: dict[int, int] = {}
    for row in rows:
        if row.hour >= start:
            reads[row.article_id] = reads.get(row.article_id, 0) + row.count
    most = sorted(reads.items(), key=lambda pair: (-pair[1], pair[0]))[:RANKED]
    Ranking.objects.filter(hours=WINDOW).delete()
    Ranking.objects.bulk_create(
        Ranking(hours=WINDOW, position=place, article_id=pk, reads=count, counted_at=run.clock.now)
        for place, (pk, count) in enumerate(most, start=1)
    )
    return len(rows)


def reads_by_hour(run, article: Article, reads: int) -> list[tuple[datetime.datetime, int]]:
    """Return (hour, reads) of the story: ``reads`` in the hours of the last day, more in its first days before."""
    hour = run.clock.now.replace(minute=0, second=0, microsecond=0)
    age = int((run.clock.now - article.published_at) / HOUR)
    last_day = spread(reads, min(age, WINDOW - 1) + 1, article.headline)
    earlier = spread(reads, min(age - WINDOW, FIRST_DAYS * 24), article.headline) if age > WINDOW else []
    first = age - len(earlier) + 1
    counted = [(hour - HOUR * number, count) for number, count in enumerate(last_day)]
    counted += [(hour - HOUR * (first + number), count) for number, count in enumerate(earlier)]
    return [(at, count) for at, count in counted if count]


def spread(total: int, hours: int, name: str) -> list[int]:
    """Return ``total`` parted over ``hours``, unevenly but the same for the same name."""
    weights = [1 + zlib.crc32(f"{name}{number}".encode()) % 5 for number in range(hours)]
    counts = [total * weight // sum(weights) for weight in weights]
    if counts:
        counts[0] += total - sum(counts)
    return counts


def public_stories(run):
    """Yield (stem, article, words) of the stories of the demonstration that readers see."""
    keys = run.ledger.keys("story")
    found = Article.objects.public(run.clock.now).in_bulk(keys.values())
    for stem, words in stories().items():
        article = found.get(keys.get(stem))
        if article is not None and words["state"] == State.APPROVED:
            yield stem, article, words
