"""In a browser: whatever happens, what was typed is there afterwards."""

import contextlib
import time

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import Page, expect

from articles import copies
from articles.models import Article, WorkingCopy
from articles.states import State

from ..factories import make_article, make_section, make_user

pytestmark = pytest.mark.django_db(transaction=True)

ADD = "/admin/articles/article/add/"
EDITOR = ".ProseMirror[contenteditable=true]"
SAVED = ".copy-state:not(.copy-state--care) >> text=자동 저장됨"
FULL = """
const put = Storage.prototype.setItem;
Storage.prototype.setItem = function (name, value) {
  if (name.startsWith("copy:")) throw new DOMException("full", "QuotaExceededError");
  put.call(this, name, value);
}
"""
COPIES = "**/admin/articles/article/copies/"


@pytest.fixture
def user():
    return make_user("admin", username="desk", last_name="김", first_name="데스크")


@pytest.fixture
def story():
    return make_article("저장한 제목", state=State.DRAFT)


def address(story: Article) -> str:
    return f"/admin/articles/article/{story.pk}/change/"


def sign_in(open_page, user, target: str = ADD, **options) -> Page:
    """Open an address of the desk as ``user``."""
    page = open_page(f"/admin/login/?next={target}", **options)
    page.fill("#id_username", user.username)
    page.fill("#id_password", "a-long-password")
    page.click("form#login-form [type=submit]")
    page.wait_for_url(f"**{target}")
    return page


def type_into(page: Page, words: str, *, field: str = "#id_headline") -> None:
    """Type at the end of a field, as a person does."""
    page.click(field)
    page.keyboard.press("Control+End")
    page.keyboard.type(words)


def wait_for_words(words: str, page: Page) -> None:
    """Wait until the server has a headline."""
    for _ in range(100):
        if WorkingCopy.objects.filter(data__headline__0=words).exists():
            return
        page.wait_for_timeout(100)
    raise AssertionError(
        f"«{words}» never came to the server: {[*WorkingCopy.objects.values_list('data', flat=True)]}"
    )


def crash(page: Page) -> None:
    """Kill the process of a page."""
    with contextlib.suppress(PlaywrightError):
        page.goto("chrome://crash", wait_until="commit", timeout=2_000)


def forgive(page: Page, *parts: str) -> None:
    """Take complaints out that a test has caused on purpose."""
    page.faults[:] = [fault for fault in page.faults if not any(part in fault for part in parts)]


def test_what_was_typed_is_on_the_server_seconds_later(open_page, user, story):
    """With the text of the editor, without a button; the line beside the buttons says so; opened again it is there."""
    page = sign_in(open_page, user, address(story))
    page.locator(EDITOR).wait_for()
    type_into(page, "덧붙인 문장.", field=EDITOR)
    # A window speaks every five seconds; words do not wait for that.
    with page.expect_response(COPIES), page.expect_response(COPIES, timeout=8_000):
        pass
    type_into(page, " 고침")
    page.wait_for_event("request", lambda asked: '"data"' in (asked.post_data or ""), timeout=4_000)
    wait_for_words("저장한 제목 고침", page)
    page.locator(SAVED).wait_for()
    assert Article.objects.get().headline == "저장한 제목"
    page.goto(address(story))
    expect(page.locator("#id_headline")).to_have_value("저장한 제목 고침")
    expect(page.locator(EDITOR)).to_contain_text("덧붙인 문장.")
    expect(page.locator("[data-copy-place]")).to_have_text(", 이 컴퓨터")
    page.click("[data-copy-drop]")
    expect(page.locator("#id_headline")).to_have_value("저장한 제목")


def test_a_reload_a_moment_after_the_first_letter_loses_nothing(open_page, user):
    """Also in a story that was never saved, and while the server cannot be reached for the last words."""
    page = sign_in(open_page, user)
    page.context.route(COPIES, lambda route: route.abort())
    type_into(page, "처음부터 쓴 제목")
    page.wait_for_timeout(1000)
    assert "copy=" in page.url
    page.context.unroute(COPIES)
    page.reload()
    expect(page.locator("#id_headline")).to_have_value("처음부터 쓴 제목")
    forgive(page, "copies/", "ERR_FAILED")


def test_letters_typed_before_the_scripts_came_are_kept(open_page, user, story):
    """The page stands, its scripts are slow: the first second counts too."""
    page = sign_in(open_page, user, "/admin/")
    held = []
    page.route("**/desk/copies.js", lambda route: held.append(route))
    page.goto(address(story), wait_until="commit")
    page.locator("#id_headline").wait_for()
    type_into(page, " 일찍")
    assert held, "The script came at once."
    held.pop().continue_()
    wait_for_words("저장한 제목 일찍", page)


def test_a_lost_connection_is_said_and_healed(open_page, user, story):
    """Words are kept in the browser; Save stays on the page and says so; with the connection everything goes on."""
    page = sign_in(open_page, user, address(story))
    page.context.set_offline(True)
    type_into(page, " 끊김")
    expect(page.locator(".copy-state")).to_contain_text("연결이 끊겼습니다")
    page.click("[name=_save]")
    expect(page.locator(".copy-state")).to_contain_text("보내지 못했습니다")
    expect(page.locator("#id_headline")).to_have_value("저장한 제목 끊김")
    page.context.set_offline(False)
    page.locator(SAVED).wait_for()
    page.click("[name=_save]")
    expect(page.locator(".messagelist .success")).to_be_visible()
    assert Article.objects.get().headline == "저장한 제목 끊김"
    forgive(page, "copies/", "ERR_INTERNET_DISCONNECTED")


def test_words_of_a_crashed_page_are_offered(open_page, user, story):
    """The page dies before the server heard of them; the next one sends them up and opens with them."""
    page = sign_in(open_page, user, address(story))
    page.route(COPIES, lambda route: route.abort())
    type_into(page, " 사고")
    page.wait_for_timeout(1000)
    crash(page)
    second = page.context.new_page()
    second.goto(address(story))
    expect(second.locator("#id_headline")).to_have_value("저장한 제목 사고")
    forgive(page, "copies/", "ERR_FAILED")


def test_an_expired_session_is_renewed_in_place(open_page, user, story):
    """Save asks for the password over the page; a wrong one and another account are refused; the save goes on."""
    make_section(), make_user("admin", username="other")
    page = sign_in(open_page, user, address(story))
    type_into(page, " 그대로")
    page.locator(SAVED).wait_for()
    Session.objects.all().delete()
    type_into(page, "!")
    expect(page.locator(".copy-state")).to_contain_text("로그인이 끝났습니다")
    page.click("[name=_save]")
    for name, password, fault in (
        ("desk", "wrong", "맞지 않습니다"),
        ("other", "a-long-password", "다른 계정"),
    ):
        page.fill(".signin [name=username]", name)
        page.fill(".signin [name=password]", password)
        page.keyboard.press("Enter")
        expect(page.locator(".signin__fault")).to_contain_text(fault)
    expect(page.locator("#id_headline")).to_have_value("저장한 제목 그대로!")
    page.fill(".signin [name=username]", "desk")
    page.fill(".signin [name=password]", "a-long-password")
    page.keyboard.press("Enter")
    expect(page.locator(".messagelist .success")).to_be_visible()
    assert Article.objects.get().headline == "저장한 제목 그대로!"
    assert copies.offered(story, user) is None
    forgive(page, "401", "400", "409")


def test_a_token_that_another_tab_made_void_heals_itself(open_page, user, story):
    """Somebody signed out and in again elsewhere: saving goes on without a word."""
    page = sign_in(open_page, user, address(story))
    page.context.clear_cookies(name="csrftoken")
    type_into(page, " 저장")
    wait_for_words("저장한 제목 저장", page)
    page.click("[name=_save]")
    expect(page.locator(".messagelist .success")).to_be_visible()
    forgive(page, "403")


def test_two_people_see_each_other_and_lose_nothing(open_page, user, story):
    """By name within ten seconds; what the other saved is told, and both texts are put together."""
    page = sign_in(open_page, user, address(story))
    second = sign_in(open_page, make_user("admin", last_name="도", first_name="하람"), address(story))
    type_into(second, "둘째 사람의 부제", field="#id_deck")
    expect(page.locator("[data-presence]")).to_contain_text("도하람", timeout=10_000)
    expect(page.locator("[data-presence-typed]")).to_contain_text("초 전 입력", timeout=10_000)
    second.click("[name=_save]")
    expect(second.locator(".messagelist .success")).to_be_visible()
    expect(page.locator("[data-presence-saved]")).to_contain_text("도하람", timeout=10_000)
    type_into(page, " 첫째")
    page.click("[name=_save]")
    page.locator(".messagelist li").first.wait_for()
    story.refresh_from_db()
    assert (story.headline, story.deck) == ("저장한 제목 첫째", "둘째 사람의 부제")


def test_closing_a_tab_sends_the_last_letters(open_page, user, story):
    """They are on the way when the page goes."""
    page = sign_in(open_page, user, address(story))
    other = page.context.new_page()
    other.goto("/admin/")
    type_into(page, " 마지막")
    page.close(run_before_unload=True)
    wait_for_words("저장한 제목 마지막", other)
    until = time.monotonic() + 5
    while copies.others(story, make_user()) and time.monotonic() < until:
        other.wait_for_timeout(200)
    assert copies.others(story, make_user()) == []


def test_a_browser_that_stores_nothing_asks_before_it_leaves(open_page, user, story):
    """Only then: with a store, or with the words on the server, nobody is asked."""
    page = sign_in(open_page, user, address(story))
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    type_into(page, "1")
    page.goto("/admin/")
    assert asked == []
    page.add_init_script(FULL)
    page.goto(address(story))
    page.route(COPIES, lambda route: route.abort())
    type_into(page, "2")
    page.goto("/admin/")
    assert asked == ["beforeunload"]
    forgive(page, "copies/", "ERR_FAILED")


def test_a_form_brought_back_to_what_is_saved_leaves_no_bar(open_page, user, story):
    """A letter typed and taken away again is not offered."""
    page = sign_in(open_page, user, address(story))
    type_into(page, "x")
    wait_for_words("저장한 제목x", page)
    page.keyboard.press("Backspace")
    wait_for_words("저장한 제목", page)
    page.goto(address(story))
    expect(page.locator(".copies__bar")).to_have_count(0)


def test_a_tab_closed_behind_the_button_has_saved_its_new_story(open_page, user):
    """The answer never came, the story is there all the same; nothing is offered a second time."""
    page = sign_in(open_page, user)
    other = page.context.new_page()
    other.goto("/admin/")
    type_into(page, "버튼을 누르고 닫은 기사")
    page.route(f"**{ADD}**", lambda route: route.fetch(max_redirects=0))
    page.click("[name=_save]", no_wait_after=True)
    until = time.monotonic() + 10
    while not Article.objects.exists() and time.monotonic() < until:
        other.wait_for_timeout(100)
    page.close(run_before_unload=True)
    other.wait_for_timeout(1_000)
    assert Article.objects.get().headline == "버튼을 누르고 닫은 기사"
    assert copies.unsaved_stories(user) == []
    assert copies.offered(Article.objects.get(), user) is None
