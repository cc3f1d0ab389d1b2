"""The front page and the fronts of sections."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from articles.lists import ABOVE, listing
from articles.models import Article, Section
from articles.picking import Wish

from .fill import SECTION_TOP, front_page, slots


def home(request: HttpRequest) -> HttpResponse:
    """The front page."""
    return render(request, "newsroom/front/home.html", {"front": front_page()})


def section(request: HttpRequest, slug: str) -> HttpResponse:
    """A section: its slots and its newest stories; deeper pages are the list alone."""
    found = get_object_or_404(Section.objects.select_related("parent"), slug=slug)
    curated = Wish(ABOVE, [slots(found)], SECTION_TOP)
    listed = listing(request, Article.objects.public().in_section(found), section=found, above=curated)
    head, rows = [item.article for item in listed.above], listed.page.items
    if listed.page.is_first and not head:
        head, rows = rows[:SECTION_TOP], rows[SECTION_TOP:]
    context = {"section": found, "head": head, "rows": rows, "page": listed.page, "bars": listed.bars}
    return render(request, "newsroom/front/section.html", context)
