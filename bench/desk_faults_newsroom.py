"""For ``desk_faults.py`` and ``photo_faults.py``: a second person, and what is stored.

Prepares the database, saves as somebody else, expires sessions, reads rows and files.

Reads lines ``[what, arguments]`` and answers each with a line, all JSON.
"""

import hashlib
import json
import os
import random
import secrets
import sys
from dataclasses import replace

import django

django.setup()

from django.conf import settings  # noqa: E402  (after django.setup)
from django.contrib.auth import get_user_model  # noqa: E402
from django.contrib.sessions.models import Session  # noqa: E402
from django.core.management import call_command  # noqa: E402

from articles import actions  # noqa: E402
from articles.models import Article, Photo, Revision, Section, WorkingCopy  # noqa: E402
from articles.models.revision import broken_link  # noqa: E402
from articles.snapshots import Snapshot  # noqa: E402


def prepare(desks: int) -> list[dict]:
    """Make the database, an account for each desk and one for a second person; return the desks' accounts."""
    call_command("migrate", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    Section.objects.create(name="사회", slug="society")
    people = get_user_model()
    people.objects.create_superuser("rival", password=secrets.token_urlsafe())
    accounts = []
    for number in range(desks):
        name, password = f"desk-{number}", secrets.token_urlsafe()
        people.objects.create_superuser(name, password=password, last_name="김", first_name=f"기자{number}")
        accounts.append({"name": name, "password": password})
    return accounts


def begin(name: str) -> int:
    """Make a draft of an account and return its key."""
    user = get_user_model().objects.get(username=name)
    body = "".join(f"<p>{number}번째 문단은 처음부터 여기 있었다.</p>" for number in range(1, 9))
    return actions.create(snapshot=Snapshot(headline="처음 제목", body=body), by=user).article.pk


def rival(story: int) -> int:
    """Save a story as the second person, another paragraph changed; return its version."""
    article = Article.objects.get(pk=story)
    now = actions.newest(article)
    paragraph = f"<p>둘째 사람이 쓴 문단 {random.randrange(10**6)}.</p>"
    user = get_user_model().objects.get(username="rival")
    actions.save(
        article=article, snapshot=replace(now, body=paragraph + now.body), by=user, based_on=article.version
    )
    return article.version


def expire(name: str) -> int:
    """Delete the sessions of an account; return how many there were."""
    user = str(get_user_model().objects.get(username=name).pk)
    keys = [row.pk for row in Session.objects.all() if row.get_decoded().get("_auth_user_id") == user]
    return Session.objects.filter(pk__in=keys).delete()[0]


def words(story: int | None, name: str) -> str:
    """Return all that the newest revision of a story says; without one, of the newest story of the account.

    A tab that is closed behind the Save button does not know yet what its new story is called.
    """
    if story is None:
        story = (
            Article.objects.filter(created_by__username=name)
            .order_by("-pk")
            .values_list("pk", flat=True)
            .first()
        )
    last = Revision.objects.filter(article=story).order_by("-number").first()
    return json.dumps(last.content, ensure_ascii=False, default=str) if last else ""


def copies(name: str) -> list:
    """Return what the server has of the windows of an account, the newest first."""
    rows = WorkingCopy.objects.filter(by__username=name).order_by("-saved_at")[:5]
    return [[str(row.key), row.article_id, row.sequence, row.stored_as, row.data] for row in rows]


def photos() -> int:
    """Return how many photos there are."""
    return Photo.objects.count()


def wrong_originals(marks: dict[str, str]) -> list[str]:
    """Return the keys of the photos whose original is not, byte by byte, the file of that SHA-256."""
    rows = Photo.objects.in_bulk(map(int, marks))
    return [key for key, mark in marks.items() if int(key) not in rows or sha256(rows[int(key)]) != mark]


def sha256(photo: Photo) -> str:
    """Return the SHA-256 of a photo's original."""
    with photo.file.open() as file:
        return hashlib.sha256(file.read()).hexdigest()


def digests() -> dict[str, str]:
    """Return the seal of every revision by «story/number», and under «broken» the chains that do not hold."""
    found, broken = {}, []
    for story in Article.objects.order_by("pk"):
        revisions = list(story.revisions.order_by("number"))
        found |= {str(revision): revision.digest for revision in revisions}
        if broken_link(revisions):
            broken.append(str(story.pk))
    return found | {"broken": " ".join(broken)}


DOES = {
    "prepare": prepare,
    "begin": begin,
    "rival": rival,
    "expire": expire,
    "words": words,
    "copies": copies,
    "photos": photos,
    "wrong_originals": wrong_originals,
    "digests": digests,
}


def main() -> None:
    """Answer until there is nothing more to read."""
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "w")
    # What commands print is no answer.
    sys.stdout = sys.stderr
    os.makedirs(settings.STATIC_ROOT, exist_ok=True)
    for line in sys.stdin:
        what, arguments = json.loads(line)
        answers.write(json.dumps(DOES[what](**arguments)) + "\n")
        answers.flush()


if __name__ == "__main__":
    main()
