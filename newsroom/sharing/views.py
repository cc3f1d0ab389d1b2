"""The pictures of shared links. Only what stands in the paper is drawn, whatever is asked for."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from articles.models import Article

from .cards import DAY, digest_of, paper_card, picture_of, story_card
from .converters import StoryPicture
from .drawing import Card
from .fonts import can_draw

MINUTE = 60


@require_safe
def card(request: HttpRequest, asked: StoryPicture) -> HttpResponse:
    """The picture of a story; one that readers may not see answers 404, whatever the digest."""
    stories = Article.objects.public().select_related("section", "source").defer("body")
    article = stories.filter(pk=asked.pk).first()
    if article is None:
        raise Http404
    subject = (article, request.publication)
    return answer(story_card(*subject), asked.digest, "sharing:card", subject)


@require_safe
def paper(request: HttpRequest, digest: str) -> HttpResponse:
    """The picture of pages that are no story."""
    return answer(paper_card(request.publication), digest, "sharing:paper", request.publication)


def answer(shown: Card, digest: str, name: str, subject) -> HttpResponse:
    """Return the picture of ``shown`` where ``digest`` is its own, else lead to the address that it has now.

    Nothing is drawn for a wrong digest. Raises Http404 where there is no font.
    """
    if not can_draw():
        raise Http404
    if digest != digest_of(shown):
        response = redirect(name, subject)
        patch_cache_control(response, public=True, max_age=MINUTE)
        return response
    response = HttpResponse(picture_of(shown), content_type="image/png")
    # No longer than a day, although it never changes: the story may be withdrawn.
    patch_cache_control(response, public=True, max_age=DAY, immutable=True)
    return response
