"""The desk's lists in a browser: what waits, and one's own stories; wide, narrow and dark."""

import datetime
from dataclasses import replace

import pytest
from django.utils import timezone

from articles import actions
from articles.models import WorkingCopy
from articles.states import State

from ..factories import make_article, make_photo, make_reporter, make_section, make_user

pytestmark = pytest.mark.django_db(transaction=True)

PAGES = ["/admin/", "/admin/desk/queue/", "/admin/desk/mine/", "/admin/articles/article/"]
HOUR = datetime.timedelta(hours=1)


def sign_in(page) -> None:
    page.fill("#id_username", "desk")
    page.fill("#id_password", "a-long-password")
    page.click("input[type=submit]")


def fill_desk():
    """Make one of everything that the lists tell apart; return the person."""
    user, chief, now = make_user("desk", username="desk"), make_user("admin"), timezone.now()
    local = make_section("지역")
    under, names = (
        make_section("읍내", parent=local),
        [make_reporter("한나래", user=user), make_reporter("오름")],
    )
    make_article("군의회, 노인 무상교통 예산 4억 원 되살렸다… 본회의는 28일", state=State.SUBMITTED, section=under,
                 submitted_at=now - 5 * HOUR, reporters=names, deadline=now - HOUR, photos=[make_photo()])  # fmt: skip
    make_article("첫눈", state=State.SUBMITTED, submitted_at=now - HOUR / 3, section=local, created_by=user)
    late = make_article("나루터 창고, 배움터로 다시 문 연다", section=local, reporters=names)
    words = replace(actions.newest(late), headline="나루터 창고, 주민 배움터로 다시 문 연다")
    actions.save(article=late, snapshot=words, by=chief)
    actions.submit(article=late, by=chief)
    actions.return_(
        article=late, by=chief, reason="준공 날짜가 두 가지로 적혀 있습니다. 군청에 다시 확인하십시오."
    )
    actions.submit(article=late, by=chief)
    back = make_article("장날 풍경", state=State.SUBMITTED, created_by=user, section=under)
    actions.return_(article=back, by=chief, reason="사진설명이 없습니다.")
    make_article(
        "쌀값 대책, 농민들은 고개를 저었다", state=State.DRAFT, created_by=user, deadline=now + 3 * HOUR
    )
    make_article("내일 새벽 여는 글", hours_ago=-9, reporters=names, section=local)
    WorkingCopy.objects.create(by=user, sequence=4, data={"headline": ["저장하지 않은 새 글"]})
    return user


@pytest.mark.parametrize(
    "look", [{}, {"color_scheme": "dark"}, {"phone": True}, {"viewport": {"width": 320, "height": 700}}]
)
def test_the_lists_fit_every_screen(open_page, look):
    """No error in the console, nothing wider than the screen, and every list holds its stories."""
    fill_desk()
    page = open_page("/admin/", **look)
    sign_in(page)
    for address in PAGES:
        page.goto(address)
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, address
        assert page.locator("text=나루터 창고").count() >= (address != "/admin/desk/mine/")


def test_what_waits_is_filtered_without_a_script(open_page):
    """The choices are a plain form; a headline is the way to its story."""
    fill_desk()
    page = open_page("/admin/desk/queue/", java_script_enabled=False)
    sign_in(page)
    page.check("input[name=due]")
    page.click(".queue-filter button")
    assert page.locator(".queue__title").count() == 1
    assert "/change/" in page.locator(".queue__title").get_attribute("href")
