"""Notices by mail: plain text in the receiver's language, one message for all that is due to a person."""

import datetime
import html
import logging
from smtplib import SMTPDataError, SMTPRecipientsRefused

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.cache import cache
from django.core.mail import EmailMessage, get_connection
from django.db.models import Q
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import timezone, translation

from articles.text import clean_line

from .kinds import Mail
from .models import Notice

# The hour of the paper's day at which those who want it once a day get it.
DIGEST_HOUR = 8
# How long a failed or interrupted attempt rests, and after how long nobody is mailed about it any more:
# the notice itself stays in the list.
RETRY_AFTER = datetime.timedelta(minutes=10)
GIVE_UP_AFTER = datetime.timedelta(days=3)
# After a failure the desk does not wait for the mail server again at every verb; the command tries.
DOWN, DOWN_FOR = "notices-mail-down", 60
MOST_IN_A_MESSAGE = 50

log = logging.getLogger(__name__)


def is_set_up() -> bool:
    """Tell whether this installation sends mail at all."""
    return not settings.EMAIL_BACKEND.endswith("dummy.EmailBackend")


def last_digest(now: datetime.datetime) -> datetime.datetime:
    """Return the last moment before ``now`` at which digests were due."""
    local = timezone.localtime(now)
    today = local.replace(hour=DIGEST_HOUR, minute=0, second=0, microsecond=0)
    return today if today <= local else today - datetime.timedelta(days=1)


def due(now: datetime.datetime, *, again: bool = False):
    """Return the notices to be mailed now; ``again``: also those that failed a moment ago."""
    ripe = Q(mail=Mail.NOW) | Q(mail=Mail.DAILY, at__lt=last_digest(now))
    rows = Notice.objects.unread().filter(
        ripe, mailed_at=None, at__gte=now - GIVE_UP_AFTER, user__is_active=True
    )
    rested = Q(tried_at=None) | Q(tried_at__lt=now - RETRY_AFTER)
    return rows.exclude(user__email="") if again else rows.filter(rested).exclude(user__email="")


def send_new(keys: list[int]) -> None:
    """Mail the notices with these keys, which have just been written, unless mail failed a moment ago."""
    if cache.get(DOWN) is None:
        send(due(timezone.now()).filter(pk__in=keys))


def send_due(*, again: bool = False) -> tuple[int, int]:
    """Mail all that is due; return how many messages were sent and how many failed."""
    return send(due(timezone.now(), again=again))


def send(notices) -> tuple[int, int]:
    """Mail ``notices`` (a queryset of due ones), a message a person; return how many were sent and failed.

    A server that does not answer ends it: what is left is tried later.
    """
    sent = failed = 0
    people = get_user_model().objects.filter(pk__in=notices.values("user")).order_by("pk")
    connection = get_connection()
    for user in people:
        rows = claim(notices.filter(user=user))
        if not rows:
            continue
        try:
            connection.send_messages([message_to(user, rows)])
        except (SMTPRecipientsRefused, SMTPDataError, ValueError) as error:
            failed += 1
            log.warning("no mail to user %s: %s", user.pk, error)
        except OSError as error:
            cache.set(DOWN, str(error), DOWN_FOR)
            log.warning("the mail server does not take mail: %s", error)
            return sent, failed + 1
        else:
            sent += 1
            Notice.objects.filter(pk__in=[row.pk for row in rows]).update(mailed_at=timezone.now())
    return sent, failed


def claim(notices) -> list[Notice]:
    """Return those of ``notices`` that no other process is sending, marked as being sent from here."""
    stamp = timezone.now()
    keys = list(notices.order_by("pk").values_list("pk", flat=True)[:MOST_IN_A_MESSAGE])
    # The conditions of the queryset hold again in the moment of writing: who comes second gets none.
    notices.filter(pk__in=keys).update(tried_at=stamp)
    return list(Notice.objects.filter(pk__in=keys, tried_at=stamp).select_related("by").order_by("pk"))


def message_to(user, rows: list[Notice]) -> EmailMessage:
    """Return the message with ``rows`` for ``user``."""
    context = {"receiver": user, "rows": rows}
    with translation.override(user.language or settings.LANGUAGE_CODE):
        subject = plain("newsroom/notices/mail_subject.txt", context)
        body = plain("newsroom/notices/mail.txt", context)
    return EmailMessage(clean_line(subject)[:200], body, to=[user.email])


def plain(template: str, context: dict) -> str:
    """Return a template as plain text; rendered for a request that nobody made, for the paper's name and address."""
    request = HttpRequest()
    host = next((name for name in settings.ALLOWED_HOSTS if name.strip(".*")), "localhost").lstrip(".")
    request.META = {"SERVER_NAME": host, "SERVER_PORT": "443" if settings.SECURE_SSL_REDIRECT else "80"}
    # Templates escape for HTML; plain text is what the escapes stand for.
    return html.unescape(render_to_string(template, context, request)).strip() + "\n"
