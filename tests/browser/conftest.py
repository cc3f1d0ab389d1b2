"""Chromium for tests of what readers and editors see: pages that complain of nothing."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlparse

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

# Playwright's event loop lives in the thread of the test; Django would take its queries for async ones.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage",
]  # fmt: skip
DESKTOP = {"viewport": {"width": 1360, "height": 900}}
PHONE = {
    "viewport": {"width": 360, "height": 740},
    "device_scale_factor": 2,
    "is_mobile": True,
    "has_touch": True,
}


def chromium() -> str | None:
    """Return the path of Chromium: CHROMIUM, else the first that is installed."""
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what stands in this folder, and skip it where there is no Chromium; in CI that is an error."""
    mine = [item for item in items if Path(__file__).parent in item.path.parents]
    for item in mine:
        item.add_marker("browser")
        if chromium() is None and os.environ.get("REQUIRE_ALL") != "1":
            item.add_marker(pytest.mark.skip(reason="Chromium is not installed"))


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for all tests of a process."""
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        yield opened
        opened.close()


@pytest.fixture
def open_page(browser: Browser, live_server) -> Iterator[Callable[..., Page]]:
    """Return a function that opens an address of the paper; ``phone=True`` or any option of a browser context.

    The test fails afterwards for errors in the console, failed requests and requests to other hosts;
    ``page.faults`` holds them, for a test that expects one and takes it out.
    """
    contexts, faults = [], []

    def listen(page: Page) -> None:
        host = urlparse(live_server.url).netloc
        page.on(
            "console", lambda said: faults.append(f"console: {said.text}") if said.type == "error" else None
        )
        page.on("pageerror", lambda error: faults.append(f"script: {error}"))
        page.on(
            "requestfailed", lambda asked: faults.append(f"failed: {asked.url}") if is_loss(asked) else None
        )
        page.on(
            "request",
            lambda asked: faults.append(f"other host: {asked.url}") if is_foreign(asked, host) else None,
        )

    def open_(address: str = "/", *, phone: bool = False, **options) -> Page:
        context = browser.new_context(
            locale="ko-KR",
            timezone_id="Asia/Seoul",
            base_url=live_server.url,
            **(PHONE if phone else DESKTOP) | options,
        )
        contexts.append(context)
        page = context.new_page()
        listen(page)
        page.goto(address)
        page.faults = faults
        return page

    yield open_
    for context in contexts:
        context.close()
    assert faults == []


def is_foreign(asked, host: str) -> bool:
    """Tell whether a request leaves the paper."""
    parts = urlparse(asked.url)
    return parts.scheme in {"http", "https"} and parts.netloc != host


def is_loss(asked) -> bool:
    """Tell whether a request failed for another reason than that the page was left."""
    return "ERR_ABORTED" not in (asked.failure or "")
