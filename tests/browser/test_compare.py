"""In a browser: an editor reads what changed, on a desktop and a phone, and a story before readers do."""

from dataclasses import replace

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse
from playwright.sync_api import expect

from articles import actions
from articles.previewing import make_link

from ..factories import make_article, make_user
from .test_desk import press, sign_in

pytestmark = pytest.mark.django_db(transaction=True)

PARAGRAPHS = [
    f"<p>{number}번 집의 문고리를 흔들고 마루를 닦는 데 이십 분이 걸렸다.</p>" for number in range(1, 13)
]


@pytest.fixture
def changed():
    """A public story with a change that waits: a word in the second paragraph, a new one at the end."""
    desk = make_user("desk", username="desk")
    article = make_article(body="".join(PARAGRAPHS))
    body = (
        "".join(PARAGRAPHS).replace("<p>2번 집의 문고리를", "<p>2번 집의 대문을")
        + "<p>값은 장부에 적혔다.</p>"
    )
    actions.save(article=article, snapshot=replace(actions.newest(article), body=body), by=desk)
    actions.submit(article=article, by=desk)
    return article, desk


def compare_address(article) -> str:
    return reverse("admin:articles_article_compare", args=[article.pk])


def serious(page) -> list[str]:
    return [
        fault["id"]
        for fault in Axe().run(page).response["violations"]
        if fault["impact"] in {"serious", "critical"}
    ]


def test_both_views_are_read_and_remembered(open_page, changed):
    """Side by side where there is room; the view that was chosen stays chosen; unchanged paragraphs unfold."""
    article, desk = changed
    page = sign_in(open_page, desk, compare_address(article))
    row = page.locator(".cmp__row--changed")
    expect(row.locator(".cmp__sides")).to_be_visible()
    expect(row.locator(".cmp__inline")).to_be_hidden()
    page.click("button[data-view=inline]")
    expect(row.locator(".cmp__inline")).to_be_visible()
    expect(row.locator(".cmp__sides")).to_be_hidden()
    page.reload()
    expect(row.locator(".cmp__inline")).to_be_visible()
    expect(page.locator("button[data-view=inline]")).to_have_attribute("aria-pressed", "true")
    folded = page.locator(".cmp__fold")
    expect(folded.locator(".cmp__row").first).to_be_hidden()
    folded.locator("summary").focus()
    page.keyboard.press("Enter")
    expect(folded.locator(".cmp__row").first).to_be_visible()
    assert serious(page) == []


@pytest.mark.parametrize("options", [{"phone": True}, {"phone": True, "color_scheme": "dark"}])
def test_a_phone_shows_one_text_and_the_buttons(open_page, changed, options):
    """Nothing is wider than the screen, and the change is approved there."""
    article, desk = changed
    page = sign_in(open_page, desk, compare_address(article), **options)
    expect(page.locator(".cmp__row--changed .cmp__inline")).to_be_visible()
    expect(page.locator(".cmp__row--changed .cmp__sides")).to_be_hidden()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert serious(page) == []
    press(page, "[value='approve:typo']")
    article.refresh_from_db()
    assert "2번 집의 대문" in article.body


def test_two_versions_are_chosen_from_the_list(open_page, changed):
    """With two buttons of the list, and without any script."""
    article, desk = changed
    actions.save(article=article, snapshot=replace(actions.newest(article), deck="문고리 당번"), by=desk)
    page = sign_in(open_page, desk, compare_address(article), java_script_enabled=False)
    page.check("[name=a][value='2']")
    page.check("[name=b][value='3']")
    press(page, ".cmp__go button")
    assert page.locator(".cmp__pair strong").all_text_contents()[1].endswith("3")
    expect(page.locator(".cmp__field")).to_have_count(1)


def test_the_preview_stands_in_two_frames(open_page, changed):
    """A phone's page 360 pixels wide beside a desktop's, without an error; links lead out of the frames."""
    article, desk = changed
    page = sign_in(open_page, desk, reverse("admin:articles_article_preview", args=[article.pk]))
    phone = page.frame_locator(".preview__phone iframe")
    expect(phone.locator("h1")).to_have_text(article.headline)
    expect(page.frame_locator(".preview__desktop iframe").get_by_text("값은 장부에 적혔다.")).to_be_visible()
    widths = [frame.evaluate("innerWidth") for frame in page.frames[1:]]
    assert widths == [360, 1280]
    expect(phone.locator(".story__label a").first).to_have_attribute("target", "_blank")
    assert serious(page) == []


def test_a_phone_shows_the_phone_page(open_page, changed):
    """One frame as wide as the screen, nothing wider."""
    article, desk = changed
    address = reverse("admin:articles_article_preview", args=[article.pk])
    page = sign_in(open_page, desk, address, phone=True)
    expect(page.locator(".preview__phone iframe")).to_be_visible()
    expect(page.locator(".preview__desktop")).to_be_hidden()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_an_outsider_opens_the_link(open_page, changed):
    """Without an account, without an error, with the line on top."""
    article, desk = changed
    _link, token = make_link(article=article, by=desk, hours=1)
    page = open_page(reverse("articles:preview", args=[token]), phone=True)
    expect(page.locator(".preview-line")).to_be_visible()
    expect(page.get_by_text("값은 장부에 적혔다.")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
