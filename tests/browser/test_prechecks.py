"""In a browser: findings lead to their place, follow what is typed, and offer what is missing."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse
from playwright.sync_api import Page, expect

from articles.models import Article
from articles.models.precheck import PrecheckSetting

from ..factories import make_article, make_user

pytestmark = pytest.mark.django_db(transaction=True)

EDITOR = ".field-body .ProseMirror[contenteditable=true]"
BODY = (
    "<p>첫 문단이다.</p><p>경찰은 그가 스스로 목숨을 끊은 것으로 보고 있다.</p>"
    "<p>셋째 문단에서 ○○○ 과장은 답하지 않았다.</p>"
)
SELECTED = "window.getSelection().toString()"


def sign_in(open_page, user, address: str, **options) -> Page:
    """Open an address of the desk as ``user``."""
    page = open_page(f"/admin/login/?next={address}", **options)
    page.fill("#id_username", user.username)
    page.fill("#id_password", "a-long-password")
    page.click("form#login-form [type=submit]")
    page.wait_for_url(f"**{address}")
    return page


def open_story(open_page, article: Article, user=None, **options) -> Page:
    """Open the page of a story and wait for its editor."""
    address = reverse("admin:articles_article_change", args=[article.pk])
    page = sign_in(open_page, user or make_user("admin"), address, **options)
    page.wait_for_selector(EDITOR)
    return page


def faults(page: Page, part: str) -> list[str]:
    """Return what axe finds in a part of a page; without «preload» it would fetch the style sheets anew."""
    options = {"resultTypes": ["violations"], "preload": False}
    found = Axe().run(page, context=part, options=options).response["violations"]
    return [f"{each['id']}: {node['html'][:160]}" for each in found for node in each["nodes"][:3]]


def test_a_finding_leads_to_its_words(open_page):
    """The words quoted are selected in the text; a field is focused, the byline's rows are brought into view."""
    page = open_story(open_page, make_article(state="draft", body=BODY))
    page.click("[data-jump=body][data-quote='○○○']")
    assert page.evaluate(SELECTED) == "○○○"
    expect(page.locator(f"{EDITOR} > p").nth(2)).to_be_in_viewport()
    page.click("[data-jump=ai_use]")
    assert page.evaluate("document.activeElement.id") == "id_ai_use"
    page.click("[data-jump=bylines]")
    expect(page.locator("#bylines-group")).to_be_in_viewport()


def test_the_way_works_by_keyboard(open_page):
    """Enter on a finding does what a click does."""
    page = open_story(open_page, make_article(state="draft", body=BODY))
    page.locator("[data-jump=body][data-quote='○○○']").focus()
    page.keyboard.press("Enter")
    assert page.evaluate(SELECTED) == "○○○"


def test_the_notice_is_put_under_the_text(open_page):
    """One press, and the helpline stands in a paragraph of its own at the end."""
    page = open_story(open_page, make_article(state="draft", body=BODY))
    page.click("[data-insert]")
    last = page.locator(f"{EDITOR} > p").last
    expect(last).to_contain_text("109")
    assert "109" in page.input_value("#id_body").rsplit("<p>", 1)[1]
    expect(page.locator("[data-insert]")).to_be_disabled()


def test_the_panel_follows_what_was_kept(open_page):
    """After words were kept on the server the findings are those of the new words; a reason typed stays."""
    PrecheckSetting.objects.create(name="byline", severity="stop")
    article = make_article(state="draft", ai_use="none", body="<p>첫 문단이다.</p>")
    page = open_story(open_page, article)
    expect(page.locator("[data-jump=bylines]")).to_have_count(1)
    page.fill("#id_override", "급한 기사")
    page.fill("#id_headline", "가" * 60)
    expect(page.locator("[data-jump=headline]")).to_have_count(1, timeout=20_000)
    page.fill("#id_headline", "짧은 제목 ○○○")
    expect(page.locator("[data-jump=headline][data-quote='○○○']")).to_have_count(1, timeout=20_000)
    expect(page.locator("[data-jump=headline]")).to_have_count(1)
    assert page.input_value("#id_override") == "급한 기사"
    expect(page.locator("#id_override")).to_be_visible()


def test_the_panel_asks_at_most_every_five_seconds(open_page):
    """However often words are kept after the first findings stand, nothing is asked before the pause is over."""
    page = open_story(open_page, make_article(state="draft", body=BODY))
    page.wait_for_selector("[data-prechecks-findings] li")
    asked = []
    page.on("request", lambda one: asked.append(one.url) if one.url.endswith("/prechecks/") else None)
    page.evaluate("for (let i = 0; i < 20; i += 1) document.dispatchEvent(new CustomEvent('copy:saved'))")
    page.wait_for_timeout(600)
    page.evaluate("for (let i = 0; i < 20; i += 1) document.dispatchEvent(new CustomEvent('copy:saved'))")
    page.wait_for_timeout(600)
    assert len(asked) == 0
    page.wait_for_timeout(5_500)
    assert len(asked) == 1


def test_a_lost_connection_keeps_the_last_findings(open_page):
    """No error, no empty panel; the next words that are kept bring it up to date."""
    page = open_story(open_page, make_article(state="draft", body=BODY))
    page.wait_for_selector("[data-prechecks-findings] li")
    before = page.locator("[data-prechecks-findings] li").count()
    page.route("**/prechecks/", lambda route: route.abort())
    page.evaluate("document.dispatchEvent(new CustomEvent('copy:saved'))")
    page.wait_for_timeout(6_000)
    assert page.locator("[data-prechecks-findings] li").count() == before > 0
    page.faults[:] = [
        fault for fault in page.faults if "/prechecks/" not in fault and "ERR_FAILED" not in fault
    ]


def test_a_release_is_compared_in_place(open_page):
    """Pasted, compared, shown sentence by sentence; the story's form does not carry it."""
    words = " ".join(
        f"새여울군은 {number}번째 습지 교실을 {number}일에 연다고 밝혔다." for number in range(3, 12)
    )
    page = open_story(open_page, make_article(state="draft", body=f"<p>{words}</p>"))
    page.click("[data-release] summary")
    page.fill("#prechecks-release", words)
    page.click("[data-compare]")
    expect(page.locator(".prechecks__pairs")).to_have_count(1)
    assert page.locator("[data-release] textarea").get_attribute("name") is None


@pytest.mark.parametrize("phone", [False, True])
def test_the_panel_and_the_page_of_checks_are_usable(open_page, phone):
    """Nothing runs off the side on a phone, and a checker of accessibility finds nothing of ours."""
    article = make_article(state="draft", body=BODY)
    page = open_story(open_page, article, phone=phone)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    page.wait_for_selector("[data-prechecks-findings] li")
    assert faults(page, "#prechecks") == []
    page.goto("/admin/articles/prechecksetting/")
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert faults(page, "#prechecks_form") == []


def test_the_chief_sets_a_check_in_the_browser(open_page):
    """A radio button, a limit in the details, saved."""
    page = sign_in(open_page, make_user("editor-in-chief"), "/admin/articles/prechecksetting/")
    row = page.locator(".checks__row", has=page.locator("[name=headline_length-severity]"))
    row.locator("[value=stop]").check()
    row.locator("summary").click()
    row.locator("[name=headline_length-limit]").fill("30")
    with page.expect_navigation():
        page.click("[name=_save]")
    stored = PrecheckSetting.objects.get()
    assert (stored.name, stored.severity, stored.parameters) == ("headline_length", "stop", {"limit": "30"})
