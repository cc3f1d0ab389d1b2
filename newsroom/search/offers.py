"""Reporters, series and tags whose names hold a word of a search."""

from django.db.models import CharField, Exists, F, OuterRef, Q, QuerySet, Value
from taggit.models import Tag

from articles.models import Article, Reporter, Series

from .words import Query

OFFERS = 5


def offers(query: Query) -> list[tuple[str, str, str]]:
    """Return (kind, name, key) of reporters, series and tags whose names hold a word: one query, few rows.

    Only names under which readers find a story are offered.
    """
    condition = Q()
    for word in query.words:
        if len(word.stem) > 1:
            condition |= Q(name__icontains=word.stem)
    if not condition:
        return []
    public = Article.objects.public()
    parts = [
        named(
            "reporter", Reporter, "slug", condition & Exists(public.filter(bylines__reporter=OuterRef("pk")))
        ),
        named("series", Series, "slug", condition & Exists(public.filter(series=OuterRef("pk")))),
        named("tag", Tag, "name", condition & Exists(public.filter(tagged_items__tag=OuterRef("pk")))),
    ]
    return list(parts[0].union(*parts[1:], all=True))


def named(kind: str, model, key: str, condition) -> QuerySet:
    """Return (kind, name, key) of the first rows that fit; the cut stands in a subquery, as SQLite wants it."""
    first = model.objects.filter(condition).order_by("name", "pk").values("pk")[:OFFERS]
    rows = model.objects.filter(pk__in=first).order_by()
    kind_of = Value(kind, output_field=CharField())
    return rows.annotate(offer=kind_of, key=F(key)).values_list("offer", "name", "key")
