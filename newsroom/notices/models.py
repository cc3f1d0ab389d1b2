"""Notes on a story, notices to a person, and how each person wants theirs mailed."""

import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.models import Article, Photo, StateChange
from articles.text import clean_line, clean_lines

from .kinds import Kind, Mail, Topic

TEXT_LENGTH = 2000
QUOTE_LENGTH = 200
# As long as this, its writer may change a note: a slip is mended, what others have answered to stays.
EDITABLE_FOR = datetime.timedelta(minutes=10)


class NoteQuerySet(models.QuerySet):
    """Filters of notes."""

    def thread(self, article: Article):
        """Return the notes on a story, the oldest first, with their people: one query."""
        return self.filter(article=article).select_related("by", "resolved_by").order_by("at", "pk")


class Note(models.Model):
    """What somebody of the desk says to the others about a story; readers never see it.

    A note may be pinned to words of the text: ``quote`` and the number of the block they stood in, counted
    from 1. ``return_of`` is the return of the story whose reason the note repeats.
    """

    article = models.ForeignKey(Article, models.CASCADE, related_name="desk_notes", verbose_name=_("story"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("by")
    )
    at = models.DateTimeField(_("at"), default=timezone.now)
    edited_at = models.DateTimeField(null=True)
    text = models.TextField(_("note"), max_length=TEXT_LENGTH)
    pinned_paragraph = models.PositiveIntegerField(null=True)
    quote = models.CharField(max_length=QUOTE_LENGTH, blank=True)
    resolved_at = models.DateTimeField(null=True)
    resolved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    return_of = models.OneToOneField(StateChange, models.SET_NULL, null=True, related_name="+")

    objects = NoteQuerySet.as_manager()

    class Meta:
        verbose_name = _("note")
        verbose_name_plural = _("notes")
        indexes = [models.Index(fields=["article", "at"], name="note_thread")]
        constraints = [models.CheckConstraint(name="note_says_something", condition=~Q(text=""))]

    def __str__(self) -> str:
        return self.text[:60]

    def save(self, *args, **kwargs) -> None:
        self.text = clean_lines(self.text)
        self.quote = clean_line(self.quote)[:QUOTE_LENGTH]
        super().save(*args, **kwargs)

    def may_be_edited_by(self, user) -> bool:
        """Tell whether ``user`` wrote the note, and only just now."""
        return self.by_id == user.pk and self.at > timezone.now() - EDITABLE_FOR and not self.return_of_id


class NoticeQuerySet(models.QuerySet):
    """Filters of notices."""

    def unread(self):
        """Return the notices that nobody has looked at."""
        return self.filter(read_at=None)

    def listed(self, before: int | None):
        """Return notices newest first, behind the one with the key ``before``, with what a list shows."""
        rows = self.select_related("by", "article").defer("article__body").order_by("-pk")
        return rows if before is None else rows.filter(pk__lt=before)


class Notice(models.Model):
    """Something that one person should know of. The row comes first; mail follows it and may fail.

    ``subject`` and ``words`` are copies, so that the notice says the same when the story is gone. ``mail`` is
    what the receiver wanted when it was written; ``tried_at`` the last attempt to send it.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="notices")
    article = models.ForeignKey(Article, models.SET_NULL, null=True, related_name="+")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    subject = models.CharField(max_length=200, blank=True)
    words = models.TextField(max_length=TEXT_LENGTH, blank=True)
    address = models.CharField(max_length=200, blank=True)
    due_at = models.DateTimeField(null=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    read_at = models.DateTimeField(null=True)
    mail = models.CharField(max_length=5, choices=Mail.choices, default=Mail.NEVER)
    tried_at = models.DateTimeField(null=True)
    mailed_at = models.DateTimeField(null=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        indexes = [
            models.Index(fields=["user", "-id"], name="notice_list"),
            models.Index(fields=["user"], condition=Q(read_at=None), name="notice_unread"),
            models.Index(
                fields=["at"],
                condition=Q(mailed_at=None) & Q(mail__in=["now", "daily"]),
                name="notice_to_mail",
            ),
        ]
        constraints = [
            models.CheckConstraint(name="notice_kind_known", condition=Q(kind__in=Kind.values)),
            models.CheckConstraint(name="notice_mail_known", condition=Q(mail__in=Mail.values)),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.subject}"


class MailWish(models.Model):
    """When one person wants the notices of a topic by mail; without a row it is as ``kinds.usual`` says."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="mail_wishes")
    topic = models.CharField(max_length=10, choices=Topic.choices)
    mail = models.CharField(max_length=5, choices=Mail.choices)

    class Meta:
        verbose_name = _("mail wish")
        verbose_name_plural = _("mail wishes")
        constraints = [
            models.UniqueConstraint(fields=["user", "topic"], name="mail_wish_once"),
            models.CheckConstraint(name="mail_wish_known", condition=Q(mail__in=Mail.values)),
        ]

    def __str__(self) -> str:
        return f"{self.topic}: {self.mail}"


class ToldRight(models.Model):
    """That people were told of the end of a photo's right; another end is told anew."""

    photo = models.ForeignKey(Photo, models.CASCADE, related_name="+", db_index=False)
    ends_at = models.DateTimeField()

    class Meta:
        verbose_name = _("end of a right that was told")
        verbose_name_plural = _("ends of rights that were told")
        constraints = [models.UniqueConstraint(fields=["photo", "ends_at"], name="told_right_once")]

    def __str__(self) -> str:
        return f"{self.photo_id}: {self.ends_at:%Y-%m-%d %H:%M}"
