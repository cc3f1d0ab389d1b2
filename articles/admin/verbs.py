"""The verbs of a story as buttons of its page; the rules are in ``actions``."""

import datetime
from copy import copy

from django import forms
from django.contrib import admin, messages
from django.contrib.admin import helpers
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from .. import actions, prechecks
from ..access import may_use
from ..errors import NotAllowed, NotReady, WrongState
from ..forms.story import NOTE_LENGTH
from ..models import Article, StateChange
from ..states import Change, State
from .standing import moment

# The button's value: a verb, and for a change to what readers see its kind («approve:typo»).
FIELD = "_verb"
REASON_LENGTH = StateChange._meta.get_field("reason").max_length
# In the address after a verb that found something missing: the page shows it beside the fields.
CHECK = "check"


class VerbButtons(admin.ModelAdmin):
    """Saves what was typed first, then uses the verb; what the verb refuses leaves the saved story as it is."""

    def get_urls(self) -> list:
        view = self.admin_site.admin_view(self.verb_view)
        return [path("<int:pk>/verb/", view, name="articles_article_verb"), *super().get_urls()]

    def verb_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Use a verb on a story as it is stored, from a page that shows it and does not write in it."""
        article = self.get_object(request, str(pk))
        if article is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, str(pk))
        if request.method == "POST":
            return self.use_verb(request, article)
        return HttpResponseRedirect(self.address(article))

    def response_add(self, request: HttpRequest, obj: Article, post_url_continue=None) -> HttpResponse:
        return self.response_change(request, obj)

    def response_change(self, request: HttpRequest, obj: Article) -> HttpResponse:
        if self.tell_merged(request):
            # Nobody has seen what both texts are together: nothing is done with it yet.
            return HttpResponseRedirect(self.address(obj))
        if FIELD in request.POST:
            return self.use_verb(request, obj, saved=True)
        messages.success(request, _("The story has been saved."))
        return HttpResponseRedirect(self.address(obj))

    def tell_merged(self, request: HttpRequest) -> bool:
        """Say so when two people's versions were put together; return whether they were."""
        raise NotImplementedError

    def use_verb(self, request: HttpRequest, article: Article, *, saved: bool = False) -> HttpResponse:
        """Use the verb that the button named and answer with the story's page and a message."""
        name, _sign, kind = request.POST.get(FIELD, "").partition(":")
        row = actions.VERBS.get(name)
        if row is None:
            messages.error(request, _("This page does not know what to do: «%s».") % name[:20])
            return HttpResponseRedirect(self.address(article))
        try:
            words = self.said_to(request, row, kind)
            article = actions.BY_NAME[name](article=article, by=request.user, **words)
        except NotReady as error:
            messages.error(request, said(error.messages, saved))
            return HttpResponseRedirect(f"{self.address(article)}?{CHECK}={name}")
        except WrongState as error:
            messages.error(request, said(error.messages, saved))
        except NotAllowed as error:
            messages.error(request, said([str(error)], saved))
        else:
            messages.success(request, self.done(article, row))
        return HttpResponseRedirect(self.address(article))

    @staticmethod
    def said_to(request: HttpRequest, row: actions.Verb, kind: str) -> dict:
        """Return what the page said besides the verb, as arguments of it; raise NotReady for what is garbled."""
        if row.needs_reason:
            # Each verb that asks for a reason has its own box; the one that was filled in is meant.
            given = next(filter(str.strip, request.POST.getlist("reason")), "")
            return {"reason": given[:REASON_LENGTH]}
        if row.name != "approve":
            return {}
        words = {"change": kind, "note": request.POST.get("change_note", "")[:NOTE_LENGTH]}
        seen = request.POST.get("version", "")
        return words | {
            "override": request.POST.get("override", "")[:REASON_LENGTH],
            "at": moment_of(request.POST.get("change_at", "")),
            "version": int(seen) if seen.isdecimal() else None,
        }

    @staticmethod
    def done(article: Article, row: actions.Verb):
        """Return the message after a verb, with the way to the story where readers see it."""
        if row.name == "approve" and article.has_scheduled_change and not article.change_state:
            when = moment(article.scheduled_change.at)
            return _("The change has been approved. Readers see it from %s on.") % when
        if row.end == State.APPROVED and article.is_public():
            return format_html(
                '{} <a href="{}">{}</a>', row.done, article.get_absolute_url(), _("Readers see it here.")
            )
        if row.end == State.APPROVED and article.state == State.APPROVED:
            when = _("Readers see it from %s on.") % moment(article.published_at)
            return f"{row.done} {when}"
        return str(row.done)

    @staticmethod
    def address(article: Article) -> str:
        """Return the address of the story's page on the desk."""
        return reverse("admin:articles_article_change", args=[article.pk])

    def render_change_form(
        self, request: HttpRequest, context: dict, *args, obj: Article | None = None, **kwargs
    ):
        row = actions.VERBS.get(request.GET.get(CHECK, "")) if request.method == "GET" else None
        if row and obj:
            show_missing(context, obj, row)
        context |= {
            "verbs": self.verbs_for(request, obj),
            "writable": obj is None or self.has_change_permission(request, obj),
            "kinds": self.kinds_for(request, obj),
        }
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)

    @staticmethod
    def verbs_for(request: HttpRequest, obj: Article | None) -> list[actions.Verb]:
        """Return the verbs to offer; where nothing is saved yet, those that hand on what is being written."""
        if obj is not None and (not obj.was_approved or obj.change_state):
            return actions.possible_verbs(obj, request.user)
        new = Article(created_by=request.user)
        if obj is not None:
            new = copy(obj)
            new.change_state = State.DRAFT
        first = [
            row for row in actions.possible_verbs(new, request.user) if row.name in {"submit", "approve"}
        ]
        return [*first, *(actions.possible_verbs(obj, request.user) if obj else [])]

    @staticmethod
    def kinds_for(request: HttpRequest, obj: Article | None) -> list[tuple[str, str]]:
        """Return the kinds of change to choose from where approving one shows it to readers at once."""
        if obj is None or not obj.is_public() or not may_use(request.user, "approve_article", obj):
            return []
        return Change.choices


def moment_of(value: str) -> datetime.datetime | None:
    """Return the moment that a browser's control sent, None for none; raise NotReady for a garbled one.

    What was meant for later is never shown at once because its time could not be read.
    """
    try:
        return forms.DateTimeField(required=False).clean(value)
    except forms.ValidationError as error:
        raise NotReady({"change_at": error.messages}) from error


def said(sentences: list[str], saved: bool) -> str:
    """Return the message for a verb that was refused; what was typed before it is safe."""
    words = " ".join(str(sentence) for sentence in sentences)
    return " ".join([_("The story is saved, but nothing else was done."), words]) if saved else words


def show_missing(context: dict, article: Article, row: actions.Verb) -> None:
    """Put what the verb asks for beside the fields of the page."""
    form = context["adminform"].form
    if row.needs_reason:
        missing = {"reason": [_("Give the reason: it is shown to the people of the story.")]}
    else:
        shown = actions.newest(article)
        try:
            actions.check_ready(shown, for_readers=row.end == State.APPROVED)
            if row.name == "approve":
                prechecks.require_passable(prechecks.check(shown.as_json(), article))
        except NotReady as error:
            missing = error.message_dict
        else:
            missing = {}
    for name, sentences in missing.items():
        form.errors[name] = form.error_class(sentences)
    context["errors"] = helpers.AdminErrorList(form, [])
