"""Videos: the upload, captions and words, and what the editor asks for."""

from django.contrib import admin, messages
from django.db.models import Q
from django.http import HttpRequest, JsonResponse
from django.urls import path, reverse
from django.utils.decorators import method_decorator
from django.utils.html import format_html, format_html_join
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from .. import actions
from ..clips import VideoFileError
from ..forms.receiving import StreamHandler
from ..forms.videos import MAX_VIDEO, VideoForm
from ..models import Article, Video
from ..text import clean_line
from .filters import key_of
from .library import LARGE, SMALL, picture_address, refusal
from .rows import WORDS

# Videos in the editor's list, and those that one text may ask for.
PAGE = 24
MOST_NAMED = 100
# Stories named on the page that asks whether a video is to be deleted.
MOST_STORIES = 20
CAPTIONS_WORDS = gettext_lazy(
    "What is said and what else is heard, for those who cannot hear it (KWCAG 2.2, 1.2.2)."
)


class StoringForm(VideoForm):
    """A form that stores the video as the last step of its check.

    A store that takes nothing is so a sentence beside the file, and what was typed is still there.
    ``by`` is set by ``VideoAdmin.get_form``.
    """

    by = None

    def _post_clean(self) -> None:
        super()._post_clean()
        if self.errors:
            return
        field, store = ("file", self.store) if "file" in self.fields else ("captions_file", self.keep)
        try:
            store()
        except VideoFileError as error:
            self.add_error(field, error)

    def store(self) -> None:
        """Store a new video."""
        actions.store_video(video=self.instance, by=self.by)

    def keep(self) -> None:
        """Keep what was changed."""
        actions.save_video(video=self.instance)


@admin.register(Video)
class VideoAdmin(admin.ModelAdmin):
    """Uploaded videos. The file is given once; words, poster and captions can be changed."""

    form = StoringForm
    list_display = ["title", "clock", "captioned", "credit", "created_at"]
    list_per_page = 60
    search_fields = ["title", "caption", "credit"]
    autocomplete_fields = ["poster"]
    readonly_fields = ["player"]
    formfield_overrides = WORDS
    actions = None

    class Media:
        css = {"all": ["desk/video-page.css"]}

    def get_urls(self) -> list:
        view = self.admin_site.admin_view(self.library_view)
        return [path("library/", view, name="articles_video_library"), *super().get_urls()]

    def get_queryset(self, request: HttpRequest):
        rows = super().get_queryset(request)
        page = getattr(request.resolver_match, "url_name", "")
        return rows.defer("captions") if page.endswith("_changelist") else rows

    def get_fieldsets(self, request: HttpRequest, obj: Video | None = None) -> list:
        words = ["title", "caption", "credit", "poster"]
        captions = ["captions_file", "language"]
        if obj and obj.captions_digest:
            captions.append("without_captions")
        return [
            (None, {"fields": ["player" if obj else "file", *words]}),
            (gettext_lazy("Captions"), {"fields": captions, "description": CAPTIONS_WORDS}),
        ]

    def get_form(self, request: HttpRequest, obj: Video | None = None, change: bool = False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        form.by = request.user
        return form

    # The body is read only once it is known where its file goes; changeform_view checks the token.
    @method_decorator(csrf_exempt)
    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: dict | None = None):
        request.upload_handlers = [StreamHandler(request, most=MAX_VIDEO)]
        return super().add_view(request, form_url, extra_context)

    # Without Django's transaction around it, which on SQLite keeps all others from writing until half a
    # gigabyte is copied.
    @method_decorator(csrf_protect)
    def changeform_view(self, request: HttpRequest, object_id=None, form_url="", extra_context=None):
        return self._changeform_view(request, object_id, form_url, extra_context)

    def save_model(self, request: HttpRequest, obj: Video, form: StoringForm, change: bool) -> None:
        """Say what is not as it should be; the form has stored the video."""
        if not obj.everywhere:
            words = _("Some browsers do not play this video. Export it as MP4 (H.264) to reach all readers.")
            messages.warning(request, words)
        if obj.has_sound and not obj.captions:
            words = _("The video has sound and no captions. Those who cannot hear it are told nothing.")
            messages.warning(request, words)

    def delete_model(self, request: HttpRequest, obj: Video) -> None:
        actions.delete_video(video=obj)

    def get_deleted_objects(self, objs, request: HttpRequest):
        """Keep a video that stands in a story: its place would be empty for readers."""
        deleted, counts, needed, protected = super().get_deleted_objects(objs, request)
        stories = [story for video in objs for story in stories_with(video)]
        links = [
            format_html('<a href="{}">{}</a>', reverse("admin:articles_article_change", args=[pk]), headline)
            for pk, headline in stories
        ]
        return deleted, counts, needed, [*protected, *links]

    def library_view(self, request: HttpRequest) -> JsonResponse:
        """Answer ``{"videos": […]}``: the newest, with ``q`` those with these words, with ``ids`` certain ones."""
        if not self.has_view_or_change_permission(request):
            return refusal(_("You may not see the videos."), 403)
        rows = Video.objects.defer("captions").select_related("poster")
        if "ids" in request.GET:
            keys = [key_of(key.strip()) for key in request.GET["ids"].split(",")[:MOST_NAMED]]
            found = list(rows.in_bulk(keys).values())
        else:
            found = with_words(rows, clean_line(request.GET.get("q", "")))[:PAGE]
        return JsonResponse({"videos": [described(video) for video in found]})

    @admin.display(description=gettext_lazy("length"))
    def clock(self, video: Video) -> str:
        return video.clock

    @admin.display(description=gettext_lazy("captions"), boolean=True)
    def captioned(self, video: Video) -> bool:
        return bool(video.captions_digest)

    @admin.display(description=gettext_lazy("video"))
    def player(self, video: Video) -> str:
        """The video as readers get it."""
        tracks = [(video.captions_url, video.language)] if video.captions_digest else []
        return format_html(
            '<video class="desk-video" controls preload="none" playsinline width="{}" height="{}"{} aria-label="{}">'
            '<source src="{}" type="video/mp4">{}</video>',
            video.width,
            video.height,
            format_html(' poster="{}"', picture_address(video.poster, LARGE)) if video.poster else "",
            video.title,
            video.url,
            format_html_join("", '<track kind="captions" src="{}" srclang="{}" default>', tracks),
        )


def described(video: Video) -> dict:
    """Return a video as the editor shows it."""
    return {
        "id": video.pk,
        "title": video.title,
        "caption": video.caption,
        "clock": video.clock,
        "poster": picture_address(video.poster, LARGE) if video.poster else "",
        "small": picture_address(video.poster, SMALL) if video.poster else "",
        "width": video.width,
        "height": video.height,
        "day": f"{localtime(video.created_at):%Y-%m-%d}",
    }


def with_words(rows, typed: str):
    """Return the videos whose words hold each word of ``typed``."""
    for word in typed.split()[:6]:
        rows = rows.filter(Q(title__icontains=word) | Q(caption__icontains=word) | Q(credit__icontains=word))
    return rows


def stories_with(video: Video) -> list[tuple[int, str]]:
    """Return key and headline of the newest stories whose text holds the video; reads all texts."""
    rows = Article.objects.filter(body__contains=f'<figure data-video="{video.pk}"').order_by("-pk")
    return list(rows.values_list("pk", "headline")[:MOST_STORIES])
