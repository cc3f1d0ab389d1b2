"""Tags of what readers do: comments under a story, their number, and the counter of reads."""

from django import template

from articles.models import Article
from articles.querysets import take

from ..forms import TEXT_LENGTH, CommentForm

register = template.Library()

SHOWN = 30


def counted(article: Article) -> int:
    """Return the number of public comments; asked of the database once for each story in memory."""
    if not hasattr(article, "public_comments"):
        article.public_comments = article.comments.public().count()
    return article.public_comments


def are_open(context: template.Context, article: Article) -> bool:
    """Tell whether readers may comment on the story."""
    return article.comments_open and context["publication"].comments_open and article.is_public()


@register.simple_tag
def comment_count(article: Article) -> int:
    """Return the number of public comments on a story."""
    return counted(article)


@register.inclusion_tag("newsroom/readers/_comments.html", takes_context=True)
def comments(context: template.Context, article: Article) -> dict:
    """Print the newest comments on a story and the form for one more: one query."""
    newest, more = take(article.comments.public().newest().counted(), SHOWN)
    article.public_comments = newest[0].total if newest else 0
    shown = {"comments": newest, "count": counted(article), "more": more}
    return shown | form_context(context, article, CommentForm(), 3)


@register.inclusion_tag("newsroom/readers/_comment_form.html", takes_context=True)
def comment_form(context: template.Context, article: Article, form: CommentForm) -> dict:
    """Print ``form`` with the rules for comments, or what was typed where comments are closed."""
    return form_context(context, article, form, 2)


def form_context(context: template.Context, article: Article, form: CommentForm, level: int) -> dict:
    """Return what the form's partial prints; ``level`` is that of its heading."""
    return {
        "article": article,
        "form": form,
        "open": are_open(context, article),
        "rules": context["publication"].comment_rules,
        "length": TEXT_LENGTH,
        "level": level,
    }


@register.inclusion_tag("newsroom/readers/_beacon.html")
def beacon(article: Article) -> dict:
    """Print the script that counts a read after some seconds of reading."""
    return {"article": article}
