"""The engine on the database at hand: kept up by the verbs, both databases alike, related stories, rebuilding."""

import datetime
import io
import time
from dataclasses import replace

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection, transaction
from django.db.migrations import Migration
from django.utils import timezone

from articles import actions
from articles.errors import NotAllowed
from articles.models import Article, Section
from articles.states import State
from newsroom.search import ranking, rebuild
from newsroom.search.analysis import ANALYZER
from newsroom.search.backends import Filters, Order, backend
from newsroom.search.backends.postgres import LAST_PLACE, MOST_PLACES, vector
from newsroom.search.backends.sizes import SIZES
from newsroom.search.documents import TEXT_LENGTH, document_of
from newsroom.search.models import SearchDoc
from newsroom.search.receivers import begin
from newsroom.search.words import parse

from ..factories import make_article, make_section, make_user

pytestmark = pytest.mark.django_db


def found(typed: str, *, order: Order = Order.RELEVANCE, **filters) -> list[int]:
    """Return the keys that a search finds."""
    return backend().search(parse(typed), Filters(**filters), order=order).keys


def indexed(*args, **fields) -> Article:
    """Make a story that the index knows."""
    article = make_article(*args, **fields)
    backend().index([article])
    return article


def index_rows() -> int:
    """Return how many stories the database's own index holds for the word «막차»."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(
                "SELECT count(*) FROM newsroom_search_index WHERE newsroom_search_index MATCH '막차'"
            )
        else:
            cursor.execute("SELECT count(*) FROM newsroom_search_searchdoc WHERE vector @@ '막차'::tsquery")
        return cursor.fetchone()[0]


def test_approving_makes_a_story_found_and_withdrawing_ends_it():
    """At once, with nothing run in between; restored, it is found again; withdrawn ones stay in the index."""
    chief = make_user("editor-in-chief")
    article = make_article("막차 시간", state=State.SUBMITTED)
    SearchDoc.objects.all().delete()
    assert found("막차") == []
    actions.approve(article=article, by=chief, override="급함")
    for order in Order:
        assert found("막차", order=order) == [article.pk]
    actions.withdraw(article=article, by=chief, reason="오보")
    for order in Order:
        assert found("막차", order=order) == []
    assert index_rows() == 1
    actions.restore(article=article, by=chief, reason="확인")
    assert found("막차") == [article.pk]


def test_a_change_is_found_when_it_is_approved_and_the_old_words_are_not():
    """The row that readers see is searched, never the work beside it."""
    chief = make_user("editor-in-chief")
    article = indexed("막차 시간")
    changed = replace(actions.newest(article), headline="첫차 시간")
    actions.save(article=article, snapshot=changed, by=chief, note="")
    assert found("첫차") == []
    actions.approve(article=article, by=chief, change="typo", override="급함")
    assert found("첫차") == [article.pk]
    assert found("막차") == []
    assert index_rows() == 0


def test_what_becomes_work_again_or_is_deleted_leaves_the_index():
    """A held story before its time, and a deleted one with everything of it."""
    chief = make_user("editor-in-chief")
    ahead = indexed("막차 시간", hours_ago=-5)
    assert index_rows() == 1
    actions.hold(article=ahead, by=chief)
    assert index_rows() == 0
    gone = indexed("막차 시간")
    Article.objects.filter(pk=gone.pk).delete()
    assert index_rows() == 0
    assert not SearchDoc.objects.exists()


def test_a_scheduled_story_is_found_when_its_time_comes():
    """It stands in the index before, and is neither found nor listed as like another."""
    early = indexed("막차 시간이 바뀐다", hours_ago=-1)
    other = indexed("막차 시간이 바뀐다")
    assert found("막차") == [other.pk]
    assert backend().more_like(other, 5) == []
    Article.objects.filter(pk=early.pk).update(published_at=timezone.now() - datetime.timedelta(seconds=1))
    assert set(found("막차")) == {early.pk, other.pk}


def test_the_index_stands_and_falls_with_the_transaction():
    """A verb that is taken back leaves no word."""
    article = make_article("막차 시간", state=State.SUBMITTED)
    with pytest.raises(NotAllowed), transaction.atomic():
        actions.approve(article=article, by=make_user("editor-in-chief"), override="급함")
        raise NotAllowed
    assert index_rows() == 0


def test_writing_a_story_twice_leaves_it_once():
    """And unknown keys are no fault."""
    article = indexed("막차 막차")
    backend().index([article, make_article("막차")])
    backend().delete([10**9])
    assert index_rows() == 2
    assert len(found("막차")) == 2


def test_writing_a_story_takes_five_milliseconds_at_most():
    """A full one, of 2,500 characters; the quickest of several, as other work goes on here."""
    words = "나루터 창고가 배움터로 다시 문을 열자 마을 사람들이 하나둘 모여들었다. "
    article = make_article(body=f"<p>{words * 60}</p>")
    times = []
    for _go in range(15):
        begun = time.process_time()
        backend().index([article])
        times.append(time.process_time() - begun)
    assert min(times) < 0.005


@pytest.mark.parametrize(
    "typed", ["\U0002b820漢", "ა Ა", "ꯀꯁ", "१२३ सड़क", "𝟙𝟚", "ß", "ﬁ", "\u1112", "가\u11ff"]
)
def test_letters_of_any_script_are_found(typed):
    """Whatever the database knows of a script: what was written is found, and nothing fails."""
    article = indexed(f"머리 {typed} 꼬리")
    assert found(f"{typed} 꼬리") == [article.pk]
    assert found(f"{typed}", order=Order.DATE) in ([article.pk], [])


def test_a_section_and_a_period_narrow_what_is_found():
    """With those that hold only some of the words, too."""
    here, there = make_section("여기"), make_section("저기")
    wanted = indexed("막차 시간", section=here, hours_ago=2)
    indexed("막차 시간", section=there)
    indexed("막차 시간", section=here, hours_ago=24 * 40)
    since = timezone.now() - datetime.timedelta(days=30)
    for typed in ("막차", "막차 우주선"):
        assert found(typed, section=here, since=since) == [wanted.pk]
    assert found("막차", section=Section(pk=10**6)) == []


def test_quoted_words_stand_just_so_where_there_is_such_a_story():
    """Else the words are looked for one by one."""
    just_so = indexed("막차 시간 바뀐다")
    indexed("시간 바뀐 막차")
    assert found('"막차 시간"') == [just_so.pk]
    assert len(found('"시간이 많은 막차"')) == 2


def test_titles_count_more_than_what_stands_over_the_text_and_that_more_than_the_text():
    """On both databases in the same order."""
    filler = "<p>다른 이야기가 길게 이어진다.</p>"
    body = indexed("하나", body="<p>막차 이야기가 길게 이어진다.</p>")
    deck = indexed("둘", deck="막차", body=filler)
    title = indexed("막차", body=filler)
    assert found("막차") == [title.pk, deck.pk, body.pk]


def test_words_that_stand_whole_count_more_than_their_parts():
    """The same pairs of syllables, torn apart, are no word."""
    torn = indexed("하나", body="<p>나루와 루터와 터전의 이야기가 길게 이어진다.</p>")
    whole = indexed("둘", body="<p>나루터전 이야기가 길게 이어진다고 한다고 한다고 전했다고 한다.</p>")
    assert found("나루터전 우주선") == [whole.pk, torn.pk]


def test_words_in_very_many_stories_are_looked_for_in_the_newest(monkeypatch):
    """By relevance only; in order of date all are reached, and rarer words beside them reach all as well."""
    rows = [indexed(f"막차 {number}", body="<p>하나</p>") for number in range(10)]
    indexed("우주선 막차", hours_ago=50)
    Article.objects.filter(pk=rows[0].pk).update(headline="나루터 막차")
    backend().index([Article.objects.get(pk=rows[0].pk)])
    monkeypatch.setattr(type(backend()), "most_looked_at", 5)
    SIZES.forget()
    by_relevance = found("막차")
    assert rows[-1].pk in by_relevance
    assert rows[0].pk not in by_relevance
    assert len(found("막차", order=Order.DATE)) == 11
    assert found("나루터 막차")[0] == rows[0].pk


def test_the_likest_stories_come_first():
    """Public ones only, never the story itself; a story without words of its own has none."""
    one = indexed("나루터 창고 배움터", body="<p>나루터 창고를 배움터로 고친다.</p>")
    like = indexed("배움터가 된 창고", body="<p>나루터 창고가 열렸다.</p>")
    indexed("쌀값 오름세", body="<p>쌀값이 오른다.</p>")
    indexed("나루터 창고 배움터", state=State.WITHDRAWN)
    assert backend().more_like(one, 5)[:1] == [like.pk]
    assert one.pk not in backend().more_like(one, 5)
    assert backend().more_like(make_article(state=State.DRAFT), 5) == []


def test_long_texts_are_read_to_a_bound_and_markup_is_not_read():
    """Titles, what stands over the text and tags are whole."""
    article = make_article(body=f"<p>{'가 ' * TEXT_LENGTH}<em>끝말</em></p>", tags=["꼬리표"], deck="부제목")
    document = document_of(article)
    assert "끝말" not in document.body_terms
    assert document.body_terms.startswith("가 가")
    assert document.lead_terms == "부제 제목 꼬리 리표"
    assert document.length == len(
        f"{document.title_terms} {document.lead_terms} {document.body_terms}".split()
    )


def test_a_vector_keeps_to_what_postgresql_takes():
    """At most 255 places of a term, none behind 16,383; fields are apart, so that no phrase runs over."""
    assert vector(["가나 다라", "가나", "마바"]) == "'가나':1A,4B '다라':2A '마바':6D"
    places = vector(["", "", "가 " * 20_000]).split(":")[1].split(",")
    assert len(places) == MOST_PLACES
    assert f":{LAST_PLACE}D" in vector(["", "", " ".join(map(str, range(20_000)))])


def test_rare_terms_are_chosen_within_a_bound():
    """The rarest first, two in any case, none that nobody holds."""
    corpus = ranking.Corpus(100, 10, {"a": 50, "b": 1, "c": 9, "d": 0})
    assert corpus.rare("abcd", 10) == ["b", "c"]
    assert corpus.rare("abcd", 60) == ["b", "c", "a"]
    assert corpus.rare("ac", 1) == ["c", "a"]
    assert corpus.rarity("b") > corpus.rarity("c") > corpus.rarity("a") > 0


def test_age_halves_its_part_in_a_year():
    """New stories count whole, old ones 0.7 at least; a time ahead is no advantage."""
    year = datetime.timedelta(days=365)
    assert ranking.freshness(-year) == ranking.freshness(0 * year) == 1
    assert ranking.freshness(year) == pytest.approx(0.85)
    assert ranking.freshness(50 * year) == pytest.approx(0.7)


def test_rebuilding_writes_what_is_missing_and_goes_on_where_it_stood():
    """Missing stories and those of an older analyzer; what is work again goes; a second run writes nothing."""
    articles = [make_article(f"막차 {number}") for number in range(7)]
    draft = make_article("막차 초고", state=State.DRAFT)
    backend().index([draft])
    SearchDoc.objects.exclude(pk=draft.pk).delete()
    backend().index(articles[:2])
    SearchDoc.objects.filter(pk=articles[0].pk).update(analyzer=ANALYZER - 1, title_terms="옛말")
    steps = rebuild.rebuild(step=3)
    first = next(steps)
    steps.close()
    assert (first.written, first.key) == (2, articles[2].pk)
    last = list(rebuild.rebuild(step=3))[-1]
    assert (last.written, last.removed, last.key) == (4, 1, last.last)
    assert index_rows() == 7
    assert [step.written for step in rebuild.rebuild(step=100)] == [0]
    assert [step.written for step in rebuild.rebuild(step=100, every=True)] == [7]
    assert index_rows() == 7


def test_a_paper_that_had_stories_before_is_taken_in_by_the_migration():
    """When the migration of the search goes forwards; no other one reads the stories."""
    make_article("막차 시간")
    SearchDoc.objects.all().delete()
    app = apps.get_app_config("newsroom_search")
    other, own = Migration("0009_other", "articles"), Migration("0001_terms_and_index", app.label)
    for plan in ([], [(other, False)], [(own, True)]):
        begin(app, plan=plan)
        assert index_rows() == 0
    begin(app, plan=[(other, False), (own, False)])
    assert index_rows() == 1


@pytest.mark.django_db(transaction=True)
def test_the_migration_can_be_taken_back_and_made_again():
    """Index, triggers and table go and come, and the index works."""
    call_command("migrate", "newsroom_search", "zero", verbosity=0)
    assert "newsroom_search_searchdoc" not in connection.introspection.table_names()
    call_command("migrate", "newsroom_search", verbosity=0)
    assert found("막차") == []
    article = indexed("막차 시간")
    assert found("막차") == [article.pk]


def test_the_command_says_how_far_it_came(monkeypatch):
    """After each step with the way to go on, and at the end."""
    for number in range(5):
        make_article(f"막차 {number}")
    SearchDoc.objects.all().delete()
    monkeypatch.setattr(rebuild.rebuild, "__kwdefaults__", {"after": 0, "every": False, "step": 2})
    said = io.StringIO()
    call_command("search_rebuild", stdout=said)
    lines = said.getvalue().splitlines()
    assert "2 written. To go on from here: search_rebuild --after " in lines[0]
    assert lines[-1] == "The search is up to date: 5 stories written, 0 taken out."
    call_command("search_rebuild", "--all", stdout=said)
    assert said.getvalue().splitlines()[-1].endswith(": 5 stories written, 0 taken out.")
