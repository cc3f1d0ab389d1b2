"""The migration that puts photos into texts: every photo keeps its place and its caption, both ways."""

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from articles.html import clean_body, figures

BEFORE, AFTER = ("articles", "0002_revisions"), ("articles", "0003_figures_in_the_text")
TEXT = "<p>1</p><h2>a</h2><p>2</p><ul><li>b</li></ul><p>3</p><p>4</p>"


def migrate(*targets) -> MigrationExecutor:
    """Bring the tables to ``targets``."""
    executor = MigrationExecutor(connection)
    executor.migrate(list(targets))
    executor.loader.build_graph()
    return executor


@pytest.fixture
def tables():
    """Bring the tables back to the newest state, however a test leaves them."""
    executor = MigrationExecutor(connection)
    if BEFORE not in executor.loader.graph.nodes:
        pytest.skip("runs with migrations only")
    yield
    executor = MigrationExecutor(connection)
    executor.migrate(executor.loader.graph.leaf_nodes())


def models(target) -> tuple:
    """Return the models Article, Photo and Placement as they were at ``target``."""
    apps = MigrationExecutor(connection).loader.project_state([target]).apps
    return tuple(apps.get_model("articles", name) for name in ("Article", "Photo", "Placement"))


@pytest.mark.django_db(transaction=True)
def test_photos_keep_place_and_caption_both_ways(tables):
    """Chosen places hold, free ones are where the page had put them; backwards every row has a number."""
    migrate(BEFORE)
    Article, Photo, Placement = models(BEFORE)
    story, plain = (Article.objects.create(headline="기사", body=text) for text in (TEXT, "<p>글</p>"))
    lead, first, free, last = (Photo.objects.create(file=f"{n}.jpg", digest=str(n)) for n in range(4))
    rows = [
        (lead, "lead", None, "머리"),
        (first, "text", 0, "가 & <나>\n둘째"),
        (free, "text", None, ""),
        (last, "text", 99, ""),
    ]
    for order, (photo, place, after, caption) in enumerate(rows):
        Placement.objects.create(
            article=story, photo=photo, place=place, order=order, caption=caption, after_paragraph=after
        )
    Placement.objects.create(article=plain, photo=lead, place="lead")

    migrate(AFTER)
    Article, _Photo, Placement = models(AFTER)
    body = Article.objects.get(pk=story.pk).body
    assert body == clean_body(body) == (
        f'<figure data-photo="{first.pk}"><figcaption>가 &amp; &lt;나&gt; 둘째</figcaption></figure><p>1</p><h2>a</h2>'
        f'<p>2</p><figure data-photo="{free.pk}"></figure><ul><li>b</li></ul><p>3</p><p>4</p>'
        f'<figure data-photo="{last.pk}"></figure>'
    )  # fmt: skip
    assert [figure.caption for figure in figures(body)] == ["가 & <나> 둘째", "", ""]
    assert Article.objects.get(pk=plain.pk).body == "<p>글</p>"
    assert Placement.objects.count() == 5

    migrate(BEFORE)
    Article, _Photo, Placement = models(BEFORE)
    assert Article.objects.get(pk=story.pk).body == TEXT
    found = (
        Placement.objects.filter(article=story.pk).order_by("order").values_list("photo", "after_paragraph")
    )
    assert list(found) == [(lead.pk, None), (first.pk, 0), (free.pk, 2), (last.pk, 4)]
