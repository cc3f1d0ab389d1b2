"""The list of stories: its columns, search and filters; no query a row, no text loaded, no full count."""

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.contrib.admin.widgets import AutocompleteSelect
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from ..models import Article, Byline
from .filters import FILTERS
from .standing import badge, moment


class FoundStories(ChangeList):
    """A list that takes a single page from the paginator as well, so that no search runs twice."""

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        if not self.multi_page:
            self.result_list = self.paginator.page(1).object_list


class ArticleList(admin.ModelAdmin):
    """What the list of stories shows and finds."""

    list_display = ["title_cell", "state_cell", "section_cell", "byline_cell", "published_cell", "saved_cell"]
    list_display_links = None
    list_filter = FILTERS
    list_per_page = 50
    search_fields = ["headline", "deck", "tag_names", "body"]
    search_help_text = _("Headline, deck, tags and text.")
    ordering = ["-saved_at", "-pk"]
    show_facets = admin.ShowFacets.NEVER
    actions = None

    def get_queryset(self, request: HttpRequest):
        stories = super().get_queryset(request)
        page = getattr(request.resolver_match, "url_name", "")
        if page == "autocomplete":
            return self.choosable(stories, request)
        stories = stories.editable_by(request.user)
        return stories.for_listing().with_bylines() if page.endswith("_changelist") else stories

    def get_changelist(self, request: HttpRequest, **kwargs) -> type[ChangeList]:
        return FoundStories

    @property
    def media(self):
        # The filter by reporter stands outside any form that would bring its scripts.
        return super().media + AutocompleteSelect(Byline._meta.get_field("reporter"), self.admin_site).media

    @staticmethod
    def choosable(stories, request: HttpRequest):
        """Return the stories offered as related or pinned ones: editors see all, others what readers see."""
        if not request.user.has_perm("articles.edit_any_article"):
            stories = stories.public()
        return stories.for_listing()

    def get_search_results(self, request: HttpRequest, queryset, search_term: str):
        if getattr(request.resolver_match, "url_name", "") == "autocomplete":
            # Whoever picks a story knows its headline; the texts of an archive are not read for every letter.
            stories = queryset.order_by("-saved_at", "-pk")
            for word in search_term.split():
                stories = stories.filter(headline__icontains=word)
            return stories, False
        return super().get_search_results(request, queryset, search_term)

    def describe_choice(self, article: Article) -> dict:
        """Return what the picker shows beside the headline."""
        image = article.lead_photo.url(400) if article.lead_photo_id else ""
        return {"note": f"{moment(article.published_at)} {article.section or ''}".strip(), "image": image}

    @admin.display(description=_("headline"), ordering="headline")
    def title_cell(self, article: Article):
        """The headline as the way to the story, with the kicker above it."""
        return format_html(
            '{}<a class="title" href="{}">{}</a>',
            format_html('<span class="kicker">{}</span> ', article.kicker) if article.kicker else "",
            reverse("admin:articles_article_change", args=[article.pk]),
            article.headline,
        )

    @admin.display(description=_("state"))
    def state_cell(self, article: Article):
        """Where the story stands."""
        return badge(article)

    @admin.display(description=_("section"), ordering="top_section__order")
    def section_cell(self, article: Article) -> str:
        """The section, empty for a story that has none yet."""
        return str(article.section or "")

    @admin.display(description=_("bylines"))
    def byline_cell(self, article: Article) -> str:
        """The names, without their titles."""
        return ", ".join(
            byline.reporter.name if byline.reporter else byline.guest_name for byline in article.bylines.all()
        )

    @admin.display(description=_("published"), ordering="published_at")
    def published_cell(self, article: Article):
        """The time of publication."""
        return moment(article.published_at)

    @admin.display(description=_("saved"), ordering="saved_at")
    def saved_cell(self, article: Article):
        """When somebody last saved the story."""
        return moment(article.saved_at)
