"""Photos in a store that speaks S3, over HTTP on the loopback: who reads what, and what happens when it is down."""

import http.client
import json
import logging
import socket
import urllib.request
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage, storages
from django.core.files.uploadedfile import SimpleUploadedFile

from articles import actions
from articles.errors import PhotoFileError
from articles.models import Photo
from articles.s3 import PrivateObjects, PublicObjects
from articles.storages import NoAddress, StoreUnavailable
from newsroom.ops.checks import private_originals
from newsroom.settings import env as environment

from . import s3
from .factories import picture_bytes

PUBLIC, PRIVATE = "paper-photos", "paper-originals"


@pytest.fixture(scope="module")
def server():
    """A running store."""
    with s3.running() as running:
        yield running


@pytest.fixture
def use(settings, monkeypatch):
    """A function that makes the newspaper keep its photos where MEDIA_STORAGE says."""

    def switch(value: str) -> None:
        monkeypatch.setenv("MEDIA_STORAGE", value)
        settings.STORAGES = settings.STORAGES | environment.object_store().stores()
        # The field asks for its store when the model is made, once for a process.
        monkeypatch.setattr(Photo._meta.get_field("file"), "storage", storages["originals"])

    return switch


@pytest.fixture
def buckets(server, use):
    """Two empty buckets that the newspaper uses; the client of their owner."""
    urllib.request.urlopen(
        urllib.request.Request(f"http://{server.host}/moto-api/reset", method="POST")
    ).close()
    client = server.client()
    for name in (PUBLIC, PRIVATE):
        client.create_bucket(Bucket=name)
    use(server.setting(PUBLIC, originals=PRIVATE))
    return client


def fetched(url: str) -> tuple[int, http.client.HTTPMessage, bytes]:
    """Ask as a reader does, without a key; return status, headers and content."""
    parts = urlsplit(url)
    connection = http.client.HTTPConnection(parts.netloc, timeout=10)
    connection.request("GET", parts.path)
    answer = connection.getresponse()
    result = answer.status, answer.headers, answer.read()
    connection.close()
    return result


def keys(client, bucket: str) -> list[str]:
    """Return the names of all objects in the bucket."""
    return [row["Key"] for row in client.list_objects_v2(Bucket=bucket).get("Contents", [])]


def open_to_all(client, bucket: str) -> None:
    """Give the bucket a policy that lets everybody read."""
    rule = {
        "Effect": "Allow",
        "Principal": "*",
        "Action": "s3:GetObject",
        "Resource": f"arn:aws:s3:::{bucket}/*",
    }
    policy = {"Version": "2012-10-17", "Statement": [rule]}
    client.put_bucket_policy(Bucket=bucket, Policy=json.dumps(policy))


def upload() -> Photo:
    file = SimpleUploadedFile("나루.jpg", picture_bytes((900, 600)), "image/jpeg")
    return actions.store_photo(photo=Photo(file=file, caption="나루"))


@pytest.mark.django_db
def test_readers_get_renditions_and_not_the_original(server, buckets):
    """Over plain HTTP: pictures with their type and for ever; the original is refused to everybody but the paper."""
    photo = upload()
    assert isinstance(storages["default"], PublicObjects) and isinstance(photo.file.storage, PrivateObjects)
    assert photo.url(400).startswith(f"http://{server.host}/{PUBLIC}/photos/")
    assert "?" not in photo.url(400)
    status, headers, content = fetched(photo.url(400))
    assert (status, headers["Content-Type"]) == (200, "image/jpeg")
    assert headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert content.startswith(b"\xff\xd8")
    [key] = keys(buckets, PRIVATE)
    assert key == photo.file.name and key.startswith("20") and key.endswith(".jpg")
    assert fetched(f"http://{server.host}/{PRIVATE}/{urllib.request.quote(key)}")[0] == 403
    with pytest.raises(NoAddress):
        photo.file.storage.url(photo.file.name)
    with Photo.objects.get().file.open() as file:
        assert file.read() == picture_bytes((900, 600))


@pytest.mark.django_db
def test_one_bucket_for_both(server, buckets, use):
    """The originals are a private part of it; with everything else the same."""
    use(server.setting(PUBLIC))
    photo = upload()
    [key] = [key for key in keys(buckets, PUBLIC) if not key.startswith("photos/")]
    assert key == f"originals/{photo.file.name}"
    assert fetched(f"http://{server.host}/{PUBLIC}/{urllib.request.quote(key)}")[0] == 403
    assert fetched(photo.url(800))[0] == 200
    assert list(storages["originals"].names()) == [photo.file.name]
    assert private_originals() == []


@pytest.mark.django_db
def test_without_access_lists_none_is_sent(server, buckets, use):
    """Where the policy of the bucket decides, the paper asks for nothing else; both are closed here."""
    use(server.setting(PUBLIC, originals=PRIVATE, acl="false"))
    photo = upload()
    assert fetched(photo.url(800))[0] == 403
    policy = {
        "Effect": "Allow",
        "Principal": "*",
        "Action": "s3:GetObject",
        "Resource": f"arn:aws:s3:::{PUBLIC}/*",
    }
    buckets.put_bucket_policy(
        Bucket=PUBLIC, Policy=json.dumps({"Version": "2012-10-17", "Statement": [policy]})
    )
    buckets.put_bucket_acl(Bucket=PUBLIC, ACL="public-read")
    assert fetched(photo.url(800))[0] == 200


def test_an_original_can_run_nowhere(buckets):
    """Whatever type the browser claimed for its upload, it is stored as bytes to be downloaded."""
    file = SimpleUploadedFile("page.html", b"<script>alert(1)</script>", "text/html")
    name = storages["originals"].save("2026/07/page.html", file)
    head = buckets.head_object(Bucket=PRIVATE, Key=name)
    assert head["ContentType"] == "application/octet-stream"
    assert head["ContentDisposition"] == "attachment"
    assert head["CacheControl"] == "private, no-store"


@pytest.mark.parametrize(
    ("name", "kind", "shown"),
    [
        ("x.avif", "image/avif", "inline"),
        ("x.MP4", "video/mp4", "inline"),
        ("x.vtt", "text/vtt; charset=utf-8", "inline"),
        ("x.svg", "application/octet-stream", "attachment"),
        ("x.html", "application/octet-stream", "attachment"),
        ("x", "application/octet-stream", "attachment"),
    ],
)
def test_types_of_public_files(buckets, name, kind, shown):
    """By their endings; what could run is never shown."""
    default_storage.save(name, ContentFile(b"x"))
    head = buckets.head_object(Bucket=PUBLIC, Key=name)
    assert (head["ContentType"], head["ContentDisposition"]) == (kind, shown)


def test_originals_are_never_replaced_and_renditions_are(buckets):
    """The same name again: another object in the one store, the new content in the other."""
    names = {storages["originals"].save("2026/07/a.b.jpg", ContentFile(b"x")) for _ in range(3)}
    assert len(names) == 3 and all(name.startswith("2026/07/a.b_") for name in names)
    for content in (b"old", b"new"):
        assert default_storage.save("photos/ab/x.jpg", ContentFile(content)) == "photos/ab/x.jpg"
    with default_storage.open("photos/ab/x.jpg") as file:
        assert file.read() == b"new"


def test_what_is_there_and_what_is_not(buckets):
    """Names by their beginning, beyond the thousand that one answer holds; missing and deleted ones; no leftovers."""
    for number in range(1005):
        buckets.put_object(Bucket=PUBLIC, Key=f"photos/ab/{number}", Body=b"")
    assert len(list(default_storage.names("photos/ab/"))) == 1005
    assert list(default_storage.names("photos/ab/1004")) == ["photos/ab/1004"]
    default_storage.delete("photos/ab/1004")
    assert not default_storage.exists("photos/ab/1004")
    default_storage.delete("photos/ab/1004")
    with pytest.raises(FileNotFoundError):
        default_storage.open("photos/ab/1004")
    assert list(default_storage.leftovers(timedelta(0))) == []


@pytest.mark.django_db
def test_the_paper_stands_in_for_the_store(client, buckets, settings):
    """A CDN that does not find a rendition in the bucket gets the next best one from the paper."""
    settings.SERVE_MEDIA = False
    photo = upload()
    name = f"photos/{photo.digest[:2]}/{photo.digest}-400.jpg"
    default_storage.delete(name)
    response = client.get(f"/media/{name}")
    assert response.status_code == 200
    assert response.headers["Cache-Control"] == "public, max-age=60"
    assert b"".join(response.streaming_content).startswith(b"\xff\xd8")


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


@pytest.mark.django_db
def test_a_store_that_is_down(client, use, caplog):
    """The upload is refused with a sentence and leaves no row; a picture is a 503 that nobody keeps, not missing."""
    use(s3.Server(f"127.0.0.1:{free_port()}").setting(PUBLIC))
    with pytest.raises(PhotoFileError), caplog.at_level(logging.ERROR, "articles.s3"):
        upload()
    assert not Photo.objects.exists()
    assert "Could not connect" in caplog.text and "not/a+secret" not in caplog.text
    response = client.get("/media/photos/ab/x.jpg")
    assert (response.status_code, response.headers["Cache-Control"]) == (503, "no-store")
    [message] = private_originals()
    assert message.id == "newsroom_ops.E003"


def test_a_store_that_refuses(buckets, server, use):
    """A bucket that is not there: the error is one of a disk, so that every caller knows it."""
    use(server.setting("no-such-bucket"))
    with pytest.raises(StoreUnavailable) as caught:
        default_storage.save("x.jpg", ContentFile(b"x"))
    assert isinstance(caught.value, OSError)
    with pytest.raises(StoreUnavailable):
        list(default_storage.names())
    [message] = private_originals()
    assert message.id == "newsroom_ops.E003"


def test_exposed_originals_are_an_error(buckets):
    """The check asks as a stranger; it leaves nothing behind, whatever the answer."""
    assert private_originals() == []
    open_to_all(buckets, PRIVATE)
    [message] = private_originals()
    assert message.id == "newsroom_ops.E002" and message.is_serious()
    assert keys(buckets, PRIVATE) == []


def test_folders_are_never_exposed():
    """Without an object store the check has nothing to ask."""
    assert private_originals() == []
