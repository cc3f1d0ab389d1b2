"""Notes on a story: who reads and writes them, whom they call, and where pinned ones stand after the text has moved."""

import datetime

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.template import Context, Template
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation
from hypothesis import given
from hypothesis import strategies as st

from articles import actions as verbs
from articles.snapshots import Snapshot
from articles.states import State
from newsroom.notices import actions
from newsroom.notices.models import QUOTE_LENGTH, TEXT_LENGTH, Note, Notice
from newsroom.notices.pins import Place, locate, paragraphs_of
from newsroom.notices.thread import thread_of

from ..desk_forms import signed_in
from ..factories import make_article, make_reporter, make_user

STORY = "admin:newsroom_notices_note_story"
EDIT = "admin:newsroom_notices_note_edit"
SETTLE = "admin:newsroom_notices_note_settle"
PART = {"x-part": "thread"}
BODY = [
    "군은 지난달 새여울대교의 안전 점검을 마쳤다고 밝혔다.",
    "점검에는 전문 업체 두 곳이 참여했다.",
    "주민들은 결과를 서면으로 공개하라고 요구했다.",
]


class TestPins:
    """Where the words of a note stand."""

    @pytest.mark.parametrize(
        ("quote", "number", "place"),
        [
            ("전문 업체 두 곳", 2, Place(2, True)),
            ("전문 업체 두 곳", 1, Place(2, True)),
            ("전문  업체\n두 곳", 2, Place(2, True)),
            ("결과를 서면으로 공개하라고 요청했다", 1, Place(3, False)),
            ("완전히 다른 이야기를 하는 문장", 2, None),
            ("", 2, None),
        ],
    )
    def test_words_are_found_again(self, quote, number, place):
        """By the quote, wherever it has moved; else by the block that still holds most of it; else not at all."""
        assert locate(quote, number, BODY) == place

    def test_of_two_equal_places_the_nearer_counts(self):
        """A phrase that stands twice belongs to the paragraph that was meant."""
        paragraphs = ["그는 말했다.", "다른 말이다.", "그는 말했다.", "그는 말했다."]
        assert locate("그는 말했다", 3, paragraphs) == Place(3, True)
        assert locate("그는 말했다", 9, paragraphs) == Place(4, True)

    def test_blocks_are_counted_as_in_the_editor(self):
        """Headings, lists, tables and pictures count, entities are what they stand for."""
        body = (
            '<h2>제목</h2><ul><li>하나</li><li>둘</li></ul><figure data-photo="3"></figure><p>A &amp; B</p>'
        )
        assert paragraphs_of(body) == ["제목", "하나 둘", "", "A & B"]
        assert locate("A & B", 1, paragraphs_of(body)) == Place(4, True)

    @given(st.text(max_size=60), st.integers(1, 50), st.lists(st.text(max_size=60), max_size=8))
    def test_a_place_is_always_one_of_the_text(self, quote, number, paragraphs):
        """Whatever the words, the block is there, and nothing fails."""
        place = locate(quote, number, paragraphs)
        assert place is None or 1 <= place.number <= len(paragraphs)


@pytest.fixture
def writer(db):
    return make_user("reporter", username="writer", first_name="나래", last_name="한")


@pytest.fixture
def editor(db):
    return make_user("desk", username="editor", first_name="라온", last_name="서")


@pytest.fixture
def story(writer):
    body = "".join(f"<p>{words}</p>" for words in BODY)
    return make_article("다리 점검", state=State.DRAFT, created_by=writer, body=body)


def write(user, article, text: str, **values):
    """Post a note without script."""
    return signed_in(user).post(reverse(STORY, args=[article.pk]), {"note_text": text} | values)


def note(article, by, text: str = "확인 부탁드립니다.", **fields) -> Note:
    return actions.write_note(article=article, by=by, text=text, **fields)


def kinds(user) -> list[str]:
    return list(Notice.objects.filter(user=user).order_by("pk").values_list("kind", flat=True))


class TestWriting:
    """Posting, changing and settling."""

    def test_a_note_is_posted_and_one_comes_back(self, writer, story):
        """Without script: to the page one came from; an address of another host leads nowhere."""
        back = reverse("admin:articles_article_change", args=[story.pk]) + "#notes"
        assert write(writer, story, "  첫 줄\r\n\r\n둘째 줄 ", next=back)["Location"] == back
        assert write(writer, story, "하나 더", next="https://evil.example/")["Location"].startswith("/admin/")
        first, _second = Note.objects.thread(story)
        assert (first.text, first.by, first.quote) == ("첫 줄\n둘째 줄", writer, "")

    def test_the_script_gets_the_list(self, writer, story):
        """Only that part of the page, with the new note in it."""
        client = signed_in(writer)
        answer = client.post(reverse(STORY, args=[story.pk]), {"note_text": "<b>글</b>"}, headers=PART)
        page = answer.content.decode()
        assert answer.status_code == 200
        assert "&lt;b&gt;글" in page
        assert "<html" not in page

    @pytest.mark.parametrize("text", ["", " \n ", "가" * (TEXT_LENGTH + 1)])
    def test_what_cannot_be_stored_comes_back(self, writer, story, text):
        """With a sentence, and with every word that was typed."""
        answer = write(writer, story, text)
        assert answer.status_code == 400
        area = BeautifulSoup(answer.content, "html.parser").select_one("#note-text")
        assert area.text.removeprefix("\n").strip() == text.strip()
        assert "note" in BeautifulSoup(answer.content, "html.parser").select_one("[data-notes-error]").text
        assert not Note.objects.exists()

    def test_those_who_may_not_open_a_story_know_of_no_notes(self, story, writer):
        """Neither by reading nor by writing, changing or settling: it is as if it were not there."""
        row = note(story, writer)
        stranger = signed_in(make_user("reporter"))
        for name, key in ((STORY, story.pk), (EDIT, row.pk), (SETTLE, row.pk), (STORY, 10**25)):
            for answer in (stranger.get(reverse(name, args=[key])), stranger.post(reverse(name, args=[key]))):
                assert answer.status_code == 404
        row.refresh_from_db()
        assert row.resolved_at is None

    def test_ones_own_note_is_changed_for_ten_minutes(self, writer, editor, story):
        """By its writer, and nobody else; later the words come back in the field for a new one."""
        row = note(story, writer)
        values = {f"note_text_{row.pk}": "고친 말"}
        assert signed_in(editor).post(reverse(EDIT, args=[row.pk]), values).status_code == 400
        assert signed_in(writer).post(reverse(EDIT, args=[row.pk]), values).status_code == 302
        row.refresh_from_db()
        assert (row.text, row.edited_at is not None) == ("고친 말", True)
        Note.objects.update(at=timezone.now() - datetime.timedelta(minutes=11))
        late = signed_in(writer).post(reverse(EDIT, args=[row.pk]), {f"note_text_{row.pk}": "너무 늦은 말"})
        assert late.status_code == 400
        assert "너무 늦은 말" in late.content.decode()
        row.refresh_from_db()
        assert row.text == "고친 말"

    def test_a_change_to_nothing_is_refused(self, writer, story):
        """The note stays as it was."""
        row = note(story, writer)
        answer = signed_in(writer).post(reverse(EDIT, args=[row.pk]), {}, headers=PART)
        assert answer.status_code == 400
        assert "data-notes-said" in answer.content.decode()
        row.refresh_from_db()
        assert row.text == "확인 부탁드립니다."

    def test_anybody_of_the_story_settles_a_note_and_opens_it_again(self, writer, editor, story):
        """Its time and person are those of the first; a GET changes nothing."""
        row = note(story, editor)
        address = reverse(SETTLE, args=[row.pk])
        signed_in(writer).get(address)
        row.refresh_from_db()
        assert row.resolved_at is None
        for user in (writer, editor):
            signed_in(user).post(address)
        row.refresh_from_db()
        assert row.resolved_by == writer
        signed_in(editor).post(address + "?undo=1")
        row.refresh_from_db()
        assert (row.resolved_at, row.resolved_by) == (None, None)

    def test_a_pin_needs_words_and_a_place(self, writer, story):
        """Rubbish is no pin, and the note is stored all the same; a long quote is cut."""
        write(writer, story, "첫째", note_quote="전문 업체 두 곳", note_paragraph="2")
        write(writer, story, "둘째", note_quote="전문", note_paragraph="x")
        write(writer, story, "셋째", note_quote="", note_paragraph="2")
        write(writer, story, "넷째", note_quote="가" * 900, note_paragraph="1")
        rows = [(row.quote, row.pinned_paragraph) for row in Note.objects.thread(story)]
        assert rows == [("전문 업체 두 곳", 2), ("", None), ("", None), ("가" * QUOTE_LENGTH, 1)]


class TestTelling:
    """Who learns of a note."""

    def test_the_named_the_people_of_the_story_and_those_who_wrote_before(self, writer, editor, story):
        """Each once; whoever is named is told that; not the writer of the note."""
        colleague = make_user("reporter", first_name="슬아", last_name="윤")
        make_reporter(user=colleague)
        note(story, editor, "@윤슬아님 확인 부탁")
        assert (kinds(writer), kinds(colleague), kinds(editor)) == (["note"], ["mention"], [])
        note(story, writer, "확인했습니다.")
        assert (kinds(writer), kinds(editor)) == (["note"], ["note"])
        notice = Notice.objects.get(user=editor)
        assert notice.words == "확인했습니다."
        assert notice.address.endswith("#notes")

    def test_a_change_calls_only_those_it_adds(self, writer, editor, story):
        """Nobody is called twice by one note."""
        row = note(story, writer, "@서라온 확인")
        other = make_user("desk", first_name="하람", last_name="도")
        actions.edit_note(note=row, by=writer, text="@서라온 @도하람 확인")
        assert (kinds(editor), kinds(other)) == (["mention"], ["mention"])

    def test_names_are_offered_to_those_who_type(self, writer, editor):
        """Everybody who signs in to the desk; nobody who has left."""
        make_user("reporter", username="gone", is_active=False)
        make_reporter("서기자", user=editor)
        answer = signed_in(writer).get(reverse("admin:newsroom_notices_note_names")).json()
        assert answer["names"] == [
            {"name": "서라온", "also": ["editor", "서기자"]},
            {"name": "한나래", "also": ["writer"]},
        ]


def readers_pages(article) -> dict[str, str]:
    """Return the addresses on which readers, or their machines, see a story."""
    return {
        "front page": reverse("front:home"),
        "article": article.get_absolute_url(),
        "print": reverse("articles:print", args=[article.pk]),
        "feed": reverse("wire:feed"),
        "search": f"{reverse('search:search')}?q=비밀스러운",
    }


class TestThread:
    """The notes beside the story."""

    def show(self, user, article, tag: str = "story_notes") -> str:
        request = RequestFactory().get("/admin/")
        request.user = user
        with translation.override("en"):
            template = Template("{% load notices %}{% " + tag + " original %}")
            return template.render(Context({"request": request, "original": article, "csrf_token": "x"}))

    def test_open_ones_first_and_settled_ones_folded(self, writer, story):
        """Nothing is deleted."""
        actions.resolve_note(note=note(story, writer, "끝난 일"), by=writer)
        note(story, writer, "열린 일")
        page = BeautifulSoup(self.show(writer, story), "html.parser")
        assert "열린 일" in page.select_one("[data-notes-thread] > ol").text
        assert "끝난 일" in page.select_one("details.notes__settled").text

    def test_fields_and_buttons_belong_to_a_form_outside_the_storys(self, writer, story):
        """Otherwise they would save the story, or be saved with it."""
        note(story, writer)
        page = BeautifulSoup(self.show(writer, story), "html.parser")
        fields = page.select("textarea, input, button[type=submit]")
        assert len(fields) >= 6
        assert {field.get("form") for field in fields} == {"notes-form"}
        form = BeautifulSoup(self.show(writer, story, "story_notes_form"), "html.parser").select_one(
            "#notes-form"
        )
        assert form["action"] == reverse(STORY, args=[story.pk])
        assert page.select("form") == []

    def test_a_new_story_has_no_notes_yet(self, writer):
        """There is nothing to tie them to."""
        for tag in ("story_notes", "story_notes_form"):
            assert self.show(writer, None, tag).strip() == ""

    def test_it_says_where_pinned_words_stand_now(self, writer, story):
        """The paragraph, that the words were changed, or that the place is lost."""
        for quote in (
            "전문 업체 두 곳이 참여했다",
            "주민들은 결과를 서면으로 공개하라고 요구했다",
            "사라질 문장의 말들",
        ):
            note(story, writer, quote=quote, paragraph=1)
        story.body = (
            f"<p>새 첫 문단이다.</p><p>{BODY[1]}</p><p>주민들은 결과를 문서로 공개하라고 요구했다.</p>"
        )
        page = self.show(writer, story)
        for words in ("paragraph 2", "paragraph 3", "words changed", "lost its place"):
            assert words in page, words

    def test_of_a_change_to_a_public_story_its_own_text_counts(self, writer, editor, story):
        """The editor shows the change, not what readers see."""
        article = verbs.approve(article=story, by=editor)
        row = note(article, editor, quote="전문 업체 두 곳", paragraph=2)
        content = Snapshot.of(article).as_json() | {"body": f"<p>앞 문단</p><p>또 앞</p><p>{BODY[1]}</p>"}
        verbs.save(article=article, snapshot=Snapshot.from_json(content), by=writer)
        (line,) = thread_of(article, editor).open
        assert (line.note, line.place) == (row, Place(3, True))

    def test_a_long_thread_costs_what_a_short_one_does(self, writer, editor, story):
        """One query for notes and their people."""

        def cost() -> int:
            with CaptureQueriesContext(connection) as captured:
                self.show(writer, story)
            return len(captured)

        note(story, writer, quote="전문 업체", paragraph=2)
        few = cost()
        for _ in range(12):
            actions.resolve_note(note=note(story, make_user("desk")), by=editor)
        assert cost() == few == 1

    def test_readers_see_nothing_of_it(self, client, writer, editor, story):
        """Neither on the page nor in print, feeds or search."""
        article = verbs.approve(article=story, by=editor)
        note(article, editor, "비밀스러운 메모", quote="전문 업체", paragraph=2)
        for name, address in readers_pages(article).items():
            page = client.get(address)
            assert page.status_code == 200, name
            text = page.content.decode()
            assert "비밀스러운 메모" not in text, name
