"""In a browser: photos are found, uploaded, described and inserted without leaving the page."""

import base64

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from articles import actions
from articles.admin import library
from articles.models import Article, Photo

from ..factories import make_photo, make_reporter, make_section, make_user, picture_bytes

pytestmark = pytest.mark.django_db(transaction=True)

LIST = "/admin/articles/photo/"
OPTION = ".photos__option"
# What a page does that wants photos: it keeps what the dialog gives it.
OPEN = """(options) => {
  window.given = null;
  window.changed = [];
  document.addEventListener("photos:changed", ({ detail }) => window.changed.push(detail));
  const detail = { ...options, insert(photos) { window.given = photos } };
  document.dispatchEvent(new CustomEvent("photos:open", { detail }));
}"""
# A file that was dropped elsewhere: the dialog is opened with it.
OPEN_WITH_FILE = """([content]) => {
  const file = new File([Uint8Array.from(atob(content), (c) => c.charCodeAt(0))], "a.jpg");
  document.dispatchEvent(new CustomEvent("photos:open", { detail: { files: [file], insert() {} } }));
}"""
# What another script does that fills the field of the lead photo, or changes the words of its photo.
FILL = """(id) => {
  const field = document.querySelector("#id_lead_photo");
  field.append(new Option("", id, true, true));
  field.dispatchEvent(new Event("change", { bubbles: true }));
}"""
CHANGE = """(id) => {
  const detail = { ...window.photoDialog.photos.get(id), caption: "새 설명" };
  document.dispatchEvent(new CustomEvent("photos:changed", { detail }));
}"""
FITS = """() => [...document.querySelectorAll("dialog.photos, .photos__body, .photos__words, .photos__scroll")]
  .every((each) => each.scrollWidth <= each.clientWidth + 1)"""
# A drop or a paste of a file, as the browser tells it.
BRING = """([selector, kind, name, content]) => {
  const file = new File([Uint8Array.from(atob(content), (c) => c.charCodeAt(0))], name, { type: "image/jpeg" });
  const data = new DataTransfer();
  data.items.add(file);
  const options = { bubbles: true, cancelable: true };
  const event = kind === "paste" ? new ClipboardEvent("paste", { ...options, clipboardData: data })
    : new DragEvent("drop", { ...options, dataTransfer: data });
  document.querySelector(selector).dispatchEvent(event);
}"""


def sign_in(open_page, user, address: str = LIST, **options) -> Page:
    """Open an address of the desk as ``user``."""
    page = open_page(f"/admin/login/?next={address}", **options)
    page.fill("#id_username", user.username)
    page.fill("#id_password", "a-long-password")
    page.click("form#login-form [type=submit]")
    page.wait_for_url(f"**{address}")
    return page


def open_dialog(open_page, role: str = "reporter", **options) -> Page:
    """Open the dialog on the list of photos, as an editor or a field of a story would."""
    detail = options.pop("detail", {})
    page = sign_in(open_page, make_user(role), **options)
    page.evaluate(OPEN, detail)
    expect(page.locator("dialog.photos")).to_be_visible()
    return page


def file_of(name: str, colour=(90, 120, 90), size=(900, 600)) -> dict:
    """Return a picture as a file chooser gives it."""
    return {"name": name, "mimeType": "image/jpeg", "buffer": picture_bytes(size, colour)}


def upload(page: Page, *files: dict) -> None:
    page.set_input_files("[data-photos-files][multiple]", list(files))


def given(page: Page) -> list[dict] | None:
    return page.evaluate("window.given")


def take_out(page: Page, *expected: str) -> None:
    """Take the faults out that this test provoked, and no others."""
    assert len(page.faults) >= 1
    others = [fault for fault in page.faults if not any(words in fault for words in expected)]
    assert others == []
    page.faults.clear()


def test_several_photos_are_chosen_with_the_keyboard(open_page):
    """Arrows move, Space chooses, Enter inserts in the order of the choice; the focus returns where it was."""
    photos = [make_photo(f"나루 {number}") for number in range(7)]
    page = sign_in(open_page, make_user("reporter"))
    page.focus("#searchbar")
    page.evaluate(OPEN, {})
    grid = page.locator("[data-photos-grid]")
    expect(grid.locator(OPTION)).to_have_count(7)
    page.locator(OPTION).first.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Space")
    page.keyboard.press("Home")
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    assert page.evaluate(
        "document.activeElement.offsetTop > document.querySelector('.photos__option').offsetTop"
    )
    page.keyboard.press("End")
    page.keyboard.press("Space")
    page.keyboard.press("Space")
    expect(page.locator("[data-photos-count]")).to_have_text("사진 2장 선택")
    page.keyboard.press("Enter")
    expect(page.locator("dialog.photos")).to_be_hidden()
    newest = list(reversed(photos))
    assert [photo["id"] for photo in given(page)] == [newest[1].pk, newest[0].pk]
    assert set(given(page)[0]) >= {"id", "url", "width", "height", "alt", "caption", "credit"}
    assert page.evaluate("document.activeElement.id") == "searchbar"


def test_enter_takes_the_photo_under_it_and_escape_takes_none(open_page):
    """With nothing chosen Enter inserts the one in focus; Escape closes and gives nothing."""
    photo = make_photo()
    page = open_dialog(open_page)
    page.locator(OPTION).focus()
    page.keyboard.press("Escape")
    expect(page.locator("dialog.photos")).to_be_hidden()
    assert given(page) is None
    page.evaluate(OPEN, {})
    page.locator(OPTION).focus()
    page.keyboard.press("Enter")
    expect(page.locator("dialog.photos")).to_be_hidden()
    assert [each["id"] for each in given(page)] == [photo.pk]


def test_a_lead_photo_is_one_photo(open_page):
    """Where one is wanted, the second choice takes the place of the first."""
    make_photo("나루"), make_photo("장터")
    page = open_dialog(open_page, detail={"single": True})
    page.click(f"{OPTION}:has-text('나루')")
    page.click(f"{OPTION}:has-text('장터')")
    expect(page.locator("[aria-selected=true]")).to_have_count(1)
    page.click("[data-photos-insert]")
    assert [photo["caption"] for photo in given(page)] == ["장터"]


def test_the_library_is_searched_while_typing(open_page):
    """Words, photographer and day narrow the grid; what is not found is said."""
    make_photo("나루의 아침", photographer=make_reporter("도하람"))
    make_photo("장터의 아침")
    page = open_dialog(open_page)
    expect(page.locator(OPTION)).to_have_count(2)
    page.fill("[data-photos-filter=q]", "아침 장터")
    expect(page.locator(OPTION)).to_have_count(1)
    page.fill("[data-photos-filter=q]", "없는 말")
    expect(page.locator("[data-photos-state]")).to_have_text("찾은 사진이 없습니다.")
    page.fill("[data-photos-filter=q]", "")
    page.click(".photos__more summary")
    page.select_option("[data-photos-filter=photographer]", label="도하람 기자")
    expect(page.locator(OPTION)).to_have_count(1)
    page.fill("[data-photos-filter=to]", "2020-01-01")
    expect(page.locator(OPTION)).to_have_count(0)


def test_older_photos_come_while_scrolling(open_page):
    """The next page is fetched at the end of the list, once, without a double."""
    photo = make_photo()
    rows = [Photo(caption=f"{n}", digest=photo.digest, width=900, height=600) for n in range(60)]
    Photo.objects.bulk_create(rows)
    page = open_dialog(open_page)
    expect(page.locator(OPTION)).to_have_count(48)
    page.locator("[data-photos-older]").scroll_into_view_if_needed()
    expect(page.locator(OPTION)).to_have_count(61)
    expect(page.locator("[data-photos-older]")).to_be_hidden()


def test_a_rare_word_is_looked_for_in_the_whole_archive(open_page, monkeypatch):
    """The search goes on by itself for a while, then waits for the button."""
    monkeypatch.setattr(library, "LOOKED_THROUGH", 1)
    make_photo("드문 나루")
    for number in range(7):
        make_photo(f"장터 {number}")
    page = open_dialog(open_page)
    page.fill("[data-photos-filter=q]", "드문")
    expect(page.locator("[data-photos-state]")).to_contain_text("최근 사진에서는 찾지 못했습니다.")
    page.click("[data-photos-older]")
    expect(page.locator(OPTION)).to_have_count(1)


def test_files_are_uploaded_described_and_inserted(open_page):
    """Two at once; each is chosen, its words are typed beside it, and inserting stores them first."""
    page = open_dialog(open_page)
    upload(page, file_of("나루.jpg"), file_of("장터.jpg", (10, 20, 30)))
    expect(page.locator("[data-photos-count]")).to_have_text("사진 2장 선택")
    expect(page.locator("[data-photos-uploads]")).to_be_hidden()
    opened = page.locator(".photos__open")
    for number, words in enumerate(["나루의 아침", "장터의 저녁"]):
        opened.nth(number).click()
        page.fill("[data-photos-word=caption]", words)
        page.fill("[data-photos-word=alt]", f"그림 {number}")
    page.click("[data-photos-insert]")
    expect(page.locator("dialog.photos")).to_be_hidden()
    assert [(photo["caption"], photo["alt"]) for photo in given(page)] == [
        ("나루의 아침", "그림 0"), ("장터의 저녁", "그림 1"),
    ]  # fmt: skip
    assert sorted(Photo.objects.values_list("caption", flat=True)) == ["나루의 아침", "장터의 저녁"]
    assert {photo["caption"] for photo in page.evaluate("window.changed")} == {"나루의 아침", "장터의 저녁"}


@pytest.mark.parametrize("kind", ["drop", "paste"])
def test_a_file_that_is_dropped_or_pasted_is_uploaded(open_page, kind):
    """Anywhere on the dialog; a paste of words into a field stays one."""
    page = open_dialog(open_page)
    page.evaluate(BRING, ["dialog.photos", kind, "나루.jpg", base64.b64encode(picture_bytes()).decode()])
    expect(page.locator("[data-photos-count]")).to_have_text("사진 1장 선택")
    assert Photo.objects.count() == 1


def test_files_that_another_part_brings_are_uploaded_at_once(open_page):
    """An editor on which a file was dropped opens the dialog with it."""
    page = sign_in(open_page, make_user("reporter"))
    page.evaluate(OPEN_WITH_FILE, [base64.b64encode(picture_bytes()).decode()])
    expect(page.locator("[data-photos-count]")).to_have_text("사진 1장 선택")


def test_a_photo_that_is_there_is_offered_instead_of_a_second_one(open_page):
    """The same file again chooses the photo with its words and says so."""
    page = open_dialog(open_page)
    upload(page, file_of("나루.jpg"))
    expect(page.locator("[data-photos-count]")).to_have_text("사진 1장 선택")
    page.evaluate(OPEN, {})
    upload(page, file_of("다른 이름.jpg"))
    expect(page.locator("[data-photos-news]")).to_have_text("이미 있는 사진입니다. 그 사진을 선택했습니다.")
    expect(page.locator(OPTION)).to_have_count(1)
    assert Photo.objects.count() == 1


def test_a_file_that_is_no_picture_says_so_and_stops_nobody(open_page):
    """The error stands with its file; the other file is stored, and the row can be taken away."""
    page = open_dialog(open_page)
    upload(
        page, {"name": "회의록.hwp", "mimeType": "application/x-hwp", "buffer": b"HWP"}, file_of("나루.jpg")
    )
    row = page.locator("[data-photos-uploads] li:has-text('회의록.hwp')")
    expect(row).to_contain_text("사진으로 읽을 수 없는 파일입니다.")
    expect(row.get_by_role("button", name="다시 시도")).to_be_hidden()
    expect(page.locator("[data-photos-count]")).to_have_text("사진 1장 선택")
    row.get_by_role("button", name="목록에서 빼기").click()
    expect(page.locator("[data-photos-uploads]")).to_be_hidden()
    take_out(page, "400")


def test_a_lost_connection_loses_no_file(open_page):
    """The file waits in its row; it is sent again by the button, or by itself once there is a connection."""
    page = open_dialog(open_page)
    page.route("**/photo/upload/", lambda route: route.abort())
    upload(page, file_of("나루.jpg"), file_of("장터.jpg", (10, 20, 30)))
    rows = page.locator("[data-photos-uploads] li")
    expect(rows.first).to_contain_text("연결이 끊겼습니다.")
    expect(rows.nth(1)).to_contain_text("연결이 끊겼습니다.")
    page.unroute("**/photo/upload/")
    rows.first.get_by_role("button", name="다시 시도").click()
    expect(rows).to_have_count(1)
    page.evaluate("window.dispatchEvent(new Event('online'))")
    expect(page.locator("[data-photos-count]")).to_have_text("사진 2장 선택")
    assert Photo.objects.count() == 2
    take_out(page, "upload/", "ERR_FAILED")


def test_an_upload_shows_how_far_it_is_and_can_be_cancelled(open_page):
    """While it runs there is a progress bar; a cancelled one stores nothing and leaves no row."""
    page = open_dialog(open_page)
    held = []
    page.route("**/photo/upload/", lambda route: held.append(route))
    upload(page, file_of("나루.jpg"))
    row = page.locator("[data-photos-uploads] li")
    expect(row.locator("progress")).to_be_visible()
    row.get_by_role("button", name="취소").click()
    expect(page.locator("[data-photos-uploads]")).to_be_hidden()
    assert not Photo.objects.exists()


def test_an_upload_survives_the_end_of_the_sign_in(open_page):
    """Signed out, the file waits; after signing in in another tab the same button sends it."""
    user = make_user("reporter")
    page = sign_in(open_page, user)
    page.evaluate(OPEN, {})
    expect(page.locator("[data-photos-state]")).to_have_text("찾은 사진이 없습니다.")
    cookies = page.context.cookies()
    page.context.clear_cookies()
    page.context.add_cookies([each for each in cookies if each["name"] != "sessionid"])
    upload(page, file_of("나루.jpg"))
    row = page.locator("[data-photos-uploads] li")
    expect(row).to_contain_text("로그인이 풀렸습니다.")
    other = page.context.new_page()
    other.goto(f"/admin/login/?next={LIST}")
    other.fill("#id_username", user.username)
    other.fill("#id_password", "a-long-password")
    other.click("form#login-form [type=submit]")
    other.wait_for_url(f"**{LIST}")
    row.get_by_role("button", name="다시 시도").click()
    expect(page.locator("[data-photos-count]")).to_have_text("사진 1장 선택")
    assert Photo.objects.get().created_by == user
    # The token of the page was that of the earlier sign-in.
    take_out(page, "403")


def test_words_of_two_people_are_both_kept(open_page):
    """The second sees what the first wrote, and chooses; nothing typed is gone meanwhile."""
    photo = make_photo("나루")
    page = open_dialog(open_page)
    page.click(OPTION)
    page.fill("[data-photos-word=caption]", "나의 설명")
    photo.caption = "그 사람의 설명"
    actions.save_photo(photo=photo)
    page.click("[data-photos-save]")
    expect(page.locator("[data-photos-conflict]")).to_contain_text("그 사람의 설명")
    assert page.input_value("[data-photos-word=caption]") == "나의 설명"
    photo.refresh_from_db()
    assert photo.caption == "그 사람의 설명"
    page.click("[data-photos-mine]")
    expect(page.locator("[data-photos-saved]")).to_have_text("저장했습니다.")
    photo.refresh_from_db()
    assert photo.caption == "나의 설명"

    photo.caption = "또 다른 설명"
    actions.save_photo(photo=photo)
    page.fill("[data-photos-word=caption]", "나의 둘째 설명")
    page.click("[data-photos-insert]")
    expect(page.locator("[data-photos-conflict]")).to_be_visible()
    page.click("[data-photos-their]")
    assert page.input_value("[data-photos-word=caption]") == "또 다른 설명"
    page.click("[data-photos-insert]")
    assert [each["caption"] for each in given(page)] == ["또 다른 설명"]
    take_out(page, "409")


def test_closing_stores_the_words_or_keeps_them(open_page):
    """Escape stores what was typed; where the desk cannot be reached, the words are stored at the next opening."""
    photo = make_photo("나루")
    page = open_dialog(open_page)
    page.click(OPTION)
    page.fill("[data-photos-word=alt]", "배 한 척")
    page.keyboard.press("Escape")
    expect(page.locator("dialog.photos")).to_be_hidden()
    photo.refresh_from_db()
    assert photo.alt == "배 한 척"

    page.evaluate(OPEN, {})
    page.click(OPTION)
    page.route("**/words/", lambda route: route.abort())
    page.fill("[data-photos-word=alt]", "배 두 척")
    page.keyboard.press("Escape")
    expect(page.locator("[data-photos-errors]")).to_contain_text("연결이 끊겼습니다.")
    page.keyboard.press("Escape")
    expect(page.locator("dialog.photos")).to_be_hidden()
    page.unroute("**/words/")
    page.evaluate(OPEN, {})
    page.click(OPTION)
    assert page.input_value("[data-photos-word=alt]") == "배 두 척"
    expect(page.locator("[data-photos-save]")).to_be_disabled()
    photo.refresh_from_db()
    assert photo.alt == "배 두 척"
    take_out(page, "words/", "ERR_FAILED")


def test_the_focal_point_is_set_by_click_and_by_arrow_keys(open_page):
    """The numbers and both cuts follow, and it is stored with the words."""
    photo = make_photo(focal_x=50, focal_y=50)
    page = open_dialog(open_page)
    page.click(OPTION)
    page.click(".photos__focal summary")
    picture = page.locator("[data-photos-picture]")
    area = picture.bounding_box()
    picture.click(position={"x": area["width"] * 0.25, "y": area["height"] * 0.75})
    assert page.input_value("[data-focal-x]") == "25"
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Shift+ArrowUp")
    assert (page.input_value("[data-focal-x]"), page.input_value("[data-focal-y]")) == ("26", "65")
    cuts = page.locator(".focal-cuts img")
    assert cuts.evaluate_all("(all) => all.map((image) => image.style.objectPosition)") == ["26% 65%"] * 3
    page.click("[data-photos-save]")
    expect(page.locator("[data-photos-saved]")).to_have_text("저장했습니다.")
    photo.refresh_from_db()
    assert (photo.focal_x, photo.focal_y) == (26, 65)


def test_a_missing_alternative_text_is_pointed_out(open_page):
    """In the grid, beside its field until something stands in it, and not as an error."""
    make_photo(alt="")
    page = open_dialog(open_page)
    expect(page.locator(f"{OPTION} .photos__missing")).to_have_text("대체 텍스트 없음")
    page.click(OPTION)
    expect(page.locator("[data-photos-missing]")).to_be_visible()
    page.fill("[data-photos-word=alt]", "강")
    expect(page.locator("[data-photos-missing]")).to_be_hidden()
    page.fill("[data-photos-word=alt]", "")
    page.click("[data-photos-insert]")
    assert given(page)[0]["alt"] == ""


def test_the_list_of_photos_takes_many_at_once(open_page):
    """Its button opens the dialog; after «Done» the list shows what was uploaded."""
    page = sign_in(open_page, make_user("photographer"))
    page.click("[data-photos-open]")
    upload(page, file_of("나루.jpg"), file_of("장터.jpg", (10, 20, 30)))
    expect(page.locator("[data-photos-count]")).to_have_text("사진 2장 선택")
    with page.expect_navigation():
        page.get_by_role("button", name="완료").click()
    expect(page.locator(".photo-grid li")).to_have_count(2)


def faults(page: Page) -> list[str]:
    """Return what axe finds on a page."""
    found = Axe().run(page, options={"resultTypes": ["violations"], "preload": False}).response["violations"]
    return [f"{each['id']}: {node['html'][:160]}" for each in found for node in each["nodes"][:3]]


@pytest.mark.parametrize(
    "options", [{}, {"phone": True}, {"color_scheme": "dark"}], ids=["desktop", "phone", "dark"]
)
def test_axe_finds_nothing_in_the_dialog(open_page, options):
    """The library, the words with the focal point, and an upload that failed; nothing scrolls sideways."""
    make_photo("나루", photographer=make_reporter()), make_photo("장터", alt="")
    page = open_dialog(open_page, **options)
    expect(page.locator(OPTION)).to_have_count(2)
    assert faults(page) == []
    page.locator(OPTION).first.click()
    page.locator(".photos__open").click()
    page.click(".photos__focal summary")
    upload(page, {"name": "회의록.hwp", "mimeType": "application/x-hwp", "buffer": b"HWP"})
    expect(page.locator("[data-photos-uploads] .is-failed")).to_be_visible()
    assert faults(page) == []
    assert page.evaluate(FITS)
    take_out(page, "400")


def test_a_phone_with_two_photos(open_page):
    """On 320 px: two files, the words of both one after the other, and inserted."""
    page = open_dialog(open_page, phone=True, viewport={"width": 320, "height": 600})
    upload(page, file_of("나루.jpg"), file_of("장터.jpg", (10, 20, 30)))
    for number in range(2):
        page.locator(".photos__open").nth(number).tap()
        page.fill("[data-photos-word=caption]", f"설명 {number}")
        expect(page.locator("[data-photos-word=alt]")).to_be_visible()
    page.locator("[data-photos-back]").tap()
    expect(page.locator(OPTION)).to_have_count(2)
    expect(page.get_by_text("사진 찍기")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    page.locator("[data-photos-insert]").tap()
    expect(page.locator("dialog.photos")).to_be_hidden()
    assert [each["caption"] for each in given(page)] == ["설명 0", "설명 1"]


def open_story(open_page, **options) -> Page:
    """Open the page of a new story."""
    make_section()
    page = sign_in(open_page, make_user("desk"), "/admin/articles/article/add/", **options)
    expect(page.locator(".lead-photo__view")).to_be_visible()
    return page


def test_the_lead_photo_is_chosen_changed_and_taken_out(open_page):
    """By keyboard: the field shows the picture with its words, points out what lacks, and keeps the choice."""
    make_photo("나루", alt="", photographer=make_reporter("도하람")), make_photo("장터", alt="좌판")
    page = open_story(open_page)
    view = page.locator(".lead-photo__view")
    view.get_by_role("button", name="사진 고르기").focus()
    page.keyboard.press("Enter")
    page.locator(f"{OPTION}:has-text('나루')").focus()
    page.keyboard.press("Enter")
    expect(view.locator("img")).to_be_visible()
    for words in ("나루", "대체 텍스트 없음", "도하람 기자"):
        expect(view).to_contain_text(words)
    first = page.input_value("#id_lead_photo")
    assert first
    assert page.get_attribute("[name=lead_caption]", "placeholder") == "나루"
    assert page.evaluate("document.activeElement.textContent") == "바꾸기"

    page.keyboard.press("Enter")
    page.click(f"{OPTION}:has-text('장터')")
    page.fill("[data-photos-word=caption]", "장터의 아침")
    page.click("[data-photos-insert]")
    expect(view).to_contain_text("장터의 아침")
    assert page.input_value("#id_lead_photo") not in {"", first}
    view.get_by_role("button", name="빼기").click()
    assert page.input_value("#id_lead_photo") == ""
    expect(view.locator("img")).to_have_count(0)


def test_the_lead_photo_is_stored_with_the_story(open_page):
    """Dropped on its field, described and saved; the page that follows shows it."""
    page = open_story(open_page)
    content = base64.b64encode(picture_bytes()).decode()
    page.evaluate(BRING, [".lead-photo__view", "drop", "나루.jpg", content])
    expect(page.locator("[data-photos-count]")).to_have_text("사진 1장 선택")
    page.fill("[data-photos-word=alt]", "강과 배")
    page.click("[data-photos-insert]")
    # While its words are stored, the dialog keeps the keyboard.
    expect(page.locator("dialog.photos")).to_be_hidden()
    page.fill("#id_headline", "물안개")
    page.select_option("#id_section", index=1)
    # Not «a navigation»: the page gives itself the address of what it keeps.
    page.click("[name=_save]")
    page.wait_for_url("**/change/")
    article = Article.objects.get()
    assert article.lead_photo == Photo.objects.get()
    page.goto(f"/admin/articles/article/{article.pk}/change/")
    expect(page.locator(".lead-photo__view")).to_contain_text("강과 배")


def test_a_field_that_is_set_by_others_follows(open_page):
    """A form that is restored puts the choice into the field; words changed elsewhere show, too."""
    photo = make_photo("나루")
    page = open_story(open_page)
    page.evaluate(FILL, photo.pk)
    expect(page.locator(".lead-photo__view")).to_contain_text("나루")
    page.evaluate(CHANGE, photo.pk)
    expect(page.locator(".lead-photo__view")).to_contain_text("새 설명")
