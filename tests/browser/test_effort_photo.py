"""In a browser: the lead photo of a story with the fewest steps, and files that are dropped anywhere."""

import base64

import pytest
from playwright.sync_api import Page, expect

from articles.models import Photo

from ..factories import make_photo, make_user, picture_bytes

pytestmark = pytest.mark.django_db(transaction=True)

ADD = "/admin/articles/article/add/"
EDITOR = ".ProseMirror[contenteditable=true]"
DIALOG = "dialog.photos"
FILE = {"name": "river.jpg", "mimeType": "image/jpeg", "buffer": picture_bytes()}
DROP = """([selector, content]) => {
  const file = new File([Uint8Array.from(atob(content), (c) => c.charCodeAt(0))], "a.jpg", { type: "image/jpeg" });
  const dataTransfer = new DataTransfer();
  dataTransfer.items.add(file);
  const place = document.querySelector(selector), { x, y } = place.getBoundingClientRect();
  const options = { bubbles: true, cancelable: true, dataTransfer, clientX: x + 20, clientY: y + 20 };
  return ["dragover", "drop"].map((kind) => !place.dispatchEvent(new DragEvent(kind, options)));
}"""


def new_story(open_page, **options) -> Page:
    """Open a new story as a reporter."""
    user = make_user("reporter")
    page = open_page(f"/admin/login/?next={ADD}", **options)
    page.fill("#id_username", user.username)
    page.fill("#id_password", "a-long-password")
    page.click("form#login-form [type=submit]")
    page.locator(EDITOR).wait_for()
    page.locator(".lead-photo.is-active").wait_for()
    return page


def upload(page: Page) -> None:
    """Choose a file by the button of the lead photo."""
    with page.expect_file_chooser() as chooser:
        page.click("[data-lead-photo] button >> nth=1")
    chooser.value.set_files(FILE)


def test_a_lead_photo_is_uploaded_described_and_taken_without_another_click(open_page):
    """The file chooser opens at once, then the cursor stands in the caption; Enter in the last line takes it."""
    page = new_story(open_page)
    upload(page)
    expect(page.locator("[data-photos-word=caption]")).to_be_focused()
    page.keyboard.type("나루의 아침.")
    page.keyboard.press("Tab")
    page.keyboard.type("안개 낀 나루")
    page.keyboard.press("Enter")
    expect(page.locator(DIALOG)).to_be_hidden()
    photo = Photo.objects.get()
    assert (photo.caption, photo.alt) == ("나루의 아침.", "안개 낀 나루")
    assert page.input_value("#id_lead_photo") == str(photo.pk)


def test_a_photo_that_is_known_is_taken_with_enter(open_page):
    """Its words stand already: the cursor is on the button."""
    page = new_story(open_page)
    upload(page)
    page.locator("[data-photos-word=caption]:focus").wait_for()
    page.keyboard.press("Tab")
    page.keyboard.type("안개 낀 나루")
    page.keyboard.press("Enter")
    expect(page.locator(DIALOG)).to_be_hidden()
    upload(page)
    expect(page.locator("[data-photos-insert]")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator(DIALOG)).to_be_hidden()
    assert Photo.objects.count() == 1


def test_words_being_typed_are_not_interrupted_by_an_upload(open_page):
    """Another photo arrives while the words of the first are written: the cursor stays."""
    page = new_story(open_page)
    page.click("[data-lead-photo] button >> nth=0")
    page.focus("[data-photos-filter=q]")
    page.set_input_files("[data-photos-files][multiple]", FILE)
    expect(page.locator("[data-photos-chosen] li")).to_have_count(1)
    expect(page.locator("[data-photos-filter=q]")).to_be_focused()


def test_enter_does_not_end_a_choice_of_several(open_page):
    """Into the text several photos may go; there Enter in a line is no last step."""
    make_photo("나루")
    page = new_story(open_page)
    page.evaluate("document.dispatchEvent(new CustomEvent('photos:open', { detail: { insert() {} } }))")
    page.locator(".photos__option").click()
    page.focus("[data-photos-word=alt]")
    page.keyboard.press("Enter")
    page.wait_for_timeout(200)
    expect(page.locator(DIALOG)).to_be_visible()


@pytest.mark.parametrize("place", ["#id_headline", ".story__side", "#content"])
def test_a_picture_dropped_anywhere_becomes_the_lead_photo(open_page, place):
    """The browser would leave the page and show the file instead."""
    page = new_story(open_page)
    assert page.evaluate(DROP, [place, base64.b64encode(FILE["buffer"]).decode()]) == [True, True]
    expect(page.locator(DIALOG)).to_be_visible()
    expect(page.locator("[data-photos-word=caption]")).to_be_focused()
    page.keyboard.press("Control+Enter")
    expect(page.locator(DIALOG)).to_be_hidden()
    assert page.input_value("#id_lead_photo") == str(Photo.objects.get().pk)


def test_a_picture_dropped_before_the_page_is_ready_waits_for_it(open_page):
    """The page does not go away; the dialog opens with the file as soon as its scripts are there."""
    page = new_story(open_page)
    page.route("**/photo-lead*.js", lambda route: (page.wait_for_timeout(1500), route.continue_()))
    page.reload(wait_until="commit")
    page.locator("#id_headline").wait_for()
    assert page.evaluate(DROP, ["#id_headline", base64.b64encode(FILE["buffer"]).decode()]) == [True, True]
    expect(page.locator(DIALOG)).to_be_visible()
    expect(page.locator("[data-photos-word=caption]")).to_be_focused()


def test_a_picture_dropped_into_the_text_stands_in_the_text(open_page):
    """It is the text's own: the lead photo stays empty."""
    page = new_story(open_page)
    page.evaluate(DROP, [EDITOR, base64.b64encode(FILE["buffer"]).decode()])
    expect(page.locator("[data-photos-word=caption]")).to_be_focused()
    page.keyboard.press("Control+Enter")
    expect(page.locator(f"{EDITOR} figure, {EDITOR} .figure-face")).not_to_have_count(0)
    assert page.input_value("#id_lead_photo") == ""
