"""Tags of the newspaper: dateline, copyright line, the particulars that the law asks for, fixed pages."""

import datetime

import pytest
from bs4 import BeautifulSoup
from django.template import Context, Template
from django.utils import translation

from articles.models import Byline
from newsroom.publication.models import Page, Publication

from ..factories import make_article, make_reporter, make_section, make_source

pytestmark = pytest.mark.django_db
PAPER = Publication(
    name="새여울신문", dateline="[{publication}]", copyright_line="[ⓒ {publication} {source}]"
)


@pytest.fixture(autouse=True)
def in_english():
    """Read the words of the tags as they stand in the code."""
    with translation.override("en"):
        yield


def render(text: str, publication=PAPER, **values) -> str:
    """Return a template that loads the tags, rendered with a newspaper."""
    return Template("{% load publication %}" + text).render(Context({"publication": publication} | values))


@pytest.mark.parametrize(
    ("of_paper", "of_source", "of_story", "printed"),
    [
        ("[{publication}]", "", "", "[새여울신문]"),
        ("[{publication}={reporter}]", "", "", "[새여울신문=윤슬아 기자]"),
        ("[{section}={publication}]", "", "", "[사회=새여울신문]"),
        ("[{publication}]", "[{source}]", "", "[한결통신]"),
        ("[{publication}]", "[{source}]", "[솔고개={reporter}]", "[솔고개=윤슬아 기자]"),
        ("[{unknown}]", "", "", ""),
        ("", "", "", ""),
        ("<b>{publication}</b>", "", "", "&lt;b&gt;새여울신문&lt;/b&gt;"),
    ],
)
def test_the_dateline_is_the_nearest_one(of_paper, of_source, of_story, printed):
    """The story's own goes before its source's, that before the paper's; names are filled in."""
    source = make_source("한결통신", dateline=of_source)
    article = make_article(
        dateline=of_story, source=source, origin="agency", section=make_section("사회"),
        reporters=[make_reporter("윤슬아")],
    )  # fmt: skip
    tag = render("{% dateline article %}", Publication(name="새여울신문", dateline=of_paper), article=article)
    assert tag == (f'<span class="dateline">{printed}</span> ' if printed else "")


@pytest.mark.parametrize(
    ("template", "printed"),
    [
        ("[{publication}={reporter}]", "[새여울신문]"),
        ("[{reporter}={publication}]", "[새여울신문]"),
        ("[{reporter}]", ""),
    ],
)
def test_a_name_that_is_missing_leaves_no_sign_behind(template, printed):
    """A story without a writer has no «=» with nothing beside it."""
    article = make_article(reporters=[make_reporter("백가람")])
    article.bylines.update(role=Byline.Role.PHOTO)
    tag = render("{% dateline article %}", Publication(name="새여울신문", dateline=template), article=article)
    assert tag == (f'<span class="dateline">{printed}</span> ' if printed else "")


def test_the_copyright_line_is_the_sources_where_it_has_one():
    """Own words for a partner's story; the paper's for all others and for the foot of pages; none for advertising."""
    partner = make_source("이웃고을신문", copyright_line="[{source}·{publication}]")
    line = "{% copyright_line article %}"
    assert render(line, article=make_article(source=partner, origin="agency")) == "[이웃고을신문·새여울신문]"
    assert (
        render(line, article=make_article(source=make_source("통신"), origin="agency"))
        == "[ⓒ 새여울신문 통신]"
    )
    assert render(line, article=make_article(origin="release", source_name="군청")) == "[ⓒ 새여울신문 군청]"
    assert render(line, article=make_article(origin="ad")) == ""
    assert render("{% copyright_line %}") == "[ⓒ 새여울신문]"


def test_the_particulars_of_the_law_are_shown():
    """All nine of them with the youth protection officer, in order, each with its label; empty ones are left out."""
    publication = Publication(
        name="새여울신문", registered_title="새여울신문", registration_number="새여울 아00009",
        registered_on=datetime.date(2006, 3, 9), first_published_on=datetime.date(2006, 4, 7), publisher="함초롬",
        editor="도하람", address="나루길 9", phone="000-000-0000", youth_officer="천새봄 <b>",
    )  # fmt: skip
    rows = BeautifulSoup(render("{% particulars %}", publication), "html.parser").select("dl > div")
    assert [row.dd.get_text() for row in rows] == [
        "새여울신문", "새여울 아00009", "2006-03-09", "2006-04-07", "함초롬", "도하람", "나루길 9", "000-000-0000",
        "천새봄 <b>",
    ]  # fmt: skip
    assert rows[-1].dt.get_text() == "Youth protection officer"
    assert publication.missing_particulars == []
    assert render("{% particulars %}").strip() == render("{% particulars %}", Publication(name="")).strip()
    assert "<dl" not in render("{% particulars %}")


def test_particulars_and_fixed_pages_stand_on_every_page(client, django_assert_num_queries):
    """The foot is the same on the front page, on a story and where there is nothing."""
    Publication.objects.create(name="새여울신문", youth_officer="천새봄")
    Page.objects.create(title="개인정보처리방침", slug="privacy", body="<p>글</p>", is_strong=True)
    Page.objects.create(title="숨은 쪽", slug="hidden", body="<p>글</p>", in_footer=False)
    for address in ("/", make_article().get_absolute_url(), "/no-such-page/"):
        foot = BeautifulSoup(client.get(address).content, "html.parser").select_one("footer.footer")
        assert "천새봄" in foot.get_text(), address
        assert foot.select_one('a[href="/about/privacy/"] strong'), address
        assert "숨은 쪽" not in foot.get_text(), address
    with django_assert_num_queries(1):
        found = Publication.objects.current()
        assert "/about/privacy/" in render("{% footer_links %}{% particulars %}", publication=found)


def test_the_tags_stand_without_a_page_around_them():
    """A feed or a mail that has no newspaper at hand gets the one of the installation."""
    Publication.objects.create(name="새여울신문")
    article = make_article()
    printed = Template("{% load publication %}{% dateline article %}{% copyright_line article %}").render(
        Context({"article": article})
    )
    assert printed.startswith('<span class="dateline">[새여울신문]</span> [저작권자ⓒ 새여울신문.')
