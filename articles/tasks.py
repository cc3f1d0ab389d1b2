"""What is done behind a request: at once where there is no worker, else by ``manage.py db_worker``."""

from django_tasks import task

from .images import make_further, make_missing, remove, write_rights
from .models import Photo


@task()
def finish_photo(photo_id: int) -> None:
    """Make the renditions that a photo lacks; take all away of one whose right has ended.

    Doing it twice does no harm. A photo that was deleted meanwhile is passed over.
    """
    photo = Photo.objects.select_related("photographer").filter(pk=photo_id).first()
    if photo is None:
        return
    if photo.is_over():
        remove(photo)
        photo.recipe, photo.crop_point = 0, ""
    else:
        make_missing(photo)
        make_further(photo)
    Photo.objects.filter(
        pk=photo_id, digest=photo.digest, focal_x=photo.focal_x, focal_y=photo.focal_y
    ).update(recipe=photo.recipe, crop_point=photo.crop_point)


@task()
def stamp_photo(photo_id: int) -> None:
    """Write credit and copyright of a photo into the renditions that there are."""
    photo = Photo.objects.select_related("photographer").filter(pk=photo_id).first()
    if photo is not None:
        write_rights(photo)
