"""The pages of the desk that ``growth.py --desk`` asks for, and by whom; ``growth_desk`` says what stands on them."""

import datetime

from django.urls import reverse
from django.utils import timezone

from articles.models import Article, Reporter, Section
from bench.growth_desk import MARKED, SECTION, SECTION_DESK


def pages() -> dict[str, tuple[str, str]]:
    """Return the name of whoever asks and the address, by the name of each kind of page of the desk."""
    desk = "editor-in-chief"
    asked = {name: (desk, address) for name, address in {**lists(), **story_pages(), **house_pages()}.items()}
    for user, short in ((SECTION_DESK, "section desk"), ("reporter", "reporter")):
        for name in ("list", "list, state", "dashboard", "queue", "my stories", "calendar", "notices"):
            asked[f"{name} ({short})"] = (user, asked[name][1])
    return {f"desk: {name}": row for name, row in asked.items()}


def lists() -> dict[str, str]:
    """Return the addresses of the lists of stories; filters are those that many, few and no stories answer to."""
    section, reporter = (
        Section.objects.get(slug=SECTION).pk,
        Reporter.objects.get(user__username="reporter").pk,
    )
    month = timezone.localdate() - datetime.timedelta(days=30)
    stories = reverse("admin:articles_article_changelist")
    filters = {
        "state": "state=returned",
        "public": "state=public",
        "scheduled": "state=scheduled",
        "change": "change=submitted",
        "any change": "change=any",
        "later change": "change=scheduled",
        "late": "due=late",
        "due": "due=week",
        "section": f"section={section}",
        "section and state": f"section={section}&state=draft",
        "reporter": f"reporter={reporter}",
        "reporter and state": f"reporter={reporter}&state=draft",
        "origin": "origin__exact=release",
        "period": f"from={month}&to={timezone.localdate()}",
        "last page": "p=2",
        "search": "q=주민",
        "rare search": "q=그런낱말은없다",
    }
    queue = reverse("admin:desk_queue")
    pickers = f"{reverse('admin:autocomplete')}?app_label=articles&model_name=relatedarticle&field_name=related&term="
    return {
        "list": stories,
        **{f"list, {name}": f"{stories}?{asked}" for name, asked in filters.items()},
        "queue": queue,
        "queue, filtered": f"{queue}?section={section}&reporter={reporter}&due=today",
        "dashboard": reverse("admin:index"),
        "my stories": reverse("admin:desk_mine"),
        "story picker": f"{pickers}주민",
        "story picker, rare": f"{pickers}그런낱말은없다",
    }


def story_pages() -> dict[str, str]:
    """Return the addresses of the pages of one story: of 500 versions and many bylines, and of ten."""
    long = Article.objects.get(headline=f"{MARKED}long").pk
    ten = Article.objects.get(headline=f"{MARKED}changed 1").pk
    return {
        "story form": reverse("admin:articles_article_change", args=[long]),
        "new story": reverse("admin:articles_article_add"),
        "comparison of 10": reverse("admin:articles_article_compare", args=[ten]),
        "comparison of 500": reverse("admin:articles_article_compare", args=[long]),
        "preview": reverse("admin:articles_article_preview", args=[long]),
        "preview, page": reverse("admin:articles_article_preview_page", args=[long, "page"]),
        "checks": reverse("admin:articles_article_prechecks", args=[long]),
        "notes": reverse("admin:newsroom_notices_note_story", args=[long]),
    }


def house_pages() -> dict[str, str]:
    """Return the addresses of the other pages of the desk."""
    library = reverse("admin:articles_photo_library")
    planning = reverse("admin:newsroom_planning_assignment_changelist")
    notices = reverse("admin:newsroom_notices_notice_changelist")
    return {
        "photo library": library,
        "photo library, search": f"{library}?q=강",
        "photos": reverse("admin:articles_photo_changelist"),
        "notices": notices,
        "notices, unread": f"{notices}?unread",
        "calendar": reverse("admin:newsroom_planning_assignment_calendar"),
        "assignments": planning,
        "assignments, all": f"{planning}?state=all",
    }
