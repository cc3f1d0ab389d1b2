"""In a browser: a story is written, signed and handed on from the keyboard, and no key does what nobody meant."""

import pytest
from playwright.sync_api import Page, expect

from articles.models import Article, WorkingCopy
from articles.states import State

from ..factories import make_article, make_reporter, make_section, make_user

pytestmark = pytest.mark.django_db(transaction=True)

ADD = "/admin/articles/article/add/"
EDITOR = ".ProseMirror[contenteditable=true]"
ACTIVE = "(e => e.id || e.name || e.className)(document.activeElement)"


def sign_in(open_page, user, address: str = ADD, **options) -> Page:
    """Open an address of the desk as ``user``, and wait for the editor."""
    page = open_page(f"/admin/login/?next={address}", **options)
    page.fill("#id_username", user.username)
    page.fill("#id_password", "a-long-password")
    page.click("form#login-form [type=submit]")
    page.locator(EDITOR).wait_for()
    return page


def address(story: Article) -> str:
    return f"/admin/articles/article/{story.pk}/change/"


def test_tab_leads_from_the_headline_to_the_deck_into_the_text(open_page):
    """A new story begins in its headline; Shift+Tab in the text leads to the tools above it."""
    page = sign_in(open_page, make_user("reporter"))
    expect(page.locator("#id_headline")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.locator("#id_deck")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.locator(EDITOR)).to_be_focused()
    page.keyboard.press("Shift+Tab")
    expect(page.locator(".prose-menubar button[tabindex='0']")).to_be_focused()


@pytest.mark.parametrize("typed", ["사회", "사호", "ㅅㅎ", "tkghl", "TKGHL"])
def test_a_section_is_found_by_what_is_typed(open_page, typed):
    """Its name, an unfinished syllable, its initial consonants, and the keys meant for it under Latin letters."""
    make_section("경제", order=1), make_section("문화", order=3)
    section = make_section("사회", order=2)
    page = sign_in(open_page, make_user("reporter"))
    page.click(".field-section .select2-selection")
    page.keyboard.type(typed)
    expect(page.locator(".select2-results__option")).to_have_count(1)
    page.keyboard.press("Enter")
    assert page.input_value("#id_section") == str(section.pk)
    page.keyboard.press("Tab")
    assert page.evaluate(ACTIVE) == "id_tags"


def test_a_part_of_a_section_s_name_is_enough(open_page):
    """The section below another, and the second word; a letter typed on the closed picker opens it."""
    economy = make_section("경제")
    farming = make_section("농업", parent=economy)
    culture = make_section("문화·생활")
    page = sign_in(open_page, make_user("reporter"))
    for typed, section in (("농", farming), ("생활", culture)):
        page.locator(".field-section .select2-selection").focus()
        page.keyboard.press("Enter")
        page.keyboard.type(typed)
        page.keyboard.press("Enter")
        assert page.input_value("#id_section") == str(section.pk)
    page.keyboard.press("KeyR")
    expect(page.locator(".select2-search__field")).to_have_value("r")
    page.keyboard.press("Enter")
    assert page.input_value("#id_section") == str(economy.pk)


def test_a_phone_keeps_its_own_list_of_sections(open_page):
    """The wheel of the phone is quicker there than a search, and no keys are offered."""
    make_section()
    page = sign_in(open_page, make_user("reporter"), phone=True)
    expect(page.locator(".field-section .select2-selection")).to_have_count(0)
    expect(page.locator("#id_section")).to_be_visible()
    expect(page.locator("[data-keys]")).to_be_hidden()


def test_enter_in_a_line_neither_saves_nor_drops_anything(open_page):
    """Not while words are offered again either, whose button to drop them stands first; a tag is ended by it."""
    story, user = make_article("저장한 제목", state=State.DRAFT), make_user("admin")
    page = sign_in(open_page, user, address(story))
    page.fill("#id_headline", "고친 제목")
    page.locator(".copy-state:not(.copy-state--care)").get_by_text("자동 저장됨").wait_for()
    page.reload()
    expect(page.locator("[data-copy-drop]")).to_be_visible()
    for field in ("#id_list_title", "#id_deadline", "#id_ai_use"):
        page.focus(field)
        page.keyboard.press("Enter")
    page.focus("#id_tags")
    page.keyboard.type("첫눈")
    page.keyboard.press("Enter")
    page.keyboard.type("장터")
    expect(page.locator("#id_tags")).to_have_value("첫눈, 장터")
    page.wait_for_timeout(300)
    expect(page.locator("#id_headline")).to_have_value("고친 제목")
    assert WorkingCopy.objects.filter(stored_as=None).exists()
    story.refresh_from_db()
    assert story.version == 1


def test_a_new_story_is_approved_with_one_press(open_page):
    """Ctrl+S saves; Ctrl+Enter presses the main button, also from within the text; both stand under the buttons."""
    make_section("사회")
    page = sign_in(open_page, make_user("desk"))
    expect(page.locator("[data-keys]")).to_have_text("Ctrl+S 저장 · Ctrl+Enter 승인")
    page.keyboard.type("처음 제목")
    page.select_option("#id_section", index=1)
    page.click(EDITOR)
    page.keyboard.type("본문이다.")
    page.keyboard.press("Control+s")
    page.locator(".messagelist .success").wait_for()
    assert Article.objects.get().state == State.DRAFT
    page.click(EDITOR)
    page.keyboard.press("Control+End")
    page.keyboard.type(" 더 있다.")
    page.keyboard.press("Control+Enter")
    page.locator(".messagelist a[href^='/articles/']").wait_for()
    story = Article.objects.get()
    assert (story.is_public(), story.body) == (True, "<p>본문이다. 더 있다.</p>")
    page.click(".messagelist a[href^='/articles/']")
    expect(page.locator("article h1")).to_have_text("처음 제목")


def test_a_reporter_s_main_button_hands_the_story_in(open_page):
    """Who may not approve submits by the same keys; in the box of a note they stay the note's."""
    make_section("사회")
    page = sign_in(open_page, make_user("reporter"))
    page.keyboard.type("처음 제목")
    page.select_option("#id_section", index=1)
    page.click(EDITOR)
    page.keyboard.type("본문이다.")
    expect(page.locator(EDITOR)).to_contain_text("본문이다.")
    page.keyboard.press("Control+Enter")
    page.locator(".messagelist .success").wait_for()
    assert Article.objects.get().state == State.SUBMITTED


def test_what_readers_see_is_not_changed_by_a_key_alone(open_page):
    """On a public story Ctrl+Enter leads to the kinds of change; one of them is then chosen."""
    story = make_article("처음 제목")
    page = sign_in(open_page, make_user("desk"), address(story))
    page.focus("#id_headline")
    page.keyboard.press("End")
    page.keyboard.type("!")
    page.keyboard.press("Control+Enter")
    expect(page.locator("[name=_verb][value='approve:typo']")).to_be_focused()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    story.refresh_from_db()
    assert story.headline == "처음 제목!"


def test_the_keys_wait_while_a_dialog_is_open(open_page):
    """Saving from within the photo dialog would leave it; the browser's own «save page» stays shut, too."""
    make_section()
    page = sign_in(open_page, make_user("desk"))
    page.keyboard.type("처음 제목")
    page.click("[data-lead-photo] button")
    expect(page.locator("dialog.photos")).to_be_visible()
    page.keyboard.press("Control+s")
    page.wait_for_timeout(300)
    expect(page.locator("dialog.photos")).to_be_visible()
    assert not Article.objects.exists()


def test_a_second_byline_is_a_click_a_name_and_enter(open_page):
    """The new row's picker is open; Enter before the answer is there takes what was typed, not what was shown."""
    for name in ("가온새", "나래울", "윤슬아"):
        make_reporter(name)
    page = sign_in(open_page, make_user("desk"))
    page.route("**/autocomplete/**", lambda route: (page.wait_for_timeout(400), route.continue_()))
    page.click("#bylines-group .add-row a")
    expect(page.locator(".select2-results__option:has-text('가온새')")).to_be_visible()
    page.keyboard.type("윤슬")
    page.keyboard.press("Enter")
    expect(page.locator("#bylines-1 .select2-selection")).to_contain_text("윤슬아")


def test_a_row_that_a_script_adds_stays_shut(open_page):
    """Only who presses the button means to choose."""
    page = sign_in(open_page, make_user("desk"))
    page.evaluate("document.querySelector('#bylines-group .add-row a').click()")
    expect(page.locator("#bylines-1")).to_be_visible()
    expect(page.locator(".select2-dropdown")).to_have_count(0)


def test_withdrawing_begins_on_the_public_page(open_page):
    """Its link opens the box for the reason and puts the cursor there: two presses and a reason."""
    story = make_article()
    page = sign_in(open_page, make_user("desk"), address(story))
    page.goto(story.get_absolute_url())
    page.click("aside.staff a[href$='#withdraw']")
    page.locator("#withdraw textarea:focus").wait_for()
    page.keyboard.type("사실 확인")
    with page.expect_navigation():
        page.click("#withdraw button")
    story.refresh_from_db()
    assert story.state == State.WITHDRAWN


def test_nothing_is_offered_again_after_a_save_with_a_new_row(open_page):
    """The row gets its number before the form is kept and sent, and not in between: the same words are stored."""
    user = make_user("desk")
    make_reporter("윤슬아"), make_reporter("한나래", user=user)
    page = sign_in(open_page, user)
    page.keyboard.type("처음 제목")
    page.click("#bylines-group .add-row a")
    page.keyboard.type("윤슬")
    page.keyboard.press("Enter")
    expect(page.locator("#bylines-1 .select2-selection")).to_contain_text("윤슬아")
    posts = []
    page.on("request", lambda asked: asked.url.endswith("/copies/") and posts.append(asked.post_data_json))
    page.click("[name=_save]")
    page.locator(".messagelist .success").wait_for()
    assert [post for post in posts if post.get("leaving") and "data" in post] == []
    page.reload()
    expect(page.locator("[data-copy-drop]")).to_have_count(0)
