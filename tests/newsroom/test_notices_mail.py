"""Notices by mail: whom, when, in which language, and what happens when no mail server answers."""

import datetime
import smtplib
from io import StringIO

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from articles import actions as verbs
from articles.states import State
from newsroom.notices import actions, mailing
from newsroom.notices.kinds import Kind, Mail, Topic
from newsroom.notices.models import MailWish, Notice
from newsroom.publication.models import Publication

from ..desk_forms import fields_of, messages_of, signed_in
from ..factories import make_article, make_user

pytestmark = pytest.mark.django_db


class Refusing(EmailBackend):
    """A mail server that does not answer."""

    def send_messages(self, messages):
        raise ConnectionRefusedError("nobody there")


class Choosy(EmailBackend):
    """A mail server that does not know one of the addresses."""

    def send_messages(self, messages):
        if messages[0].to == ["gone@paper.example"]:
            raise smtplib.SMTPRecipientsRefused({"gone@paper.example": (550, b"unknown")})
        return super().send_messages(messages)


@pytest.fixture
def reader():
    return make_user("reporter", username="reader", email="reader@paper.example", language="ko")


@pytest.fixture
def commit(django_capture_on_commit_callbacks):
    """Return a context in which what waits for the commit is done at its end."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


def tell(user, *, kind: str = Kind.MENTION, **fields) -> Notice:
    fields = {
        "subject": "다리 점검",
        "words": "확인해 주세요.",
        "address": "/admin/articles/article/7/change/",
    } | fields
    return actions.tell(users=[user], kind=kind, **fields)[0]


def age(notice: Notice, **ago) -> None:
    """Make a notice older."""
    Notice.objects.filter(pk=notice.pk).update(at=timezone.now() - datetime.timedelta(**ago))


def command(**options) -> str:
    """Run ``send_notices`` and return what it says."""
    said = StringIO()
    call_command("send_notices", stdout=said, **options)
    return said.getvalue().strip()


def broken(settings, backend: type = Refusing) -> None:
    settings.EMAIL_BACKEND = f"{__name__}.{backend.__name__}"


class TestAtOnce:
    """What somebody waits for."""

    def test_a_verb_mails_after_its_commit(self, reader, commit):
        """To the people of the story, once, with headline, reason and the way to it; not before the commit."""
        Publication.objects.create(name="새여울 & 이웃", site_url="https://paper.example")
        article = make_article("‘다리’ <점검>", state=State.SUBMITTED, created_by=reader)
        with commit():
            verbs.return_(
                article=article,
                by=make_user("desk", last_name="서", first_name="라온"),
                reason="날짜 & 이름 확인",
            )
            assert mail.outbox == []
        (message,) = mail.outbox
        assert message.to == ["reader@paper.example"]
        assert message.subject.startswith("[새여울 & 이웃] ")
        assert message.subject.endswith(": ‘다리’ <점검>")
        assert "날짜 & 이름 확인" in message.body
        assert "서라온" in message.body
        assert f"https://paper.example/admin/articles/article/{article.pk}/change/" in message.body
        assert Notice.objects.get().mailed_at is not None

    def test_a_rolled_back_verb_mails_nothing(self, reader, django_capture_on_commit_callbacks):
        """There is nothing to wait for a commit that never comes."""
        with django_capture_on_commit_callbacks() as waiting:
            tell(reader, kind=Kind.NOTE)
        assert waiting == []

    def test_each_reads_their_own_language(self, reader, commit):
        """That of the account; without a choice the paper's."""
        english = make_user("desk", email="english@paper.example", language="en")
        with commit():
            actions.tell(users=[reader, english], kind=Kind.RETURNED, subject="제목")
        bodies = {message.to[0]: message.subject + message.body for message in mail.outbox}
        assert "Your story was returned" in bodies["english@paper.example"]
        assert "choose here" in bodies["english@paper.example"]
        assert "Your choice" not in bodies["reader@paper.example"]

    @pytest.mark.parametrize(
        ("kind", "mailed"), [(Kind.RETURNED, 1), (Kind.CHANGE_APPROVED, 1), (Kind.MENTION, 1), (Kind.SUBMITTED, 0),
                             (Kind.NOTE, 0), (Kind.HELD, 0), (Kind.ASSIGNMENT, 0)],
    )  # fmt: skip
    def test_what_is_mailed_to_those_who_have_not_chosen(self, reader, commit, kind, mailed):
        """Returned, approved and named: at once. The rest stands in the list."""
        with commit():
            tell(reader, kind=kind)
        assert len(mail.outbox) == mailed
        assert Notice.objects.count() == 1

    def test_no_address_no_mail(self, commit):
        """The notice stands in the list, and nothing ever tries to send it."""
        with commit():
            notice = tell(make_user("reporter"))
        assert notice.mail == Mail.NEVER
        assert command() == "0 sent, 0 failed"

    def test_several_notices_of_one_moment_are_one_message(self, reader, commit):
        """Whoever is told three things at once gets one message."""
        for number in range(3):
            tell(reader, subject=f"제목 {number}")
        assert command() == "1 sent, 0 failed"
        assert all(f"제목 {number}" in mail.outbox[0].body for number in range(3))
        assert "\n" not in mail.outbox[0].subject


class TestFailure:
    """A mail server that is down, slow or choosy."""

    def test_a_verb_does_not_notice(self, reader, commit, settings):
        """The story is approved, the notice stands, and is mailed once the server is back."""
        broken(settings)
        article = make_article(state=State.SUBMITTED, created_by=reader)
        with commit():
            verbs.approve(article=article, by=make_user("desk"))
        article.refresh_from_db()
        assert article.state == State.APPROVED
        assert Notice.objects.get().mailed_at is None
        settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
        assert command(again=True) == "1 sent, 0 failed"
        assert Notice.objects.get().mailed_at is not None

    def test_an_error_of_another_kind_does_not_reach_the_verb_either(self, reader, commit, monkeypatch):
        """A mistake in a template or a provider's library is logged."""
        monkeypatch.setattr(mailing, "message_to", lambda user, rows: 1 / 0)
        with commit():
            tell(reader)
        assert Notice.objects.get().mailed_at is None

    def test_the_desk_does_not_wait_for_a_dead_server_twice(self, reader, commit, settings, monkeypatch):
        """After a failure the next verbs leave it to the command."""
        broken(settings)
        with commit():
            tell(reader)
        tried = []
        monkeypatch.setattr(mailing, "send", lambda notices: tried.append(notices))
        with commit():
            tell(reader)
        assert tried == []
        mailing.cache.delete(mailing.DOWN)
        with commit():
            tell(reader)
        assert len(tried) == 1

    def test_a_failed_one_rests_before_it_is_tried_again(self, reader, settings):
        """Ten minutes; and nothing is mailed about what happened days ago."""
        broken(settings)
        notice = tell(reader)
        assert command() == "0 sent, 1 failed"
        settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
        assert command() == "0 sent, 0 failed"
        Notice.objects.update(tried_at=timezone.now() - datetime.timedelta(minutes=11))
        age(notice, days=3, minutes=1)
        assert command() == "0 sent, 0 failed"
        age(notice, days=2)
        assert command() == "1 sent, 0 failed"

    def test_one_bad_address_does_not_keep_the_others_waiting(self, settings):
        """The refused one is logged, the rest is sent."""
        broken(settings, Choosy)
        for name in ("gone", "here"):
            tell(make_user("reporter", email=f"{name}@paper.example"))
        assert command() == "1 sent, 1 failed"
        assert [message.to for message in mail.outbox] == [["here@paper.example"]]

    def test_a_line_break_in_a_headline_is_no_header(self, reader):
        """What somebody pasted into a headline cannot add receivers."""
        Publication.objects.create(name="새여울\r\nBcc: x@y.example")
        tell(reader, subject="제목\nBcc: a@b.example")
        assert command() == "1 sent, 0 failed"
        assert mail.outbox[0].recipients() == ["reader@paper.example"]


class TestCommand:
    """``send_notices``, run every few minutes."""

    def test_running_it_twice_sends_nothing_twice(self, reader):
        """What was mailed is marked."""
        tell(reader)
        assert command() == "1 sent, 0 failed"
        assert command() == "0 sent, 0 failed"
        assert len(mail.outbox) == 1

    def test_two_processes_do_not_send_the_same(self, reader):
        """Whoever comes second finds it claimed."""
        tell(reader)
        rows = mailing.due(timezone.now())
        assert len(mailing.claim(rows)) == 1
        assert mailing.claim(rows) == []

    def test_what_was_read_meanwhile_is_not_mailed(self, reader):
        """Nor is anything to a person who left."""
        notice = tell(reader)
        actions.read(notices=Notice.objects.filter(pk=notice.pk))
        gone = make_user("reporter", email="gone@paper.example")
        tell(gone)
        gone.is_active = False
        gone.save()
        assert command() == "0 sent, 0 failed"

    def test_a_digest_comes_once_a_day(self, reader):
        """At eight in the paper's time: what came before it, in one message, and nothing twice."""
        MailWish.objects.create(user=reader, topic=Topic.NOTE, mail=Mail.DAILY)
        early, late = (tell(reader, kind=Kind.NOTE, subject=name) for name in ("어제 일", "방금 일"))
        digest = mailing.last_digest(timezone.now())
        Notice.objects.filter(pk=early.pk).update(at=digest - datetime.timedelta(minutes=1))
        Notice.objects.filter(pk=late.pk).update(at=digest)
        assert command() == "1 sent, 0 failed"
        assert "어제 일" in mail.outbox[0].body
        assert "방금 일" not in mail.outbox[0].body
        assert command() == "0 sent, 0 failed"

    @pytest.mark.parametrize(
        ("now", "digest"),
        [
            ("2026-11-22T07:59+09:00", "2026-11-21T08:00+09:00"),
            ("2026-11-22T08:00+09:00", "2026-11-22T08:00+09:00"),
            ("2026-11-21T23:30+00:00", "2026-11-22T08:00+09:00"),
        ],
    )
    def test_the_hour_of_the_digest(self, now, digest):
        """Eight in the morning where the paper is."""
        now, digest = (datetime.datetime.fromisoformat(moment) for moment in (now, digest))
        assert mailing.last_digest(now) == digest

    def test_without_a_mail_server_it_says_so(self, reader, settings):
        """And notices written meanwhile are not planned for mail: nobody gets a heap of old ones later."""
        settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
        assert tell(reader).mail == Mail.NEVER
        assert "not set up" in command()


class TestChoice:
    """Everybody chooses."""

    ADDRESS = "admin:newsroom_notices_notice_mail"

    def test_the_form_shows_and_stores_the_choice(self, reader):
        """What is usual is chosen already; a choice counts for what comes afterwards."""
        reader.language = ""
        reader.save()
        client = signed_in(reader)
        values = fields_of(client.get(reverse(self.ADDRESS)))
        assert (values["returned"], values["note"]) == ("now", "never")
        answer = client.post(reverse(self.ADDRESS), values | {"returned": "daily", "note": "now"})
        assert "has been saved" in messages_of(client, answer)
        assert tell(reader, kind=Kind.CHANGE_RETURNED).mail == Mail.DAILY
        assert tell(reader, kind=Kind.NOTE).mail == Mail.NOW
        assert fields_of(client.get(reverse(self.ADDRESS)))["returned"] == "daily"

    def test_a_choice_that_there_is_not_is_refused(self, reader):
        """The form comes back; nothing is stored."""
        client = signed_in(reader)
        values = fields_of(client.get(reverse(self.ADDRESS))) | {"note": "hourly"}
        assert client.post(reverse(self.ADDRESS), values).status_code == 200
        assert not MailWish.objects.exists()

    def test_it_says_why_nothing_comes(self, settings):
        """No address of one's own, or no server."""
        user = make_user("reporter")
        assert "no e-mail address" in signed_in(user).get(reverse(self.ADDRESS)).content.decode()
        settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
        assert "no mail server" in signed_in(user).get(reverse(self.ADDRESS)).content.decode()
