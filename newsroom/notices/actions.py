"""The verbs of notes and notices. Each takes keyword arguments and stands or falls with its transaction."""

import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.models import Article, StateChange
from articles.text import clean_line, clean_lines

from . import mailing
from .kinds import TOPICS, Kind, Mail, usual
from .models import TEXT_LENGTH, MailWish, Note, Notice
from .people import named_in, people_of


@transaction.atomic
def tell(
    *,
    users,
    kind: str,
    by=None,
    article: Article | None = None,
    subject: str = "",
    words: str = "",
    address: str = "",
    due_at: datetime.datetime | None = None,
) -> list[Notice]:
    """Write a notice for each of ``users``, but for ``by``, who did it, and those who have left; return them.

    ``subject`` is the headline where a story is given. ``address`` is a path of the desk. What is to be
    mailed at once is sent after the transaction has been committed; when that fails, the rows stand.
    """
    receivers = {user.pk: user for user in users if user.is_active and user.is_staff and user != by}
    wishes = dict(
        MailWish.objects.filter(user__in=receivers, topic=TOPICS[kind]).values_list("user_id", "mail")
    )
    subject = clean_line(subject or (article.headline if article else ""))[:200]
    rows = [
        Notice(
            user=user, article=article, kind=kind, subject=subject, words=words[:TEXT_LENGTH], address=address,
            due_at=due_at, by=by, mail=wanted(user, wishes.get(key, usual(TOPICS[kind]))),
        )
        for key, user in receivers.items()
    ]  # fmt: skip
    Notice.objects.bulk_create(rows)
    at_once = [row.pk for row in rows if row.mail == Mail.NOW]
    if at_once:
        # Robust: whatever a mail server does, what was done at the desk is done.
        transaction.on_commit(lambda: mailing.send_new(at_once), robust=True)
    return rows


def wanted(user, mail: str) -> str:
    """Return when a notice is mailed to ``user``, who wishes ``mail``: never without an address or a server."""
    return mail if user.email and mailing.is_set_up() else Mail.NEVER


@transaction.atomic
def write_note(
    *,
    article: Article,
    by,
    text: str,
    quote: str = "",
    paragraph: int | None = None,
    return_of: StateChange | None = None,
) -> Note:
    """Add a note to a story and tell whom it names, the people of the story, and who has written to it before.

    ``quote`` and ``paragraph`` pin it to words of the text. Raises ValidationError for an empty text. The
    reason of a return (``return_of``) names nobody: the people of the story are told of the return itself.
    """
    text = checked(text)
    paragraph = paragraph if quote else None
    note = Note.objects.create(
        article=article, by=by, text=text, quote=quote, pinned_paragraph=paragraph, return_of=return_of
    )
    if return_of is None:
        tell_of_note(note)
    return note


def tell_of_note(note: Note) -> None:
    """Write the notices of a new note."""
    article, address = note.article, address_of(note.article)
    named = named_in(note.text)
    said = {"by": note.by, "article": article, "words": note.text, "address": address}
    tell(users=named, kind=Kind.MENTION, **said)
    writers = [row.by for row in Note.objects.thread(article) if row.by]
    others = {user.pk: user for user in [*people_of(article), *writers] if user not in named}
    tell(users=others.values(), kind=Kind.NOTE, **said)


def address_of(article: Article) -> str:
    """Return the path of the notes on the story's page of the desk."""
    return reverse("admin:articles_article_change", args=[article.pk]) + "#notes"


def checked(text: str) -> str:
    """Return the text of a note in its stored form; raise ValidationError for one that is empty or too long."""
    text = clean_lines(text)
    if not text:
        raise ValidationError(_("Write something: the note is empty."))
    if len(text) > TEXT_LENGTH:
        raise ValidationError(
            _("A note has %(most)d characters at most; this one has %(count)d.")
            % {"most": TEXT_LENGTH, "count": len(text)}
        )
    return text


@transaction.atomic
def edit_note(*, note: Note, by, text: str) -> Note:
    """Change the words of a note of one's own, soon after it was written; tell whom it names only now.

    Raises PermissionDenied when it is another's or too late, ValidationError for an empty text.
    """
    if not note.may_be_edited_by(by):
        raise PermissionDenied(_("A note can be changed by its writer, for ten minutes. Write another one."))
    before = {user.pk for user in named_in(note.text)}
    note.text = checked(text)
    note.edited_at = timezone.now()
    note.save(update_fields=["text", "edited_at"])
    added = [user for user in named_in(note.text) if user.pk not in before]
    article = note.article
    tell(users=added, kind=Kind.MENTION, by=by, article=article, words=note.text, address=address_of(article))
    return note


def resolve_note(*, note: Note, by) -> Note:
    """Mark a note as settled."""
    if note.resolved_at is None:
        note.resolved_at, note.resolved_by = timezone.now(), by
        note.save(update_fields=["resolved_at", "resolved_by"])
    return note


def reopen_note(*, note: Note) -> Note:
    """Take back that a note is settled."""
    note.resolved_at = note.resolved_by = None
    note.save(update_fields=["resolved_at", "resolved_by"])
    return note


def read(*, notices) -> int:
    """Mark unread ones among ``notices`` (a queryset) as read; return how many."""
    return notices.unread().update(read_at=timezone.now())


@transaction.atomic
def choose_mail(*, user, wishes: dict[str, str]) -> None:
    """Store when ``user`` wants notices mailed: a ``Mail`` for each ``Topic``."""
    for topic, mail in wishes.items():
        MailWish.objects.update_or_create(user=user, topic=topic, defaults={"mail": mail})
