"""Photos inside a text move from the number of a paragraph into the text itself, as figures.

Both ways keep every photo, its caption in the story and its place: forwards a figure is put behind the
paragraph it stood behind (0: before the text; none: where the page had spread it), backwards the number of the
paragraph before a figure becomes the row's. The rows stay; only their column goes.
"""

import html
import re

from django.db import migrations, models

TOKEN = re.compile(r"<(?P<end>/?)(?P<name>[a-z0-9]+)[^>]*>|[^<]+|<")
FIGURE = re.compile(r'<figure data-photo="(\d+)"')
BATCH = 500


def blocks(body):
    """Return the top-level elements of a stored text in order."""
    found, depth, start = [], 0, 0
    for token in TOKEN.finditer(body):
        if token["name"] and token["name"] not in {"br", "hr"}:
            depth = max(0, depth + (-1 if token["end"] else 1))
        elif depth == 0 and token["name"] != "hr":
            continue
        if depth == 0:
            found.append(body[start : token.end()].strip())
            start = token.end()
    rest = body[start:].strip()
    return [*found, rest] if rest else found


def spread(photos, count):
    """Return the numbers of the paragraphs behind which the page put photos without a place of their own."""
    last = max(count - 1, min(count, 1))
    return [
        min(max((2 * number * count + photos + 1) // (2 * (photos + 1)), min(last, 1)), last)
        for number in range(1, photos + 1)
    ]


def with_figures(body, rows):
    """Return the text with a figure for each of ``rows``."""
    parts = blocks(body)
    count = sum(part.startswith("<p>") for part in parts)
    free = iter(spread(sum(row.after_paragraph is None for row in rows), count))
    places = {}
    for row in rows:
        place = next(free) if row.after_paragraph is None else min(row.after_paragraph, count)
        words = " ".join(row.caption.split())
        caption = f"<figcaption>{html.escape(words, quote=False)}</figcaption>" if words else ""
        places.setdefault(place, []).append(f'<figure data-photo="{row.photo_id}">{caption}</figure>')
    made, number = places.pop(0, []), 0
    for part in parts:
        made.append(part)
        if part.startswith("<p>"):
            number += 1
            made += places.pop(number, [])
    return "".join(made)


def batches(found):
    """Yield the stories of a queryset in lists, each with its placements."""
    last = 0
    while rows := list(found.filter(pk__gt=last).order_by("pk").only("pk", "body")[:BATCH]):
        models.prefetch_related_objects(rows, "placements")
        yield rows
        last = rows[-1].pk


def put_figures(apps, schema_editor):
    """Write the photos that stand inside texts into them; a photo that leads its story stays where it is."""
    Article, Placement = (apps.get_model("articles", name) for name in ("Article", "Placement"))
    alias = schema_editor.connection.alias
    inside = Placement.objects.using(alias).filter(place="text").values("article_id")
    for batch in batches(Article.objects.using(alias).filter(pk__in=inside)):
        for article in batch:
            rows = sorted(article.placements.all(), key=lambda row: (row.order, row.pk))
            article.body = with_figures(article.body, [row for row in rows if row.place == "text"])
        Article.objects.using(alias).bulk_update(batch, ["body"])


def take_figures(apps, schema_editor):
    """Write the places of figures back into the rows, and take the figures out of the texts."""
    Article, Placement = (apps.get_model("articles", name) for name in ("Article", "Placement"))
    alias = schema_editor.connection.alias
    for batch in batches(Article.objects.using(alias).filter(body__contains="<figure data-photo=")):
        moved = []
        for article in batch:
            rows = {row.photo_id: row for row in article.placements.all() if row.place == "text"}
            kept, number = [], 0
            for part in blocks(article.body):
                figure = FIGURE.match(part)
                if figure and (row := rows.pop(int(figure[1]), None)):
                    row.after_paragraph = number
                    moved.append(row)
                elif not figure:
                    kept.append(part)
                    number += part.startswith("<p>")
            article.body = "".join(kept)
        Article.objects.using(alias).bulk_update(batch, ["body"])
        Placement.objects.using(alias).bulk_update(moved, ["after_paragraph"])


class Migration(migrations.Migration):
    dependencies = [("articles", "0002_revisions")]

    operations = [
        migrations.RunPython(put_figures, take_figures),
        migrations.RemoveField("placement", "after_paragraph"),
    ]
