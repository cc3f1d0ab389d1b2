"""The verbs: who, from where, with what effect; and that a refused one changes nothing."""

import datetime
import threading

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.utils import timezone

from articles import actions
from articles.errors import NotAllowed, NotReady, PhotoFileError, WrongState
from articles.models import Article, Byline, Photo, Placement, StateChange, TaggedArticle
from articles.models.photo import original_storage
from articles.signals import article_changed, photo_changed
from articles.states import Change, Origin, State
from tests.factories import (
    make_article,
    make_photo,
    make_reporter,
    make_section,
    make_source,
    make_user,
    picture_bytes,
)

pytestmark = pytest.mark.django_db
HOUR = datetime.timedelta(hours=1)

# Where a story can stand: its state, and how many hours ago it was or will be published.
STANDINGS = {
    "draft": (State.DRAFT, 1), "submitted": (State.SUBMITTED, 1), "returned": (State.RETURNED, 1),
    "held": (State.HELD, 1), "scheduled": (State.APPROVED, -1), "public": (State.APPROVED, 1),
    "withdrawn": (State.WITHDRAWN, 1),
}  # fmt: skip
# The table that the verbs are held to: from where they start, where they lead, and who may use them.
WRITERS = {"own reporter", "own photographer", "copy-editor", "desk", "editor-in-chief", "publisher", "admin"}
CHIEFS = {"desk", "editor-in-chief", "publisher", "admin"}
TABLE = {
    "submit": ({"draft", "returned"}, State.SUBMITTED, WRITERS),
    "recall": ({"submitted"}, State.DRAFT, WRITERS),
    "approve": ({"draft", "submitted", "returned", "held"}, State.APPROVED, CHIEFS),
    "return": ({"submitted", "held"}, State.RETURNED, CHIEFS),
    "hold": ({"draft", "submitted", "returned", "scheduled"}, State.HELD, CHIEFS),
    # Two that need a change to an approved story (tests/articles/test_changes.py).
    "discard": (set(), State.APPROVED, WRITERS),
    "unschedule": (set(), State.APPROVED, CHIEFS),
    "withdraw": ({"public"}, State.WITHDRAWN, CHIEFS),
    "restore": ({"withdrawn"}, State.APPROVED, CHIEFS),
}
ROLES = [*sorted(WRITERS), "reporter", "photographer", "moderator"]
WITH_REASON = {"return", "hold", "withdraw", "restore"}


def use(verb: str, article: Article, by, **fields) -> Article:
    """Use a verb by its name, with a reason where it takes one."""
    if verb in WITH_REASON:
        fields = {"reason": "사실 확인이 더 필요하다"} | fields
    return actions.BY_NAME[verb](article=article, by=by, **fields)


def everything(article: Article) -> tuple:
    """Return all that a verb could change of a story: its row, the copies on its rows, the log."""
    return (
        Article.objects.filter(pk=article.pk).values().get(),
        list(Byline.objects.filter(article=article).values()),
        list(TaggedArticle.objects.filter(content_object=article).values()),
        list(StateChange.objects.values()),
    )


@pytest.fixture
def heard():
    """The signals that were sent, each as the arguments it carried."""
    calls: list[dict] = []

    def receiver(sender, signal, **arguments):
        calls.append({"sender": sender} | arguments)

    article_changed.connect(receiver)
    yield calls
    article_changed.disconnect(receiver)


@pytest.mark.parametrize("standing", STANDINGS)
@pytest.mark.parametrize("verb", TABLE)
def test_every_verb_from_every_state_by_every_role(verb, standing, heard):
    """Allowed: state, log and signal as the table says. Refused: nothing changes, nothing is sent."""
    starts, end, people = TABLE[verb]
    state, hours_ago = STANDINGS[standing]
    for role in ROLES:
        user = make_user(role.removeprefix("own "))
        owner = user if role.startswith("own ") else None
        article = make_article(
            state=state, hours_ago=hours_ago, created_by=owner, reporters=[make_reporter()], tags=["강"]
        )
        before = everything(article)
        heard.clear()
        possible = {row.name for row in actions.possible_verbs(article, user)}
        if role in people and standing in starts:
            assert verb in possible, role
            assert use(verb, article, user).state == end
            row = StateChange.objects.filter(article=article).get()
            assert (row.verb, row.from_state, row.to_state, row.by) == (verb, state, end, user)
            assert heard == [
                {
                    "sender": Article,
                    "article": article,
                    "verb": verb,
                    "by": user,
                    "was_public": standing == "public",
                }
            ]
            assert Article.objects.get(pk=article.pk).state == end
        else:
            assert verb not in possible, role
            # What was withdrawn is left to those who may approve it.
            allowed = people & CHIEFS if standing == "withdrawn" else people
            with pytest.raises(WrongState if role in allowed else NotAllowed):
                use(verb, article, user)
            assert everything(article) == before, role
            assert heard == []


def test_the_table_of_verbs_is_complete():
    """Every verb has a function, a permission that exists, and a word for the button and the message."""
    assert list(actions.VERBS) == list(actions.BY_NAME) == list(TABLE)
    codenames = {codename for codename, _name in Article._meta.permissions}
    for row in actions.VERBS.values():
        assert row.permission in codenames
        assert str(row.label) and str(row.done)
        assert row.needs_reason is (row.name in {"return", "withdraw"})


@pytest.mark.parametrize("reason", ["", "   ", "\n", "\u200b", "\x00"])
@pytest.mark.parametrize(("verb", "standing"), [("return", "submitted"), ("withdraw", "public")])
def test_a_reason_is_asked_for(verb, standing, reason, heard):
    """Returning and withdrawing need words that somebody can read; without them nothing changes."""
    desk = make_user("desk")
    state, hours_ago = STANDINGS[standing]
    article = make_article(state=state, hours_ago=hours_ago)
    before = everything(article)
    with pytest.raises(NotReady) as error:
        use(verb, article, desk, reason=reason)
    assert set(error.value.message_dict) == {"reason"}
    assert everything(article) == before and heard == []
    use(verb, article, desk, reason=" 첫 줄\n\n둘째\x00 줄 ")
    assert StateChange.objects.get().reason == "첫 줄\n둘째 줄"


LACKS = {
    "headline": {"headline": ""},
    "body": {"body": "<p>&nbsp;</p>"},
    "source": {"origin": Origin.AGENCY},
    "source_name": {"origin": Origin.AD},
}


@pytest.mark.parametrize("field", LACKS)
@pytest.mark.parametrize("verb", ["submit", "approve"])
def test_what_is_missing_is_told_by_field(verb, field):
    """The next step says what it needs; what only readers need is asked at approval."""
    chief = make_user("editor-in-chief")
    article = make_article(state=State.DRAFT, **LACKS[field])
    before = everything(article)
    if verb == "submit" and field in {"source", "source_name"}:
        assert use(verb, article, chief).state == State.SUBMITTED
        return
    with pytest.raises(NotReady) as error:
        use(verb, article, chief)
    assert set(error.value.message_dict) == {field}
    assert everything(article) == before


def test_all_that_is_missing_is_told_at_once():
    """Nobody has to try three times."""
    article = make_article(state=State.DRAFT, headline="", body="", origin=Origin.REPRINT)
    Article.objects.filter(pk=article.pk).update(section=None, top_section=None)
    with pytest.raises(NotReady) as error:
        actions.approve(article=article, by=make_user("desk"))
    assert set(error.value.message_dict) == {"headline", "body", "section", "source"}
    complete = make_article(state=State.DRAFT, origin=Origin.REPRINT, source=make_source())
    assert actions.approve(article=complete, by=make_user("desk")).is_public()


def test_a_withdrawn_story_comes_back_only_complete():
    """What was taken out of a story while it was withdrawn is asked for again."""
    article = make_article(state=State.WITHDRAWN, body="")
    with pytest.raises(NotReady):
        actions.restore(article=article, by=make_user("desk"))


NOW = datetime.datetime(2026, 11, 22, 9, 41, 5, tzinfo=datetime.UTC)


@pytest.mark.parametrize(("set_before", "given", "published"), [
    (None, None, NOW), (NOW - HOUR, None, NOW), (NOW, None, NOW), (NOW + HOUR, None, NOW + HOUR),
    (None, NOW + HOUR, NOW + HOUR), (None, NOW - HOUR, NOW), (NOW + HOUR, NOW + 2 * HOUR, NOW + 2 * HOUR),
    (NOW + HOUR, NOW - HOUR, NOW), (NOW - HOUR, NOW + HOUR, NOW + HOUR),
])  # fmt: skip
def test_approval_keeps_a_schedule_and_never_dates_back(set_before, given, published):
    """A time to come is kept; one that has passed means «at once»."""
    article = make_article(state=State.SUBMITTED)
    Article.objects.filter(pk=article.pk).update(published_at=set_before)
    with time_machine.travel(NOW, tick=False):
        actions.approve(article=article, by=make_user("desk"), published_at=given)
    article.refresh_from_db()
    assert (article.published_at, article.approved_at, article.saved_at) == (published, NOW, NOW)


def test_times_of_the_way_to_the_reader():
    """Submitted, returned, submitted again, approved: every time is the moment of its verb."""
    chief = make_user("editor-in-chief")
    article = make_article(state=State.DRAFT)
    steps = ["submit", "return", "submit", "hold", "approve", "withdraw", "restore"]
    for number, verb in enumerate(steps):
        with time_machine.travel(NOW + number * HOUR, tick=False):
            use(verb, article, chief)
    article.refresh_from_db()
    assert article.submitted_at == NOW + 2 * HOUR
    assert article.approved_at == article.published_at == NOW + 4 * HOUR
    assert article.saved_at == NOW + 6 * HOUR
    assert article.updated_at is None
    assert [row.verb for row in article.state_changes.order_by("pk")] == steps


def test_restoring_keeps_the_times():
    """A story that comes back stands where it stood."""
    desk = make_user("desk")
    article = make_article(hours_ago=50, updated_at=timezone.now() - HOUR)
    times = (article.published_at, article.approved_at, article.updated_at)
    actions.withdraw(article=article, by=desk, reason="오보")
    assert not article.is_public()
    actions.restore(article=article, by=desk)
    article.refresh_from_db()
    assert (article.published_at, article.approved_at, article.updated_at) == times
    assert article.is_public()


def test_a_scheduled_story_can_be_stopped_and_sent_off_again():
    """«Hold» stops it; the schedule is kept for the next approval; readers never hear of it."""
    desk = make_user("desk")
    article = make_article(hours_ago=-1)
    planned = article.published_at
    actions.hold(article=article, by=desk)
    with time_machine.travel(timezone.now() + 2 * HOUR):
        assert not Article.objects.public().exists()
        assert not Article.objects.withdrawn_from_public().exists()
    actions.approve(article=article, by=desk)
    article.refresh_from_db()
    assert article.published_at == planned


@pytest.mark.parametrize("change", Change)
@pytest.mark.parametrize("standing", STANDINGS)
def test_declaring_a_change(standing, change, heard):
    """Only an approved story; an update or correction of a public one moves the update time."""
    desk = make_user("desk")
    state, hours_ago = STANDINGS[standing]
    article = make_article(state=state, hours_ago=hours_ago)
    before = everything(article)
    if state != State.APPROVED:
        with pytest.raises(WrongState):
            actions.amend(article=article, by=desk, change=change, note="한 단락")
        assert everything(article) == before and heard == []
        return
    with time_machine.travel(NOW + 1000 * HOUR, tick=False):
        moves = standing == "public" and change != Change.TYPO
        Article.objects.filter(pk=article.pk).update(published_at=timezone.now() - hours_ago * HOUR)
        actions.amend(article=article, by=desk, change=change, note=" 한 단락\x00 ")
        article.refresh_from_db()
        assert article.updated_at == (timezone.now() if moves else None)
    row = StateChange.objects.get()
    assert (row.verb, row.change, row.reason, row.from_state, row.to_state) == (
        "amend", change, "한 단락", State.APPROVED, State.APPROVED,
    )  # fmt: skip
    assert heard == [
        {
            "sender": Article,
            "article": article,
            "verb": "amend",
            "by": desk,
            "was_public": standing == "public",
        }
    ]


@pytest.mark.parametrize("role", ["reporter", "copy-editor", "moderator", "desk"])
def test_who_may_declare_a_change(role):
    """What readers see belongs to those who may approve, even in a reporter's own story."""
    user = make_user(role)
    article = make_article(created_by=user)
    before = everything(article)
    if role == "desk":
        assert actions.amend(article=article, by=user, change=Change.UPDATE).updated_at
    else:
        with pytest.raises(NotAllowed):
            actions.amend(article=article, by=user, change=Change.UPDATE)
        assert everything(article) == before


def test_an_unknown_kind_of_change_is_refused():
    """The error lists the choices."""
    article = make_article()
    with pytest.raises(NotReady) as error:
        actions.amend(article=article, by=make_user("desk"), change="rewrite")
    assert "typo, update, correction" in error.value.messages[0]


def test_what_a_receiver_refuses_is_undone():
    """A signal is sent inside the transaction: when a receiver fails, row, copies and log are as before."""
    desk = make_user("desk")
    article = make_article(state=State.SUBMITTED, reporters=[make_reporter()], tags=["강"])
    before = everything(article)

    def refuse(sender, **arguments):
        StateChange.objects.create(article=article, verb="x", from_state="draft", to_state="draft")
        raise RuntimeError("no")

    article_changed.connect(refuse)
    try:
        with pytest.raises(RuntimeError):
            actions.approve(article=article, by=desk)
    finally:
        article_changed.disconnect(refuse)
    assert everything(article) == before


def test_a_verb_goes_by_what_is_saved():
    """Somebody else saved the story since it was loaded: nothing of the older state is written or checked."""
    desk = make_user("desk")
    stale = make_article("옛 제목", state=State.SUBMITTED, reporters=[make_reporter()], tags=["강"])
    section = make_section("새 섹션")
    newer = Article.objects.get(pk=stale.pk)
    newer.headline, newer.section, newer.body = "새 제목", section, "<p>새 글이다.</p>"
    newer.save()
    stale.headline = ""
    actions.approve(article=stale, by=desk)
    row = Article.objects.get(pk=stale.pk)
    assert (row.headline, row.section, row.top_section, row.excerpt) == (
        "새 제목",
        section,
        section,
        "새 글이다.",
    )
    assert stale.headline == "새 제목"
    again = Article.objects.get(pk=stale.pk)
    again.state = State.SUBMITTED
    with pytest.raises(WrongState):
        actions.approve(article=again, by=desk)


def test_a_change_cannot_be_declared_on_what_was_withdrawn_meanwhile():
    """The editor's form was open while the desk took the story down."""
    desk = make_user("desk")
    stale = make_article()
    actions.withdraw(article=Article.objects.get(pk=stale.pk), by=desk, reason="오보")
    before = everything(stale)
    with pytest.raises(WrongState):
        actions.amend(article=stale, by=desk, change=Change.UPDATE)
    assert everything(stale) == before


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite lets one writer in at a time")
@pytest.mark.parametrize(
    ("first", "second"), [("approve", "approve"), ("recall", "recall"), ("return", "recall")]
)
def test_two_at_once_are_one_after_the_other(first, second):
    """Two people press a button in the same moment: one verb is done and logged, the other is refused."""
    desk = make_user("desk")
    article = make_article(state=State.SUBMITTED, reporters=[make_reporter()])
    outcomes: list[str] = []

    def press(verb):
        try:
            use(verb, Article.objects.get(pk=article.pk), desk)
            outcomes.append("done")
        except WrongState:
            outcomes.append("refused")
        finally:
            connection.close()

    threads = [threading.Thread(target=press, args=[verb]) for verb in (first, second)]
    with transaction.atomic():
        Article.objects.select_for_update().get(pk=article.pk)
        for thread in threads:
            thread.start()
        for thread in threads:  # both wait for the row that is held here
            thread.join(timeout=0.5)
            assert thread.is_alive()
    for thread in threads:
        thread.join(timeout=20)
    assert sorted(outcomes) == ["done", "refused"]
    assert StateChange.objects.count() == 1


def test_settling_copies_what_lists_read(django_assert_max_num_queries):
    """Lead photo, names of tags in the order they were given, and the time on bylines and tags."""
    article = make_article(reporters=[make_reporter()], tags=["쌀값"])
    lead, other = make_photo(), make_photo()
    Placement.objects.create(article=article, photo=other, place=Placement.Place.TEXT, order=0)
    Placement.objects.create(article=article, photo=make_photo(), place=Placement.Place.LEAD, order=3)
    Placement.objects.create(article=article, photo=lead, place=Placement.Place.LEAD, order=2)
    article.tags.add("군의회")
    article.tags.add("가을")
    moved = article.published_at - HOUR
    Article.objects.filter(pk=article.pk).update(published_at=moved)
    with django_assert_max_num_queries(7):
        actions.settle(article=article)
    row = Article.objects.get(pk=article.pk)
    assert row.lead_photo == article.lead_photo == lead
    assert row.tag_list == article.tag_list == ["쌀값", "군의회", "가을"]
    # The copies follow the row, not the older story in memory.
    assert {byline.published_at for byline in row.bylines.all()} == {moved}
    assert {item.published_at for item in row.tagged_items.all()} == {moved}
    row.placements.all().delete()
    row.tags.clear()
    row = actions.settle(article=row)
    assert row.lead_photo is None and row.tag_list == []


def test_settling_touches_nothing_else():
    """Words that somebody else saved meanwhile stay."""
    stale = make_article("옛 제목")
    Article.objects.filter(pk=stale.pk).update(headline="새 제목", version=7)
    actions.settle(article=stale)
    row = Article.objects.get(pk=stale.pk)
    assert (row.headline, row.version) == ("새 제목", 7)


def test_approval_reaches_the_lists_of_reporters_and_tags():
    """Bylines and tags carry the time as soon as the story is approved."""
    reporter = make_reporter()
    article = make_article(state=State.DRAFT, reporters=[reporter], tags=["강"])
    assert article.bylines.get().published_at is None
    actions.approve(article=article, by=make_user("desk"))
    assert list(Article.objects.public().by_reporter(reporter)) == [article]
    assert article.tagged_items.get().published_at == article.published_at


def test_stories_move_with_their_section():
    """A section that is put under another takes its stories into the list of that one, and back."""
    top, section, other = make_section("지역"), make_section("읍내"), make_section("문화")
    article, elsewhere = make_article(section=section), make_article(section=other)
    section.parent = top
    section.save()
    assert actions.move_section(section=section) == 1
    assert list(Article.objects.in_section(top)) == [article]
    section.parent = None
    section.save()
    actions.move_section(section=section)
    assert list(Article.objects.in_section(section)) == [article]
    assert list(Article.objects.in_section(other)) == [elsewhere]


def originals() -> set[str]:
    """Return the names of all originals in the store."""
    found, folders = set(), [""]
    while folders:
        folder = folders.pop()
        below, files = original_storage().listdir(folder) if original_storage().exists(folder) else ([], [])
        found.update(f"{folder}/{name}" for name in files)
        folders += [f"{folder}/{name}".strip("/") for name in below]
    return found


def uploaded(content: bytes) -> SimpleUploadedFile:
    """Return an upload as a browser sends it."""
    return SimpleUploadedFile("사진.jpg", content, "image/jpeg")


def test_a_photo_is_stored_with_its_renditions():
    """Row, original, renditions, who uploaded it, and a signal; the file of the upload is not used up."""
    heard, user = [], make_user("photographer")

    def receiver(sender, photo, **arguments):
        heard.append(photo)

    photo_changed.connect(receiver)
    photo = actions.store_photo(photo=Photo(file=uploaded(picture_bytes((500, 300)))), by=user)
    photo_changed.disconnect(receiver)
    assert Photo.objects.get() == photo and heard == [photo]
    assert (photo.width, photo.height, photo.created_by) == (500, 300, user)
    with original_storage().open(photo.file.name) as stored:
        assert stored.read() == picture_bytes((500, 300))


@pytest.mark.parametrize(
    "content", [b"", b"<svg/>", b"<html>", picture_bytes()[:200], b"\xff\xd8\xff" + b"x" * 500]
)
def test_what_is_no_picture_leaves_nothing_behind(content):
    """No row, no original, no signal."""
    before = originals()
    with pytest.raises(PhotoFileError):
        actions.store_photo(photo=Photo(file=uploaded(content)), by=make_user("photographer"))
    assert not Photo.objects.exists()
    assert originals() == before


def test_a_photo_whose_file_is_lost_says_so():
    """No error of the file system reaches the desk; the row stays as it was."""
    photo = make_photo()
    original_storage().delete(photo.file.name)
    before = Photo.objects.values().get()
    with pytest.raises(PhotoFileError):
        actions.store_photo(photo=Photo.objects.get())
    assert Photo.objects.values().get() == before
