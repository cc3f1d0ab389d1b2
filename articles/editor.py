"""What forms of the desk are made of: the text editor, words over several lines, a moment."""

from django import forms
from django.forms.widgets import MediaAsset, Script
from django.http import HttpRequest
from django.urls import reverse
from js_asset import ImportMap, Media

from .html import clean_body

# The parts of the editor in ``static/desk/``.
MODULES = (
    "editor-blocks", "editor-count", "editor-embed", "editor-embeds", "editor-figures", "editor-find",
    "editor-findbar", "editor-footer", "editor-gallery", "editor-gallery-joined", "editor-gallery-offer",
    "editor-gallery-words", "editor-help", "editor-insert", "editor-library", "editor-markup", "editor-menu",
    "editor-photo", "editor-schema", "editor-tools", "editor-video", "editor-videos", "paste", "paste-bar",
    "paste-byline", "paste-html", "paste-inline", "paste-lines", "paste-lists", "paste-names", "paste-offers",
    "paste-strip",
)  # fmt: skip
# Modules name each other through this map, so that the hashed names of static files hold.
PATHS = {"django-prose-editor/editor": "django_prose_editor/editor.js"} | {
    f"desk/{name}": f"desk/{name}.js" for name in MODULES
}
IMPORTS = ImportMap(PATHS)
STYLES = (
    "django_prose_editor/material-icons.css", "django_prose_editor/editor.css", "desk/editor-figures.css",
    "desk/editor-gallery.css", "desk/editor-video.css", "desk/editor-bars.css",
)  # fmt: skip


class ModulePreload(MediaAsset):
    """Has the browser fetch a module that another one will name, instead of one round trip after another."""

    element_template = '<link href="{path}"{attributes}>'

    def __init__(self, path: str) -> None:
        super().__init__(path, rel="modulepreload")


PRELOADS = [ModulePreload(path) for path in PATHS.values()]


class TextEditor(forms.Textarea):
    """The editor for texts: django-prose-editor's library with a preset of our own (``desk/editor.js``).

    Its schema is ``articles.html.TAGS``, without figures. Without its script it is a text area whose lines
    become paragraphs. A page that shows it needs ``EditorPage``, for the import map's nonce.
    """

    def __init__(self, attrs: dict | None = None) -> None:
        super().__init__({"class": "text-editor", "data-text-editor": "", "rows": 18} | (attrs or {}))

    @property
    def media(self) -> Media:
        script = Script("desk/editor.js", type="module")
        return Media(importmap=IMPORTS, css={"all": STYLES}, js=[*PRELOADS, script])


class StoryEditor(TextEditor):
    """The editor for the text of a story, with photos, videos and maps.

    ``data-photo-library`` and ``data-video-library`` are the addresses at which the script asks for what the
    text names, ``data-video-add`` is the page on which a video is uploaded.
    """

    def build_attrs(self, base_attrs: dict, extra_attrs: dict | None = None) -> dict:
        attrs = super().build_attrs(base_attrs, extra_attrs)
        pages = {
            "data-photo-library": "articles_photo_library",
            "data-video-library": "articles_video_library",
            "data-video-add": "articles_video_add",
        }
        return {name: reverse(f"admin:{page}") for name, page in pages.items()} | attrs


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

    widget = StoryEditor

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
