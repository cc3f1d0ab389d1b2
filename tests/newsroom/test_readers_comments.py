"""Comments: written without cookie and token, held until approved, never lost and never markup."""

import datetime

import pytest
import time_machine
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from articles.states import State
from newsroom.publication.models import Publication
from newsroom.readers.models import Comment

from ..factories import make_article, make_user

pytestmark = pytest.mark.django_db
HERE = {"sec-fetch-site": "same-origin"}


@pytest.fixture
def cache_in_process(settings):
    """A cache that lives by the clock of the test; Redis has its own."""
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    cache.clear()


def address(article) -> str:
    return reverse("readers:comment", args=[article.pk])


def send(client, article, *, headers=HERE, ip="203.0.113.7", **typed):
    """Send the form as a reader does."""
    typed = {"name": "강가사람", "text": "잘 읽었습니다.", "website": ""} | typed
    return client.post(address(article), typed, headers=headers, REMOTE_ADDR=ip)


def make_comment(article, text="좋은 기사입니다.", **fields) -> Comment:
    return Comment.objects.create(article=article, text=text, **{"name": "독자", "state": "public"} | fields)


def test_a_comment_waits_for_approval(client):
    """It is stored, the reader is told plainly, and nobody sees it before somebody of the paper did."""
    article = make_article()
    answer = send(client, article, text="다리가 걱정입니다.")
    assert answer.status_code == 303
    assert not answer.cookies
    page = client.get(answer.headers["Location"]).content.decode()
    assert 'role="status"' in page
    assert "다리가 걱정입니다." not in page + client.get(article.get_absolute_url()).content.decode()
    comment = Comment.objects.get()
    assert (comment.name, comment.text, comment.state) == ("강가사람", "다리가 걱정입니다.", "pending")
    Comment.objects.update(state=Comment.State.PUBLIC)
    for shown_on in (address(article), article.get_absolute_url()):
        assert "다리가 걱정입니다." in client.get(shown_on).content.decode()


def test_the_form_needs_no_script_no_cookie_and_no_token(client):
    """The story's page holds the form as it is sent, with the paper's rules above it."""
    Publication.objects.create(name="나루신문", comment_rules="서로 존중해 주세요.")
    answer = client.get(make_article().get_absolute_url())
    page = answer.content.decode()
    assert "서로 존중해 주세요." in page
    assert "csrfmiddlewaretoken" not in page
    assert not answer.cookies


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ({"name": ""}, "잘 읽었습니다."),
        ({"text": ""}, "강가사람"),
        ({"name": "가" * 21}, "가" * 21),
        ({"text": "가" * 601}, "가" * 601),
        ({"text": "줄\n" * 26}, "줄\n줄"),
        ({"text": "앞\x00뒤"}, "강가사람"),
        ({"name": "앞\x1b뒤"}, "잘 읽었습니다."),
        ({"website": "http://casino.example"}, "잘 읽었습니다."),
        ({"text": "   \n \u200b\u3164 "}, "강가사람"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(client, typed, kept):
    """The form comes back with 422, the fault in words and every field as it was."""
    article = make_article()
    answer = send(client, article, **typed)
    page = answer.content.decode().replace("\r\n", "\n")
    assert answer.status_code == 422
    assert "errorlist" in page
    assert kept in page
    assert not Comment.objects.exists()
    assert send(client, article).status_code == 303


def test_length_is_counted_as_browsers_count_it(client):
    """A line end is one character, though forms send two; blank lines are never more than one."""
    text = "\r\n".join(["가" * 74] * 8)  # 599 with one character a line end, 606 with two
    assert send(client, make_article(), text=text).status_code == 303
    assert send(client, make_article(), text="앞\r\n\r\n\r\n\r\n뒤").status_code == 303
    assert list(Comment.objects.order_by("pk").values_list("text", flat=True)) == [
        text.replace("\r\n", "\n"),
        "앞\n\n뒤",
    ]


def test_a_comment_is_text_and_nothing_else(client):
    """Markup is shown as it was typed, an address is not linked."""
    article = make_article()
    make_comment(article, '<script>alert(1)</script> https://casino.example <a href="x">', name="<b>나</b>")
    for shown_on in (address(article), article.get_absolute_url()):
        page = client.get(shown_on).content.decode()
        assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
        assert "<script>alert" not in page
        assert "&lt;b&gt;나&lt;/b&gt;" in page
        assert 'href="https://casino' not in page


@pytest.mark.parametrize(
    ("headers", "taken"),
    [
        ({"sec-fetch-site": "same-origin"}, True),
        ({"sec-fetch-site": "cross-site"}, False),
        ({"sec-fetch-site": "cross-site", "origin": "http://testserver"}, False),
        ({"origin": "http://testserver"}, True),
        ({"origin": "https://evil.example"}, False),
        ({"origin": "http://testserver.evil.example"}, False),
        ({"origin": "null"}, False),
        ({"referer": "http://testserver/articles/1/"}, True),
        ({"referer": "https://evil.example/testserver"}, False),
        ({}, False),
    ],
)
def test_a_comment_comes_from_a_page_of_the_paper(client, headers, taken):
    """Forms on other sites are refused; what was typed is shown again."""
    article = make_article()
    answer = send(client, article, headers=headers, text="다른 데서 보낸 글")
    assert answer.status_code == (303 if taken else 403)
    assert Comment.objects.exists() is taken
    assert taken or "다른 데서 보낸 글" in answer.content.decode()


def test_three_comments_in_five_minutes_on_one_story(client, cache_in_process):
    """The fourth is refused with what was typed; another story, another reader and later go."""
    article, other = make_article(), make_article("다른 기사")
    for _ in range(3):
        assert send(client, article).status_code == 303
    refused = send(client, article, text="네 번째 글")
    assert refused.status_code == 429
    assert "네 번째 글" in refused.content.decode()
    assert Comment.objects.count() == 3
    assert send(client, other).status_code == 303
    assert send(client, article, ip="203.0.113.8").status_code == 303
    with time_machine.travel(timezone.now() + datetime.timedelta(minutes=6), tick=True):
        assert send(client, article).status_code == 303


def test_twenty_comments_a_day(client):
    """However many stories they are spread over; another address is another reader."""
    for number in range(20):
        assert send(client, make_article(f"기사 {number}")).status_code == 303
    last = make_article("스물한째")
    assert send(client, last).status_code == 429
    assert send(client, last, ip="203.0.113.8").status_code == 303


def test_closed_comments_take_none(client):
    """Closed on the story or for the whole paper: no form, and a comment sent all the same is given back."""
    closed = make_article(comments_open=False)
    shown = make_comment(closed, "앞서 단 댓글")
    page = client.get(closed.get_absolute_url()).content.decode()
    assert "comment-form" not in page
    assert shown.text in page
    answer = send(client, closed, text="늦은 글")
    assert answer.status_code == 403
    assert "늦은 글" in answer.content.decode()
    article = make_article("열린 기사")
    Publication.objects.create(comments_open=False)
    assert send(client, article).status_code == 403
    assert Comment.objects.count() == 1
    Publication.objects.update(comments_open=True)
    assert send(client, article).status_code == 303


@pytest.mark.parametrize("state", [state for state in State if state != State.APPROVED])
def test_a_story_that_is_not_public_has_no_comments(client, state):
    """Neither page nor form, also for the staff and under embargo."""
    client.force_login(make_user("moderator"))
    for article in (make_article(state=state), make_article(hours_ago=-1)):
        make_comment(article)
        assert client.get(address(article)).status_code == 404
        assert send(client, article).status_code == 404
    assert client.get("/articles/99999999999999999999/comments/").status_code == 404


def test_many_comments_are_shown_page_by_page(client, django_assert_max_num_queries):
    """Thirty under the story, newest first, with the way to the others; every one stands on one page only."""
    article = make_article()
    now = timezone.now()
    for number in range(65):
        make_comment(article, f"글 {number:02}", created_at=now - datetime.timedelta(minutes=65 - number))
    make_comment(article, "아직 안 보이는 글", state="pending")
    story = client.get(article.get_absolute_url()).content.decode()
    assert story.count('class="comment"') == 30
    assert '<span class="comments__count">65</span>' in story
    assert address(article) in story
    seen, query = [], ""
    while True:
        with django_assert_max_num_queries(8):
            answer = client.get(address(article) + query)
        page = answer.context["page"]
        seen += [comment.text for comment in page.items]
        if not page.next:
            break
        query = page.next
    assert seen == [f"글 {number:02}" for number in reversed(range(65))]


def test_garbled_positions_of_comments_are_no_page(client):
    """As in every list."""
    assert client.get(address(make_article()), {"before": "abc"}).status_code == 404


def test_comments_cost_a_story_one_query(client):
    """The same with none and with twenty; the count is not asked for where all are shown."""
    article = make_article()

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            client.get(article.get_absolute_url())
        return len([query for query in captured if "newsroom_readers_comment" in query["sql"]])

    assert queries() == 1
    for number in range(20):
        make_comment(article, f"글 {number}")
    assert queries() == 1
