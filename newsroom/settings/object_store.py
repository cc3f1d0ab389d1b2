"""What MEDIA_STORAGE says about an object store; no secret of it is ever repeated in an error."""

import importlib.util
import re
from dataclasses import dataclass, field
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

BUCKET = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{1,61}[A-Za-z0-9]")
HOST = re.compile(r"[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*")
REGION = re.compile(r"[A-Za-z0-9-]+")
PUBLIC_PATH = re.compile(r"(/[A-Za-z0-9._~-]+)*/?")
CHOICES = {"scheme": ("https", "http"), "addressing": ("path", "virtual"), "acl": ("true", "false")}
OPTIONS = {"region", "public_url", "originals", *CHOICES}
# Where the originals are when they share the bucket.
FOLDER = "originals"
FORM = "s3://KEY:SECRET@host:port/bucket?region=…&public_url=https://img.paper.example&originals=other-bucket"


def wrong(sentence: str) -> ImproperlyConfigured:
    """Return the error that says what is wrong with MEDIA_STORAGE, and how it is written."""
    return ImproperlyConfigured(f"MEDIA_STORAGE {sentence} It is written like {FORM} (see docs/settings.md).")


@dataclass(frozen=True)
class ObjectStore:
    """An S3-compatible store. Without ``key`` the client library looks for credentials in its usual places."""

    endpoint: str
    bucket: str
    public_url: str
    key: str = ""
    secret: str = field(default="", repr=False)
    region: str = ""
    originals: str = ""
    addressing: str = "path"
    acl: bool = True

    @property
    def origin(self) -> str:
        """Scheme, host and port that readers get photos from, as a Content-Security-Policy names them."""
        parts = urlsplit(self.public_url)
        return f"{parts.scheme}://{parts.netloc}"

    def stores(self) -> dict[str, dict]:
        """Return Django's settings for the stores of renditions and originals."""
        common = {"endpoint_url": self.endpoint, "addressing": self.addressing}
        if self.key:
            common |= {"access_key": self.key, "secret_key": self.secret}
        if self.region:
            common["region_name"] = self.region
        scheme, _, place = self.public_url.partition("//")
        public = {"custom_domain": place, "url_protocol": scheme}
        shared = not self.originals
        return {
            "default": {
                "BACKEND": "articles.s3.PublicObjects",
                "OPTIONS": common
                | public
                | {"bucket_name": self.bucket, "default_acl": "public-read" if self.acl else None},
            },
            "originals": {
                "BACKEND": "articles.s3.PrivateObjects",
                "OPTIONS": common
                # The public address of a shared bucket, where originals must not be found (``exposed``).
                | (public | {"location": FOLDER} if shared else {})
                | {
                    "bucket_name": self.originals or self.bucket,
                    "default_acl": "private" if self.acl else None,
                },
            },
        }


def parse(url: str) -> ObjectStore:
    """Return the store that ``url`` describes; raise ImproperlyConfigured with a sentence for anything wrong."""
    parts = split(url)
    options = read_options(parts.query)
    key, secret = credentials(parts)
    bucket = parts.path.strip("/")
    if not BUCKET.fullmatch(bucket):
        raise wrong("must name one bucket after the host.")
    originals = options.get("originals", "")
    if originals and (not BUCKET.fullmatch(originals) or originals == bucket):
        raise wrong("must name another bucket as «originals», or none.")
    acl = options.get("acl", "true") == "true"
    if not acl and not originals:
        raise wrong("needs a bucket for «originals» when «acl» is false, or everybody could read them.")
    if not REGION.fullmatch(options.get("region", "any")):
        raise wrong("has a «region» that is no name of one.")
    need_packages()
    scheme, addressing = options.get("scheme", "https"), options.get("addressing", "path")
    host = parts.netloc.rpartition("@")[2]
    at_store = f"{scheme}://{bucket}.{host}" if addressing == "virtual" else f"{scheme}://{host}/{bucket}"
    return ObjectStore(
        endpoint=f"{scheme}://{host}",
        bucket=bucket,
        public_url=public_address(options["public_url"]) if "public_url" in options else at_store,
        key=key,
        secret=secret,
        region=options.get("region", ""),
        originals=originals,
        addressing=addressing,
        acl=acl,
    )


def split(url: str) -> SplitResult:
    """Return the parts of the URL; raise ImproperlyConfigured unless it names a host of the right kind."""
    if not url.startswith("s3://"):
        raise wrong("must be empty or begin with s3://.")
    hint = "must name a host after the credentials; write / + @ : # ? of a secret as %2F %2B %40 %3A %23 %3F."
    try:
        parts = urlsplit(url)
        parts.port  # noqa: B018  (read for its error)
    except ValueError:
        # Its words would show a part of the secret.
        raise wrong(hint) from None
    if not HOST.fullmatch(parts.hostname or "") or parts.fragment:
        raise wrong(hint)
    return parts


def credentials(parts: SplitResult) -> tuple[str, str]:
    """Return key and secret, both empty when none are given; raise ImproperlyConfigured for one of them alone."""
    key, secret = unquote(parts.username or ""), unquote(parts.password or "")
    if bool(key) != bool(secret):
        raise wrong("must hold both KEY and SECRET, or neither.")
    return key, secret


def read_options(query: str) -> dict[str, str]:
    """Return what stands after the question mark; raise ImproperlyConfigured for what is not known."""
    try:
        pairs = parse_qsl(query, keep_blank_values=True, strict_parsing=bool(query))
    except ValueError:
        raise wrong("must have options as name=value, joined by &.") from None
    names = [name for name, _ in pairs]
    if unknown := [name for name in names if name not in OPTIONS]:
        raise wrong(f"has no option «{unknown[0]}»; there are {', '.join(sorted(OPTIONS))}.")
    if len(set(names)) < len(names):
        raise wrong("has an option twice.")
    for name, value in pairs:
        if not value:
            raise wrong(f"has no value for «{name}».")
        if name in CHOICES and value not in CHOICES[name]:
            raise wrong(f"must have {' or '.join(CHOICES[name])} as «{name}».")
    return dict(pairs)


def public_address(url: str) -> str:
    """Return the address that readers get photos from, without a slash at its end; raise ImproperlyConfigured."""
    sentence = "must have an address like https://img.paper.example as «public_url»."
    try:
        parts = urlsplit(url)
        parts.port  # noqa: B018  (read for its error)
    except ValueError:
        raise wrong(sentence) from None
    plain = (
        parts.scheme in CHOICES["scheme"]
        and HOST.fullmatch(parts.hostname or "")
        and PUBLIC_PATH.fullmatch(parts.path)
        and not (parts.query or parts.fragment or "@" in parts.netloc)
    )
    if not plain:
        raise wrong(sentence)
    return url.rstrip("/")


def need_packages() -> None:
    """Raise ImproperlyConfigured where the packages for object stores are not installed."""
    if not (importlib.util.find_spec("storages") and importlib.util.find_spec("boto3")):
        raise ImproperlyConfigured(
            "MEDIA_STORAGE needs django-storages and boto3: python -m pip install -r requirements-prod.txt"
        )
