"""The page of a story: written, illustrated, handed on and corrected without leaving it."""

from django import forms
from django.contrib import admin
from django.http import HttpRequest, JsonResponse
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from taggit.models import Tag

from .. import actions
from ..access import may_edit
from ..editor import EditorPage
from ..forms import ArticleForm
from ..models import Article, Byline, Correction, Reporter, Section
from ..states import Change, State
from ..text import clean_line
from .listing import ArticleList
from .rows import MOMENT, WORDS, rows_for
from .sections import tree_order
from .verbs import VerbButtons

# Tags are made by typing them; taggit's own page would change them behind the stories' backs.
admin.site.unregister(Tag)

SUGGESTED_TAGS = 10
HISTORY_LENGTH = 50
MAIN = [
    (None, {"fields": ["headline", "deck", "body"], "classes": ["main-words"]}),
    (_("Kicker"), {"fields": ["kicker"], "classes": ["collapse"]}),
]
SIDE = [
    (None, {"fields": ["section", "published_at", "tags", "list_title", "series"], "classes": ["side"]}),
    (
        _("Origin and comments"),
        {
            "fields": ["origin", "source", "source_name", "dateline", "comments_open"],
            "classes": ["side", "collapse"],
        },
    ),
]


class SectionField(forms.ModelChoiceField):
    """A section, named with the one above it."""

    def label_from_instance(self, section: Section) -> str:
        return f"{section.parent} › {section}" if section.parent_id else str(section)


@admin.register(Article)
class ArticleAdmin(VerbButtons, EditorPage, ArticleList):
    """Stories on the desk."""

    form = ArticleForm
    fieldsets = [*MAIN, *SIDE]
    autocomplete_fields = ["series"]
    formfield_overrides = WORDS | MOMENT

    # Who may do what: every rule is one of ``access``.

    def has_change_permission(self, request: HttpRequest, obj: Article | None = None) -> bool:
        allowed = super().has_change_permission(request, obj)
        if obj is None or not allowed:
            return allowed
        # A form that was open while the state changed comes back with everything typed, and an error
        # that keeps it from being saved (``ArticleForm.check_seen``), instead of a refusal.
        return may_edit(request.user, obj) or request.method == "POST"

    def has_delete_permission(self, request: HttpRequest, obj: Article | None = None) -> bool:
        # What was approved once is withdrawn, not deleted: others have linked to it.
        allowed = super().has_delete_permission(request, obj)
        return allowed and (obj is None or (obj.approved_at is None and may_edit(request.user, obj)))

    def get_view_on_site_url(self, obj: Article | None = None) -> str | None:
        return obj.get_absolute_url() if obj and obj.is_public() else None

    def get_urls(self) -> list:
        view = self.admin_site.admin_view(self.suggest_tags)
        return [path("tags/", view, name="articles_article_tags"), *super().get_urls()]

    def suggest_tags(self, request: HttpRequest) -> JsonResponse:
        """Return tags whose name holds ``q``, those that begin with it first."""
        typed = clean_line(request.GET.get("q", ""))
        if not typed or not self.has_view_or_change_permission(request):
            return JsonResponse({"tags": []})
        names = list(
            Tag.objects.filter(name__istartswith=typed)
            .order_by("name")[:SUGGESTED_TAGS]
            .values_list("name", flat=True)
        )
        if len(names) < SUGGESTED_TAGS:
            inside = Tag.objects.filter(name__icontains=typed).exclude(name__in=names).order_by("name")
            names += inside[: SUGGESTED_TAGS - len(names)].values_list("name", flat=True)
        return JsonResponse({"tags": names})

    # The form.

    def get_inlines(self, request: HttpRequest, obj: Article | None) -> list:
        return rows_for(obj)

    def get_readonly_fields(self, request: HttpRequest, obj: Article | None = None) -> list[str]:
        return ["published_at"] if obj and (obj.is_public() or obj.state == State.WITHDRAWN) else []

    def get_form(self, request: HttpRequest, obj: Article | None = None, change: bool = False, **kwargs):
        form = super().get_form(request, obj, change, **kwargs)
        form.request = request
        request.story_form = form
        return form

    def _create_formsets(self, request: HttpRequest, obj: Article, change: bool):
        formsets, instances = super()._create_formsets(request, obj, change)
        request.story_form.formsets = tuple(formsets)
        return formsets, instances

    def get_formset_kwargs(self, request: HttpRequest, obj: Article, inline, prefix: str) -> dict:
        kwargs = super().get_formset_kwargs(request, obj, inline, prefix)
        # Only on the empty page: a row sent back as it was offered would count as untouched and be dropped.
        if inline.model is Byline and obj.pk is None and request.method == "GET":
            own = Reporter.objects.filter(user=request.user).values_list("pk", flat=True).first()
            kwargs["initial"] = [{"reporter": own}] if own else []
        return kwargs

    def formfield_for_foreignkey(self, db_field, request: HttpRequest, **kwargs):
        if db_field.name == "section":
            sections = Section.objects.select_related("parent").order_by(*tree_order())
            kwargs |= {"queryset": sections, "form_class": SectionField}
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def render_change_form(
        self, request: HttpRequest, context: dict, *args, obj: Article | None = None, **kwargs
    ):
        if obj:
            context["history"] = obj.state_changes.select_related("by")[:HISTORY_LENGTH]
            context["approved"] = obj.state == State.APPROVED
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)

    # Saving.

    def save_model(self, request: HttpRequest, obj: Article, form: ArticleForm, change: bool) -> None:
        obj.saved_at = timezone.now()
        if not change:
            obj.created_by = request.user
            obj.save()
            return
        obj.version += 1
        typed = {field.name for field in Article._meta.concrete_fields} & set(form.cleaned_data)
        obj.save(update_fields=[*typed, "version", "saved_at", "top_section", "excerpt"])

    def save_formset(self, request: HttpRequest, form: ArticleForm, formset, change: bool) -> None:
        if formset.model is Correction:
            for row in formset.forms:
                row.instance.created_by = row.instance.created_by or request.user
        super().save_formset(request, form, formset, change)

    def save_related(self, request: HttpRequest, form: ArticleForm, formsets, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        article = form.instance
        actions.settle(article=article)
        if article.state == State.APPROVED and form.anything_changed():
            kind = form.cleaned_data["change_kind"] or Change.UPDATE
            actions.amend(
                article=article, by=request.user, change=kind, note=form.cleaned_data["change_note"]
            )
