"""Tags of planning for other pages of the desk."""

from django import template

from articles.models import Article

from ..models import Assignment

register = template.Library()


@register.inclusion_tag("newsroom/planning/_assignment.html")
def story_assignment(article: Article | None) -> dict:
    """Print what the story was assigned as: details, time, place, photo; nothing for one without."""
    rows = Assignment.objects.filter(article=article) if article and article.pk else Assignment.objects.none()
    return {"assignment": rows.first()}
