"""In a browser: a read counts after three seconds of looking, comments and search work without script."""

import os
import shutil
import time

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.cache import cache
from django.urls import reverse
from playwright.sync_api import sync_playwright

from newsroom.publication.models import Publication
from newsroom.readers.models import Comment, ReadCount

from ..factories import make_article, make_reporter, make_section

CHROMIUM = shutil.which("chromium")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync"]
READER = "Mozilla/5.0 (Linux; Android 14; SM-A156N) AppleWebKit/537.36 Chrome/131.0 Mobile Safari/537.36"
PHONE = {"viewport": {"width": 320, "height": 640}, "user_agent": READER, "locale": "ko-KR"}

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(CHROMIUM is None, reason="needs Chromium"),
]


@pytest.fixture
def browser():
    # Playwright runs a loop of its own in this thread, in which Django would refuse the database.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield opened
        opened.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture(autouse=True)
def paper():
    """A newspaper with the accent that is hardest to read on its paper, and an empty cache."""
    cache.clear()
    return Publication.objects.create(name="나루신문", comment_rules="서로 존중해 주세요.")


def watch(page) -> list[str]:
    """Return a list that fills with whatever a page complains about."""
    faults: list[str] = []
    page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: faults.append(str(error)))
    return faults


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


def test_a_read_counts_after_three_seconds_of_looking(live_server, browser):
    """Not at once, once only, and not for who leaves before."""
    story = live_server.url + make_article().get_absolute_url()
    context = browser.new_context(**PHONE)
    page = context.new_page()
    faults = watch(page)
    page.goto(story)
    time.sleep(1.5)
    page.goto(live_server.url + reverse("articles:latest"))
    assert reads() == 0
    page.goto(story)
    assert wait_for(lambda: reads() == 1)
    page.reload()
    time.sleep(3.6)
    assert reads() == 1
    assert faults == []
    assert context.cookies() == []
    context.close()


def test_a_page_that_nobody_looks_at_is_not_read(live_server, browser):
    """The clock stands still while the page is hidden, and goes on afterwards."""
    context = browser.new_context(**PHONE)
    page = context.new_page()
    page.add_init_script(
        "window.seen = 'hidden'; Object.defineProperty(document, 'visibilityState', {get: () => window.seen});"
    )
    page.goto(live_server.url + make_article().get_absolute_url())
    time.sleep(3.6)
    assert reads() == 0
    page.evaluate("window.seen = 'visible'; document.dispatchEvent(new Event('visibilitychange'))")
    assert wait_for(lambda: reads() == 1)
    context.close()


def test_commenting_works_without_script(live_server, browser):
    """From the story: a fault is shown with what was typed, then the comment waits, with a plain notice."""
    story = make_article()
    context = browser.new_context(**PHONE, java_script_enabled=False)
    page = context.new_page()
    page.goto(live_server.url + story.get_absolute_url())
    assert (
        not page.locator(".form__trap").is_visible()
        or page.locator(".form__trap").bounding_box()["x"] < -1000
    )
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
    assert context.cookies() == []
    context.close()


def test_searching_works_without_script(live_server, browser):
    """Words, section and period from the form into the address and back."""
    section = make_section("농업", slug="farming")
    make_article("쌀값 오른다", section=section)
    context = browser.new_context(**PHONE, java_script_enabled=False)
    page = context.new_page()
    page.goto(live_server.url + reverse("search:search"))
    page.fill("#search-q", "쌀값")
    page.select_option("#search-section", "farming")
    page.keyboard.press("Tab")
    page.click(".search-form button")
    assert page.locator("mark").first.inner_text() == "쌀값"
    assert page.input_value("#search-section") == "farming"
    page.click("text=쌀값 오른다")
    assert "/articles/" in page.url
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pages_of_readers_are_accessible_and_fit(live_server, browser, scheme):
    """No finding of axe, no sideways scrolling on the narrowest phone, no word in the console."""
    story = make_article("쌀값 " + "오른다" * 12, reporters=[make_reporter()])
    Comment.objects.create(article=story, name="독" * 20, text="길" * 300, state="public")
    context = browser.new_context(**PHONE, color_scheme=scheme)
    page = context.new_page()
    faults = watch(page)
    comments = reverse("readers:comment", args=[story.pk])
    paths = [comments, f"{comments}?sent=1", "/search/", "/search/?q=쌀값", "/search/?q=없다", "/most-read/"]
    for path in [*paths, "/search/?q=a+b+c+d+e+f+g+h+i"]:
        page.goto(live_server.url + path)
        found = Axe().run(page)
        assert found.violations_count == 0, f"{path}: {found.generate_report()}"
        assert page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0, path
    assert faults == []
    context.close()
