"""Uploaded videos in a browser: nothing is loaded before it is played, parts of it then; chosen in the editor."""

import base64
import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.files.uploadedfile import SimpleUploadedFile
from playwright.sync_api import Page, Request, expect

from articles import actions
from articles.models import Article, Video

from ..clips import clip_bytes, video
from ..factories import make_article, make_photo, make_user
from .conftest import PHONE
from .editor_page import EDITOR, focus, keys, open_editor, saved, sign_in, value

pytestmark = pytest.mark.django_db(transaction=True)
VTT = "WEBVTT\n\n00:00:00.000 --> 00:00:03.000\n(물소리)\n"
SHIFT = """() => new Promise((done) => { let sum = 0
  new PerformanceObserver((list) => list.getEntries().forEach((entry) => { sum += entry.value }))
    .observe({ type: "layout-shift", buffered: true })
  setTimeout(() => done(sum), 500) })"""
PLAYS = """(player) => new Promise((done) => {
  if (player.currentTime) done()
  else player.addEventListener("timeupdate", () => done(), { once: true }) })"""
LOOKS = pytest.mark.parametrize(
    "options", [{}, PHONE, {"color_scheme": "dark"}], ids=["desktop", "phone", "dark"]
)
# Three seconds of a test picture in H.264, 64 by 36 pixels.
PLAYABLE = base64.b64decode(
    "AAAAIGZ0eXBpc29tAAACAGlzb21pc28yYXZjMW1wNDEAAAMibW9vdgAAAGxtdmhkAAAAAAAAAAAAAAAAAAAD6AAAC7gAAQAAAQAAAAAAAAAA"
    "AAAAAAEAAAAAAAAAAAAAAAAAAAABAAAAAAAAAAAAAAAAAABAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAgAAAnF0cmFrAAAAXHRr"
    "aGQAAAADAAAAAAAAAAAAAAABAAAAAAAAC7gAAAAAAAAAAAAAAAAAAAAAAAEAAAAAAAAAAAAAAAAAAAABAAAAAAAAAAAAAAAAAABAAAAAAEAA"
    "AAAkAAAAAAAkZWR0cwAAABxlbHN0AAAAAAAAAAEAAAu4AAAAAAABAAAAAAHpbWRpYQAAACBtZGhkAAAAAAAAAAAAAAAAAABAAAAAwABVxAAA"
    "AAAALWhkbHIAAAAAAAAAAHZpZGUAAAAAAAAAAAAAAABWaWRlb0hhbmRsZXIAAAABlG1pbmYAAAAUdm1oZAAAAAEAAAAAAAAAAAAAACRkaW5m"
    "AAAAHGRyZWYAAAAAAAAAAQAAAAx1cmwgAAAAAQAAAVRzdGJsAAAAvHN0c2QAAAAAAAAAAQAAAKxhdmMxAAAAAAAAAAEAAAAAAAAAAAAAAAAA"
    "AAAAAEAAJABIAAAASAAAAAAAAAABDExhdmMgbGlieDI2NAAAAAAAAAAAAAAAAAAAAAAAAAAAGP//AAAAMmF2Y0MBQsAK/+EAGWdCwAqmERH+"
    "fARAAAADAEAAAAMBA8SJhGABAAZoyEIBNLIAAAAQcGFzcAAAAAEAAAABAAAAFGJ0cnQAAAAAAAAJ+gAACfoAAAAYc3R0cwAAAAAAAAABAAAA"
    "BgAAIAAAAAAcc3RzcwAAAAAAAAADAAAAAQAAAAMAAAAFAAAAHHN0c2MAAAAAAAAAAQAAAAEAAAAGAAAAAQAAACxzdHN6AAAAAAAAAAAAAAAG"
    "AAABDgAAADMAAAEUAAAAMwAAAQYAAAAwAAAAFHN0Y28AAAAAAAAAAQAAA1IAAAA9dWR0YQAAADVtZXRhAAAAAAAAACFoZGxyAAAAAAAAAABt"
    "ZGlyYXBwbAAAAAAAAAAAAAAAAAhpbHN0AAAACGZyZWUAAAPGbWRhdAAAAQpliIJ/8vl44go+Lm9W4vAOECyLCqg8BUcgSeogqWeEQmOAASAA"
    "PwcBAaGCBgCp4SBwgJxBAAECGIABXwPDw0xycXevx9M4EIAggXIAIFlB8AYeXGCb2wf/h77nw62i2shT74SFHAwDSYMyjxb8Fxhiorv+nEOH"
    "fUt+D1AwROweFoGRUeNhQZx3/1UIcOlc13HffDBDrhXCw4g6o4g9wUOMVHH//YNh0Z1NfhJpBHOxI6u3iR3HEw/8FYsUfEQAUQAAqXiGEQw8"
    "Jp+BWdIjEuCKBwh+BrAAQHQEAGNHgOC9ADJgGIwABAVCoAAnsrAIYf40VF3ih9D4HAUIDAAIzFHFHALtQBM7yGAK5wAAAC9Bmhxd9WVw2bVS"
    "iJNfi2n2eIpAC431eGEf2G1u4DRFL9s+9ngfecnT/k8JLrxXmwAAARBliIEF/8vhLDQ4V9TeoBwgWRYVUHgKuQJPUQas8IjxwCAPwcEGhoAQ"
    "ADT4OAQAJxAQABAViAAFH+nzCH0HR4/uL1v8DU2mYGsAIIFzAAgWUHwAw8rhib3wf/lDHTw6IDuW/k93DA14qMQdBh1+OcyH/Q9I4dK3r1DG"
    "ChYCGxTjb8HIFoz3/h4hBawV8t8JwDDhwzLBxAegahwe2gOIHv/9l2C4QO+5hMsA+u4oZeC7D+KB/4aHigAPzeVQIBASIAAVAbnDCIGGATYd"
    "o150iMa5hw/+For8UfBIAFAZAAIADGQkHAAPAANxAEAAQKYgABoujhEP/hoUWKmXxQ+EtgAIDgALYseKOAXagCZ3kMAK5wAAAC9Bmhxcu0jI"
    "ARj3oQWd/wMgqO/Ow84HZZOI7iXfKGPF1i6YloS1i2XMc4u1mXVZMAAAAQJliII//L4Sw1FB8XDZweQr4IBIzwqoNwFRxCJ6iAqWeEZYEBeG"
    "TAChoAgAJPg4EAJxBAAECuIAASf6fMIfFOLu61v8F3TMCEAQQLkAECyg+AMPLjBN7YP/yhjp4dlvqT9wBQijeM9fxB0kxTOCPcu0whAcX5+n"
    "gZCoxVxw/w8BgtQ774SQMFBhEsDUODd88dB0Hv/EAt4dZb1ZpO4lMDBGRiOiDuCxhi2H8VD/w0xQfm+OABRAQA3EMIhhgJp+BWdIjEuGjwcB"
    "DMhg8JAwACABAQbAewAQAETAkBAFANA4AIAwaGYQAdYGyZlh8sJYfHAAOQcEMhR4o4F2oAmd5DAFc4AAAAAsQZocNy8Eht3EUgD7hgW9+qix"
    "hjF1J1iXRLvYc6qH3MOLaf+eAcQmvxHUyZs="
)  # fmt: skip


def make_video(title: str = "나루에 닿는 배", *, data: bytes = PLAYABLE, **fields) -> Video:
    return actions.store_video(video=Video(title=title, file=SimpleUploadedFile("a.mp4", data), **fields))


def figure(row: Video, caption: str = "") -> str:
    words = f"<figcaption>{caption}</figcaption>" if caption else ""
    return f'<figure data-video="{row.pk}">{words}</figure>'


def story(row: Video, **fields) -> Article:
    words = "강가에 배가 닿는다. " * 30
    return make_article(body=f"<p>{words}</p>{figure(row, '새벽 나루')}<p>{words}</p>", **fields)


def media(page: Page) -> list[Request]:
    """Return the list of what is asked of the public files of videos, kept up from now on."""
    asked = []
    page.on("request", lambda request: asked.append(request) if "/videos/" in request.url else None)
    return asked


def faults(page: Page) -> list[str]:
    """Return what axe finds on a page; without «preload» it would fetch the style sheets anew."""
    found = Axe().run(page, options={"resultTypes": ["violations"], "preload": False}).response["violations"]
    return [f"{each['id']}: {node['html'][:160]}" for each in found for node in each["nodes"][:3]]


def test_a_video_is_loaded_when_it_is_played(open_page):
    """Nothing before; by the keyboard alone, in parts, with captions that can be read."""
    page = open_page()
    asked = media(page)
    page.goto(story(make_video(captions=VTT)).get_absolute_url())
    page.wait_for_load_state("networkidle")
    player = page.locator("figure.video video")
    player.scroll_into_view_if_needed()
    page.wait_for_timeout(300)
    assert [request for request in asked if request.url.endswith(".mp4")] == []
    player.focus()
    page.keyboard.press("Space")
    player.evaluate(PLAYS)
    # The server of the tests knows no parts; that ours does is tested beside its pages.
    ranges = [request.all_headers().get("range", "") for request in asked if request.url.endswith(".mp4")]
    assert ranges and all(wanted.startswith("bytes=") for wanted in ranges)
    assert player.evaluate("(player) => [player.videoWidth, player.videoHeight]") == [64, 36]
    assert player.evaluate("(player) => player.textTracks[0].activeCues[0].text") == "(물소리)"


@LOOKS
@pytest.mark.parametrize("with_poster", [True, False], ids=["poster", "no poster"])
def test_it_stands_in_its_place(open_page, options, with_poster):
    """Nothing moves whatever the shape of the poster, nothing is wider than the window, no fault by axe."""
    poster = make_photo(size=(900, 900)) if with_poster else None
    row = make_video(data=clip_bytes(video(size=(1280, 720))), poster=poster)
    page = open_page(story(row).get_absolute_url(), **options)
    page.locator("figure.video").scroll_into_view_if_needed()
    assert page.evaluate(SHIFT) == 0
    box, column = (page.locator(name).bounding_box() for name in ("figure.video video", ".text"))
    assert box["width"] == pytest.approx(column["width"], abs=1)
    assert box["width"] / box["height"] == pytest.approx(16 / 9, rel=0.01)
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    assert faults(page) == []


def test_a_tall_video_fits_the_window(open_page):
    """One that was taken with a phone held upright is not as wide as the text."""
    row = make_video(data=clip_bytes(video(size=(1080, 1920))))
    page = open_page(story(row).get_absolute_url())
    box = page.locator("figure.video video").bounding_box()
    assert box["height"] <= page.viewport_size["height"] and box["width"] / box["height"] == pytest.approx(
        9 / 16, rel=0.01
    )


def test_without_a_script_it_plays_all_the_same(open_page):
    """The player is the browser's own."""
    page = open_page(story(make_video()).get_absolute_url(), java_script_enabled=False)
    expect(page.locator("figure.video video[controls]")).to_be_visible()


def test_a_video_comes_into_the_paper(open_page):
    """Uploaded on its page, chosen in the editor by the keyboard, caption typed in place, seen by readers."""
    user = make_user("admin")
    page = sign_in(open_page, user, "/admin/articles/video/add/")
    file = {"name": "배.mp4", "mimeType": "video/mp4", "buffer": PLAYABLE}
    page.set_input_files("#id_file", file)
    page.set_input_files("#id_captions_file", {"name": "배.vtt", "mimeType": "", "buffer": VTT.encode()})
    page.fill("#id_title", "나루에 닿는 배")
    page.click("[name=_continue]")
    page.wait_for_url(re.compile(r"/video/\d+/change/"))
    row = Video.objects.get()
    assert faults(page) == []
    page.goto("/admin/")
    article = make_article("배가 닿다", body="<p>앞 문단.</p><p>뒤 문단.</p>")
    page.goto(f"/admin/articles/article/{article.pk}/change/")
    page.locator(".editor-footer").wait_for()
    focus(page)
    keys(page, "Control+Home")
    put_in(page)
    page.keyboard.insert_text("새벽 나루")
    assert value(page) == f"<p>앞 문단.</p>{figure(row, '새벽 나루')}<p>뒤 문단.</p>"


def put_in(page: Page, search: str = "") -> None:
    """Choose the first video of the dialog by the keyboard."""
    page.locator("[data-name=video]").focus()
    page.keyboard.press("Enter")
    dialog = page.locator("dialog.videos")
    if search:
        page.keyboard.insert_text(search)
        expect(dialog.locator("li")).to_have_count(1)
    expect(dialog.locator("li").first).to_be_visible()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(dialog).to_have_count(0)


def test_undo_copy_and_paste(open_page):
    """One step back takes the video out; copied and pasted it stands twice; what is saved is what is shown."""
    row, other = make_video(), make_video("다른 배", data=clip_bytes())
    page = open_editor(open_page, "<p>글.</p>")
    put_in(page, "나루에")
    expect(page.locator(".figure-face--video strong")).to_have_text("나루에 닿는 배")
    assert value(page) == f"<p>글.</p>{figure(row)}"
    keys(page, "Control+z")
    assert value(page) == "<p>글.</p>"
    keys(page, "Control+Shift+z")
    page.locator(".figure-face--video").click()
    keys(page, "Control+c", "Control+End", "Control+v")
    assert value(page) == f"<p>글.</p>{figure(row)}{figure(row)}"
    page.locator(".figure-face--video").first.click()
    keys(page, "Delete")
    keys(page, "Control+End")
    put_in(page, "다른")
    assert saved(page) == f"<p>글.</p>{figure(row)}{figure(other)}"


@LOOKS
def test_everybody_can_choose_a_video(open_page, options):
    """No fault by axe in the editor and its dialog; Escape leads back to the text; nothing scrolls sideways."""
    row = make_video(poster=make_photo())
    page = open_editor(open_page, f"<p>글.</p>{figure(row)}", **options)
    expect(page.locator(".figure-face--video img")).to_be_visible()
    assert faults(page) == []
    page.click("[data-name=video]")
    expect(page.locator(".videos__choice")).to_have_count(1)
    assert faults(page) == []
    page.fill(".videos input", "없는 영상")
    expect(page.locator(".videos__state")).not_to_be_empty()
    keys(page, "Escape", "Escape")  # the first one empties the field
    expect(page.locator("dialog.videos")).to_have_count(0)
    assert page.evaluate("document.activeElement.matches('.ProseMirror')")
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


def test_an_unknown_video_keeps_its_place_in_the_editor(open_page):
    """It is named by its number and stays in the text."""
    page = open_editor(open_page, '<p>글.</p><figure data-video="77"><figcaption>말</figcaption></figure>')
    expect(page.locator(".figure-face--video strong")).to_contain_text("77")
    expect(page.locator(EDITOR)).to_contain_text("말")
    assert value(page) == '<p>글.</p><figure data-video="77"><figcaption>말</figcaption></figure>'
