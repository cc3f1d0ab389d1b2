"""In a browser: what other programs put on the clipboard becomes clean text, and what belongs elsewhere is offered."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from articles.models import Byline

from ..factories import make_photo, make_reporter
from .editor_page import answer_with, focus, keys, open_editor, paste, saved, value

pytestmark = pytest.mark.django_db(transaction=True)

SAMPLES = Path(__file__).parent / "samples"
NAMES = ["hwp", "word", "docs", "outlook", "gmail", "naver", "mail", "lines", "wrapped"]


def sample(name: str) -> tuple[str, str, str]:
    """Return markup, plain text and what is to be stored of a sample; it has either markup or plain text."""
    stored = "".join((SAMPLES / f"{name}.stored.html").read_text(encoding="utf-8").splitlines())
    for suffix, place in ((".html", 0), (".txt", 1)):
        path = SAMPLES / f"{name}{suffix}"
        if path.exists():
            given = ["", ""]
            given[place] = path.read_text(encoding="utf-8")
            return *given, stored
    raise FileNotFoundError(name)


@pytest.mark.parametrize("name", NAMES)
def test_a_paste_is_stored_whole_and_clean(open_page, name):
    """Hangul, Word, Google Docs, Outlook, Gmail, Naver mail and plain text, compared to the last character."""
    markup, text, stored = sample(name)
    page = open_editor(open_page)
    paste(page, markup, text)
    assert value(page) == stored
    keys(page, "Control+z")
    assert value(page) == ""
    keys(page, "Control+Shift+z")
    assert saved(page) == stored


def test_words_are_pasted_into_a_sentence(open_page):
    """A few words, with or without markup, join the sentence in which the caret stands, bold and all."""
    page = open_editor(open_page, "<p>앞뒤</p>")
    keys(page, "ArrowLeft")
    paste(
        page,
        '<meta charset="utf-8"><span style="font-weight:700">굵은</span><span style="color:red"> 말</span>',
    )
    paste(page, text="과 글")
    assert value(page) == "<p>앞<strong>굵은</strong> 말과 글뒤</p>"


def test_a_table_of_a_spreadsheet_is_a_table(open_page):
    """Cells joined over columns, an empty cell and numbers stay; styles and empty paragraphs do not."""
    page = open_editor(open_page)
    paste(
        page,
        '<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head><style>td {mso-number-format:General;}</style>'
        "</head><body><table border=0 style='border-collapse:collapse;width:144pt'><col width=96 style='width:72pt'>"
        "<!--StartFragment--><tr height=22><td colspan=2 class=xl65 style='height:16.5pt'>합계</td></tr>"
        "<tr><td align=right>1,200</td><td></td></tr><!--EndFragment--></table></body></html>",
        "합계\t\n1,200\t",
    )
    assert value(page) == (
        '<table><tbody><tr><td colspan="2"><p>합계</p></td></tr><tr><td><p>1,200</p></td><td></td></tr></tbody></table>'
    )


def test_hostile_markup_does_nothing(open_page):
    """Scripts, handlers, styles and pictures of other hosts run nothing, load nothing and leave the words."""
    page = open_editor(open_page)
    paste(
        page,
        '<p style="background:url(https://evil.example/a)" onclick="window.hurt=1">글<img src=x onerror="hurt=1">'
        '<img src="https://evil.example/b.png"></p><script>window.hurt=1</script><svg onload="window.hurt=1"></svg>'
        '<a href="javascript:window.hurt=1">링크</a><iframe src="https://evil.example"></iframe>'
        '<style>@import "https://evil.example/c.css";</style><p title="a > b" style=color:red>둘째</p>',
    )
    page.wait_for_timeout(200)
    assert value(page) == "<p>글</p><p>링크</p><p>둘째</p>"
    assert page.evaluate("window.hurt") is None


def test_what_the_editor_copies_it_pastes_whole(open_page):
    """Figures, boxes, lists and tables copied in one text come out the same in the same one."""
    photo = make_photo()
    body = (
        f'<p>하나</p><figure data-photo="{photo.pk}" data-width="small"><figcaption>설명</figcaption></figure>'
        '<aside data-kind="pull"><p>말</p></aside><ul><li><p>가</p></li></ul>'
        "<table><tbody><tr><td><p>나</p></td></tr></tbody></table><p>끝</p>"
    )
    page = open_editor(open_page, body)
    page.evaluate(
        """() => {
            const data = new DataTransfer()
            const view = document.querySelector(".ProseMirror")
            getSelection().selectAllChildren(view)
            document.dispatchEvent(new Event("selectionchange"))
            view.dispatchEvent(new ClipboardEvent("copy", { clipboardData: data, bubbles: true, cancelable: true }))
            window.copied = data.getData("text/html")
        }"""
    )
    copied = page.evaluate("window.copied")
    focus(page)
    keys(page, "Enter")
    paste(page, copied)
    assert value(page) == body + body


def test_a_caption_under_a_photo_is_taken_by_it(open_page):
    """«▲ …» pasted directly behind a photo becomes its caption; one step back makes it a paragraph again."""
    photo = make_photo()
    page = open_editor(open_page, f'<figure data-photo="{photo.pk}"></figure>')
    paste(page, text="▲ 새벽 <나루> 터\n\n안개가 걷혔다.")
    figure = f'<figure data-photo="{photo.pk}"><figcaption>새벽 &lt;나루&gt; 터</figcaption></figure>'
    assert value(page) == f"{figure}<p>안개가 걷혔다.</p>"
    expect(page.locator(".offers li")).to_have_count(0)


def test_a_caption_without_a_photo_is_offered(open_page):
    """The bar names it; the photo that is chosen stands in its place and takes the words."""
    photo = make_photo()
    page = open_editor(open_page)
    answer_with(page, photo)
    paste(page, text="첫 문단이다.\n\n▲ 새벽 나루터 (사진=두루뫼군)\n\n끝 문단이다.")
    expect(page.locator(".offers q")).to_have_text("▲ 새벽 나루터 (사진=두루뫼군)")
    page.click(".offers button >> nth=0")
    expect(page.locator(".offers li")).to_have_count(0)
    caption = "<figcaption>새벽 나루터 (사진=두루뫼군)</figcaption>"
    assert (
        saved(page)
        == f'<p>첫 문단이다.</p><figure data-photo="{photo.pk}">{caption}</figure><p>끝 문단이다.</p>'
    )


def test_lists_with_triangles_are_no_captions(open_page):
    """Several lines with ▲ are a list of things and are left in peace."""
    page = open_editor(open_page)
    paste(page, text="▲ 하나\n▲ 둘\n▲ 셋")
    expect(page.locator(".offers li")).to_have_count(0)
    assert value(page) == "<p>▲ 하나</p><p>▲ 둘</p><p>▲ 셋</p>"


def test_the_end_of_an_agency_text_is_offered(open_page):
    """Address and copyright line are named, stay where the editor says so, and go where he says so."""
    reporter = make_reporter("홍길동", email="hong@paper.example")
    page = open_editor(open_page)
    paste(
        page,
        text="본문이다. 저작권자는 시민이다.\n\n홍길동 기자 hong@paper.example\n\n"
        "저작권자 ⓒ 두루뫼통신 무단 전재 및 재배포 금지",
    )
    lines = page.locator(".offers li")
    expect(lines).to_have_count(2)
    lines.nth(0).locator("button").first.click()
    expect(lines).to_have_count(1)
    expect(lines.nth(0)).to_contain_text("두루뫼통신")
    lines.nth(0).locator("button").first.click()
    expect(lines).to_have_count(0)
    assert saved(page) == "<p>본문이다. 저작권자는 시민이다.</p>"
    assert [byline.reporter for byline in Byline.objects.all()] == [reporter]


def test_an_offer_can_be_refused_or_overtaken(open_page):
    """«Keep» ends it without a change; a line that is deleted, or a paste that is undone, needs no answer."""
    page = open_editor(open_page)
    text = "본문이다.\n\nⓒ 두루뫼통신 무단전재 금지"
    lines = page.locator(".offers li")
    paste(page, text=text)
    lines.locator("button").last.click()
    expect(lines).to_have_count(0)
    assert value(page) == "<p>본문이다.</p><p>ⓒ 두루뫼통신 무단전재 금지</p>"
    keys(page, "Control+a", "Delete")
    paste(page, text=text)
    expect(lines).to_have_count(1)
    keys(page, "Control+z")
    expect(lines).to_have_count(0)


def test_an_unknown_address_stays_until_somebody_decides(open_page):
    """A reporter that the paper does not know is said to be unknown; the line stays in the text."""
    page = open_editor(open_page)
    paste(page, text="본문이다.\n\n누군가 nobody@other.example")
    page.locator(".offers button").first.click()
    expect(page.locator(".offers__note")).to_be_visible()
    assert value(page) == "<p>본문이다.</p><p>누군가 nobody@other.example</p>"
    page.locator(".offers button").first.click()
    assert value(page) == "<p>본문이다.</p>"


def test_pictures_that_cannot_be_pasted_are_told_of(open_page):
    """The footer says how many pictures stayed behind; invisible ones of mailings do not count."""
    page = open_editor(open_page)
    paste(
        page,
        '<p>글</p><img src="file:///C:/a.jpg" width="400"><img width="1" height="1" src="https://t.example/o.gif">',
    )
    expect(page.locator(".editor-said")).to_contain_text("1")
    assert value(page) == "<p>글</p>"
