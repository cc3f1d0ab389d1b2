"""The desk learns of rights that end soon: a block on its first page, and a notice that is written once."""

import datetime
import threading

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.core.management import call_command
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from articles import actions
from articles.models import Photo
from articles.states import State
from newsroom.accounts.roles import ROLES
from newsroom.desk.dashboard import ROWS
from newsroom.notices.kinds import Kind
from newsroom.notices.models import MailWish, Notice, ToldRight
from newsroom.notices.rights import MOST_NAMED, tell_of_ends

from ..desk_forms import signed_in
from ..factories import make_article, make_photo, make_reporter, make_section, make_user

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)
MOST_QUERIES = 12


def ending(days: float, caption: str = "빌린 사진.", **fields) -> Photo:
    """Make a photo whose right ends in so many days, and a public story that it stands in."""
    photo = make_photo(caption, usable_until=timezone.now() + days * DAY, **fields)
    make_article(f"{caption} 기사", photos=[photo])
    return photo


def block(user):
    """Return the block of the desk's first page, None where there is none."""
    page = signed_in(user).get(reverse("admin:index"))
    assert page.status_code == 200
    return BeautifulSoup(page.content, "html.parser").select_one(".desk__list--ending")


def told(user) -> list[str]:
    """Return the subjects of a person's notices of rights, the oldest first."""
    rows = Notice.objects.filter(user=user, kind=Kind.RIGHT_ENDS)
    return list(rows.order_by("pk").values_list("subject", flat=True))


class TestBlock:
    """What the first page shows."""

    def test_photos_in_use_stand_in_the_order_of_their_end(self):
        """Picture, moment, way to the photo, the stories; what ends later, or stands nowhere, does not."""
        late, soon = ending(13, "늦게."), ending(2, "먼저.")
        make_article("둘째 쓰임", photos=[soon])
        ending(15, "나중에.")
        make_photo("쓰지 않은.", usable_until=timezone.now() + DAY)
        gone = ending(1, "끝난.")
        Photo.objects.filter(pk=gone.pk).update(ends_at=timezone.now())
        draft = make_photo("초고의.", usable_until=timezone.now() + DAY)
        make_article("초고", photos=[draft], state=State.DRAFT)
        shown = block(make_user("desk"))
        assert [row["href"] for row in shown.select(".desk__title")] == [
            reverse("admin:articles_photo_change", args=[photo.pk]) for photo in (soon, late)
        ]
        first = shown.select_one("li")
        assert first.select_one("img")["src"] == soon.url(400)
        assert first.select_one("time")["datetime"][:10] == f"{timezone.localtime(soon.ends_at):%Y-%m-%d}"
        assert [link.text for link in first.select(".desk__story a")] == ["둘째 쓰임", "먼저. 기사"]

    def test_a_portrait_is_named(self):
        """It stands in no story and is seen all the same."""
        make_reporter("한나래", portrait=make_photo(usable_until=timezone.now() + DAY))
        assert "Portrait of 한나래" in block(make_user("desk")).text

    def test_a_symbol_picture_names_three_stories(self):
        """However many there are."""
        photo = ending(2)
        for number in range(5):
            make_article(f"쓰임 {number}", photos=[photo], hours_ago=2 + number)
        shown = block(make_user("desk"))
        assert len(shown.select(".desk__story")) == 3
        assert "and others" in shown.text

    def test_without_such_photos_there_is_no_block(self):
        """Nothing is said, and one query asked."""
        make_article(photos=[make_photo()])
        assert block(make_user("desk")) is None

    @pytest.mark.parametrize("role", ROLES)
    def test_only_those_who_may_change_photos_see_it(self, role):
        """A moderator, for one, does not."""
        ending(2)
        user = make_user(role)
        assert (block(user) is not None) is user.has_perm("articles.change_photo")

    @pytest.mark.parametrize("role", ["editor-in-chief", "desk", "reporter"])
    def test_the_page_keeps_its_budget(self, role):
        """Twelve queries at most once people have been told, with few photos as with many."""
        user = make_user(role)
        client, address = signed_in(user), reverse("admin:index")

        def count() -> int:
            client.get(address)
            with CaptureQueriesContext(connection) as queries:
                client.get(address)
            return len(queries)

        ending(2)
        few = count()
        for number in range(ROWS + 3):
            make_article(photos=[ending(3, f"사진 {number}.")])
        assert count() == few <= MOST_QUERIES
        heading = BeautifulSoup(client.get(address).content, "html.parser").select_one("#list-ending span")
        assert heading.text == f"{ROWS}+"


class TestNotice:
    """What is told, to whom, and how often."""

    @pytest.fixture
    def desk(self):
        return make_user("desk")

    def test_opening_the_first_page_tells_once(self, desk):
        """Uploader, photographer and desk; opening it again, or by another person, tells nobody again."""
        uploader, maker, stranger = (make_user("reporter") for _number in range(3))
        photo = ending(6, photographer=make_reporter(user=maker))
        Photo.objects.filter(pk=photo.pk).update(created_by=uploader)
        for opener in (stranger, desk, uploader, stranger):
            block(opener)
        assert [told(user) for user in (uploader, maker, desk, stranger)] == [["빌린 사진."]] * 3 + [[]]
        notice = Notice.objects.get(user=uploader)
        assert notice.address == reverse("admin:articles_photo_change", args=[photo.pk])
        assert notice.words == f"{timezone.localtime(photo.ends_at):%Y-%m-%d %H:%M} · 빌린 사진."
        assert notice.due_at is None

    def test_the_command_tells_without_a_page(self, desk):
        """So does whoever mails notices; twice is once."""
        ending(6)
        for _run in range(2):
            call_command("send_notices")
        assert told(desk) == ["빌린 사진."]

    def test_it_is_told_seven_days_before_and_not_earlier(self, desk):
        """The clock alone makes it due."""
        photo = ending(8)
        block(desk)
        assert told(desk) == []
        with time_machine.travel(photo.ends_at - 7 * DAY + datetime.timedelta(seconds=1), tick=False):
            block(desk)
        assert told(desk) == ["빌린 사진."]

    def test_another_end_is_told_anew(self, desk):
        """A right that was prolonged ends again one day."""
        photo = ending(2)
        tell_of_ends()
        photo.usable_until += 20 * DAY
        actions.save_photo(photo=photo)
        tell_of_ends()
        assert len(told(desk)) == 1
        with time_machine.travel(photo.usable_until - DAY, tick=False):
            assert tell_of_ends() == 1
        assert len(told(desk)) == 2

    def test_the_desk_of_other_sections_is_left_in_peace(self, desk):
        """Whoever answers for a section in which the photo stands learns of it."""
        here, there = make_section("지역"), make_section("문화")
        local, elsewhere = make_user("desk"), make_user("desk")
        local.section_duties.create(section=here)
        elsewhere.section_duties.create(section=there)
        photo = make_photo(usable_until=timezone.now() + DAY)
        make_article(photos=[photo], section=here)
        assert tell_of_ends() == 1
        assert [len(told(user)) for user in (desk, local, elsewhere)] == [1, 1, 0]

    def test_a_contract_that_ends_is_one_notice(self, desk):
        """Of many photos the first are named; whoever uploaded one of them is told of that one."""
        uploader = make_user("reporter")
        photos = [ending(3, f"계약 {number:02d}.") for number in range(MOST_NAMED + 2)]
        Photo.objects.filter(pk=photos[4].pk).update(created_by=uploader)
        assert tell_of_ends() == len(photos)
        notice = Notice.objects.get(user=desk)
        assert f"{len(photos) - 1}" in notice.subject
        assert len(notice.words.splitlines()) == MOST_NAMED + 1
        assert notice.address == reverse("admin:index")
        assert told(uploader) == ["계약 04."]

    def test_it_is_mailed_to_those_who_want_it(
        self, desk, mailoutbox, settings, django_capture_on_commit_callbacks
    ):
        """In the list for everybody; by mail for who asked for it."""
        settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
        desk.email = "desk@paper.example"
        desk.save()
        MailWish.objects.create(user=desk, topic="rights", mail="now")
        photo = ending(3)
        with django_capture_on_commit_callbacks(execute=True):
            tell_of_ends()
        assert len(mailoutbox) == 1
        assert reverse("admin:articles_photo_change", args=[photo.pk]) in mailoutbox[0].body

    def test_a_notice_that_cannot_be_written_does_not_close_the_desk(self, desk, monkeypatch):
        """The first page opens."""

        def refuse(*args, **kwargs):
            raise OSError("the disk is full")

        ending(3)
        monkeypatch.setattr("newsroom.notices.receivers.tell_of_ends", refuse)
        assert block(desk) is not None


@pytest.mark.django_db(transaction=True)
def test_two_who_open_the_desk_at_once_tell_once():
    """Both find it untold; the one who comes second waits and finds it told."""
    if connection.vendor == "sqlite" and connection.is_in_memory_db():
        pytest.skip("threads share no SQLite database in memory")
    desk = make_user("desk")
    for number in range(3):
        ending(3, f"사진 {number}.")
    start, counts = threading.Barrier(4), []

    def tell() -> None:
        try:
            start.wait()
            counts.append(tell_of_ends())
        finally:
            connections.close_all()

    threads = [threading.Thread(target=tell) for _number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(counts) == [0, 0, 0, 3]
    assert len(told(desk)) == 1
    assert ToldRight.objects.count() == 3
