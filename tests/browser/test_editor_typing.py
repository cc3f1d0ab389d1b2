"""In a browser: typed Korean is stored once and whole, wherever it is typed; lengths, finding and replacing."""

import math
import random
import re

import pytest
from playwright.sync_api import expect

from articles.html import blocks
from articles.text import plain_text

from ..factories import make_photo
from .editor_page import EDITOR, compose, focus, keys, open_editor, paste, saved, value

pytestmark = pytest.mark.django_db(transaction=True)

SYLLABLES = [("ㅎ", "하", "한"), ("ㄱ", "그", "글")]
PLACES = {
    "the start": ("<p>앞말</p>", "p", "Home", "<p>한글앞말</p>"),
    "the middle": ("<p>앞</p><p>말</p>", "p:nth-of-type(2)", "Home", "<p>앞</p><p>한글말</p>"),
    "a list": ("<ul><li><p>하나</p></li></ul>", "li p", "End", "<ul><li><p>하나한글</p></li></ul>"),
    "a quotation": (
        "<blockquote><p>말</p></blockquote>", "blockquote p", "End", "<blockquote><p>말한글</p></blockquote>",
    ),
    "a table": (
        "<table><tbody><tr><td><p>가</p></td><td><p>나</p></td></tr></tbody></table>", "td:nth-of-type(2) p", "End",
        "<table><tbody><tr><td><p>가</p></td><td><p>나한글</p></td></tr></tbody></table>",
    ),
    "a heading": ("<h2>제목</h2><p>글</p>", "h2", "End", "<h2>제목한글</h2><p>글</p>"),
    "a pull quote": (
        '<aside data-kind="pull"><p>말</p></aside>', "aside p", "End", '<aside data-kind="pull"><p>말한글</p></aside>',
    ),
    "bold words": ("<p><strong>굵은</strong></p>", "strong", "End", "<p><strong>굵은한글</strong></p>"),
}  # fmt: skip


def compose_word(page) -> None:
    """Type «한글», syllable by syllable, as an input method does."""
    for steps in SYLLABLES:
        compose(page, *steps)


@pytest.mark.parametrize("place", PLACES)
def test_composed_korean_is_stored_once(open_page, place):
    """At the start, in the middle, in lists, quotations, tables, headings and boxes; one step back takes it away."""
    body, selector, key, stored = PLACES[place]
    page = open_editor(open_page, body)
    page.locator(f"{EDITOR} {selector}").first.click()
    keys(page, key)
    compose_word(page)
    assert value(page) == stored
    keys(page, "Control+z", "Control+z")
    assert value(page) == body


def test_composed_korean_stands_in_captions(open_page):
    """In an empty caption and at the end of one, then on in the paragraph below."""
    photo = make_photo()
    page = open_editor(open_page, f'<figure data-photo="{photo.pk}"></figure><p>뒤.</p>')
    page.locator("figcaption").click()
    compose_word(page)
    page.keyboard.type(" 설명")
    compose_word(page)
    keys(page, "Enter")
    compose_word(page)
    caption = "<figcaption>한글 설명한글</figcaption>"
    assert saved(page) == f'<figure data-photo="{photo.pk}">{caption}</figure><p>한글</p><p>뒤.</p>'


def test_enter_and_bold_while_composing_lose_nothing(open_page):
    """Enter ends a syllable and begins a paragraph; bold switched on between two syllables holds the second."""
    page = open_editor(open_page)
    compose(page, *SYLLABLES[0])
    keys(page, "Enter")
    compose(page, *SYLLABLES[1])
    keys(page, "Control+b")
    compose(page, *SYLLABLES[0])
    assert value(page) == "<p>한</p><p>글<strong>한</strong></p>"


def test_spaces_stay_spaces(open_page):
    """Korean typed with many spaces, and joined again, holds no space that does not break."""
    page = open_editor(open_page, "<p>앞 뒤</p>")
    page.keyboard.type("  두 칸 ")
    compose_word(page)
    page.keyboard.type(" ")
    keys(page, "Enter")
    page.keyboard.type("끝")
    keys(page, "Home", "Backspace")
    page.keyboard.type(" ")
    body = saved(page)
    assert body == "<p>앞 뒤  두 칸 한글  끝</p>"
    assert "\u00a0" not in page.locator(EDITOR).inner_text()


def test_everything_can_be_taken_back(open_page):
    """Typing, pasting, a photo's width, replacing and a composed word: back to the first state, and forth again."""
    photo = make_photo()
    body = f'<p>장이 선다. 장이 섰다.</p><figure data-photo="{photo.pk}"></figure><p>끝</p>'
    page = open_editor(open_page, body)
    page.keyboard.type("나다.")
    paste(page, "<p>둘째 <b>문단</b></p><p>셋째</p>")
    compose_word(page)
    page.locator(".figure-face").click()
    page.click(".figure-bar button:has-text('Wide'), .figure-bar button:has-text('넓게')")
    keys(page, "Control+h")
    page.fill(".find__query", "장이")
    page.fill(".find__words", "시장이")
    page.click(".find__replace button >> nth=1")
    keys(page, "Escape")
    after = value(page)
    assert after.count("시장이") == 2 and "둘째 <strong>문단</strong>" in after and "wide" in after
    for _ in range(30):
        page.keyboard.press("Control+z")
    assert value(page) == body
    for _ in range(30):
        page.keyboard.press("Control+Shift+z")
    assert value(page) == after


def sheets(body: str) -> float:
    """Return the length of a text in sheets of manuscript paper, by the rule told in words.

    Each paragraph begins a line with one empty square; a line has twenty squares, a sheet ten lines; two
    Latin letters or figures share a square, everything else has its own.
    """
    lines = 0
    for block in re.split(r"</(?:p|h2|h3)>", body):
        text = plain_text(re.sub(r"<figcaption>.*?</figcaption>", "", block)).strip()
        if not text:
            continue
        taken, half = 1, False
        for character in text:
            if character.isascii() and character.isalnum():
                taken, half = (taken, False) if half else (taken + 1, True)
            else:
                taken, half = taken + 1, False
        lines += math.ceil(taken / 20)
    return lines / 10


def test_lengths_follow_the_rule_of_manuscript_paper(open_page):
    """Characters with and without spaces and sheets of 200 squares, against the rule, as the text grows."""
    fixed = random.Random(7)
    words = ["장터", "불을", "2026년", "KTX", "3.5%", "“그래요.”", "A4", "가", "12,345명이", "😀"]
    text = [
        "".join(f"{fixed.choice(words)} " for _ in range(fixed.randint(1, 60))).strip() for _ in range(12)
    ]
    photo = make_photo()
    body = (
        "".join(f"<p>{line}</p>" for line in text)
        + f'<figure data-photo="{photo.pk}"><figcaption>설명</figcaption></figure>'
    )
    page = open_editor(open_page, body + "<p>가</p>")
    count = page.locator(".editor-count")

    def numbers() -> list[str]:
        return [
            part.replace(",", "") for part in re.findall(r"[\d,.]+", count.inner_text().replace("200", ""))
        ]

    for typed in ("", "나", "다라 마바"):
        page.keyboard.type(typed)
        body = value(page)
        plain = "".join(plain_text(block) for block in blocks(body) if block.startswith("<p>"))
        expected = [str(len(plain)), str(len(re.sub(r"\s", "", plain))), f"{sheets(body):.1f}"]
        page.wait_for_timeout(80)
        assert numbers() == expected


def test_words_are_found_and_replaced(open_page):
    """Ctrl+F finds over marks and in captions, goes round, replaces one and all, and Escape leads back."""
    photo = make_photo()
    page = open_editor(
        open_page,
        "<p>김 군수는 KTX를 탔다. <strong>김</strong> 군수의 ktx.</p>"
        f'<figure data-photo="{photo.pk}"><figcaption>김 군수</figcaption></figure><ul><li><p>김 군수</p></li></ul>',
    )
    keys(page, "Control+Home", "Control+f")
    page.keyboard.type("김 군수")
    status = page.locator(".find__count")
    expect(status).to_have_text(re.compile(r"1\D+4|4\D+1"))
    expect(page.locator(".found--here")).to_have_count(1)
    keys(page, "Enter", "Enter", "Enter", "Enter", "Shift+Enter")
    expect(page.locator("li .found--here")).to_have_text("김 군수")
    page.fill(".find__query", "KTX")
    expect(page.locator(".found")).to_have_count(2)
    page.fill(".find__query", "(")
    expect(page.locator(".found")).to_have_count(0)
    page.fill(".find__query", "김 군수")
    keys(page, "Control+h")
    page.keyboard.type("김 시장")
    keys(page, "Enter")
    expect(status).to_have_text(re.compile(r"1\D+3|3\D+1"))
    page.click(".find__replace button >> nth=1")
    expect(page.locator(".found")).to_have_count(0)
    keys(page, "Escape")
    expect(page.locator(".find")).to_be_hidden()
    assert page.evaluate("document.activeElement.className").startswith("tiptap")
    assert saved(page) == (
        "<p>김 시장는 KTX를 탔다. <strong>김 시장</strong>의 ktx.</p>"
        f'<figure data-photo="{photo.pk}"><figcaption>김 시장</figcaption></figure><ul><li><p>김 시장</p></li></ul>'
    )


def test_what_is_typed_to_find_is_no_change_of_the_story(open_page):
    """The form hears nothing of the bar, and sends nothing of it."""
    page = open_editor(open_page, "<p>글</p>")
    page.evaluate(
        "document.querySelector('form[id$=_form]').addEventListener('input', () => { window.heard = true })"
    )
    keys(page, "Control+h")
    page.keyboard.type("글")
    keys(page, "Tab")
    assert page.evaluate("window.heard") is None
    assert page.evaluate("document.querySelectorAll('.find [name]').length") == 0
    assert value(page) == "<p>글</p>"


def test_the_editor_explains_its_keys(open_page):
    """«?» and Ctrl+/ open the list; Escape closes it and leads back; Alt+F10 leads to the buttons and Escape back."""
    page = open_editor(open_page, "<p>글</p>")
    keys(page, "Control+/")
    expect(page.locator(".editor-help")).to_be_visible()
    expect(page.locator(".editor-help")).to_contain_text("Ctrl+F")
    keys(page, "Escape")
    expect(page.locator(".editor-help")).to_have_count(0)
    page.click("[data-name=help]")
    page.click(".editor-help button")
    focus(page)
    keys(page, "Alt+F10")
    assert page.evaluate("document.activeElement.dataset.name") == "heading2"
    keys(page, "Escape")
    page.keyboard.type("!")
    assert value(page) == "<p>글!</p>"
