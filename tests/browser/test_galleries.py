"""In a browser: galleries as readers go through them, and as editors make them."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from articles.html import gathered
from articles.placing import lay_out

from ..factories import make_article, make_photo
from .conftest import PHONE
from .editor_page import EDITOR, answer_with, compose, keys, open_editor, paste, saved, value

pytestmark = pytest.mark.django_db(transaction=True)

SIZES = [(900, 600), (600, 900), (1600, 900), (900, 600)]
LINE = "설명이 조금 길어서 두 줄이 되는 사진이다. 강가에 선 사람들이 물을 보고 있다."
SHIFT = """() => new Promise((done) => { let sum = 0
  new PerformanceObserver((list) => list.getEntries().forEach((entry) => { sum += entry.value }))
    .observe({ type: "layout-shift", buffered: true })
  setTimeout(() => done(sum), 500) })"""
# Which photo stands at the beginning of the strip, from 1.
PLACE = """() => { const strip = document.querySelector(".gallery__strip").getBoundingClientRect()
  const gaps = [...document.querySelectorAll(".gallery__item")].map((item) => {
    const box = item.getBoundingClientRect()
    return Math.min(Math.abs(box.left - strip.left), Math.abs(box.right - strip.right)) })
  return gaps.indexOf(Math.min(...gaps)) + 1 }"""


def figure(photo, caption: str = "") -> str:
    """Return a stored figure."""
    words = f"<figcaption>{caption}</figcaption>" if caption else ""
    return f'<figure data-photo="{photo.pk}">{words}</figure>'


def gallery(*photos, caption: str = "") -> str:
    """Return photos as a stored gallery."""
    return gathered([figure(photo, caption) for photo in photos])


def story(words: int = 200):
    """Make a public story with a gallery of wide and tall photos in its text."""
    photos = [make_photo(size=size) for size in SIZES]
    captions = [LINE, "", LINE * 2, "끝."]
    figures = [figure(photo, caption) for photo, caption in zip(photos, captions, strict=True)]
    article = make_article(body=f"<p>{'글 ' * words}</p>{gathered(figures)}<p>{'글 ' * words}</p>")
    lay_out(article, None)
    return article


def faults(page: Page) -> list[str]:
    """Return what axe finds on a page; without «preload» it would fetch the style sheets anew."""
    found = Axe().run(page, options={"resultTypes": ["violations"], "preload": False}).response["violations"]
    return [f"{each['id']}: {node['html'][:160]}" for each in found for node in each["nodes"][:3]]


def at_place(page: Page, number: int) -> None:
    """Wait until the photo of that number stands at the beginning of the strip, which takes its time."""
    for _try in range(40):
        if page.evaluate(PLACE) == number:
            return
        page.wait_for_timeout(50)
    assert page.evaluate(PLACE) == number


# Readers.


def test_links_move_the_strip_alone(open_page):
    """To the next and back, with the focus on the same link; no step in the history, no jump of the page."""
    page = open_page(story().get_absolute_url(), reduced_motion="reduce")
    page.locator("#photo-2-1 .gallery__line").scroll_into_view_if_needed()
    steps, top = page.evaluate("[history.length, scrollY]")
    for number in (2, 3, 4):
        page.locator("[data-way=after]:visible").nth(number - 2).click()
        at_place(page, number)
    assert page.evaluate("document.activeElement.dataset.way") == "before"
    page.keyboard.press("Enter")
    at_place(page, 3)
    assert page.evaluate("document.activeElement.hash") == "#photo-2-2"
    assert page.evaluate("[history.length, scrollY]") == [steps, top]
    assert "#" not in page.url


def test_arrow_keys_and_the_place_that_is_heard(open_page):
    """The strip takes the focus and its own keys; a screen reader hears the number."""
    page = open_page(story().get_absolute_url())
    page.locator(".gallery__strip").focus()
    page.keyboard.press("ArrowRight")
    at_place(page, 2)
    expect(page.locator("[data-gallery-said]")).to_have_text("2 / 4")
    for key in ("ArrowRight", "ArrowRight", "ArrowRight", "ArrowLeft"):
        page.keyboard.press(key)
    at_place(page, 3)
    expect(page.locator("[data-gallery-said]")).to_have_text("3 / 4")


def test_arrow_keys_without_a_script(open_page):
    """The browser moves the strip by itself, photo by photo."""
    page = open_page(story().get_absolute_url(), java_script_enabled=False)
    page.locator(".gallery__strip").press("ArrowRight")
    expect(page.locator("#photo-2-2")).to_be_in_viewport(ratio=0.8)


def test_without_a_script_links_lead_to_the_photos(open_page):
    """The strip shows the photo whose number the address ends with."""
    page = open_page(story().get_absolute_url(), java_script_enabled=False)
    page.locator("#photo-2-1 [data-way=after]").click()
    expect(page.locator("#photo-2-2")).to_be_in_viewport(ratio=0.8)
    page.locator("#photo-2-2 [data-way=after]").click()
    expect(page.locator("#photo-2-3")).to_be_in_viewport(ratio=0.8)


@pytest.mark.parametrize(
    "options",
    [{}, {"phone": True}, PHONE | {"viewport": {"width": 320, "height": 640}}],
    ids=["desk", "phone", "small"],
)
def test_nothing_moves_and_nothing_is_too_wide(open_page, options):
    """Photos of every shape stand in boxes of one shape; the next one peeks in; the page does not scroll sideways."""
    page = open_page(story().get_absolute_url(), **options)
    page.locator(".gallery").scroll_into_view_if_needed()
    assert page.evaluate(SHIFT) == 0
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    boxes = [box.bounding_box() for box in page.locator(".gallery__box").all()]
    assert len({(round(box["width"]), round(box["height"]), round(box["y"])) for box in boxes}) == 1
    strip = page.locator(".gallery__strip").bounding_box()
    assert boxes[0]["x"] + boxes[0]["width"] < boxes[1]["x"] < strip["x"] + strip["width"]


@pytest.mark.parametrize("phone", [False, True])
@pytest.mark.parametrize("words", [200, 2])
def test_sizes_say_what_is_true(open_page, phone, words):
    """The browser is told the width that a photo takes, in a text and in a photo story."""
    page = open_page(story(words).get_absolute_url(), phone=phone)
    told = page.evaluate("""() => [...document.querySelectorAll(".gallery img")].map((img) => {
        const probe = document.createElement("div")
        const [wide, middle, narrow] = img.sizes.split(", ").map((size) => size.replace(/^\\(.*?\\) /, ""))
        const rem = Number(/min-width: (\\d+)rem/.exec(img.sizes)[1]) * 16
        probe.style.setProperty("width", innerWidth >= rem ? wide : innerWidth >= 640 ? middle : narrow)
        document.body.append(probe)
        const { width, height } = img.getBoundingClientRect()
        const whole = height * img.getAttribute("width") / img.getAttribute("height")
        const found = [probe.offsetWidth, Math.min(width, whole)]
        probe.remove()
        return found })""")
    for said, true in told:
        assert said == pytest.approx(true, abs=4)


def test_a_strip_does_not_glide_for_those_who_asked_for_rest(open_page):
    """Reduced motion: the next photo is there at once."""
    page = open_page(story().get_absolute_url(), reduced_motion="reduce")
    page.locator("#photo-2-1 [data-way=after]").click()
    assert page.evaluate(PLACE) == 2


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_everybody_can_use_a_gallery(open_page, scheme):
    """No fault by axe, light and dark, on a phone."""
    page = open_page(story(2).get_absolute_url(), phone=True, color_scheme=scheme)
    page.locator(".gallery").scroll_into_view_if_needed()
    assert faults(page) == []


@pytest.mark.parametrize("address", ["print/", ""], ids=["print page", "page from the menu"])
def test_paper_shows_all_two_beside_each_other(open_page, address):
    """Every photo with its caption, in pairs of one height, nothing cut off; nothing to press."""
    page = open_page(story().get_absolute_url() + address)
    page.emulate_media(media="print")
    items = [item.bounding_box() for item in page.locator(".gallery__item").all()]
    assert len(items) == 4
    assert items[0]["y"] == items[1]["y"] < items[2]["y"] == items[3]["y"]
    assert items[0]["x"] == items[2]["x"] < items[1]["x"] == items[3]["x"]
    assert items[1]["x"] + items[1]["width"] <= page.viewport_size["width"]
    assert page.locator(".gallery__way:visible").count() == 0
    assert (
        page.locator(".gallery__item").first.evaluate("(item) => getComputedStyle(item).breakInside")
        == "avoid"
    )


# Editors.


@pytest.fixture
def photos() -> list:
    return [make_photo(f"사진 {number}.") for number in range(1, 5)]


def test_a_gallery_stays_as_it_is_until_somebody_types(open_page, photos):
    """It goes through the editor unchanged, with captions and without."""
    body = f"<p>앞.</p>{gathered([figure(photos[0], '하나 <em>둘</em>'), figure(photos[1])])}<p>뒤.</p>"
    page = open_editor(open_page, body)
    assert page.locator("textarea#id_body").input_value() == body
    expect(page.locator(".gallery-count")).to_have_text("사진 2장 갤러리")
    page.keyboard.type("!")
    assert value(page) == body.replace("뒤.", "뒤.!")
    assert saved(page) == body.replace("뒤.", "뒤.!")


def test_photos_that_touch_are_joined_and_taken_apart(open_page, photos):
    """By the button and the key; the caret stays in its caption, and one step back takes back one thing."""
    one, two, three, four = photos
    apart = f"<p>앞.</p>{figure(one)}{figure(two, '둘')}<p>뒤.</p>"
    joined = f"<p>앞.</p>{gathered([figure(one), figure(two, '둘')])}<p>뒤.</p>"
    page = open_editor(open_page, apart)
    button = page.locator("[data-name=gallery]")
    expect(button).to_have_attribute("aria-disabled", "true")
    page.locator("figcaption").nth(1).click()
    keys(page, "End")
    expect(button).to_have_attribute("aria-disabled", "false")
    button.click()
    assert value(page) == joined
    expect(button).to_have_attribute("aria-pressed", "true")
    page.keyboard.type("!")
    assert value(page) == joined.replace("둘", "둘!")
    keys(page, "Control+Shift+G")
    assert value(page) == apart.replace("둘", "둘!")
    keys(page, "Control+z")
    assert value(page) == joined.replace("둘", "둘!")
    keys(page, "Control+z", "Control+z")
    assert value(page) == apart
    answer_with(page, three, four)
    keys(page, "Control+Shift+G")
    page.click("[data-name=photo]")
    assert value(page) == joined.replace("</aside>", f"{figure(three)}{figure(four)}</aside>")


def test_a_gallery_and_a_photo_beside_it_become_one(open_page, photos):
    """What touches a gallery goes into it, in its place."""
    one, two, three, four = photos
    page = open_editor(open_page, f"{figure(one)}{gallery(two, three)}{figure(four)}<p>뒤.</p>")
    page.locator("figcaption").last.click()
    keys(page, "End", "Control+Shift+G")
    assert value(page) == f"{gallery(*photos)}<p>뒤.</p>"


def test_photos_of_a_gallery_are_ordered_described_and_taken_out(open_page, photos):
    """By keys and buttons; what is left of two is a photo; every step can be undone."""
    one, two, three, _four = photos
    page = open_editor(open_page, f"<p>앞.</p>{gallery(one, two, three)}<p>뒤.</p>")
    captions = page.locator(".gallery-photos figcaption")
    captions.nth(0).click()
    keys(page, "End")
    page.keyboard.type("하나")
    keys(page, "Enter")
    page.keyboard.type("둘")
    keys(page, "Alt+Shift+ArrowUp")
    ordered = f"<p>앞.</p>{gathered([figure(two, '둘'), figure(one, '하나'), figure(three)])}<p>뒤.</p>"
    assert value(page) == ordered
    keys(page, "Alt+Shift+ArrowUp")
    assert value(page) == ordered
    keys(page, "Tab")
    assert page.evaluate("document.activeElement.textContent") == "위로"
    keys(page, "Tab", "Tab", "Enter")
    left = f"<p>앞.</p>{gathered([figure(one, '하나'), figure(three)])}<p>뒤.</p>"
    assert value(page) == left
    page.locator(".gallery-photos .figure-face").nth(1).click()
    keys(page, "Delete")
    assert value(page) == f"<p>앞.</p>{figure(one, '하나')}<p>뒤.</p>"
    keys(page, "Control+z")
    assert value(page) == left
    keys(page, "Control+z")
    assert value(page) == ordered
    captions.nth(2).click()
    keys(page, "End", "Enter")
    page.keyboard.type("새 문단")
    assert value(page) == ordered.replace("</aside>", "</aside><p>새 문단</p>")


def test_words_for_a_chosen_photo_are_its_caption(open_page, photos):
    """Typed, composed, pasted or after Enter: no photo is lost to them, and none is made of them."""
    one, two, _three, _four = photos
    page = open_editor(open_page, f"<p>앞.</p>{gallery(one, two)}<p>뒤.</p>")
    faces = page.locator(".gallery-photos .figure-face")
    faces.nth(0).click()
    page.keyboard.type("하나")
    faces.nth(1).click()
    keys(page, "Enter")
    page.keyboard.type("둘")
    told = f"<p>앞.</p>{gathered([figure(one, '하나'), figure(two, '둘')])}<p>뒤.</p>"
    assert value(page) == told
    for put in (lambda: paste(page, text="말"), lambda: compose(page, "ㅁ", "마", "말")):
        faces.nth(0).click()
        put()
        page.wait_for_timeout(100)
        assert "말" in value(page) and figure(two, "둘") in value(page)


def test_a_gallery_moves_as_a_whole_and_goes_as_one(open_page, photos):
    """Its own buttons; Backspace behind it chooses it first."""
    pair = gallery(*photos[:2])
    page = open_editor(open_page, f"<p>앞.</p>{pair}<p>뒤.</p>")
    bar = page.locator(".gallery-bar")
    bar.get_by_role("button", name="위로").click()
    assert value(page) == f"{pair}<p>앞.</p><p>뒤.</p>"
    bar.get_by_role("button", name="아래로").click()
    page.locator(EDITOR).locator("p").last.click()
    keys(page, "Home", "Backspace")
    assert page.locator(".gallery-box.ProseMirror-selectednode").count() == 1
    assert page.locator("textarea#id_body").input_value() == f"<p>앞.</p>{pair}<p>뒤.</p>"
    keys(page, "Backspace")
    assert value(page) == "<p>앞.</p><p>뒤.</p>"
    keys(page, "Control+z")
    assert value(page) == f"<p>앞.</p>{pair}<p>뒤.</p>"


def test_a_gallery_is_copied_and_pasted(open_page, photos):
    """A chosen gallery comes in again behind other words; a photo of one comes in by itself."""
    pair = gallery(*photos[:2], caption="설명")
    page = open_editor(open_page, f"{pair}<p>끝.</p>")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.locator(".gallery-count").click()
    keys(page, "Control+c", "Control+End", "Enter", "Control+v")
    assert value(page) == f"{pair}<p>끝.</p>{pair}"
    keys(page, "Control+z")
    page.locator(".gallery-photos .figure-face").first.click()
    keys(page, "Control+c", "Control+End", "Control+v")
    assert value(page) == f"{pair}<p>끝.</p>{figure(photos[0], '설명')}"


def test_several_photos_come_in_as_a_gallery(open_page, photos):
    """The dialog's second button is there for two and more only; one photo costs no further click."""
    page = open_editor(open_page, "<p>글.</p>")
    page.click("[data-name=photo]")
    dialog = page.locator("dialog.photos")
    options = dialog.locator(".photos__option")
    options.nth(3).click()
    offer = dialog.get_by_role("button", name="갤러리로 넣기")
    expect(offer).to_be_hidden()
    options.nth(2).click()
    expect(offer).to_be_visible()
    offer.click()
    expect(dialog).to_be_hidden()
    assert value(page) == f"<p>글.</p>{gallery(*photos[:2])}"
    keys(page, "Control+z")
    assert value(page) == "<p>글.</p>"
    page.click("[data-name=photo]")
    options.nth(3).click()
    options.nth(2).click()
    dialog.locator("[data-photos-insert]").click()
    expect(dialog).to_be_hidden()
    assert value(page) == f"<p>글.</p>{figure(photos[0])}{figure(photos[1])}"
    page.locator("[data-lead-photo] button").first.click()
    options.nth(3).click()
    expect(offer).to_be_hidden()


def test_everybody_can_make_a_gallery(open_page, photos):
    """No fault by axe in the editor, on a desk and on a phone; nothing is wider than the screen."""
    body = f"<p>앞.</p>{gallery(*photos, caption='설명')}<p>뒤.</p>"
    page = open_editor(open_page, body)
    expect(page.locator(".gallery-photos img")).to_have_count(4)
    assert faults(page) == []
    page = open_editor(open_page, body, phone=True)
    page.locator(".gallery-photos figcaption").first.click()
    page.wait_for_timeout(400)  # buttons fade into their colours
    expect(page.locator(".gallery-photos img")).to_have_count(4)
    assert faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
