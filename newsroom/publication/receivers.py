"""What the newspaper adds to what happens on the ground floor."""

from articles.models import Photo
from articles.models.photo import Licence
from articles.signals import photo_arrived

from .models import Publication


def connect() -> None:
    """Connect the receivers."""
    photo_arrived.connect(name_the_owner, dispatch_uid="publication.copyright")


def name_the_owner(sender: type[Photo], photo: Photo, **kwargs) -> None:
    """Put the paper's own copyright notice on its own photos where nobody has given one."""
    if photo.licence == Licence.OWN and not photo.copyright and not photo.credit:
        name = Publication.objects.filter(pk=1).values_list("name", flat=True).first()
        photo.copyright = f"ⓒ {name}" if name else ""
