"""What readers do with stories: read them, see what others read, comment."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.template import engines
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from articles.access import MAX_KEY
from articles.blocks import sidebars
from articles.lists import cut, load_bylines
from articles.models import Article

from . import actions, ranking, visitors
from .forms import CommentForm

HALF_AN_HOUR = 30 * 60
PER_STORY, STORY_SECONDS = 3, 5 * 60
PER_DAY = 20
COMMENTS_ON_PAGE = 30
MOST_READ_ON_PAGE = 20


def public_story(pk: int) -> Article:
    """Return a story without its text; raise Http404 for one that readers may not see."""
    article = Article.objects.public().for_listing().filter(pk=pk).first() if pk <= MAX_KEY else None
    if article is None:
        raise Http404
    return article


def newspaper(request: HttpRequest):
    """Return the publication as templates know it: a context processor is the way to another app's data."""
    found = {}
    for processor in engines["django"].engine.template_context_processors:
        found |= processor(request)
    return found["publication"]


@csrf_exempt
@require_POST
def beacon(request: HttpRequest, pk: int) -> HttpResponse:
    """Count one read of a story; the answer does not say whether it counted."""
    public_story(pk)
    if visitors.is_reader(request) and visitors.is_first(request, f"read:{pk}", seconds=HALF_AN_HOUR):
        actions.count_read(article_id=pk)
        ranking.refresh_due()
    return HttpResponse(status=204)


@require_safe
def most_read(request: HttpRequest) -> HttpResponse:
    """The most read stories of a day, or of a week (``?hours=168``)."""
    hours = ranking.WEEK if request.GET.get("hours") == str(ranking.WEEK) else ranking.DAY
    stories = list(ranking.most_read(hours).for_listing()[:MOST_READ_ON_PAGE])
    load_bylines(stories)
    bars = sidebars(["list"], taken={story.pk for story in stories})
    context = {"stories": stories, "hours": hours, "windows": [ranking.DAY, ranking.WEEK], "bars": bars}
    return render(request, "newsroom/readers/most_read.html", context)


# No token: public pages hold none (see visitors.is_from_here for what stands in its place).
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def comments(request: HttpRequest, pk: int) -> HttpResponse:
    """The comments on a story, and the form for one more."""
    article = public_story(pk)
    if request.method != "POST":
        return comments_page(request, article, CommentForm())
    form = CommentForm(request.POST)
    if not (article.comments_open and newspaper(request).comments_open):
        return comments_page(request, article, form, status=403)
    status = refusal(request, article, form)
    if status:
        return comments_page(request, article, form, status=status)
    actions.write_comment(article=article, name=form.cleaned_data["name"], text=form.cleaned_data["text"])
    answer = HttpResponseRedirect(f"{reverse('readers:comment', args=[pk])}?sent=1#sent")
    answer.status_code = 303
    return answer


def refusal(request: HttpRequest, article: Article, form: CommentForm) -> int:
    """Return the status of the answer to a comment that is not taken, 0 for one that is; the form says why."""
    if not visitors.is_from_here(request):
        form.add_error(
            None, _("Your browser did not say that the comment comes from this page. Send it again.")
        )
        return 403
    if not form.is_valid():
        return 422
    story = f"comment:{article.pk}"
    if visitors.is_within(request, story, limit=PER_STORY, seconds=STORY_SECONDS) and visitors.is_within(
        request, "comment", limit=PER_DAY, seconds=visitors.DAY
    ):
        return 0
    form.add_error(None, _("Many comments came from your connection. Wait a while, then send it again."))
    return 429


def comments_page(
    request: HttpRequest, article: Article, form: CommentForm, *, status: int = 200
) -> HttpResponse:
    """Render a page of comments with ``form`` above them."""
    page = cut(request, article.comments.public().newest(), size=COMMENTS_ON_PAGE)
    context = {"article": article, "page": page, "form": form, "sent": request.GET.get("sent") == "1"}
    return render(request, "newsroom/readers/comments.html", context, status=status)
