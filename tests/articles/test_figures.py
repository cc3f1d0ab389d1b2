"""Figures in a text: found, put in, taken out; which addresses can be framed; the rows made from them."""

import pytest
from django.conf import settings

from articles.embeds import FRAME_HOSTS, MAP, embed_of
from articles.html import (
    Figure,
    clean_body,
    embeds,
    figures,
    photo_ids,
    running_text,
    spread,
    with_figures,
    without_figures,
)
from articles.models import Placement
from articles.placing import lay_out

from ..factories import make_article, make_photo

VIDEO = (
    '<figure data-embed="https://www.youtube.com/watch?v=abcdefghijk"><figcaption>영상</figcaption></figure>'
)
BODY = (
    '<figure data-photo="4"></figure><p>하나</p><figure data-photo="12" data-width="wide"><figcaption>강의 '
    '<a href="/articles/1/" rel="noopener">둑</a> &amp; 물</figcaption></figure><p>둘</p>' + VIDEO
    + '<aside data-kind="pull"><p>하나</p></aside><figure data-photo="4" data-width="small"></figure><p>셋</p>'
)  # fmt: skip


def test_the_figures_of_a_text():
    """Photos in their order, with plain words and markup of the caption; each key once."""
    assert clean_body(BODY) == BODY
    assert figures(BODY) == [
        Figure(4),
        Figure(12, "강의 둑 & 물", "wide", '강의 <a href="/articles/1/" rel="noopener">둑</a> &amp; 물'),
        Figure(4, width="small"),
    ]
    assert photo_ids(BODY) == [4, 12]
    assert [embed.service for embed in embeds(BODY)] == ["YouTube"]
    assert figures("") == photo_ids("<p>글</p>") == embeds("") == []


def test_what_is_read_is_the_running_text():
    """Captions, pull quotes and boxes are no part of it, so that no excerpt begins with one."""
    assert running_text(BODY) == "하나 둘 셋"
    assert without_figures(BODY) == '<p>하나</p><p>둘</p><aside data-kind="pull"><p>하나</p></aside><p>셋</p>'
    assert running_text("") == without_figures("") == ""


def test_figures_are_put_behind_paragraphs():
    """A number is a paragraph at the top; 0 is before the text, too large a number its end, None parts it evenly."""
    body = "<p>1</p><h2>a</h2><p>2</p><ul><li>b</li></ul><p>3</p><p>4</p>"
    found = with_figures(body, [(5, "", 2), (6, "가 & <b>나</b>", None), (7, "", 99), (8, "", 0)])
    assert found == (
        '<figure data-photo="8"></figure><p>1</p><h2>a</h2><p>2</p><figure data-photo="5"></figure>'
        '<figure data-photo="6"><figcaption>가 &amp; &lt;b&gt;나&lt;/b&gt;</figcaption></figure>'
        '<ul><li>b</li></ul><p>3</p><p>4</p><figure data-photo="7"></figure>'
    )
    assert without_figures(found) == body
    assert with_figures(body, []) == body


@pytest.mark.parametrize("body", ["", "<h2>a</h2>", "<table><tbody><tr><td>1</td></tr></tbody></table>"])
def test_a_text_without_paragraphs_keeps_its_figures(body):
    """Nothing is lost where there is no paragraph to stand behind."""
    assert photo_ids(with_figures(body, [(5, "", None), (6, "", 3)])) == [5, 6]


@pytest.mark.parametrize(
    ("photos", "paragraphs", "places"),
    [
        (1, 4, [2]),
        (2, 6, [2, 4]),
        (5, 6, [1, 2, 3, 4, 5]),
        (1, 2, [1]),
        (3, 2, [1, 1, 1]),
        (2, 1, [1, 1]),
        (1, 0, [0]),
        (0, 5, []),
    ],
)
def test_figures_are_spread_evenly(photos, paragraphs, places):
    """Photos without a place of their own part the text evenly and never end it, unless it is one paragraph."""
    assert spread(photos, paragraphs) == places


def test_figures_never_end_a_text_by_rounding():
    """However many photos and paragraphs: in order, and none behind the last of several paragraphs."""
    for paragraphs in range(2, 40):
        for photos in range(1, 12):
            places = spread(photos, paragraphs)
            assert places == sorted(places)
            assert 1 <= places[0] <= places[-1] < paragraphs


@pytest.mark.parametrize(
    ("given", "stored", "frame"),
    [
        ("https://www.youtube.com/watch?v=abcdefghij_&list=x", "https://www.youtube.com/watch?v=abcdefghij_",
         "https://www.youtube-nocookie.com/embed/abcdefghij_"),
        ("http://youtu.be/abcdefghijk?t=95", "https://www.youtube.com/watch?v=abcdefghijk&t=95",
         "https://www.youtube-nocookie.com/embed/abcdefghijk?start=95"),
        ("https://m.youtube.com/shorts/abcdefghijk", "https://www.youtube.com/watch?v=abcdefghijk",
         "https://www.youtube-nocookie.com/embed/abcdefghijk"),
        (" https://www.youtube-nocookie.com/embed/abcdefghijk?start=1h2m3s ",
         "https://www.youtube.com/watch?v=abcdefghijk&t=3723",
         "https://www.youtube-nocookie.com/embed/abcdefghijk?start=3723"),
        ("https://vimeo.com/123456", "https://vimeo.com/123456", "https://player.vimeo.com/video/123456?dnt=1"),
        ("https://player.vimeo.com/video/123456?h=ab12", "https://vimeo.com/123456/ab12",
         "https://player.vimeo.com/video/123456?h=ab12&dnt=1"),
        ("https://tv.naver.com/embed/98765", "https://tv.naver.com/v/98765", "https://tv.naver.com/embed/98765"),
        ("https://www.google.com/maps/embed?pb=!1m18!2d127.1!3d37.5&x=y",
         "https://www.google.com/maps/embed?pb=%211m18%212d127.1%213d37.5", None),
        ("https://www.openstreetmap.org/export/embed.html?bbox=126.9%2C37.5%2C127%2C37.6&layer=mapnik&x=y",
         "https://www.openstreetmap.org/export/embed.html?bbox=126.9%2C37.5%2C127%2C37.6&layer=mapnik", None),
    ],
)  # fmt: skip
def test_addresses_of_the_list_can_be_framed(given, stored, frame):
    """Every way in which a service writes an address leads to one stored form; that leads to itself."""
    embed = embed_of(given)
    assert (embed.address, embed.frame) == (stored, frame or stored)
    assert embed_of(stored) == embed
    assert (embed.kind == MAP) is (frame is None)


@pytest.mark.parametrize(
    "address",
    ["", "abcdefghijk", "//youtu.be/abcdefghijk", "javascript:alert(1)", "ftp://youtu.be/abcdefghijk", "https://[",
     "https://youtu.be/", "https://youtu.be/short", "https://www.youtube.com/@channel", "https://evilyoutube.com/watch?v=abcdefghijk",
     "https://youtube.com.example/watch?v=abcdefghijk", "https://x@a.example/?https://youtu.be/abcdefghijk",
     "https://vimeo.com/channels/staff", "https://vimeo.com/1/2/3", "https://vimeo.com/1/가", "https://tv.naver.com/v/x",
     "https://tv.kakao.com/v/1", "https://map.naver.com/p/entry/place/1", "https://map.kakao.com/?itemId=1",
     "https://www.google.com/maps/place/x", "https://www.google.com/maps/embed?pb=%3Cscript%3E",
     "https://www.google.com/url?q=x", "https://www.openstreetmap.org/#map=1/2/3",
     "https://youtu.be/abcdefghijk?" + "&".join(f"a{n}=1" for n in range(60)),
     "https://youtu.be/abcdefghijk?" + "a" * 2000,
     "https://youtu.be/１２３４５６７８９０１"],
)  # fmt: skip
def test_other_addresses_cannot(address):
    """Other hosts, other pages of the hosts of the list, and rubbish."""
    assert embed_of(address) is None


def test_readers_pages_may_frame_the_hosts_of_the_list_only():
    """The policy of the settings names what ``embeds`` frames, and nothing else."""
    assert settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]["frame-src"] == [*FRAME_HOSTS]


def rows(article) -> list[tuple]:
    """Return what the placements of a story say, in order."""
    return [(row.photo_id, row.place, row.caption, row.order) for row in article.placements.all()]


def body_of(*photos, caption: str = "") -> str:
    """Return a text with figures of ``photos``."""
    return with_figures("<p>하나</p><p>둘</p><p>셋</p>", [(photo.pk, caption, None) for photo in photos])


@pytest.mark.django_db
def test_placements_are_made_from_lead_and_figures(django_assert_num_queries):
    """One row a photo, the lead photo first and once; one query where nothing differs, four where something does."""
    lead, second, third = make_photo(), make_photo(), make_photo()
    article = make_article(body=body_of(third, lead, second, third, caption="설명"))
    with django_assert_num_queries(4):
        lay_out(article, lead.pk, "머리")
    expected = [(lead.pk, "lead", "머리", 0), (third.pk, "text", "설명", 1), (second.pk, "text", "설명", 2)]
    assert rows(article) == expected
    keys = [row.pk for row in article.placements.all()]
    with django_assert_num_queries(1):
        lay_out(article, lead.pk, "머리")
    assert [row.pk for row in article.placements.all()] == keys
    article.body = body_of(second)
    lay_out(article, None)
    assert rows(article) == [(second.pk, "text", "", 0)]
    article.body = "<p>글</p>"
    lay_out(article, None)
    assert rows(article) == []


@pytest.mark.django_db
def test_placements_leave_out_what_does_not_exist():
    """A key of no photo in a text or as the lead is no error and no row; what was loaded before is loaded anew."""
    photo = make_photo()
    article = make_article(photos=[photo], body=f'<figure data-photo="{"9" * 18}"></figure>' + body_of(photo))
    loaded = type(article).objects.for_detail().get(pk=article.pk)
    assert len(loaded.placements.all()) == 1
    lay_out(loaded, photo.pk + 1000, "없는 사진")
    assert rows(loaded) == [(photo.pk, "text", "", 0)]
    keys = [row.pk for row in Placement.objects.all()]
    lay_out(loaded, photo.pk + 1000, "없는 사진")
    assert [row.pk for row in Placement.objects.all()] == keys
    assert Placement.objects.filter(article=article).count() == 1
