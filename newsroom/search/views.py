"""The search page."""

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from articles.keyset import Position
from articles.lists import KEY, PAGE_SIZE, Page, load_bylines, position_of
from articles.models import Article
from articles.text import plain_text

from .backends import Filters, Hits, Order, backend
from .forms import ORDERS, PERIODS, SearchForm
from .offers import offers
from .snippets import marked, passage
from .words import Query

NUMBER, MOST_PAGES = "page", 10


@dataclass(frozen=True)
class Hit:
    """A story with the words marked in its title and in a passage of its text."""

    article: Article
    title: SafeString
    passage: SafeString


@dataclass(frozen=True)
class Results:
    """A page of hits with its number (0 in order of date), the query string of the first page, and whether
    stories hold all of the words."""

    page: Page
    number: int
    first: str
    whole: bool
    by_date: bool


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Search form and hits (``?q=``), narrowed by ``section`` and ``period``, in the order of ``sort``."""
    form = SearchForm(request.GET)
    form.is_valid()
    query = form.cleaned_data.get("q")
    context = {"form": form, "query": query, "periods": PERIODS, "orders": ORDERS}
    if query and query.words:
        results = results_of(request, query, form.cleaned_data)
        context |= {"results": results, "offers": offers(query) if results.page.is_first else []}
    return render(request, "newsroom/search/search.html", context)


def results_of(request: HttpRequest, query: Query, asked: dict) -> Results:
    """Return the page that the address asks for: by its number, in order of date by the position before it."""
    order = asked.get("sort", Order.RELEVANCE)
    filters = Filters(asked.get("section"), asked.get("period"))
    if order == Order.DATE:
        position, number = position_of(request), 0
        found = backend().search(query, filters, order=order, behind=position, size=PAGE_SIZE)
    else:
        position, number = None, number_of(request)
        found = backend().search(query, filters, skip=PAGE_SIZE * (number - 1), size=PAGE_SIZE)
    rows = stories(found.keys)
    behind = next_page(request, found, rows, number)
    page = Page([hit_of(row, query) for row in rows], position is None and number < 2, behind)
    return Results(page, number, first_page(request), found.whole, order == Order.DATE)


def number_of(request: HttpRequest) -> int:
    """Return the number of the page that the address asks for; raise Http404 for none and for those behind the last."""
    asked = request.GET.get(NUMBER, "1")
    if not (asked.isascii() and asked.isdigit() and len(asked) < 3 and 1 <= int(asked) <= MOST_PAGES):
        raise Http404
    return int(asked)


def stories(keys: list[int]) -> list[Article]:
    """Return the stories of ``keys`` in their order with what a hit shows, public ones only: two queries."""
    rows = {row.pk: row for row in Article.objects.public().filter(pk__in=keys).for_listing().defer(None)}
    found = [rows[key] for key in keys if key in rows]
    load_bylines(found)
    return found


def hit_of(article: Article, query: Query) -> Hit:
    """Return a story as it stands in the list."""
    text = passage(plain_text(article.body), query)
    return Hit(article, marked(article.title, query), marked(text, query))


def first_page(request: HttpRequest) -> str:
    """Return the query string of the first page."""
    asked = request.GET.copy()
    asked.pop(NUMBER, None)
    return f"?{asked.urlencode()}"


def next_page(request: HttpRequest, found: Hits, rows: list[Article], number: int) -> str:
    """Return the query string of the page behind this one, «» at the end."""
    if not found.more or not rows or number == MOST_PAGES:
        return ""
    asked = request.GET.copy()
    if number:
        asked[NUMBER] = str(number + 1)
    else:
        asked[KEY] = str(Position(rows[-1].published_at, rows[-1].pk))
    return f"?{asked.urlencode()}"
