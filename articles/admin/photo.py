"""Photos: a list of pictures, the upload, the focal point."""

from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .. import actions
from ..forms import PhotoForm
from ..forms.photos import save_words
from ..models import Photo
from .library import PhotoLibrary
from .rows import MOMENT, WORDS

# Stories named under «used in»; a symbol picture may stand in hundreds.
MOST_USES = 20
PREVIEW_WIDTH = 800


@admin.register(Photo)
class PhotoAdmin(PhotoLibrary, admin.ModelAdmin):
    """Photos with their words and rights."""

    form = PhotoForm
    list_display = ["caption", "credit_line", "created_at"]
    list_select_related = ["photographer"]
    list_per_page = 60
    search_fields = ["caption", "alt", "credit", "photographer__name"]
    search_help_text = gettext_lazy("Caption, alternative text, credit, photographer.")
    autocomplete_fields = ["photographer"]
    readonly_fields = ["picture", "used_in"]
    formfield_overrides = WORDS | MOMENT
    actions = None

    def get_fieldsets(self, request: HttpRequest, obj: Photo | None = None) -> list:
        words = ["file", "caption", "alt", ("photographer", "credit"), "rights", "taken_at"]
        point = (
            gettext_lazy("Focal point"),
            {"fields": ["picture", ("focal_x", "focal_y")], "classes": ["focal"]},
        )
        uses = (None, {"fields": ["used_in"]})
        return [(None, {"fields": words}), point, uses] if obj else [(None, {"fields": words})]

    def save_model(self, request: HttpRequest, obj: Photo, form, change: bool) -> None:
        if "file" in form.changed_data:
            actions.store_photo(photo=obj, by=request.user)
        else:
            save_words(obj)

    def describe_choice(self, photo: Photo) -> dict:
        """Return what the picker shows beside the words: the picture."""
        return {"image": photo.url(400), "note": photo.credit_line}

    @admin.display(description=gettext_lazy("picture"))
    def picture(self, photo: Photo):
        """The picture to point at (``desk/focal.js``)."""
        return format_html(
            '<span class="focal-picture" data-focal><img src="{}" alt="{}" width="{}" height="{}"></span>',
            photo.url(PREVIEW_WIDTH),
            photo.alt or _("The photo"),
            photo.width,
            photo.height,
        )

    @admin.display(description=gettext_lazy("used in"))
    def used_in(self, photo: Photo):
        """The stories that show the photo, newest first."""
        rows = photo.placements.select_related("article").defer("article__body").order_by("-pk")
        stories = [row.article for row in rows[: MOST_USES + 1]]
        if not stories:
            return _("Not used yet.")
        links = format_html_join(
            "",
            '<li><a href="{}">{}</a></li>',
            (
                (reverse("admin:articles_article_change", args=[s.pk]), s.headline)
                for s in stories[:MOST_USES]
            ),
        )
        more = format_html("<li>{}</li>", _("… and others")) if len(stories) > MOST_USES else ""
        return format_html('<ul class="plain">{}{}</ul>', links, more)
