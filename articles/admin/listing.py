"""The list of stories: its columns, search and filters; no query a row, no text loaded, no full count."""

from django.contrib import admin, messages
from django.contrib.admin.views.main import ChangeList
from django.contrib.admin.widgets import AutocompleteSelect
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from ..models import Article, Byline
from ..states import State
from .filters import FILTERS
from .standing import badge, moment

# As the words beside the field of the search say.
MOST_SEARCHED = 5_000


class FoundStories(ChangeList):
    """A list that takes a single page from the paginator as well, so that no search runs twice."""

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        if not self.multi_page:
            self.result_list = self.paginator.page(1).object_list


class ArticleList(admin.ModelAdmin):
    """What the list of stories shows and finds."""

    list_display = [
        "title_cell", "state_cell", "change_cell", "section_cell", "byline_cell", "deadline_cell",
        "published_cell", "saved_cell",
    ]  # fmt: skip
    list_display_links = None
    list_filter = FILTERS
    list_per_page = 50
    search_fields = ["headline", "deck", "tag_names", "body"]
    search_help_text = _("Headline, deck, tags and text of the newest 5,000 stories.")
    ordering = ["-saved_at", "-pk"]
    show_facets = admin.ShowFacets.NEVER
    actions = None

    def get_queryset(self, request: HttpRequest):
        stories = super().get_queryset(request)
        page = getattr(request.resolver_match, "url_name", "")
        if page == "autocomplete":
            return self.choosable(stories, request)
        if page.endswith("_changelist"):
            return stories.listed_for(request.user).for_listing().with_bylines()
        return stories.editable_by(request.user)

    def get_changelist(self, request: HttpRequest, **kwargs) -> type[ChangeList]:
        return FoundStories

    @property
    def media(self):
        # The filter by reporter stands outside any form that would bring its scripts.
        return super().media + AutocompleteSelect(Byline._meta.get_field("reporter"), self.admin_site).media

    def _get_obj_does_not_exist_redirect(self, request: HttpRequest, opts, object_id: str) -> HttpResponse:
        # Also after a story was handed over to a section of others: it exists, and is theirs now.
        words = _(
            "The story is not among those that you may open: it stands in a section of others, or is gone."
        )
        # Said in the language of the desk now: the middleware stores messages outside of it.
        messages.warning(request, str(words))
        return HttpResponseRedirect(reverse("admin:articles_article_changelist"))

    @staticmethod
    def choosable(stories, request: HttpRequest):
        """Return the stories offered as related or pinned ones."""
        return stories.choosable_by(request.user).for_listing()

    def get_search_results(self, request: HttpRequest, queryset, search_term: str):
        if getattr(request.resolver_match, "url_name", "") == "autocomplete":
            # Whoever picks a story knows its headline; the texts of an archive are not read for every letter.
            stories = queryset.order_by("-saved_at", "-pk")
            for word in search_term.split():
                stories = stories.filter(headline__icontains=word)
            return stories, False
        if search_term:
            # The texts of the newest that the filters leave: a rare word costs the same in every archive.
            saved = queryset.order_by("-saved_at", "-pk").values_list("saved_at", flat=True)
            edge = saved[MOST_SEARCHED - 1 : MOST_SEARCHED].first()
            queryset = queryset.filter(saved_at__gte=edge) if edge else queryset
        return super().get_search_results(request, queryset, search_term)

    def describe_choice(self, article: Article) -> dict:
        """Return what the picker shows beside the headline."""
        image = article.shown_photo.url(400) if article.shown_photo else ""
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

    @admin.display(description=_("change"), ordering="change_submitted_at")
    def change_cell(self, article: Article):
        """Where the work on an approved story stands, empty where there is none."""
        return change_badge(article)

    @admin.display(description=_("deadline"), ordering="deadline")
    def deadline_cell(self, article: Article):
        """The deadline; one that has passed is marked while the story is not approved."""
        if article.deadline is None or article.stage == State.APPROVED:
            return moment(article.deadline)
        late = article.deadline < timezone.now()
        words = _("late · %s") if late else "%s"
        return format_html(
            '<span class="{}">{}</span>', "late" if late else "due", words % moment(article.deadline)
        )

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


def change_badge(article: Article):
    """Return the mark of where the change of an approved story stands, «» without one."""
    if not article.change_state:
        return ""
    name, words = article.change_state, article.get_change_state_display()
    return format_html('<span class="badge badge--{}">{}</span>', name, words)
