"""System checks of the installation."""

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.checks import CheckMessage, Error, Info
from django.core.files.storage import storages
from django.db import DatabaseError, transaction

from articles.storages import StoreUnavailable


def demonstration_accounts(app_configs=None, **kwargs) -> list[CheckMessage]:
    """Refuse accounts of the demonstration in a newsroom that is public: their password is in the README."""
    if settings.DEMONSTRATION:
        return []
    users = get_user_model().objects
    try:
        with transaction.atomic():
            names = list(
                users.filter(is_demonstration=True).order_by("pk").values_list("username", flat=True)[:20]
            )
    except DatabaseError:
        return [
            Info(
                "The database could not be asked for accounts of the demonstration.",
                hint="Run the check again once it is reachable and migrated.",
                id="newsroom_ops.I001",
            )
        ]
    if not names:
        return []
    return [
        Error(
            f"Accounts of the demonstration exist here: {', '.join(names)}.",
            hint="They cannot sign in under these settings. Delete them, or begin with an empty database.",
            id="newsroom_ops.E001",
        )
    ]


def private_originals(app_configs=None, **kwargs) -> list[CheckMessage]:
    """Refuse a store whose originals strangers can read: they carry what the camera wrote, and where."""
    try:
        is_exposed = storages["originals"].exposed()
    except StoreUnavailable as error:
        return [
            Error(
                f"The originals of photos cannot be stored: {error}.",
                hint="Compare MEDIA_STORAGE with address, buckets and rights of the key; the log says more.",
                id="newsroom_ops.E003",
            )
        ]
    if not is_exposed:
        return []
    return [
        Error(
            "Everybody can read the originals of photos, which carry places and serial numbers.",
            hint="Close the bucket or its part «originals» to the public, in the CDN as well (see MEDIA_STORAGE).",
            id="newsroom_ops.E002",
        )
    ]
