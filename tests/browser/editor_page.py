"""The text editor of a story in a browser: opening it, pasting, composing Korean, reading what would be stored."""

from playwright.sync_api import Page, expect

from articles.html import clean_body
from articles.models import Article

from ..factories import make_article, make_user

EDITOR = ".ProseMirror[contenteditable=true]"
PASTE = """([markup, text]) => {
    const data = new DataTransfer()
    if (markup) data.setData("text/html", markup)
    if (text) data.setData("text/plain", text)
    const event = new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true })
    document.querySelector(".ProseMirror").dispatchEvent(event)
}"""
# What a dialog of photos does, without the dialog: keeps what it was asked and puts photos in.
ANSWER = """(photos) => {
    window.asked = []
    document.addEventListener("photos:open", (event) => {
        event.stopImmediatePropagation()
        window.asked.push(event.detail.files.map((file) => file.name))
        event.detail.insert(photos)
    }, { capture: true })
}"""


def sign_in(open_page, user, address: str, **options) -> Page:
    """Open an address of the desk as ``user``."""
    page = open_page(f"/admin/login/?next={address}", **options)
    page.fill("#id_username", user.username)
    page.fill("#id_password", "a-long-password")
    page.click("form#login-form [type=submit]")
    page.wait_for_url(f"**{address}")
    return page


def open_editor(open_page, body: str = "", *, user=None, **options) -> Page:
    """Open a draft with ``body`` and put the caret at its end."""
    article = make_article("편집기", state="draft", body=body)
    user = user or make_user("admin")
    page = sign_in(open_page, user, f"/admin/articles/article/{article.pk}/change/", **options)
    page.locator(".editor-footer").wait_for()
    page.evaluate("addEventListener('beforeunload', (event) => event.stopImmediatePropagation(), true)")
    page.on("dialog", lambda dialog: dialog.accept())
    focus(page)
    return page


def focus(page: Page) -> None:
    """Put the caret at the end of the text."""
    page.locator(EDITOR).focus()
    keys(page, "Control+End")


def keys(page: Page, *names: str) -> None:
    """Press keys no faster than a person; the browser tells of a moved caret a moment later."""
    for name in names:
        page.keyboard.press(name)
        page.wait_for_timeout(40)


def value(page: Page) -> str:
    """Return what the form would send; the server changes nothing about it."""
    found = page.locator("textarea#id_body").input_value()
    assert found == clean_body(found)
    return found


def saved(page: Page) -> str:
    """Save the story through its page and return the text that was stored."""
    with page.expect_navigation():
        page.click("[name=_save]")
    expect(page.locator(".errornote")).to_have_count(0)
    article = Article.objects.get()
    newest = article.revisions.order_by("-number").first()
    return newest.content["body"] if newest else article.body


def paste(page: Page, markup: str = "", text: str = "") -> None:
    """Paste as the clipboard of another program gives it."""
    page.evaluate(PASTE, [markup, text])


def compose(page: Page, *steps: str) -> None:
    """Type with an input method: each of ``steps`` is what stands under composition, the last one stays."""
    session = page.context.new_cdp_session(page)
    for step in steps:
        session.send(
            "Input.imeSetComposition", {"text": step, "selectionStart": len(step), "selectionEnd": len(step)}
        )
    session.send("Input.insertText", {"text": steps[-1]})
    session.detach()


def answer_with(page: Page, *photos) -> None:
    """Answer every question for photos with ``photos`` of the library."""
    page.evaluate(ANSWER, [as_json(photo) for photo in photos])


def as_json(photo) -> dict:
    """Return a photo as the dialog hands it over."""
    return {
        "id": photo.pk, "url": photo.url(800), "width": photo.width, "height": photo.height, "alt": photo.alt,
        "caption": photo.caption, "credit": photo.credit,
    }  # fmt: skip
