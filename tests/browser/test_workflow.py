"""In a browser: one story from its assignment to a correction, by three people, on a desktop and on a phone."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

from articles.models import Article
from articles.states import State
from newsroom.notices import actions as notices
from newsroom.notices.models import Note
from newsroom.planning.models import Assignment

from ..factories import make_article, make_photo, make_reporter, make_section, make_user
from .test_desk import faults, press, sign_in
from .test_notes import choose_words

pytestmark = pytest.mark.django_db(transaction=True)

EDITOR = ".field-body .ProseMirror[contenteditable=true]"
QUEUE, CALENDAR, NOTICES = (
    "/admin/desk/queue/",
    "/admin/newsroom_planning/assignment/calendar/",
    "/admin/newsroom_notices/notice/",
)
WHAT = "두루뫼 오일장 새벽 화재"
HEADLINE = "새벽 세 시 오일장에 불… 점포 열두 칸 잿더미"
FIRST = "22일 새벽 두루뫼 오일장에서 불이 나 점포 열두 칸이 탔다."
SECOND = "군은 소화전 스물네 곳을 점검하겠다고 밝혔다."
ADDED = " 다친 사람은 없었다."
CORRECTED = " 재산 피해는 2억 원으로 추정된다."
ASKED = "어느 시장인지요?"
REASON = "군청 담당자의 이름을 밝혀 주세요."


@pytest.fixture
def writer():
    person = make_user("reporter", first_name="나래", last_name="한")
    make_reporter("한나래", user=person)
    return person


@pytest.fixture
def editor():
    return make_user("desk", first_name="라온", last_name="서")


def check_fits(page: Page) -> None:
    """See that nothing scrolls sideways; a phone would zoom out, therefore its own width is asked for."""
    width = page.evaluate("document.documentElement.scrollWidth")
    assert (page.url, width) == (page.url, page.viewport_size["width"])


def open_editor(page: Page) -> None:
    """Wait until the text can be typed in, and put the caret at its end."""
    page.wait_for_selector(EDITOR)
    check_fits(page)
    page.locator(EDITOR).focus()
    page.keyboard.press("Control+End")


def follow_notice(page: Page, kind: str) -> None:
    """Open the newest notice by the word in the header, and see what it is about."""
    page.click("#header .bell--unread")
    expect(page.locator(".notice__kind").first).to_contain_text(kind)
    press(page, ".notice h2 a >> nth=0")


def waiting(page: Page) -> Locator:
    """Return the line of the story among those that wait."""
    page.goto(QUEUE)
    check_fits(page)
    return page.locator(".queue tbody tr", has_text=HEADLINE)


def said(page: Page) -> Locator:
    """Return what the desk answers to a button."""
    return page.locator(".messagelist .success")


def follow(link: Locator) -> None:
    """Follow a link and see that the page fits its screen."""
    with link.page.expect_navigation():
        link.click()
    check_fits(link.page)


def plan(page: Page, who: str) -> None:
    """Plan an assignment for somebody, from the calendar."""
    page.click(".planning__bar .button")
    page.fill("#id_what", WHAT)
    page.locator("#id_assignees label", has_text=who).click()
    page.select_option("#id_section", label="사회")
    page.fill("#id_deadline", f"{timezone.localtime() + datetime.timedelta(hours=3):%Y-%m-%dT%H:%M}")
    press(page, "[name=_save]")


def write(page: Page) -> None:
    """Type the story, see that it is kept without a press, and give it a photo of the library."""
    open_editor(page)
    page.fill("#id_headline", HEADLINE)
    page.locator(EDITOR).focus()
    page.keyboard.type(FIRST)
    page.keyboard.press("Enter")
    page.keyboard.type(SECOND)
    expect(page.locator(".copy-state")).to_contain_text("자동 저장됨")
    page.locator(".lead-photo__buttons button").first.click()
    page.click(".photos__option")
    page.click("[data-photos-insert]")
    expect(page.locator(".lead-photo__view img")).to_be_visible()


def send_back(page: Page) -> None:
    """Pin a note to words of the text and return the story with a reason."""
    page.wait_for_selector(EDITOR)
    choose_words(page, "소화전 스물네 곳")
    page.click("[data-notes-take]")
    page.fill("#note-text", ASKED)
    page.click("[data-notes] .notes__buttons [type=submit]")
    expect(page.locator(".note")).to_have_count(1)
    page.click("#return summary")
    page.fill("#return textarea", REASON)
    press(page, "#return button")


@pytest.mark.parametrize("phone", [False, True], ids=["desktop", "phone"])
def test_a_story_goes_from_its_assignment_to_a_correction(open_page, writer, editor, phone):
    """Planned, written, returned, mended, approved; then changed, compared and corrected, while readers read on."""
    make_section("사회"), make_photo()
    desk = sign_in(open_page, editor, CALENDAR, phone=phone)
    plan(desk, "한나래")

    reporter = sign_in(open_page, writer, "/admin/", phone=phone)
    follow_notice(reporter, "취재")
    expect(reporter.locator("#id_what, .field-what .readonly")).to_be_visible()
    press(reporter, "[name=verb][value=begin]")
    write(reporter)
    press(reporter, "[name=_verb][value=submit]")
    expect(said(reporter)).to_be_visible()
    article = Article.objects.get()
    assert article.state == State.SUBMITTED

    follow(waiting(desk).locator(".queue__title"))
    send_back(desk)
    expect(said(desk)).to_be_visible()
    assert sorted(Note.objects.values_list("text", flat=True)) == sorted([ASKED, REASON])

    reporter.goto("/admin/")
    expect(reporter.locator(".desk__list--returned")).to_contain_text(REASON)
    follow_notice(reporter, "반려")
    reporter.goto(reverse("admin:articles_article_change", args=[article.pk]))
    open_editor(reporter)
    expect(reporter.locator(".notes")).to_contain_text(REASON)
    reporter.keyboard.type(ADDED)
    press(reporter, "[name=_verb][value=submit]")

    follow(waiting(desk).locator(".queue__do a"))
    expect(desk.locator("ins:visible", has_text=ADDED.strip())).to_be_visible()
    press(desk, ".cmp__decide [value=approve]")
    expect(said(desk)).to_be_visible()

    reader = open_page(f"/articles/{article.pk}/", phone=phone)
    expect(reader.locator("h1")).to_have_text(HEADLINE)
    expect(reader.locator(".text")).to_contain_text(ADDED.strip())

    reporter.goto(reverse("admin:articles_article_change", args=[article.pk]))
    open_editor(reporter)
    reporter.keyboard.type(CORRECTED)
    press(reporter, "[name=_verb][value=submit]")
    reader.reload()
    expect(reader.locator(".text")).not_to_contain_text(CORRECTED.strip())

    follow(waiting(desk).locator(".queue__do a"))
    expect(desk.locator(".cmp__pair")).to_contain_text("독자가 보는 수정본")
    expect(desk.locator("ins:visible", has_text=CORRECTED.strip())).to_be_visible()
    desk.fill("#id_change_note", "재산 피해를 더했습니다.")
    press(desk, ".cmp__decide [value='approve:correction']")
    expect(said(desk)).to_be_visible()

    reader.reload()
    expect(reader.locator(".text")).to_contain_text(CORRECTED.strip())
    expect(reader.locator(".story__times")).to_contain_text("수정")
    article.refresh_from_db()
    assert (article.version, article.change_state) == (article.approved_version, "")
    expect(waiting(desk)).to_have_count(0)


@pytest.fixture
def desk_pages(writer, editor):
    """The pages of the workflow, each with something on it."""
    section = make_section("사회")
    story = make_article(
        HEADLINE, state=State.SUBMITTED, section=section, created_by=writer, body=f"<p>{FIRST}</p>",
        deadline=timezone.now() - datetime.timedelta(hours=1), reporters=[writer.reporter],
    )  # fmt: skip
    notices.write_note(
        article=story, by=writer, text="@서라온 확인 부탁드립니다.", quote="오일장", paragraph=1
    )
    Assignment.objects.create(what=WHAT, starts_at=timezone.now(), deadline=timezone.now())
    return {
        "story": reverse("admin:articles_article_change", args=[story.pk]),
        "compare": reverse("admin:articles_article_compare", args=[story.pk]),
        "queue": QUEUE,
        "calendar": CALENDAR,
        "notices": NOTICES,
        "first": "/admin/",
    }


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("phone", [False, True], ids=["desktop", "phone"])
def test_axe_finds_nothing_on_the_way(open_page, editor, desk_pages, phone, scheme):
    """The story, the comparison, the queue, the calendar, the notices and the first page, in both schemes."""
    page = sign_in(open_page, editor, "/admin/", phone=phone, color_scheme=scheme)
    for name, address in desk_pages.items():
        page.goto(address, wait_until="networkidle")
        assert (name, faults(page)) == (name, [])


def test_nothing_scrolls_sideways_on_the_narrowest_phone(open_page, editor, desk_pages):
    """At 320 px every page of the workflow fits, and the links of the account unfold inside it."""
    page = sign_in(open_page, editor, "/admin/", phone=True, viewport={"width": 320, "height": 640})
    for address in desk_pages.values():
        page.goto(address, wait_until="networkidle")
        check_fits(page)
    page.click(".account")
    expect(page.locator("#logout-form button")).to_be_in_viewport(ratio=1)


def test_the_main_buttons_stay_under_the_thumb(open_page, editor, desk_pages):
    """On a phone Save and Approve can be pressed from the first line of the story and from the last."""
    page = sign_in(open_page, editor, desk_pages["story"], phone=True)
    for place in ("0", "document.body.scrollHeight"):
        page.evaluate(f"scrollTo(0, {place})")
        for button in ("[name=_save]", ".verbs__buttons [value=approve]"):
            expect(page.locator(button)).to_be_in_viewport(ratio=1)
    bar, end = (page.locator(place).bounding_box() for place in (".verbs__buttons", ".prechecks"))
    assert end["y"] + end["height"] <= bar["y"]


def test_what_waits_for_an_answer_stands_before_the_settings(open_page, editor, desk_pages):
    """Open notes come right after the state and its buttons; once settled they go below."""
    page = sign_in(open_page, editor, desk_pages["story"])
    notes, settings = page.locator(".notes"), page.locator(".story__side .field-section")
    assert notes.bounding_box()["y"] < settings.bounding_box()["y"]
    page.click(".note__buttons button")
    expect(page.locator(".notes__settled")).to_be_visible()
    assert notes.bounding_box()["y"] > settings.bounding_box()["y"]


def test_the_header_marks_where_one_is(open_page, editor, desk_pages):
    """The way that was taken is marked, and no other."""
    page = sign_in(open_page, editor, QUEUE)
    marked = page.locator("#header [aria-current=page]")
    expect(marked).to_have_count(1)
    expect(marked).to_have_attribute("href", QUEUE)
