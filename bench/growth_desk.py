"""The desk of a paper for ``growth.py``: what years of work leave behind, and what a day of it looks like.

    python -m bench.growth_desk     fills the database of DATABASE_URL; goes on where it was stopped

What years leave grows with the archive: ten versions of every story with real seals, what was done to it, notes,
notices, saved working copies, assignments, photos. What waits today is the same in every paper, so that pages of
a large and of a small one show as much.
"""

import datetime
import itertools
import random
import time
from dataclasses import replace

import django

django.setup()

from django.apps import apps  # noqa: E402  (after django.setup)
from django.contrib.auth.models import Group  # noqa: E402
from django.db import connection, transaction  # noqa: E402
from django.db.models import F  # noqa: E402
from django.utils import timezone  # noqa: E402

from articles.models import (  # noqa: E402
    Article,
    Byline,
    Photo,
    Reporter,
    Revision,
    ScheduledChange,
    Section,
    SectionDuty,
    StateChange,
    TaggedArticle,
    WorkingCopy,
)
from articles.models.precheck import TextMark  # noqa: E402
from articles.prechecks.loading import remember  # noqa: E402
from articles.snapshots import Snapshot  # noqa: E402
from articles.states import State  # noqa: E402
from newsroom.ops.demo.rows import User  # noqa: E402

Note = apps.get_model("newsroom_notices", "Note")
Notice = apps.get_model("newsroom_notices", "Notice")
Assignment = apps.get_model("newsroom_planning", "Assignment")

BATCH = 2_000
VERSIONS, LONG = 10, 500
WORDS = 150  # characters of the text in a version of the archive
# What waits today, in every paper.
DRAFTS, RETURNED, WAITING, CHANGED, AHEAD, LATER, PUBLIC = 40, 10, 60, 30, 15, 15, 60
UNREAD, UNSAVED, PLANNED = 40, 5, 60
BYLINES = 12
SECTION, SECTION_DESK = "society", "section-desk"
# The stories of the archive are older.
YOUNGEST = datetime.timedelta(days=50)
MARKED = "Growth: "
HOUR = datetime.timedelta(hours=1)


class Material:
    """People and words that everything is made of, always the same."""

    def __init__(self) -> None:
        self.chance = random.Random(2026)
        self.now = timezone.now()
        self.staff = list(User.objects.filter(is_staff=True).order_by("pk"))
        self.chief = User.objects.get(username="editor-in-chief")
        self.writer = User.objects.get(username="reporter")
        self.reporters = list(Reporter.objects.filter(is_active=True).order_by("pk"))
        self.section = Section.objects.get(slug=SECTION)
        self.archive = Article.objects.filter(saved_at__lt=self.now - YOUNGEST)


def fill() -> None:
    """Bring the paper's desk to its size; what is there is not made again."""
    begun = time.monotonic()
    section_desk()
    for step in (publish_archive, add_photos, add_versions, add_traces, add_today):
        step(Material())
        print(f"  {step.__name__}: {time.monotonic() - begun:.0f} s", flush=True)
    if connection.vendor == "postgresql":  # its planner knows nothing of rows that have just come in bulk
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


def section_desk() -> None:
    """Make the account of somebody who answers for one section."""
    user, new = User.objects.get_or_create(username=SECTION_DESK, defaults={"is_staff": True})
    if new:
        user.groups.add(Group.objects.get(name="desk"))
        SectionDuty.objects.create(user=user, section=Section.objects.get(slug=SECTION))


def publish_archive(material: Material) -> None:
    """Leave nothing unfinished in the archive, where it would wait for years."""
    left = material.archive.filter(state__in=[State.DRAFT, State.SUBMITTED, State.HELD], approved_at=None)
    left = left.exclude(section=None).filter(revisions=None)
    keys = list(left.values_list("pk", flat=True))
    for model, name in ((Byline, "article"), (TaggedArticle, "content_object")):
        for row in model.objects.filter(**{f"{name}__in": keys}).select_related(name):
            model.objects.filter(pk=row.pk).update(published_at=getattr(row, name).saved_at)
    Article.objects.filter(pk__in=keys).update(
        state=State.APPROVED,
        approved_at=F("saved_at"),
        published_at=F("saved_at"),
        submitted_at=F("saved_at"),
    )


def add_photos(material: Material) -> None:
    """Give the library a photo for every second story, by the files of the demonstration."""
    models = list(Photo.objects.order_by("pk")[:60])
    missing = Article.objects.count() // 2 - Photo.objects.count()
    years = datetime.timedelta(days=365 * 8)
    for first in range(0, max(0, missing), BATCH):
        Photo.objects.bulk_create(
            copied(models[number % len(models)], material.now - YOUNGEST - years * number / missing)
            for number in range(first, min(first + BATCH, missing))
        )


def copied(photo: Photo, at: datetime.datetime) -> Photo:
    """Return a new photo with the words and the file of another."""
    values = {field.attname: getattr(photo, field.attname) for field in Photo._meta.concrete_fields}
    return Photo(**values | {"id": None, "created_at": at})


def add_versions(material: Material) -> None:
    """Give the stories of the archive ten versions each, in batches of one transaction."""
    bare = material.archive.filter(revisions=None).order_by("pk")
    while True:
        with transaction.atomic():
            stories = list(bare.defer("body").prefetch_related("bylines")[:BATCH])
            if not stories:
                break
            Revision.objects.bulk_create(
                revision for story in stories for revision in compact(story, material.staff)
            )
            keys = [story.pk for story in stories]
            Article.objects.filter(pk__in=keys).update(
                version=VERSIONS, approved_version=VERSIONS, deadline=F("saved_at")
            )


def compact(story: Article, staff: list) -> list[Revision]:
    """Return the versions of a story of the archive, with the beginning of its text."""
    content = Snapshot(
        kicker=story.kicker, headline=story.headline, list_title=story.list_title, deck=story.deck,
        section=story.section_id, series=story.series_id, origin=story.origin, source_name=story.source_name,
        published_at=story.published_at, lead_photo=story.lead_photo_id, tags=story.tag_list,
        bylines=[{"reporter": row.reporter_id, "guest_name": "", "guest_title": "", "role": row.role}
                 for row in story.bylines.all()],
    ).as_json()  # fmt: skip
    words = story.excerpt
    texts = (f"<p>{words[: WORDS * number // VERSIONS]}</p>" for number in range(1, VERSIONS + 1))
    return chain(story, [content | {"body": text} for text in texts], staff)


def chain(story: Article, contents: list[dict], staff: list, *, first: int = 1, previous: str = "") -> list:
    """Return sealed versions of a story, one for each of ``contents``, each an hour younger."""
    revisions = []
    for number, content in enumerate(contents, start=first):
        at = story.saved_at - HOUR * (len(contents) - number + first - 1) / 4
        revision = Revision(
            article=story, number=number, content=content, by=staff[number % len(staff)], at=at,
            based_on=number - 1 or None, previous_digest=previous,
        )  # fmt: skip
        revision.digest = previous = revision.seal()
        revisions.append(revision)
    return revisions


def add_traces(material: Material) -> None:
    """Leave what every story of the archive left: log, notes, notices, working copies, assignments, marks."""
    bare = material.archive.filter(state_changes=None, approved_at__isnull=False).order_by("pk")
    turns = itertools.count()
    while True:
        with transaction.atomic():
            stories = list(bare.only("headline", "saved_at", "section", "state", "version")[:BATCH])
            if not stories:
                break
            for story in stories:
                story.turn = next(turns)
            for model, made in TRACES.items():
                model.objects.bulk_create(row for story in stories for row in made(material, story))
            add_assignments(material, stories)


def log_of(material: Material, story: Article):
    """Yield what was done to a story."""
    for verb, before, after in (("submit", State.DRAFT, State.SUBMITTED), ("return", State.SUBMITTED, State.RETURNED),
                                ("approve", State.SUBMITTED, State.APPROVED)):  # fmt: skip
        reason = "둘째 문단의 날짜를 확인해 주세요." if verb == "return" else ""
        yield StateChange(article=story, verb=verb, from_state=before, to_state=after, by=material.chief,
                          at=story.saved_at, reason=reason, version=story.version)  # fmt: skip


def notes_of(material: Material, story: Article):
    """Yield a note on every second story."""
    if story.turn % 2:
        yield Note(
            article=story, by=person(material, story), at=story.saved_at, text="사진 설명을 봐 주세요."
        )


def notices_of(material: Material, story: Article):
    """Yield three notices, long read."""
    for number in range(3):
        user = material.staff[(story.turn + number) % len(material.staff)]
        yield Notice(user=user, article=story, kind="approved", subject=story.headline, by=material.chief,
                     address="/admin/", at=story.saved_at, read_at=story.saved_at)  # fmt: skip


def copies_of(material: Material, story: Article):
    """Yield a saved working copy of every fifth story."""
    if story.turn % 5 == 0:
        yield WorkingCopy(article=story, by=person(material, story), sequence=9, saved_at=story.saved_at, stored_as=9,
                          seen_at=story.saved_at, data={"headline": [story.headline]})  # fmt: skip


def marks_of(material: Material, story: Article):
    """Yield the marks of every tenth story, as if it were of these weeks: a national paper has thousands."""
    if story.turn % 10 == 0:
        for mark in {material.chance.randrange(2**29) * 8 for _ in range(40)}:
            yield TextMark(article=story, mark=mark, at=material.now - HOUR)


TRACES = {
    StateChange: log_of,
    Note: notes_of,
    Notice: notices_of,
    WorkingCopy: copies_of,
    TextMark: marks_of,
}


def person(material: Material, story: Article):
    """Return one of the staff."""
    return material.staff[story.turn % len(material.staff)]


def add_assignments(material: Material, stories: list[Article]) -> None:
    """Let every fifth story have come from an assignment."""
    rows = [
        Assignment(what=story.headline, section_id=story.section_id, starts_at=story.saved_at, state="done",
                   deadline=story.saved_at, article=story, created_by=material.chief, created_at=story.saved_at)
        for story in stories
        if story.turn % 5 == 0
    ]  # fmt: skip
    Assignment.objects.bulk_create(rows)
    Given = Assignment.assignees.through
    Given.objects.bulk_create(
        Given(assignment=row, user=material.staff[number % len(material.staff)])
        for number, row in enumerate(rows)
    )


@transaction.atomic
def add_today(material: Material) -> None:
    """Make what the desk works on now, the same in every paper."""
    if Article.objects.filter(headline__startswith=MARKED).exists():
        return
    soon, ago = material.now + HOUR * 8, material.now - HOUR
    kinds = {
        "public": (PUBLIC, {"origin": "release", "source_name": "새여울군청"}),
        State.DRAFT: (DRAFTS, {"deadline": soon}),
        State.RETURNED: (RETURNED, {"submitted_at": ago, "deadline": ago}),
        State.SUBMITTED: (WAITING, {"submitted_at": ago, "deadline": ago}),
        "ahead": (AHEAD, {"published_at": soon}),
        "changed": (CHANGED, {"change_state": State.SUBMITTED, "change_submitted_at": ago, "version": VERSIONS + 1}),
        "later": (LATER, {"version": VERSIONS + 1}),
    }  # fmt: skip
    # Full ones: a photo, tags and a text like those that readers get.
    models = Article.objects.public().filter(lead_photo__isnull=False).exclude(tag_names="")
    models = list(models.exclude(section=None).order_by("pk")[:20])
    for kind, (many, values) in kinds.items():
        for number in range(many):
            add_story(material, models[number % len(models)], kind, number, values)
    add_long_story(material, models[0])
    add_waiting_rows(material)


def add_story(material: Material, model: Article, kind: str, number: int, values: dict) -> Article:
    """Add a story of today with its versions, modelled on another one.

    What is public, and every second of the others, is the writer's, in the section that has a desk of its own.
    """
    at, filtered = material.now - HOUR * (number + 2) / 2, kind == "public" or number % 2
    fields = {"origin": model.origin, "version": VERSIONS, "state": kind}
    if kind not in State.values:
        fields |= {
            "state": State.APPROVED,
            "approved_at": at,
            "published_at": at,
            "approved_version": VERSIONS,
        }
    story = Article.objects.create(
        headline=f"{MARKED}{kind} {number}", body=model.body, section=material.section if filtered else model.section,
        lead_photo_id=model.lead_photo_id, tag_names=model.tag_names, created_by=material.writer, created_at=at,
        saved_at=at, **fields | values,
    )  # fmt: skip
    people = [material.writer.reporter] if filtered else []
    people += [row for row in material.reporters if row not in people]
    for order in range(BYLINES if values.get("version") == LONG else 2):
        Byline.objects.create(
            article=story, reporter=people[order], order=order, published_at=story.published_at
        )
    add_full_versions(material, story, story.version)
    if kind == "later":
        ScheduledChange.objects.create(article=story, version=story.version, at=material.now + HOUR * (number + 20),
                                       kind="update")  # fmt: skip
    StateChange.objects.create(article=story, verb="return", from_state="submitted", to_state="returned",
                               by=material.chief, at=at, reason="날짜를 확인해 주세요.")  # fmt: skip
    return story


def add_full_versions(material: Material, story: Article, many: int) -> None:
    """Store versions of a story with its whole text, a sentence more in each."""
    now = Snapshot.of(story)
    texts = (f"{now.body}<p>{number}번째로 고쳐 쓴 문장이다.</p>" for number in range(1, many))
    contents = [replace(now, body=text).as_json() for text in texts]
    # A change is the newest version, the row an older one.
    Revision.objects.bulk_create(chain(story, [now.as_json(), *contents], material.staff))


def add_long_story(material: Material, model: Article) -> None:
    """Add the public story with five hundred versions and a change that waits."""
    values = {"change_state": State.DRAFT, "version": LONG, "approved_version": LONG - 1}
    story = add_story(material, model, "changed", 0, values)
    Article.objects.filter(pk=story.pk).update(headline=f"{MARKED}long")
    Note.objects.bulk_create(
        Note(article=story, by=person_of(material, n), text=f"메모 {n}") for n in range(30)
    )
    for other in Article.objects.filter(headline__startswith=f"{MARKED}changed")[:3]:
        remember(other)


def person_of(material: Material, number: int):
    """Return one of the staff."""
    return material.staff[number % len(material.staff)]


def add_waiting_rows(material: Material) -> None:
    """Add what waits for each of the staff: unread notices, words that were never saved, assignments."""
    stories = list(Article.objects.filter(headline__startswith=MARKED).order_by("pk")[:UNREAD])
    Notice.objects.bulk_create(
        Notice(user=user, article=story, kind="note", subject=story.headline, words="봐 주세요.", address="/admin/",
               by=material.chief)
        for user in material.staff
        for story in stories
    )  # fmt: skip
    WorkingCopy.objects.bulk_create(
        WorkingCopy(
            article=story, by=user, sequence=3, data={"headline": [story.headline], "body": [story.body]}
        )
        for user in material.staff
        for story in stories[:UNSAVED]
    )
    Assignment.objects.bulk_create(
        Assignment(what=f"{MARKED}{number}", starts_at=material.now + HOUR * number, created_by=material.chief,
                   deadline=material.now + HOUR * (number + 30))
        for number in range(PLANNED)
    )  # fmt: skip


if __name__ == "__main__":
    fill()
