"""For ``effort.py``: the tasks, driven through the screen as an editor does who knows the desk."""

import io
import random
import sys
from dataclasses import dataclass, field

from effort_person import EDITOR, NEW_STORY, Person
from PIL import Image, ImageFilter

PUBLIC = '.messagelist a[href^="/articles/"]'
HEADLINE, DECK, CAPTION, ALT = 30, 60, 35, 27
PARAGRAPH = (
    "강을 따라 난 길에는 이른 아침부터 사람이 모였다. "
    "군은 이번 조사에서 다리 네 곳을 새로 살폈고, 결과는 다음 달에 나온다고 밝혔다."
)


def words(length: int, mark: str) -> str:
    """Return Korean words of exactly so many characters that begin with a mark of their own."""
    return (
        (f"{mark} " + "새벽 시장에 불이 켜지고 강가의 마을이 하루를 연다 " * 3)[: length - 1]
        .strip()
        .ljust(length, "다")
    )


def picture() -> dict:
    """Return a photo of 1,600 × 1,067 pixels that nobody has uploaded before, as a file chooser gives it."""
    image = Image.frombytes("RGB", (80, 54), random.randbytes(80 * 54 * 3)).resize((1600, 1067))
    file = io.BytesIO()
    image.filter(ImageFilter.GaussianBlur(6)).save(file, "JPEG", quality=90)
    return {"name": "river.jpg", "mimeType": "image/jpeg", "buffer": file.getvalue()}


@dataclass
class Story:
    """What the task gives the editor."""

    mark: str
    section: str = "사회"
    second: str = "윤슬아"
    file: dict = field(default_factory=picture)

    @property
    def headline(self) -> str:
        return words(HEADLINE, f"제목{self.mark}")

    @property
    def deck(self) -> str:
        return words(DECK, f"부제{self.mark}")

    @property
    def text(self) -> list[str]:
        return [f"{number}번째 문단이다. {PARAGRAPH}" for number in range(1, 6)]

    @property
    def caption(self) -> str:
        return words(CAPTION, f"설명{self.mark}")

    @property
    def alt(self) -> str:
        return words(ALT, f"그림{self.mark}")

    @property
    def tags(self) -> list[str]:
        return [f"강길{self.mark}", f"다리{self.mark}"]


def create(person: Person, story: Story) -> None:
    """From the sign-in page to the public story."""
    page = person.page
    person.sign_in()
    with person.waiting("new story"):
        person.click(NEW_STORY)
        page.locator("#id_headline:focus").wait_for()
        page.locator(EDITOR).wait_for()
    person.type(story.headline)
    person.press("Tab")
    person.type(story.deck)
    person.press("Tab")
    page.locator(f"{EDITOR}:focus").wait_for()
    person.paste("\n\n".join(story.text))
    page.locator(f"{EDITOR} p:has-text('5번째')").wait_for()
    illustrate(person, story)
    person.click(".field-section .select2-selection")
    person.type(story.section)
    person.press("Enter", "Tab")
    person.type(", ".join(story.tags))
    sign(person, story)
    with person.waiting("approve"):
        person.press("Control+Enter", look=True)
        page.locator(PUBLIC).wait_for()
    with person.waiting("public page"):
        person.click(PUBLIC)
        page.locator("article h1").wait_for()
    check(person, story)


def illustrate(person: Person, story: Story) -> None:
    """Upload the lead photo and describe it."""
    page = person.page
    file = person.page.locator("[data-lead-photo] button").nth(1)
    with person.waiting("upload"):
        person.choose_file(file, story.file)
        page.locator("[data-photos-word=caption]:focus").wait_for()
    person.type(story.caption, look=True)
    person.press("Tab")
    person.type(story.alt)
    with person.waiting("words of the photo"):
        person.press("Enter")
        page.locator("dialog[data-photos]").wait_for(state="hidden")


def sign(person: Person, story: Story) -> None:
    """Add a second byline."""
    page = person.page
    person.click("#bylines-group .add-row a")
    person.type(story.second)
    with person.waiting("second byline"):
        person.press("Enter")
        page.locator(f"#bylines-1 .select2-selection:has-text('{story.second}')").wait_for()


def check(person: Person, story: Story) -> None:
    """End with a sentence where the public page lacks a part of the story."""
    page = person.page
    shown = page.locator("article").inner_text()
    parts = [story.headline, story.deck, *story.text, story.caption, story.second, "서라온", *story.tags]
    missing = [part for part in parts if part not in shown]
    if story.alt not in (page.locator("article figure picture img").first.get_attribute("alt") or ""):
        missing.append(story.alt)
    if missing:
        sys.exit(f"The public page lacks: {missing}")


def fix_typo(person: Person) -> None:
    """From the public page: change a letter of the text and show it to readers as a typo."""
    page = person.page
    with person.waiting("open"):
        person.click('aside.staff a[href$="/change/"]')
        page.locator(EDITOR).wait_for()
    place = page.evaluate(
        """(editor) => {
          const range = document.createRange(), text = document.querySelector(editor).querySelector("p").lastChild;
          range.setStart(text, 3);
          range.setEnd(text, 4);
          const { right, top, height } = range.getBoundingClientRect();
          return [right - 1, top + height / 2];
        }""",
        EDITOR,
    )
    person.click_at(*place)
    person.press("Backspace")
    person.type("짼")
    with person.waiting("approve"):
        person.click('[name=_verb][value="approve:typo"]')
        page.locator(PUBLIC).wait_for()
    if "짼" not in page.request.get(page.locator(PUBLIC).get_attribute("href")).text():
        sys.exit("The corrected letter is not on the public page.")


def withdraw(person: Person, stranger: Person) -> None:
    """From the public page: withdraw the story, with the reason that the desk asks for, until a stranger gets none."""
    page = person.page
    address = page.url
    with person.waiting("open"):
        person.click('aside.staff a[href$="#withdraw"]')
        page.locator("#withdraw textarea:focus").wait_for()
    person.type("사실 확인", look=True)
    with person.waiting("withdraw"):
        person.click("#withdraw button", look=False)
        page.locator(".messagelist .success").wait_for()
    if stranger.page.request.get(address).status not in {404, 410}:
        sys.exit("A stranger still gets the withdrawn story.")
