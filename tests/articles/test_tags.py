"""Tags of stories, the composing of a text, and the colours and classes that tags and styles share."""

import datetime
import re
from pathlib import Path

import pytest
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import translation
from django.utils.html import escape

from articles import blocks
from articles.composing import compose
from articles.models import Article, Byline
from articles.picking import Item
from newsroom.publication.models import Publication

from ..factories import make_article, make_photo, make_reporter, make_sidebar

TOKENS = Path("static/css/tokens.css").read_text()
LIGHT, DARK = TOKENS.split("@media screen and (prefers-color-scheme: dark)")


@pytest.fixture(autouse=True)
def in_english():
    """Read the words of the tags as they stand in the code."""
    with translation.override("en"):
        yield


def render(text: str, **values) -> str:
    """Return a template that loads the tags of stories, rendered as on a page."""
    request = RequestFactory().get("/")
    return Template("{% load articles %}" + text).render(
        Context({"request": request, "publication": Publication(name="새여울신문")} | values)
    )


def luminance(colour: str) -> float:
    """Return the relative luminance of ``#rrggbb`` (WCAG 2.2)."""
    parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def token(style: str, name: str) -> str:
    """Return the first value of a colour token."""
    return re.search(rf"--{name}: (#[0-9a-f]{{6}});", style)[1]


@pytest.mark.parametrize("style", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("ground", ["paper", "tint"])
def test_words_can_be_read_on_every_ground(style, ground):
    """Inks and all eight accents stand at 4.5:1 or more on paper and on tint, in light and in dark."""
    colours = {name: token(style, name) for name in ("ink", "ink-2", "ink-3")}
    for accent in Publication.Accent.values:
        colours[accent] = re.search(rf"\.accent-{accent} {{ --accent: (#\w{{6}}); }}", style)[1]
    assert [name for name, colour in colours.items() if contrast(colour, token(style, ground)) < 4.5] == []


def test_every_focal_point_and_text_size_has_its_class():
    """The style knows fx-0 … fx-10, fy-0 … fy-10 and the five text sizes."""
    for step in range(11):
        assert f".fx-{step} {{ --fx: {step * 10}%; }}" in TOKENS
        assert f".fy-{step} {{ --fy: {step * 10}%; }}" in TOKENS
    assert re.findall(r'\[data-step="(\d)"\]', TOKENS) == ["0", "1", "2", "3", "4"]


def test_a_table_scrolls_inside_itself():
    """A table stands in a region that takes the focus and has its caption, else a general name, as its name."""
    named = "<table><caption>버스 <em>시각</em></caption><tbody><tr><td>1</td></tr></tbody></table>"
    first, second = compose(named + named.replace("<caption>버스 <em>시각</em></caption>", ""), [], "Table")
    assert first.markup.startswith(
        '<div class="scroll" role="region" tabindex="0" aria-label="버스 시각"><table>'
    )
    assert 'aria-label="Table"' in second.markup


@pytest.mark.django_db
def test_names_are_linked_in_order_with_their_roles():
    """A reporter has a page; a guest has none; who did not write is told with the role."""
    writer, photographer = (
        make_reporter("윤슬아", slug="yun"),
        make_reporter("백가람", title="사진기자", slug="baek"),
    )
    article = make_article(reporters=[writer, photographer], guests=["온새미 <b>"])
    article.bylines.filter(reporter=photographer).update(role=Byline.Role.PHOTO)
    names = render("{% byline article %}", article=article)
    assert '<li><a href="/reporters/yun/" rel="author">윤슬아 기자</a></li>' in names
    assert (
        '<span class="byline__role">Photo</span> <a href="/reporters/baek/" rel="author">백가람 사진기자</a>'
        in names
    )
    assert "<li>온새미 &lt;b&gt;</li>" in names
    assert (
        render("{% byline_text article %}", article=article)
        == "윤슬아 기자 · Photo 백가람 사진기자 · 온새미 &lt;b&gt;"
    )
    assert render("{% byline_text article 1 %}", article=article) == "윤슬아 기자 and 2 others"
    assert render("{% byline_text article 2 %}", article=article).endswith("사진기자 and 1 other")
    assert render("{% byline_text article 3 %}", article=article).endswith("온새미 &lt;b&gt;")


@pytest.mark.django_db
def test_a_story_without_names_prints_none():
    """No empty list, no stray separator."""
    article = make_article()
    assert render("{% byline article %}|{% byline_text article %}", article=article).split("|") == [
        render("{% byline article %}", article=article), "",
    ]  # fmt: skip
    assert "<ul" not in render("{% byline article %}", article=article)


@pytest.mark.django_db
def test_a_photo_keeps_its_space_and_offers_its_sizes():
    """Width, height, srcset and sizes are always there; what is cut keeps its focal point."""
    photo = make_photo(size=(1000, 500), alt='강 "둑"', focal_x=96, focal_y=4)
    whole = render('{% photo photo sizes="50vw" %}', photo=photo)
    assert f'src="{photo.url(800)}"' in whole
    steps = ", ".join(f"{url} {width}w" for width, url in photo.steps())
    assert f'srcset="{steps}" sizes="50vw" width="1000" height="500"' in whole
    assert f'alt="{escape(photo.alt)}"' in whole
    assert 'loading="lazy"' in whole
    assert "class=" not in whole
    cut = render('{% photo photo crop="16-9" loading="eager" alt="" %}', photo=photo)
    assert 'width="1600" height="900" alt="" class="crop crop-16-9 fx-10 fy-0"' in cut
    assert 'fetchpriority="high"' in cut
    assert "lazy" not in cut
    assert "srcset" not in render('{% photo photo sizes="" %}', photo=photo)
    assert render("{% photo nothing %}", nothing=None) == ""


@pytest.mark.django_db
def test_a_figure_has_caption_and_credit():
    """The caption of the story goes before the photo's own; the triangle is not read aloud."""
    reporter = make_reporter("백가람", title="사진기자")
    article = make_article(
        photos=[make_photo("원래 설명.", photographer=reporter), make_photo("", size=(300, 600))]
    )
    lead, bare = (row.photo for row in article.placements.all())
    printed = render("{% figure lead words %}", lead=lead, words="이 기사의 <설명>.")
    assert '<span class="figure__mark" aria-hidden="true">▲</span> 이 기사의 &lt;설명&gt;.' in printed
    assert '<span class="figure__credit">Photo: 백가람 사진기자</span>' in printed
    assert "▲</span> 원래 설명." in render("{% figure lead '' %}", lead=lead)
    plain = render("{% figure bare %}", bare=bare)
    assert "figcaption" not in plain
    assert 'class="figure figure--tall"' in plain
    assert 'sizes="18rem"' in render('{% figure bare width="small" %}', bare=bare)
    assert "srcset" not in render("{% figure bare paper=True %}", bare=bare)
    bare.width = 0
    assert render("{% figure bare %}", bare=bare) == ""


@pytest.mark.django_db
def test_the_lead_photo_is_told_from_the_others():
    """One lead photo, or none."""
    article = make_article(photos=[make_photo(), make_photo()])
    order = "{% lead_placement article as lead %}{{ lead.order }}"
    assert render(order, article=article) == "0"
    assert render(order, article=make_article("사진 없는 기사")) == ""


@pytest.mark.django_db
def test_the_dateline_stands_in_the_first_paragraph():
    """It is part of the first paragraph even where a heading goes before, and stands there once."""
    article = make_article(body="<h2>앞</h2><p>첫 문단.</p><p>둘째.</p>")
    printed = " ".join(render("{% article_body article %}", article=article).split())
    assert '<h2>앞</h2> <p><span class="dateline">[새여울신문]</span> 첫 문단.</p> <p>둘째.</p>' in printed


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("variant", "has_photo", "words"),
    [("lead", True, 150), ("second", True, 90), ("line", True, 110), ("column", False, 0)],
)
def test_cards_show_what_their_place_needs(variant, has_photo, words):
    """One link and one heading each; excerpts are cut to the card; a column shows headlines alone."""
    article = make_article(
        "긴 제목", list_title="짧은 <제목>", photos=[make_photo()], body=f"<p>{'가나다 ' * 80}</p>"
    )
    printed = render("{% card article variant=variant level=2 %}", article=article, variant=variant)
    assert printed.count("<a ") == 1
    assert f'<h2 class="card__title"><a href="/articles/{article.pk}/">짧은 &lt;제목&gt;</a></h2>' in printed
    assert ("<img" in printed) is has_photo
    found = re.search(r'card__excerpt">([^<]*)<', printed)
    assert (len(found[1]) if found else 0) == pytest.approx(words, abs=4)
    assert printed == render("{% card item variant=variant level=2 %}", item=Item(article), variant=variant)


@pytest.mark.django_db
def test_cards_mark_advertising_and_ask_no_database(django_assert_num_queries):
    """Paid content is marked in every list; names stand only where the list has loaded them."""
    make_article(origin="ad", reporters=[make_reporter("윤슬아")])
    bare = Article.objects.for_listing().get()
    loaded = Article.objects.for_listing().with_bylines().get()
    with django_assert_num_queries(0):
        plain = render("{% card article %}", article=bare)
        named = render("{% card article %}", article=loaded)
    assert '<p class="card__label card__label--ad">Advertising</p>' in plain
    assert "윤슬아" not in plain
    assert "윤슬아 기자" in named


@pytest.mark.django_db
def test_blocks_print_their_stories():
    """Every kind has a title and a list; a way to more where there is one; a reason where there is one."""
    article = make_article(
        "쪽의 기사", reporters=[make_reporter("윤슬아", slug="yun")], tags=["강"], photos=[make_photo()]
    )
    for number in range(16):
        make_article(
            f"기사 {number}",
            tags=["강"],
            photos=[make_photo()],
            reporters=[article.bylines.get().reporter],
            hours_ago=number + 2,
        )
    make_sidebar(
        kinds=("latest", "photo_news", "related", "reporter", "section", "notice"),
        text="알림 <글>",
        link="/about/",
        count=3,
    )
    printed = render("{% block_list bars.article %}", bars=blocks.sidebars(["article"], article=article))
    assert printed.count('<section class="block ') == 6
    assert printed.count('class="block__title"') == 15
    assert (
        '<a class="block__more" href="/photos/">More<span class="visually-hidden"> · PHOTO NEWS</span></a>'
        in printed
    )
    assert '<span class="block__reason">Same tags</span>' in printed
    assert 'href="/reporters/yun/"' in printed
    assert "<p>알림 &lt;글&gt;</p>" in printed
    assert (
        render("{% block_list nothing %}", nothing=None).strip()
        == render("{% block_list nothing %}", nothing=[]).strip()
    )


@pytest.mark.django_db
def test_rankings_are_ordered_lists():
    """A ranking is an ordered list, so that its numbers are told to everybody."""
    article = make_article("첫째")
    block = make_sidebar(kinds=("latest",)).blocks.get()
    filled = blocks.Filled(
        block,
        blocks.Kind("r", "r", "r", lambda context: [], "articles/blocks/ranked.html"),
        "r",
        [Item(article)],
    )
    assert "<ol" in render("{% block_list filled %}", filled=[filled])


def test_times_are_told_in_the_zone_of_the_paper():
    """To the second for a story, to the minute in lists, both with the offset for machines."""
    moment = datetime.datetime(2026, 11, 22, 0, 41, 5, 123, tzinfo=datetime.UTC)
    machine = '<time datetime="2026-11-22T09:41:05+09:00">'
    assert render("{% publication_time moment %}", moment=moment) == f"{machine}2026-11-22 09:41:05</time>"
    assert render("{% short_time moment %}", moment=moment) == f"{machine}2026-11-22 09:41</time>"
    assert render("{% publication_time nothing %}{% short_time nothing %}", nothing=None) == ""
