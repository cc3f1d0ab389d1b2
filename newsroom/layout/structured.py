"""What pages say of themselves to machines: absolute addresses, pictures with sizes, schema.org descriptions."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urljoin

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from articles.models import Article, Byline, Photo, Video
from articles.models.video import videos_in
from articles.pictures.ladder import CROPS, JPEG
from articles.states import Origin

# The width in pixels of the rendition that shared links and search engines are offered.
SHARED_WIDTH = 1200
# The size of the picture that is drawn for pages without a photo.
DRAWN_SIZE = (1200, 600)
# The shapes that Google asks for in the data of a story.
SEARCH_SHAPES = ("16x9", "4x3", "1x1")
SCHEMA = "https://schema.org"


@dataclass(frozen=True)
class Picture:
    """A rendition of a photo, or a drawn picture: absolute address, size in pixels, words, type of the file."""

    url: str
    width: int
    height: int
    alt: str
    caption: str
    credit: str
    kind: str = "image/jpeg"


@dataclass(frozen=True)
class Site:
    """The paper and the root of its addresses (scheme and host, without a slash at the end)."""

    publication: object
    root: str

    def absolute(self, address: str) -> str:
        """Return ``address`` (a path, or an address of another host) as an absolute one."""
        return urljoin(f"{self.root}/", address)

    def page(self, name: str, *args) -> str:
        """Return the absolute address of the page with this URL name."""
        return self.absolute(reverse(name, args=args))


def site_of(request: HttpRequest | None, publication) -> Site:
    """Return the site: its address as the paper's settings give it, else the host that was asked."""
    root = publication.site_url or (request.build_absolute_uri("/") if request else "")
    return Site(publication, root.rstrip("/"))


def iso(moment: datetime.datetime) -> str:
    """Return ``moment`` in the paper's time zone, to the second: ``2026-11-22T09:41:05+09:00``."""
    return timezone.localtime(moment).isoformat(timespec="seconds")


def picture_of(photo: Photo | None, site: Site, *, caption: str = "") -> Picture | None:
    """Return the rendition of ``photo`` for shared links; None for none and for one that may not be shown."""
    if not photo or not photo.width or not photo.is_usable():
        return None
    width = next((made for made in photo.widths if made >= SHARED_WIDTH), photo.widths[-1])
    height = max(1, round(photo.height * width / photo.width)) if photo.width else 0
    url = site.absolute(photo.url(SHARED_WIDTH))
    return Picture(url, width, height, photo.alt, caption or photo.caption, photo.credit_line)


def cuts_of(photo: Photo, site: Site, shapes: Iterable[str]) -> list[Picture]:
    """Return the largest crops of ``photo`` in the ``shapes`` (keys of ``ladder.CROPS``) that are made already."""
    found = []
    for shape in shapes:
        for width, url in photo.steps(JPEG, shape)[-1:]:
            height = CROPS[shape].height(width)
            found.append(
                Picture(site.absolute(url), width, height, photo.alt, photo.caption, photo.credit_line)
            )
    return found


def shared_picture(photo: Photo | None, site: Site) -> Picture | None:
    """Return what messengers show of ``photo``: cut to 2:1, as Korean ones want it, or whole until that is made."""
    whole = picture_of(photo, site)
    return next(iter(cuts_of(photo, site, ["2x1"])), whole) if whole else None


def drawn_picture(site: Site, article: Article | None = None) -> Picture | None:
    """Return the picture of a page without a photo: the headline of ``article``, else the paper's nameplate.

    None where nothing can be drawn, which is where its address cannot be made.
    """
    try:
        if article:
            url, words = site.page("sharing:card", (article, site.publication)), article.headline
        else:
            url, words = site.page("sharing:paper", site.publication), site.publication.name
    except NoReverseMatch:
        return None
    return Picture(url, *DRAWN_SIZE, words, "", "", "image/png")


def modified_at(article: Article) -> datetime.datetime:
    """Return when readers were last given something new in the story: published, updated, or corrected."""
    notices = [notice.published_at for notice in article.corrections.all() if notice.is_public()]
    return max([article.published_at, *filter(None, [article.updated_at]), *notices])


def kept(values: dict) -> dict:
    """Return ``values`` without those that are empty."""
    return {key: value for key, value in values.items() if value not in (None, "", [], {})}


def publisher(site: Site) -> dict:
    """The paper as the publisher of a story."""
    return {"@type": "NewsMediaOrganization", "@id": f"{site.root}/#paper", "name": site.publication.name,
            "url": site.page("front:home")}  # fmt: skip


def person(byline: Byline, site: Site) -> dict:
    """Somebody of a byline; a reporter with the page of all stories."""
    if byline.reporter_id is None:
        return kept({"@type": "Person", "name": byline.guest_name, "jobTitle": byline.guest_title})
    reporter = byline.reporter
    address = site.absolute(reporter.get_absolute_url())
    return kept({"@type": "Person", "name": reporter.name, "jobTitle": reporter.title, "url": address})


def people(article: Article, site: Site) -> dict:
    """Return ``author``, ``translator`` and ``contributor``; without a writer the paper itself is the author."""
    by_role: dict[str, list] = {}
    for byline in article.bylines.all():
        by_role.setdefault(byline.role, []).append(person(byline, site))
    writers = by_role.pop(Byline.Role.WRITER, None) or [publisher(site)]
    translators = by_role.pop(Byline.Role.TRANSLATION, [])
    others = [one for row in by_role.values() for one in row]
    return kept({"author": writers, "translator": translators, "contributor": others})


def images(article: Article, site: Site) -> list[dict]:
    """Return the photos of the story that may be shown as ``ImageObject``, the lead photo first; else what is drawn.

    The first one also in the three shapes that search engines ask for.
    """
    placements = sorted(article.placements.all(), key=lambda row: row.place != row.Place.LEAD)
    shown = [placement for placement in placements if picture_of(placement.photo, site)]
    pictures = [picture_of(placement.photo, site, caption=placement.text) for placement in shown]
    pictures[1:1] = cuts_of(shown[0].photo, site, SEARCH_SHAPES) if shown else []
    return [
        kept({"@type": "ImageObject", "url": picture.url, "width": picture.width, "height": picture.height,
              "caption": picture.caption, "creditText": picture.credit})
        for picture in pictures or filter(None, [drawn_picture(site, article)])
    ]  # fmt: skip


def videos(article: Article, site: Site) -> list[dict]:
    """Return the uploaded videos of the text as ``VideoObject``; the story's picture stands for a poster."""
    found = videos_in(article).values()
    pictures = images(article, site) if found else []
    return [
        kept({
            "@type": "VideoObject",
            "name": video.title,
            "description": video.caption or video.title,
            "thumbnailUrl": poster_address(video, site) or (pictures[0]["url"] if pictures else ""),
            "uploadDate": iso(video.created_at),
            "duration": f"PT{max(1, round(video.seconds))}S",
            "contentUrl": site.absolute(video.url),
            "width": video.width,
            "height": video.height,
            "creditText": video.credit,
        })
        for video in found
    ]  # fmt: skip


def poster_address(video: Video, site: Site) -> str:
    """Return the absolute address of the poster, «» for none that may be shown."""
    poster = picture_of(video.shown_poster, site)
    return poster.url if poster else ""


def provenance(article: Article) -> dict:
    """Return who paid for the story or sent it, where that is not the paper."""
    name = article.source.name if article.source_id else article.source_name
    if article.origin == Origin.OWN or not name:
        return {}
    organization = kept(
        {"@type": "Organization", "name": name, "url": article.source.url if article.source_id else ""}
    )
    return {"sponsor" if article.origin == Origin.AD else "sourceOrganization": organization}


def corrections(article: Article) -> list[dict]:
    """Return the notices that readers see as ``CorrectionComment``."""
    return [
        {"@type": "CorrectionComment", "name": notice.title, "text": notice.text,
         "datePublished": iso(notice.published_at)}
        for notice in article.corrections.all()
        if notice.is_public()
    ]  # fmt: skip


def story(article: Article, site: Site) -> dict:
    """Describe a story loaded with ``for_detail``; advertising is not called news."""
    kind = "AdvertiserContentArticle" if article.origin == Origin.AD else "NewsArticle"
    address = site.absolute(article.get_absolute_url())
    facts = {
        "@context": SCHEMA,
        "@type": kind,
        "@id": f"{address}#story",
        "mainEntityOfPage": {"@type": "WebPage", "@id": address},
        "url": address,
        "headline": article.headline,
        "alternativeHeadline": " ".join(article.deck_lines),
        "description": article.excerpt,
        "image": images(article, site),
        "video": videos(article, site),
        "datePublished": iso(article.published_at),
        "dateModified": iso(modified_at(article)),
        "articleSection": article.section.name,
        "keywords": article.tag_list,
        "inLanguage": site.publication.language,
        "isAccessibleForFree": True,
        "publisher": publisher(site),
        "copyrightHolder": publisher(site) if article.origin == Origin.OWN else None,
        "correction": corrections(article),
    }
    if article.series_id:
        series = article.series
        facts["isPartOf"] = {"@type": "CreativeWorkSeries", "name": series.name,
                             "url": site.absolute(series.get_absolute_url())}  # fmt: skip
    return kept(facts | people(article, site) | provenance(article))


def breadcrumb(article: Article, site: Site) -> dict:
    """The way from the front page to the story: its sections, then the headline."""
    section = article.section
    steps = [(site.publication.name, reverse("front:home"))]
    steps += [(row.name, row.get_absolute_url()) for row in dict.fromkeys([section.top, section])]
    steps += [(article.headline, article.get_absolute_url())]
    items = [
        {"@type": "ListItem", "position": number, "name": name, "item": site.absolute(address)}
        for number, (name, address) in enumerate(steps, start=1)
    ]
    return {"@context": SCHEMA, "@type": "BreadcrumbList", "itemListElement": items}


def paper(site: Site) -> dict:
    """Describe the newspaper with the particulars it publishes."""
    publication = site.publication
    founded = publication.first_published_on
    facts = {
        "description": publication.description or publication.tagline,
        "alternateName": publication.tagline,
        "legalName": publication.registered_title,
        "foundingDate": founded.isoformat() if founded else "",
        "address": publication.address,
        "telephone": publication.phone,
        "email": publication.email,
        "masthead": site.page("publication:about"),
        "correctionsPolicy": site.page("articles:corrections"),
    }
    return {"@context": SCHEMA} | publisher(site) | kept(facts)


def website(site: Site) -> dict:
    """Describe the site and how it is searched."""
    search = f"{site.page('search:search')}?q={{search_term_string}}"
    action = {"@type": "SearchAction", "target": {"@type": "EntryPoint", "urlTemplate": search},
              "query-input": "required name=search_term_string"}  # fmt: skip
    return {
        "@context": SCHEMA,
        "@type": "WebSite",
        "name": site.publication.name,
        "url": site.page("front:home"),
        "inLanguage": site.publication.language,
        "publisher": {"@id": f"{site.root}/#paper"},
        "potentialAction": action,
    }
