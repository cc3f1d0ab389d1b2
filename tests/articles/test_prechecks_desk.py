"""Checks on the desk: what is loaded for them, what is remembered, the panel of a story, the page of settings."""

import datetime

import pytest
from bs4 import BeautifulSoup
from django.contrib.admin.models import LogEntry
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation

from articles.errors import NotReady
from articles.models import Article, WorkingCopy
from articles.models.precheck import PrecheckSetting, TextMark
from articles.prechecks import (
    RULES,
    Subject,
    check,
    findings,
    remember,
    require_passable,
    stops,
    warnings,
)
from articles.prechecks.loading import CANDIDATES
from articles.snapshots import Snapshot

from ..desk_forms import fields_of, messages_of, signed_in
from ..factories import make_article, make_photo, make_reporter, make_section, make_user

pytestmark = pytest.mark.django_db

SETTINGS = "/admin/articles/prechecksetting/"
RELEASE = (
    "새여울군은 오는 28일부터 여울강 습지에서 겨울 철새를 소리로 만나는 교실을 연다고 24일 밝혔다. "
    "참가자는 해설사와 함께 습지 둘레길 2km를 걸으며 고니와 기러기의 소리를 듣는다. "
    "교실은 다음 달 말까지 주말마다 하루 두 차례 열리고 한 번에 스무 명이 참가한다. "
    "신청은 군 누리집에서 받으며 참가비는 없다. 장화와 쌍안경은 군이 빌려 주고 비가 오면 실내에서 한다."
)


@pytest.fixture(autouse=True)
def english():
    """Read the sentences in the language they are written in."""
    with translation.override("en"):
        yield


def snapshot(**changes) -> dict:
    """Return a snapshot in which nothing is missing."""
    return (
        Snapshot(
            headline="나루터 창고, 배움터로 다시 문 연다",
            section=make_section().pk,
            ai_use="none",
            body="<p>나루터의 옛 곡물 창고가 배움터로 바뀐다.</p>",
            bylines=[{"reporter": make_reporter().pk, "guest_name": "", "guest_title": "", "role": "writer"}],
        ).as_json()
        | changes
    )


def rules_of(found) -> set[str]:
    """Return the names of the checks that found something."""
    return {one.rule for one in found}


def test_a_whole_snapshot_has_no_findings():
    """Nothing to say, whatever else the paper holds."""
    make_article()
    assert check(snapshot()) == []


def test_photos_are_loaded_with_their_photographers():
    """A credit may be that of the staff; what is missing is named at its place."""
    reporter = make_reporter("백가람")
    good, bad = make_photo(photographer=reporter), make_photo(alt="", credit="")
    body = f'<p>하나.</p><figure data-photo="{bad.pk}"></figure><figure data-photo="999999"></figure>'
    found = check(snapshot(lead_photo=good.pk, body=body))
    assert [(one.rule, one.field, one.block) for one in found] == [
        ("photo_gone", "body", 2), ("photo_alt", "body", 1), ("photo_credit", "body", 1),
    ]  # fmt: skip


def test_severities_of_the_paper_hold():
    """Off, stop instead of warning, and parameters, read from the rows."""
    PrecheckSetting.objects.create(name="ai_use", severity="stop")
    PrecheckSetting.objects.create(name="section", severity="off")
    PrecheckSetting.objects.create(name="headline_length", severity="warning", parameters={"limit": "12"})
    PrecheckSetting.objects.create(name="gone", severity="stop")
    found = check(snapshot(ai_use="", section=None))
    assert [(one.rule, one.severity) for one in found] == [("ai_use", "stop"), ("headline_length", "warning")]


def test_no_row_of_a_paper_breaks_the_checks():
    """Parameters of any kind in the database count as the defaults."""
    PrecheckSetting.objects.create(name="headline_length", severity="warning", parameters={"limit": None})
    PrecheckSetting.objects.create(name="names", severity="warning", parameters=["x"])
    PrecheckSetting.objects.create(name="copied", severity="warning", parameters={"percent": 3})
    assert check(snapshot()) == []


def test_a_copied_story_is_found_along_the_marks():
    """The other story is named, with the way to it; the story itself is not compared with itself."""
    first = make_article("철새를 소리로 만난다", body=f"<p>{RELEASE}</p>")
    assert remember(first) > 0
    body = f"<p>{RELEASE.replace('밝혔다', '전했다')}</p>"
    (one,) = check(snapshot(body=body))
    assert one.rule == "copied"
    assert "철새를 소리로 만난다" in one.message
    assert one.address == reverse("admin:articles_article_change", args=[first.pk])
    assert check(snapshot(body=body), first) == []


def test_older_stories_are_not_compared():
    """After thirty days a text may be told again; its marks go when others come."""
    old, new = make_article(body=f"<p>{RELEASE}</p>"), make_article()
    remember(old)
    TextMark.objects.update(at=timezone.now() - datetime.timedelta(days=31))
    assert check(snapshot(body=f"<p>{RELEASE}</p>")) == []
    remember(new)
    assert not TextMark.objects.filter(article=old).exists()


def test_marks_follow_the_text():
    """What is the same is not written again; what changed is replaced; an empty text has none."""
    article = make_article(body=f"<p>{RELEASE}</p>")
    count = remember(article)
    before = set(TextMark.objects.values_list("pk", flat=True))
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert remember(article) == count
    assert not [row["sql"] for row in asked if row["sql"].startswith(("INSERT", "UPDATE"))]
    assert set(TextMark.objects.values_list("pk", flat=True)) == before
    article.body = "<p>짧다.</p>"
    assert remember(article) == 0
    assert not TextMark.objects.exists()


def test_the_queries_of_a_check_are_constant():
    """Five, for a bare story in an empty paper and for a long one among many copies."""
    with CaptureQueriesContext(connection) as bare:
        check(Snapshot().as_json())
    photos = [make_photo(photographer=make_reporter()).pk for _ in range(4)]
    for number in range(CANDIDATES + 3):
        remember(make_article(f"사본 {number}", body=f"<p>{RELEASE}</p>", reporters=[make_reporter()]))
    figures = "".join(f'<figure data-photo="{pk}"></figure>' for pk in photos)
    rows = [{"reporter": make_reporter().pk, "guest_name": ""} for _ in range(5)]
    full = snapshot(body=f"<p>{RELEASE}</p>{figures}", lead_photo=photos[0], bylines=rows)
    with CaptureQueriesContext(connection) as asked:
        found = check(full)
    assert len([one for one in found if one.rule == "copied"]) == CANDIDATES
    assert len(asked) == 5
    assert len(bare) <= 5


def test_a_stop_needs_a_reason():
    """Warnings pass by approving; a stop without a reason names its field, with one it is noted."""
    found = findings(Subject.of({"headline": "제목"}))
    assert rules_of(stops(found)) == {"section"}
    assert rules_of(warnings(found)) == {"byline", "ai_use"}
    with pytest.raises(NotReady) as refused:
        require_passable(found, "  ")
    assert set(refused.value.message_dict) == {"section", "override"}
    assert require_passable(found, " 급한 기사 ") == "Approved over checks (Section): 급한 기사"
    assert require_passable(warnings(found)) == ""


# The panel of a story.


def panel_of(client, article: Article, **data):
    """Return the answer of the panel's address; with ``data``, of a POST."""
    address = reverse("admin:articles_article_prechecks", args=[article.pk])
    return client.post(address, data) if data else client.get(address)


def test_the_panel_shows_stops_and_warnings():
    """Grouped, each with its place; an approver finds the field for a reason, a reporter does not."""
    user = make_user("reporter")
    article = make_article(
        state="draft", created_by=user, body="<p>하나.</p><p>○○○은 스스로 목숨을 끊었다.</p>"
    )
    page = BeautifulSoup(panel_of(signed_in(user), article).content, "html.parser")
    kinds = [kind.get_text() for kind in page.select(".prechecks__kind")]
    assert kinds == ["Stops the approval", "To look at"]
    assert page.select_one("[data-prechecks-sum]").get_text() == "1 stop · 3 to look at"
    jump = page.select("[data-jump=body]")[-1]
    assert (jump["data-block"], jump["data-quote"]) == ("1", "○○○")
    assert page.select_one("[data-jump=bylines]")["href"] == "#bylines-group"
    assert page.select_one("[data-override]") is None
    desk = BeautifulSoup(panel_of(signed_in(make_user("desk")), article).content, "html.parser")
    assert desk.select_one("[data-override] textarea")["name"] == "override"
    assert not desk.select_one("[data-override]").has_attr("hidden")


def test_the_panel_of_a_whole_story_is_calm():
    """Nothing found, and no field for a reason."""
    article = make_article(reporters=[make_reporter()], ai_use="none")
    page = BeautifulSoup(panel_of(signed_in(make_user("desk")), article).content, "html.parser")
    assert page.select_one(".prechecks__none").get_text() == "Nothing found."
    assert page.select_one("[data-override]").has_attr("hidden")


def test_the_panel_reads_what_was_typed_last():
    """The person's own words that are not saved yet count, those of others and those stored do not."""
    user, other = make_user("desk"), make_user("desk")
    article = make_article(reporters=[make_reporter()], ai_use="none", state="draft")
    copy = WorkingCopy.objects.create(article=article, by=user, sequence=1, data={"headline": ["가" * 60]})
    assert "60 characters" in panel_of(signed_in(user), article).content.decode()
    assert "60 characters" not in panel_of(signed_in(other), article).content.decode()
    WorkingCopy.objects.filter(pk=copy.pk).update(stored_as=1)
    assert "60 characters" not in panel_of(signed_in(user), article).content.decode()


def test_a_release_is_compared_and_not_kept():
    """Pasted text is shown beside the story's; nothing is stored."""
    article = make_article(reporters=[make_reporter()], ai_use="none", body=f"<p>{RELEASE}</p>")
    client = signed_in(make_user("desk"))
    page = BeautifulSoup(panel_of(client, article, release=RELEASE).content, "html.parser")
    assert "100% of the text stands in «the text pasted in»" in page.get_text()
    assert len(page.select(".prechecks__pairs dt")) == 5
    assert page.select(".prechecks__pairs dt")[0].get_text(strip=True).startswith("Here:")
    assert "100%" not in panel_of(client, article).content.decode()


def test_the_panel_keeps_to_those_who_may_see_the_story():
    """Strangers are sent to the sign-in page; a story that is gone and one of others answer alike."""
    article = make_article()
    address = reverse("admin:articles_article_prechecks", args=[article.pk])
    assert signed_in(make_user("reporter", is_staff=False)).get(address).status_code == 302
    assert signed_in(make_user("reporter")).get(address).status_code == 404
    assert signed_in(make_user()).get(address).status_code in {403, 404}
    client = signed_in(make_user("desk"))
    assert client.put(address).status_code == 405
    assert "no-store" in client.get(address)["Cache-Control"]
    article.delete()
    gone = client.get(address)
    assert (gone.status_code, gone.content.decode()) == (404, "This story is gone.")


def test_the_panel_escapes_what_stands_in_a_story():
    """A headline is text, in the panel too."""
    article = make_article("제목", reporters=[make_reporter("한나래")], body="<p>&lt;script&gt;○○○</p>")
    remember(make_article('<img src="x">', body=f"<p>{RELEASE}</p>"))
    Article.objects.filter(pk=article.pk).update(body=f"<p>○○○ &lt;script&gt;</p><p>{RELEASE}</p>")
    said = panel_of(signed_in(make_user("desk")), article).content.decode()
    assert "&lt;img src=" in said
    assert "<script>" not in said
    assert '<img src="x">' not in said


# The page of settings.


def test_every_check_stands_on_the_page():
    """With its severities and parameters, by one query for what is stored."""
    response = signed_in(make_user("editor-in-chief")).get(SETTINGS)
    page = BeautifulSoup(response.content, "html.parser")
    assert [row.get_text() for row in page.select(".checks__row legend")] == [
        str(rule.label) for rule in RULES.values()
    ]
    values = fields_of(response, "#prechecks_form")
    assert values["helpline-severity"] == "stop"
    assert values["headline_length-limit"] == "40"
    assert values["helpline-words"].startswith("자살, ")


def test_the_chief_sets_the_checks():
    """What was changed is stored and logged; everything else keeps following its defaults."""
    chief = make_user("editor-in-chief")
    client = signed_in(chief)
    values = fields_of(client.get(SETTINGS), "#prechecks_form")
    changed = values | {"ai_use-severity": "stop", "headline_length-limit": "30"}
    response = client.post(SETTINGS, changed)
    assert messages_of(client, response) == "Saved: Length of the headline, Use of AI."
    assert list(PrecheckSetting.objects.values_list("name", "severity", "parameters")) == [
        ("ai_use", "stop", {}), ("headline_length", "warning", {"limit": "30"}),
    ]  # fmt: skip
    assert LogEntry.objects.filter(user=chief).count() == 2
    assert rules_of(stops(check(snapshot(ai_use="")))) == {"ai_use"}
    again = fields_of(client.get(SETTINGS), "#prechecks_form")
    assert messages_of(client, client.post(SETTINGS, again)) == "Nothing was changed."


def test_defaults_are_put_back():
    """The box gives up what the paper had set."""
    PrecheckSetting.objects.create(name="headline_length", severity="off", parameters={"limit": "30"})
    client = signed_in(make_user("editor-in-chief"))
    values = fields_of(client.get(SETTINGS), "#prechecks_form")
    assert values["headline_length-limit"] == "30"
    client.post(SETTINGS, values | {"headline_length-defaults": "on"})
    row = PrecheckSetting.objects.get()
    assert (row.severity, row.parameters) == ("warning", {})


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("headline_length-limit", "5", "greater than or equal to 10"),
        ("headline_length-limit", "viele", "Enter a whole number."),
        ("headline_length-limit", "", "This field is required."),
        ("election_ban-days", "2028-04-12\n4월 12일", "is no day"),
        ("section-severity", "sometimes", "Select a valid choice."),
        ("names-titles", "가" * 4_001, "at most 4000 characters"),
    ],
)
def test_bad_values_come_back_with_their_sentence(field, value, sentence):
    """Nothing is stored, and what else was typed still stands in the form."""
    client = signed_in(make_user("editor-in-chief"))
    values = fields_of(client.get(SETTINGS), "#prechecks_form") | {field: value, "copied-percent": "44"}
    response = client.post(SETTINGS, values)
    assert response.status_code == 200
    assert (
        sentence
        in BeautifulSoup(response.content, "html.parser").select_one(".checks__row .errorlist").get_text()
    )
    assert fields_of(response, "#prechecks_form")["copied-percent"] == "44"
    assert not PrecheckSetting.objects.exists()


def test_an_empty_form_is_an_error_and_no_fault():
    """A request without fields changes nothing."""
    response = signed_in(make_user("editor-in-chief")).post(SETTINGS, {})
    assert response.status_code == 200
    assert not PrecheckSetting.objects.exists()


def test_only_the_chief_sets_checks():
    """Others do not reach the page; nobody adds, deletes or opens single rows."""
    row = PrecheckSetting.objects.create(name="ai_use", severity="off")
    for role in ("reporter", "copy-editor", "desk", "moderator"):
        client = signed_in(make_user(role))
        assert client.get(SETTINGS).status_code == 403
        assert client.post(SETTINGS, {"ai_use-severity": "stop"}).status_code == 403
    client = signed_in(make_user("publisher"))
    assert client.get(SETTINGS).status_code == 200
    assert client.get(f"{SETTINGS}add/").status_code == 403
    assert client.post(f"{SETTINGS}{row.pk}/delete/").status_code == 403
    assert client.get(f"{SETTINGS}{row.pk}/change/")["Location"] == SETTINGS
    row.refresh_from_db()
    assert row.severity == "off"


def test_the_defaults_are_sensible():
    """Only what no story can be without stops it; the photo on top is a matter of taste."""
    severities = {name: str(rule.severity) for name, rule in RULES.items()}
    assert {name for name, severity in severities.items() if severity == "stop"} == {
        "section", "helpline", "photo_rights", "photo_minors",
    }  # fmt: skip
    assert {name for name, severity in severities.items() if severity == "off"} == {"lead_photo"}
    assert not [name for name, rule in RULES.items() if rule.values() != rule.values({})]
