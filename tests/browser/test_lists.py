"""Front page, lists, fixed and error pages in a browser: narrow, dark, by keyboard, looked at by axe."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from newsroom.front.models import Front, Slot
from newsroom.publication.models import Page as FixedPage
from newsroom.publication.models import Publication

from ..factories import (
    make_article,
    make_correction,
    make_photo,
    make_reporter,
    make_section,
    make_series,
    make_sidebar,
)

pytestmark = pytest.mark.django_db(transaction=True)
ADDRESSES = {
    "front page": "/",
    "section": "/sections/economy/",
    "latest": "/latest/",
    "day": "/latest/?date=2020-01-01",
    "photos": "/photos/",
    "series": "/series/walk/",
    "series index": "/series/",
    "tag": "/tags/river/",
    "reporter": "/reporters/han/",
    "reporter index": "/reporters/",
    "corrections": "/corrections/",
    "masthead": "/about/",
    "fixed page": "/about/ethics/",
    "not found": "/no-such-page/",
}
LONG = "https://paper.example/" + "a" * 120


@pytest.fixture
def paper():
    """A paper with something on every list, with words that are hard to break."""
    Publication(
        name="새여울신문", address=LONG, email=f"{'desk' * 12}@paper.example", youth_officer="천새봄"
    ).save()
    section = make_section("경제", slug="economy")
    opinion = make_section("오피니언", slug="opinion", order=1, is_opinion=True)
    reporter = make_reporter(
        "한나래", slug="han", intro=LONG, email="han@paper.example", portrait=make_photo()
    )
    series = make_series("강을 걷다", slug="walk", description=LONG)
    same = {"reporters": [reporter], "series": series, "tags": ["river"]}
    front = Front.objects.create()
    for n in range(30):
        story = make_article(
            LONG if n == 2 else f"나루터 옛 물류창고, 디지털 배움터로 다시 문 연다 {n}",
            section=opinion if n % 5 == 4 else section, hours_ago=n + 1, photos=[make_photo()] if n % 2 else [],
            deck="군 “예산 없다”" if n == 0 else "", **same,
        )  # fmt: skip
        if n in (3, 2):
            Slot.objects.create(front=front, article=story, order=n)
    make_correction(story, text=LONG)
    make_sidebar("front", kinds=["most_read", "photo_news", "latest", "notice"], text="알립니다.", count=3)
    make_sidebar("list", kinds=["latest", "photo_news"])
    table = f"<table><tbody><tr>{f'<td>{LONG}</td>' * 4}</tr></tbody></table>"
    FixedPage.objects.create(title="윤리강령", slug="ethics", body=f"<p>첫째.</p>{table}")


def expect_not_found(page, name: str) -> None:
    """Take the one complaint out that a page which is not found makes in the console."""
    if name == "not found":
        page.faults[:] = [fault for fault in page.faults if "404" not in fault]


@pytest.mark.parametrize("name", ADDRESSES)
def test_nothing_scrolls_sideways_at_320_pixels(open_page, paper, name):
    """The narrowest phone shows every line whole; what is wider scrolls inside itself."""
    page = open_page(ADDRESSES[name], phone=True, viewport={"width": 320, "height": 640})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    expect_not_found(page, name)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", ADDRESSES)
def test_axe_finds_nothing(open_page, paper, name, scheme):
    """Contrast, names, order of headings, landmarks: in light and in dark."""
    page = open_page(ADDRESSES[name], color_scheme=scheme)
    # Without «preload» axe would fetch the style sheets anew, from addresses it guesses.
    found = Axe().run(page, options={"resultTypes": ["violations"], "preload": False})
    assert found.response["violations"] == [], found.generate_report()
    expect_not_found(page, name)


def test_a_list_is_walked_by_keyboard_without_script(open_page, paper):
    """The link to older stories is a link: Enter follows it, and the way back is there."""
    page = open_page("/latest/", java_script_enabled=False)
    page.locator("[rel=next]").last.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/latest/?before=*")
    page.locator(".list-navigation__first").click()
    page.wait_for_url("**/latest/")


def test_a_click_anywhere_on_a_card_opens_its_story(open_page, paper):
    """The link of a headline covers its photo and its words."""
    page = open_page("/")
    box = page.locator(".front__lead .card").bounding_box()
    page.mouse.click(box["x"] + box["width"] - 5, box["y"] + box["height"] - 5)
    page.wait_for_url("**/articles/*/")


def test_the_front_page_holds_its_shape_while_photos_load(open_page, paper):
    """Layout shift is nought: every photo keeps its place."""
    page = open_page("/", phone=True)
    shift = page.evaluate(
        """() => new Promise(done => { let sum = 0;
        new PerformanceObserver(list => list.getEntries().forEach(entry => { sum += entry.value }))
          .observe({type: "layout-shift", buffered: true});
        window.scrollTo(0, document.body.scrollHeight); setTimeout(() => done(sum), 500) })"""
    )
    assert shift < 0.01
