"""``manage.py verify_revisions``: are all versions of all stories there, and as they were saved?"""

from itertools import groupby

from django.core.management.base import BaseCommand, CommandError

from ...models import Article, Revision
from ...models.revision import broken_link

BATCH = 500


class Command(BaseCommand):
    """Reads every version once, a few hundred at a time, and changes nothing."""

    help = "Check the seals of all saved versions; names the first broken one of each story and ends with 1."

    def handle(self, *args, **options) -> None:
        rows = Revision.objects.order_by("article_id", "number").iterator(chunk_size=BATCH)
        broken, checked = [], 0
        for key, chain in groupby(rows, key=lambda revision: revision.article_id):
            revisions = list(chain)
            checked += len(revisions)
            found = broken_link(revisions)
            newest = Article.objects.values_list("version", flat=True).get(pk=key)
            if found is not None:
                broken.append(f"story {key}: version {found.number} is not as it was saved")
            elif revisions[-1].number != newest:
                broken.append(f"story {key}: version {newest} is missing")
        if broken:
            raise CommandError("\n".join(broken))
        self.stdout.write(f"{checked} versions are as they were saved.")
