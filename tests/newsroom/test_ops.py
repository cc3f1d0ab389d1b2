"""Health pages, the icon, photos served by the paper itself, and the check for demonstration accounts."""

from io import StringIO

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import OperationalError, connection
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client
from django.urls import reverse

from newsroom.ops import health
from newsroom.ops.checks import demonstration_accounts

from ..factories import make_photo, make_user


def test_health_asks_no_database(client):
    """/healthz answers without a database; the client here has no right to one."""
    response = client.get("/healthz")
    assert (response.status_code, response.content) == (200, b"ok\n")
    assert "no-store" in response.headers["Cache-Control"]


@pytest.mark.parametrize("address", ["/healthz", "/readyz"])
@pytest.mark.django_db
def test_health_answers_a_load_balancer(address, settings):
    """The pages answer by number, over plain HTTP, where the paper itself would refuse or redirect."""
    settings.ALLOWED_HOSTS = ["www.paper.example"]
    settings.SECURE_SSL_REDIRECT = True
    client = Client(headers={"host": "10.0.0.7:8000"})
    assert client.get(address).status_code == 200
    assert client.get("/about/").status_code in {301, 400}
    assert client.post(address).status_code == 405


def test_names_of_the_health_pages():
    """The addresses that operators know stand behind the names."""
    assert (reverse("ops:health"), reverse("ops:ready")) == ("/healthz", "/readyz")


@pytest.mark.django_db
def test_ready_when_all_parts_are(client):
    """/readyz names every part; it is not kept by any cache."""
    response = client.get("/readyz")
    assert response.status_code == 200
    assert response.json() == {"ready": True, "database": "ok", "migrations": "ok", "cache": "ok"}
    assert "no-store" in response.headers["Cache-Control"]


@pytest.mark.django_db
def test_not_ready_before_migrations(client):
    """A database that lacks a migration is not ready, and the page says which part it is."""
    MigrationRecorder(connection).Migration.objects.filter(app="newsroom_readers").delete()
    response = client.get("/readyz")
    assert response.status_code == 503
    assert response.json() | {"migrations": ""} == {
        "ready": False, "database": "ok", "migrations": "", "cache": "ok",
    }  # fmt: skip
    assert response.json()["migrations"].endswith("not applied")


@pytest.mark.django_db
def test_not_ready_without_database(client, monkeypatch):
    """A database that is down is named, and nothing of its error (hosts, users) is passed on."""

    def refuse(*args, **kwargs):
        raise OperationalError('connection to "10.0.0.9" failed for user "paper"')

    monkeypatch.setattr(connection, "cursor", refuse)
    response = client.get("/readyz")
    assert response.status_code == 503
    assert response.json() == {
        "ready": False,
        "database": "unreachable",
        "migrations": "unknown",
        "cache": "ok",
    }
    assert b"10.0.0.9" not in response.content


@pytest.mark.django_db
def test_not_ready_without_cache(client, settings):
    """A cache that keeps nothing (as a Redis that is down) makes the process not ready, though pages work."""
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}
    response = client.get("/readyz")
    assert response.status_code == 503
    assert response.json()["cache"] == "unreachable"
    assert client.get("/healthz").status_code == 200


@pytest.mark.django_db
def test_readiness_lists_every_part():
    """Database, migrations and cache are asked, and nothing else."""
    assert set(health.readiness()) == {"database", "migrations", "cache"}


def test_favicon_leads_to_the_icon(client):
    """Browsers that ask for /favicon.ico are led to the icon of the pages, without touching a database."""
    response = client.get("/favicon.ico")
    assert response.status_code == 302
    assert response.headers["Location"].endswith("/img/favicon.svg")
    assert "max-age=86400" in response.headers["Cache-Control"]
    assert not response.cookies


@pytest.fixture
def address(db) -> str:
    """The address of a photo."""
    return make_photo(size=(500, 300)).url(400)


def test_photo_is_served_for_ever(client, address):
    """A photo comes with its type, may be kept for a year, is never guessed at, and answers 304."""
    response = client.get(address)
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "image/jpeg"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert "immutable" in response.headers["Cache-Control"]
    assert "max-age=31536000" in response.headers["Cache-Control"]
    assert b"".join(response.streaming_content).startswith(b"\xff\xd8")
    assert not response.cookies
    again = client.get(address, headers={"if-none-match": response.headers["ETag"]})
    assert again.status_code == 304


def test_photo_is_not_served_where_another_server_does(client, address, settings):
    """With SERVE_MEDIA off the same address is not found here."""
    settings.SERVE_MEDIA = False
    assert client.get(address).status_code == 404


@pytest.mark.parametrize(
    "name",
    [
        "photos/none.jpg", "photos", "../db.sqlite3", "photos/../../originals/1.jpg", "..%2f..%2fetc%2fpasswd",
        "/etc/passwd", "%2fetc/x.jpg", "photos//x.jpg", "photos/x.html", "photos/x.svg", "x.jpg/y.jpg",
        "x" * 300 + ".jpg",
    ],
)  # fmt: skip
@pytest.mark.django_db
def test_nothing_else_is_served(client, name):
    """Paths out of the store, files that are no pictures and names that nobody made are not found."""
    response = client.get(f"/media/{name}")
    assert response.status_code == 404


@pytest.mark.parametrize("ending", ["html", "svg", "xml", "js", "pdf", "unknown"])
@pytest.mark.django_db
def test_only_pictures_are_served(client, ending):
    """A file in the store that could hold a script is not shown from the paper's own address."""
    name = default_storage.save(f"photos/page.{ending}", ContentFile(b"<script>alert(1)</script>"))
    assert client.get(default_storage.url(name)).status_code == 404


def test_originals_have_no_address(client, db):
    """What the camera wrote is not reachable under any name."""
    photo = make_photo()
    assert client.get(f"/media/{photo.file.name}").status_code == 404


@pytest.mark.django_db
def test_demonstration_accounts_are_an_error_in_production(settings):
    """The check names accounts of the demonstration in a public paper, allows them in a demonstration."""
    make_user("desk", username="desk", is_demonstration=True)
    make_user("desk", username="somebody")
    assert demonstration_accounts() == []
    settings.DEMONSTRATION = False
    [error] = demonstration_accounts()
    assert error.id == "newsroom_ops.E001"
    assert error.is_serious()
    assert "desk" in error.msg
    assert "somebody" not in error.msg


@pytest.mark.django_db
def test_check_deploy_finds_demonstration_accounts(settings):
    """``check --deploy`` asks for them and fails."""
    make_user("desk", username="desk", is_demonstration=True)
    settings.DEMONSTRATION = False
    with pytest.raises(CommandError, match=r"newsroom_ops\.E001"):
        call_command("check", deploy=True, tags=["newsroom"], stderr=StringIO())


@pytest.mark.django_db
def test_check_without_database_says_so(settings, monkeypatch):
    """Where the database cannot be asked, the check says that instead of failing."""
    settings.DEMONSTRATION = False

    def refuse(*args, **kwargs):
        raise OperationalError("down")

    monkeypatch.setattr("newsroom.ops.checks.transaction.atomic", refuse)
    [message] = demonstration_accounts()
    assert message.id == "newsroom_ops.I001"
    assert not message.is_serious()


@pytest.mark.django_db
def test_demonstration_accounts_sign_in_only_in_a_demonstration(client, settings):
    """The same account with the same password: in the demonstration it enters, under production settings not."""
    make_user("desk", username="desk", password="demonstration", is_demonstration=True)
    assert client.login(username="desk", password="demonstration") is True
    client.logout()
    settings.DEMONSTRATION = False
    assert client.login(username="desk", password="demonstration") is False


@pytest.mark.django_db
def test_open_sessions_of_demonstration_accounts_end_with_it(client, settings):
    """A session begun in the demonstration is worth nothing under production settings."""
    user = make_user("desk", username="desk", is_demonstration=True)
    client.force_login(user)
    assert client.get(reverse("admin:index")).status_code == 200
    settings.DEMONSTRATION = False
    assert client.get(reverse("admin:index")).status_code == 302
