"""The page of comparison: which versions it shows to whom, what can be done there, and what it costs."""

from dataclasses import replace

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from articles import actions
from articles.actions.saving import keep_base
from articles.admin.history import chosen, number_of
from articles.models import Article, Revision
from articles.snapshots import Snapshot
from articles.states import State

from ..desk_forms import messages_of, signed_in
from ..factories import make_article, make_photo, make_reporter, make_section, make_user

pytestmark = pytest.mark.django_db

BODY = "<p>새여울시는 올해 안에 나루터 창고를 고쳐 연다고 3일 밝혔다.</p><p>창고는 1962년 지어졌다.</p>"


@pytest.fixture
def desk():
    return make_user("desk")


def save(article: Article, by, **changes) -> Article:
    """Store a version of a story with some fields changed."""
    actions.save(article=article, snapshot=replace(actions.newest(article), **changes), by=by)
    return article


@pytest.fixture
def changed(desk) -> Article:
    """A public story with a change that waits for the desk: version 1 is public, version 2 submitted."""
    article = make_article(body=BODY, reporters=[make_reporter()])
    save(article, desk, body=BODY.replace("1962년", "1964년"), headline="나루터 창고, 배움터로 문 연다")
    return actions.submit(article=article, by=desk)


def address(article: Article, **query) -> str:
    return reverse("admin:articles_article_compare", args=[article.pk], query=query or None)


def page_of(client, article: Article, **query) -> BeautifulSoup:
    response = client.get(address(article, **query))
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def shown_in(page: BeautifulSoup) -> list[str]:
    return [part.strong.text for part in page.select(".cmp__pair .cmp__version")]


# What is compared.


def test_a_pending_change_is_compared_with_what_readers_see(desk, changed):
    """Whoever approves reads what will be different for readers."""
    save(changed, desk, deck="강가에 책이 온다")
    page = page_of(signed_in(desk), changed)
    assert shown_in(page) == ["Version 1", "Version 3"]
    assert [part.text for part in page.select(".cmp__pair .cmp__flag")] == ["Readers see this", "Newest"]
    fields = [part.h2.text for part in page.select(".cmp__field")]
    assert fields == ["headline", "deck", "text"]


def test_the_words_that_changed_are_marked_for_eyes_and_ears(desk, changed):
    """Deleted and inserted words stand in elements of their own, with words for a screen reader."""
    row = page_of(signed_in(desk), changed).select_one(".cmp__row--changed .cmp__inline")
    assert row.get_text() == "창고는 [deleted: 1962년][new: 1964년] 지어졌다."
    assert [part.name for part in row.select("del, ins")] == ["del", "ins"]


def test_a_story_without_a_change_shows_its_last_step(desk):
    """The newest version beside the one before."""
    article = make_article(body=BODY, state=State.DRAFT)
    for deck in ("하나", "둘", "셋"):
        save(article, desk, deck=deck)
    assert shown_in(page_of(signed_in(desk), article)) == ["Version 3", "Version 4"]


def test_any_two_versions_are_compared_older_first(desk):
    """Also when they are asked for the other way round; steps lead to the changes before and after."""
    article = make_article(body=BODY, state=State.DRAFT)
    for deck in ("하나", "둘", "셋", "넷"):
        save(article, desk, deck=deck)
    page = page_of(signed_in(desk), article, a=3, b=2)
    assert shown_in(page) == ["Version 2", "Version 3"]
    assert [link["href"] for link in page.select(".cmp__steps a")] == ["?a=1&b=2", "?a=3&b=4", "#decide"]
    assert page.select_one(".cmp__field--deck .cmp__inline").get_text().strip() == "[deleted: 하나][new: 둘]"


@pytest.mark.parametrize(
    ("asked", "numbers"),
    [
        ([None, None], [3, 4]), ([1, None], [1, 4]), ([4, None], [3, 4]), ([None, 2], [1, 2]), ([None, 1], [1]),
        ([2, 2], [2]), ([9, 3], [2, 3]), ([4, 1], [1, 4]),
    ],
)  # fmt: skip
def test_what_is_not_there_is_passed_over(asked, numbers):
    """Every address shows something; one version where there is no second."""
    assert chosen([1, 2, 3, 4], asked, Article(version=4)) == numbers
    assert chosen([], asked, Article()) == []


def test_nonsense_in_the_address_is_no_error(desk, changed):
    """Letters, zero, huge numbers and numbers of no version."""
    client = signed_in(desk)
    for query in ({"a": "x", "b": "-1"}, {"a": "0"}, {"a": "9" * 40}, {"before": "9" * 40}, {"a": "²"}):
        assert shown_in(page_of(client, changed, **query)) == ["Version 1", "Version 2"]
    page = page_of(client, changed, a=77)
    assert "does not exist" in page.select_one(".cmp__note").text
    assert (number_of("7"), number_of("0" * 11 + "1" + "9" * 30), number_of("9999999999")) == (7, None, None)


@pytest.mark.parametrize("versions", [0, 1])
def test_a_story_with_nothing_to_compare_says_so(desk, versions):
    """An imported story has no version yet, a new one has a single one."""
    article = make_article(body=BODY, state=State.DRAFT)
    if versions:
        keep_base(article)
    page = page_of(signed_in(desk), article)
    assert ("only one version" if versions else "No version has been stored") in page.select_one(
        ".cmp__none"
    ).text


def test_two_equal_versions_say_the_same(desk):
    """Back and forth is no difference."""
    article = make_article(body=BODY, state=State.DRAFT)
    save(article, desk, deck="하나")
    save(article, desk, deck="")
    assert "say the same" in page_of(signed_in(desk), article, a=1, b=3).select_one(".cmp__none").text


def test_photos_and_people_are_shown_by_name(desk):
    """A lead photo as a picture, a reporter by name, a section by its title."""
    article = make_article(body=BODY, state=State.DRAFT)
    photo, inside = make_photo(), make_photo("저녁 나루.")
    reporter, section = make_reporter("한나래"), make_section("문화")
    byline = {"reporter": reporter.pk, "guest_name": "", "guest_title": "", "role": "writer"}
    figure = f'<figure data-photo="{inside.pk}"><figcaption>저녁.</figcaption></figure>'
    save(article, desk, lead_photo=photo.pk, section=section.pk, bylines=[byline], body=BODY + figure)
    page = page_of(signed_in(desk), article)
    assert page.select_one(".cmp__field--lead_photo img")["src"] == photo.url(800)
    assert page.select_one(".cmp__row--figure.cmp__row--added img")["src"] == inside.url(800)
    assert "한나래" in page.select_one(".cmp__field--bylines").text
    assert "문화" in page.select_one(".cmp__field--section").text


# Who.


def test_who_may_not_open_the_story_may_not_compare_it(desk, changed):
    """The same people as for the story's page: nobody else learns of its versions."""
    assert signed_in(desk).get(address(changed)).status_code == 200
    stranger = signed_in(make_user("reporter"))
    assert (
        stranger.get(address(changed)).status_code
        == stranger.get(reverse("admin:articles_article_change", args=[changed.pk])).status_code
        == 302
    )
    assert signed_in(desk).get(reverse("admin:articles_article_compare", args=[10**9])).status_code == 302


def test_a_person_without_the_right_to_stories_is_refused():
    """Also for a story that they began, before the right was taken from them."""
    user = make_user("")
    article = make_article(body=BODY, state=State.DRAFT, created_by=user)
    assert signed_in(user).get(address(article)).status_code == 403
    assert (
        signed_in(user).get(reverse("admin:articles_article_preview", args=[article.pk])).status_code == 403
    )


def test_its_reporter_reads_and_does_not_decide():
    """The reporter of the story compares; approving and returning are the desk's."""
    user = make_user("reporter")
    article = make_article(body=BODY, state=State.DRAFT, created_by=user)
    save(article, user, deck="하나")
    actions.submit(article=article, by=user)
    page = page_of(signed_in(user), article)
    assert page.select(".cmp__decide form") == []
    assert "To the story" in page.select_one(".cmp__decide").text


def test_nobody_else_decides_from_an_old_version(desk, changed):
    """What is approved is the newest version: where another one is shown there is no button for it."""
    save(changed, desk, deck="하나")
    client = signed_in(desk)
    assert page_of(client, changed, a=1, b=2).select("[name=_verb]") == []
    assert page_of(client, changed, a=1, b=3).select("[name=_verb]") != []


# What can be done.


def decide(client, article: Article, verb: str, **fields):
    """Press a button of the page with what its form holds."""
    form = page_of(client, article).select_one(".cmp__decide form")
    held = {field["name"]: field["value"] for field in form.select("input[type=hidden]")}
    return client.post(form["action"], held | {"_verb": verb} | fields)


def test_the_change_is_approved_where_it_was_read(desk, changed):
    """With its kind and a note; readers see it then."""
    client = signed_in(desk)
    kinds = [button["value"] for button in page_of(client, changed).select("[name=_verb]")]
    assert kinds == ["approve:typo", "approve:update", "approve:correction", "return"]
    response = decide(client, changed, "approve:correction", change_note="준공 연도를 바로잡음")
    assert "Readers see it" in messages_of(client, response)
    changed.refresh_from_db()
    assert (changed.approved_version, changed.change_state) == (2, "")
    assert "1964년" in changed.body
    assert changed.state_changes.first().reason == "준공 연도를 바로잡음"


def test_what_was_not_read_is_not_approved(desk, changed):
    """Somebody saves between reading and approving: nothing is approved unseen."""
    client = signed_in(desk)
    form = page_of(client, changed).select_one(".cmp__decide form")
    save(changed, desk, deck="몰래")
    held = {field["name"]: field["value"] for field in form.select("input[type=hidden]")}
    response = client.post(form["action"], held | {"_verb": "approve:typo"})
    assert "Somebody has saved" in messages_of(client, response)
    changed.refresh_from_db()
    assert changed.approved_version == 1


def test_the_change_is_returned_with_a_reason(desk, changed):
    """The reporter is told why."""
    client = signed_in(desk)
    decide(client, changed, "return", reason="연도의 출처를 달아 주십시오.")
    changed.refresh_from_db()
    assert changed.change_state == State.RETURNED
    assert changed.state_changes.first().reason == "연도의 출처를 달아 주십시오."


def restore_address(article: Article, number: int) -> str:
    return reverse("admin:articles_article_restore_revision", args=[article.pk, number])


def test_an_old_version_is_brought_back_as_a_new_one(desk):
    """Nothing in between is lost: it is one more version."""
    article = make_article(body=BODY, state=State.DRAFT)
    save(article, desk, headline="다른 제목", body="<p>다른 글.</p>")
    client = signed_in(desk)
    (form,) = page_of(client, article).select('form[action$="restore/"]')
    response = client.post(form["action"])
    assert "Version 1 is the newest one again, as version 3" in messages_of(client, response)
    article.refresh_from_db()
    assert (article.version, article.body) == (3, BODY)
    assert [row.occasion for row in article.revisions.all()] == ["restore", "save", "import"]
    assert Snapshot.from_json(article.revisions.get(number=2).content).headline == "다른 제목"


def test_bringing_back_a_version_changes_nothing_for_readers(desk, changed):
    """Of a public story it becomes a change that has to be approved."""
    signed_in(desk).post(restore_address(changed, 1))
    changed.refresh_from_db()
    assert (changed.headline, changed.version) == ("나루터 창고, 배움터로 다시 문 연다", 3)


@pytest.mark.parametrize("number", [2, 77, 2**40])
def test_what_cannot_be_brought_back_says_why(desk, changed, number):
    """The newest version, one that does not exist, a number that no database takes."""
    client = signed_in(desk)
    said = messages_of(client, client.post(restore_address(changed, number)))
    assert ("says the same already" if number == 2 else "has no version") in said
    changed.refresh_from_db()
    assert changed.version == 2


def test_only_those_who_may_edit_bring_a_version_back(changed):
    """A stranger's request changes nothing, and a link is no request to change."""
    stranger = signed_in(make_user("reporter"))
    stranger.post(restore_address(changed, 1))
    assert signed_in(make_user("desk")).get(restore_address(changed, 1)).status_code == 302
    changed.refresh_from_db()
    assert changed.version == 2


# Its seal.


def test_an_altered_version_is_told(desk, changed):
    """A row changed behind the program's back breaks the chain, and the page says where."""
    client = signed_in(desk)
    assert "unbroken" in page_of(client, changed).select_one(".cmp__seal").text
    content = changed.revisions.get(number=1).content | {"headline": "고쳐 쓴 제목"}
    Revision.objects.filter(article=changed, number=1).update(content=content)
    assert "broken at version 1" in page_of(client, changed).select_one(".cmp__seal--broken").text


def test_a_version_taken_out_is_told(desk, changed):
    """The one behind it does not fit any more, wherever it is."""
    save(changed, desk, deck="하나")
    save(changed, desk, deck="둘")
    Revision.objects.filter(article=changed, number=2).delete()
    page = page_of(signed_in(desk), changed, a=3, b=4)
    assert "broken at version 3" in page.select_one(".cmp__seal--broken").text


# What it costs.


def many(article: Article, by, count: int) -> None:
    """Add versions quickly, sealed as ``actions.save`` seals them."""
    before = article.revisions.order_by("-number").first()
    for number in range(before.number + 1, before.number + 1 + count):
        before = Revision.objects.create(
            article=article, number=number, content=before.content | {"deck": f"{number}"}, by=by,
            previous_digest=before.digest,
        )  # fmt: skip
    Article.objects.filter(pk=article.pk).update(version=before.number)


def test_the_page_costs_the_same_for_many_versions(desk, changed):
    """At most 20 queries, for 2 versions and for 200; the list shows a page of them."""
    client = signed_in(desk)
    client.get(address(changed))
    with CaptureQueriesContext(connection) as few:
        page_of(client, changed)
    many(changed, desk, 200)
    with CaptureQueriesContext(connection) as lots:
        page = page_of(client, changed)
    assert len(lots) == len(few) <= 20
    assert len(page.select(".cmp__versions li")) == 25
    older = page.select_one(".cmp__go a")["href"]
    second = BeautifulSoup(client.get(address(changed) + older).content, "html.parser")
    assert [part.text for part in second.select(".cmp__versions li strong")][:2] == [
        "Version 177",
        "Version 176",
    ]
    assert [(field["name"], field["value"]) for field in second.select(".cmp__versions input[type=hidden]")] == [
        ("a", "1"), ("b", "202"),
    ]  # fmt: skip


def test_the_list_of_versions_does_not_load_their_texts(desk, changed):
    """Of all versions only the two that are compared are read."""
    many(changed, desk, 30)
    with CaptureQueriesContext(connection) as queries:
        page_of(signed_in(desk), changed)
    asked = [query["sql"] for query in queries if '"articles_revision"."content"' in query["sql"]]
    assert len(asked) == 1
    assert "IN (1, 32)" in asked[0]


def test_the_time_that_approval_set_is_no_change():
    """A story written without a time is compared, after its approval, as having had the time it got."""
    desk = make_user("desk")
    saved = actions.create(
        snapshot=Snapshot(headline="글", body="<p>하나.</p>", section=make_section().pk), by=desk
    )
    article = actions.approve(article=saved.article, by=desk)
    snapshot = replace(actions.newest(article), headline="다른 글")
    actions.save(article=article, snapshot=snapshot, by=desk)
    page = signed_in(desk).get(reverse("admin:articles_article_compare", args=[article.pk]))
    assert [change.field for change in page.context["changes"]] == ["headline"]
