"""For ``desk_faults.py``: one person at a browser who writes, is interrupted and comes back."""

import contextlib
import os
import random
import re
import shutil
import time
from collections.abc import Iterator

from desk_faults_server import Newsroom
from playwright.sync_api import Browser, Page, sync_playwright
from playwright.sync_api import Error as PlaywrightError

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-dev-shm-usage",
]
EDITOR = ".ProseMirror[contenteditable=true]"
FIELDS = ("#id_headline", "#id_deck", EDITOR)
STORY = "/admin/articles/article/{}/change/"
NEW = "/admin/articles/article/add/"
SYLLABLES = [chr(code) for code in range(ord("가"), ord("힣"), 7)]
MILLISECONDS = 30_000
# Seconds in which a page has to open itself again with the words of another window. A server that has just been
# started again, asked by everybody at once, may leave the first request unanswered.
PATIENCE = 30
EVIDENCE = """() => ({
    address: location.href,
    lines: [...document.querySelectorAll(".copies__bar, .copy-state, .messagelist li")].map((line) => line.innerText),
    key: document.querySelector("[data-copies]")?.dataset.key,
    continued: document.querySelector("input[name=copy_continued]")?.value,
    held: Object.entries(localStorage).filter(([name]) => name.startsWith("copy:")),
    opened: Object.keys(sessionStorage),
})"""


@contextlib.contextmanager
def launched() -> Iterator[Browser]:
    """A Chromium for all desks."""
    path = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


class Desk:
    """One person: an account, a browser profile, a story, and what was typed when."""

    def __init__(self, browser: Browser, url: str, account: dict) -> None:
        self.name, self.password = account["name"], account["password"]
        self.context = browser.new_context(
            base_url=url, locale="ko-KR", viewport={"width": 1200, "height": 800}
        )
        self.context.set_default_timeout(MILLISECONDS)
        self.story: int | None = None
        self.typed: list[tuple[float, str]] = []
        # Seconds after which the words were back the last time.
        self.waited = 0.0
        self.page = self.new_page()
        self.sign_in()

    def new_page(self) -> Page:
        """Open a tab that leaves without questions."""
        page = self.context.new_page()
        page.on("dialog", lambda dialog: dialog.accept())
        return page

    def sign_in(self) -> None:
        """Sign in on the page for it."""
        self.page.goto("/admin/login/?next=/admin/")
        if self.page.locator("#id_username").count():
            self.page.fill("#id_username", self.name)
            self.page.fill("#id_password", self.password)
            self.page.click("form#login-form [type=submit]")
            self.page.wait_for_url("**/admin/")

    # A round.

    def begin(self, story: int | None) -> None:
        """Open a story, or with None the page of a new one."""
        self.story, self.typed = story, []
        self.page.goto(STORY.format(story) if story else NEW, wait_until="commit")
        # Sometimes the first letters come before the editor and the other scripts.
        self.page.locator("#id_headline" if random.random() < 0.3 else EDITOR).wait_for()
        self.type_into("#id_headline")

    def type_something(self, *, after: bool = False) -> None:
        """Type into a field; what is typed ``after`` the fault is written, but not asked for."""
        kept = list(self.typed)
        self.type_into(random.choice(FIELDS))
        if after:
            self.typed = kept

    def type_into(self, field: str) -> None:
        """Type a few syllables at the end of a field, and note when they stood on the screen."""
        if not self.page.locator(field).count():
            field = "#id_headline"
        syllables = random.choices(SYLLABLES, k=random.randint(4, 9))
        where = self.page.locator(field)
        where.focus()
        self.page.keyboard.press("Control+End")
        for part in ("".join(syllables[:3]), "".join(syllables[3:])):
            self.page.keyboard.insert_text(part)
        if field == "#id_headline" and len(where.input_value()) > 170:
            where.fill("".join(syllables))
            self.typed = [row for row in self.typed if row[1] in self.shown()]
        self.typed.append((time.monotonic(), "".join(syllables)))

    def suffer(self, fault: str, newsroom: Newsroom) -> None:
        """Let something happen to this person; the page of before is gone afterwards, or is written on in."""
        if fault == "cut":
            self.context.set_offline(True)
            self.type_something(after=True)
            if random.random() < 0.5:
                self.press_save()
            self.close(self.page)
            self.context.set_offline(False)
        elif fault == "expire":
            newsroom.ask("expire", name=self.name)
            if random.random() < 0.5:
                self.save_and_sign_in()
            self.close(self.page)
        elif fault == "rival":
            if self.story:
                newsroom.ask("rival", story=self.story)
            self.press_save()
            self.page.wait_for_load_state()
            self.close(self.page)
        elif fault == "close":
            self.close(self.page)
        elif fault == "crash":
            with contextlib.suppress(PlaywrightError):
                self.page.goto("chrome://crash", wait_until="commit", timeout=1_000)
            self.close(self.page, gently=False)
        elif fault == "kill" and random.random() < 0.5:
            self.close(self.page)

    def press_save(self) -> None:
        """Press Save and give it a moment."""
        self.page.click("[name=_save]", no_wait_after=True)
        self.page.wait_for_timeout(600)

    def save_and_sign_in(self) -> None:
        """Press Save without a session, and sign in over the page."""
        self.press_save()
        password = self.page.locator(".signin [name=password]")
        password.fill(self.password)
        password.press("Enter")
        self.page.locator(".messagelist .success").wait_for()
        self.note_story()

    def close(self, page: Page, *, gently: bool = True) -> None:
        """Close the tab, as a person does or as a crash does, and have another one."""
        self.note_story()
        self.page = self.new_page()
        with contextlib.suppress(PlaywrightError), page.expect_event("close", timeout=5_000):
            page.close(run_before_unload=gently)

    def note_story(self) -> None:
        """Remember the story that a new one has become."""
        found = re.search(r"/article/(\d+)/change/", self.page.url)
        self.story = int(found[1]) if found else self.story

    def come_back(self) -> str:
        """Open the story again as a person would; return what its form shows once it has settled."""
        if self.page.url == "about:blank":
            self.sign_in()
            self.page.goto(STORY.format(self.story) if self.story else NEW)
        else:
            self.page.reload()
        begun, found = time.monotonic(), ""
        while time.monotonic() < begun + PATIENCE:
            with contextlib.suppress(PlaywrightError):
                self.follow()
                found = self.shown()
                if all(words in found for _when, words in self.typed):
                    break
            self.page.wait_for_timeout(200)
        self.waited = time.monotonic() - begun
        self.note_story()
        return found

    def evidence(self) -> dict:
        """Return what tells where words have gone: the page's address and lines, what the browser still holds."""
        return self.page.evaluate(EVIDENCE)

    def follow(self) -> None:
        """Take the link to a new story that was never saved, where the page shows some: the newest."""
        links = self.page.locator('.copies__bar a[href^="?copy="]')
        if self.story is None and links.count():
            links.first.click()
            self.page.locator(EDITOR).wait_for()

    def shown(self) -> str:
        """Return what stands in the form."""
        fields = [
            self.page.input_value(f"#id_{name}", timeout=5_000) for name in ("headline", "deck", "body")
        ]
        return "\n".join(fields)

    def finish(self, *, drop: bool) -> None:
        """Save what is there, or drop it, so that the next round begins clean."""
        button = self.page.locator("[data-copy-drop]")
        if drop and button.count():
            with self.page.expect_navigation():
                button.click()
            return
        with self.page.expect_navigation():
            self.page.click("[name=_save]")
        self.note_story()
