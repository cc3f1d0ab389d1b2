"""The desk's own pages: what waits for a person, and the person's own stories."""

from django.contrib.admin import AdminSite
from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from .mine import Mine
from .paginator import BoundedPaginator
from .queue import Queue

PER_PAGE = 50
sees_stories = permission_required("articles.view_article", raise_exception=True)


@sees_stories
def queue(request: HttpRequest, site: AdminSite) -> HttpResponse:
    """Show what waits for the person, a page at a time."""
    waiting = Queue(request.user, request.GET)
    pages = BoundedPaginator(waiting.stories(), PER_PAGE)
    shown = {"queue": waiting, "page": pages.get_page(request.GET.get("page"))}
    return answer(request, site, "admin/desk/queue.html", {"title": _("Waiting stories"), **shown})


@sees_stories
def mine(request: HttpRequest, site: AdminSite) -> HttpResponse:
    """Show the person's own stories."""
    return answer(
        request, site, "admin/desk/mine.html", {"title": _("My stories"), "mine": Mine(request.user)}
    )


def answer(request: HttpRequest, site: AdminSite, template: str, context: dict) -> HttpResponse:
    """Return a page of the desk."""
    request.current_app = site.name
    return TemplateResponse(request, template, site.each_context(request) | context)
