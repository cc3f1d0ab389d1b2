"""Working copies by whole requests: kept while typing, offered in the form, dropped, and who else is there."""

import json
import uuid

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse

from articles.models import Article, Revision, WorkingCopy
from articles.states import State

from ..desk_forms import ADD, CHANGE, fields_of, form_of, messages_of, post, signed_in
from ..factories import make_article, make_section, make_user

pytestmark = pytest.mark.django_db

COPIES = "/admin/articles/article/copies/"


@pytest.fixture
def user():
    return make_user("desk", username="desk-1")


@pytest.fixture
def client(user):
    return signed_in(user)


@pytest.fixture
def story(user):
    return make_article("저장한 제목", state=State.DRAFT, created_by=user)


def say(client: Client, user, **said):
    """Send what the script of the page sends."""
    message = {"key": str(uuid.uuid4()), "by": user.pk, "article": None, "based_on": 1, "sequence": 0} | said
    return client.post(COPIES, json.dumps(message), content_type="application/json")


def typed_in(client: Client, article=None, **changes) -> dict:
    """Return the form of a story as a script would send it, with some fields changed."""
    return {name: [value] for name, value in (form_of(client, article) | changes).items()}


def test_what_is_typed_is_kept_and_the_form_opens_with_it(client, user, story):
    """Every field, rows included; the page says so, and nothing is stored in the story."""
    data = typed_in(client, story, headline="쓰다 만 제목", body="<p>쓰다 만 본문</p>", **{
        "bylines-TOTAL_FORMS": "1", "bylines-0-guest_name": "김이웃", "bylines-0-role": "writer",
        "bylines-0-order": "0",
    })  # fmt: skip
    key = str(uuid.uuid4())
    answer = say(client, user, key=key, article=story.pk, sequence=3, data=data)
    assert (answer.status_code, answer.json()["sequence"]) == (200, 3)
    page = client.get(reverse(CHANGE, args=[story.pk]))
    values = fields_of(page)
    assert (values["headline"], values["body"]) == ("쓰다 만 제목", "<p>쓰다 만 본문</p>")
    assert values["bylines-0-guest_name"] == "김이웃"
    assert values["copy_continued"] == f"{key}:3"
    assert "These are words that you typed and did not save." in page.text
    assert Article.objects.get().headline == "저장한 제목"


def test_the_words_of_another_person_are_not_offered(client, user, story):
    """Each sees their own."""
    say(client, user, article=story.pk, sequence=1, data=typed_in(client, story, headline="내 것"))
    assert form_of(signed_in(make_user("desk")), story)["headline"] == "저장한 제목"


def test_saving_settles_the_words(client, user, story):
    """The form opens with what is stored afterwards, and the browser may forget its own."""
    key = str(uuid.uuid4())
    values = form_of(client, story) | {"headline": "새 제목", "copy_key": key, "copy_sequence": "4"}
    say(client, user, key=key, article=story.pk, sequence=4, data={n: [v] for n, v in values.items()})
    assert post(client, values, story).status_code == 302
    assert form_of(client, story)["headline"] == "새 제목"
    copy = WorkingCopy.objects.get()
    assert (copy.stored_as, copy.article) == (Revision.objects.filter(article=story).first().number, story)
    held = say(client, user, held=[key, "no key"]).json()["held"]
    assert held == {key: {"sequence": 4, "stored": True}}


def test_a_save_that_is_refused_keeps_the_words_offered(client, user, story):
    """A headline of 300 characters is not stored; closed and opened again the page shows it."""
    key = str(uuid.uuid4())
    values = form_of(client, story) | {"headline": "가" * 300, "copy_key": key, "copy_sequence": "1"}
    say(client, user, key=key, article=story.pk, sequence=1, data={n: [v] for n, v in values.items()})
    answer = post(client, values, story)
    assert fields_of(answer)["copy_key"] == key
    assert f'data-key="{key}"' in answer.text
    assert form_of(client, story)["headline"] == "가" * 300


def test_a_new_story_that_was_never_saved_is_found_again(client, user):
    """Listed on the page of a new story, opened by its key; without the key that page is empty."""
    key = str(uuid.uuid4())
    say(client, user, key=key, sequence=1, data=typed_in(client, headline="처음부터 쓴 제목"))
    page = client.get(reverse(ADD))
    assert fields_of(page)["headline"] == ""
    assert (
        BeautifulSoup(page.content, "html.parser").select_one(f'a[href="?copy={key}"]').text
        == "처음부터 쓴 제목"
    )
    assert fields_of(client.get(f"{reverse(ADD)}?copy={key}"))["headline"] == "처음부터 쓴 제목"
    assert fields_of(signed_in(make_user("desk")).get(f"{reverse(ADD)}?copy={key}"))["headline"] == ""


@pytest.mark.parametrize("given", ["", "x", "0", "5ca49f20-e6d8-4fbf-9b4b-3b731cf89cbc"])
def test_a_key_that_means_nothing_opens_an_empty_page(client, given):
    """No 500 and no 404."""
    assert fields_of(client.get(reverse(ADD), {"copy": given}))["headline"] == ""


def test_a_form_that_is_sent_twice_makes_one_story(client, user):
    """The answer to the first never came; the second opens the story, and the way back does."""
    section = make_section()
    values = form_of(client) | {
        "headline": "두 번 누른 기사", "body": "<p>본문</p>", "section": section.pk,
        "copy_key": str(uuid.uuid4()), "copy_sequence": "2",
    }  # fmt: skip
    assert post(client, values).status_code == 302
    again = post(client, values)
    story = Article.objects.get()
    assert again["Location"] == reverse(CHANGE, args=[story.pk])
    assert "had been saved already" in messages_of(client, again)
    back = client.get(reverse(ADD), {"copy": values["copy_key"]})
    assert back["Location"] == reverse(CHANGE, args=[story.pk])


def test_words_are_dropped_by_a_button_and_kept_in_the_database(client, user, story):
    """What the window itself had added goes with them; the story opens as it is stored."""
    old, here = str(uuid.uuid4()), str(uuid.uuid4())
    data = typed_in(client, story, headline="버릴 제목")
    say(client, user, key=old, article=story.pk, sequence=2, data=data)
    say(client, user, key=here, article=story.pk, sequence=1, data=data, continued=f"{old}:2")
    answer = client.post(
        reverse("admin:articles_article_copy_drop"),
        {"copy_dropped": f"{old}:2", "copy_key": here, "copy_sequence": "1", "copy_article": story.pk},
    )
    assert answer["Location"] == reverse(CHANGE, args=[story.pk])
    assert form_of(client, story)["headline"] == "저장한 제목"
    assert WorkingCopy.objects.get(key=old).data["headline"] == ["버릴 제목"]


@pytest.mark.parametrize("sent", [{}, {"copy_article": "x", "copy_dropped": "y"}, {"copy_article": "9" * 30}])
def test_dropping_nothing_opens_a_new_story(client, sent):
    """Bad values are passed over."""
    assert client.post(reverse("admin:articles_article_copy_drop"), sent)["Location"] == reverse(ADD)


def test_the_words_are_shown_beside_what_is_saved(client, user, story):
    """With what was changed marked; to their writer alone."""
    key = str(uuid.uuid4())
    data = typed_in(client, story, headline="고친 제목", body="<p>첫 문단이다.</p><p>고친 문단이다.</p>")
    say(client, user, key=key, article=story.pk, sequence=1, data=data)
    address = reverse("admin:articles_article_copy", args=[key])
    page = BeautifulSoup(client.get(address).content, "html.parser")
    fields = [section["class"][-1] for section in page.select(".cmp__field")]
    assert fields == ["cmp__field--headline", "cmp__field--body"]
    assert "고친" in page.select_one(".cmp__field--headline ins").text
    assert signed_in(make_user("desk")).get(address).status_code == 404


def test_what_others_saved_since_is_no_change_of_the_writer(client, user, story):
    """The words stand beside the version that they began with, and the page says that there is a newer one."""
    key, second = str(uuid.uuid4()), signed_in(make_user("desk"))
    data = typed_in(client, story, headline="고친 제목")
    assert post(second, form_of(second, story) | {"deck": "남이 쓴 부제"}, story).status_code == 302
    say(client, user, key=key, article=story.pk, sequence=1, data=data, based_on=1)
    page = client.get(reverse("admin:articles_article_copy", args=[key]))
    assert "남이 쓴 부제" not in page.text
    assert "has been saved since" in page.text


def test_a_story_taken_over_by_the_desk_still_shows_its_reporter_their_words(user):
    """The page is for reading by now, and leads to what was typed before."""
    reporter = make_user("reporter")
    story = make_article(state=State.DRAFT, created_by=reporter)
    client = signed_in(reporter)
    say(
        client,
        reporter,
        article=story.pk,
        sequence=1,
        data=typed_in(client, story, headline="미처 못 낸 제목"),
    )
    Article.objects.update(state=State.SUBMITTED, submitted_at=story.saved_at)
    page = BeautifulSoup(client.get(reverse(CHANGE, args=[story.pk])).content, "html.parser")
    link = page.select_one(".copies__bar a")["href"]
    assert "미처 못 낸 제목" in client.get(link).text


def test_two_people_see_each_other_and_what_was_saved(client, user, story):
    """By name; and the version that is stored by now, with who saved it."""
    other = make_user("desk", last_name="도", first_name="하람")
    second = signed_in(other)
    say(second, other, article=story.pk, sequence=1, data=typed_in(second, story, headline="둘째"))
    answer = say(client, user, article=story.pk).json()
    assert [person["name"] for person in answer["others"]] == ["도하람"]
    assert post(second, form_of(second, story) | {"headline": "도하람의 제목"}, story).status_code == 302
    answer = say(client, user, article=story.pk).json()
    assert (answer["version"], answer["saved_by"], answer["own"]) == (
        Article.objects.get().version,
        "도하람",
        False,
    )
    say(
        second,
        other,
        key=str(WorkingCopy.objects.filter(by=other).first().key),
        article=story.pk,
        leaving=True,
    )
    assert say(client, user, article=story.pk).json()["others"] == []


def test_nobody_learns_of_a_story_that_is_not_theirs(story):
    """Words sent for it are kept as those of a new story; who is in it is not told."""
    reporter = make_user("reporter")
    client = signed_in(reporter)
    answer = say(client, reporter, article=story.pk, sequence=1, data={"headline": ["내 글"]})
    assert (answer.status_code, answer.json()["others"]) == (200, [])
    assert "version" not in answer.json()
    assert WorkingCopy.objects.get().article is None


def test_without_a_session_the_script_is_told_and_not_led_elsewhere(user, story):
    """401 with a token that holds after signing in; nothing is kept."""
    answer = say(Client(), user, article=story.pk, sequence=1, data={})
    assert (answer.status_code, answer.json()["reason"]) == (401, "signed_out")
    assert answer.json()["csrf"]
    assert not WorkingCopy.objects.exists()


def test_words_of_one_account_are_never_kept_under_another(client, user, story):
    """Another account has signed in in this browser since: its name is told."""
    answer = say(client, make_user("desk"), article=story.pk, sequence=1, data={"headline": ["남의 창"]})
    assert (answer.status_code, answer.json()["reason"], answer.json()["name"]) == (401, "other", "desk-1")
    key = str(uuid.uuid4())
    other = make_user("desk")
    assert say(signed_in(other), other, key=key).status_code == 200
    assert say(client, user, key=key, sequence=1, data={}).json()["reason"] == "refused"


def test_a_void_token_is_answered_with_a_new_one(user):
    """What another tab did to the cookie heals itself: GET gives a token, with which the message goes through."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(user)
    assert say(client, user).status_code == 403
    token = client.get(COPIES).json()["csrf"]
    message = {"key": str(uuid.uuid4()), "by": user.pk, "sequence": 0}
    answer = client.post(COPIES, message, content_type="application/json", headers={"x-csrftoken": token})
    assert answer.status_code == 200


def test_who_writes_no_stories_keeps_none():
    """A moderator is refused in words of the protocol."""
    moderator = make_user("moderator")
    assert say(signed_in(moderator), moderator).json()["reason"] == "refused"


@pytest.mark.parametrize(
    "body",
    [
        b"", b"[]", b"\xff", b'{"key": 5}', b'{"key": "x"}',
        b'{"key": "00000000-0000-4000-8000-000000000000", "by": "1"}',
        b'{"key": "00000000-0000-4000-8000-000000000000", "by": 1, "sequence": -1}',
        b'{"key": "00000000-0000-4000-8000-000000000000", "by": 1, "sequence": true}',
        b'{"key": "00000000-0000-4000-8000-000000000000", "by": 1, "article": 1e400}',
        b'{"key": "00000000-0000-4000-8000-000000000000", "by": 1, "sequence": 99999999999}',
        b'{"key": "00000000-0000-4000-8000-000000000000", "by": 1, "data": []}',
        b'{"key": "00000000-0000-4000-8000-000000000000", "by": 1, "data": {"headline": "x"}}',
        b'{"key": "00000000-0000-4000-8000-000000000000", "by": 1, "data": {"headline": [1]}}',
        b'{"key": "00000000-0000-4000-8000-000000000000", "by": 1, "held": {}}',
        b'{"key": "00000000-0000-4000-8000-000000000000", "by": 1, "data": ' + b"[" * 100_000,
    ],
)  # fmt: skip
def test_what_the_script_would_not_send_is_refused(client, body):
    """400, and nothing is written."""
    answer = client.post(COPIES, body, content_type="application/json")
    assert (answer.status_code, answer.json()["reason"]) == (400, "unreadable")
    assert not WorkingCopy.objects.exists()


def test_rubbish_in_every_field_is_shown_and_breaks_nothing(client, user, story):
    """A copy that no form of ours would make opens all the same, and so does its comparison."""
    names = ["section", "published_at", "deadline", "bylines-TOTAL_FORMS", "seen", "copy_sequence", "ai_use"]
    data = typed_in(client, story) | {"related_links-TOTAL_FORMS": ["1"], "headline": ["쓰다 만 제목"]}
    for sequence, rubbish in enumerate(["x", "-1", "9" * 25, "２", ""], start=1):
        key = str(uuid.uuid4())
        sent = data | {name: [rubbish] for name in names} | {"tags": []}
        assert say(client, user, key=key, article=story.pk, sequence=sequence, data=sent).status_code == 200
        assert form_of(client, story)["headline"] == "쓰다 만 제목"
        assert client.get(reverse("admin:articles_article_copy", args=[key])).status_code == 200


def test_the_answer_costs_the_same_for_one_and_for_many(client, user, story, django_assert_max_num_queries):
    """Session, person, their rights (3), story, window (2), newest version, the others."""

    def people(count: int) -> None:
        for _ in range(count):
            other = make_user("desk")
            say(signed_in(other), other, article=story.pk, sequence=1, data={"headline": ["x"]})

    key = str(uuid.uuid4())
    data = typed_in(client, story)
    for sequence, count in ((1, 1), (2, 9)):
        people(count)
        with django_assert_max_num_queries(16):
            answer = say(client, user, key=key, article=story.pk, sequence=sequence, data=data)
        assert len(answer.json()["others"]) >= count
