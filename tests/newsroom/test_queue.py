"""What waits for the desk, and a person's own stories: what the pages hold, for whom, and what they cost."""

import datetime
import uuid
from dataclasses import replace

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Group
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from articles import actions
from articles.models import Article, SectionDuty, WorkingCopy
from articles.states import State
from newsroom.desk.mine import HEADINGS

from ..desk_forms import signed_in
from ..factories import make_article, make_photo, make_reporter, make_section, make_user

pytestmark = pytest.mark.django_db

QUEUE, MINE = "/admin/desk/queue/", "/admin/desk/mine/"
MOST_QUERIES = 12
HOUR = datetime.timedelta(hours=1)


def submitted(headline: str, hours_ago: float = 0, **fields) -> Article:
    """Make a story that was submitted a while ago."""
    return make_article(
        headline, state=State.SUBMITTED, submitted_at=timezone.now() - hours_ago * HOUR, **fields
    )


def changed(article: Article, headline: str, *, submit: bool = True, **words) -> Article:
    """Write a change of an approved story, and submit it."""
    chief = make_user("admin")
    snapshot = replace(actions.newest(article), headline=headline, **words)
    actions.save(article=article, snapshot=snapshot, by=chief)
    return actions.submit(article=article, by=chief) if submit else article


def shown(client, address: str = QUEUE, **asked) -> list[str]:
    """Return the headlines of the queue."""
    answer = client.get(address, asked)
    assert answer.status_code == 200
    page = BeautifulSoup(answer.content, "html.parser")
    return [link.get_text(strip=True) for link in page.select(".queue__title, .desk__title")]


def row_of(client, headline: str) -> str:
    """Return the words of one row of the queue."""
    page = BeautifulSoup(client.get(QUEUE).content, "html.parser")
    rows = [row.get_text(" ", strip=True) for row in page.select("tbody tr")]
    return next(row for row in rows if headline in row)


def queries_of(client, address: str) -> list[str]:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return [query["sql"] for query in captured]


class TestQueue:
    """What was submitted."""

    def test_stories_and_changes_wait_in_one_line(self):
        """The longest wait first; neither drafts, nor changes nobody submitted, nor what is approved."""
        submitted("어제 낸 글", 20)
        changed(make_article("옛 제목"), "고친 제목")
        submitted("세 시간 전 글", 3)
        make_article("초고", state=State.DRAFT)
        make_article("공개된 글")
        changed(make_article("쓰는 중"), "쓰는 중인 새 제목", submit=False)
        assert shown(signed_in(make_user("desk"))) == ["어제 낸 글", "세 시간 전 글", "고친 제목"]

    def test_a_row_says_what_a_decision_needs(self):
        """Kind, names, section, wait, deadline, length, photos and what the desk said last."""
        body = "<p>" + "가" * 700 + "</p><p>" + "나" * 540 + '</p><figure data-photo="1"></figure>'
        story = submitted("다리를 놓는다", 3, reporters=[make_reporter("한나래")], photos=[make_photo()],
                          section=make_section("지역"), deadline=timezone.now() - HOUR, body=body)  # fmt: skip
        actions.return_(article=story, by=make_user("desk"), reason="수치를 확인하십시오")
        actions.submit(article=story, by=make_user("desk"))
        Article.objects.update(submitted_at=timezone.now() - 3 * HOUR)
        row = row_of(signed_in(make_user("desk")), "다리를 놓는다")
        for words in ("New story", "한나래", "지역", "3\xa0hours", "late, was due", "수치를 확인하십시오"):
            assert words in row, words
        assert "about 1300 characters" in row.replace(",", "")
        assert "no byline" not in row

    def test_a_change_shows_its_own_words(self):
        """Headline, length and photos of the change, not of what readers see."""
        story = make_article("짧은 글", body="<p>한 문장.</p>")
        changed(story, "길어진 글", body="<p>" + "다" * 880 + "</p>", lead_photo=make_photo().pk)
        client = signed_in(make_user("desk"))
        row = row_of(client, "길어진 글")
        assert "Changed text" in row
        assert "about 880 characters" in row
        assert "1 photo" in row
        assert "짧은 글" not in row
        page = BeautifulSoup(client.get(QUEUE).content, "html.parser")
        assert page.select_one(".queue__do a")["href"].startswith(f"/admin/articles/article/{story.pk}/")

    def test_a_story_lacking_section_or_byline_says_so(self):
        """What keeps the story from being approved is seen before it is opened."""
        submitted("모자란 글")
        Article.objects.update(section=None, top_section=None)
        row = row_of(signed_in(make_user("desk")), "모자란 글")
        assert "no section" in row
        assert "no byline" in row

    def test_each_sees_what_waits_for_them(self):
        """The desk in its sections, a copy editor too, a reporter the own ones; a moderator nothing."""
        local, culture = make_section("지역"), make_section("문화")
        writer = make_user("reporter")
        submitted("지역 글", 2, section=local)
        submitted("문화 글", 1, section=culture, created_by=writer)
        for role in ("desk", "copy-editor"):
            user = make_user(role)
            assert shown(signed_in(user)) == ["지역 글", "문화 글"]
            SectionDuty.objects.create(user=user, section=local)
            assert shown(signed_in(user)) == ["지역 글"]
        assert shown(signed_in(writer)) == ["문화 글"]
        assert shown(signed_in(make_user("moderator"))) == []

    def test_it_is_filtered_by_section_reporter_and_deadline(self):
        """The choices are those of what waits; a section of the first level holds those under it."""
        top = make_section("지역")
        under, reporter = make_section("읍내", parent=top), make_reporter("한나래")
        submitted("읍내 글", 3, section=under, deadline=timezone.now() - HOUR)
        submitted("한나래 글", 2, section=make_section("문화"), reporters=[reporter, make_reporter("오름")])
        submitted("내년 글", 1, section=top, deadline=timezone.now() + 400 * 24 * HOUR)
        make_article(section=make_section("빈 섹션"), reporters=[make_reporter("안 쓴 이")])
        client = signed_in(make_user("desk"))
        assert shown(client, section=top.pk) == ["읍내 글", "내년 글"]
        assert shown(client, reporter=reporter.pk) == ["한나래 글"]
        assert shown(client, due="today") == ["읍내 글"]
        assert shown(client, due="today", reporter=reporter.pk) == []
        page = client.get(QUEUE).content.decode()
        assert "지역 › 읍내" in page
        assert "빈 섹션" not in page
        assert "안 쓴 이" not in page

    @pytest.mark.parametrize(
        "asked",
        ["section=x", "section=99999999999999999999", "reporter=-1", "page=x", "page=999", "due=never", "page=0"],
    )  # fmt: skip
    def test_garbled_questions_are_answered(self, asked):
        """A page, whatever the address says."""
        submitted("글")
        assert signed_in(make_user("desk")).get(f"{QUEUE}?{asked}").status_code == 200

    def test_it_is_paged_and_keeps_what_was_asked(self, monkeypatch):
        """A page holds its rows, the way to the next keeps the filter."""
        monkeypatch.setattr("newsroom.desk.views.PER_PAGE", 2)
        section = make_section()
        for number in range(5):
            submitted(f"글 {number}", 9 - number, section=section)
        client = signed_in(make_user("desk"))
        assert shown(client, section=section.pk) == ["글 0", "글 1"]
        page = BeautifulSoup(client.get(QUEUE, {"section": section.pk}).content, "html.parser")
        address = page.select_one('a[rel="next"]')["href"]
        assert shown(client, QUEUE + address) == ["글 2", "글 3"]
        assert f"section={section.pk}" in address

    @pytest.mark.parametrize("role", ["desk", "reporter"])
    def test_it_costs_the_same_for_few_and_for_many(self, role):
        """At most twelve queries; no text is loaded, whatever waits."""
        user = make_user(role)
        client = signed_in(user)
        SectionDuty.objects.create(user=user, section=make_section("첫 섹션"))

        def fill(number: int) -> None:
            for _ in range(number):
                section = make_section(parent=SectionDuty.objects.get().section)
                submitted(
                    "글", section=section, reporters=[make_reporter(), make_reporter()], created_by=user
                )
                changed(make_article("옛", section=section, created_by=user), "새 제목")

        fill(2)
        few = queries_of(client, QUEUE)
        fill(8)
        lots = queries_of(client, QUEUE)
        assert len(lots) == len(few) <= MOST_QUERIES
        assert len(shown(client)) == 20
        loaded = [sql.split(" FROM ")[0].replace("REPLACE(", "") for sql in lots if "articles_article" in sql]
        assert not any('"articles_article"."body",' in sql for sql in loaded if "REPLACE" not in sql)

    def test_those_without_stories_are_refused(self):
        """An account without any role sees neither page."""
        client = signed_in(make_user())
        assert client.get(QUEUE).status_code == 403
        assert client.get(MINE).status_code == 403


class TestMine:
    """A person's own stories."""

    def lists(self, user) -> dict[str, list[str]]:
        """Return the headlines of the page by list."""
        page = BeautifulSoup(signed_in(user).get(MINE).content, "html.parser")
        return {
            section["class"][1].removeprefix("desk__list--"): [
                link.get_text(strip=True) for link in section.select(".desk__title")
            ]
            for section in page.select(".desk__list")
        }

    def test_every_story_stands_in_its_list(self):
        """By where it stands, begun by the person or with their byline; nobody else's."""
        user = make_user("reporter")
        own = {"created_by": user}
        make_article("돌아온 글", state=State.RETURNED, reporters=[make_reporter(user=user)])
        make_article("초고", state=State.DRAFT, **own)
        changed(make_article("옛", **own), "고치는 중", submit=False)
        submitted("송고한 글", **own)
        make_article("보류된 글", state=State.HELD, **own)
        make_article("예약된 글", hours_ago=-5, **own)
        later = make_article("나중에 바뀔 글", **own)
        changed(later, "바뀐 제목")
        actions.approve(article=later, by=make_user("admin"), change="update", at=timezone.now() + HOUR)
        make_article("어제 글", hours_ago=20, **own)
        make_article("지난달 글", hours_ago=24 * 30, **own)
        make_article("남의 초고", state=State.DRAFT)
        found = self.lists(user)
        recent = found.pop("recent")
        assert found == {
            "returned": ["돌아온 글"],
            "drafts": ["초고"],
            "changes": ["고치는 중"],
            "submitted": ["송고한 글"],
            "held": ["보류된 글"],
            "scheduled": ["예약된 글"],
            "awaited": ["나중에 바뀔 글"],
        }
        assert "어제 글" in recent
        assert "지난달 글" not in recent
        assert set(found) | {"recent"} == set(HEADINGS)

    def test_a_story_that_came_back_brings_its_reason(self):
        """Of a change as of a story; the state is in words."""
        user = make_user("reporter")
        story = changed(make_article("옛", created_by=user), "고친 제목")
        actions.return_(article=story, by=make_user("desk"), reason="출처를 밝히십시오")
        page = signed_in(user).get(MINE).content.decode()
        assert "출처를 밝히십시오" in page
        assert "Change: Returned" in page
        assert "Public" in page

    def test_what_was_typed_and_never_saved_is_offered(self):
        """Of a story and of none; neither what was saved, nor what others typed, nor an empty window."""
        user = make_user("reporter")
        story = make_article("열린 글", state=State.DRAFT, created_by=user)
        typed = {"by": user, "sequence": 3}
        of_story = WorkingCopy.objects.create(article=story, data={"headline": ["더 좋은 제목"]}, **typed)
        of_none = WorkingCopy.objects.create(
            key=uuid.uuid4(), data={"headline": [""], "body": ["<p>글</p>"]}, **typed
        )
        WorkingCopy.objects.create(article=story, data={"headline": ["저장된"]}, stored_as=2, **typed)
        WorkingCopy.objects.create(data={}, by=user, sequence=0)
        WorkingCopy.objects.create(data={"headline": ["남의 글"]}, by=make_user("desk"), sequence=1)
        for address in (MINE, "/admin/"):
            page = BeautifulSoup(signed_in(user).get(address).content, "html.parser")
            links = {link["href"]: link.get_text(strip=True) for link in page.select(".desk__list--copies a")}
            assert links == {
                f"{reverse('admin:articles_article_change', args=[story.pk])}?copy={of_story.key}": "더 좋은 제목",
                f"{reverse('admin:articles_article_add')}?copy={of_none.key}": "New story without a headline",
            }

    def test_it_costs_the_same_for_few_and_for_many(self):
        """At most twelve queries, and the text of no story."""
        user = make_user("reporter")
        user.groups.add(Group.objects.get(name="desk"))
        client = signed_in(user)
        reporter = make_reporter(user=user)

        def fill(number: int) -> None:
            for _ in range(number):
                for state in State:
                    make_article(state=state, reporters=[reporter, make_reporter()])
                changed(make_article("옛", created_by=user), "새", submit=False)
                WorkingCopy.objects.create(data={"headline": ["글"]}, by=user, sequence=1)

        fill(1)
        few = queries_of(client, MINE)
        fill(6)
        lots = queries_of(client, MINE)
        assert len(lots) == len(few) <= MOST_QUERIES
