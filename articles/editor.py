"""What forms of the desk are made of: the text editor, words over several lines, a moment."""

from django import forms
from django.forms.widgets import Script
from django.http import HttpRequest
from js_asset import ImportMap, Media

from .html import clean_body

# Modules name each other through this map, so that the hashed names of static files hold.
IMPORTS = ImportMap(
    {
        "django-prose-editor/editor": "django_prose_editor/editor.js",
        "desk/editor-tools": "desk/editor-tools.js",
    }
)


class TextEditor(forms.Textarea):
    """The editor for texts: django-prose-editor's library with a preset of our own (``desk/editor.js``).

    Its schema is ``articles.html.TAGS``. Without its script it is a text area whose lines become
    paragraphs. A page that shows it needs ``EditorPage``, for the import map's nonce.
    """

    def __init__(self, attrs: dict | None = None) -> None:
        super().__init__({"class": "text-editor", "data-text-editor": "", "rows": 18} | (attrs or {}))

    @property
    def media(self) -> Media:
        return Media(
            importmap=IMPORTS,
            css={"all": ["django_prose_editor/material-icons.css", "django_prose_editor/editor.css"]},
            js=[Script("desk/editor.js", type="module")],
        )


class EditorPage:
    """For a ModelAdmin whose form holds a ``TextEditor``: gives the import map the nonce of the request."""

    def render_change_form(self, request: HttpRequest, context: dict, *args, **kwargs):
        context["media"] = Media.from_media(context["media"], nonce=str(request.csp_nonce))
        return super().render_change_form(request, context, *args, **kwargs)


class WordsField(forms.CharField):
    """Words over several lines; the CR LF of browsers is stored as LF and is no change."""

    def to_python(self, value) -> str:
        return super().to_python(value).replace("\r\n", "\n").replace("\r", "\n")


class BodyField(WordsField):
    """A text with markup; changed only where what would be stored differs."""

    widget = TextEditor

    def __init__(self, **kwargs) -> None:
        super().__init__(**{"strip": False} | kwargs)

    def has_changed(self, initial, data) -> bool:
        return clean_body(initial or "") != clean_body(self.to_python(data))


class GrowingTextarea(forms.Textarea):
    """A text area as high as its words."""

    def __init__(self, attrs: dict | None = None) -> None:
        super().__init__({"class": "growing", "rows": 2, "data-grow": ""} | (attrs or {}))


class MomentInput(forms.DateTimeInput):
    """A day and time in the browser's own control; seconds only where the moment has some."""

    input_type = "datetime-local"

    def format_value(self, value) -> str:
        if hasattr(value, "second"):
            return value.strftime("%Y-%m-%dT%H:%M:%S" if value.second else "%Y-%m-%dT%H:%M")
        return value or ""
