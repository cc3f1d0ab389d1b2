"""Pictures of shared links: what they show, at which address, and that they show nothing before its time."""

import datetime
import io
import os
import re
from dataclasses import replace
from pathlib import Path

import pytest
import time_machine
from django.core import checks
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from PIL import Image

from articles import actions
from articles.states import Origin, State
from newsroom.layout.structured import DRAWN_SIZE
from newsroom.publication.models import Publication
from newsroom.sharing import cards, drawing, fonts
from newsroom.sharing.drawing import Card, draw_card

from ..factories import make_article, make_section, make_source, make_user

REQUIRED = os.environ.get("REQUIRE_ALL") == "1"
needs_font = pytest.mark.skipif(not fonts.can_draw() and not REQUIRED, reason="no Korean font is installed")
pytestmark = [pytest.mark.django_db, needs_font]

TOKENS = Path(__file__).resolve().parents[2] / "static" / "css" / "tokens.css"
AT = datetime.datetime(2026, 11, 20, 15, 30, tzinfo=datetime.UTC)
CARD = Card("나루신문", "brick", "막차 늦춘다", "사회", "2026-11-21")
LONG = "새여울군 " * 18 + "주민 “막차가 없다”…농협도 셔틀버스 검토 " * 4


@pytest.fixture
def paper():
    return Publication.objects.create(name="나루신문", tagline="강가의 신문", accent="pine")


def address(article, paper) -> str:
    """Return the address of the picture of a story as it is now."""
    return reverse("sharing:card", args=[(article, paper)])


def opened(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data)).convert("RGB")


def count_of(image: Image.Image, colour: str) -> int:
    """Return how many pixels of ``image`` have about the colour, which is one of the style sheet."""
    wanted = [int(colour[place : place + 2], 16) for place in (1, 3, 5)]
    colours = image.getcolors(maxcolors=1 << 24)
    return sum(
        number
        for number, found in colours
        if all(abs(a - b) < 12 for a, b in zip(wanted, found, strict=True))
    )


@pytest.mark.parametrize(
    "headline",
    [
        "막차 늦춘다",
        "새여울군, 막차 시간 40분 늦추기로…읍·면 주민 “병원 갔다 돌아올 길 생겼다”",
        "County to run last bus 40 minutes later as villagers say “we can get home”",
        "«강변 축제»에서 ‘龘’·『詩經』 낭독, 1,240㎡에 35.5㎞ 띠",
        LONG,
        "가" * 200,
        "W" * 200,
        "이 힘 " * 66,
        "",
    ],
)
def test_a_picture_is_sharp_small_and_keeps_its_margins(headline):
    """1200×600, less than 60 KB, and nothing outside the measure, however long the headline."""
    data = draw_card(replace(CARD, headline=headline, label=headline, date="2026-11-21"))
    image = opened(data)
    assert data.startswith(b"\x89PNG")
    assert len(data) < 60_000
    assert image.size == (drawing.WIDTH, drawing.HEIGHT) == DRAWN_SIZE
    ground = image.getpixel((2, 2))
    margins = [(0, 0, drawing.EDGE - 8, 600), (1200 - drawing.EDGE + 8, 0, 1200, 600), (0, 590, 1200, 600)]
    for box in margins:
        assert image.crop(box).getcolors() == [((box[2] - box[0]) * (box[3] - box[1]), ground)]


def test_the_colours_are_those_of_the_pages():
    """Ground, ink and the accents stand in the style sheet; every accent of the settings is one."""
    light = TOKENS.read_text().split("@media")[0]
    assert dict(re.findall(r"\.accent-(\w+) \{ --accent: (#\w+);", light)) == drawing.ACCENTS
    assert set(Publication.Accent.values) == set(drawing.ACCENTS)
    for name, colour in (
        ("paper", drawing.PAPER),
        ("ink", drawing.INK),
        ("ink-2", drawing.INK_2),
        ("rule", drawing.RULE),
    ):
        assert f"--{name}: {colour};" in light


@pytest.mark.parametrize("accent", drawing.ACCENTS)
def test_the_label_is_in_the_accent_of_the_paper(accent):
    """And nothing else is."""
    with_label = opened(draw_card(replace(CARD, accent=accent)))
    without = opened(draw_card(replace(CARD, accent=accent, label="")))
    label = (drawing.EDGE, 70, 600, 130)
    assert count_of(with_label.crop(label), drawing.ACCENTS[accent]) > 200
    assert count_of(without.crop(label), drawing.ACCENTS[accent]) == 0
    assert abs(sum(with_label.getpixel((2, 2))) - sum((0xFD, 0xFC, 0xF9))) < 6


def test_letters_are_drawn_and_not_boxes():
    """A Korean headline looks different from one of signs that no font has."""
    kind = fonts.Type("serif", 60)
    for character in "막…·«»“”㎡1":
        assert any(face.has(character) for face in kind.row), character
    assert not any(face.has("\U0010fffe") for face in kind.row)


def test_emoji_are_left_out_and_words_stay():
    """Where no font has them they are not drawn as boxes; a headline of nothing else leaves the nameplate."""
    kind = fonts.Type("serif", 60)
    if not any(face.has("🎉") for face in kind.row):
        assert kind.drawable("🎉 축제 👨‍👩‍👧 열린다 🎊") == "축제 열린다"
        assert draw_card(replace(CARD, headline="🎉🎊")) == draw_card(
            replace(CARD, headline="", label="", date="")
        )
    assert kind.drawable("\u202e가\u200d나") == "가나"
    assert kind.drawable("𠮷野 \U000e00411") == "𠮷野 1"


def test_headlines_shrink_with_their_length():
    """Large while they are short, never under the smallest size, at most four lines."""
    sizes = []
    for many in (1, 3, 6, 9, 12, 20):
        lines, kind = drawing.set_headline("막차 시간 늦춘다 " * many)
        assert 1 <= len(lines) <= drawing.MOST_LINES
        assert all(kind.width(line) <= drawing.MEASURE for line in lines)
        sizes.append(kind.size)
    assert sizes == sorted(sizes, reverse=True)
    assert (sizes[0], sizes[-1]) == (drawing.SIZES[0], drawing.SIZES[-1])


def test_a_headline_that_does_not_fit_ends_in_an_ellipsis():
    """At a word, with its quotation marks closed; one that fits is drawn whole."""
    lines, kind = drawing.set_headline(LONG)
    assert kind.size == drawing.SIZES[-1]
    assert re.search(r"…[”’]?$", lines[-1])
    assert set(" ".join(lines).rstrip("…”").split()) <= set(re.split(r"\s|(?<=…)", LONG))
    whole = "새여울군, 막차 시간 40분 늦추기로 읍·면 주민 반겨"
    assert " ".join(drawing.set_headline(whole)[0]) == whole


@pytest.mark.parametrize("name", ["강", "나루신문", "The Naru Courier", "나루터 주민의 신문", "나루" * 30])
def test_the_nameplate_fits_whatever_the_paper_is_called(name):
    """Large while it is short; nothing is cut off but of a name that no size holds."""
    kind = drawing.plate_type(name)
    assert kind.width(name) <= drawing.MEASURE or kind == drawing.PLATES[-1]
    image = opened(draw_card(Card(name, tagline="강 " * 50)))
    for box in ((0, 70, drawing.EDGE - 8, 550), (1200 - drawing.EDGE + 8, 70, 1200, 550)):
        assert image.crop(box).getcolors() == [((drawing.EDGE - 8) * 480, image.getpixel((2, 2)))]


def test_nameplates_shrink_and_have_their_tagline():
    """The largest size for a short name, a smaller one for a long one."""
    sizes = [drawing.plate_type(name).size for name in ("나루신문", "나루터 주민의 신문", "나루" * 30)]
    assert sizes[0] == drawing.PLATES[0].size > sizes[1] > sizes[2] == drawing.PLATES[-1].size
    assert draw_card(Card("나루신문", tagline="강가의 신문")) != draw_card(Card("나루신문"))


def test_everything_that_is_drawn_is_in_the_digest():
    """Another word, another address."""
    changed = [
        replace(CARD, name="강신문"), replace(CARD, accent="sea"), replace(CARD, headline="막차 늦춘다."),
        replace(CARD, label="경제"), replace(CARD, date="2026-11-22"), replace(CARD, tagline="강"),
    ]  # fmt: skip
    digests = {cards.digest_of(card) for card in (CARD, *changed)}
    assert len(digests) == 7
    assert all(re.fullmatch(r"[0-9a-f]{12}", digest) for digest in digests)


def test_a_card_tells_section_kicker_and_the_day_in_the_zone_of_the_paper(paper):
    """Half past midnight in Seoul is the next day already."""
    story = make_article("쌀값 오른다", section=make_section("경제"), kicker="단독", published_at=AT)
    expected = Card("나루신문", "pine", "쌀값 오른다", "경제 · 단독", "2026-11-21")
    assert cards.story_card(story, paper) == expected


@pytest.mark.parametrize(("language", "word"), [("ko", "광고"), ("en", "Advertising")])
def test_an_advertisement_is_called_one(paper, settings, language, word):
    """In the language of the paper, with the name of whoever pays; the section does not hide it."""
    settings.LANGUAGE_CODE = language
    story = make_article("과일 상자", origin=Origin.AD, source_name="과일가게", kicker="단독")
    assert cards.story_card(story, paper).label == f"{word} · 과일가게"
    story = make_article("과일 상자", origin=Origin.AD, source=make_source("채소가게"))
    assert cards.story_card(story, paper).label == f"{word} · 채소가게"


def test_the_picture_of_a_story(client, paper):
    """A PNG that caches keep, from two queries: the newspaper and the story."""
    story = make_article("막차 늦춘다")
    with CaptureQueriesContext(connection) as first:
        answer = client.get(address(story, paper))
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "image/png"
    assert {"public", "immutable", "max-age=86400"} == set(answer.headers["Cache-Control"].split(", "))
    assert answer.content == draw_card(cards.story_card(story, paper))
    assert not answer.cookies
    with CaptureQueriesContext(connection) as second:
        assert client.get(address(story, paper)).content == answer.content
        assert client.head(address(story, paper)).status_code == 200
    assert (len(first), len(second)) == (2, 4)
    assert client.post(address(story, paper)).status_code == 405


def test_the_address_on_the_page_leads_to_the_picture(client, paper):
    """As the page prints it, for stories and for all other pages."""
    story = make_article("막차 늦춘다")
    for path in (story.get_absolute_url(), "/", "/latest/"):
        page = client.get(path).content.decode()
        (found,) = re.findall(r'property="og:image" content="http://testserver([^"]+)"', page)
        assert client.get(found).headers["Content-Type"] == "image/png"


def test_a_changed_headline_has_a_new_address(client, paper):
    """The old one leads there for a while; so does one that never was, and nothing is drawn for it."""
    story = make_article("막차 늦춘다")
    old = address(story, paper)
    story.headline = "막차 40분 늦춘다"
    story.save()
    new = address(story, paper)
    assert new != old
    invented = re.sub(r"-\w+", f"-{'0' * 12}", new)
    for asked, current in (
        (old, new),
        (invented, new),
        (f"/share/paper-{'0' * 12}.png", reverse("sharing:paper", args=[paper])),
    ):
        answer = client.get(asked)
        assert (answer.status_code, answer.headers["Location"]) == (302, current)
        assert "max-age=60" in answer.headers["Cache-Control"]
        assert "immutable" not in answer.headers["Cache-Control"]
    assert [place for place in range(cards.PLACES) if cache.get(f"sharing:{place}")] == []
    assert client.get(new).status_code == 200
    assert len([place for place in range(cards.PLACES) if cache.get(f"sharing:{place}")]) == 1


@pytest.mark.parametrize(
    "asked",
    ["/share/1-.png", "/share/1.png", f"/share/1-{'g' * 12}.png", f"/share/{'9' * 19}-{'0' * 12}.png",
     f"/share/{'9' * 25}-{'0' * 12}.png", f"/share/0-{'0' * 12}.png", f"/share/paper-{'0' * 13}.png",
     f"/share/paper-{'0' * 12}.jpg"],
)  # fmt: skip
def test_other_addresses_are_not_there(client, paper, asked):
    """Neither pictures nor errors."""
    assert client.get(asked).status_code == 404


def test_an_embargoed_story_has_no_picture_until_its_time(client, paper):
    """Not with the right digest, and by no redirect to it; the clock alone opens it."""
    story = make_article("비밀 축제", hours_ago=-1)
    right = address(story, paper)
    wrong = re.sub(r"-\w+", f"-{'0' * 12}", right)
    for asked in (right, wrong):
        answer = client.get(asked)
        assert answer.status_code == 404
        assert "Location" not in answer.headers
        assert "비밀" not in answer.content.decode()
    with time_machine.travel(timezone.now() + datetime.timedelta(hours=1, seconds=1), tick=True):
        assert client.get(right).headers["Content-Type"] == "image/png"
        assert client.get(wrong).status_code == 302


@pytest.mark.parametrize("state", [state for state in State if state != State.APPROVED])
def test_only_approved_stories_have_a_picture(client, paper, state):
    """Whatever their time."""
    story = make_article(state=state)
    assert client.get(address(story, paper)).status_code == 404


def test_a_withdrawn_story_loses_its_picture_at_once(client, paper):
    """Although it was drawn and kept."""
    story, chief = make_article(), make_user("editor-in-chief")
    right = address(story, paper)
    assert client.get(right).status_code == 200
    actions.withdraw(article=story, by=chief, reason="사실 확인 중")
    assert client.get(right).status_code == 404
    actions.restore(article=story, by=chief)
    assert client.get(right).status_code == 200


def test_pictures_that_meet_in_one_place_are_not_mistaken(client, paper):
    """What is kept under the same key for another digest is not shown."""
    story = make_article("막차 늦춘다")
    digest = cards.digest_of(cards.story_card(story, paper))
    place = f"sharing:{int(digest, 16) % cards.PLACES}"
    cache.set(place, ("0" * 12, b"another picture"), 60)
    assert client.get(address(story, paper)).content.startswith(b"\x89PNG")
    assert cache.get(place)[0] == digest


@pytest.fixture
def only(tmp_path, monkeypatch):
    """Return a function that leaves this machine the files of fonts named, and no other."""
    there = fonts.installed()

    def leave(*names: str) -> None:
        for name in names:
            if name.lower() not in there:
                pytest.skip(f"{name} is not installed")
            (tmp_path / name).symlink_to(there[name.lower()])
        monkeypatch.setattr(fonts, "FOLDERS", (str(tmp_path),))
        fonts.faces.cache_clear()

    yield leave
    monkeypatch.undo()
    fonts.faces.cache_clear()


def test_without_a_korean_font_there_is_no_picture(client, paper, only, tmp_path):
    """No address on the page, none that answers, and a warning that names the package; a broken file is none."""
    story = make_article()
    right = address(story, paper)
    (tmp_path / "NotoSerifCJK-Bold.ttc").write_bytes(b"no font at all")
    only()
    assert fonts.faces() == {}
    assert not fonts.can_draw()
    for path in (story.get_absolute_url(), "/"):
        page = client.get(path).content.decode()
        assert "og:image" not in page
        assert '<meta name="twitter:card" content="summary">' in page
        assert "/share/" not in page
    assert client.get(right).status_code == 404
    with pytest.raises(NoReverseMatch):
        address(story, paper)
    (warning,) = [found for found in checks.run_checks() if found.id == "newsroom_sharing.W001"]
    assert "apt install fonts-noto-cjk" in warning.hint


def test_with_a_font_nothing_is_warned_of():
    """The check says nothing."""
    assert [found for found in checks.run_checks() if found.id.startswith("newsroom_sharing")] == []


def test_of_a_file_with_many_faces_the_korean_one_is_taken(only):
    """The others draw Chinese characters as their own countries do."""
    only("NotoSerifCJK-Bold.ttc")
    face = fonts.faces()["serif"]
    assert fonts.sized(face, 20).getname() == ("Noto Serif CJK KR", "Bold")


def test_a_sans_alone_will_do(only):
    """Better another typeface than no picture."""
    only("NanumGothic.ttf")
    assert opened(draw_card(CARD)).size == DRAWN_SIZE
    assert drawing.set_headline("막차 늦춘다")[0] == ["막차 늦춘다"]


def test_what_the_serif_lacks_comes_from_the_other_faces(only):
    """A rare Hanja is drawn in the sans, its neighbours in the serif."""
    only("NanumMyeongjoBold.ttf", "NotoSansCJK-Bold.ttc")
    runs = fonts.Type("serif", 40).runs("강 龘 강")
    runs = [(fonts.sized(face, 40).getname()[0], text) for face, text in runs]
    assert [text for _family, text in runs] == ["강 ", "龘", " 강"]
    assert runs[1][0] == "Noto Sans CJK KR"
    assert runs[0][0] == runs[2][0] != "Noto Sans CJK KR"
