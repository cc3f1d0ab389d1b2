"""The masthead with its particulars, and the fixed pages."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from articles.composing import compose
from articles.html import photo_ids
from articles.models import Photo
from articles.models.video import videos_in

from .models import PARTICULARS, Page, Publication

OFFICERS = ("youth_officer", "privacy_officer", "grievance_officer")
FACTS = (*(name for name in PARTICULARS if name not in OFFICERS), "email")
# More fixed pages than a paper has; the list stays bounded all the same.
MAX_PAGES = 100


def labelled(paper: Publication, names: tuple[str, ...]) -> list[tuple[str, object]]:
    """Return (label, value) of the fields that are filled in."""
    return [
        (paper._meta.get_field(name).verbose_name, value) for name in names if (value := getattr(paper, name))
    ]


def about(request: HttpRequest) -> HttpResponse:
    """The masthead: the particulars of the paper, who answers for what, and the fixed pages."""
    paper = request.publication
    context = {
        "publication": paper,
        "particulars": labelled(paper, FACTS),
        "officers": labelled(paper, OFFICERS),
        "pages": Page.objects.defer("body")[:MAX_PAGES],
    }
    return render(request, "newsroom/publication/about.html", context)


def page(request: HttpRequest, slug: str) -> HttpResponse:
    """A fixed page."""
    found = get_object_or_404(Page, slug=slug)
    photos = Photo.objects.select_related("photographer").in_bulk(photo_ids(found.body))
    parts = compose(found.body, photos.values(), _("Table"), videos=videos_in(found).values())
    context = {"page": found, "parts": parts, "pages": Page.objects.defer("body")[:MAX_PAGES]}
    return render(request, "newsroom/publication/page.html", context)
