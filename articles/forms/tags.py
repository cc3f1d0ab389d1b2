"""One line for tags, with suggestions from those there are."""

from django.urls import reverse_lazy
from taggit.forms import TagField, TagWidget

from ..tagging import parse_tags


class TagInput(TagWidget):
    """Tags parted by commas; ``desk/tags.js`` suggests, without it the line works as it is."""

    def __init__(self, attrs: dict | None = None) -> None:
        suggestions = {"data-tags": reverse_lazy("admin:articles_article_tags"), "autocomplete": "off"}
        super().__init__({"class": "vTextField"} | suggestions | (attrs or {}))


class TagsField(TagField):
    """The names of tags, typed in one line."""

    widget = TagInput

    def has_changed(self, initial, data) -> bool:
        return parse_tags(initial or "") != parse_tags(data or "")
