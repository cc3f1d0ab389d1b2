"""Pages of the desk for notes and notices; each person sees their own notices, and notes on stories they may open."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from articles.models import Article
from articles.querysets import take

from . import actions
from .forms import MailForm, PinForm
from .kinds import Mail
from .mailing import DIGEST_HOUR, is_set_up
from .models import Note, Notice
from .people import names_of, staff
from .thread import openable, thread_of

PAGE = 30
# Sent by the script of the page, which replaces the list of notes with the answer.
PART = "X-Part"


class OwnPages(admin.ModelAdmin):
    """Rows without the admin's usual pages, and without a line in the list of everything."""

    def has_module_permission(self, request: HttpRequest) -> bool:
        return False

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj=None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj=None) -> bool:
        return False

    def page(self, address: str, view, name: str):
        """Return a path of the desk whose name is ``admin:newsroom_notices_<model>_<name>``."""
        model = self.opts.model_name
        return path(address, self.admin_site.admin_view(view), name=f"{self.opts.app_label}_{model}_{name}")

    def show(self, request: HttpRequest, template: str, status: int = 200, **context) -> HttpResponse:
        """Return a page of the desk."""
        context = self.admin_site.each_context(request) | context
        return TemplateResponse(request, template, context, status=status)


@admin.register(Note)
class NoteAdmin(OwnPages):
    """Notes on a story: a page of their own, and the addresses that the story's page sends to."""

    def get_urls(self) -> list:
        return [
            self.page("story/<int:pk>/", self.story, "story"),
            self.page("names/", self.names, "names"),
            self.page("<int:pk>/edit/", self.edit, "edit"),
            self.page("<int:pk>/settle/", self.settle, "settle"),
        ]

    def story(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show the notes on a story; on POST add one."""
        article = openable(request.user, pk)
        if request.method != "POST":
            return self.thread(request, article)
        typed = request.POST.get("note_text", "")
        pin = PinForm({name: request.POST.get(f"note_{name}", "") for name in ("quote", "paragraph")}).pin()
        try:
            actions.write_note(article=article, by=request.user, text=typed, **pin)
        except ValidationError as error:
            return self.thread(request, article, status=400, typed=typed, error=" ".join(error.messages))
        return self.done(request, article)

    def edit(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Change a note of one's own."""
        note, article = self.note_of(request, pk)
        if request.method != "POST":
            return HttpResponseRedirect(self.address(article))
        typed = request.POST.get(f"note_text_{pk}", "")
        try:
            actions.edit_note(note=note, by=request.user, text=typed)
        except ValidationError as error:
            words = " ".join(error.messages)
        except PermissionDenied as error:
            words = str(error)
        else:
            return self.done(request, article)
        # What was typed goes into the field for a new note, where it is not lost.
        return self.thread(request, article, status=400, typed=typed, error=words)

    def settle(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Mark a note as settled, or (``undo``) as open again."""
        note, article = self.note_of(request, pk)
        if request.method == "POST" and "undo" in request.GET:
            actions.reopen_note(note=note)
        elif request.method == "POST":
            actions.resolve_note(note=note, by=request.user)
        return self.done(request, article)

    def names(self, request: HttpRequest) -> JsonResponse:
        """Return the names that a note can call with «@»."""
        people = staff().select_related("reporter").order_by("last_name", "first_name", "username")
        called = [{"name": str(user), "also": sorted(names_of(user) - {str(user)})} for user in people]
        return JsonResponse({"names": called})

    def note_of(self, request: HttpRequest, pk: int) -> tuple[Note, Article]:
        """Return a note and its story, which the person must be allowed to open; raise Http404 otherwise."""
        note = get_object_or_404(Note.objects.select_related("by"), pk=pk)
        return note, openable(request.user, note.article_id)

    def done(self, request: HttpRequest, article: Article) -> HttpResponse:
        """Answer after something was stored: with the list for the script, else with the page one came from."""
        if PART in request.headers:
            return self.thread(request, article)
        back = request.POST.get("next", "")
        known = url_has_allowed_host_and_scheme(back, {request.get_host()}, request.is_secure())
        return HttpResponseRedirect(back if known else self.address(article))

    def thread(self, request: HttpRequest, article: Article, status: int = 200, **typed) -> HttpResponse:
        """Return the notes on a story as a page, or as the part that the script puts into the story's page."""
        context = {"thread": thread_of(article, request.user, **typed), "article": article}
        if PART in request.headers:
            return TemplateResponse(request, "newsroom/notices/_thread.html", context, status=status)
        title = _("Notes: %s") % article.headline
        return self.show(request, "admin/newsroom_notices/note/story.html", status, title=title, **context)

    @staticmethod
    def address(article: Article) -> str:
        """Return the address of the page with the notes on a story."""
        return reverse("admin:newsroom_notices_note_story", args=[article.pk])


@admin.register(Notice)
class NoticeAdmin(OwnPages):
    """A person's own notices."""

    def get_urls(self) -> list:
        return [
            self.page("", self.notices, "changelist"),
            self.page("<int:pk>/open/", self.open, "open"),
            self.page("read/", self.read, "read"),
            self.page("mail/", self.mail, "mail"),
        ]

    def notices(self, request: HttpRequest) -> HttpResponse:
        """Show the notices, newest first; ``?unread`` only those, ``?before=`` the next page."""
        key = request.GET.get("before", "")
        before = int(key) if key.isascii() and key.isdigit() and len(key) < 19 else None
        only_unread = "unread" in request.GET
        own = Notice.objects.filter(user=request.user)
        rows, more = take((own.unread() if only_unread else own).listed(before), PAGE)
        stories = Article.objects.editable_by(request.user)
        mine = set(stories.filter(pk__in=[row.article_id for row in rows]).values_list("pk", flat=True))
        for row in rows:
            row.can_open = bool(row.address) and (row.article_id is None or row.article_id in mine)
        context = {"rows": rows, "next": rows[-1].pk if more else None, "only_unread": only_unread}
        return self.show(request, "admin/newsroom_notices/notice/list.html", title=_("Notices"), **context)

    def open(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Go to what a notice is about; it counts as read then."""
        notice = get_object_or_404(Notice, pk=pk, user=request.user)
        actions.read(notices=Notice.objects.filter(pk=notice.pk))
        return HttpResponseRedirect(notice.address or reverse("admin:newsroom_notices_notice_changelist"))

    def read(self, request: HttpRequest) -> HttpResponse:
        """Mark one's notices as read: the one that the button names, or all up to the newest on the page."""
        if request.method == "POST":
            own = Notice.objects.filter(user=request.user)
            one, newest = request.POST.get("notice", ""), request.POST.get("up_to", "")
            if one.isdecimal() and len(one) < 19:
                actions.read(notices=own.filter(pk=int(one)))
            elif newest.isdecimal() and len(newest) < 19:
                actions.read(notices=own.filter(pk__lte=int(newest)))
        return HttpResponseRedirect(reverse("admin:newsroom_notices_notice_changelist"))

    def mail(self, request: HttpRequest) -> HttpResponse:
        """Choose when notices are mailed."""
        form = MailForm(request.POST or None, user=request.user, label_suffix="")
        if request.method == "POST" and form.is_valid():
            actions.choose_mail(user=request.user, wishes=form.cleaned_data)
            messages.success(request, _("Your choice of mail has been saved."))
            return HttpResponseRedirect(reverse("admin:newsroom_notices_notice_mail"))
        context = {"form": form, "works": is_set_up(), "hour": DIGEST_HOUR, "daily": Mail.DAILY.label}
        return self.show(
            request, "admin/newsroom_notices/notice/mail.html", title=_("Notices by mail"), **context
        )
