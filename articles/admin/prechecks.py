"""Checks before publication on the desk: the panel of a story, and the page where the paper sets them."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from .. import actions, prechecks
from ..access import may_use
from ..copies import offered
from ..forms.prechecks import precheck_rows
from ..models import Article
from ..models.precheck import PrecheckSetting
from ..typed import version_of

PANEL = "admin/articles/article/_prechecks.html"


def panel(request: HttpRequest, article: Article, snapshot: dict, release: str = "") -> dict:
    """Return what ``_prechecks.html`` needs: findings (stops first), the story, whether a reason may be given."""
    return {
        "findings": prechecks.check(snapshot, article, release=release),
        "original": article,
        "override": request.POST.get("override", ""),
        "may_override": may_use(request.user, "approve_article", article),
    }


class PrecheckPanel(admin.ModelAdmin):
    """For the page of a story: its panel of checks, and the address from which that is fetched anew."""

    def get_urls(self) -> list:
        view = self.admin_site.admin_view(never_cache(self.prechecks_view))
        return [path("<int:pk>/prechecks/", view, name="articles_article_prechecks"), *super().get_urls()]

    def render_change_form(
        self, request: HttpRequest, context: dict, *args, obj: Article | None = None, **kwargs
    ):
        # The findings are fetched once the page stands: nobody waits for them to begin writing.
        context |= {"may_override": obj and may_use(request.user, "approve_article", obj)}
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)

    def prechecks_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Answer with the panel for what the person has typed and not saved, else for the newest version.

        POST with ``release`` compares the story with that text, too; nothing is stored.
        """
        if request.method not in {"GET", "HEAD", "POST"}:
            return HttpResponseNotAllowed(["GET", "POST"])
        article = self.get_object(request, str(pk))
        if article is None:
            return HttpResponse(
                _("This story is gone."), status=404, content_type="text/plain; charset=utf-8"
            )
        if not self.has_view_or_change_permission(request, article):
            raise PermissionDenied
        shown, copy = actions.newest(article), offered(article, request.user)
        if copy:
            shown = version_of(copy.data, shown)
        release = request.POST.get("release", "")
        return TemplateResponse(request, PANEL, panel(request, article, shown.as_json(), release))


@admin.register(PrecheckSetting)
class PrecheckAdmin(admin.ModelAdmin):
    """One page for all checks; there is nothing to add or to delete."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj=None) -> bool:
        return False

    def change_view(self, request: HttpRequest, object_id, form_url="", extra_context=None) -> HttpResponse:
        return HttpResponseRedirect(self.address())

    @staticmethod
    def address() -> str:
        """Return the address of the page."""
        return reverse("admin:articles_prechecksetting_changelist")

    def changelist_view(self, request: HttpRequest, extra_context: dict | None = None) -> HttpResponse:
        """Show all checks, or store what was changed of them; what cannot be stored comes back with its error."""
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied
        writable = self.has_change_permission(request)
        if request.method == "POST":
            if not writable:
                raise PermissionDenied
            rows = precheck_rows(request.POST)
            if not [row for row in rows if not row.is_valid()]:
                self.store(request, rows)
                return HttpResponseRedirect(self.address())
        else:
            rows = precheck_rows()
        context = self.admin_site.each_context(request) | {
            "opts": self.opts,
            "title": self.opts.verbose_name_plural,
            "rows": rows,
            "writable": writable,
            "has_errors": any(row.is_bound and row.errors for row in rows),
        }
        return TemplateResponse(request, "admin/articles/prechecks/settings.html", context)

    @transaction.atomic
    def store(self, request: HttpRequest, rows: list) -> None:
        """Store the changed checks and note in the log who changed what."""
        changed = []
        for row in rows:
            setting, _is_new = row.store()
            if setting:
                self.log_change(request, setting, [{"changed": {"fields": list(row.changed_data)}}])
                changed.append(str(row.rule.label))
        words = _("Saved: %s.") % ", ".join(changed) if changed else _("Nothing was changed.")
        messages.success(request, words)
