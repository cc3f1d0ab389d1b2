"""The stories of the demonstration, written, submitted and approved like any other, then set back in time."""

import datetime
from itertools import groupby

from articles import actions
from articles.html import blocks, clean_body, figures, gathered, with_figures
from articles.models import Article, Byline, RelatedArticle, Reporter, Section, Series, StateChange
from articles.snapshots import Snapshot
from articles.states import AiUse, Origin, State

from .files import stories
from .rows import User

CHIEF = "editor-in-chief"
DESK = "desk"
WRITING_HOURS = 3
DESK_MINUTES = 35


def make_stories(run) -> int:
    """Make all stories with bylines, photos and tags in their states; then tie related ones."""
    keys = {}
    for stem, words in run.progress(stories().items(), len(stories())):
        article = make_story(run, stem, words)
        run.ledger.note("story", stem, article.pk)
        keys[stem] = article.pk
    links = [
        RelatedArticle(article_id=keys[stem], related_id=keys[other], order=order)
        for stem, words in stories().items()
        for order, other in enumerate(words["related"])
    ]
    RelatedArticle.objects.bulk_create(links)
    return len(keys)


def make_story(run, stem: str, words: dict) -> Article:
    """Make one story, take it to its state by the verbs and set its times."""
    article = write(run, words)
    move(run, article, words)
    set_times(run, article, stem, words)
    return actions.settle(article=article)


def write(run, words: dict) -> Article:
    """Write the story as a draft of its first reporter, or of the desk where that one has no account."""
    authors = [Reporter.objects.filter(slug=line.get("reporter", "")).first() for line in words["bylines"]]
    users = [author.user for author in authors if author and author.user]
    outside = words["origin"] in {Origin.AGENCY, Origin.REPRINT}
    keys = run.ledger.keys("photo")
    lead = next((used for used in words["photos"] if used.get("lead")), None)
    snapshot = Snapshot(
        headline=words["headline"],
        list_title=words["list_title"],
        deck=words["deck"],
        section=Section.objects.get(slug=words["section"]).pk,
        series=Series.objects.filter(slug=words["series"]).values_list("pk", flat=True).first(),
        origin=words["origin"],
        source=run.ledger.keys("source")[words["source"]] if outside else None,
        source_name="" if outside else words["source"],
        dateline=words["dateline"],
        ai_use=words.get("ai_use", AiUse.NONE.value),
        body=illustrated(words, keys),
        lead_photo=keys[lead["key"]] if lead else None,
        lead_caption=lead["caption"] if lead else "",
        bylines=[byline(line) for line in words["bylines"]],
        tags=words["tags"],
    )
    return actions.create(snapshot=snapshot, by=users[0] if users else account(DESK)).article


def illustrated(words: dict, keys: dict[str, int]) -> str:
    """Return the text with its photos as figures behind their paragraphs, at their width or in a gallery."""
    inside = [used for used in words["photos"] if not used.get("lead")]
    places = [(keys[used["key"]], used["caption"], used.get("after_paragraph")) for used in inside]
    body = with_figures(clean_body(words["body"]), places)
    for used in inside:
        start = f'<figure data-photo="{keys[used["key"]]}"'
        if "width" in used:
            body = body.replace(f"{start}>", f'{start} data-width="{used["width"]}">')
    together = {keys[used["key"]] for used in inside if used.get("gallery")}
    runs = groupby(blocks(body), lambda block: any(one.photo_id in together for one in figures(block)))
    return "".join(gathered([*run]) if is_gallery else "".join(run) for is_gallery, run in runs)


def byline(line: dict) -> dict:
    """Return a line of a file as a snapshot names it."""
    return {
        "reporter": Reporter.objects.get(slug=line["reporter"]).pk if "reporter" in line else None,
        "guest_name": line.get("guest", ""),
        "guest_title": line.get("guest_title", ""),
        "role": line.get("role", Byline.Role.WRITER.value),
    }


def move(run, article: Article, words: dict) -> None:
    """Take the story to its state by the verbs of the desk. What the head of the desk writes, the chief approves."""
    state, desk, chief = words["state"], account(DESK), account(CHIEF)
    if state == State.DRAFT:
        return
    actions.submit(article=article, by=article.created_by)
    if state in {State.APPROVED, State.WITHDRAWN}:
        ahead = run.clock.ago(words["hours_ago"]) if words["hours_ago"] < 0 else None
        by = chief if article.created_by_id == desk.pk else desk
        actions.approve(article=article, by=by, published_at=ahead)
    if state == State.RETURNED:
        actions.return_(article=article, by=chief, reason=words["return_reason"])
    if state == State.HELD:
        actions.hold(article=article, by=desk)
    if state == State.WITHDRAWN:
        actions.withdraw(article=article, by=chief, reason=words["withdraw_reason"])


def set_times(run, article: Article, stem: str, words: dict) -> None:
    """Set the story back to its age: its own times and those of its log."""
    done = run.clock.ago(max(words["hours_ago"], 0.3), stem)
    submitted = done - datetime.timedelta(minutes=DESK_MINUTES)
    article.created_at = submitted - datetime.timedelta(hours=WRITING_HOURS)
    article.saved_at = done
    if article.submitted_at:
        article.submitted_at = done if words["state"] == State.SUBMITTED else submitted
    if article.approved_at:
        article.approved_at = done
        article.published_at = done if words["hours_ago"] > 0 else run.clock.ago(words["hours_ago"])
    article.save(update_fields=["created_at", "saved_at", "submitted_at", "approved_at", "published_at"])
    for revision in article.revisions.all():
        revision.at = article.created_at
        article.revisions.filter(pk=revision.pk).update(at=revision.at, digest=revision.seal())
    log = StateChange.objects.filter(article=article)
    log.filter(verb="submit").update(at=article.submitted_at)
    log.exclude(verb="submit").update(at=done)
    # A story that was taken down had been read for a while.
    log.filter(verb="withdraw").update(at=done + datetime.timedelta(hours=WRITING_HOURS))


def account(name: str):
    """Return the staff account ``name``."""
    return User.objects.get(username=name)
