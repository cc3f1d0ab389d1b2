"""A text put together for readers: photos, videos, maps, boxes, the part AI had in it; on the screen and on paper."""

import pytest
from bs4 import BeautifulSoup
from django.template import Context, Template
from django.test import RequestFactory
from django.urls import reverse
from django.utils import translation

from articles.composing import compose
from articles.html import clean_body
from articles.placing import lay_out
from newsroom.publication.models import Publication

from ..factories import make_article, make_photo, make_reporter

VIDEO = "https://www.youtube.com/watch?v=abcdefghijk"
FRAME = "https://www.youtube-nocookie.com/embed/abcdefghijk"
MAP = "https://www.openstreetmap.org/export/embed.html?bbox=126%2C37%2C127%2C38"


@pytest.fixture(autouse=True)
def in_english():
    """Read the words of the pages as they stand in the code."""
    with translation.override("en"):
        yield


def story(body: str, lead=None, **fields):
    """Make a public story with the placements of its text."""
    article = make_article(body=clean_body(body), **fields)
    lay_out(article, lead.pk if lead else None)
    return article


def text_of(client, article, page: str = "detail", query: str = "") -> BeautifulSoup:
    """Return the parsed text of a story as its page or its print page shows it."""
    answer = client.get(reverse(f"articles:{page}", args=[article.pk]) + query)
    assert answer.status_code == 200
    return BeautifulSoup(answer.content, "html.parser").select_one(".text")


def words(element) -> str:
    """Return the words of an element with single spaces."""
    return " ".join(element.get_text(" ").split())


class Picture:
    """A photo for texts that ask no database."""

    def __init__(self, pk: int) -> None:
        self.pk = pk


def test_a_text_is_composed_in_order():
    """Figures stand where the text has them; the first paragraph at the top is the one that opens."""
    body = clean_body(
        "<aside data-kind=pull>말</aside><figure data-photo=7 data-width=wide></figure><p>1</p><ul><li>b</li></ul>"
        f"<figure data-embed='{VIDEO}'>영상 <b>하나</b></figure><p>2</p><figure data-photo=8>설명</figure>"
    )
    seven, eight = Picture(7), Picture(8)
    parts = compose(body, [eight, seven], "Table")
    assert [part.photo or part.embed or part.markup for part in parts] == [
        '<aside data-kind="pull"><p>말</p></aside>', seven, "1</p>", "<ul><li>b</li></ul>", parts[4].embed, "<p>2</p>",
        eight,
    ]  # fmt: skip
    assert (parts[1].width, parts[1].caption) == ("wide", "")
    assert (parts[4].embed.address, parts[4].caption) == (VIDEO, "영상 <strong>하나</strong>")
    assert (parts[6].width, parts[6].caption) == ("", "설명")
    assert [part.opens for part in parts].index(True) == 2
    assert [part.opens for part in parts].count(True) == 1


def test_a_photo_that_is_gone_is_left_out():
    """Its caption goes with it; everything else stays."""
    body = clean_body("<p>1</p><figure data-photo=7>설명</figure><p>2</p>")
    assert [part.markup for part in compose(body, [], "Table")] == ["1</p>", "<p>2</p>"]
    assert compose("", [], "Table") == []


@pytest.mark.django_db
def test_photos_stand_where_the_text_has_them(client, django_assert_num_queries):
    """With their width, the caption of the text or the photo's own, links and credit; the lead photo may return."""
    lead, wide = make_photo("머리의 설명."), make_photo("넓은 사진.", photographer=make_reporter("백가람"))
    small = make_photo("작은 사진의 <설명>.", size=(300, 600))
    article = story(
        f'<p>1</p><figure data-photo="{wide.pk}" data-width="wide"><figcaption>둑의 <a href="/articles/1/">길</a> '
        f'&amp; 물</figcaption></figure><p>2</p><figure data-photo="{small.pk}" data-width="small"></figure>'
        f'<figure data-photo="{lead.pk}"></figure><figure data-photo="{10**9}">없는 사진</figure><p>3</p>', lead,
    )  # fmt: skip
    text = text_of(client, article)
    assert [child.name for child in text.find_all(recursive=False)] == [
        "p",
        "figure",
        "p",
        "figure",
        "figure",
        "p",
    ]
    first, second, third = text.select("figure")
    assert first["class"] == ["figure", "figure--wide"]
    assert words(first.figcaption) == "▲ 둑의 길 & 물 Photo: 백가람 기자"
    assert first.figcaption.a["href"] == "/articles/1/"
    assert second["class"] == ["figure", "figure--tall", "figure--small"]
    assert words(second.figcaption) == "▲ 작은 사진의 <설명>."
    pictures = [figure.select_one("picture img") for figure in (first, second, third)]
    assert pictures[2]["src"] == lead.url(800)
    assert pictures[0]["sizes"] != pictures[1]["sizes"] != pictures[2]["sizes"]
    assert "없는 사진" not in words(text)
    loaded = type(article).objects.for_detail().get(pk=article.pk)
    context = {
        "request": RequestFactory().get("/"),
        "publication": Publication(name="새여울신문"),
        "article": loaded,
    }
    with django_assert_num_queries(0):
        Template("{% load articles %}{% article_body article %}").render(Context(context))


@pytest.mark.django_db
def test_nothing_is_asked_of_other_sites_before_a_reader_does(client):
    """A video is a link with its service named; no frame, no picture of theirs; the script comes only with one."""
    article = story(f"<p>글</p><figure data-embed='{VIDEO}&t=90'>둑을 걷는 <b>영상</b></figure>")
    page = client.get(article.get_absolute_url())
    markup = page.content.decode()
    assert "<iframe" not in markup and "js/embed.js" in markup
    figure = text_of(client, article).select_one("figure.embed.embed--video")
    assert figure.a["href"] == f"{VIDEO}&t=90"
    assert figure.a["data-frame"] == f"{FRAME}?start=90"
    assert figure.a["data-title"] == "둑을 걷는 영상 · YouTube"
    assert words(figure) == "Play the video Connects to YouTube. 둑을 걷는 영상"
    assert "frame-src https://www.youtube-nocookie.com" in page["Content-Security-Policy"]
    plain = story("<p>글</p>")
    assert "js/embed.js" not in client.get(plain.get_absolute_url()).content.decode()


@pytest.mark.django_db
def test_a_map_without_a_caption_has_a_name(client):
    """The frame of a map is told to a screen reader, too."""
    link = text_of(client, story(f"<p>글</p><figure data-embed='{MAP}'></figure>")).select_one(
        "figure.embed--map a"
    )
    assert link["data-title"] == "Show the map · OpenStreetMap"
    assert not link.find_next("figcaption")


@pytest.mark.django_db
def test_on_paper_a_video_is_its_address(client):
    """Photos with captions, large; the address of a video in words; without photos no caption stays behind."""
    photo = make_photo("강.")
    article = story(
        f"<p>글</p><figure data-photo={photo.pk}>설명</figure><figure data-embed='{VIDEO}'>영상</figure><p>끝</p>"
        "<aside data-kind=source><p>출처</p></aside>"
    )
    text = text_of(client, article, "print")
    assert [words(figure) for figure in text.select("figure")] == ["▲ 설명", f"Video (YouTube): {VIDEO} 영상"]
    assert not text.select("[data-frame], [srcset]")
    assert words(text.select_one('aside[data-kind="source"]')) == "출처"
    bare = text_of(client, article, "print", "?photos=0")
    assert [words(figure) for figure in bare.select("figure")] == [f"Video (YouTube): {VIDEO} 영상"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("use", "notice"),
    [
        ("", None),
        ("none", None),
        ("assisted", "This story was written with the help of generative AI and checked by a reporter."),
        ("generated", "Parts of this story were written by generative AI and checked by a reporter."),
    ],
)
def test_readers_are_told_what_ai_had_to_do_with_it(client, use, notice):
    """Under the text, on the page and on paper; nothing where it had nothing to do with it."""
    article = make_article(ai_use=use)
    page = BeautifulSoup(client.get(article.get_absolute_url()).content, "html.parser")
    paper = BeautifulSoup(client.get(reverse("articles:print", args=[article.pk])).content, "html.parser")
    found = page.select_one(".story__end .story__ai")
    assert (words(found) if found else None) == notice
    assert ("generative AI" in words(paper.select_one(".colophon"))) is bool(notice)


@pytest.mark.django_db
def test_a_list_shows_the_running_text(client):
    """The excerpt begins with the story, and not with a caption or a pull quote that stands before it."""
    photo = make_photo("설명.")
    article = story(
        f"<figure data-photo={photo.pk}>사진의 설명</figure><aside data-kind=pull>따온 말</aside><p>첫 문장.</p>"
    )
    article.refresh_from_db()
    assert article.excerpt == "첫 문장."
