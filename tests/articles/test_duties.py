"""Who may do what to which story: every role, verb, state and section, through the verbs and through requests.

The tables say by hand what ``docs`` and the roles promise; the rules themselves are in ``articles.access``.
"""

import datetime
from contextlib import contextmanager
from dataclasses import replace

import pytest
from django.contrib.auth.models import Group
from django.db import connection, transaction
from django.db.models import ProtectedError
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles import actions
from articles.access import is_on_duty, may_edit, may_use
from articles.errors import NotAllowed, WrongState
from articles.models import (
    Article,
    Byline,
    Placement,
    Revision,
    ScheduledChange,
    SectionDuty,
    StateChange,
)
from articles.querysets import duty_sections
from articles.states import State

from ..desk_forms import form_of, signed_in
from ..factories import make_article, make_reporter, make_section, make_user

pytestmark = pytest.mark.django_db

HOUR = datetime.timedelta(hours=1)
# Where a story can stand: its state, how many hours ago it was or will be published, and the state of the
# change to it; "awaited" is an approved change that waits for its time.
STANDINGS = {
    "draft": (State.DRAFT, 1, ""),
    "submitted": (State.SUBMITTED, 1, ""),
    "returned": (State.RETURNED, 1, ""),
    "held": (State.HELD, 1, ""),
    "scheduled": (State.APPROVED, -1, ""),
    "scheduled+draft": (State.APPROVED, -1, "draft"),
    "scheduled+submitted": (State.APPROVED, -1, "submitted"),
    "public": (State.APPROVED, 1, ""),
    "public+draft": (State.APPROVED, 1, "draft"),
    "public+submitted": (State.APPROVED, 1, "submitted"),
    "public+returned": (State.APPROVED, 1, "returned"),
    "public+awaited": (State.APPROVED, 1, "awaited"),
    "withdrawn": (State.WITHDRAWN, 1, ""),
    "withdrawn+draft": (State.WITHDRAWN, 1, "draft"),
    "withdrawn+submitted": (State.WITHDRAWN, 1, "submitted"),
}
BEFORE_APPROVAL = {"draft", "submitted", "returned", "held"}
# From where each verb starts; «save» is the form of the story.
STARTS = {
    "submit": {"draft", "returned", "scheduled+draft", "public+draft", "public+returned", "withdrawn+draft"},
    "recall": {"submitted", "scheduled+submitted", "public+submitted", "withdrawn+submitted"},
    "approve": {
        *BEFORE_APPROVAL, "scheduled+draft", "scheduled+submitted", "public+draft", "public+submitted",
        "public+returned", "withdrawn+draft", "withdrawn+submitted",
    },
    "return": {"submitted", "held", "scheduled+submitted", "public+submitted", "withdrawn+submitted"},
    "hold": {"draft", "submitted", "returned", "scheduled", "scheduled+draft", "scheduled+submitted"},
    "discard": {"scheduled+draft", "public+draft", "public+returned", "withdrawn+draft"},
    "unschedule": {"public+awaited"},
    "withdraw": {name for name in STANDINGS if name.startswith("public")},
    "restore": {name for name in STANDINGS if name.startswith("withdrawn")},
    "save": set(STANDINGS),
}  # fmt: skip
# What a person may do to a story, by letters: write in what is theirs, edit what is anybody's, submit,
# approve (return, hold), take down (withdraw, restore). By the relation of the person to the story: one's
# own or another's, in a section of theirs (or any, for those who answer for the whole paper) or elsewhere.
RELATIONS = ("own here", "own elsewhere", "another's here", "another's elsewhere")
RIGHTS = {
    "reporter": ("WS", "WS", "", ""),
    "photographer": ("WS", "WS", "", ""),
    "copy-editor": ("WES", "WS", "ES", ""),
    "desk": ("WESAT", "WS", "ESAT", ""),
    "editor-in-chief": ("WESAT", "WS", "ESAT", ""),
    "publisher": ("WESAT", "WS", "ESAT", ""),
    "moderator": ("", "", "", ""),
    "admin": ("WESAT", "WESAT", "WESAT", "WESAT"),
}
# The rights of the others are those of one of these (see ``test_roles_that_are_left_out_are_alike``).
DISTINCT = ("reporter", "copy-editor", "desk", "moderator", "admin")
# The letter that a verb needs; what is withdrawn is left to those who approve.
NEEDS = {
    "submit": "S", "recall": "S", "discard": "S", "approve": "A", "return": "A", "hold": "A", "unschedule": "A",
    "withdraw": "T", "restore": "T",
}  # fmt: skip
# The letters of which one is needed to save, by where the story stands.
SAVES = dict.fromkeys(STANDINGS, "WEA") | {
    "submitted": "EA",
    "held": "EA",
    "scheduled+submitted": "EA",
    "public+submitted": "EA",
    "withdrawn": "A",
    "withdrawn+draft": "A",
    "withdrawn+submitted": "A",
}


def is_expected(role: str, relation: str, verb: str, standing: str) -> bool:
    """Tell what the tables say: whether the person has the right, whatever the state."""
    letters = RIGHTS[role][RELATIONS.index(relation)]
    needed = SAVES[standing] if verb == "save" else NEEDS[verb]
    if needed == "S" and standing.startswith("withdrawn"):
        needed = "A"
    return bool(set(needed) & set(letters))


def everything(pk: int) -> tuple:
    """Return every row of a story, whole: itself, its versions, its log, what waits for its time, its rows."""
    own = [Revision, StateChange, ScheduledChange, Byline, Placement]
    rows = [list(model.objects.filter(article=pk).order_by("pk").values()) for model in own]
    return (Article.objects.filter(pk=pk).values().get(), *rows)


@contextmanager
def undone():
    """Undo what was done to the database inside."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def make_standing(standing: str) -> Article:
    """Make a story that stands there, with the versions that a change needs."""
    state, hours_ago, change = STANDINGS[standing]
    chief = make_user("admin")
    article = make_article(state=State.DRAFT, hours_ago=hours_ago, reporters=[make_reporter()])
    actions.save(article=article, snapshot=replace(actions.newest(article), deck="첫 판"), by=chief)
    times = {"submitted_at": timezone.now(), "published_at": timezone.now() - hours_ago * HOUR}
    if state in {State.APPROVED, State.WITHDRAWN}:
        times |= {"approved_at": times["published_at"] - HOUR, "approved_version": article.version}
    Article.objects.filter(pk=article.pk).update(state=state, **times)
    article.refresh_from_db()
    if change:
        actions.save(
            article=article, snapshot=replace(actions.newest(article), headline="고친 제목"), by=chief
        )
    if change in {"submitted", "returned"}:
        actions.submit(article=article, by=chief)
    if change == "returned":
        actions.return_(article=article, by=chief, reason="다시 보십시오")
    if change == "awaited":
        actions.approve(article=article, by=chief, change="update", at=timezone.now() + HOUR)
    return Article.objects.get(pk=article.pk)


class Newsroom:
    """One person of every role, and three sections: one to answer for, one under it, one of others."""

    def __init__(self) -> None:
        self.top = make_section("지역")
        self.under, self.other = make_section("읍내", parent=self.top), make_section("문화")
        self.clients = {}

    def person(self, role: str):
        """Return somebody of the role who answers for the section «지역», with a browser."""
        if role not in self.clients:
            user = make_user(role)
            SectionDuty.objects.create(user=user, section=self.top)
            self.clients[role] = (user, signed_in(user))
        return self.clients[role]

    def place(self, article: Article, user, relation: str) -> Article:
        """Put the story into the relation to the person and return it afresh."""
        section = self.other if relation.endswith("elsewhere") else self.under
        owner = user if relation.startswith("own") else None
        place = {"section": section, "top_section": section.top, "created_by": owner}
        Article.objects.filter(pk=article.pk).update(**place)
        return Article.objects.get(pk=article.pk)


def cells(newsroom: Newsroom, article: Article, roles):
    """Yield every person in every relation to the story, one undone after the other."""
    for role in roles:
        user, client = newsroom.person(role)
        for relation in RELATIONS:
            with undone():
                story = newsroom.place(article, user, relation)
                yield role, relation, user, client, story, everything(story.pk)


def use(verb: str, story: Article, by) -> None:
    """Use a verb, or save, with all that it asks for."""
    if verb == "save":
        snapshot = replace(actions.newest(story), headline="또 다른 제목")
        actions.save(article=story, snapshot=snapshot, by=by)
        return
    words = {"approve": {"change": "update"}, "return": {"reason": "이유"}, "withdraw": {"reason": "이유"}}
    actions.BY_NAME[verb](article=story, by=by, **words.get(verb, {}))


def sorted_out(role: str, relation: str, standing: str, verbs) -> tuple[list[str], list[str]]:
    """Return the verbs that the tables allow there, and those that they refuse."""
    allowed = [
        verb for verb in verbs if is_expected(role, relation, verb, standing) and standing in STARTS[verb]
    ]
    return allowed, [verb for verb in verbs if verb not in allowed]


@pytest.mark.parametrize("standing", STANDINGS)
def test_every_verb_by_everybody_everywhere(standing):
    """Through the verbs: what the tables allow is done, everything else is refused and changes no row."""
    newsroom, article = Newsroom(), make_standing(standing)
    for role, relation, user, _client, story, before in cells(newsroom, article, RIGHTS):
        allowed, refused = sorted_out(role, relation, standing, STARTS)
        for verb in refused:
            wrong = WrongState if is_expected(role, relation, verb, standing) else NotAllowed
            with pytest.raises(wrong):
                use(verb, Article.objects.get(pk=story.pk), user)
        assert everything(story.pk) == before, (role, relation, refused)
        for verb in allowed:
            with undone():
                use(verb, Article.objects.get(pk=story.pk), user)
                check_done(verb, standing, before, (role, relation, verb))


@pytest.mark.parametrize("standing", STANDINGS)
def test_every_verb_by_request_of_everybody(standing):
    """Through the desk's addresses, whatever its buttons offer: the same, and no error of ours."""
    newsroom, article = Newsroom(), make_standing(standing)
    for role, relation, _user, client, story, before in cells(newsroom, article, DISTINCT):
        allowed, refused = sorted_out(role, relation, standing, NEEDS)
        for verb in refused:
            assert press(client, verb, story).status_code in {302, 403}, (role, relation, verb)
        assert everything(story.pk) == before, (role, relation, refused)
        for verb in allowed:
            with undone():
                assert press(client, verb, story).status_code == 302
                check_done(verb, standing, before, (role, relation, verb))


def press(client, verb: str, story: Article):
    """Send what the button of a verb sends."""
    button = "approve:update" if verb == "approve" and story.was_approved else verb
    return client.post(f"/admin/articles/article/{story.pk}/verb/", {"_verb": button, "reason": "이유"})


@pytest.mark.parametrize("standing", STANDINGS)
def test_saving_by_request_of_everybody(standing):
    """The form of the story, sent by hand: a version for those who may write in it, nothing for the others."""
    newsroom, article = Newsroom(), make_standing(standing)
    values = form_of(signed_in(make_user("admin")), article) | {"headline": "또 다른 제목", "_save": "1"}
    for role, relation, _user, client, story, before in cells(newsroom, article, DISTINCT):
        values["section"] = story.section_id
        answer = client.post(f"/admin/articles/article/{story.pk}/change/", values)
        if is_expected(role, relation, "save", standing):
            assert answer.status_code == 302, (role, relation)
            check_done("save", standing, before, (role, relation, "save"))
        else:
            assert answer.status_code in {200, 302, 403}, (role, relation)
            assert everything(story.pk) == before, (role, relation)


def check_done(verb: str, standing: str, before: tuple, cell: tuple) -> None:
    """Check that a verb left its trace, and that readers' words changed by approval only."""
    row, revisions, log, *_rest = everything(before[0]["id"])
    if verb == "save":
        assert len(revisions) == len(before[1]) + 1, cell
        assert revisions[-1]["content"]["headline"] == "또 다른 제목", cell
    else:
        logged = "amend" if verb == "approve" and standing not in BEFORE_APPROVAL else verb
        assert [entry["verb"] for entry in log[len(before[2]) :]] == [logged], cell
    shown = ("headline", "deck", "body", "state", "published_at")
    if standing not in BEFORE_APPROVAL and verb not in {"approve", "hold", "withdraw", "restore"}:
        assert [row[name] for name in shown] == [before[0][name] for name in shown], cell


def test_roles_that_are_left_out_are_alike():
    """On stories photographers have the rights of reporters, and chiefs those of the desk."""
    names = ["add_article", "change_article", "view_article", "submit_article", "edit_any_article",
             "approve_article", "withdraw_article"]  # fmt: skip
    rights = {
        group.name: set(group.permissions.filter(codename__in=names).values_list("codename", flat=True))
        for group in Group.objects.all()
    }
    assert rights["photographer"] == rights["reporter"]
    assert rights["desk"] == rights["editor-in-chief"] == rights["publisher"] == set(names)


class TestSections:
    """The sections that a person answers for."""

    def test_a_top_section_holds_those_under_it(self):
        """Here: the section itself, one under it, and a story that has none yet; elsewhere is elsewhere."""
        newsroom = Newsroom()
        user = make_user("desk")
        SectionDuty.objects.create(user=user, section=newsroom.top)
        stories = {
            name: make_article(name, section=section, state=State.SUBMITTED)
            for name, section in {"위": newsroom.top, "아래": newsroom.under, "딴 곳": newsroom.other}.items()
        }
        stories["없음"] = make_article("없음", state=State.DRAFT)
        Article.objects.filter(headline="없음").update(section=None, top_section=None)
        mine = {name for name, story in stories.items() if is_on_duty(user, Article.objects.get(pk=story.pk))}
        assert mine == {"위", "아래", "없음"}
        assert set(Article.objects.on_duty(user).values_list("headline", flat=True)) == mine
        assert set(Article.objects.editable_by(user).values_list("headline", flat=True)) == mine

    def test_the_lower_section_does_not_bring_the_upper_one(self):
        """Whoever answers for one under another does not answer for that other."""
        newsroom, user = Newsroom(), make_user("desk")
        SectionDuty.objects.create(user=user, section=newsroom.under)
        assert not may_use(user, "approve_article", make_article(section=newsroom.top, state=State.SUBMITTED))
        assert may_use(user, "approve_article", make_article(section=newsroom.under, state=State.SUBMITTED))

    def test_without_any_duty_it_is_the_whole_paper(self):
        """A desk without sections, and a superuser with one, are in every section at home."""
        newsroom = Newsroom()
        story = make_article(section=newsroom.other, state=State.SUBMITTED)
        chief = make_user("admin")
        SectionDuty.objects.create(user=chief, section=newsroom.top)
        for user in (make_user("desk"), chief):
            assert may_use(user, "approve_article", story)
            assert story in Article.objects.editable_by(user)
            assert story in Article.objects.waiting_for(user)

    def test_a_story_is_handed_over_and_not_taken(self):
        """Into a section of others it may go; out of one it may not, and afterwards it is theirs."""
        newsroom = Newsroom()
        user, _client = newsroom.person("desk")
        mine = make_article(section=newsroom.top, state=State.SUBMITTED)
        theirs = make_article(section=newsroom.other, state=State.SUBMITTED)
        moved = replace(actions.newest(mine), section=newsroom.other.pk)
        actions.save(article=mine, snapshot=moved, by=user)
        assert Article.objects.get(pk=mine.pk).section == newsroom.other
        assert not may_edit(user, Article.objects.get(pk=mine.pk))
        before = everything(theirs.pk)
        with pytest.raises(NotAllowed):
            taken = replace(actions.newest(theirs), section=newsroom.top.pk)
            actions.save(article=theirs, snapshot=taken, by=user)
        assert everything(theirs.pk) == before

    def test_the_page_after_handing_over_says_where_the_story_is(self):
        """The story is no longer theirs to open; the answer says so and leads to the list."""
        newsroom = Newsroom()
        _user, client = newsroom.person("desk")
        theirs = make_article(section=newsroom.other, state=State.SUBMITTED)
        address = f"/admin/articles/article/{theirs.pk}/change/"
        answer = client.get(address, follow=True, headers={"accept-language": "en"})
        assert answer.redirect_chain == [("/admin/articles/article/", 302)]
        assert "in a section of others" in answer.content.decode()

    def test_a_section_somebody_answers_for_is_not_deleted(self):
        """Its deletion would leave the person without any duty, which is the whole paper."""
        newsroom = Newsroom()
        user, _client = newsroom.person("desk")
        with pytest.raises(ProtectedError):
            newsroom.top.delete()
        assert duty_sections(user) == {newsroom.top.pk}

    def test_duties_are_read_once(self):
        """However many stories are asked about, the sections cost one query for an object of a user."""
        newsroom = Newsroom()
        user, _client = newsroom.person("desk")
        stories = [make_article(section=newsroom.other, created_by=user) for _ in range(3)]
        user.get_all_permissions()
        with CaptureQueriesContext(connection) as captured:
            for story in stories:
                may_edit(user, story)
                may_use(user, "approve_article", story)
            list(Article.objects.editable_by(user))
        assert sum("sectionduty" in query["sql"] for query in captured) == 1

    def test_stories_to_choose_are_public_ones_and_those_of_the_sections(self):
        """As a related story, an editor is offered what readers see and what the editor may open."""
        newsroom = Newsroom()
        user, _client = newsroom.person("desk")
        make_article("공개", section=newsroom.other)
        make_article("남의 초고", section=newsroom.other, state=State.DRAFT)
        make_article("내 섹션 초고", section=newsroom.under, state=State.DRAFT)
        offered = set(Article.objects.choosable_by(user).values_list("headline", flat=True))
        assert offered == {"공개", "내 섹션 초고"}
        assert set(Article.objects.choosable_by(make_user("reporter"))) == set(Article.objects.public())
