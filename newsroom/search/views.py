"""The search page."""

import datetime
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from articles.keyset import Position
from articles.lists import KEY, PAGE_SIZE, Page, load_bylines, position_of
from articles.models import Article
from articles.querysets import take

from . import query
from .forms import PERIODS, SearchForm


@dataclass(frozen=True)
class Hit:
    """A story with the words marked in its title and in a passage of its text."""

    article: Article
    title: SafeString
    passage: SafeString


@dataclass(frozen=True)
class Results:
    """A page of hits, and how far back it looked (None: to the beginning of the archive)."""

    page: Page
    looked_back_to: datetime.datetime | None


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Search form and hits (``?q=``), narrowed by ``section`` and ``period``."""
    form = SearchForm(request.GET)
    form.is_valid()
    words = form.cleaned_data.get("q", [])
    context = {"form": form, "words": words, "periods": PERIODS}
    if words:
        context["results"] = results_of(request, form.cleaned_data)
        context["offers"] = query.offers(words) if position_of(request) is None else []
    return render(request, "newsroom/search/search.html", context)


def results_of(request: HttpRequest, asked: dict) -> Results:
    """Return the page of hits behind the position in the address.

    One page looks at a bounded stretch of the archive; where that holds fewer hits than a page, the
    next page goes on behind it.
    """
    words, position = asked["q"], position_of(request)
    scope = {"section": asked.get("section"), "since": asked.get("period")}
    end = query.reach(query.stories(**scope), position)
    found = query.down_to(query.search(words, **scope).before(position), end)
    rows, more = take(found.for_listing().defer(None), PAGE_SIZE)
    load_bylines(rows)
    behind = Position(rows[-1].published_at, rows[-1].pk) if more else end
    hits = [
        Hit(row, query.marked(row.title, words), query.marked(query.passage(row, words), words))
        for row in rows
    ]
    page = Page(hits, position is None, next_page(request, behind) if behind else "")
    return Results(page, end.at if end and not more else None)


def next_page(request: HttpRequest, behind: Position) -> str:
    """Return the query string of the same search behind a position."""
    asked = request.GET.copy()
    asked[KEY] = str(behind)
    return f"?{asked.urlencode()}"
