"""Plain functions that make rows for tests; every argument has a default that works."""

import datetime
import io
import itertools

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.utils import timezone
from PIL import Image

from articles import actions
from articles.html import with_figures
from articles.models import (
    Article,
    BlockPin,
    Byline,
    Correction,
    Photo,
    Placement,
    Reporter,
    Section,
    Series,
    Sidebar,
    SidebarBlock,
    Source,
)
from articles.states import State
from newsroom.search.backends import backend

number = itertools.count(1)


def make_user(role: str = "", *, username: str = "", password: str = "", **fields):
    """Make a member of staff in the group of ``role``; "admin" makes a superuser."""
    fields = {"is_staff": True, "is_superuser": role == "admin"} | fields
    user = get_user_model()(username=username or f"user-{next(number)}", **fields)
    user.set_password(password or "a-long-password")
    user.save()
    if role and role != "admin":
        user.groups.add(Group.objects.get(name=role))
    return user


def make_section(name: str = "사회", **fields) -> Section:
    return Section.objects.create(name=name, **{"slug": f"section-{next(number)}"} | fields)


def make_series(name: str = "빈집의 내일", **fields) -> Series:
    return Series.objects.create(name=name, **{"slug": f"series-{next(number)}"} | fields)


def make_source(name: str = "", **fields) -> Source:
    return Source.objects.create(name=name or f"통신 {next(number)}", **fields)


def make_reporter(name: str = "한나래", **fields) -> Reporter:
    return Reporter.objects.create(name=name, **{"slug": f"reporter-{next(number)}"} | fields)


def picture_bytes(size=(900, 600), colour=(90, 120, 90), image_format="JPEG", **options) -> bytes:
    """Return the bytes of a picture of one colour."""
    buffer = io.BytesIO()
    Image.new("RGB", size, colour).save(buffer, image_format, **options)
    return buffer.getvalue()


def make_photo(caption: str = "새벽 나루.", *, size=(900, 600), **fields) -> Photo:
    """Make a photo with a real file and its renditions."""
    key = next(number)
    photo = Photo(caption=caption, **{"alt": "물안개가 낀 강"} | fields)
    # Far from its neighbours: JPEG makes the same file of two colours that lie close together.
    colour = (key * 53 % 256, key * 101 % 256, key // 256 * 8 % 256)
    photo.file.save(f"{key}.jpg", ContentFile(picture_bytes(size, colour)), save=False)
    return actions.store_photo(photo=photo)


def make_article(
    headline: str = "나루터 창고, 배움터로 다시 문 연다",
    *,
    state: str = State.APPROVED,
    section: Section | None = None,
    published_at: datetime.datetime | None = None,
    hours_ago: float = 1.0,
    reporters=(),
    guests=(),
    photos=(),
    tags=(),
    **fields,
) -> Article:
    """Make a story in any state; the first of ``photos`` is the lead photo. ``hours_ago`` may be negative."""
    published_at = published_at or timezone.now() - datetime.timedelta(hours=hours_ago)
    times = {"created_at": published_at}
    if state in {State.APPROVED, State.WITHDRAWN}:
        times |= {"approved_at": min(published_at, timezone.now()), "published_at": published_at}
    if state == State.SUBMITTED:
        times |= {"submitted_at": timezone.now()}
    fields = {"body": "<p>첫 문단이다.</p><p>둘째 문단이다.</p>"} | times | fields
    photos = list(photos)
    if photos[1:] and "<figure" not in fields["body"]:
        fields["body"] = with_figures(fields["body"], [(photo.pk, "", None) for photo in photos[1:]])
    section = section or Section.objects.first() or make_section()
    article = Article.objects.create(headline=headline, state=state, section=section, **fields)
    for order, reporter in enumerate(reporters):
        Byline.objects.create(article=article, reporter=reporter, order=order)
    for order, name in enumerate(guests, start=len(reporters)):
        Byline.objects.create(article=article, guest_name=name, order=order)
    for order, photo in enumerate(photos):
        place = Placement.Place.TEXT if order else Placement.Place.LEAD
        Placement.objects.create(article=article, photo=photo, order=order, place=place)
    if tags:
        article.tags.add(*tags)
    article = actions.settle(article=article)
    if article.was_approved:  # as the verb of approval does it
        backend().index([article])
    return article


def make_correction(article: Article, **fields) -> Correction:
    fields = {"title": "바로잡습니다", "text": "날짜를 바로잡습니다."} | fields
    return Correction.objects.create(article=article, **fields)


def make_sidebar(
    place: str = "article", *, kinds=("latest",), section: Section | None = None, **fields
) -> Sidebar:
    """Make a sidebar with one block for each of ``kinds``; ``fields`` go to every block."""
    sidebar = Sidebar.objects.create(place=place, section=section)
    for order, kind in enumerate(kinds):
        SidebarBlock.objects.create(sidebar=sidebar, kind=kind, order=order, **fields)
    return sidebar


def pin(block: SidebarBlock, article: Article, order: int = 0) -> BlockPin:
    return BlockPin.objects.create(block=block, article=article, order=order)
