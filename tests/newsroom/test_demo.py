"""``manage.py demo``: the demonstration newspaper and the archive for measuring."""

import datetime
from io import StringIO

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.db import transaction
from django.test import Client
from django.utils import timezone

from articles import actions
from articles.html import clean_body, figure_of, figures, running_text, taken_apart
from articles.models import (
    Article,
    Byline,
    Correction,
    Photo,
    Placement,
    RelatedArticle,
    Reporter,
    Section,
    Series,
    SidebarBlock,
    StateChange,
    TaggedArticle,
)
from articles.models.revision import broken_link
from articles.states import State
from articles.text import excerpt, plain_text
from newsroom.accounts.roles import ROLES
from newsroom.ops.demo import files, house, newsdesk, photos
from newsroom.ops.demo.clock import Clock
from newsroom.ops.demo.ledger import Ledger
from newsroom.ops.demo.pictures import PICTURES
from newsroom.ops.demo.run import STEPS

# The paper is made once for all tests of this file; they run in one process.
pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("demo")]

WIDTH = 240


def demo(**options) -> str:
    """Run the command with small pictures and return what it said."""
    out = StringIO()
    call_command("demo", stdout=out, **{"width": WIDTH} | options)
    return out.getvalue()


def rows() -> dict[str, int]:
    """Return how many rows there are of every model that the demonstration fills."""
    labels = (
        "articles",
        "newsroom_publication",
        "newsroom_front",
        "newsroom_readers",
        "newsroom_accounts",
        "taggit",
    )
    return {
        model.__name__: model.objects.count()
        for label in labels
        for model in apps.get_app_config(label).get_models()
    }


@pytest.fixture(scope="module")
def paper(django_db_setup, django_db_blocker):
    """The demonstration newspaper, taken away after the last test of this file; what the command said."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield demo()
        transaction.set_rollback(True)


def story(stem: str) -> Article:
    """Return the story of a file."""
    return Article.objects.get(pk=Ledger().keys("story")[stem])


def test_every_step_is_told(paper):
    """The command shows each step with its count, and how to sign in."""
    for step in STEPS:
        assert f"  {step}: " in paper
    assert "Stories: 72" in paper
    assert house.PASSWORD in paper
    assert "editor-in-chief" in paper


def test_second_run_adds_nothing(paper):
    """A second run says that everything is there, and changes no row."""
    before = rows()
    assert "nothing was added or restored" in demo()
    assert rows() == before


def test_second_run_restores_nothing(paper):
    """What an editor renamed, changed or deleted stays so."""
    Article.objects.filter(pk=story("101-bridge-safety-result").pk).update(headline="다른 제목")
    story("112-first-snow-durumoe").delete()
    Section.objects.filter(slug="books").update(slug="libros", name="책방")
    SidebarBlock.objects.all().delete()
    Reporter.objects.filter(slug="yun-seula").update(name="윤달래")
    get_user_model().objects.get(username="moderator").delete()
    before = rows()
    demo()
    assert rows() == before
    assert story("101-bridge-safety-result").headline == "다른 제목"
    assert not get_user_model().objects.filter(username="moderator").exists()


def test_the_desk_has_something_to_do(paper):
    """A change to a public story waits in the queue, with notes; plans lie ahead; only what waits is unread."""
    changed = Article.objects.get(change_state="submitted")
    assert changed.is_public()
    assert actions.newest(changed).deck != changed.deck
    assert changed.desk_notes.count() == 2
    plans = apps.get_model("newsroom_planning", "Assignment").objects.all()
    assert all(plan.starts_at > timezone.now() for plan in plans) and plans.count() == 4
    unread = apps.get_model("newsroom_notices", "Notice").objects.filter(read_at=None)
    states = {row.article.state if row.article != changed else "changed" for row in unread}
    assert states <= {"submitted", "returned", "changed"}


def test_interrupted_run_goes_on(paper):
    """What a stopped run left undone is done by the next, and nothing twice."""
    before = rows()
    ledger = Ledger()
    ledger.rows.filter(name__in=["step:Sidebars", "step:Comments"]).delete()
    SidebarBlock.objects.all().delete()
    apps.get_model("articles", "Sidebar").objects.all().delete()
    apps.get_model("newsroom_readers", "Comment").objects.all().delete()
    said = demo()
    assert "Comments: " in said and "Sidebars: " in said and "Stories: " not in said
    assert rows() == before


def test_states_and_times(paper):
    """Stories stand in the states of their files, at their ages; scheduled ones are ahead and not public."""
    words = files.stories()
    for stem, text in words.items():
        article = story(stem)
        assert article.state == text["state"], stem
        if article.state == State.APPROVED:
            age = (timezone.now() - article.published_at) / datetime.timedelta(hours=1)
            assert abs(age - text["hours_ago"]) < 0.2, stem
            assert article.is_public() == (text["hours_ago"] > 0), stem
            assert article.created_at < article.submitted_at < article.approved_at <= timezone.now()
    scheduled = [stem for stem, text in words.items() if text["hours_ago"] < 0]
    assert len(scheduled) >= 2
    assert Article.objects.public().count() == sum(
        text["state"] == "approved" and text["hours_ago"] > 0 for text in words.values()
    )


def test_ages_are_the_same_on_every_run():
    """The same name is the same age; different names do not share a second."""
    first, second = Clock(), Clock()
    assert first.now - first.ago(5, "a") == second.now - second.ago(5, "a")
    assert first.ago(5, "a") != first.ago(5, "b")
    assert first.ago(-2, "") > first.now


def test_verbs_left_their_log(paper):
    """Every story that left the desk of its reporter was submitted; reasons are those of the files; times agree."""
    for article in Article.objects.exclude(state=State.DRAFT):
        verbs = list(article.state_changes.order_by("at", "pk").values_list("verb", flat=True))
        assert verbs[0] == "submit", article
    assert story("118-fc-coach-change").state_changes.filter(verb="withdraw").exclude(reason="").exists()
    assert story("017-school-lunch-rice").state_changes.filter(verb="return").exclude(reason="").exists()
    assert not StateChange.objects.filter(at__gt=timezone.now()).exists()


def test_what_is_settled_is_right(paper):
    """Excerpts, tag names, lead photos and the copies of times are those that the verbs would set."""
    for article in Article.objects.prefetch_related("bylines", "tagged_items", "placements"):
        leads = [row.photo_id for row in article.placements.all() if row.place == Placement.Place.LEAD]
        assert article.lead_photo_id == (leads[0] if leads else None)
        assert {row.published_at for row in article.bylines.all()} <= {article.published_at}
        assert {row.published_at for row in article.tagged_items.all()} <= {article.published_at}
        assert len(article.tag_list) == len(article.tagged_items.all())


def test_words_survive_unchanged(paper):
    """Nothing that was written is lost in the schema of texts."""
    for stem, text in files.stories().items():
        words = "".join(block for block in taken_apart(story(stem).body) if figure_of(block) is None)
        assert words == clean_body(text["body"]), stem


def test_photos_stand_where_the_files_put_them(paper):
    """Each photo of a file is the lead photo or a figure of the text, with its caption; pictures are on the page."""
    for stem, text in files.stories().items():
        article = story(stem)
        inside = [used for used in text["photos"] if not used.get("lead")]
        found = figures(article.body)
        assert [figure.caption for figure in found] == [used["caption"] for used in inside], stem
        assert [figure.width for figure in found] == [used.get("width", "") for used in inside], stem
        rows = list(article.placements.values_list("caption", flat=True))
        assert sorted(rows) == sorted(used["caption"] for used in text["photos"]), stem


def test_some_stories_show_what_a_text_can_hold(paper):
    """A pull quote, a source box, a map and photos of every width stand in public stories."""
    bodies = "".join(Article.objects.public().values_list("body", flat=True))
    for piece in (
        'data-kind="pull"',
        'data-kind="source"',
        "data-embed=",
        'data-width="wide"',
        'data-width="small"',
    ):
        assert piece in bodies


def test_revisions_are_as_old_as_their_stories(paper):
    """The first version of a story is from the time it was written, and its seal holds."""
    for article in Article.objects.prefetch_related("revisions"):
        first = article.revisions.all()[len(article.revisions.all()) - 1]
        assert (first.number, first.at) == (1, article.created_at)
        assert broken_link(reversed(article.revisions.all())) is None


def test_tags_keep_the_order_of_the_file(paper):
    """Tags stand in the order in which they were written."""
    for stem, text in files.stories().items():
        assert story(stem).tag_list == text["tags"], stem


def test_photos(paper):
    """Every picture is a photo with caption, alternative text and photographer, and has its renditions."""
    assert Photo.objects.count() == len(photos.names())
    for photo in Photo.objects.all():
        assert photo.alt and photo.photographer.slug == photos.PHOTOGRAPHER
        assert photo.width
    assert not Reporter.objects.filter(portrait=None).exists()
    response = Client().get(Photo.objects.first().url(WIDTH))
    assert response.status_code == 200


def test_front_page_leads_with_the_bridge(paper):
    """The front has eight stories, the bridge first; two sections have fronts of their own."""
    front = apps.get_model("newsroom_front", "Front")
    slots = front.objects.get(section=None).slots.all()
    assert len(slots) == 8
    assert slots[0].article == story("101-bridge-safety-result")
    assert front.objects.exclude(section=None).count() == 2


def test_ranking_is_by_reads_of_the_day(paper):
    """The ranking is what the reads of the last 24 hours say, most read first, public stories only."""
    ranking = apps.get_model("newsroom_readers", "Ranking").objects.filter(hours=24)
    reads = [row.reads for row in ranking]
    assert reads == sorted(reads, reverse=True)
    assert ranking[0].article == story("101-bridge-safety-result")
    assert ranking[0].reads == files.stories()["101-bridge-safety-result"]["reads"]
    assert all(row.article.is_public() for row in ranking)


def test_comments_stand_behind_their_story(paper):
    """Comments are younger than their story, on public stories only, some waiting."""
    comments = apps.get_model("newsroom_readers", "Comment").objects.select_related("article")
    assert comments.count() > 50
    assert all(row.article.published_at < row.created_at <= timezone.now() for row in comments)


def test_corrections_move_the_update_time(paper):
    """A corrected story shows when; the notice is public."""
    assert Correction.objects.public().count() == Correction.objects.count() == 5
    for correction in Correction.objects.all():
        assert correction.article.updated_at == correction.published_at


def test_one_account_for_every_role(paper):
    """Accounts are named like their roles and belong to them alone; the administrator may do everything."""
    users = get_user_model().objects
    assert set(users.values_list("username", flat=True)) == {*ROLES, "admin"}
    for user in users.exclude(username="admin"):
        assert [group.name for group in user.groups.all()] == [user.username]
        assert user.is_staff and user.is_demonstration and user.check_password(house.PASSWORD)
    assert users.get(username="admin").is_superuser
    assert users.get(username="editor-in-chief").reporter.slug == "do-haram"


def test_particulars_are_complete(paper):
    """Nothing that the Newspapers Act asks for is missing."""
    publication = apps.get_model("newsroom_publication", "Publication").objects.get()
    assert publication.missing_particulars == []
    assert publication.youth_officer


def test_front_page_shows_the_lead(paper):
    """The front page of the demonstration is served and shows its lead story, and nothing scheduled."""
    text = Client().get("/").content.decode()
    assert story("101-bridge-safety-result").get_absolute_url() in text
    assert story("005-resident-budget-vote").get_absolute_url() not in text


def test_files_name_only_what_is_there():
    """Sections, series, reporters, sources, pictures and related stories of the files exist; one lead photo at most."""
    people, stories = files.read("people.toml"), files.stories()
    known = {
        kind: {row["slug"] for row in people[kind]} for kind in ("sections", "series", "reporters", "sources")
    }
    for stem, words in stories.items():
        assert words["section"] in known["sections"], stem
        assert not words["series"] or words["series"] in known["series"], stem
        assert {line["reporter"] for line in words["bylines"] if "reporter" in line} <= known["reporters"], (
            stem
        )
        assert words["origin"] not in {"agency", "reprint"} or words["source"] in known["sources"], stem
        assert {used["key"] for used in words["photos"]} <= set(PICTURES), stem
        assert set(words["related"]) <= set(stories) - {stem}, stem
        assert sum(bool(used.get("lead")) for used in words["photos"]) == bool(words["photos"]), stem


def test_related_stories_are_tied(paper):
    """The editor's picks of the files are links between the stories."""
    links = sum(len(words["related"]) for words in files.stories().values())
    assert RelatedArticle.objects.count() == links


def test_what_the_head_of_the_desk_writes_the_chief_approves(paper):
    """Nobody approves a story of their own where another can."""
    for change in StateChange.objects.filter(verb="approve").select_related("article__created_by", "by"):
        if change.article.created_by.username == newsdesk.DESK:
            assert change.by.username == newsdesk.CHIEF


def test_archive_is_filled_to_the_number(paper):
    """--stories N fills up to N in all; again, it adds nothing; a larger N goes on."""
    there = Article.objects.count()
    said = demo(stories=there + 40)
    assert Article.objects.count() == there + 40
    assert "40 were added" in said
    assert "0 were added" in demo(stories=there + 40)
    demo(stories=there + 50)
    assert Article.objects.count() == there + 50


def test_archive_is_as_the_verbs_would_leave_it(paper):
    """The columns that bulk insertion sets itself are those that saving and settling would set."""
    last = Article.objects.order_by("-pk").first().pk
    demo(stories=Article.objects.count() + 120)
    fresh = Article.objects.filter(pk__gt=last).prefetch_related("bylines", "tagged_items__tag", "placements")
    youngest_story = min(words["hours_ago"] for words in files.stories().values())
    for article in fresh:
        assert article.body == clean_body(article.body)
        assert article.excerpt == excerpt(running_text(article.body), 240)
        assert len(plain_text(article.body)) >= 1500
        assert article.top_section == article.section.top
        assert article.tag_list == [
            row.tag.name for row in sorted(article.tagged_items.all(), key=lambda row: row.pk)
        ]
        copies = {row.published_at for row in [*article.bylines.all(), *article.tagged_items.all()]}
        assert copies <= {article.published_at}
        leads = [row.photo_id for row in article.placements.all() if row.place == Placement.Place.LEAD]
        assert article.lead_photo_id == (leads[0] if leads else None)
        assert article.created_at < timezone.now() - datetime.timedelta(days=59)
    assert youngest_story < 24 * 59
    assert len({article.headline for article in fresh}) > 80
    assert len({article.body for article in fresh}) == 120
    assert Byline.objects.filter(article__pk__gt=last).count() >= 120
    assert TaggedArticle.objects.filter(content_object__pk__gt=last).exists()
    assert fresh.filter(series__in=Series.objects.all()).exists()
    span = max(a.created_at for a in fresh) - min(a.created_at for a in fresh)
    assert span > datetime.timedelta(days=365 * 7)
