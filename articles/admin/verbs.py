"""The verbs of a story as buttons of its page; the rules are in ``actions``."""

from django.contrib import admin, messages
from django.contrib.admin import helpers
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from .. import actions
from ..errors import NotAllowed, NotReady, WrongState
from ..models import Article
from .standing import moment

FIELD = "_verb"
# In the address after a verb that found something missing: the page shows it beside the fields.
CHECK = "check"


class VerbButtons(admin.ModelAdmin):
    """Saves what was typed first, then uses the verb; what the verb refuses leaves the saved story as it is."""

    def get_urls(self) -> list:
        view = self.admin_site.admin_view(self.verb_view)
        return [path("<int:pk>/verb/", view, name="articles_article_verb"), *super().get_urls()]

    def verb_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Use a verb on a story that the person may not write in: take back what was submitted, for one."""
        article = self.get_object(request, str(pk))
        if article is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, str(pk))
        if request.method == "POST":
            reason = request.POST.get("reason", "")[
                : actions.StateChange._meta.get_field("reason").max_length
            ]
            return self.use_verb(request, article, reason=reason)
        return HttpResponseRedirect(self.address(article))

    def response_add(self, request: HttpRequest, obj: Article, post_url_continue=None) -> HttpResponse:
        return self.response_change(request, obj)

    def response_change(self, request: HttpRequest, obj: Article) -> HttpResponse:
        if FIELD in request.POST:
            return self.use_verb(request, obj, reason=request.POST.get("reason", ""), saved=True)
        messages.success(request, _("The story has been saved."))
        return HttpResponseRedirect(self.address(obj))

    def use_verb(
        self, request: HttpRequest, article: Article, *, reason: str, saved: bool = False
    ) -> HttpResponse:
        """Use the verb that the button named and answer with the story's page and a message."""
        name = request.POST.get(FIELD, "")
        row = actions.VERBS.get(name)
        if row is None:
            messages.error(request, _("This page does not know what to do: «%s».") % name[:20])
            return HttpResponseRedirect(self.address(article))
        words = {"reason": reason} if row.needs_reason else {}
        try:
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
    def done(article: Article, row: actions.Verb):
        """Return the message after a verb, with the way to the story where readers see it."""
        if row.end == actions.State.APPROVED and article.is_public():
            return format_html(
                '{} <a href="{}">{}</a>', row.done, article.get_absolute_url(), _("Readers see it here.")
            )
        if row.end == actions.State.APPROVED:
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
        }
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)

    @staticmethod
    def verbs_for(request: HttpRequest, obj: Article | None) -> list[actions.Verb]:
        """Return the verbs to offer; for a story not saved yet, the two that hand it on."""
        if obj is None:
            new = Article(created_by=request.user)
            return [
                row for row in actions.possible_verbs(new, request.user) if row.name in {"submit", "approve"}
            ]
        return actions.possible_verbs(obj, request.user)


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
        try:
            actions.check_ready(article, for_readers=row.end == actions.State.APPROVED)
        except NotReady as error:
            missing = error.message_dict
        else:
            missing = {}
    for name, sentences in missing.items():
        form.errors[name] = form.error_class(sentences)
    context["errors"] = helpers.AdminErrorList(form, [])
