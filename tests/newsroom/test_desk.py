"""The desk's own pages: what waits, front pages, the publication, comments, people, and the policy on all of them."""

import datetime
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from articles.states import State
from newsroom.accounts.roles import ROLES
from newsroom.front.models import Front, Slot
from newsroom.publication.models import Page, Publication
from newsroom.readers.models import Comment

from ..desk_forms import fields_of, messages_of, row, signed_in
from ..factories import make_article, make_reporter, make_section, make_user

pytestmark = pytest.mark.django_db

MOST_QUERIES = 12


def queries_of(client, address: str) -> int:
    """Return the number of queries of a page."""
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def comment(text: str = "잘 읽었습니다", **fields) -> Comment:
    return Comment.objects.create(article=make_article(), name="이웃", text=text, **fields)


class TestIndex:
    """The first page."""

    def test_it_shows_what_waits_for_the_desk(self):
        """The queue with the time of waiting, what is scheduled, the number of comments, quick buttons."""
        make_article("송고된 글", state=State.SUBMITTED)
        make_article("예약된 글", hours_ago=-4)
        comment()
        page = signed_in(make_user("desk")).get("/admin/").content.decode()
        for words in (
            "송고된 글",
            "waiting for",
            "예약된 글",
            "Comments waiting: 1",
            "New story",
            "Front page",
            "Upload photo",
        ):
            assert words in page, words

    def test_it_shows_a_reporter_the_own_stories_only(self):
        """Returned ones and drafts of one's own; nothing of others, no comments, no front page."""
        user = make_user("reporter")
        make_article("돌아온 글", state=State.RETURNED, created_by=user)
        make_article("내 초고", state=State.DRAFT, created_by=user)
        make_article("남의 송고", state=State.SUBMITTED)
        page = signed_in(user).get("/admin/").content.decode()
        assert "돌아온 글" in page
        assert "내 초고" in page
        assert "남의 송고" not in page
        assert "Comments waiting" not in page
        assert "Front page" not in page

    @pytest.mark.parametrize("role", ROLES)
    def test_it_costs_at_most_twelve_queries_at_any_length(self, role):
        """The same number of queries for a few stories of each list as for many."""
        user = make_user(role)
        client = signed_in(user)

        def fill(number: int) -> None:
            for state in (State.DRAFT, State.RETURNED, State.SUBMITTED):
                for _ in range(number):
                    make_article(state=state, created_by=user, reporters=[make_reporter()])
            for _ in range(number):
                make_article(hours_ago=-2, created_by=user, reporters=[make_reporter()])
                comment()

        fill(1)
        few = queries_of(client, "/admin/")
        fill(12)
        assert queries_of(client, "/admin/") == few <= MOST_QUERIES

    def test_everything_stands_in_the_order_of_a_newsroom(self):
        """Stories first, then front pages, readers, the publication, accounts."""
        page = signed_in(make_user("admin")).get("/admin/")
        labels = [app["app_label"] for app in page.context["app_list"]]
        assert labels == [
            "articles",
            "newsroom_planning",
            "newsroom_front",
            "newsroom_readers",
            "newsroom_publication",
            "newsroom_accounts",
            "auth",
        ]
        assert [model["object_name"] for model in page.context["app_list"][0]["models"]][:4] == [
            "Article",
            "Photo",
            "Video",
            "Correction",
        ]

    def test_comments_are_counted_no_further_than_needed(self):
        """More than 99 are «99+»."""
        article = make_article()
        Comment.objects.bulk_create(Comment(article=article, name="이웃", text="글") for _ in range(120))
        assert "Comments waiting: 99+" in signed_in(make_user("moderator")).get("/admin/").content.decode()


class TestFront:
    """Curated pages."""

    def test_places_are_ordered_and_name_what_waits(self):
        """Slots change their order; a story that is not public says from when it shows."""
        front = Front.objects.create()
        one, two = make_article("첫째"), make_article("둘째", hours_ago=-3)
        for order, article in enumerate((one, two)):
            Slot.objects.create(front=front, article=article, order=order)
        client = signed_in(make_user("desk"))
        address = reverse("admin:newsroom_front_front_change", args=[front.pk])
        page = client.get(address)
        assert "Waits for" in page.content.decode()
        values = fields_of(page) | {"slots-0-order": 1, "slots-1-order": 0}
        assert client.post(address, values).status_code == 302
        assert [slot.article for slot in front.slots.all()] == [two, one]

    def test_the_latest_stories_stand_beside_the_places(self):
        """Public stories without a place are offered, others are not."""
        front = Front.objects.create()
        placed = make_article("자리가 있는 글")
        Slot.objects.create(front=front, article=placed)
        make_article("새 글")
        make_article("비밀 초고", state=State.DRAFT)
        page = signed_in(make_user("desk")).get(reverse("admin:newsroom_front_front_change", args=[front.pk]))
        assert [story.headline for story in page.context["latest"]] == ["새 글"]

    def test_a_story_has_one_place_and_the_paper_one_front_page(self):
        """The same story twice, or a second front page, is an error of the form, nothing is lost."""
        front, article = Front.objects.create(), make_article()
        client = signed_in(make_user("desk"))
        address = reverse("admin:newsroom_front_front_change", args=[front.pk])
        values = (
            fields_of(client.get(address))
            | row("slots", 0, article=article.pk)
            | row("slots", 1, article=article.pk)
        )
        assert client.post(address, values).status_code == 200
        assert not front.slots.exists()
        address = reverse("admin:newsroom_front_front_add")
        assert client.post(address, fields_of(client.get(address))).status_code == 200
        assert Front.objects.count() == 1

    def test_pages_cost_the_same_at_any_length(self):
        """List and form ask as much for one place as for ten."""
        front = Front.objects.create()
        client = signed_in(make_user("desk"))
        address = reverse("admin:newsroom_front_front_change", args=[front.pk])
        Slot.objects.create(front=front, article=make_article())
        few = queries_of(client, address), queries_of(client, "/admin/newsroom_front/front/")
        for _ in range(9):
            Slot.objects.create(front=front, article=make_article())
            Front.objects.create(section=make_section())
        lots = queries_of(client, address), queries_of(client, "/admin/newsroom_front/front/")
        assert lots[1] == few[1] <= MOST_QUERIES
        assert lots[0] <= few[0] + 9  # the name of the chosen story in each picker


class TestPublication:
    """The newspaper's settings and fixed pages."""

    def test_it_is_one_object_and_warns_of_what_the_law_asks(self):
        """The list leads to the form, even before the row exists; missing particulars are named."""
        client = signed_in(make_user("publisher"))
        Publication.objects.all().delete()
        answer = client.get("/admin/newsroom_publication/publication/", follow=True)
        page = answer.content.decode()
        assert "which are still empty" in page
        assert client.get("/admin/newsroom_publication/publication/add/").status_code == 403
        address = "/admin/newsroom_publication/publication/1/change/"
        assert client.post(address, fields_of(answer) | {"name": "새여울신문"}).status_code == 302
        assert Publication.objects.get().name == "새여울신문"

    def test_only_the_publisher_changes_it(self):
        """The editor-in-chief reads the settings, the desk does not see them."""
        Publication.objects.get_or_create(pk=1)
        address = "/admin/newsroom_publication/publication/1/change/"
        chief = signed_in(make_user("editor-in-chief"))
        assert chief.get(address).status_code == 200
        assert chief.post(address, {"name": "다른 이름"}).status_code == 403
        assert signed_in(make_user("desk")).get(address).status_code == 403

    def test_fixed_pages_are_cleaned_and_their_addresses_single(self):
        """A page is written with the editor; script is dropped, a slug that is taken is an error."""
        client = signed_in(make_user("publisher"))
        address = reverse("admin:newsroom_publication_page_add")
        page = client.get(address)
        assert "data-text-editor" in page.content.decode()
        values = fields_of(page) | {
            "title": "윤리강령",
            "slug": "ethics",
            "body": "<p>바르게<script>x</script></p>",
        }
        assert client.post(address, values).status_code == 302
        assert Page.objects.get().body == "<p>바르게</p>"
        again = client.post(address, values)
        assert "slug" in again.context["adminform"].form.errors


class TestComments:
    """Moderation."""

    def test_waiting_ones_are_shown_newest_first(self):
        """Without a choice the list holds what waits; «all» holds everything; markup is shown as typed."""
        now = timezone.now()
        comment("먼저 <b>글</b>", created_at=now - datetime.timedelta(hours=1))
        comment("나중 글", created_at=now)
        comment("공개된 글", state=Comment.State.PUBLIC)
        client = signed_in(make_user("moderator"))
        page = client.get("/admin/newsroom_readers/comment/")
        assert [each.text for each in page.context["cl"].result_list] == ["나중 글", "먼저 <b>글</b>"]
        assert "<b>글</b>" not in page.content.decode()
        assert len(client.get("/admin/newsroom_readers/comment/?state=all").context["cl"].result_list) == 3

    @pytest.mark.parametrize(("action", "state"), [("approve", "public"), ("remove", "removed")])
    def test_the_chosen_ones_are_approved_or_removed(self, action, state):
        """A moderator moves the ticked comments, a reporter none."""
        chosen, other = comment("고른 글"), comment("안 고른 글")
        values = {"action": action, "_selected_action": [chosen.pk], "index": 0}
        address = "/admin/newsroom_readers/comment/"
        assert signed_in(make_user("reporter")).post(address, values).status_code == 403
        chosen.refresh_from_db()
        assert chosen.state == "pending"
        client = signed_in(make_user("moderator"))
        assert "1 comment" in messages_of(client, client.post(address, values))
        chosen.refresh_from_db()
        other.refresh_from_db()
        assert (chosen.state, other.state) == (state, "pending")

    def test_the_list_costs_the_same_at_any_length(self):
        """At most twelve queries for three and for sixty comments."""
        client = signed_in(make_user("moderator"))
        for _ in range(3):
            comment()
        few = queries_of(client, "/admin/newsroom_readers/comment/")
        for _ in range(57):
            comment()
        assert queries_of(client, "/admin/newsroom_readers/comment/") == few <= MOST_QUERIES


PAGES = [
    "/admin/", "/admin/articles/article/", "/admin/articles/article/add/", "/admin/articles/photo/",
    "/admin/articles/photo/add/", "/admin/newsroom_front/front/", "/admin/newsroom_readers/comment/",
    "/admin/newsroom_publication/page/add/", "/admin/newsroom_accounts/user/", "/admin/articles/section/",
    "/admin/auth/group/", "/admin/password_change/", "/admin/desk/queue/", "/admin/desk/mine/",
]  # fmt: skip


@pytest.mark.parametrize("address", PAGES)
def test_no_page_of_the_desk_holds_inline_style_or_script(address):
    """The strict policy stands on every page; the only inline script is the import map, with the policy's nonce."""
    make_article()
    answer = signed_in(make_user("admin")).get(address)
    page = answer.content.decode()
    policy = answer["Content-Security-Policy"]
    assert "unsafe" not in policy
    # The order of the directives is open.
    assert "style-src 'self'" in [directive.strip() for directive in policy.split(";")]
    assert re.findall(r"<style.*|\sstyle=.*|\son[a-z]+=\".*", page) == []
    for script in re.findall(r"<script([^>]*)>", page):
        if "src=" not in script:
            nonce = re.search(r'nonce="([^"]+)"', script)
            assert 'type="importmap"' in script
            assert f"'nonce-{nonce[1]}'" in policy
