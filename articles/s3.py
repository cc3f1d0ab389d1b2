"""Photos in a store that speaks S3. Needs django-storages and boto3 (``requirements-prod.txt``).

An object appears under its name whole or not at all; that is what the protocol promises.
"""

import logging
import posixpath
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from urllib.error import HTTPError
from urllib.request import urlopen

from boto3.exceptions import Boto3Error
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from django.core.files.base import ContentFile
from django.utils.encoding import filepath_to_uri
from django.utils.translation import gettext as _
from storages.backends.s3 import S3Storage

from .storages import NoAddress, StoreUnavailable, type_of

# Seconds to wait for the store before an upload fails, so that one that is down does not hold every thread.
CONNECT_TIMEOUT = 5
READ_TIMEOUT = 30
FOR_EVER = "public, max-age=31536000, immutable"

log = logging.getLogger(__name__)


@contextmanager
def in_our_words() -> Iterator[None]:
    """Turn the errors of the client library into ``StoreUnavailable``, which is an OSError as of a disk.

    What it says is for the person who uploads a photo; what is for the operator stands in the log.
    """
    try:
        yield
    except ClientError as error:
        log.error("The store of photos refused: %s", error)
        raise StoreUnavailable(_("the store of photos refuses it")) from error
    except (BotoCoreError, Boto3Error) as error:
        log.error("The store of photos cannot be used: %s", error)
        raise StoreUnavailable(_("the store of photos does not answer")) from error


class ObjectStorage(S3Storage):
    """What both stores share: patience, addressing, and errors that name what is wrong."""

    def __init__(self, *, addressing: str = "path", **options) -> None:
        config = Config(
            s3={"addressing_style": addressing},
            signature_version="s3v4",
            connect_timeout=CONNECT_TIMEOUT,
            read_timeout=READ_TIMEOUT,
            retries={"mode": "standard", "total_max_attempts": 2},
            # Stores other than Amazon's often do not know the checksums that are sent otherwise.
            request_checksum_calculation="when_required",
            response_checksum_validation="when_required",
        )
        super().__init__(client_config=config, querystring_auth=False, **options)

    def _save(self, name, content) -> str:
        with in_our_words():
            return super()._save(name, content)

    def _open(self, name, mode="rb"):
        with in_our_words():
            file = super()._open(name, mode)
            # Fetched now: an error in the middle of an answer could not be told to anybody.
            file.file  # noqa: B018
            return file

    def delete(self, name) -> None:
        with in_our_words():
            super().delete(name)

    def exists(self, name) -> bool:
        with in_our_words():
            return super().exists(name)

    def size(self, name) -> int:
        with in_our_words():
            return super().size(name)

    def listdir(self, name) -> tuple[list[str], list[str]]:
        with in_our_words():
            return super().listdir(name)

    def get_modified_time(self, name):
        with in_our_words():
            return super().get_modified_time(name)

    def names(self, prefix: str = "") -> Iterator[str]:
        """Yield the names of all objects that begin with ``prefix``."""
        inside = f"{self.location.strip('/')}/" if self.location else ""
        with in_our_words():
            for found in self.bucket.objects.filter(Prefix=inside + prefix):
                yield found.key.removeprefix(inside)

    def leftovers(self, older_than: timedelta) -> Iterator[str]:
        """Yield nothing: what was not finished has no name here (a rule of the bucket takes it away)."""
        yield from ()

    def exposed(self) -> bool:
        """Say whether a stranger can read what is stored here: writes a small object and asks without a key for it.

        Raises ``StoreUnavailable``.
        """
        name = self.save(f"probe-{secrets.token_hex(8)}", ContentFile(b"May this be read by everybody?"))
        try:
            return any(is_readable(address) for address in self._addresses(name))
        finally:
            self.delete(name)

    def _addresses(self, name: str) -> list[str]:
        """Return where a stranger would look for the object: at the store and at the public address."""
        key = self._normalize_name(name)
        plain = self.unsigned_connection.meta.client.generate_presigned_url(
            "get_object", Params={"Bucket": self.bucket_name, "Key": key}
        )
        public = f"{self.url_protocol}//{self.custom_domain}/{filepath_to_uri(key)}"
        return [plain, public] if self.custom_domain else [plain]


def is_readable(address: str) -> bool:
    """Say whether ``address`` answers with a page; raise ``StoreUnavailable`` when nobody answers."""
    try:
        with urlopen(address, timeout=CONNECT_TIMEOUT):  # noqa: S310  (an address of the settings: http or https)
            return True
    except HTTPError:
        return False
    except OSError as error:
        raise StoreUnavailable(f"{address} cannot be asked: {error}") from error


class PublicObjects(ObjectStorage):
    """Renditions: read by everybody at their public address, kept for ever, replaced by one of the same name."""

    def __init__(self, **options) -> None:
        super().__init__(file_overwrite=True, **options)

    def get_object_parameters(self, name: str) -> dict:
        """Return the headers that the store answers with; what is of no known type is never shown in a page."""
        kind = type_of(name)
        shown = {"ContentDisposition": "inline" if kind else "attachment"}
        return {"ContentType": kind or "application/octet-stream", "CacheControl": FOR_EVER} | shown


class PrivateObjects(ObjectStorage):
    """Originals: read by the newsroom alone, without an address, never replaced."""

    def __init__(self, **options) -> None:
        super().__init__(file_overwrite=False, **options)

    def get_available_name(self, name: str, max_length: int | None = None) -> str:
        """Return the name with a random part, so that two uploads at the same moment cannot meet."""
        root, ending = posixpath.splitext(name)
        return super().get_available_name(self.get_alternative_name(root, ending), max_length)

    def get_object_parameters(self, name: str) -> dict:
        """Return headers that let nothing run, should an original ever come before a browser."""
        return {
            "ContentType": "application/octet-stream",
            "ContentDisposition": "attachment",
            "CacheControl": "private, no-store",
        }

    def url(self, name, *arguments, **options):
        """Raise ``NoAddress``, as the folder of originals does."""
        raise NoAddress(name)
