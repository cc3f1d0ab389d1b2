"""The widgets of the text editor: what their page loads, and where the photos of a story are asked for."""

import re
from pathlib import Path

from django.conf import settings
from django.urls import reverse

from articles.editor import MODULES, STYLES, BodyField, StoryEditor, TextEditor

DESK = Path(settings.BASE_DIR) / "static" / "desk"
NAMED = re.compile(r'from "desk/([\w-]+)"')


def test_every_module_that_is_named_can_be_loaded():
    """The import map knows each module that another one names, and none that nobody needs."""
    named, waiting = set(), ["editor"]
    while waiting:
        found = set(NAMED.findall((DESK / f"{waiting.pop()}.js").read_text(encoding="utf-8"))) - named
        named |= found
        waiting += found
    assert named == set(MODULES)


def test_the_page_loads_modules_and_styles_once():
    """One import map, a hint for each module so that none waits for another, one script, the styles."""
    media = str(TextEditor().media + StoryEditor().media)
    assert media.count('type="importmap"') == 1
    assert media.count("desk/editor.js") == 1
    for name in MODULES:
        assert f'<link href="/static/desk/{name}.js" rel="modulepreload">' in media
    assert media.index("importmap") < media.index("modulepreload") < media.index("desk/editor.js")
    for path in STYLES:
        assert media.count(path) == 1


def test_only_stories_have_figures():
    """The editor of a story says where its photos are asked for; that of other texts has no such address."""
    story = BodyField().widget.render("body", "<p>글</p>", {"id": "id_body"})
    assert f'data-photo-library="{reverse("admin:articles_photo_library")}"' in story
    assert "data-photo-library" not in TextEditor().render("body", "<p>글</p>")


def test_a_text_has_changed_where_what_is_stored_differs():
    """Line breaks of browsers and markup that is cleaned away are no change; words and figures are."""
    field = BodyField()
    assert not field.has_changed("<p>글</p>", "<p>글</p>\r\n<p> </p>")
    assert field.has_changed("<p>글</p>", '<p>글</p><figure data-photo="1"></figure>')
    assert field.has_changed(
        '<figure data-photo="1"></figure>', '<figure data-photo="1" data-width="wide"></figure>'
    )
