"""In a browser: a picture that is here already is shown beside the new one, and rights are told before a choice."""

import datetime
import io

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.files.base import ContentFile
from django.utils import timezone
from PIL import Image
from playwright.sync_api import Page, expect

from articles import actions
from articles.models import Photo

from ..drawn import drawn
from ..factories import make_photo, make_reporter, make_user
from .test_photo_dialog import FITS, LIST, OPEN, OPTION, given, open_dialog, sign_in, take_out, upload

pytestmark = pytest.mark.django_db(transaction=True)

ASKED = "[data-photos-uploads] li.is-asked"
COUNT = "[data-photos-count]"
SMALL = (600, 400)
DAY = datetime.timedelta(days=1)


def stored(seed: int, **fields) -> Photo:
    """Store a drawn picture as a photo."""
    photo = Photo(**{"caption": f"그림 {seed}", "alt": "점"} | fields)
    photo.file.save(f"{seed}.jpg", ContentFile(drawn(seed)), save=False)
    return actions.store_photo(photo=photo)


def smaller(seed: int, **words) -> dict:
    """Return the same picture in another size, as a file chooser gives it."""
    return {"name": f"새 {seed}.jpg", "mimeType": "image/jpeg", "buffer": drawn(seed, SMALL, **words)}


def use(page: Page, caption: str):
    """Return the button that takes the photo with this caption."""
    return page.locator(f'{ASKED} button[aria-label^="이 사진 사용: {caption},"]')


def test_the_photo_that_is_there_is_used_instead(open_page):
    """Both are seen side by side; the cursor stands on the choice, and Enter takes the one that is there."""
    photo = stored(1)
    page = open_dialog(open_page)
    upload(page, smaller(1))
    expect(page.locator(ASKED)).to_contain_text("이미 있는 사진과 같아 보입니다.")
    expect(page.locator(f"{ASKED} .photos__alike img")).to_have_count(2)
    loaded = "(all) => all.map((image) => image.complete && image.naturalWidth > 0)"
    page.wait_for_function(
        "() => [...document.querySelectorAll('.photos__alike img')].every((image) => image.naturalWidth)"
    )
    assert page.locator(f"{ASKED} .photos__alike img").evaluate_all(loaded) == [True, True]
    expect(use(page, "그림 1")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator(COUNT)).to_have_text("사진 1장 선택")
    expect(page.locator("[data-photos-uploads]")).to_be_hidden()
    expect(page.locator("[data-photos-news]")).to_contain_text("이미 있는 사진입니다.")
    expect(page.locator("[data-photos-insert]")).to_be_focused()
    page.keyboard.press("Enter")
    assert [each["id"] for each in given(page)] == [photo.pk]
    assert Photo.objects.count() == 1
    take_out(page, "409")


def test_the_new_picture_is_uploaded_all_the_same(open_page):
    """By keyboard; it is stored beside the other, and the cursor goes on to its caption."""
    stored(1)
    page = open_dialog(open_page)
    upload(page, smaller(1))
    expect(use(page, "그림 1")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.locator("[data-photos-anyway]")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator(COUNT)).to_have_text("사진 1장 선택")
    expect(page.locator("[data-photos-word=caption]")).to_be_focused()
    assert Photo.objects.count() == 2
    take_out(page, "409")


def test_twenty_files_with_two_alike_ones_lose_nothing(open_page):
    """Eighteen go on by themselves; each of the two is decided on its own, and the words follow at the end."""
    stored(3), stored(11)
    page = open_dialog(open_page)
    upload(page, *(smaller(seed) for seed in range(20)))
    expect(page.locator(COUNT)).to_have_text("사진 18장 선택", timeout=60_000)
    expect(page.locator(ASKED)).to_have_count(2)
    expect(page.locator("[data-photos-uploads] > li")).to_have_count(2)
    expect(page.locator(f"{ASKED} button:focus")).to_have_count(1)
    use(page, "그림 3").click()
    expect(page.locator(COUNT)).to_have_text("사진 19장 선택")
    expect(use(page, "그림 11")).to_be_focused()
    page.click("[data-photos-anyway]")
    expect(page.locator(COUNT)).to_have_text("사진 20장 선택")
    page.click("[data-photos-insert]")
    expect(page.locator("dialog.photos")).to_be_hidden()
    assert len({each["id"] for each in given(page)}) == 20
    assert Photo.objects.count() == 2 + 18 + 1
    take_out(page, "409")


def test_an_open_question_holds_the_dialog_once(open_page):
    """Inserting the others asks first; pressed again it goes on, and the question is there at the next opening."""
    stored(1)
    page = open_dialog(open_page)
    upload(page, smaller(1), smaller(2))
    expect(page.locator(COUNT)).to_have_text("사진 1장 선택")
    expect(page.locator(ASKED)).to_have_count(1)
    page.click("[data-photos-insert]")
    expect(page.locator("[data-photos-news]")).to_contain_text("결정을 기다리는 사진이 있습니다.")
    expect(use(page, "그림 1")).to_be_focused()
    page.click("[data-photos-insert]")
    expect(page.locator("dialog.photos")).to_be_hidden()
    assert len(given(page)) == 1
    page.evaluate(OPEN, {})
    expect(page.locator(ASKED)).to_have_count(1)
    page.locator(ASKED).get_by_role("button", name="목록에서 빼기").click()
    expect(page.locator("[data-photos-uploads]")).to_be_hidden()
    take_out(page, "409")


def test_nobody_is_interrupted_in_typing_by_a_question(open_page):
    """The question waits in its row; the cursor stays where words are typed."""
    stored(1)
    page = open_dialog(open_page)
    page.focus("[data-photos-filter=q]")
    upload(page, smaller(1))
    expect(page.locator(ASKED)).to_have_count(1)
    expect(page.locator("[data-photos-filter=q]")).to_be_focused()
    take_out(page, "409")


def test_the_words_of_a_file_stand_in_the_dialog_at_once(open_page):
    """Caption, photographer, title and keywords are filled in, open for editing, and kept as they are edited."""
    make_reporter("도하람")
    words = {
        "headline": "새벽 장터",
        "caption": "첫 손님.",
        "byline": "도하람 기자",
        "keywords": ["장터", "눈"],
    }
    page = open_dialog(open_page)
    upload(page, smaller(5, **words, taken="2026-11-20T06:12:30+09:00"))
    expect(page.locator("[data-photos-word=caption]")).to_be_focused()
    assert page.input_value("[data-photos-word=caption]") == "첫 손님."
    chosen = "[data-photos-word=photographer] option:checked"
    expect(page.locator(chosen)).to_have_text("도하람 기자")
    expect(page.locator("[data-photos-word=headline]")).to_be_visible()
    assert page.input_value("[data-photos-word=keywords]") == "장터, 눈"
    expect(page.locator("[data-photos-facts]")).to_contain_text("2026-11-20 06:12")
    page.fill("[data-photos-word=keywords]", "장터")
    page.fill("[data-photos-word=alt]", "불 켜진 좌판")
    page.click("[data-photos-insert]")
    expect(page.locator("dialog.photos")).to_be_hidden()
    photo = Photo.objects.get()
    assert (photo.keywords, photo.caption, photo.headline) == ("장터", "첫 손님.", "새벽 장터")


def test_a_photo_whose_right_has_ended_cannot_be_chosen(open_page):
    """By click, by keyboard and as an upload of the same file; the reason is told, and its words can be seen."""
    photo = stored(1, caption="다한 사진", usable_until=timezone.now() - DAY)
    page = open_dialog(open_page)
    option = page.locator(OPTION)
    expect(option).to_contain_text("지면에서 내려갔습니다")
    assert option.get_attribute("aria-disabled") == "true"
    option.click(force=True)  # as a person does, who does not see that it is disabled
    expect(page.locator("[data-photos-news]")).to_contain_text("선택할 수 없는 사진입니다.")
    expect(page.locator("[data-photos-words]")).to_be_visible()
    expect(page.locator("[data-photos-insert]")).to_be_disabled()
    option.focus()
    page.keyboard.press("Enter")
    expect(page.locator("dialog.photos")).to_be_visible()
    upload(page, {"name": "다시.jpg", "mimeType": "image/jpeg", "buffer": drawn(1)})
    expect(page.locator("[data-photos-uploads]")).to_be_hidden()
    expect(page.locator("[data-photos-news]")).to_contain_text("선택할 수 없는 사진입니다.")
    expect(page.locator("[data-photos-insert]")).to_be_disabled()
    assert photo.is_over()


def test_a_right_that_ends_soon_is_marked_with_its_day(open_page):
    """Within two weeks it stands with the photo, which can be chosen; later ends are not mentioned."""
    ends = timezone.now() + 10 * DAY
    make_photo("곧 끝남", usable_until=ends)
    make_photo("멀었음", usable_until=timezone.now() + 20 * DAY)
    page = open_dialog(open_page)
    soon = page.locator(OPTION, has_text="곧 끝남")
    expect(soon).to_contain_text(f"{timezone.localtime(ends):%Y-%m-%d %H:%M}")
    expect(page.locator(OPTION, has_text="멀었음").locator(".photos__note")).to_have_count(0)
    soon.click()
    expect(page.locator(COUNT)).to_have_text("사진 1장 선택")


@pytest.mark.parametrize("options", [{}, {"color_scheme": "dark"}, {"phone": True}])
def test_axe_finds_nothing_beside_a_question(open_page, options):
    """Light, dark and on a phone, where all of it fits and the buttons are large enough for a finger."""
    stored(1), stored(2, usable_until=timezone.now() - DAY)
    page = open_dialog(open_page, **options)
    upload(page, smaller(1))
    expect(page.locator(ASKED)).to_have_count(1)
    found = Axe().run(page, context="dialog.photos").response["violations"]
    assert [(each["id"], each["nodes"][0]["html"]) for each in found] == []
    assert page.evaluate(FITS)
    if options.get("phone"):
        assert use(page, "그림 1").bounding_box()["height"] >= 44
        use(page, "그림 1").tap()
        expect(page.locator(COUNT)).to_have_text("사진 1장 선택")
    take_out(page, "409")


def test_the_page_of_a_new_photo_asks_as_well(open_page):
    """The error names the photo that is there; with the box ticked and the file chosen again it is stored."""
    stored(1)
    page = sign_in(open_page, make_user("photographer"), f"{LIST}add/")
    page.set_input_files("#id_file", smaller(1))
    page.click("[name=_save]")
    expect(page.locator(".field-file .errorlist")).to_contain_text("그림 1")
    page.set_input_files("#id_file", smaller(1))
    page.get_by_label("그래도 올리기").check()
    page.click("[name=_save]")
    page.wait_for_url(f"**{LIST}")
    assert Photo.objects.count() == 2


def test_an_alike_picture_of_another_kind_is_found(open_page):
    """A PNG of the same picture asks, too, and a small copy of it is drawn beside the others."""
    stored(1)
    buffer = io.BytesIO()
    Image.open(io.BytesIO(drawn(1, SMALL))).save(buffer, "PNG")
    page = open_dialog(open_page)
    upload(page, {"name": "a.png", "mimeType": "image/png", "buffer": buffer.getvalue()})
    expect(page.locator(f"{ASKED} .photos__fresh")).to_contain_text("a.png")
    take_out(page, "409")
