"""What the photo dialog asks the desk for: photos to choose from, a place for new ones, and their words."""

import datetime
import hashlib
import json

from django.db import transaction
from django.db.models import F, Q
from django.forms import model_to_dict
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils.dateparse import parse_date
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from .. import actions
from ..errors import PhotoFileError
from ..forms.photos import PhotoWordsForm, checked_file
from ..images import digest_of, packet_of, read
from ..intake import alike, describe_from_file
from ..keyset import Position, parse_position
from ..models import Photo, Reporter
from ..pictures.encoding import encoded
from ..pictures.ladder import JPEG
from ..pictures.likeness import fingerprint
from ..pictures.opening import upright
from ..querysets import PagedQuerySet, take
from ..text import clean_line
from .filters import key_of, midnight
from .photo_rights import OVER, full_moment, right_of

PAGE = 48
# Words are looked for in so many photos a request: the cost stays the same however old the archive is.
LOOKED_THROUGH = 20_000
MOST_WORDS = 6
MOST_NAMED = 100
MOST_PHOTOGRAPHERS = 1_000
# Before it no photograph was taken; days further back have no moment in UTC.
FIRST_DAY = datetime.date(1826, 1, 1)
SEARCHED = ("headline", "caption", "alt", "credit", "keywords", "city", "photographer__name")
# Widths in pixels: in the grid of the dialog, and in the editor.
SMALL, LARGE = 400, 1200
# The longest side of a picture that is made for the desk alone.
DESK = 800


class PhotoLibrary:
    """The addresses of the photo dialog, for the ModelAdmin of photos; every answer is JSON.

    An answer that refuses holds ``error``, a sentence for the person.
    """

    def get_urls(self) -> list:
        views = [
            ("library/", self.library_view, "articles_photo_library"),
            ("upload/", self.upload_view, "articles_photo_upload"),
            ("<int:pk>/words/", self.words_view, "articles_photo_words"),
            ("<int:pk>/picture/", never_cache(self.picture_view), "articles_photo_picture"),
        ]
        own = [path(route, self.admin_site.admin_view(view), name=name) for route, view, name in views]
        return [*own, *super().get_urls()]

    def library_view(self, request: HttpRequest) -> JsonResponse:
        """Answer a page of photos, newest first: ``{"photos": […], "next": position or None}``.

        ``q``, ``photographer``, ``from`` and ``to`` (days of upload) narrow it, ``before`` continues it;
        ``ids`` asks for certain photos, in that order. With ``setup`` the photographers and the form's
        token come along. ``next`` with few or no photos: so far nothing was found, older ones follow.
        """
        if not self.has_view_or_change_permission(request):
            return refusal(_("You may not see the photos."), 403)
        if "ids" in request.GET:
            photos, following = named(request.GET["ids"]), None
        else:
            photos, following = page(request.GET)
        answer = {
            "photos": [self.describe(request, photo) for photo in photos],
            "next": str(following) if following else None,
        }
        if "setup" in request.GET:
            answer |= {"photographers": photographers(), "token": get_token(request)}
        return JsonResponse(answer)

    def upload_view(self, request: HttpRequest) -> JsonResponse:
        """Store one ``file``; of one that is stored already the photo that there is, with ``existing``.

        A picture that looks like others is not stored, unless ``anyway`` is sent along: the answer (409)
        holds those as ``alike``.
        """
        if request.method != "POST":
            return refusal(_("Send the photo as a form."), 405)
        if not self.has_add_permission(request):
            return refusal(_("You may not upload photos."), 403)
        file = request.FILES.get("file")
        if file is None:
            return refusal(_("The file is empty or did not arrive. Choose it again."), 400)
        try:
            photo, existing, others = store(file, by=request.user, anyway="anyway" in request.POST)
        except PhotoFileError as error:
            return refusal(" ".join(error.messages), 400)
        if photo is None:
            found = [self.describe(request, other) for other in others]
            return refusal(_("This picture looks like one that is here already."), 409, alike=found)
        if not existing:
            self.log_addition(request, photo, [{"added": {}}])
        return JsonResponse({"photo": self.describe(request, photo), "existing": existing})

    def words_view(self, request: HttpRequest, pk: int) -> JsonResponse:
        """Change the words and the focal point of a photo.

        ``seen`` is the ``stamp`` of the photo the person saw; when its words are others by now, nothing
        is saved and the answer (409) holds the photo as it is.
        """
        if request.method != "POST":
            return refusal(_("Send the words as a form."), 405)
        with transaction.atomic():
            photo = Photo.objects.select_for_update().filter(pk=pk).first()
            if photo is None:
                return refusal(_("This photo no longer exists."), 404)
            if not self.has_change_permission(request, photo):
                return refusal(_("You may not change the words of this photo."), 403)
            if request.POST.get("seen") != stamp(photo):
                words = _("Somebody else has changed the words of this photo in the meantime.")
                return refusal(words, 409, photo=self.describe(request, photo))
            # What the request does not name stays as it is.
            typed = model_to_dict(photo, PhotoWordsForm.Meta.fields) | request.POST.dict()
            form = PhotoWordsForm(typed, instance=photo)
            if not form.is_valid():
                return refusal(_("Please correct what is marked."), 400, errors=form.errors)
            if form.has_changed():
                actions.save_photo(photo=photo)
                self.log_change(request, photo, [{"changed": {"fields": form.changed_data}}])
        return JsonResponse({"photo": self.describe(request, photo)})

    def picture_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Answer a small picture made of the original: of a photo whose files are not public any more."""
        photo = get_object_or_404(Photo, pk=pk)
        if not self.has_view_or_change_permission(request):
            return refusal(_("You may not see the photos."), 403)
        try:
            picture = upright(read(photo.file))
        except PhotoFileError as error:
            raise Http404 from error
        picture.thumbnail((DESK, DESK))
        return HttpResponse(encoded(picture, JPEG, packet_of(photo)), content_type="image/jpeg")

    def describe(self, request: HttpRequest, photo: Photo) -> dict:
        """Return a photo as the dialog and the editor show it.

        ``note`` is what has to be known of its right before it is chosen; ``barred``: it cannot be chosen.
        """
        right = right_of(photo)
        return {
            "id": photo.pk,
            "url": picture_address(photo, LARGE),
            "small": picture_address(photo, SMALL),
            "width": photo.width,
            "height": photo.height,
            "caption": photo.caption,
            "alt": photo.alt,
            "credit": photo.credit_line,
            "own_credit": photo.credit,
            "photographer": photo.photographer_id,
            "photographer_name": str(photo.photographer) if photo.photographer_id else "",
            "focal_x": photo.focal_x,
            "focal_y": photo.focal_y,
            "headline": photo.headline,
            "copyright": photo.copyright,
            "keywords": photo.keywords,
            "city": photo.city,
            "taken": full_moment(photo.taken_at) if photo.taken_at else "",
            "note": right.words if right.is_pressing else "",
            "barred": right.name == OVER,
            "day": f"{localtime(photo.created_at):%Y-%m-%d}",
            "stamp": stamp(photo),
            "editable": self.has_change_permission(request, photo),
        }


def picture_address(photo: Photo, width: int) -> str:
    """Return the address of a picture at least ``width`` pixels wide, as far as there is one, for the desk."""
    return reverse("admin:articles_photo_picture", args=[photo.pk]) if photo.is_over() else photo.url(width)


def refusal(words: str, status: int, **more) -> JsonResponse:
    """Return an answer that says in ``words`` why nothing was done."""
    return JsonResponse({"error": words} | more, status=status)


def stamp(photo: Photo) -> str:
    """Return what stands for the words of a photo: equal for equal words."""
    words = [getattr(photo, photo._meta.get_field(name).attname) for name in PhotoWordsForm.Meta.fields]
    return hashlib.sha256(json.dumps(words).encode()).hexdigest()[:16]


def store(file, *, by, anyway: bool = False) -> tuple[Photo | None, bool, list[Photo]]:
    """Return the photo of an uploaded file, whether it was there before, and the photos that look like it.

    Where there are such, nothing is stored and there is no photo, unless it is wanted ``anyway``. Raises
    PhotoFileError for a file that is none.
    """
    checked_file(file)
    data = file.read()
    file.seek(0)
    known = Photo.objects.select_related("photographer").filter(digest=digest_of(data)).order_by("pk").first()
    if known:
        return known, True, []
    others = [] if anyway else alike(fingerprint(upright(data)))
    if others:
        return None, False, others
    photo = Photo(file=file)
    describe_from_file(photo, data)
    return actions.store_photo(photo=photo, by=by), False, []


def photographers() -> list[dict]:
    """Return who can be named as a photographer: those on the staff first."""
    rows = Reporter.objects.order_by("-is_active", "name", "pk")[:MOST_PHOTOGRAPHERS]
    return [{"id": row.pk, "name": str(row)} for row in rows]


def named(keys: str) -> list[Photo]:
    """Return the photos with these keys («3,1,2»), in this order; what is no photo's key is passed over."""
    asked = [key_of(key.strip()) for key in keys.split(",")[:MOST_NAMED]]
    found = Photo.objects.select_related("photographer").in_bulk(asked)
    return [found[key] for key in dict.fromkeys(asked) if key in found]


def page(asked: QueryDict) -> tuple[list[Photo], Position | None]:
    """Return the photos that the dialog asked for, and the position behind which older ones follow."""
    rows = narrowed(asked).before(parse_position(asked.get("before", "")))
    words = clean_line(asked.get("q", "")).split()[:MOST_WORDS]
    edge = None
    if words:
        # Newest first and no further than the edge, however rare the words are.
        last = rows.values_list("created_at", "pk")[LOOKED_THROUGH - 1 : LOOKED_THROUGH].first()
        edge = Position(*last) if last else None
        rows = with_words(rows, words, edge)
    photos, more = take(rows.select_related("photographer"), PAGE)
    return photos, Position(photos[-1].created_at, photos[-1].pk) if more else edge


def narrowed(asked: QueryDict) -> PagedQuerySet:
    """Return the photos of a photographer and of a period, newest first, ready for ``before``."""
    rows = PagedQuerySet(Photo).alias(listed_at=F("created_at")).order_by("-created_at", "-pk")
    if asked.get("photographer"):
        rows = rows.filter(photographer=key_of(asked["photographer"]))
    begin, end = day(asked.get("from", "")), day(asked.get("to", ""))
    if begin:
        rows = rows.filter(created_at__gte=midnight(begin))
    if end and end < datetime.date.max:
        rows = rows.filter(created_at__lt=midnight(end + datetime.timedelta(days=1)))
    return rows


def with_words(rows: PagedQuerySet, words: list[str], edge: Position | None) -> PagedQuerySet:
    """Keep the photos whose words hold each of ``words``, from the newest down to ``edge``."""
    if edge:
        rows = rows.filter(created_at__gte=edge.at).filter(Q(created_at__gt=edge.at) | Q(pk__gte=edge.pk))
    for word in words:
        anywhere = (Q(**{f"{name}__icontains": word}) for name in SEARCHED)
        rows = rows.filter(Q(*anywhere, _connector=Q.OR))
    return rows


def day(typed: str) -> datetime.date | None:
    """Return the day in an address, None for none, a garbled one or one before photography."""
    try:
        found = parse_date(typed)
    except ValueError:
        return None
    return found if found and found >= FIRST_DAY else None
