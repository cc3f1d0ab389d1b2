"""Tags of stories: bylines, photos, the text, cards in lists, blocks of sidebars, times."""

import datetime

from django import template
from django.template import Context
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from ..composing import Part, compose, is_photo_story
from ..models import Article, Byline, Photo, Placement
from ..models.video import videos_in
from ..picking import Item
from ..pictures.ladder import AVIF, JPEG
from ..states import AiUse, Origin
from ..text import excerpt

register = template.Library()

# The space a photo takes in a story by its width, in the layout's CSS pixels (static/css/components/figure.css).
SPACES = {
    "": "(min-width: 45rem) 42.5rem, 100vw",
    "wide": "(min-width: 76rem) 46.5rem, (min-width: 64rem) 42.5rem, 100vw",
    "small": "18rem",
    "full": "(min-width: 68rem) 64rem, 94vw",
}
AI_NOTICES = {
    AiUse.ASSISTED: gettext_lazy(
        "This story was written with the help of generative AI and checked by a reporter."
    ),
    AiUse.GENERATED: gettext_lazy(
        "Parts of this story were written by generative AI and checked by a reporter."
    ),
}
CARDS = {
    "lead": {"crop": "16-9", "sizes": "(min-width: 64rem) 48rem, 100vw", "loading": "eager", "length": 150},
    "second": {"crop": "4-3", "sizes": "(min-width: 48rem) 24rem, 100vw", "loading": "lazy", "length": 90},
    "line": {"crop": "4-3", "sizes": "(min-width: 46rem) 11rem, 24vw", "loading": "lazy", "length": 110},
    "column": {"crop": "", "sizes": "", "loading": "lazy", "length": 0},
}
RATIOS = {"16-9": (1600, 900), "4-3": (1600, 1200), "1-1": (1200, 1200)}
# Pixels of the picture that browsers without srcset get.
DEFAULT_WIDTH = 800
# Names in a line of a list before «and others».
LINE_NAMES = 2


def render(context: Context, name: str, **values) -> SafeString:
    """Return the partial ``name`` rendered with ``values`` on top of the page's own variables."""
    with context.push(**values):
        return context.template.engine.get_template(name).render(context)


@register.simple_tag(takes_context=True)
def byline(context: Context, article: Article) -> SafeString:
    """Print the names of a story in order, reporters linked to their pages, others than writers with their role."""
    return render(context, "articles/partials/_byline.html", bylines=article.bylines.all())


@register.simple_tag
def byline_text(article: Article, most: int = 0) -> str:
    """Return the names of a story as plain text; with ``most``, no more names than that and how many more there are."""
    rows = list(article.bylines.all())
    shown = rows[:most] if most else rows
    names = " · ".join(name_with_role(row) for row in shown)
    hidden = len(rows) - len(shown)
    if not hidden:
        return names
    return ngettext("%(names)s and %(count)d other", "%(names)s and %(count)d others", hidden) % {
        "names": names,
        "count": hidden,
    }


def name_with_role(row: Byline) -> str:
    """Return a name of a byline; a photographer's or translator's with the role in front."""
    if row.role == Byline.Role.WRITER:
        return row.display_name
    return f"{row.get_role_display()} {row.display_name}"


@register.simple_tag
def photo(
    photo: Photo | None,
    sizes: str = "100vw",
    loading: str = "lazy",
    crop: str = "",
    alt: str | None = None,
) -> SafeString | str:
    """Return the ``picture`` of a photo: AVIF, and JPEG for browsers without it; «» where there is nothing to show.

    ``sizes`` is the attribute of that name; «» offers one large picture, as paper wants it.
    ``loading="eager"`` also asks the browser to fetch it first. ``crop`` is a key of ``RATIOS`` (cut around
    the focal point; by the browser until the crops are made) or «» for the whole photo. ``alt`` takes the
    place of the photo's own words, «» where the words stand beside it. A photo whose right has not begun or
    has ended is not shown.
    """
    if photo is None or not photo.width or not photo.is_usable():
        return ""
    cut = crop.replace("-", "x") if crop and photo.steps(JPEG, crop.replace("-", "x")) else ""
    steps = photo.steps(JPEG, cut)
    width, height = RATIOS.get(crop, (photo.width, photo.height))
    attributes = {
        "src": next((url for made, url in steps if made >= DEFAULT_WIDTH), steps[-1][1])
        if sizes
        else photo.url(),
        "srcset": srcset(steps) if sizes else None,
        "sizes": sizes or None,
        "width": width,
        "height": height,
        "alt": photo.alt if alt is None else alt,
        "class": f"crop crop-{crop} fx-{tenth(photo.focal_x)} fy-{tenth(photo.focal_y)}" if crop else None,
        "loading": "lazy" if loading == "lazy" else None,
        "fetchpriority": "high" if loading == "eager" else None,
        "decoding": "async" if loading == "lazy" else None,
    }
    given = [(name, value) for name, value in attributes.items() if value is not None]
    small = photo.steps(AVIF, cut) if sizes else []
    source = (
        format_html('<source type="image/avif" srcset="{}" sizes="{}">', srcset(small), sizes)
        if small
        else ""
    )
    return format_html("<picture>{}<img{}></picture>", source, format_html_join("", ' {}="{}"', given))


def srcset(steps: list[tuple[int, str]]) -> str:
    """Return widths and addresses as a ``srcset`` attribute."""
    return ", ".join(f"{url} {width}w" for width, url in steps)


def tenth(percent: int) -> int:
    """Return the step of the classes fx-0 … fx-10 that is nearest to ``percent``."""
    return min(round(percent / 10), 10)


@register.simple_tag(takes_context=True)
def figure(
    context: Context,
    photo: Photo,
    caption: str = "",
    width: str = "",
    loading: str = "lazy",
    paper: bool = False,
    full: bool = False,
) -> SafeString | str:
    """Print a photo, whole, with its credit and ``caption`` (the photo's own without one).

    ``width`` is that of ``html.Figure``; ``full`` is that of a photo story, ``paper`` wants one large
    picture. Nothing for a photo without one, nor for one that may not be shown.
    """
    if not photo.width or not photo.is_usable():
        return ""
    return render(
        context, "articles/partials/_figure.html", photo=photo, caption=caption or photo.caption, width=width,
        loading=loading, sizes="" if paper else SPACES["full" if full else width], tall=photo.height > photo.width,
    )  # fmt: skip


@register.simple_tag
def lead_placement(article: Article) -> Placement | None:
    """Return the lead photo's place in the story."""
    return next((row for row in article.placements.all() if row.place == Placement.Place.LEAD), None)


@register.simple_tag(takes_context=True)
def article_body(
    context: Context, article: Article, photos: bool = True, loading: str = "lazy", paper: bool = False
) -> SafeString:
    """Print the text with the dateline tag in its first paragraph and the photos, videos and maps of its figures.

    ``photos=False`` leaves pictures out with their captions; on ``paper`` the pictures are large, and a video
    or map is its address in words. A photo is taken from the placements that the story was loaded with.
    """
    shown = [row.photo for row in article.placements.all()] if photos else []
    full = is_photo_story(article.body)
    videos = videos_in(article).values()
    parts = compose(article.body, shown, _("Table"), videos=videos, full=full)
    return text_parts(context, parts, article, loading, paper)


@register.simple_tag(takes_context=True)
def text_parts(
    context: Context,
    parts: list[Part],
    article: Article | None = None,
    loading: str = "lazy",
    paper: bool = False,
) -> SafeString:
    """Print the parts of a text (``composing.compose``); those of a story with its dateline tag."""
    return render(
        context, "articles/partials/_body.html", article=article, parts=parts, loading=loading, paper=paper,
    )  # fmt: skip


@register.filter
def ai_notice(article: Article) -> str:
    """Return the sentence that tells readers what generative AI had to do with the story; «» for nothing.

    Asked by the paper's code of conduct (Korean press councils, 2024) rather than by the AI Basic Act,
    art. 31, which binds those who offer AI as a service.
    """
    return AI_NOTICES.get(article.ai_use, "")


@register.simple_tag(takes_context=True)
def corrections(context: Context, article: Article) -> SafeString:
    """Print the public notices that put the story right, newest first."""
    notices = [notice for notice in article.corrections.all() if notice.is_public()]
    return render(context, "articles/partials/_corrections.html", notices=notices)


@register.filter
def is_ad(article: Article) -> bool:
    """Tell whether the story is paid for; it has to be told apart from stories (Newspapers Act, art. 6)."""
    return article.origin == Origin.AD


@register.filter
def is_own(article: Article) -> bool:
    """Tell whether the story is the paper's own reporting."""
    return article.origin == Origin.OWN


@register.simple_tag(takes_context=True)
def card(
    context: Context, story: Article | Item, variant: str = "line", level: int = 3, label: bool = True
) -> SafeString:
    """Print a story in a list.

    ``variant`` is a key of ``CARDS``; ``level`` the level of the heading; ``label=False`` leaves the section
    out. Names are printed where the list has loaded them (``with_bylines``): a card asks no database.
    """
    article = getattr(story, "article", story)
    look = CARDS[variant]
    named = "bylines" in getattr(article, "_prefetched_objects_cache", {})
    return render(
        context, "articles/partials/_card.html", article=article, variant=variant, look=look, level=level,
        labelled=label, excerpt=excerpt(article.excerpt, look["length"]) if look["length"] else "",
        names=byline_text(article, LINE_NAMES) if named and look["length"] else "",
    )  # fmt: skip


@register.simple_tag(takes_context=True)
def block_list(context: Context, blocks: list) -> SafeString:
    """Print filled blocks (``blocks.Filled``), each through the template of its kind."""
    return render(context, "articles/partials/_block_list.html", blocks=blocks or [])


@register.filter
def short_excerpt(article: Article, length: int = 60) -> str:
    """Return the beginning of the text, cut at a word, at most ``length`` characters."""
    return excerpt(article.excerpt, length)


@register.simple_tag
def publication_time(value: datetime.datetime | None) -> SafeString | str:
    """Return a ``time`` element to the second in the paper's time zone; «» for None."""
    return time_element(value, "%Y-%m-%d %H:%M:%S")


@register.simple_tag
def short_time(value: datetime.datetime | None) -> SafeString | str:
    """Return a ``time`` element to the minute in the paper's time zone; «» for None."""
    return time_element(value, "%Y-%m-%d %H:%M")


def time_element(value: datetime.datetime | None, pattern: str) -> SafeString | str:
    """Return ``value`` in the current time zone as a ``time`` element."""
    if value is None:
        return ""
    local = timezone.localtime(value)
    return format_html(
        '<time datetime="{}">{}</time>', local.isoformat(timespec="seconds"), local.strftime(pattern)
    )
