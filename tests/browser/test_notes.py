"""In a browser: notes beside the story, pinned to words of its text; the calendar by keyboard and on a phone."""

import datetime

import pytest
from django.contrib.auth.models import Group, Permission
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from articles.states import State
from newsroom.notices import actions
from newsroom.notices.models import Note, Notice
from newsroom.planning.models import Assignment

from ..factories import make_article, make_user
from .test_desk import faults, sign_in

pytestmark = pytest.mark.django_db(transaction=True)

EDITOR = ".ProseMirror[contenteditable=true]"
BODY = [
    "군은 지난달 새여울대교의 안전 점검을 마쳤다고 밝혔다.",
    "점검에는 전문 업체 두 곳이 참여했다.",
    "주민들은 결과를 서면으로 공개하라고 요구했다.",
]


@pytest.fixture
def writer():
    return make_user("reporter", first_name="나래", last_name="한")


@pytest.fixture
def editor():
    return make_user("desk", first_name="라온", last_name="서")


@pytest.fixture
def story(writer):
    body = "".join(f"<p>{words}</p>" for words in BODY)
    return make_article("다리 점검 결과를 묻다", state=State.DRAFT, created_by=writer, body=body)


def change_page(article) -> str:
    return reverse("admin:articles_article_change", args=[article.pk])


def choose_words(page: Page, words: str) -> None:
    """Select words of the text, as with the mouse."""
    page.evaluate(
        """(words) => {
            const walker = document.createTreeWalker(document.querySelector(".ProseMirror"), NodeFilter.SHOW_TEXT);
            for (let node = walker.nextNode(); node; node = walker.nextNode()) {
                const at = node.data.indexOf(words);
                if (at < 0) continue;
                const range = document.createRange();
                range.setStart(node, at);
                range.setEnd(node, at + words.length);
                getSelection().removeAllRanges();
                getSelection().addRange(range);
            }
        }""",
        words,
    )


def posted(page: Page) -> None:
    """Post the note and wait until the list shows it."""
    with page.expect_response("**/note/story/**") as answer:
        page.click("[data-notes] .notes__buttons [type=submit]")
    assert answer.value.status == 200


class TestNotes:
    """A thread beside the story."""

    def test_words_are_pinned_and_found_again(self, open_page, writer, story):
        """Chosen words become a quote; the note is posted without leaving; its quote leads back to the words."""
        page = sign_in(open_page, writer, change_page(story), reduced_motion="reduce")
        page.wait_for_selector(EDITOR)
        choose_words(page, "전문 업체 두 곳")
        page.click("[data-notes-take]")
        expect(page.locator("[data-notes-pin] q")).to_have_text("전문 업체 두 곳")
        page.fill("#note-text", "업체 이름을 넣어 주세요.")
        posted(page)
        expect(page.locator(".note__text")).to_contain_text("업체 이름을")
        expect(page.locator("#note-text")).to_have_value("")
        expect(page.locator("[data-notes-pin]")).to_be_hidden()
        note = Note.objects.get()
        assert (note.quote, note.pinned_paragraph) == ("전문 업체 두 곳", 2)
        # The text moves on before anybody saves.
        page.click(f"{EDITOR} p >> nth=0")
        page.keyboard.press("Home")
        page.keyboard.type("새 문단이다.")
        page.keyboard.press("Enter")
        page.click("[data-notes-find]")
        third, mark = (page.locator(place).bounding_box() for place in (f"{EDITOR} p >> nth=2", ".notes-bar"))
        assert abs(third["y"] - mark["y"]) < 2
        assert abs(third["height"] - mark["height"]) < 2
        marked = page.evaluate("[...CSS.highlights.get('note')].map((range) => range.toString()).join()")
        assert marked == "전문 업체 두 곳"

    def test_a_note_is_no_change_to_the_story(self, open_page, writer, story):
        """Whoever has only written a note may leave without being asked."""
        page = sign_in(open_page, writer, change_page(story))
        page.wait_for_selector(EDITOR)
        page.click("#note-text")
        page.keyboard.type("메모만 썼다")
        posted(page)
        asked = []
        page.on("dialog", lambda dialog: (asked.append(dialog.message), dialog.accept()))
        page.goto("/admin/")
        assert asked == []

    def test_a_note_that_cannot_be_sent_is_kept(self, open_page, writer, story):
        """Signed out, it says so; after signing in again the words are still there."""
        address = reverse("admin:newsroom_notices_note_story", args=[story.pk])
        page = sign_in(open_page, writer, address)
        page.click("#note-text")
        page.keyboard.type("오래 생각한 메모")
        page.context.clear_cookies()
        page.click("[data-notes] .notes__buttons [type=submit]")
        expect(page.locator("[data-notes-error]")).not_to_be_empty()
        expect(page.locator("#note-text")).to_have_value("오래 생각한 메모")
        page.faults.clear()
        page.goto(f"/admin/login/?next={address}")
        page.fill("#id_username", writer.username)
        page.fill("#id_password", "a-long-password")
        page.click("form#login-form [type=submit]")
        page.wait_for_url(f"**{address}")
        expect(page.locator("#note-text")).to_have_value("오래 생각한 메모")
        posted(page)
        assert Note.objects.get().text == "오래 생각한 메모"

    def test_names_are_offered_while_one_types(self, open_page, writer, editor, story):
        """«@» and a letter, the arrow, Enter: the name stands in the note, and its bearer is told."""
        page = sign_in(open_page, writer, reverse("admin:newsroom_notices_note_story", args=[story.pk]))
        page.click("#note-text")
        page.keyboard.type("@서")
        expect(page.locator("#note-names [role=option]")).to_have_text("서라온")
        page.keyboard.press("Enter")
        expect(page.locator("#note-text")).to_have_value("@서라온 ")
        page.keyboard.type("확인 부탁드립니다")
        page.keyboard.press("Control+Enter")
        expect(page.locator(".note__text")).to_contain_text("@서라온 확인")
        assert Notice.objects.get(user=editor).kind == "mention"

    def test_a_note_is_settled_and_changed_in_place(self, open_page, writer, story):
        """What is being typed elsewhere stays."""
        actions.write_note(article=story, by=writer, text="첫 메모")
        page = sign_in(open_page, writer, reverse("admin:newsroom_notices_note_story", args=[story.pk]))
        page.fill("#note-text", "쓰다 만 메모")
        page.click(".note__edit summary")
        page.fill(".note__edit textarea", "고친 메모")
        page.click(".note__edit button")
        expect(page.locator(".note__text")).to_contain_text("고친 메모")
        page.click(".note__buttons button")
        expect(page.locator(".notes__settled > summary")).to_be_visible()
        expect(page.locator("#note-text")).to_have_value("쓰다 만 메모")


class TestPlanning:
    """The calendar."""

    @pytest.fixture
    def planned(self, writer, editor):
        known = Permission.objects.filter(content_type__app_label="newsroom_planning")
        Group.objects.get(name="desk").permissions.add(*known)
        row = Assignment.objects.create(what="군의회 임시회 개회", starts_at=timezone.now(), place="군청 2층")
        row.assignees.add(writer)
        return row

    def test_by_keyboard(self, open_page, editor, planned):
        """Arrows go from day to day, letters to week, month and a new assignment with its day."""
        page = sign_in(open_page, editor, reverse("admin:newsroom_planning_assignment_calendar"))
        page.keyboard.press("ArrowRight")
        expect(page.locator(":focus")).to_have_attribute("aria-current", "date")
        first = page.evaluate("document.activeElement.querySelector('time').dateTime")
        page.keyboard.press("ArrowLeft")
        second = page.evaluate("document.activeElement.querySelector('time').dateTime")
        assert datetime.date.fromisoformat(second) == datetime.date.fromisoformat(first) - datetime.timedelta(
            days=1
        )
        page.keyboard.press("w")
        page.wait_for_url("**view=week**")
        page.keyboard.press("PageDown")
        page.wait_for_selector(".day--empty >> nth=6")
        page.keyboard.press("n")
        page.wait_for_url("**/add/")

    def test_on_a_phone_it_is_a_list_of_days(self, open_page, editor, planned):
        """Without sideways scrolling, empty days left out."""
        address = reverse("admin:newsroom_planning_assignment_calendar")
        page = sign_in(open_page, editor, address, phone=True)
        assert page.evaluate("document.documentElement.scrollWidth") <= 360
        assert page.locator(".day:visible").count() == 1
        page.click(".entry a")
        page.wait_for_url(f"**{reverse('admin:newsroom_planning_assignment_change', args=[planned.pk])}")


@pytest.mark.parametrize("name", ["notices", "mail", "calendar", "list", "assignment", "notes"])
@pytest.mark.parametrize("phone", [False, True])
def test_the_pages_are_accessible_and_fit(open_page, editor, story, name, phone):
    """Nothing that axe finds, no sideways scrolling."""
    known = Permission.objects.filter(content_type__app_label="newsroom_planning")
    Group.objects.get(name="desk").permissions.add(*known)
    row = Assignment.objects.create(
        what="군의회 임시회 개회", starts_at=timezone.now(), deadline=timezone.now()
    )
    note = {"quote": "전문 업체 두 곳", "paragraph": 2}
    actions.write_note(article=story, by=make_user("desk"), text="@서라온 확인 부탁드립니다.", **note)
    address = {
        "notices": reverse("admin:newsroom_notices_notice_changelist"),
        "mail": reverse("admin:newsroom_notices_notice_mail"),
        "calendar": reverse("admin:newsroom_planning_assignment_calendar"),
        "list": reverse("admin:newsroom_planning_assignment_changelist"),
        "assignment": reverse("admin:newsroom_planning_assignment_change", args=[row.pk]),
        "notes": reverse("admin:newsroom_notices_note_story", args=[story.pk]),
    }[name]
    page = sign_in(open_page, editor, address, phone=phone)
    assert faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
