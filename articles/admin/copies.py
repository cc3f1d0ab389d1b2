"""Working copies on the page of a story: kept while somebody types, offered again, dropped; who else is there."""

import datetime
import json
import uuid
from dataclasses import dataclass, field, replace
from typing import Any

from django.contrib import admin, messages
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from .. import copies
from ..access import MAX_KEY
from ..actions import newest
from ..comparing import compare
from ..copies import Continued, Window
from ..errors import NotAllowed
from ..models import Article, Revision, WorkingCopy
from ..snapshots import Snapshot
from ..typed import version_of
from .history import counted, names_for

MOST_FIELDS = 2_000
MOST_KEYS = 100
MOST_SEQUENCE = 2**31 - 1
# In the address of a new story: the key of the window whose words it goes on with.
COPY = "copy"
CHANGE = "admin:articles_article_change"


@dataclass(frozen=True)
class Said:
    """What a browser sent about a window, read and checked."""

    key: uuid.UUID
    by: int
    article: int | None
    based_on: int
    sequence: int
    data: dict[str, list[str]] | None
    continued: Continued | None = None
    settled: bool = False
    leaving: bool = False
    age: datetime.timedelta = datetime.timedelta()
    held: list[uuid.UUID] = field(default_factory=list)
    asked: uuid.UUID | None = None

    @classmethod
    def read(cls, body: bytes) -> "Said":
        """Return what JSON says; raise ValueError with a sentence where it is not what our script sends."""
        try:
            said = json.loads(body)
        except RecursionError as error:
            raise ValueError("Nested too deeply.") from error
        if not isinstance(said, dict) or (key := copies.read_key(said.get("key"))) is None:
            raise ValueError("The window has no key.")
        held = said.get("held", [])
        if not isinstance(held, list):
            raise ValueError("«held» is a list of keys.")
        return cls(
            key=key,
            by=whole(said, "by", MAX_KEY),
            article=None if said.get("article") is None else whole(said, "article", MAX_KEY),
            based_on=whole(said, "based_on", MOST_SEQUENCE),
            sequence=whole(said, "sequence", MOST_SEQUENCE),
            data=fields_in(said["data"]) if said.get("data") is not None else None,
            continued=Continued.read(said.get("continued", "")),
            settled=said.get("settled") is True,
            leaving=said.get("leaving") is True,
            age=datetime.timedelta(milliseconds=min(whole(said, "age", MAX_KEY), copies.KEPT_MS)),
            held=[found for text in held[:MOST_KEYS] if (found := copies.read_key(text))],
            asked=copies.read_key(said.get("asked")),
        )


def whole(said: dict, name: str, most: int) -> int:
    """Return a whole number from 0 to ``most``, 0 where it is missing; raise ValueError for anything else."""
    number = said.get(name, 0)
    if not isinstance(number, int) or isinstance(number, bool) or not 0 <= number <= most:
        raise ValueError(f"«{name}» is a whole number.")
    return number


def fields_in(data: Any) -> dict[str, list[str]]:
    """Return the fields of a form by name; raise ValueError for anything else."""
    if not isinstance(data, dict) or len(data) > MOST_FIELDS:
        raise ValueError("«data» holds the fields of a form by name.")
    for values in data.values():
        if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
            raise ValueError("Every field is a list of texts.")
    return data


def begun_with(copy: WorkingCopy) -> Snapshot:
    """Return the version that a working copy began with; what others have saved since is no change of its writer."""
    if copy.article is None:
        return Snapshot()
    base = Revision.objects.filter(article=copy.article, number=copy.based_on).first()
    return Snapshot.from_json(base.content) if base else newest(copy.article)


def offer(window: Window, asked: uuid.UUID | None) -> str:
    """Return the words that the page would open with if it were opened now, as «key:sequence»; «» for none.

    ``asked`` is the key in the address of a new story.
    """
    article, user = window.article, window.by
    copy = copies.offered(article, user) if article else copies.offered_new(asked, user)
    return f"{copy.key}:{copy.sequence}" if copy else ""


class WorkingCopies(admin.ModelAdmin):
    """For the ModelAdmin of stories; its form sends ``copy_key``, ``copy_sequence``, ``copy_continued``."""

    def get_urls(self) -> list:
        drop, look = (self.admin_site.admin_view(view) for view in (self.drop_copy, self.look_at_copy))
        return [
            # Not through ``admin_view``, which answers who is not signed in with another page.
            path("copies/", never_cache(self.copies_view), name="articles_article_copies"),
            path("copies/drop/", drop, name="articles_article_copy_drop"),
            path("copies/<uuid:key>/", look, name="articles_article_copy"),
            *super().get_urls(),
        ]

    # What the script of the page asks.

    def copies_view(self, request: HttpRequest) -> JsonResponse:
        """Keep what was typed in a window, or note that it is open; answer what its page should know.

        GET answers with a fresh token alone. 401 with a ``reason``: nobody is signed in (``signed_out``),
        or by now somebody else is (``other``); 403 ``refused``; 400 for what our script does not send.
        """
        token = {"csrf": get_token(request)}
        if not self.admin_site.has_permission(request):
            return JsonResponse(token | {"reason": "signed_out"}, status=401)
        if request.method != "POST":
            return JsonResponse(token)
        try:
            said = Said.read(request.body)
        except ValueError as error:
            return JsonResponse(token | {"reason": "unreadable", "error": str(error)}, status=400)
        if said.by != request.user.pk:
            return JsonResponse(token | {"reason": "other", "name": str(request.user)}, status=401)
        if not self.may_write(request):
            return JsonResponse(token | {"reason": "refused"}, status=403)
        article = self.get_object(request, str(said.article)) if said.article is not None else None
        window = Window(said.key, request.user, article, said.based_on)
        try:
            copy = self.keep_or_beat(window, said)
        except IntegrityError:  # the story was deleted in this moment: the words stay, as those of a new one
            copy = self.keep_or_beat(window := replace(window, article=None), said)
        except NotAllowed as error:
            return JsonResponse(token | {"reason": "refused", "error": str(error)}, status=403)
        return JsonResponse(token | self.answer(window, said, copy))

    def may_write(self, request: HttpRequest) -> bool:
        """Tell whether the person writes stories at all."""
        return self.has_add_permission(request) or self.has_change_permission(request)

    @staticmethod
    def keep_or_beat(window: Window, said: Said) -> WorkingCopy:
        """Keep what was sent; a message without data is a sign of life."""
        if said.data is not None:
            copy = copies.keep(
                window, sequence=said.sequence, data=said.data, continued=said.continued,
                settled=said.settled, age=said.age,
            )  # fmt: skip
        if said.data is None or said.leaving:
            copy = copies.beat(window, leaving=said.leaving)
        return copy

    @staticmethod
    def answer(window: Window, said: Said, copy: WorkingCopy) -> dict[str, Any]:
        """Return what the page should know: what is kept of it, what is stored, who else is there."""
        answer = {"sequence": copy.sequence, "at": timezone.now().isoformat(), "others": []}
        if said.held:
            answer |= {"held": copies.known(said.held, window.by), "offers": offer(window, said.asked)}
        if window.article is None:
            return answer
        revisions = Revision.objects.filter(article=window.article).select_related("by").defer("content")
        last = revisions.order_by("-number").first()
        if last:
            answer |= {
                "version": last.number,
                "saved_by": str(last.by or ""),
                "own": last.by_id == window.by.pk,
                "saved_at": last.at.isoformat(),
            }
        answer["others"] = [person.as_json() for person in copies.others(window.article, window.by)]
        return answer

    def drop_copy(self, request: HttpRequest) -> HttpResponse:
        """Offer what was typed no longer and open what is stored; the words stay in the database for a while."""
        article = self.get_object(request, request.POST.get("copy_article", ""))
        if request.method == "POST":
            here = f"{request.POST.get('copy_key', '')}:{request.POST.get('copy_sequence', '')}"
            for text in (request.POST.get("copy_dropped", ""), request.POST.get("copy_continued", ""), here):
                if continued := Continued.read(text):
                    copies.lay_aside(continued, by=request.user)
            messages.success(request, _("The words that were not saved have been dropped."))
        if article:
            return HttpResponseRedirect(reverse(CHANGE, args=[article.pk]))
        return HttpResponseRedirect(reverse("admin:articles_article_add"))

    def look_at_copy(self, request: HttpRequest, key: uuid.UUID) -> HttpResponse:
        """Show a working copy of this person beside what is saved; 404 for anybody else's."""
        copy = get_object_or_404(WorkingCopy.objects.select_related("article"), key=key, by=request.user)
        old = begun_with(copy)
        new = version_of(copy.data, old)
        contents = [old.as_json(), new.as_json()]
        changes = compare(*contents, names_for(contents))
        context = self.admin_site.each_context(request) | {
            "title": _("What was typed and not saved"),
            "opts": self.opts,
            "original": copy.article,
            "copy": copy,
            "later": copy.article is not None and copy.article.version > copy.based_on,
            "typed": new,
            "changes": changes,
            "counts": counted(changes),
        }
        return TemplateResponse(request, "admin/articles/article/copy.html", context)

    # The page of the story.

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context=None) -> HttpResponse:
        """Show or save a new story; one that its window was saved as before is opened, not made twice."""
        key = request.POST.get("copy_key") if request.method == "POST" else request.GET.get(COPY)
        story = copies.story_of(copies.read_key(key), request.user) if key else None
        if story is None:
            return super().add_view(request, form_url, extra_context)
        if request.method == "POST":
            messages.info(request, _("This story had been saved already: here it is."))
        return HttpResponseRedirect(reverse(CHANGE, args=[story.pk]))

    def offered_copy(self, request: HttpRequest, article: Article | None) -> WorkingCopy | None:
        """Return the words that the form is to be opened with, asked once a request; None for what is stored."""
        if request.method != "GET":
            return None
        if not hasattr(request, "offered_copy"):
            if article is None or article.pk is None:
                key = copies.read_key(request.GET.get(COPY, ""))
                request.offered_copy = copies.offered_new(key, request.user)
            else:
                request.offered_copy = copies.offered(article, request.user)
        return request.offered_copy

    def copy_stored(self, request: HttpRequest, article: Article, number: int) -> None:
        """Note, after a save in the same transaction, that what this window typed stands in revision ``number``."""
        key = copies.read_key(request.POST.get("copy_key", ""))
        sequence = request.POST.get("copy_sequence", "")
        if key is None:
            return
        try:
            copies.mark_stored(
                Window(key, request.user, article, number),
                sequence=int(sequence) if sequence.isascii() and sequence.isdigit() else 0,
                number=number,
                continued=Continued.read(request.POST.get("copy_continued", "")),
            )
        except NotAllowed:
            messages.warning(request, _("The page belonged to another account; the story is saved."))

    def render_change_form(
        self, request: HttpRequest, context: dict, *args, obj: Article | None = None, **kwargs
    ):
        posted = request.POST if request.method == "POST" else {}
        filled = self.offered_copy(request, obj)
        context["copies"] = {
            "key": copies.read_key(posted.get("copy_key", "")) or uuid.uuid4(),
            "sequence": posted.get("copy_sequence", "") or 0,
            "continued": f"{filled.key}:{filled.sequence}" if filled else posted.get("copy_continued", ""),
            "filled": filled,
            "unsaved": [] if obj or filled or posted else copies.unsaved_stories(request.user),
        }
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)
