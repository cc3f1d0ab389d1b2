"""For ``effort.py``: somebody at a browser whose clicks, keys and looks are counted, and the machine's seconds.

The model is the keystroke-level one of Card, Moran and Newell with the values of the peers' measurement
(``effort.PEERS``): a key 0.2 s, a pointing 1.1 s, a press of the button 0.1 s, a look for a field or control
1.2 s, a paste 1.0 s. A Hangul syllable counts as one key.
"""

import contextlib
import time
from collections.abc import Iterator

from playwright.sync_api import BrowserContext, FilePayload, Locator, Page

SECONDS = {"keys": 0.2, "pointings": 1.1, "presses": 0.1, "looks": 1.2, "pastes": 1.0}
PATIENCE = 30_000
OPTIONS = {"locale": "ko-KR", "timezone_id": "Asia/Seoul", "viewport": {"width": 1440, "height": 900}}


class Person:
    """One person with a browser of their own; every method does something and counts what it costs.

    ``look=False`` is for what is fully foreseen: the only button of a dialog, what a Tab leads to.
    """

    def __init__(self, browser, url: str, name: str, password: str) -> None:
        self.name, self.password = name, password
        self.context: BrowserContext = browser.new_context(base_url=url, **OPTIONS)
        self.context.set_default_timeout(PATIENCE)
        self.context.grant_permissions(["clipboard-read", "clipboard-write"])
        self.page: Page = self.context.new_page()
        self.warnings = 0
        self.page.on("dialog", self.warned)
        self.begin()

    def warned(self, dialog) -> None:
        """Count a question of the browser («leave this page?») and go on."""
        self.warnings += 1
        dialog.accept()

    def begin(self) -> None:
        """Start counting anew."""
        self.counts = dict.fromkeys([*SECONDS, "clicks", "fields", "files"], 0)
        self.waits: dict[str, float] = {}

    def click(self, target: str | Locator, *, look: bool = True) -> None:
        """Point at something and click."""
        self.count(clicks=1, pointings=1, presses=1, looks=int(look))
        (self.page.locator(target).first if isinstance(target, str) else target).click()

    def click_at(self, x: float, y: float) -> None:
        """Click on a place of the page that was looked for, as in a text."""
        self.count(clicks=1, pointings=1, presses=1, looks=1)
        self.page.mouse.click(x, y)

    def type(self, words: str, *, look: bool = False) -> None:
        """Type into what has the focus."""
        self.count(keys=len(words), fields=1, looks=int(look))
        self.page.keyboard.type(words)

    def press(self, *keys: str, look: bool = False) -> None:
        """Press keys one after another; «Control+Enter» are two."""
        self.count(keys=sum(key.count("+") + 1 for key in keys), looks=int(look))
        for key in keys:
            self.page.keyboard.press(key)

    def paste(self, words: str) -> None:
        """Paste plain text from the real clipboard."""
        self.page.evaluate("(words) => navigator.clipboard.writeText(words)", words)
        self.count(pastes=1, fields=1)
        self.page.keyboard.press("Control+V")

    def choose_file(self, target: str | Locator, file: FilePayload) -> None:
        """Click on what opens the system's file dialog and choose a file there: a look, a pointing, two presses."""
        with self.page.expect_file_chooser() as opened:
            self.click(target)
        self.count(files=1, looks=1, pointings=1, presses=2)
        opened.value.set_files(file)

    def count(self, **more: int) -> None:
        """Add to the counts."""
        for name, number in more.items():
            self.counts[name] += number

    @contextlib.contextmanager
    def waiting(self, name: str) -> Iterator[None]:
        """Measure the seconds of an action until its result is there (Playwright's own cost included)."""
        begun = time.monotonic()
        yield
        self.waits[name] = self.waits.get(name, 0) + time.monotonic() - begun

    def result(self) -> dict:
        """Return the counts, the seconds of the person by the model, and those of the machine."""
        human = sum(self.counts[name] * seconds for name, seconds in SECONDS.items())
        return self.counts | {
            "human": round(human, 1),
            "machine": round(sum(self.waits.values()), 2),
            "waits": {name: round(seconds, 2) for name, seconds in self.waits.items()},
        }

    # What every task needs.

    def sign_in(self) -> None:
        """Sign in with the keyboard; the first field has the focus."""
        self.page.goto("/admin/")
        self.page.locator("#id_username:focus").wait_for()
        self.type(self.name)
        self.press("Tab")
        self.type(self.password)
        with self.waiting("sign in"):
            self.press("Enter")
            self.page.locator(NEW_STORY).first.wait_for()

    def close(self) -> None:
        """Leave, with all windows."""
        self.context.close()


NEW_STORY = 'a[href$="/articles/article/add/"]'
EDITOR = ".ProseMirror[contenteditable=true]"
