"""Health pages, the icon, and the check for demonstration accounts."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError, connection
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client
from django.urls import reverse

from newsroom.ops import health
from newsroom.ops.checks import demonstration_accounts

from ..factories import make_user


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
