"""Comments of readers: read, approved or removed by the list."""

from django.contrib import admin, messages
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy

from .models import Comment

ALL = "all"


class StateFilter(admin.SimpleListFilter):
    """By state; without a choice, those that wait."""

    title = _("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin) -> list:
        return [*Comment.State.choices[1:], (ALL, _("All"))]

    def choices(self, changelist):
        waiting, *others = super().choices(changelist)
        return [waiting | {"display": Comment.State.PENDING.label}, *others]

    def queryset(self, request: HttpRequest, queryset):
        value = self.value() or Comment.State.PENDING
        return queryset if value == ALL else queryset.filter(state=value)


@admin.register(Comment)
class CommentAdmin(admin.ModelAdmin):
    """The comments that wait, newest first."""

    list_display = ["text", "name", "story", "created_at", "badge"]
    list_display_links = None
    list_filter = [StateFilter]
    list_select_related = ["article"]
    search_fields = ["text", "name"]
    ordering = ["-created_at", "-pk"]
    show_facets = admin.ShowFacets.NEVER
    actions = ["approve", "remove"]

    def get_queryset(self, request: HttpRequest):
        return super().get_queryset(request).defer("article__body")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Comment | None = None) -> bool:
        # Removing keeps what was written, should somebody ask.
        return False

    @admin.action(description=_("Approve"), permissions=["change"])
    def approve(self, request: HttpRequest, queryset) -> None:
        """Show the chosen comments to readers."""
        done = queryset.update(state=Comment.State.PUBLIC)
        words = ngettext("%d comment is public.", "%d comments are public.", done) % done
        self.message_user(request, words, messages.SUCCESS)

    @admin.action(description=pgettext_lazy("comment", "Remove"), permissions=["change"])
    def remove(self, request: HttpRequest, queryset) -> None:
        """Take the chosen comments away from readers."""
        done = queryset.update(state=Comment.State.REMOVED)
        words = ngettext("%d comment has been removed.", "%d comments have been removed.", done) % done
        self.message_user(request, words, messages.SUCCESS)

    @admin.display(description=_("story"))
    def story(self, comment: Comment):
        """The story, as the way to its page on the desk."""
        address = reverse("admin:articles_article_change", args=[comment.article_id])
        return format_html('<a href="{}">{}</a>', address, comment.article.title)

    @admin.display(description=_("state"), ordering="state")
    def badge(self, comment: Comment):
        """The state as a mark."""
        return format_html(
            '<span class="badge badge--{}">{}</span>', comment.state, comment.get_state_display()
        )
