"""Sidebars: one page for each, its blocks as rows; a block's pinned stories on a page of their own."""

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from ..blocks import KINDS, kind_choices
from ..models import BlockPin, Sidebar, SidebarBlock
from .rows import WORDS, Rows
from .standing import badge


class BlockForm(forms.ModelForm):
    """A block; its kind is chosen from those that the apps of the house offer."""

    kind = forms.ChoiceField(label=capfirst(SidebarBlock._meta.get_field("kind").verbose_name))

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        if "kind" not in self.fields:
            return
        choices = kind_choices()
        if self.instance.kind and self.instance.kind not in KINDS:
            choices.append((self.instance.kind, self.instance.kind))
        self.fields["kind"].choices = choices


MAIN = ("kind", "title", "count", "is_active")
MORE = [("section", "series", "hours"), "text", "link"]


class BlockRows(Rows):
    """The blocks of a sidebar, from top to bottom."""

    model = SidebarBlock
    form = BlockForm
    classes = [*Rows.classes, "rows--blocks"]
    fieldsets = [
        (None, {"fields": [(*MAIN, "order", "pinned")]}),
        (gettext_lazy("Details"), {"fields": MORE, "classes": ["collapse"]}),
    ]
    readonly_fields = ["pinned"]

    def get_queryset(self, request: HttpRequest):
        return super().get_queryset(request).prefetch_related("pins")

    @admin.display(description=gettext_lazy("pinned stories"))
    def pinned(self, block: SidebarBlock):
        """How many stories are pinned, with the way to them."""
        if block.pk is None:
            return _("after saving")
        number = len(block.pins.all())
        words = ngettext("%d pinned", "%d pinned", number) % number if number else _("Pin stories")
        return format_html(
            '<a href="{}">{}</a>', reverse("admin:articles_sidebarblock_change", args=[block.pk]), words
        )


@admin.register(Sidebar)
class SidebarAdmin(admin.ModelAdmin):
    """Sidebars of the paper."""

    list_display = ["place", "section", "kinds"]
    list_select_related = ["section"]
    inlines = [BlockRows]
    actions = None

    def get_queryset(self, request: HttpRequest):
        return super().get_queryset(request).prefetch_related("blocks")

    @admin.display(description=gettext_lazy("blocks"))
    def kinds(self, sidebar: Sidebar) -> str:
        """The blocks that are shown, in order."""
        names = dict(kind_choices())
        return " · ".join(
            block.title or str(names.get(block.kind, block.kind))
            for block in sidebar.blocks.all()
            if block.is_active
        )


class PinRows(Rows):
    """Stories held at the top of a block."""

    model = BlockPin
    classes = [*Rows.classes, "rows--related"]
    fields = [("article", "standing", "order")]
    readonly_fields = ["standing"]
    autocomplete_fields = ["article"]

    def get_queryset(self, request: HttpRequest):
        return super().get_queryset(request).select_related("article").defer("article__body")

    @admin.display(description=gettext_lazy("state"))
    def standing(self, pin: BlockPin):
        """Where the story stands; only a public one is shown."""
        return badge(pin.article) if pin.article_id else ""


@admin.register(SidebarBlock)
class SidebarBlockAdmin(admin.ModelAdmin):
    """One block with its pinned stories; reached from its sidebar."""

    form = BlockForm
    inlines = [PinRows]
    fields = [MAIN, *MORE]
    formfield_overrides = WORDS

    def has_module_permission(self, request: HttpRequest) -> bool:
        return False

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def response_post_save_change(self, request: HttpRequest, obj: SidebarBlock):
        return redirect("admin:articles_sidebar_change", obj.sidebar_id)
