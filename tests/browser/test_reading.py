"""Reading a story in a browser: text size, share, print, keyboard, narrow, dark, without script, on paper."""

import gzip
import io
import re
import time

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse
from django.utils import translation
from pypdf import PdfReader

from articles.models import Byline
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

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
KILOBYTE = 1024
ROW = "<tr><th scope='row'>솔고개분교앞</th>" + "<td>07:10</td>" * 9 + "</tr>"
WIDE_TABLE = f"<table><caption>버스 시각</caption><tbody>{ROW * 3}</tbody></table>"
PARAGRAPH = "<p>새여울군은 21일 군청에서 ‘강변 배움터’ 운영 협약을 맺고 첫 교육생을 모집한다고 밝혔다.</p>"
SHIFT = """() => new Promise(done => { let sum = 0;
  new PerformanceObserver(list => list.getEntries().forEach(entry => { sum += entry.value }))
    .observe({type: 'layout-shift', buffered: true});
  setTimeout(() => done(sum), 500) })"""


@pytest.fixture(autouse=True)
def in_english(settings):
    """Read the words of the pages as they stand in the code."""
    settings.LANGUAGE_CODE = "en"
    translation.trans_real._default = None
    yield
    translation.trans_real._default = None


@pytest.fixture
def story(transactional_db):
    """A story with all that a page can hold, and then some: ten names, a headline of 200 characters, a wide table."""
    Publication.objects.create(
        name="새여울신문", tagline="강 따라 사는 사람들의 신문", youth_officer="천새봄"
    )
    section = make_section("새여울읍", slug="eupnae", parent=make_section("지역", slug="local"))
    for number in range(9):
        make_section(f"섹션 {number}", order=number + 1)
    series = make_series()
    reporters = [make_reporter(f"기자{number}", title="선임기자") for number in range(10)]
    photo = make_photo()
    for number in range(14):
        make_article(
            f"다른 기사 {number}",
            section=section,
            series=series,
            photos=[photo],
            reporters=reporters[:1],
        )
    make_sidebar("article", kinds=("latest", "photo_news", "most_read", "section"), count=4)
    make_sidebar("below", kinds=("related", "reporter"), count=3)
    article = make_article(
        ("농어촌버스 시간표 https://saeyeoul.example/" + "아주긴주소" * 40)[:200], section=section, series=series,
        deck="부제 하나\n부제 둘", kicker="교통", reporters=reporters, tags=["버스", "긴 꼬리표"], origin="release",
        source_name="새여울군청", body=PARAGRAPH * 3 + "<h2>소제목</h2>" + WIDE_TABLE + PARAGRAPH * 6,
        photos=[make_photo(f"사진 {n}.", size=(900, 600)) for n in range(4)] + [make_photo("세로.", size=(500, 900))],
    )  # fmt: skip
    article.bylines.filter(reporter=reporters[9]).update(role=Byline.Role.PHOTO)
    make_correction(article)
    return article


def size_of_text(page) -> float:
    """Return the size of the running text in pixels."""
    return page.eval_on_selector(".text", "element => parseFloat(getComputedStyle(element).fontSize)")


def sideways(page) -> float:
    """Return by how many pixels the page is wider than its window."""
    return page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")


def findings(page, *rules: str) -> list[str]:
    """Return what axe finds on the page (by ``rules`` alone where some are named)."""
    # Without «preload» axe would fetch the style sheets anew, from addresses it guesses.
    options = {"resultTypes": ["violations"], "preload": False}
    if rules:
        options["runOnly"] = list(rules)
    found = Axe().run(page, options=options).response["violations"]
    return [f"{fault['id']}: {fault['nodes'][0]['html'][:120]}" for fault in found]


def test_the_text_size_is_chosen_kept_and_carried(open_page, story):
    """Five steps; told aloud; off at the ends; kept on the next page and carried to the print page."""
    page = open_page(story.get_absolute_url())
    larger, smaller = page.locator("[data-size='1']"), page.locator("[data-size='-1']")
    sizes = [size_of_text(page)]
    for step in (3, 4, 5):
        larger.click()
        sizes.append(size_of_text(page))
        assert page.locator("[data-status]").inner_text() == f"Text size {step} of 5"
    assert sizes == sorted(set(sizes))
    assert larger.is_disabled()
    assert page.locator("[data-print-link]").get_attribute("href").endswith("/print/?size=4")
    page.reload()
    assert size_of_text(page) == sizes[-1]
    assert page.locator("[data-size='1']").is_disabled()
    for _ in range(4):
        smaller.click()
    assert size_of_text(page) < sizes[0]
    assert smaller.is_disabled()
    assert page.evaluate("document.activeElement.dataset.size") == "1"
    page.locator("[data-print-link]").click()
    assert page.locator("html").get_attribute("data-step") == "0"


def test_the_chosen_size_is_there_before_the_first_paint(open_page, story):
    """No flash, no shift: the size is set in the head, and nothing on the page moves."""
    page = open_page("/robots.txt")
    page.evaluate("localStorage.setItem('text-step', '4')")
    for address in (story.get_absolute_url(), reverse("articles:print", args=[story.pk])):
        page.goto(address)
        assert page.evaluate(SHIFT) == 0, address
        assert page.locator("html").get_attribute("data-step") == "4"
    page.evaluate("localStorage.setItem('text-step', '<9>')")
    page.goto(story.get_absolute_url())
    assert page.locator("html").get_attribute("data-step") is None


@pytest.mark.parametrize("name", ["articles:detail", "articles:print"])
def test_photos_keep_their_space_before_they_are_there(open_page, story, name):
    """However slow the line: a photo that arrives moves nothing."""
    page = open_page("/robots.txt")

    def late(route) -> None:
        time.sleep(0.3)
        route.continue_()

    page.route("**/media/**", late)
    page.goto(reverse(name, args=[story.pk]))
    assert page.evaluate(SHIFT) == 0


def test_the_size_of_the_address_goes_before_the_kept_one(open_page, story):
    """A print page that was passed on prints as it was passed on."""
    page = open_page(story.get_absolute_url())
    page.evaluate("localStorage.setItem('text-step', '4')")
    page.goto(reverse("articles:print", args=[story.pk]) + "?size=2")
    assert page.locator("html").get_attribute("data-step") == "2"


def test_a_browser_without_storage_still_sets_the_size(open_page, story):
    """The size holds for the page, and nothing is thrown."""
    page = open_page("/robots.txt")
    page.add_init_script(
        "Object.defineProperty(window, 'localStorage', {get() { throw new DOMException('off') }})"
    )
    page.goto(story.get_absolute_url())
    before = size_of_text(page)
    page.locator("[data-size='1']").click()
    assert size_of_text(page) > before


def test_sharing_copies_the_address_where_nothing_better_is(open_page, story):
    """Seen and told aloud; where a sheet to share is there, it is used and gets the permanent address."""
    page = open_page(story.get_absolute_url(), permissions=["clipboard-read", "clipboard-write"])
    page.evaluate("delete Navigator.prototype.share")
    page.locator("[data-share]").click()
    page.get_by_text("The address has been copied.").wait_for()
    assert page.evaluate("navigator.clipboard.readText()").endswith(story.get_absolute_url())
    page.evaluate("Navigator.prototype.share = data => { window.shared = data; return Promise.resolve() }")
    page.locator("[data-share]").click()
    page.wait_for_function("window.shared")
    assert page.evaluate("shared.url").endswith(story.get_absolute_url())
    assert page.evaluate("shared.title") == story.headline


def test_a_copy_that_fails_is_told(open_page, story):
    """No promise that was not kept."""
    page = open_page(story.get_absolute_url())
    page.evaluate(
        "() => { delete Navigator.prototype.share; navigator.clipboard.writeText = () => Promise.reject(new Error()) }"
    )
    page.locator("[data-share]").click()
    page.get_by_text("could not be copied").wait_for()


def test_the_print_button_prints_and_stamps_the_time(open_page, story):
    """The button opens the print window; a page that was kept tells the time of printing."""
    page = open_page(reverse("articles:print", args=[story.pk]))
    page.evaluate("window.print = () => { window.printed = true }")
    page.evaluate(
        "document.querySelector('[data-now]').textContent = 'old'; dispatchEvent(new Event('beforeprint'))"
    )
    assert re.fullmatch(r"20\d\d-\d\d-\d\d \d\d:\d\d:\d\d", page.locator("[data-now]").inner_text())
    page.locator("[data-print]").click()
    assert page.evaluate("window.printed") is True


def test_without_script_nothing_is_offered_that_cannot_work(open_page, story):
    """The story reads in full; the buttons that need a script are not there."""
    page = open_page(story.get_absolute_url(), java_script_enabled=False)
    assert page.locator("h1").is_visible()
    assert page.locator("[data-print-link]").is_visible()
    assert [page.locator(name).first.is_visible() for name in ("[data-size]", "[data-share]")] == [
        False,
        False,
    ]
    page.goto(reverse("articles:print", args=[story.pk]))
    assert not page.locator("[data-print]").is_visible()


def test_nothing_is_wider_than_the_window(open_page, story):
    """No sideways scrolling at the largest text either; the wide table scrolls inside itself and takes the focus."""
    page = open_page("/robots.txt")
    for address in (story.get_absolute_url(), reverse("articles:print", args=[story.pk])):
        page.goto(address)
        for width in (320, 360, 820, 1024, 1360):
            page.set_viewport_size({"width": width, "height": 700})
            for step in ("1", "4"):
                page.evaluate("step => { document.documentElement.dataset.step = step }", step)
                assert sideways(page) <= 0, (address, width, step)
        page.set_viewport_size({"width": 320, "height": 700})
        table = page.locator(".scroll")
        assert table.get_attribute("aria-label") == "버스 시각"
        assert table.evaluate("element => element.scrollWidth > element.clientWidth")
        table.focus()
        assert page.evaluate("document.activeElement.className") == "scroll"


def test_the_sidebar_stands_beside_the_text_from_1024_pixels(open_page, story):
    """Right of the story on a wide window, under it on a narrow one."""
    page = open_page(story.get_absolute_url(), viewport={"width": 1024, "height": 800})
    text, sidebar = page.locator(".story").bounding_box(), page.locator(".sidebar").bounding_box()
    assert sidebar["x"] >= text["x"] + text["width"]
    page.set_viewport_size({"width": 1023, "height": 800})
    below = page.locator(".below").bounding_box()
    assert page.locator(".sidebar").bounding_box()["y"] >= below["y"] + below["height"]


@pytest.mark.parametrize(
    "options", [{}, {"phone": True}, {"color_scheme": "dark"}], ids=["desktop", "phone", "dark"]
)
def test_axe_finds_nothing(open_page, story, options):
    """On the story and on its print page."""
    page = open_page(story.get_absolute_url(), **options)
    assert findings(page) == []
    page.goto(reverse("articles:print", args=[story.pk]))
    assert findings(page) == []


def test_every_accent_can_be_read(open_page, story):
    """Whatever colour the paper chose, in light and in dark, a notice and an advertisement on tint included."""
    advertisement = make_article(origin="ad", source_name="솔향찬방", tags=["사과"])
    page = open_page("/robots.txt")
    for article in (story, advertisement):
        page.goto(article.get_absolute_url())
        for accent in Publication.Accent.values:
            page.evaluate("name => { document.documentElement.className = 'js accent-' + name }", accent)
            for scheme in ("light", "dark"):
                page.emulate_media(color_scheme=scheme)
                assert findings(page, "color-contrast") == [], f"{accent}, {scheme}"


def test_the_keyboard_reaches_text_and_menu_first(open_page, story):
    """The first two stops are the ways to the text and to the menu; the tools are reached and seen."""
    page = open_page(story.get_absolute_url())
    for target in ("#main", "#menu"):
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.getAttribute('href')") == target
        box = page.evaluate("document.activeElement.getBoundingClientRect().toJSON()")
        assert box["x"] >= 0
    page.locator("a.skip[href='#main']").focus()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    page.locator("[data-size='1']").focus()
    page.keyboard.press("Enter")
    assert page.locator("html").get_attribute("data-step") == "2"


def test_what_is_touched_is_large_enough(open_page, story):
    """The tools measure 44 pixels each way."""
    page = open_page(story.get_absolute_url(), phone=True)
    for tool in page.locator(".tools button, .tools a").all():
        box = tool.bounding_box()
        assert min(box["width"], box["height"]) >= 44


def test_style_and_scripts_are_light(open_page, story):
    """Style within 12 KB and scripts within 8 KB, compressed; with the page a reader's first request is small."""
    sizes = {"stylesheet": [], "script": []}
    page = open_page("/robots.txt")
    page.on(
        "response",
        lambda got: got.request.resource_type in sizes and sizes[got.request.resource_type].append(got),
    )
    page.goto(story.get_absolute_url())
    style, script = (b"".join(got.body() for got in sizes[kind]) for kind in ("stylesheet", "script"))
    assert 0 < len(gzip.compress(style)) < 12 * KILOBYTE
    assert 0 < len(gzip.compress(script)) < 8 * KILOBYTE


def pdf_of(page, address: str) -> PdfReader:
    """Return the PDF that the print page makes."""
    page.goto(address)
    return PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True)))


def test_the_document_on_paper(open_page, story):
    """A4, numbered, with the paper's name on later pages; a larger text takes more room; no toolbar is printed."""
    page = open_page("/robots.txt")
    address = reverse("articles:print", args=[story.pk])
    usual, large = pdf_of(page, address), pdf_of(page, f"{address}?size=4")
    bare = pdf_of(page, f"{address}?photos=0")
    assert {
        (round(float(sheet.mediabox.width)), round(float(sheet.mediabox.height))) for sheet in usual.pages
    } == {(595, 842)}
    texts = [re.sub(r"\s+", " ", sheet.extract_text()) for sheet in usual.pages]
    assert len(texts) > 1
    for number, text in enumerate(texts, 1):
        assert re.search(rf"{number} ?/ ?{len(texts)}", text)
        assert "새여울신문" in text
    assert "Back to the story" not in "".join(texts)
    for caption in ("사진 0.", "사진 3.", "세로."):
        assert caption in "".join(texts)
        assert caption not in "".join(sheet.extract_text() for sheet in bare.pages)
    assert len(bare.pages) < len(usual.pages) <= len(large.pages)
    named = {name for sheet in usual.pages for name in typefaces(sheet)}
    assert all("KR" in name.upper() or "NANUM" in name.upper() for name in named), named


def typefaces(sheet) -> set[str]:
    """Return the names of the typefaces that a page of a PDF embeds."""
    fonts = [font.get_object() for font in sheet["/Resources"]["/Font"].values()]
    described = [font.get("/FontDescriptor", {}) for font in fonts]
    return {str(one.get_object().get("/FontName")) for one in described if one}
