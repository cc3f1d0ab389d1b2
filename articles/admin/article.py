"""The page of a story: written, illustrated, handed on and corrected without leaving it."""

from dataclasses import replace

from django import forms
from django.contrib import admin, messages
from django.http import HttpRequest, JsonResponse, QueryDict
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from taggit.models import Tag

from .. import actions
from ..access import may_edit
from ..editor import EditorPage
from ..forms import ArticleForm
from ..forms.rows import Picker
from ..models import Article, Byline, Correction, Reporter, Section
from ..snapshots import Snapshot, byline_words
from ..states import Change, State
from ..text import clean_line
from .copies import WorkingCopies
from .history import RevisionPages
from .listing import ArticleList
from .prechecks import PrecheckPanel
from .preview import PreviewPages
from .rows import MOMENT, WORDS, load_rows, named_rows, rows_for
from .sections import tree_order

# Tags are made by typing them; taggit's own page would change them behind the stories' backs.
admin.site.unregister(Tag)

SUGGESTED_TAGS = 10
HISTORY_LENGTH = 50
MAIN = [
    (None, {"fields": ["headline", "deck", "body"], "classes": ["main-words"]}),
    (None, {"fields": ["lead_photo", "lead_caption"], "classes": ["lead-photo"]}),
    (gettext_lazy("Kicker"), {"fields": ["kicker"], "classes": ["collapse"]}),
]
SIDE = [
    (
        None,
        {
            "fields": ["section", "tags", "published_at", "deadline", "list_title", "series", "ai_use"],
            "classes": ["side"],
        },
    ),
    (
        gettext_lazy("Origin and comments"),
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
class ArticleAdmin(PrecheckPanel, PreviewPages, WorkingCopies, RevisionPages, EditorPage, ArticleList):
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
        # that keeps it from being saved (``ArticleForm.check_still_open``), instead of a refusal.
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

    # The form: a version of the story, and what was typed on it and not saved.

    def get_inlines(self, request: HttpRequest, obj: Article | None) -> list:
        return rows_for(obj, request.user)

    def get_queryset(self, request: HttpRequest):
        stories = super().get_queryset(request)
        if getattr(request.resolver_match, "url_name", "") == "articles_article_change":
            return stories.select_related("scheduled_change", "series")
        return stories

    def get_readonly_fields(self, request: HttpRequest, obj: Article | None = None) -> list[str]:
        return ["published_at"] if obj and (obj.is_public() or obj.state == State.WITHDRAWN) else []

    def get_form(self, request: HttpRequest, obj: Article | None = None, change: bool = False, **kwargs):
        # The form's own fields: the row's are copies, and tags are read with a query nobody needs.
        if kwargs.get("fields"):
            kwargs["fields"] = [name for name in kwargs["fields"] if name not in {"lead_photo", "tags"}]
        form = super().get_form(request, obj, change, **kwargs)
        form.request = request
        if obj:
            load_rows(obj)
        form.shown = actions.newest(obj) if obj else begun_by(request.user)
        form.as_typed = typed_in(self.offered_copy(request, obj))
        request.story_form = form
        return form

    def _create_formsets(self, request: HttpRequest, obj: Article, change: bool):
        formsets, instances = super()._create_formsets(request, obj, change)
        request.story_form.formsets = tuple(formsets)
        return formsets, instances

    def get_formset_kwargs(self, request: HttpRequest, obj: Article, inline, prefix: str) -> dict:
        kwargs = super().get_formset_kwargs(request, obj, inline, prefix)
        typed = request.story_form.as_typed
        if typed is not None and inline.model is not Correction:
            kwargs["data"] = typed
        return kwargs

    def get_formsets_with_inlines(self, request: HttpRequest, obj: Article | None = None):
        for formset, inline in super().get_formsets_with_inlines(request, obj):
            if inline.model is not Correction:
                formset.rows, formset.known = named_rows(inline.model, request.story_form.shown, obj)
                formset.as_typed = request.story_form.as_typed is not None
            yield formset, inline

    def formfield_for_foreignkey(self, db_field, request: HttpRequest, **kwargs):
        if db_field.name == "section":
            sections = Section.objects.select_related("parent").order_by(*tree_order())
            # Found by typing: ``desk/pick.js``.
            widget = forms.Select(attrs={"data-pick": "", "data-theme": "admin-autocomplete"})
            kwargs |= {"queryset": sections, "form_class": SectionField, "widget": widget}
        if db_field.name in self.autocomplete_fields:
            kwargs["widget"] = Picker(db_field, self.admin_site)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def render_change_form(
        self, request: HttpRequest, context: dict, *args, obj: Article | None = None, **kwargs
    ):
        if obj and obj.pk:
            context["history"] = obj.state_changes.select_related("by")[:HISTORY_LENGTH]
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)

    # Saving: the form's version goes to the verb, nothing is written here.

    def save_model(self, request: HttpRequest, obj: Article, form: ArticleForm, change: bool) -> None:
        deadline = form.cleaned_data.get("deadline")
        if change:
            # A form that does not say what it began with began with no version: 0.
            base = form.cleaned_data.get("seen") or 0
            saved = actions.save(
                article=obj, snapshot=form.version(), by=request.user, based_on=base, deadline=deadline
            )
        else:
            saved = actions.create(snapshot=form.version(), by=request.user, deadline=deadline)
            obj.pk, obj._state.adding = saved.article.pk, False
            obj.refresh_from_db()
        request.story_saved = saved
        self.copy_stored(request, obj, saved.article.version)

    def save_related(self, request: HttpRequest, form: ArticleForm, formsets, change: bool) -> None:
        for formset in formsets:
            if formset.model is Correction:
                self.save_corrections(request, form.instance, formset)

    def save_corrections(self, request: HttpRequest, article: Article, formset) -> None:
        """Store notices on a story that readers see; they are declared, and need no further approval."""
        for row in formset.forms:
            row.instance.created_by = row.instance.created_by or request.user
        formset.save()
        titles = ", ".join(row.instance.title for row in formset.forms if row.has_changed())
        if titles:
            actions.amend(article=article, by=request.user, change=Change.CORRECTION, note=titles)

    def tell_merged(self, request: HttpRequest) -> bool:
        """Say so when two people's versions were put together; return whether they were."""
        saved = getattr(request, "story_saved", None)
        if saved is None or not saved.merged:
            return False
        names = {conflict.field for conflict in saved.conflicts}
        labels = [str(field_label(name)) for name in sorted(names)]
        words = _("Somebody else had saved this story in the meantime. Both texts have been put together.")
        if labels:
            both = _("Both of you had changed: %s. Look at it; the history holds both.") % ", ".join(labels)
            messages.warning(request, f"{words} {both}")
        else:
            messages.success(request, words)
        return True


def field_label(name: str) -> str:
    """Return the label of a part of a version."""
    labels = {
        "lead_photo": ArticleForm.base_fields["lead_photo"].label,
        "lead_caption": ArticleForm.base_fields["lead_caption"].label,
        "bylines": Byline._meta.verbose_name_plural,
        "related": gettext_lazy("related stories"),
    }
    return labels.get(name) or Article._meta.get_field(name).verbose_name


def begun_by(user) -> Snapshot:
    """Return what a new story begins with: the byline of the reporter who begins it."""
    own = Reporter.objects.filter(user=user).first()
    return replace(Snapshot(), bylines=[byline_words(Byline(reporter=own))] if own else [])


def typed_in(copy) -> QueryDict | None:
    """Return the fields of a working copy as a form sends them, None for no copy."""
    if copy is None:
        return None
    typed = QueryDict(mutable=True)
    for name, values in copy.data.items():
        typed.setlist(name, values)
    return typed
