"""Choose the stories of all blocks of a page at once: two queries, and no story twice."""

from collections import Counter
from dataclasses import dataclass, field

from django.db.models import F, IntegerField, QuerySet, Value

from .models import Article


@dataclass(frozen=True)
class Strand:
    """One supply of stories: an ordered queryset of public stories, and why they are offered.

    ``rank`` names the column that orders a ranking (lowest first); without it the order is by time.
    Strands of one ``group`` are mixed: what several of them offer comes first.
    """

    stories: QuerySet
    reason: str = ""
    rank: str = ""
    group: int = 0


@dataclass(frozen=True)
class Wish:
    """A block that wants ``count`` stories from its strands; the lowest ``priority`` chooses first."""

    key: str
    strands: list[Strand]
    count: int
    priority: int = 50


@dataclass
class Item:
    """A story in a block, with the reason for a related one."""

    article: Article
    reason: str = ""


@dataclass
class Offer:
    """A story that strands offer to one wish."""

    pk: int
    strand: int
    order: tuple
    votes: int = field(default=1)


def pick(wishes: list[Wish], *, taken: set[int] = frozenset()) -> dict[str, list[Item]]:
    """Return the stories for every wish by its key; stories in ``taken`` and stories already picked are left out."""
    wishes = sorted((wish for wish in wishes if wish.strands), key=lambda wish: wish.priority)
    offers = collect(wishes, len(taken))
    used = set(taken)
    chosen: dict[str, list[Offer]] = {}
    for wish in wishes:
        mine = [offer for offer in rank(offers.get(wish.key, []), wish.strands) if offer.pk not in used][
            : wish.count
        ]
        used.update(offer.pk for offer in mine)
        chosen[wish.key] = mine
    stories = load({offer.pk for mine in chosen.values() for offer in mine})
    reasons = {wish.key: [strand.reason for strand in wish.strands] for wish in wishes}
    return {
        key: [Item(stories[offer.pk], reasons[key][offer.strand]) for offer in mine if offer.pk in stories]
        for key, mine in chosen.items()
    }


def collect(wishes: list[Wish], taken: int) -> dict[str, list[Offer]]:
    """Return the offers for every wish: one query, the union of all strands cut to what may be needed."""
    parts, places = [], []
    needed = taken
    for wish in wishes:
        needed += wish.count
        for number, strand in enumerate(wish.strands):
            places.append((wish.key, number))
            parts.append(numbered(strand, len(places) - 1, needed))
    offers: dict[str, list[Offer]] = {}
    if not parts:
        return offers
    for place, pk, at, order in parts[0].union(*parts[1:], all=True) if parts[1:] else parts[0]:
        key, number = places[place]
        sort = (order or 0, -at.timestamp(), -pk)
        offers.setdefault(key, []).append(Offer(pk, number, sort))
    return offers


def numbered(strand: Strand, place: int, size: int) -> QuerySet:
    """Return rows (place, key, time, rank) of the first ``size`` stories of a strand, fit for a union.

    The cut stands in a subquery, because SQLite allows none in the parts of a union.
    """
    cut = strand.stories.values("pk")[:size]
    outer, order = Article.objects, Value(None, output_field=IntegerField())
    if strand.rank:
        outer, order = strand.stories.order_by(), F(strand.rank)
    return (
        outer.filter(pk__in=cut)
        .annotate(place_in_page=Value(place, output_field=IntegerField()), place_in_strand=order)
        .values_list("place_in_page", "pk", "published_at", "place_in_strand")
    )


def rank(offers: list[Offer], strands: list[Strand]) -> list[Offer]:
    """Return offers in the order of their strands, each story once, with mixed groups by votes."""
    votes = Counter((strands[offer.strand].group, offer.pk) for offer in offers)
    seen: set[int] = set()
    ordered = []
    for offer in sorted(offers, key=lambda offer: (*standing(offer, strands, votes), *offer.order)):
        if offer.pk not in seen:
            seen.add(offer.pk)
            ordered.append(offer)
    return ordered


def standing(offer: Offer, strands: list[Strand], votes: Counter) -> tuple:
    """Return the sort key of an offer before its own order: group, votes in a mixed group, or the strand."""
    group = strands[offer.strand].group
    return (group, -votes[group, offer.pk], 0) if group else (0, 0, offer.strand)


def load(keys: set[int]) -> dict[int, Article]:
    """Return the stories with these keys as lists show them: one query."""
    if not keys:
        return {}
    return {story.pk: story for story in Article.objects.public().for_listing().filter(pk__in=keys)}
