"""The versions of a story: chosen, compared, brought back; what waits is decided beside what it changes."""

from collections import Counter
from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _

from .. import actions
from ..access import may_edit
from ..comparing import FieldChange, compare, keys_of
from ..errors import NotAllowed, WrongState
from ..models import Article, Byline, Photo, Reporter, Revision, Section, Series, Source
from ..querysets import take
from ..snapshots import Snapshot
from .verbs import VerbButtons

VERSIONS_A_PAGE = 25
# What is decided where the change is read; every other verb has its place on the story's page.
DECISIONS = {"approve", "return"}
LARGEST = 2**31 - 1
DIGITS = len(str(LARGEST))


@dataclass(frozen=True)
class Chain:
    """The seals of all versions of a story, oldest first, without what they say."""

    seals: list[tuple[int, str, str]]

    @property
    def numbers(self) -> list[int]:
        """The numbers of the versions, oldest first."""
        return [number for number, _digest, _previous in self.seals]

    def broken_at(self, shown: list[Revision]) -> int | None:
        """Return the number of the first version that does not fit to the one before it, or of one of ``shown`` that
        was altered; None where everything holds. What is not shown is not read, and its words not checked."""
        altered = [revision.number for revision in shown if revision.digest != revision.seal()]
        before = None
        for number, digest, previous in self.seals:
            if before is not None and previous != before:
                altered.append(number)
            before = digest
        return min(altered, default=None)

    def around(self, numbers: list[int]) -> tuple[int | None, int | None]:
        """Return the version before the first and the one behind the last of ``numbers``."""
        earlier = [number for number in self.numbers if number < min(numbers)]
        later = [number for number in self.numbers if number > max(numbers)]
        return max(earlier, default=None), min(later, default=None)


class RevisionPages(VerbButtons):
    """The page on which two versions of a story are compared."""

    def get_urls(self) -> list:
        wrap = self.admin_site.admin_view
        return [
            path("<int:pk>/compare/", wrap(self.compare_view), name="articles_article_compare"),
            path(
                "<int:pk>/versions/<int:number>/restore/",
                wrap(self.restore_view),
                name="articles_article_restore_revision",
            ),
            *super().get_urls(),
        ]

    def compare_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Compare the versions ``a`` and ``b`` of a story; without them, what readers see with the change to it,
        or the newest version with the one before. ``before`` pages the list of versions."""
        article = self.get_object(request, str(pk))
        if article is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, str(pk))
        if not self.has_view_or_change_permission(request, article):
            raise PermissionDenied
        seals = article.revisions.order_by("number").values_list("number", "digest", "previous_digest")
        chain = Chain(list(seals))
        asked = [number_of(request.GET.get(key)) for key in ("a", "b")]
        numbers = chosen(chain.numbers, asked, article)
        found = article.revisions.select_related("by").filter(number__in=numbers).order_by("number")
        shown = list(found) if numbers else []
        changes = compared(shown, article)
        context = self.admin_site.each_context(request) | {
            "title": _("Compare versions"),
            "opts": self.opts,
            "original": article,
            "shown": shown,
            "changes": changes,
            "counts": counted(changes),
            "broken": chain.broken_at(shown),
            "missing": any(number and number not in chain.numbers for number in asked),
        }
        context |= self.versions(request, article, chain, numbers)
        context |= self.decisions(request, article, shown)
        return TemplateResponse(request, "admin/articles/article/compare.html", context)

    @staticmethod
    def versions(request: HttpRequest, article: Article, chain: Chain, numbers: list[int]) -> dict:
        """Return the list of versions to choose from, paged by position, and the steps to other comparisons."""
        rows = article.revisions.defer("content").select_related("by").order_by("-number")
        before = number_of(request.GET.get("before"))
        page, more = take(rows.filter(number__lt=before) if before else rows, VERSIONS_A_PAGE)
        earlier, later = chain.around(numbers) if numbers else (None, None)
        return {
            "versions": page,
            "older": page[-1].number if page and more else None,
            # The chosen ones stay chosen where the list shows others.
            "elsewhere": [number for number in numbers if number not in {row.number for row in page}],
            "earlier": earlier,
            "later": later,
        }

    def decisions(self, request: HttpRequest, article: Article, shown: list[Revision]) -> dict:
        """Return what this person may do here; only the newest version, seen, can be approved or returned."""
        is_newest = bool(shown) and shown[-1].number == article.version
        writable = may_edit(request.user, article)
        verbs = actions.possible_verbs(article, request.user) if is_newest else []
        verbs = [verb for verb in verbs if verb.name in DECISIONS]
        return {
            "verbs": verbs,
            "kinds": self.kinds_for(request, article) if verbs else [],
            "writable": writable,
            "restorable": [row.number for row in shown if row.number != article.version] if writable else [],
        }

    def restore_view(self, request: HttpRequest, pk: int, number: int) -> HttpResponse:
        """Make an old version the newest one again; it is stored as one more version, so nothing is lost."""
        article = self.get_object(request, str(pk))
        if article is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, str(pk))
        if request.method != "POST":
            return HttpResponseRedirect(reverse("admin:articles_article_compare", args=[pk]))
        try:
            saved = actions.restore_revision(article=article, number=min(number, LARGEST), by=request.user)
        except (NotAllowed, WrongState) as error:
            messages.error(request, " ".join(getattr(error, "messages", [str(error)])))
        else:
            if saved.revision is None:
                messages.info(request, _("The newest version says the same already."))
            else:
                words = _("Version %(old)d is the newest one again, as version %(new)d.")
                messages.success(request, words % {"old": number, "new": saved.revision.number})
        return HttpResponseRedirect(self.address(article))


def number_of(text: str | None) -> int | None:
    """Return the number of a version that an address names; None for none and for what is no number."""
    if not text or not text.isascii() or not text.isdigit() or len(text) > DIGITS:
        return None
    return int(text) if 0 < int(text) <= LARGEST else None


def chosen(numbers: list[int], asked: list[int | None], article: Article) -> list[int]:
    """Return the numbers of the two versions to compare, older first; one where there is no second one.

    ``numbers`` are those there are, oldest first. What was asked for and is not there is passed over.
    """
    if not numbers:
        return []
    old, new = (number if number in numbers else None for number in asked)
    if new is None:
        new = max((number for number in numbers if number != old), default=numbers[-1])
        waits = article.was_approved and article.approved_version not in {None, new}
        if old is None and waits and article.approved_version in numbers:
            old = article.approved_version
    if old is None:
        old = max((number for number in numbers if number < new), default=new)
    return sorted({old, new})


def compared(shown: list[Revision], article: Article) -> list[FieldChange]:
    """Return the differences of two versions; nothing where there is only one.

    «As soon as it is approved» is, once that has been done, the time when it was.
    """
    if len(shown) < 2:
        return []
    time = Snapshot(published_at=article.published_at if article.approved_at else None).as_json()[
        "published_at"
    ]
    old, new = (
        revision.content | {"published_at": revision.content.get("published_at") or time}
        for revision in shown
    )
    return compare(old, new, names_for([old, new]))


def counted(changes: list[FieldChange]) -> Counter:
    """Return how many blocks of the text were changed, added, removed and moved."""
    return Counter(row.kind for change in changes for row in change.rows)


def names_for(snapshots: list[dict]) -> dict[str, dict]:
    """Load what the snapshots name by key; a query for each kind of row that is named."""
    keys = keys_of(snapshots)
    rows = {
        "section": Section.objects.all(),
        "series": Series.objects.all(),
        "source": Source.objects.all(),
        "reporter": Reporter.objects.all(),
        "photo": Photo.objects.all(),
        "story": Article.objects.only("headline"),
    }
    found = {kind: rows[kind].in_bulk(named) if named else {} for kind, named in keys.items()}
    return found | {"role": {key: label for key, label in Byline.Role.choices if key != Byline.Role.WRITER}}
