"""Makes the renditions that photos lack, or all of them anew."""

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from articles.errors import PhotoFileError
from articles.images import make_first, make_further
from articles.models import Photo
from articles.models.photo import RECIPE

FIELDS = ["digest", "width", "height", "fingerprint", "placeholder", "recipe", "crop_point"]


class Command(BaseCommand):
    """Works through the photos by key; it may be stopped at any time and goes on where it was."""

    help = "Makes the renditions that photos lack (after an import, a lost disk, a new recipe); --all makes all anew."

    def add_arguments(self, parser) -> None:
        parser.add_argument("--all", action="store_true", help="also photos that have everything")
        parser.add_argument("--after", type=int, default=0, metavar="KEY", help="begin behind the photo KEY")

    def handle(self, *args, **options) -> None:
        photos = Photo.objects.filter(pk__gt=options["after"])
        photos = photos if options["all"] else photos.lacking(RECIPE)
        keys = list(photos.order_by("pk").values_list("pk", flat=True))
        failed = 0
        for number, key in enumerate(keys, start=1):
            failed += not self.make(key)
            if self.stdout.isatty() or number % 100 == 0 or number == len(keys):
                self.stdout.write(
                    f"\r{number:,} / {len(keys):,} (--after {key})",
                    ending="" if self.stdout.isatty() else "\n",
                )
        if failed:
            raise CommandError(_("%(count)d photos could not be made.") % {"count": failed})
        self.stdout.write(_("All renditions are there."))

    def make(self, key: int) -> bool:
        """Make all renditions of a photo; return whether that could be done."""
        photo = Photo.objects.select_related("photographer").filter(pk=key).first()
        if photo is None or photo.is_over():
            return True
        try:
            make_first(photo)
            make_further(photo)
        except PhotoFileError as error:
            self.stderr.write(f"{key} {photo.file.name}: {' '.join(error.messages)}")
            return False
        Photo.objects.filter(pk=key).update(**{name: getattr(photo, name) for name in FIELDS})
        return True
