"""In a browser: the text editor of a story, its photos, videos, boxes and keys."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from articles.embeds import embed_of

from ..factories import make_photo, make_user
from .editor_page import EDITOR, answer_with, focus, keys, open_editor, paste, saved, sign_in, value

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_text_stays_as_it_is_until_somebody_types(open_page):
    """Every part of the schema goes through the editor unchanged, double spaces included."""
    photo = make_photo()
    body = (
        '<p>두  칸 띄운 <strong>굵은</strong> 글, <a href="https://a.example/?a=1&amp;b" rel="noopener">링크</a>.</p>'
        f'<figure data-photo="{photo.pk}" data-width="wide"><figcaption>강 <em>위</em>의 안개</figcaption></figure>'
        f'<figure data-photo="{photo.pk}"></figure>'
        "<h2>중간제목</h2><h3>작은</h3><ul><li><p>하나</p></li></ul><ol><li><p>둘</p></li></ol>"
        "<blockquote><p>인용<br>둘째 줄</p></blockquote><hr>"
        '<aside data-kind="pull"><p>한마디</p></aside><aside data-kind="source"><p>가</p><p>나</p></aside>'
        '<table><thead><tr><th scope="col"><p>이름</p></th><th><p>값</p></th></tr></thead>'
        '<tbody><tr><td colspan="2"><p>H<sub>2</sub>O</p></td></tr></tbody></table>'
        '<figure data-embed="https://www.youtube.com/watch?v=abcdefghijk"><figcaption>영상</figcaption></figure>'
        "<p>끝.</p>"
    )
    page = open_editor(open_page, body)
    assert page.locator("textarea#id_body").input_value() == body
    page.keyboard.type("!")
    assert value(page) == body.removesuffix("</p>") + "!</p>"


def test_photos_come_in_where_the_caret_stands(open_page):
    """«Photo» asks; two photos stand behind the paragraph, are captioned, made wide, moved and taken out."""
    first, second = make_photo("강."), make_photo("산.")
    page = open_editor(open_page, "<p>앞.</p><p>뒤.</p>")
    answer_with(page, first, second)
    page.locator(EDITOR).locator("p").first.click()
    keys(page, "End")
    page.click("[data-name=photo]")
    figures = page.locator(".ProseMirror figure")
    expect(figures.first.locator("img")).to_have_attribute("src", first.url(800))
    expect(figures.first.locator("figcaption")).to_have_attribute("data-hint", "강.")
    assert value(page) == (
        f'<p>앞.</p><figure data-photo="{first.pk}"></figure><figure data-photo="{second.pk}"></figure><p>뒤.</p>'
    )
    figures.first.locator("figcaption").click()
    page.keyboard.type("안개 낀 강")
    keys(page, "Tab", "Tab", "Enter", "Alt+Shift+ArrowUp")
    captioned = (
        f'<figure data-photo="{first.pk}" data-width="wide"><figcaption>안개 낀 강</figcaption></figure>'
    )
    assert value(page) == f'{captioned}<p>앞.</p><figure data-photo="{second.pk}"></figure><p>뒤.</p>'
    figures.nth(1).locator(".figure-face").click()
    keys(page, "Backspace")
    assert value(page) == f"{captioned}<p>앞.</p><p>뒤.</p>"
    keys(page, "Control+z")
    assert value(page) == f'{captioned}<p>앞.</p><figure data-photo="{second.pk}"></figure><p>뒤.</p>'
    keys(page, "Control+z")
    assert saved(page) == f'<p>앞.</p>{captioned}<figure data-photo="{second.pk}"></figure><p>뒤.</p>'


def test_keys_around_a_photo_never_swallow_it(open_page):
    """Backspace behind and inside chooses it first, Enter in the caption goes on below, words do not run together."""
    photo = make_photo()
    figure = f'<figure data-photo="{photo.pk}"><figcaption>설명</figcaption></figure>'
    page = open_editor(open_page, f"<p>앞.</p>{figure}<p>뒤.</p>")
    keys(page, "Home", "Backspace")
    assert page.locator("figure.ProseMirror-selectednode").count() == 1
    assert page.locator("textarea#id_body").input_value() == f"<p>앞.</p>{figure}<p>뒤.</p>"
    page.locator("figcaption").click()
    keys(page, "Home", "Backspace")
    assert page.locator("figure.ProseMirror-selectednode").count() == 1
    page.locator("figcaption").click()
    keys(page, "End", "Enter")
    page.keyboard.type("새 문단")
    assert value(page) == f"<p>앞.</p>{figure}<p>새 문단</p><p>뒤.</p>"


def test_a_photo_is_dragged_to_its_place(open_page):
    """Dropped between two paragraphs, it stands there and nowhere else."""
    photo = make_photo(size=(900, 200))
    figure = f'<figure data-photo="{photo.pk}"><figcaption>설명</figcaption></figure>'
    page = open_editor(open_page, f"{figure}<p>하나.</p><p>둘.</p><p>셋.</p>")
    page.locator("figure img").wait_for()
    page.locator(".figure-face").drag_to(
        page.locator(EDITOR).locator("p").nth(2), target_position={"x": 1, "y": 3}
    )
    assert value(page) == f"<p>하나.</p><p>둘.</p>{figure}<p>셋.</p>"


def test_words_changed_in_the_dialog_are_shown_at_once(open_page):
    """The picture's alternative text and the hint in its caption follow ``photos:changed``."""
    photo = make_photo("옛 설명.")
    page = open_editor(open_page, f'<figure data-photo="{photo.pk}"></figure>')
    image = page.locator("figure img")
    expect(image).to_have_attribute("alt", photo.alt)
    page.evaluate(
        """(photo) => document.dispatchEvent(new CustomEvent("photos:changed", { detail: photo }))""",
        {
            "id": photo.pk,
            "url": photo.url(800),
            "alt": "새 말",
            "caption": "새 설명.",
            "width": 9,
            "height": 6,
        },
    )
    expect(image).to_have_attribute("alt", "새 말")
    expect(page.locator("figcaption")).to_have_attribute("data-hint", "새 설명.")


def test_many_photos_are_asked_for_with_one_question(open_page):
    """A text with six photos asks the library once, also when one of them is gone."""
    photos = [make_photo() for _ in range(5)]
    body = "".join(
        f'<figure data-photo="{key}"></figure>' for key in [*(photo.pk for photo in photos), 999999]
    )
    questions = []
    page = open_editor(open_page, body + "<p>끝</p>")
    page.on("request", lambda asked: questions.append(asked.url) if "/library/" in asked.url else None)
    page.reload()
    expect(page.locator("figure img")).to_have_count(5)
    assert len(questions) == 1
    focus(page)
    page.keyboard.type("!")
    assert value(page) == f"{body}<p>끝!</p>"


def test_picture_files_go_to_the_dialog(open_page):
    """Files that are dropped or pasted are handed over; a picture that comes along with words is not."""
    photo = make_photo()
    page = open_editor(open_page, "<p>앞.</p>")
    answer_with(page, photo)
    send = """([kind, text]) => {
        const data = new DataTransfer()
        data.items.add(new File(["x"], "photo.jpg", { type: "image/jpeg" }))
        if (text) data.setData("text/plain", text)
        const view = document.querySelector(".ProseMirror")
        const { left, bottom } = view.querySelector("p").getBoundingClientRect()
        const place = { clientX: left + 2, clientY: bottom - 5, bubbles: true, cancelable: true }
        view.dispatchEvent(kind === "drop" ? new DragEvent("drop", { dataTransfer: data, ...place })
            : new ClipboardEvent("paste", { clipboardData: data, ...place }))
    }"""
    page.evaluate(send, ["paste", ""])
    page.evaluate(send, ["drop", ""])
    page.evaluate(send, ["paste", "글"])
    assert page.evaluate("window.asked") == [["photo.jpg"], ["photo.jpg"]]
    assert value(page).count("<figure") == 2


def test_videos_and_maps_come_in_by_their_address(open_page):
    """By the button, by code for copying and by pasting; a page that cannot be shown becomes a link."""
    page = open_editor(open_page, "<p>앞.</p>")
    for typed in (
        "https://youtu.be/abcdefghijk?t=1m30s",
        '<iframe width="1" src="https://player.vimeo.com/video/123?h=abc"></iframe>',
        "https://map.kakao.com/link/1",
    ):
        page.click("[data-name=embed]")
        page.fill("dialog input", typed)
        page.click("dialog [type=submit]")
    expect(page.locator(".editor-said")).not_to_be_empty()
    focus(page)
    keys(page, "Enter")
    paste(page, text="https://tv.naver.com/v/987")
    page.locator("figcaption").last.click()
    page.keyboard.type("중계")
    link = '<p><a href="https://map.kakao.com/link/1" rel="noopener">https://map.kakao.com/link/1</a></p>'
    assert saved(page) == (
        '<p>앞.</p><figure data-embed="https://www.youtube.com/watch?v=abcdefghijk&amp;t=90"></figure>'
        f'<figure data-embed="https://vimeo.com/123/abc"></figure>{link}'
        '<figure data-embed="https://tv.naver.com/v/987"><figcaption>중계</figcaption></figure>'
    )


def test_boxes_are_put_around_paragraphs_and_taken_off(open_page):
    """Pull quote and source box; Enter twice leads out of one, its button takes it off again."""
    page = open_editor(open_page)
    page.click("[data-name=pull]")
    page.keyboard.type("눈이 와도 장은 섭니다.")
    keys(page, "Enter", "Enter")
    page.click("[data-name=source]")
    page.keyboard.type("장날")
    keys(page, "Enter")
    page.keyboard.type("2·7일")
    boxes = (
        '<aside data-kind="pull"><p>눈이 와도 장은 섭니다.</p></aside>'
        '<aside data-kind="source"><p>장날</p><p>2·7일</p></aside>'
    )
    assert value(page) == boxes
    page.locator("aside[data-kind=pull] p").click()
    expect(page.locator("[data-name=pull]")).to_have_attribute("aria-pressed", "true")
    page.click("[data-name=pull]")
    assert value(page) == boxes.replace('<aside data-kind="pull">', "").replace("</aside>", "", 1)


def test_browser_and_server_agree_on_what_can_be_shown(open_page):
    """For every kind of address the editor finds the stored form that the server finds, or none."""
    page = open_editor(open_page)
    places = "37.1%2C127.2%2C37.3%2C127.4"
    addresses = [
        "https://www.youtube.com/watch?v=abcdefghijk", "https://m.youtube.com/watch?v=abcdefghijk&list=x&t=1h2m3s",
        "http://youtu.be/abcdefghijk?t=90", "https://www.youtube.com/shorts/abcdefghijk", "https://youtu.be/short",
        "https://www.youtube-nocookie.com/embed/abcdefghijk?start=7", "https://www.youtube.com/playlist?list=abc",
        "https://www.youtube.com/watch?v=abcdefghijk&t=x", "https://vimeo.com/123456", "https://vimeo.com/123456/ab12",
        "https://player.vimeo.com/video/123456?h=ab12", "https://vimeo.com/channels/staff/123",
        "https://tv.naver.com/v/12345", "https://tv.naver.com/embed/12345?autoPlay=true", "https://tv.naver.com/h/1",
        "https://www.google.com/maps/embed?pb=!1m18!2d127.0~!3d37.5", "https://www.google.com/maps/embed?pb=!2sSeoul+Station!3d37",
        "https://www.google.com/maps/embed?pb=!2s%EC%84%9C%EC%9A%B8", "https://www.google.com/search?q=a",
        f"https://www.openstreetmap.org/export/embed.html?bbox={places}&layer=mapnik&marker=37.2%2C127.3",
        "https://www.openstreetmap.org/export/embed.html?layer=mapnik", "https://map.kakao.com/link/1",
        "https://youtube.com.evil.example/watch?v=abcdefghijk", "ftp://youtu.be/abcdefghijk", "글", "",
    ]  # fmt: skip
    found = page.evaluate(
        """async (all) => {
            const { addressIn, shownAddress } = await import("desk/editor-embeds")
            return all.map((typed) => shownAddress(addressIn(typed)))
        }""",
        addresses,
    )
    expected = [embed.address if (embed := embed_of(address)) else "" for address in addresses]
    assert dict(zip(addresses, found, strict=True)) == dict(zip(addresses, expected, strict=True))
    assert sum(bool(address) for address in expected) > 10


@pytest.mark.parametrize(
    "options", [{}, {"phone": True, "viewport": {"width": 320, "height": 640}}, {"color_scheme": "dark"}],
    ids=["desktop", "phone", "dark"],
)  # fmt: skip
def test_axe_finds_nothing_in_the_editor(open_page, options):
    """With figures, boxes, an offer, the bar for finding and the list of keys; nothing scrolls sideways."""
    photo = make_photo()
    page = open_editor(
        open_page,
        f'<p>앞.</p><figure data-photo="{photo.pk}" data-width="wide"></figure>'
        '<aside data-kind="pull"><p>말</p></aside>'
        '<figure data-embed="https://vimeo.com/123"></figure><aside data-kind="source"><p>말</p></aside><p>말</p>',
        **options,
    )
    paste(page, text="글.\n\nⓒ 두루뫼통신 무단전재 금지")
    page.locator(".figure-face").first.click()
    keys(page, "Control+h")
    page.fill(".find__query", "말")
    expect(page.locator(".offers li")).to_be_visible()
    assert faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    keys(page, "Escape", "Control+/")
    assert faults(page) == []


def faults(page) -> list[str]:
    """Return what axe finds on a page; without «preload» it would fetch the style sheets anew."""
    found = Axe().run(page, options={"resultTypes": ["violations"], "preload": False}).response["violations"]
    return [f"{each['id']}: {node['html'][:160]}" for each in found for node in each["nodes"][:3]]


def test_fixed_pages_have_no_figures(open_page):
    """Their editor has boxes and finding, but no buttons for photos and videos; a story's figure leaves its words."""
    page = sign_in(open_page, make_user("admin"), "/admin/newsroom_publication/page/add/")
    page.locator(".editor-footer").wait_for()
    assert page.locator("[data-name=photo], [data-name=embed]").count() == 0
    expect(page.locator("[data-name=source]")).to_be_visible()
    paste(
        page, '<figure data-photo="1" data-pm-slice="0 0 []"><figcaption>설명</figcaption></figure><p>글</p>'
    )
    paste(page, text="https://vimeo.com/123")
    assert value(page) == (
        '<p>설명</p><p>글<a href="https://vimeo.com/123" rel="noopener">https://vimeo.com/123</a></p>'
    )
