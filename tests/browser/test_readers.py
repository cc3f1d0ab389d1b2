"""In a browser: a read counts after three seconds of looking, comments and search work without script."""

import time

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse

from newsroom.publication.models import Publication
from newsroom.readers.models import Comment, ReadCount

from ..factories import make_article, make_reporter, make_section

pytestmark = pytest.mark.django_db(transaction=True)
# What a phone says; Chromium without a window says what it is and is not counted.
READER = "Mozilla/5.0 (Linux; Android 14; SM-A156N) AppleWebKit/537.36 Chrome/131.0 Mobile Safari/537.36"
NARROW = {"viewport": {"width": 320, "height": 640}}
NO_SCRIPT = {"java_script_enabled": False}


@pytest.fixture(autouse=True)
def paper():
    """A newspaper with rules for comments."""
    return Publication.objects.create(name="나루신문", comment_rules="서로 존중해 주세요.")


def reads() -> int:
    return sum(ReadCount.objects.values_list("count", flat=True))


def wait_for(condition, seconds: float = 5) -> bool:
    """Wait until ``condition`` holds; tell whether it did."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if condition():
            return True
        time.sleep(0.1)
    return False


def test_a_read_counts_after_three_seconds_of_looking(open_page):
    """Not at once, once only, and not for who leaves before."""
    story = make_article().get_absolute_url()
    page = open_page(story, user_agent=READER)
    time.sleep(1.5)
    page.goto(reverse("articles:latest"))
    assert reads() == 0
    page.goto(story)
    assert wait_for(lambda: reads() == 1)
    page.reload()
    time.sleep(3.6)
    assert reads() == 1
    assert page.context.cookies() == []


def test_a_page_that_nobody_looks_at_is_not_read(open_page):
    """The clock stands still while the page is hidden, and goes on afterwards."""
    page = open_page(reverse("articles:latest"), user_agent=READER)
    page.add_init_script(
        "window.seen = 'hidden'; Object.defineProperty(document, 'visibilityState', {get: () => window.seen});"
    )
    page.goto(make_article().get_absolute_url())
    time.sleep(3.6)
    assert reads() == 0
    page.evaluate("window.seen = 'visible'; document.dispatchEvent(new Event('visibilitychange'))")
    assert wait_for(lambda: reads() == 1)


def test_commenting_works_without_script(open_page):
    """From the story: a fault is shown with what was typed, then the comment waits, with a plain notice."""
    page = open_page(make_article().get_absolute_url(), **NARROW, **NO_SCRIPT)
    assert page.locator(".form__trap").bounding_box()["x"] < -1000
    page.fill("#comment-name", "강가사람")
    page.fill("#comment-text", "줄\n" * 24 + "줄 너머\n또 줄\n끝")
    page.click(".comment-form button")
    assert "줄 너머" in page.input_value("#comment-text")
    assert page.input_value("#comment-name") == "강가사람"
    assert page.locator(".errorlist").count() == 1
    page.fill("#comment-text", "잘 읽었습니다.")
    page.click(".comment-form button")
    assert page.locator("[role=status]").is_visible()
    assert Comment.objects.get().text == "잘 읽었습니다."
    assert page.context.cookies() == []
    assert [fault for fault in page.faults if "422" not in fault] == []
    page.faults.clear()


def test_searching_works_without_script(open_page):
    """Words, section and period from the form into the address and back."""
    make_article("쌀값 오른다", section=make_section("농업", slug="farming"))
    page = open_page(reverse("search:search"), **NARROW, **NO_SCRIPT)
    page.fill("#search-q", "쌀값")
    page.select_option("#search-section", "farming")
    page.click(".search-form button")
    assert page.locator("mark").first.inner_text() == "쌀값"
    assert page.input_value("#search-section") == "farming"
    page.click(".hit a")
    assert "/articles/" in page.url


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pages_of_readers_are_accessible_and_fit(open_page, scheme):
    """No finding of axe, no sideways scrolling on the narrowest phone."""
    story = make_article("쌀값 " + "오른다" * 12, reporters=[make_reporter()])
    Comment.objects.create(article=story, name="독" * 20, text="길" * 300, state="public")
    comments = reverse("readers:comment", args=[story.pk])
    page = open_page(comments, **NARROW, color_scheme=scheme)
    paths = [comments, f"{comments}?sent=1", "/search/", "/search/?q=쌀값", "/search/?q=없다", "/most-read/"]
    for path in [*paths, f"/search/?q={'+'.join(f'a{number}' for number in range(31))}"]:
        page.goto(path)
        found = Axe().run(page, options={"preload": False})
        assert found.violations_count == 0, f"{path}: {found.generate_report()}"
        assert page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0, path
