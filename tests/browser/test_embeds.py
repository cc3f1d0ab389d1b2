"""Videos and maps of other sites: nothing is asked of them before a reader does."""

import pytest

from articles.html import clean_body
from tests.factories import make_article, make_photo

from .conftest import PHONE

pytestmark = pytest.mark.django_db(transaction=True)
FRAME = "https://www.youtube-nocookie.com/embed/abcdefghijk"
BODY = (
    "<p>글</p><figure data-embed='https://youtu.be/abcdefghijk'>둑을 걷는 영상</figure><p>끝</p>"
    "<aside data-kind=pull><p>말</p></aside>"
)


def player(page) -> list[str]:
    """Answer for the other site with a page of our own; return the list of what it is asked."""
    asked = []

    def answer(route) -> None:
        asked.append(route.request.url)
        route.fulfill(body="<!doctype html><title>player</title>", content_type="text/html")

    page.route("https://www.youtube-nocookie.com/**", answer)
    return asked


def test_a_video_loads_when_it_is_asked_for(open_page):
    """The frame takes the place of the link, takes the focus and has the caption as its name; the policy lets it."""
    page = open_page(make_article(body=clean_body(BODY)).get_absolute_url())
    asked = player(page)
    assert page.locator("iframe").count() == 0 and page.faults == []
    link = page.locator("a[data-frame]")
    link.focus()
    page.keyboard.press("Enter")
    frame = page.locator("iframe.embed__frame")
    frame.wait_for()
    page.frame_locator("iframe").locator("title").wait_for(state="attached")
    assert asked == [FRAME]
    assert frame.get_attribute("title") == "둑을 걷는 영상 · YouTube"
    assert page.evaluate("document.activeElement.tagName") == "IFRAME"
    box = frame.bounding_box()
    assert box["width"] / box["height"] == pytest.approx(16 / 9, rel=0.01)
    assert page.faults == [f"other host: {FRAME}"]
    page.faults.clear()


def test_without_a_script_a_video_is_a_link(open_page):
    """It leads to the page of the video; with a key held it does with a script, too."""
    page = open_page(make_article(body=clean_body(BODY)).get_absolute_url(), java_script_enabled=False)
    link = page.locator("figure.embed a")
    assert link.get_attribute("href") == "https://www.youtube.com/watch?v=abcdefghijk"
    assert link.is_visible()


@pytest.mark.parametrize("width", [320, 360, 1360])
def test_nothing_is_wider_than_the_window(open_page, width):
    """Wide and small photos, boxes and stubs fit a small phone and a desk's window."""
    wide, small = make_photo(size=(1800, 900)), make_photo(size=(600, 900))
    body = (
        f'<p>{"글 " * 80}</p><figure data-photo="{wide.pk}" data-width="wide">설명</figure><p>글</p>'
        f'<figure data-photo="{small.pk}" data-width="small">설명</figure><h2>제목</h2><p>{"글 " * 80}</p>'
        + BODY
    )
    article = make_article(photos=[wide, small], body=clean_body(body))
    page = open_page(
        article.get_absolute_url(),
        **PHONE | {"viewport": {"width": width, "height": 740}, "is_mobile": width < 500},
    )
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    text, photo = (page.locator(name).bounding_box() for name in (".text", ".figure--wide picture img"))
    assert photo["width"] > text["width"]
