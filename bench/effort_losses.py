"""For ``effort.py``: is what was typed there after a reload, another person's save, an expired session?"""

import contextlib
import re

from effort_person import EDITOR, NEW_STORY, Person
from playwright.sync_api import TimeoutError as TooLate

STORY = "/admin/articles/article/{}/change/"
NEW = "/admin/articles/article/add/"
RELOADS = (1, 3, 20)
# Milliseconds in which a page that was opened again shows the words.
SETTLED = 6_000


def kept(person: Person, *sought: str) -> bool:
    """Tell whether the form shows all of the words."""
    shows = """(words) => {
      const shown = ["headline", "deck", "body"].map((name) => document.getElementById(`id_${name}`)?.value).join(" ");
      return words.every((each) => shown.includes(each));
    }"""
    with contextlib.suppress(TooLate):
        person.page.wait_for_function(shows, arg=list(sought), timeout=SETTLED)
        return True
    return False


def type_at_once(person: Person, address: str, words: str) -> list[str]:
    """Open a page of a story and type as soon as there is a field, and into the text as soon as that stands."""
    page = person.page
    page.goto(address, wait_until="commit")
    page.locator("#id_headline").focus()
    page.keyboard.press("End")
    page.keyboard.type(f"{words} 제목")
    page.locator(EDITOR).focus()
    page.keyboard.press("Control+End")
    page.keyboard.type(f"{words} 본문")
    return [f"{words} 제목", f"{words} 본문"]


def reloads(person: Person, stories: list[int]) -> dict[str, bool]:
    """Type from the first moment, reload after some seconds, look whether all is there."""
    found = {}
    for where, addresses in (
        ("public story", [STORY.format(story) for story in stories]),
        ("new story", [NEW] * len(RELOADS)),
    ):
        for seconds, address in zip(RELOADS, addresses, strict=True):
            typed = type_at_once(person, address, f"새로고침 {seconds}")
            person.page.wait_for_timeout(seconds * 1000)
            person.page.reload()
            found[f"reload after {seconds} s, {where}"] = kept(person, *typed)
            person.page.goto("/admin/")
    return found


def rivals(person: Person, other: Person, story: int) -> bool:
    """Let another browser save between one's opening and saving; tell whether both texts are there."""
    person.page.goto(STORY.format(story))
    person.page.locator(EDITOR).wait_for()
    other.page.goto(STORY.format(story))
    other.page.locator(EDITOR).click()
    other.page.keyboard.press("Control+End")
    other.page.keyboard.type("둘째가 쓴 끝 문장.")
    save(other)
    person.page.locator("#id_headline").click()
    person.page.keyboard.press("End")
    person.page.keyboard.type(" 첫째의 제목")
    save(person)
    return kept(person, "둘째가 쓴 끝 문장.", "첫째의 제목")


def save(person: Person) -> None:
    """Save and wait for the answer."""
    with person.page.expect_navigation():
        person.page.keyboard.press("Control+S")
    person.page.locator(".messagelist li").first.wait_for()


def expired(person: Person, story: int) -> bool:
    """Lose the session, save, sign in where the desk asks; tell whether the words are stored."""
    page = person.page
    page.goto(STORY.format(story))
    page.locator(EDITOR).click()
    page.keyboard.press("Control+End")
    page.keyboard.type("로그인이 끝난 뒤의 문장.")
    person.context.clear_cookies(name="sessionid")
    page.keyboard.press("Control+S")
    page.locator("dialog[open] [name=password]").fill(person.password)
    page.keyboard.press("Enter")
    page.locator(".messagelist .success").wait_for()
    page.goto(STORY.format(story))
    return kept(person, "로그인이 끝난 뒤의 문장.") and not page.locator("[data-copy-drop]").count()


def public_stories(person: Person, number: int) -> list[int]:
    """Return the keys of the newest public stories."""
    page = person.page.request.get("/latest/").text()
    found = list(dict.fromkeys(re.findall(r'href="/articles/(\d+)/"', page)))
    return [int(key) for key in found[:number]]


def losses(person: Person, again: Person, other: Person) -> dict[str, bool]:
    """Run all tests; ``again`` is the same account in a second browser. Returns what was kept, by test."""
    for each in (person, again, other):
        if not each.page.locator(NEW_STORY).count():
            each.sign_in()
    *first, second, third, fourth = public_stories(person, len(RELOADS) + 3)
    return reloads(person, first) | {
        "another account saved in between": rivals(person, other, second),
        "the same account saved in a second browser": rivals(person, again, third),
        "session gone, then save": expired(person, fourth),
    }
