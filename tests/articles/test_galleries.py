"""Galleries: how they are stored, what knows of the photos in them, compared, merged, shown to readers and on paper."""

import datetime
import re
from collections import Counter

import html5lib
import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import timezone, translation
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.comparing import compare, keys_of
from articles.composing import compose, is_photo_story
from articles.html import (
    FEWEST_PHOTOS,
    MOST_PHOTOS,
    blocks,
    clean_body,
    figures,
    gallery_figures,
    gathered,
    photo_ids,
    running_text,
    taken_apart,
    with_figures,
    without_figures,
)
from articles.merging import Conflict, merge
from articles.models import Placement
from articles.placing import lay_out
from articles.prechecks.form import no_alt, no_caption
from articles.prechecks.subject import Known, Subject
from articles.text import plain_text

from ..factories import make_article, make_photo


@pytest.fixture(autouse=True)
def in_english():
    """Read the words of the pages as they stand in the code."""
    with translation.override("en"):
        yield


def photo(key: int, caption: str = "") -> str:
    """Return a stored figure."""
    words = f"<figcaption>{caption}</figcaption>" if caption else ""
    return f'<figure data-photo="{key}">{words}</figure>'


def gallery(*found: str) -> str:
    """Return figures as a stored gallery."""
    return f'<aside data-kind="gallery">{"".join(found)}</aside>'


# What is stored.


@pytest.mark.parametrize(
    ("markup", "stored"),
    [
        (gallery(photo(1, "하나"), photo(2)), gallery(photo(1, "하나"), photo(2))),
        ("<aside data-kind=gallery> <figure data-photo=01 data-width=wide>가</figure>\n"
         "<figure data-photo=2></figure></aside>",
         gallery(photo(1, "가"), photo(2))),
        ("<aside data-kind=gallery><figure data-photo=1 data-width=wide>가</figure></aside>",
         '<figure data-photo="1" data-width="wide"><figcaption>가</figcaption></figure>'),
        ("<aside data-kind=gallery></aside><p>글</p>", "<p>글</p>"),
        ("<aside data-kind=gallery>말</aside>", "<p>말</p>"),
        ("<aside data-kind=gallery>말<figure data-photo=1></figure><h2>제목</h2><figure data-photo=2></figure>"
         "<ul><li>가</li></ul></aside><p>뒤</p>",
         gallery(photo(1), photo(2)) + "<p>말</p><h2>제목</h2><ul><li>가</li></ul><p>뒤</p>"),
        ("<aside data-kind=gallery><figure data-photo=1></figure><figure data-embed='https://vimeo.com/1'></figure>"
         "<figure data-photo=x>그림</figure><figure data-photo=2></figure></aside>",
         gallery(photo(1), photo(2)) + '<figure data-embed="https://vimeo.com/1"></figure><p>그림</p>'),
        (f"<p>앞{gallery(photo(1), photo(2))}뒤</p>", f"<p>앞</p>{gallery(photo(1), photo(2))}<p>뒤</p>"),
        (f"<ul><li>가{gallery(photo(1), photo(2))}나</li></ul>",
         "<ul><li>가 나</li></ul>" + gallery(photo(1), photo(2))),
        (f"<aside data-kind=pull>가{gallery(photo(1), photo(2))}나</aside>",
         '<aside data-kind="pull"><p>가</p><p>나</p></aside>' + gallery(photo(1), photo(2))),
        (gallery(photo(1), gallery(photo(2), photo(3)), photo(4)), gallery(*map(photo, (1, 2, 3, 4)))),
        (f"<figure data-photo=9>앞{gallery(photo(1), photo(2))}뒤</figure>",
         photo(9, "앞") + gallery(photo(1), photo(2)) + "<p>뒤</p>"),
        ("<aside data-kind=gallery><figure data-photo=1></figure><aside data-kind=pull>말</aside>"
         "<figure data-photo=2></figure>",
         gallery(photo(1), photo(2)) + '<aside data-kind="pull"><p>말</p></aside>'),
        (gallery(*map(photo, range(1, 42))), gallery(*map(photo, range(1, 41))) + photo(41)),
        (gallery(*map(photo, range(1, 43))), gallery(*map(photo, range(1, 41))) + gallery(photo(41), photo(42))),
    ],
)  # fmt: skip
def test_a_gallery_holds_photos_only(markup, stored):
    """Two to forty; one alone is a figure, further ones make another gallery, other blocks stand behind it."""
    assert clean_body(markup) == stored
    assert clean_body(stored) == stored


PIECES = st.sampled_from(
    ["<aside data-kind=gallery>", "<aside data-kind=gallery>", "</aside>", "<figure data-photo=1>", "</figure>",
     "<figure data-photo=2>", "<figure data-photo=3 data-width=wide>", "<figcaption>", "</figcaption>", "<p>", "</p>",
     "<aside data-kind=pull>", "<ul><li>", "</ul>", "<table><tr><td>", "</table>", "<blockquote>", "</blockquote>",
     "<strong>", "</strong>", "<br>", "<hr>", "<h2>", "<figure data-photo=x>", " 하나 ", " 둘 ",
     "<figure data-embed=https://youtu.be/abcdefghijk>"]
)  # fmt: skip


@settings(max_examples=600, deadline=None)
@given(st.lists(PIECES, max_size=18).map("".join))
def test_however_it_is_broken_a_gallery_is_whole(markup):
    """At the top, with as many photos as it may hold and nothing else; cleaned again it stays; no word is lost."""
    cleaned = clean_body(markup)
    assert clean_body(cleaned) == cleaned
    assert "".join(blocks(cleaned)) == cleaned
    tree = html5lib.parseFragment(cleaned, namespaceHTMLElements=False)
    for element in tree.iter("aside"):
        assert element in list(tree)
        if element.get("data-kind") == "gallery":
            assert FEWEST_PHOTOS <= len(element) <= MOST_PHOTOS
            assert all(child.tag == "figure" and set(child.attrib) == {"data-photo"} for child in element)
    assert len(list(tree.iter("figure"))) == len(figures(cleaned)) + cleaned.count("data-embed")
    assert Counter(plain_text(cleaned).split()) == Counter(re.findall("하나|둘", markup))


BODY = f"<p>앞</p>{gallery(photo(5, '가'), photo(7), photo(5))}<p>뒤</p>{photo(7, '나')}"


def test_the_photos_of_a_gallery_are_photos_of_the_text():
    """They are found in their order; the words of a text are those outside of it."""
    assert [(one.photo_id, one.caption) for one in figures(BODY)] == [(5, "가"), (7, ""), (5, ""), (7, "나")]
    assert photo_ids(BODY) == [5, 7]
    assert taken_apart(BODY) == ["<p>앞</p>", photo(5, "가"), photo(7), photo(5), "<p>뒤</p>", photo(7, "나")]
    assert gallery_figures(blocks(BODY)[1]) == [photo(5, "가"), photo(7), photo(5)]
    assert gallery_figures("<p>앞</p>") == gallery_figures(photo(5)) == []
    assert without_figures(BODY) == "<p>앞</p><p>뒤</p>"
    assert running_text(BODY) == "앞 뒤"
    assert plain_text(BODY) == "앞 가 뒤 나"


def test_photos_are_put_around_a_gallery():
    """What an import puts in counts paragraphs and leaves the gallery alone."""
    assert with_figures(BODY, [(9, "", 1)]) == BODY.replace("<p>앞</p>", f"<p>앞</p>{photo(9)}")


def test_figures_are_gathered():
    """None is nothing, one is itself, several are a gallery without widths."""
    wide = '<figure data-photo="3" data-width="wide"></figure>'
    assert (gathered([]), gathered([wide])) == ("", wide)
    assert gathered([wide, photo(4, "설명")]) == gallery(photo(3), photo(4, "설명"))


@pytest.mark.django_db
def test_photos_of_a_gallery_have_placements():
    """Each photo of the gallery has its row with its caption there, so that every list of uses knows it."""
    first, second = make_photo(), make_photo()
    article = make_article(body=gallery(photo(first.pk, "하나"), photo(second.pk, "둘")))
    lay_out(article, None)
    rows = [(row.photo_id, row.place, row.caption) for row in article.placements.all()]
    assert rows == [(first.pk, Placement.Place.TEXT, "하나"), (second.pk, Placement.Place.TEXT, "둘")]


def test_checks_look_into_galleries():
    """A photo without words is named though it stands in a gallery; its place is that of the gallery."""
    with_words = make_photo_like(alt="강", caption="강.")
    known = Known(photos={1: with_words, 2: make_photo_like(alt="", caption="")})
    subject = Subject.of({"body": f"<p>글</p>{gallery(photo(1, '하나'), photo(2))}<p>끝</p>"}, known)
    assert [(one.photo_id, one.caption, one.block) for one in subject.figures] == [(1, "하나", 1), (2, "", 1)]
    assert [finding.block for finding in (*no_alt(subject, None), *no_caption(subject, None))] == [1, 1]
    assert [piece.number for piece in subject.paragraphs] == [1, 2]
    assert subject.plain == "글\n끝"


def make_photo_like(alt: str, caption: str):
    """Return what checks ask of a photo."""
    return type("Row", (), {"alt": alt, "caption": caption, "credit_line": "백가람"})()


# Told in photos.

FOUR = "".join(map(photo, range(1, 5)))
PAIR = gallery(photo(1, "설명 " * 200), photo(2))


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("", False),
        ("<p>글</p>", False),
        (f"<p>글</p>{photo(1)}{photo(2)}{photo(3)}", False),
        (f"<p>글</p>{FOUR}", True),
        (f"<p>글</p>{PAIR}", True),
        (PAIR, True),
        (f"<p>{'글' * 399}</p>{PAIR}", True),
        (f"<p>{'글' * 400}</p>{PAIR}", False),
        (f'<p>{"글" * 399}</p><aside data-kind="pull"><p>말</p></aside>{FOUR}', False),
    ],
)
def test_a_photo_story_is_told_in_photos(body, expected):
    """A gallery or four photos and few words beside their captions."""
    assert is_photo_story(body) is expected


# Compared.


def body_change(old: str, new: str, names: dict | None = None) -> list:
    """Return the rows of the only field that differs."""
    (change,) = compare({"body": old}, {"body": new}, names or {})
    return change.rows


def test_a_changed_gallery_is_compared_photo_by_photo():
    """A photo that came in, one that went out, words of a caption; other photos of it stand beside the change."""
    old = f"<p>글</p>{gallery(photo(1, '강의 안개'), photo(2, '산'), photo(3, '들'))}"
    new = f"<p>글</p>{gallery(photo(1, '강의 새벽안개'), photo(4, '길'), photo(3, '들'))}"
    names = {"photo": {1: "사진 하나", 2: "사진 둘", 4: "사진 넷"}}
    rows = body_change(old, new, names)
    assert [(row.kind, row.tag) for row in rows] == [
        ("same", "p"), ("changed", "aside"), ("changed", "figure"), ("removed", "figure"), ("added", "figure"),
        ("same", "figure"),
    ]  # fmt: skip
    assert [span.text for span in rows[1].spans] == ["Gallery of 3 photos"]
    assert rows[2].photos == ("사진 하나", "사진 하나")
    assert rows[3].photos == ("사진 둘", None) and rows[4].photos == (None, "사진 넷")


def test_a_gallery_that_came_or_went():
    """It is named with how many photos it holds, and each of them is shown; one that stayed is one row."""
    pair = gallery(photo(1, "강"), photo(2))
    rows = body_change("<p>글</p>", f"<p>글</p>{pair}")
    assert [(row.kind, row.tag) for row in rows] == [
        ("same", "p"),
        ("added", "aside"),
        *[("added", "figure")] * 2,
    ]
    assert [span.text for span in rows[1].spans] == ["Gallery of 2 photos"]
    assert [row.kind for row in body_change(f"<p>글</p>{pair}", "<p>글</p>")] == ["same", *["removed"] * 3]
    rows = body_change(f"{pair}<p>글</p>", f"{pair}<p>말</p>")
    assert [row.kind for row in rows] == ["same", "removed", "added"]
    assert rows[0].spans[0].text == "Gallery of 2 photos\n강"
    moved = body_change(f"{pair}<p>하나</p><p>둘</p>", f"<p>하나</p><p>둘</p>{pair}")
    assert [row.kind for row in moved if row.tag == "aside"] == ["away", "moved"]


def test_all_photos_of_galleries_are_asked_for():
    """The comparison knows the photos in galleries, too."""
    assert keys_of([{"body": BODY}])["photo"] == {5, 7}


# Merged.


def merged(mine: str, theirs: str, base: str) -> tuple[str, list[Conflict]]:
    """Return the text of both and where they met."""
    found = merge({"body": base}, {"body": mine}, {"body": theirs})
    return found.content["body"], found.conflicts


def test_a_photo_of_one_and_a_caption_of_the_other():
    """One adds a photo, the other mends words under another: both stand, nobody is asked."""
    base = f"<p>글</p>{gallery(photo(1, '강의 안개가 짙다'), photo(2, '산'))}<p>끝</p>"
    mine = base.replace(photo(2, "산"), photo(3, "들") + photo(2, "산"))
    theirs = base.replace("짙다", "옅다")
    both = f"<p>글</p>{gallery(photo(1, '강의 안개가 옅다'), photo(3, '들'), photo(2, '산'))}<p>끝</p>"
    assert merged(mine, theirs, base) == merged(theirs, mine, base) == (both, [])


def test_order_and_removal_in_a_gallery():
    """One puts the last photo first, the other takes one out; what is left of two is a figure."""
    base = gallery(photo(1, "가"), photo(2, "나"), photo(3, "다"))
    moved, gone = (
        gallery(photo(3, "다"), photo(1, "가"), photo(2, "나")),
        gallery(photo(1, "가"), photo(3, "다")),
    )
    assert merged(moved, gone, base) == (gallery(photo(3, "다"), photo(1, "가")), [])
    assert merged(gallery(photo(1, "가"), photo(2, "나")), gallery(photo(2, "나"), photo(3, "다")), base) == (
        photo(2, "나"),
        [],
    )


def test_one_caption_changed_twice_is_a_conflict():
    """Both captions stand, each under its photo, and the place is named."""
    base = gallery(photo(1, "강의 안개가 짙다"), photo(2, "산"))
    mine, theirs = base.replace("짙다", "옅다"), base.replace("짙다", "걷혔다")
    body, conflicts = merged(mine, theirs, base)
    assert body == gallery(photo(1, "강의 안개가 옅다"), photo(1, "강의 안개가 걷혔다"), photo(2, "산"))
    assert conflicts == [Conflict("body", photo(1, "강의 안개가 옅다"), photo(1, "강의 안개가 걷혔다"))]


def test_a_gallery_taken_apart_by_one():
    """The other's photo in it is not lost; the place is named."""
    base = f"<p>글</p>{gallery(photo(1, '가'), photo(2, '나'))}"
    mine = f"<p>글</p>{photo(1, '가')}{photo(2, '나')}"
    body, conflicts = merged(mine, base.replace("</aside>", f"{photo(3, '다')}</aside>"), base)
    assert set(photo_ids(body)) == {1, 2, 3}
    assert clean_body(body) == body and conflicts


KEYS = st.lists(st.integers(1, 6), min_size=2, max_size=5, unique=True)


@settings(max_examples=300, deadline=None)
@given(KEYS, KEYS, KEYS)
def test_merged_galleries_lose_no_photo(base, mine, theirs):
    """What one of both added is there, what both left is there, and the text is as it is stored."""
    body, _conflicts = merged(
        *(gathered([photo(key, f"사진 {key}") for key in keys]) for keys in (mine, theirs, base))
    )
    assert clean_body(body) == body
    assert set(mine) - set(base) | set(theirs) - set(base) <= set(photo_ids(body))
    assert set(base) & set(mine) & set(theirs) <= set(photo_ids(body))


# For readers.


def shown(client, article, page: str = "detail", query: str = "") -> BeautifulSoup:
    """Return the parsed text of a story as its page or its print page shows it."""
    answer = client.get(reverse(f"articles:{page}", args=[article.pk]) + query)
    return BeautifulSoup(answer.content, "html.parser").select_one(".text")


def story(*photos, **fields):
    """Make a public story whose text is a paragraph and a gallery of ``photos``."""
    article = make_article(
        body="<p>글</p>" + gathered([photo(row.pk, f"설명 {row.pk}") for row in photos]), **fields
    )
    lay_out(article, None)
    return article


@pytest.mark.django_db
def test_readers_see_a_strip(client):
    """A named region for the keyboard, a list of photos with number, caption and links; the first two at once."""
    photos = [make_photo(size=(900, 600)), make_photo(size=(600, 900)), make_photo(size=(1600, 900))]
    found = shown(client, story(*photos)).select_one(".gallery")
    strip = found.select_one(".gallery__strip")
    assert (strip["role"], strip["tabindex"], strip["aria-label"]) == ("region", "0", "Gallery of 3 photos")
    items = strip.select("ol > li")
    assert [item.select_one(".gallery__place").text for item in items] == ["1 / 3", "2 / 3", "3 / 3"]
    assert [item.figcaption.get_text(" ", strip=True) for item in items] == [
        f"▲ 설명 {row.pk}" for row in photos
    ]
    assert [[link["href"] for link in item.select("a")] for item in items] == [
        ["#photo-2-2"], ["#photo-2-1", "#photo-2-3"], ["#photo-2-2"],
    ]  # fmt: skip
    assert [item["id"] for item in items] == ["photo-2-1", "photo-2-2", "photo-2-3"]
    assert [item.img.get("loading") for item in items] == [None, None, "lazy"]
    assert not any(item.img.get("fetchpriority") for item in items)
    assert [script["src"].endswith("js/gallery.js") for script in found.select("script")] == [True]


@pytest.mark.django_db
def test_sizes_are_those_of_the_box(client):
    """A photo higher than the box takes less of its width, and less is loaded."""
    wide, tall = make_photo(size=(1600, 900)), make_photo(size=(600, 900))
    first, second = shown(client, story(wide, tall, hours_ago=2)).select(".gallery img")
    sizes = "(min-width: 68rem) 60rem, (min-width: 40rem) calc(94vw - 4rem), calc(100vw - 3.5rem)"
    assert first["sizes"] == sizes
    assert second["sizes"].startswith(
        "(min-width: 68rem) 26.67rem, (min-width: 40rem) calc(41.78vw - 1.778rem)"
    )
    long = story(wide, tall)
    long.body = f"<p>{'글 ' * 400}</p>{long.body}"
    long.save()
    assert shown(client, long).select_one(".gallery img")["sizes"].startswith("(min-width: 64rem) 38.5rem")


@pytest.mark.django_db
def test_photos_that_may_not_be_shown_are_not_counted(client):
    """The numbers are those of the photos that are there; one that is left is a figure, none is nothing."""
    past = timezone.now() - datetime.timedelta(days=1)
    photos = [make_photo() for _number in range(3)]
    article = story(*photos)
    photos[1].usable_until = past
    photos[1].save()
    places = shown(client, article).select(".gallery__place")
    assert [place.text for place in places] == ["1 / 2", "2 / 2"]
    photos[0].usable_until = past
    photos[0].save()
    found = shown(client, article)
    assert not found.select(".gallery") and len(found.select("figure")) == 1
    photos[2].usable_until = past
    photos[2].save()
    assert not shown(client, article).select("figure")


@pytest.mark.django_db
def test_the_script_comes_with_the_first_gallery(client):
    """Once a page, and not without a gallery."""
    pairs = [[make_photo(), make_photo()] for _number in range(2)]
    body = "".join(gathered([photo(row.pk) for row in pair]) for pair in pairs)
    article = make_article(body=f"<p>글</p>{body}")
    lay_out(article, None)
    found = shown(client, article)
    assert len(found.select("script")) == 1 and len(found.select(".gallery")) == 2
    assert len({item["id"] for item in found.select(".gallery li")}) == 4
    assert "gallery.js" not in client.get(make_article(hours_ago=3).get_absolute_url()).content.decode()


@pytest.mark.django_db
def test_paper_has_all_photos(client):
    """Large pictures with their captions, no links, nothing to scroll, no script; none where photos are left out."""
    photos = [make_photo() for _number in range(3)]
    article = story(*photos)
    found = shown(client, article, "print").select_one(".gallery")
    assert found["aria-label"] == "Gallery of 3 photos"
    assert [figure.figcaption.get_text(" ", strip=True) for figure in found.select("figure")] == [
        f"▲ 설명 {row.pk}" for row in photos
    ]
    assert not found.select("a, script, [tabindex], [srcset]")
    assert not shown(client, article, "print", "?photos=0").select(".gallery, figure")


@pytest.mark.django_db
def test_a_photo_story_has_the_wide_layout(client):
    """The class of the story, and photos with the room that they take there; another story has neither."""
    photos = [make_photo(), make_photo()]
    page = client.get(story(*photos).get_absolute_url()).content.decode()
    assert 'class="story story--photos"' in page
    other = make_article(hours_ago=2, photos=[make_photo()], body=f"<p>{'글 ' * 300}</p>")
    assert "story--photos" not in client.get(other.get_absolute_url()).content.decode()


def test_photos_of_a_photo_story_are_full():
    """All but small ones; videos and words stay as they are."""
    body = clean_body(
        f"<p>글</p>{PAIR}<figure data-photo=2 data-width=small></figure><figure data-photo=1></figure>"
        "<figure data-embed='https://vimeo.com/1'></figure>"
    )
    known = [type("Row", (), {"pk": key, "is_usable": lambda self: True})() for key in (1, 2)]
    parts = compose(body, known, "Table", full=True)
    assert [part.full for part in parts] == [False, True, False, True, False]
    assert [one.photo.pk for one in parts[1].photos] == [1, 2] and parts[1].opens
