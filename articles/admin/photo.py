"""Photos: a list of pictures, the upload, words, focal point, rights, and where each of them is."""

from django.contrib import admin, messages
from django.contrib.admin.views.main import ChangeList
from django.contrib.admin.widgets import AutocompleteSelect
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from .. import actions
from ..forms import PhotoForm
from ..images import read
from ..intake import describe_from_file
from ..models import Photo
from .library import SMALL, PhotoLibrary, picture_address
from .listing import FoundStories
from .photo_filters import FILTERS
from .photo_rights import right_of
from .photo_uses import number_of_uses, uses_of
from .rows import MOMENT, WORDS

# As the words beside the field of the search say.
MOST_SEARCHED = 20_000
PREVIEW_WIDTH = 800
WORDS_FIELDS = [
    "file", "anyway", "headline", "caption", "alt", ("photographer", "credit"), "copyright", "keywords",
    ("city", "taken_at"),
]  # fmt: skip
POINT_FIELDS = ["picture", ("focal_x", "focal_y")]
RIGHTS_FIELDS = [
    ("source", "licence"), ("contract", "price"), ("usable_from", "usable_until"), "no_archive", "minors",
    "consent", "rights",
]  # fmt: skip
RIGHTS_WORDS = gettext_lazy(
    "What was agreed, with whom and for how long. A photo whose right ends leaves the paper by itself; the desk "
    "keeps it."
)


class FoundPhotos(FoundStories):
    """A page of photos, each with where its right stands."""

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        self.result_list = list(self.result_list)
        for photo in self.result_list:
            photo.right = right_of(photo)


@admin.register(Photo)
class PhotoAdmin(PhotoLibrary, admin.ModelAdmin):
    """Photos with their words and rights."""

    form = PhotoForm
    list_display = ["caption", "credit_line", "created_at"]
    list_filter = FILTERS
    list_select_related = ["photographer"]
    list_per_page = 60
    search_fields = ["headline", "caption", "alt", "credit", "keywords", "city", "photographer__name"]
    search_help_text = gettext_lazy(
        "Title, caption, alternative text, credit, keywords, place, photographer."
    )
    show_facets = admin.ShowFacets.NEVER
    autocomplete_fields = ["photographer", "source"]
    readonly_fields = ["picture", "used_in"]
    formfield_overrides = WORDS | MOMENT
    actions = None

    def get_fieldsets(self, request: HttpRequest, obj: Photo | None = None) -> list:
        words = (pgettext_lazy("of a photo", "Words"), {"fields": WORDS_FIELDS})
        point = (gettext_lazy("Focal point"), {"fields": POINT_FIELDS, "classes": ["focal"]})
        rights = (
            gettext_lazy("Rights and use"), {"fields": RIGHTS_FIELDS, "description": RIGHTS_WORDS}
        )  # fmt: skip
        uses = (gettext_lazy("Where is this picture?"), {"fields": ["used_in"], "classes": ["photo-uses"]})
        return [words, point, rights, uses] if obj else [words, rights]

    def get_queryset(self, request: HttpRequest):
        rows = super().get_queryset(request)
        page = getattr(request.resolver_match, "url_name", "")
        return rows.annotate(uses=number_of_uses()) if page.endswith("_changelist") else rows

    def get_changelist(self, request: HttpRequest, **kwargs) -> type[ChangeList]:
        return FoundPhotos

    def get_search_results(self, request: HttpRequest, queryset, search_term: str):
        if search_term:
            # The words of the newest that the filters leave: a rare word costs the same in every archive.
            times = queryset.order_by("-created_at", "-pk").values_list("created_at", flat=True)
            edge = times[MOST_SEARCHED - 1 : MOST_SEARCHED].first()
            queryset = queryset.filter(created_at__gte=edge) if edge else queryset
        return super().get_search_results(request, queryset, search_term)

    @property
    def media(self):
        # The filter by photographer stands outside any form that would bring its scripts.
        picker = AutocompleteSelect(Photo._meta.get_field("photographer"), self.admin_site)
        return super().media + picker.media

    def render_change_form(self, request: HttpRequest, context: dict, *args, obj=None, **kwargs):
        context["right"] = right_of(obj) if obj else None
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)

    def save_model(self, request: HttpRequest, obj: Photo, form, change: bool) -> None:
        if "file" not in form.changed_data:
            actions.save_photo(photo=obj)
            return
        filled = describe_from_file(obj, read(obj.file))
        actions.store_photo(photo=obj, by=request.user)
        if filled:
            names = ", ".join(str(capfirst(Photo._meta.get_field(name).verbose_name)) for name in filled)
            messages.info(request, _("Taken over from the file: %(fields)s.") % {"fields": names})

    def describe_choice(self, photo: Photo) -> dict:
        """Return what the picker shows beside the words: the picture, and what its right forbids."""
        right = right_of(photo)
        note = " · ".join(filter(None, [photo.credit_line, right.words if right.is_pressing else ""]))
        return {"image": picture_address(photo, SMALL), "note": note}

    @admin.display(description=gettext_lazy("picture"))
    def picture(self, photo: Photo):
        """The picture to point at (``desk/focal.js``)."""
        return format_html(
            '<span class="focal-picture" data-focal><img src="{}" alt="{}" width="{}" height="{}"></span>',
            picture_address(photo, PREVIEW_WIDTH),
            photo.alt or _("The photo"),
            photo.width,
            photo.height,
        )

    @admin.display(description=gettext_lazy("used in"))
    def used_in(self, photo: Photo) -> str:
        """The stories that show the photo, those that readers see first, and its other places."""
        return render_to_string("admin/articles/photo/_uses.html", {"uses": uses_of(photo, self.admin_site)})
