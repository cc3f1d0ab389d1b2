"""The verbs on the desk: who may press which button, what happens, and what happens to what was typed."""

import datetime
from dataclasses import replace

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from articles import actions
from articles.models import Article, StateChange
from articles.states import Change, Origin, State

from ..desk_forms import CHANGE, fields_of, form_of, messages_of, post, row, send, signed_in
from ..factories import make_article, make_photo, make_section, make_user

pytestmark = pytest.mark.django_db

TYPED = "다시 쓴 제목"
# Who may use a verb on a story of somebody else.
OTHERS = {
    "submit": {"copy-editor", "desk", "editor-in-chief", "publisher"},
    "recall": {"copy-editor", "desk", "editor-in-chief", "publisher"},
    "approve": {"desk", "editor-in-chief", "publisher"},
    "return": {"desk", "editor-in-chief", "publisher"},
    "hold": {"desk", "editor-in-chief", "publisher"},
    "withdraw": {"desk", "editor-in-chief", "publisher"},
    "restore": {"desk", "editor-in-chief", "publisher"},
}
START = {
    "submit": State.DRAFT, "recall": State.SUBMITTED, "approve": State.SUBMITTED, "return": State.SUBMITTED,
    "hold": State.SUBMITTED, "withdraw": State.APPROVED, "restore": State.WITHDRAWN,
}  # fmt: skip
END = {
    "submit": State.SUBMITTED, "recall": State.DRAFT, "approve": State.APPROVED, "return": State.RETURNED,
    "hold": State.HELD, "withdraw": State.WITHDRAWN, "restore": State.APPROVED,
}  # fmt: skip
ROLES = ["reporter", "photographer", "copy-editor", "desk", "editor-in-chief", "moderator", "publisher"]


@pytest.mark.parametrize("verb", OTHERS)
@pytest.mark.parametrize("role", ROLES)
def test_a_verb_works_for_those_who_may_use_it_and_changes_nothing_for_others(role, verb):
    """Every role presses every button on a stranger's story; a refusal leaves state, words and history alone."""
    article = make_article(state=START[verb], created_by=make_user("reporter"))
    before = Article.objects.values().get(pk=article.pk)
    values = form_of(signed_in(make_user("desk")), article) | {
        "reason": "다시 확인 바랍니다",
        "headline": TYPED,
    }

    answer = post(signed_in(make_user(role)), values, article, verb=verb)

    after = Article.objects.values().get(pk=article.pk)
    if role in OTHERS[verb]:
        assert (answer.status_code, after["state"]) == (302, END[verb])
        assert actions.newest(Article.objects.get(pk=article.pk)).headline == TYPED
        assert StateChange.objects.filter(article=article, verb=verb).count() == 1
    else:
        assert after["state"] == before["state"]
        assert not StateChange.objects.filter(article=article, verb=verb).exists()
        if role != "copy-editor":
            assert after == before


@pytest.mark.parametrize(("verb", "allowed"), [("submit", True), ("approve", False), ("hold", False)])
def test_a_reporter_hands_on_an_own_story_and_no_more(verb, allowed):
    """On an own draft a reporter may submit; approving is refused, what was typed is saved."""
    user = make_user("reporter")
    article = make_article(state=State.DRAFT, created_by=user)
    client = signed_in(user)

    answer = send(client, article, verb=verb, headline=TYPED)

    article.refresh_from_db()
    assert article.headline == TYPED
    assert article.state == (State.SUBMITTED if allowed else State.DRAFT)
    if not allowed:
        assert "The story is saved, but nothing else was done." in messages_of(client, answer)


def test_a_reporter_takes_back_what_was_submitted():
    """A submitted story is read-only for its reporter, whose button still takes it back."""
    user = make_user("reporter")
    article = make_article(state=State.SUBMITTED, created_by=user)
    client = signed_in(user)
    page = client.get(reverse(CHANGE, args=[article.pk])).content.decode()
    assert 'name="headline"' not in page
    assert f'formaction="{reverse("admin:articles_article_verb", args=[article.pk])}"' in page

    client.post(reverse("admin:articles_article_verb", args=[article.pk]), {"_verb": "recall"})

    article.refresh_from_db()
    assert article.state == State.DRAFT
    assert 'name="headline"' in client.get(reverse(CHANGE, args=[article.pk])).content.decode()


def test_a_stranger_cannot_reach_the_verbs_of_a_story_by_its_address():
    """A reporter's request to the address of verbs of another's story changes nothing."""
    article = make_article(state=State.SUBMITTED, created_by=make_user("reporter"))
    answer = signed_in(make_user("reporter")).post(
        reverse("admin:articles_article_verb", args=[article.pk]), {"_verb": "recall"}
    )
    article.refresh_from_db()
    assert (answer.status_code, article.state) == (302, State.SUBMITTED)


def test_only_possible_buttons_are_offered():
    """The page shows the verbs of the table that fit state and person, and a reason where one is needed."""
    article = make_article(state=State.SUBMITTED)
    page = signed_in(make_user("desk")).get(reverse(CHANGE, args=[article.pk])).content.decode()
    shown = [verb for verb in OTHERS if f'name="_verb" value="{verb}"' in page]
    assert shown == ["recall", "approve", "return", "hold"]
    assert 'name="reason"' in page
    page = signed_in(make_user("copy-editor")).get(reverse(CHANGE, args=[article.pk])).content.decode()
    assert [verb for verb in OTHERS if f'name="_verb" value="{verb}"' in page] == ["recall"]


def test_what_is_missing_stands_beside_its_field_and_the_rest_is_saved():
    """Approving a reprint without section and source saves it, and the page says at both fields what is missing."""
    article = make_article(state=State.SUBMITTED)
    client = signed_in(make_user("desk"))

    answer = send(client, article, verb="approve", headline=TYPED, section="", origin=Origin.REPRINT)

    article.refresh_from_db()
    assert (article.headline, article.state, article.section) == (TYPED, State.SUBMITTED, None)
    page = client.get(answer["Location"])
    form = page.context["adminform"].form
    assert form.errors["section"] == ["Choose a section."]
    assert "source" in form.errors
    assert "The story is saved, but nothing else was done." in page.content.decode()
    assert "Choose a section." in page.content.decode()


def test_a_verb_that_needs_a_reason_asks_for_it():
    """Returning without a reason saves the story and comes back with the box for the reason open."""
    article = make_article(state=State.SUBMITTED)
    client = signed_in(make_user("desk"))
    answer = send(client, article, verb="return", headline=TYPED, reason="  ")
    article.refresh_from_db()
    assert (article.state, article.headline) == (State.SUBMITTED, TYPED)
    assert (
        '<details class="verbs__reason" id="return" open>' in client.get(answer["Location"]).content.decode()
    )

    send(client, article, verb="return", reason="숫자의 출처를 밝혀 주세요")
    article.refresh_from_db()
    assert article.state == State.RETURNED
    assert article.state_changes.first().reason == "숫자의 출처를 밝혀 주세요"


def test_the_reason_of_a_return_stands_in_the_history_for_its_reporter():
    """The reporter of a returned story reads why, newest change first."""
    user = make_user("reporter")
    article = make_article(state=State.SUBMITTED, created_by=user)
    send(signed_in(make_user("desk")), article, verb="return", reason="숫자의 출처를 밝혀 주세요")
    page = signed_in(user).get(reverse(CHANGE, args=[article.pk]))
    assert "숫자의 출처를 밝혀 주세요" in page.content.decode()
    send(signed_in(user), article, verb="submit")
    history = signed_in(user).get(reverse(CHANGE, args=[article.pk])).context["history"]
    assert [row.verb for row in history] == ["submit", "return"]


def test_a_reason_that_is_too_long_is_an_error_and_stays_in_the_box():
    """1,001 characters of reason are refused at the field; story and reason stand in the form again."""
    article = make_article(state=State.SUBMITTED)
    answer = send(signed_in(make_user("desk")), article, verb="return", headline=TYPED, reason="가" * 1001)
    assert answer.status_code == 200
    values = fields_of(answer)
    assert (values["headline"], values["reason"]) == (TYPED, "가" * 1001)
    article.refresh_from_db()
    assert article.state == State.SUBMITTED


def test_an_unknown_verb_is_answered_with_a_sentence():
    """A button that nobody made saves the story and does nothing else."""
    article = make_article(state=State.DRAFT)
    client = signed_in(make_user("desk"))
    answer = send(client, article, verb="explode", headline=TYPED)
    article.refresh_from_db()
    assert (article.headline, article.state) == (TYPED, State.DRAFT)
    assert "does not know what to do" in messages_of(client, answer)


def test_a_story_is_written_and_approved_in_one_press():
    """A one-person paper approves a new story at once; the message leads to its public page."""
    section = make_section()
    client = signed_in(make_user("admin"))
    answer = send(client, verb="approve", headline=TYPED, section=section.pk, body="한 줄\n두 줄")
    article = Article.objects.get()
    assert (article.state, article.body) == (State.APPROVED, "<p>한 줄</p><p>두 줄</p>")
    assert article.is_public()
    page = client.get(answer["Location"]).content.decode()
    assert page.count(article.get_absolute_url()) >= 2  # in the message and as «view on site»


def test_a_story_approved_for_later_waits_and_is_not_shown_on_site():
    """With a later time the message names it and there is no way to the public page yet."""
    article = make_article(state=State.SUBMITTED, hours_ago=1)
    client = signed_in(make_user("desk"))
    later = timezone.localtime() + datetime.timedelta(hours=3)
    answer = send(client, article, verb="approve", published_at=later.strftime("%Y-%m-%dT%H:%M"))
    article.refresh_from_db()
    assert article.state == State.APPROVED
    assert not article.is_public()
    page = client.get(answer["Location"]).content.decode()
    assert "Readers see it from" in page
    assert f'href="{article.get_absolute_url()}"' not in page


class TestApproved:
    """Changes of a story that readers see stand beside it until they are approved, and are declared."""

    def test_a_typo_moves_no_time_and_an_update_does(self):
        """The button «typo» lets readers see the change at once and moves no time; «update» moves it."""
        article = make_article(state=State.APPROVED)
        client = signed_in(make_user("desk"))
        published = article.published_at
        send(client, article, verb="approve:typo", headline=TYPED)
        article.refresh_from_db()
        assert (article.headline, article.updated_at, article.published_at) == (TYPED, None, published)
        send(client, article, verb="approve:update", body="<p>더 알아보았다.</p>", change_note="보강")
        article.refresh_from_db()
        assert article.updated_at is not None
        assert (article.published_at, article.change_state) == (published, "")
        assert [row.change for row in article.state_changes.all()] == [Change.UPDATE, Change.TYPO]
        assert article.state_changes.first().reason == "보강"

    def test_a_saved_change_is_not_what_readers_see(self):
        """«Save» keeps the change beside the story: the form shows it, no page of readers does."""
        article = make_article(state=State.APPROVED)
        client = signed_in(make_user("desk"))
        send(client, article, headline=TYPED, **row("bylines", 0, guest_name="이웃", role="writer"))
        article.refresh_from_db()
        assert (article.headline == TYPED, article.change_state) == (False, State.DRAFT)
        assert not article.bylines.exists()
        shown = form_of(client, article)
        assert (shown["headline"], shown["bylines-0-guest_name"]) == (TYPED, "이웃")
        assert TYPED not in Client().get(article.get_absolute_url()).content.decode()
        send(client, article, verb="approve:correction")
        page = Client().get(article.get_absolute_url()).content.decode()
        assert TYPED in page
        assert "이웃" in page

    def test_a_change_is_scheduled(self):
        """With a later time the change waits, and the message names the time."""
        article = make_article(state=State.APPROVED)
        client = signed_in(make_user("desk"))
        later = timezone.localtime() + datetime.timedelta(hours=3)
        answer = send(
            client, article, verb="approve:update", headline=TYPED, change_at=later.strftime("%Y-%m-%dT%H:%M")
        )
        assert "Readers see it from" in messages_of(client, answer)
        assert Article.objects.get().headline != TYPED
        assert form_of(client, article)["headline"] == TYPED
        assert article.scheduled_change.kind == Change.UPDATE

    def test_a_garbled_time_shows_nothing_at_once(self):
        """A time that cannot be read is an error on either page; nothing is approved."""
        article = make_article(state=State.APPROVED)
        desk = make_user("desk")
        actions.save(article=article, snapshot=replace(actions.newest(article), headline=TYPED), by=desk)
        client = signed_in(desk)
        sent = {"_verb": "approve:typo", "change_at": "next Tuesday", "version": "2"}
        client.post(reverse("admin:articles_article_verb", args=[article.pk]), sent)
        send(client, article, verb="approve:typo", change_at="2026-13-77T25:00")
        stored = Article.objects.get()
        assert (stored.headline == TYPED, stored.change_state) == (False, State.DRAFT)

    def test_saving_without_a_change_keeps_the_version(self):
        """A press on Save with nothing changed makes no revision, CR LF of the browser included."""
        article = make_article(
            state=State.APPROVED,
            deck="한 줄\n두 줄",
            tags=["쌀값", "군의회"],
            photos=[make_photo()],
            guests=["이웃"],
        )
        client = signed_in(make_user("desk"))
        values = form_of(client, article)
        values["deck"] = values["deck"].replace("\n", "\r\n")
        assert post(client, values, article).status_code == 302
        article.refresh_from_db()
        assert (article.version, article.change_state) == (1, "")
        answer = post(client, values, article, verb="approve:typo")
        assert "not possible while the story is" in messages_of(client, answer)

    def test_what_readers_need_cannot_be_taken_away(self):
        """Without section or text a change is kept, not approved; the error stands at the field."""
        article = make_article(state=State.APPROVED)
        client = signed_in(make_user("desk"))
        for name, value in (("section", ""), ("body", "<p> </p>")):
            answer = send(client, article, verb="approve:typo", **{name: value})
            page = client.get(answer["Location"])
            assert name in page.context["adminform"].form.errors, name
        stored = Article.objects.get()
        assert (stored.section is None, stored.body == "") == (False, False)

    def test_the_time_of_a_public_story_stands_still(self):
        """A time sent for a public story is passed over; one that waits can be moved, but never into the past."""
        article = make_article(state=State.APPROVED)
        client = signed_in(make_user("desk"))
        send(client, article, verb="approve:typo", headline=TYPED, published_at="2020-01-01T00:00")
        assert Article.objects.get().published_at == article.published_at
        waiting = make_article(state=State.APPROVED, hours_ago=-5)
        send(client, waiting, verb="approve", published_at="2020-01-01T00:00")
        waiting.refresh_from_db()
        assert timezone.now() - waiting.published_at < datetime.timedelta(minutes=1)

    def test_its_people_hand_on_a_change_and_cannot_show_it_themselves(self):
        """A reporter's change of the own public story goes to the desk; the button that shows it is not theirs."""
        user = make_user("reporter")
        article = make_article(state=State.APPROVED, created_by=user)
        client = signed_in(user)
        page = client.get(reverse(CHANGE, args=[article.pk])).content.decode()
        assert "approve" not in page.split('id="state"')[1].split("</section>")[0]
        send(client, article, verb="approve:typo", headline=TYPED)
        article.refresh_from_db()
        assert (article.headline == TYPED, article.change_state) == (False, State.DRAFT)
        send(client, article, verb="submit")
        article.refresh_from_db()
        assert (article.change_state, article.state) == (State.SUBMITTED, State.APPROVED)
        send(signed_in(make_user("desk")), article, verb="approve:typo")
        assert Article.objects.get().headline == TYPED
