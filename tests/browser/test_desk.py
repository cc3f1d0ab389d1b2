"""In a browser: an editor writes, illustrates, orders, submits and approves a story, with mouse, keyboard and phone."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse
from playwright.sync_api import Page, expect

from articles.models import Article
from articles.states import State
from newsroom.front.models import Front, Slot

from ..factories import (
    make_article,
    make_photo,
    make_reporter,
    make_section,
    make_user,
)

pytestmark = pytest.mark.django_db(transaction=True)

ADD = "/admin/articles/article/add/"
EDITOR = ".ProseMirror[contenteditable=true]"


def sign_in(open_page, user, address: str = ADD, **options) -> Page:
    """Open an address of the desk as ``user``."""
    page = open_page(f"/admin/login/?next={address}", **options)
    page.fill("#id_username", user.username)
    page.fill("#id_password", "a-long-password")
    page.click("form#login-form [type=submit]")
    page.wait_for_url(f"**{address}")
    return page


def choose(page: Page, field: str, typed: str) -> None:
    """Pick a row in one of the pickers by typing, as an editor does."""
    # The picker of a row that was just added stands open.
    if not page.locator(".select2-container--open").count():
        page.click(f"#select2-{field}-container")
    page.keyboard.type(typed)
    page.click(f".select2-results__option:has-text('{typed}')")


def take_lead_photo(page: Page) -> None:
    """Choose the newest photo of the library as the lead photo."""
    page.click(".lead-photo__buttons button >> nth=0")
    page.locator(".photos__option").first.click()
    page.click("[data-photos-insert]")
    expect(page.locator("dialog.photos")).to_be_hidden()


def press(page: Page, selector: str) -> None:
    """Press a button that sends the form, and wait for the page that follows.

    The page gives itself the address of what it keeps (``?copy=``); that is no page that follows.
    """
    with page.expect_event("domcontentloaded"):
        page.click(selector)


def places(page: Page, group: str) -> list[str]:
    """Return the order numbers of the rows of a group, from top to bottom."""
    rows = page.locator(f"#{group}-group .inline-related:not(.empty-form)")
    return [row.locator("input[name$=-order]").input_value() for row in rows.all()]


def test_an_editor_makes_a_story_without_a_manual(open_page):
    """Typed, illustrated, tagged, submitted and approved in the browser, the story is public with all its parts."""
    section = make_section("사회")
    make_reporter("한나래"), make_reporter("도하람")
    make_article(tags=["두루뫼"])
    photo = make_photo("눈 덮인 장터")
    page = sign_in(open_page, make_user("admin"))

    page.fill("#id_headline", "첫눈 내린 아침, 장터가 먼저 깼다")
    page.fill("#id_deck", "두루뫼 아래 오일장\n새벽 다섯 시의 불빛")
    page.click(EDITOR)
    page.keyboard.type("새벽 다섯 시, 장터에 불이 켜졌다.")
    page.keyboard.press("Enter")
    page.click("[data-name=blockquote]")
    page.keyboard.type("눈이 와도 장은 섭니다.")
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    page.keyboard.type("둘째  문단은 굵게 ")
    page.keyboard.press("Control+b")
    page.keyboard.type("끝난다.")
    page.select_option("#id_section", str(section.pk))
    page.locator("#id_tags").press_sequentially("두루")
    page.locator("#id_tags_suggestions [role=option]").wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.keyboard.type("첫눈")
    choose(page, "id_bylines-0-reporter", "한나래")
    page.click("#bylines-group .add-row a")
    choose(page, "id_bylines-1-reporter", "도하람")
    take_lead_photo(page)
    expect(page.locator(".lead-photo__view img")).to_be_visible()

    press(page, "[name=_verb][value=submit]")
    expect(page.locator(".messagelist .success")).to_be_visible()
    article = Article.objects.get(headline__startswith="첫눈")
    assert article.state == State.SUBMITTED
    press(page, "[name=_verb][value=approve]")

    article.refresh_from_db()
    assert article.is_public()
    assert article.body == (
        "<p>새벽 다섯 시, 장터에 불이 켜졌다.</p><blockquote><p>눈이 와도 장은 섭니다.</p></blockquote>"
        "<p>둘째  문단은 굵게 <strong>끝난다.</strong></p>"
    )
    assert article.deck_lines == ["두루뫼 아래 오일장", "새벽 다섯 시의 불빛"]
    assert [byline.reporter.name for byline in article.bylines.all()] == ["한나래", "도하람"]
    assert set(article.tag_list) == {"두루뫼", "첫눈"}
    assert article.lead_photo == photo
    page.goto(article.get_absolute_url())
    for words in (
        article.headline,
        "새벽 다섯 시의 불빛",
        "눈이 와도 장은 섭니다.",
        "도하람",
        "눈 덮인 장터",
        "두루뫼",
    ):
        expect(page.get_by_text(words).first).to_be_visible()


def test_rows_are_ordered_by_mouse_and_by_keyboard(open_page):
    """A row dragged by its handle and one moved by its buttons are stored in their new order, and it is announced."""
    article = make_article(state=State.DRAFT, guests=["가", "나", "다"])
    page = sign_in(open_page, make_user("admin"), reverse("admin:articles_article_change", args=[article.pk]))
    third = page.locator("#bylines-2 .row-handle")
    third.scroll_into_view_if_needed()
    start, goal = third.bounding_box(), page.locator("#bylines-0").bounding_box()
    page.mouse.move(start["x"] + 8, start["y"] + 8)
    page.mouse.down()
    page.mouse.move(start["x"] + 8, goal["y"] + goal["height"], steps=6)
    page.mouse.move(start["x"] + 8, goal["y"] + 4, steps=6)
    page.mouse.up()
    assert page.locator("#bylines-group .inline-related").first.get_attribute("id") == "bylines-2"
    assert places(page, "bylines") == ["0", "1", "2"]

    page.locator("#bylines-1 [data-move='-1']").focus()
    page.keyboard.press("Enter")
    expect(page.locator("[aria-live=polite]").last).not_to_be_empty()
    press(page, "[name=_save]")
    assert [row.guest_name for row in article.bylines.all()] == ["다", "나", "가"]


def test_a_front_is_filled_from_the_latest_stories(open_page):
    """The button beside a new story puts it in the first place; an added row left empty is passed over."""
    old, new = make_article("먼저 있던 글"), make_article("새로 온 글")
    front = Front.objects.create()
    Slot.objects.create(front=front, article=old)
    page = sign_in(open_page, make_user("admin"), f"/admin/newsroom_front/front/{front.pk}/change/")
    page.click(f"[data-add='{new.pk}']")
    page.click("#slots-group .add-row a")
    assert places(page, "slots")[:2] == ["0", "1"]
    press(page, "[name=_continue]")
    assert [slot.article for slot in front.slots.all()] == [new, old]


def test_the_focal_point_is_set_by_a_click(open_page):
    """A click on the picture fills the two numbers."""
    photo = make_photo()
    page = sign_in(open_page, make_user("admin"), f"/admin/articles/photo/{photo.pk}/change/")
    picture = page.locator("[data-focal] img")
    area = picture.bounding_box()
    picture.click(position={"x": area["width"] * 0.25, "y": area["height"] * 0.75})
    assert (page.input_value("#id_focal_x"), page.input_value("#id_focal_y")) == ("25", "75")


def test_without_script_lines_become_paragraphs(open_page):
    """Where the editor cannot load, the plain area takes the text, and buttons that ask a reason still open."""
    make_section()
    page = sign_in(open_page, make_user("admin"), java_script_enabled=False)
    page.fill("#id_headline", "글쇠만으로")
    page.fill("#id_body", "한 줄\n\n두 줄 & < 세 줄")
    page.click("[name=_save]")
    assert Article.objects.get().body == "<p>한 줄</p><p>두 줄 &amp; &lt; 세 줄</p>"
    make_article(state=State.SUBMITTED)
    page.goto(f"/admin/articles/article/{Article.objects.latest('pk').pk}/change/")
    page.click(".verbs__reason summary")
    expect(page.locator(".verbs__reason textarea").first).to_be_visible()
    # Modules that are fetched ahead are refused where scripts are.
    page.faults[:] = [fault for fault in page.faults if not fault.startswith("failed: ")]


def test_leaving_with_unsaved_words_loses_none(open_page):
    """Nobody is asked before leaving, because the words are there again."""
    article = make_article(state=State.DRAFT)
    address = f"/admin/articles/article/{article.pk}/change/"
    page = sign_in(open_page, make_user("admin"), address)
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.click("#id_headline")
    page.keyboard.press("End")
    page.keyboard.type(" 그리고")
    page.goto("/admin/")
    page.goto(address)
    expect(page.locator(".copies__bar")).to_be_visible()
    assert page.input_value("#id_headline").endswith(" 그리고")
    assert asked == []
    press(page, "[name=_save]")
    article.refresh_from_db()
    assert article.headline.endswith(" 그리고")


def faults(page: Page) -> list[str]:
    """Return what axe finds on a page; without «preload» it would fetch the style sheets anew."""
    found = Axe().run(page, options={"resultTypes": ["violations"], "preload": False}).response["violations"]
    return [f"{each['id']}: {node['html'][:160]}" for each in found for node in each["nodes"][:3]]


@pytest.mark.parametrize(
    "options", [{}, {"phone": True}, {"color_scheme": "dark"}], ids=["desktop", "phone", "dark"]
)
def test_axe_finds_nothing_on_the_desk(open_page, options):
    """The story's form (new, full, with an error, read-only), the lists and the first page, each view and scheme."""
    photo = make_photo()
    reporter = make_reporter()
    article = make_article(reporters=[reporter], guests=["이웃"], photos=[photo, make_photo()], tags=["쌀값"])
    submitted = make_article(state=State.SUBMITTED)
    page = sign_in(open_page, make_user("admin"), **options)
    page.locator(".prose-menubar").wait_for()
    assert faults(page) == []
    page.click("#bylines-group .add-row a")
    page.keyboard.press("Escape")
    page.click("#id_tags")
    assert faults(page) == []
    for address in (
        f"/admin/articles/article/{article.pk}/change/",
        f"/admin/articles/article/{submitted.pk}/change/?check=return",
        "/admin/articles/article/",
        "/admin/articles/photo/",
        f"/admin/articles/photo/{photo.pk}/change/",
        "/admin/",
    ):
        page.on("dialog", lambda dialog: dialog.accept())
        page.goto(address, wait_until="networkidle")
        assert (address, faults(page)) == (address, [])
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), address


def test_the_story_form_is_narrow_enough_for_any_phone(open_page):
    """At 320 px nothing scrolls sideways, and the way to state and buttons stands at the top."""
    article = make_article(reporters=[make_reporter()], photos=[make_photo()])
    page = sign_in(
        open_page, make_user("admin"), f"/admin/articles/article/{article.pk}/change/", phone=True,
        viewport={"width": 320, "height": 640},
    )  # fmt: skip
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    page.click(".story__jump a")
    expect(page.locator("[name=_save]")).to_be_in_viewport()
