"""A story as readers would see it, on the desk: as a phone and a desktop show it, on paper, and links for outsiders."""

from csp.constants import SELF
from csp.decorators import csp_replace, csp_update
from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import translation
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_sameorigin

from ..access import MAX_KEY, may_edit
from ..actions import newest
from ..blocks import sidebars
from ..copies import offered
from ..errors import NotAllowed, NotReady
from ..models import Article
from ..previewing import LIVES, MOST_LINKS, make_link, preview, revoke_link
from ..snapshots import Snapshot
from ..typed import version_of

KINDS = {"page": "articles/preview.html", "print": "articles/print.html"}


class PreviewPages(admin.ModelAdmin):
    """The preview of a story and the secret links to it."""

    def get_urls(self) -> list:
        wrap = self.admin_site.admin_view
        name = "articles_article_preview"
        return [
            path("<int:pk>/preview/", wrap(self.preview_view), name=name),
            path("<int:pk>/preview/links/", wrap(self.link_view), name=f"{name}_link"),
            path("<int:pk>/preview/<slug:kind>/", wrap(self.framed_view), name=f"{name}_page"),
            *super().get_urls(),
        ]

    def story_for(self, request: HttpRequest, pk: int) -> Article:
        """Return the story, for those who may open it; raise Http404 or PermissionDenied."""
        article = self.get_object(request, str(pk))
        if article is None:
            raise Http404
        if not self.has_view_or_change_permission(request, article):
            raise PermissionDenied
        return article

    @csp_update({"frame-src": [SELF]})
    def preview_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show what is stored, or what this person typed since, in frames of two widths; ``?kind=print``: on paper."""
        article = self.story_for(request, pk)
        kind = "print" if request.GET.get("kind") == "print" else "page"
        context = self.admin_site.each_context(request) | {
            "title": _("Preview"),
            "opts": self.opts,
            "original": article,
            "kind": kind,
            "frame": reverse("admin:articles_article_preview_page", args=[pk, kind]),
            "typed": offered(article, request.user),
            "links": article.preview_links.select_related("by")[:MOST_LINKS],
            "lives": LIVES,
            "writable": may_edit(request.user, article),
        }
        return TemplateResponse(request, "admin/articles/article/preview.html", context)

    @xframe_options_sameorigin
    @csp_replace({"frame-ancestors": [SELF]})
    def framed_view(self, request: HttpRequest, pk: int, kind: str) -> HttpResponse:
        """The page or the print page of a story, as readers get it but for comments and counting, for a frame."""
        if kind not in KINDS:
            raise Http404
        article = self.story_for(request, pk)
        shown = preview(article, version_for(request.user, article))
        context = {"article": shown, "staff": False, "framed": True, "until": None}
        context["with_photos"] = request.GET.get("photos") != "0"
        # Readers' pages speak the language of the paper, whatever the person at the desk has chosen.
        with translation.override(settings.LANGUAGE_CODE):
            if kind == "page":
                context["bars"] = sidebars(["article", "below"], article=shown)
            return render(request, KINDS[kind], context)

    def link_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Make a link (``hours``, ``label``) or close one (``revoke``: its key)."""
        article = self.story_for(request, pk)
        if request.method == "POST":
            try:
                self.change_links(request, article)
            except (NotAllowed, NotReady) as error:
                messages.error(request, " ".join(getattr(error, "messages", [str(error)])))
        return HttpResponseRedirect(reverse("admin:articles_article_preview", args=[pk]) + "#links")

    def change_links(self, request: HttpRequest, article: Article) -> None:
        """Do what the form of links asks for, and say what was done; raises what the rules raise."""
        if "revoke" in request.POST:
            revoke_link(article=article, by=request.user, pk=whole(request.POST["revoke"]))
            messages.success(request, _("The link is closed."))
            return
        hours, label = whole(request.POST.get("hours", "")), request.POST.get("label", "")
        _link, token = make_link(article=article, by=request.user, hours=hours, label=label)
        address = request.build_absolute_uri(reverse("articles:preview", args=[token]))
        words = _("Copy the link now; it is not shown again:")
        messages.success(request, format_html('{} <a href="{}">{}</a>', words, address, address))


def whole(text: str) -> int:
    """Return the number that ``text`` is, 0 for anything else."""
    return min(int(text), MAX_KEY) if text.isascii() and text.isdigit() and len(text) < 20 else 0


def version_for(user, article: Article) -> Snapshot:
    """Return what the person sees in the form: the stored version, or what they typed since and did not save."""
    stored, typed = newest(article), offered(article, user)
    return version_of(typed.data, stored) if typed else stored
