"""Signing in again over an open page: the same account, a few tries, a fresh token."""

import json

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse

from newsroom.desk.signing_in import TRIES

from ..factories import make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def user():
    return make_user("reporter", username="narae")


@pytest.fixture
def client():
    return Client(headers={"accept-language": "en"})


def enter(client: Client, user, **said):
    """Send what the dialog of a page of ``user`` sends."""
    said = {"username": user.username, "password": "a-long-password", "by": user.pk} | said
    return client.post(reverse("admin:sign_in"), json.dumps(said), content_type="application/json")


def is_signed_in(client: Client) -> bool:
    return client.get(reverse("admin:index")).status_code == 200


def test_the_person_of_the_page_signs_in_and_gets_a_token(user):
    """With the old token of the page; the new one holds for what comes next."""
    client = Client(enforce_csrf_checks=True)
    token = client.get(reverse("admin:articles_article_copies")).json()["csrf"]
    said = {"username": "narae", "password": "a-long-password", "by": user.pk}
    address = reverse("admin:sign_in")
    assert client.post(address, said, content_type="application/json").status_code == 403
    headers = {"x-csrftoken": token}
    answer = client.post(address, said, content_type="application/json", headers=headers)
    assert answer.status_code == 200
    assert is_signed_in(client)
    message = {"key": "00000000-0000-4000-8000-000000000000", "by": user.pk}
    headers = {"x-csrftoken": answer.json()["csrf"]}
    copies = reverse("admin:articles_article_copies")
    assert client.post(copies, message, content_type="application/json", headers=headers).status_code == 200


def test_another_account_is_refused_and_nobody_signed_in(client, user):
    """What the page holds belongs to the one who typed it."""
    answer = enter(client, make_user("admin"), by=user.pk)
    assert (answer.status_code, answer.json()["error"]) == (
        409, "The page belongs to another account. Please sign in with that one."
    )  # fmt: skip
    assert not is_signed_in(client)


def test_a_wrong_password_is_refused(client, user):
    """In the words for a wrong name too, so that nobody learns which names there are."""
    wrong, unknown = enter(client, user, password="wrong"), enter(client, user, username="nobody")
    assert wrong.status_code == unknown.status_code == 400
    assert wrong.json() == unknown.json() == {"error": "The name or the password is wrong."}
    assert not is_signed_in(client)


@pytest.mark.parametrize("fields", [{"is_active": False}, {"is_staff": False}, {"is_demonstration": True}])
def test_who_may_not_sign_in_elsewhere_may_not_here(client, settings, fields):
    """Closed accounts, accounts that are not of the staff, and those of the demonstration."""
    settings.DEMONSTRATION = False
    assert enter(client, make_user("reporter", **fields)).status_code == 400
    assert not is_signed_in(client)


def test_tries_are_limited_for_one_account_only(client, user):
    """After five wrong ones the right one has to wait, too; a colleague does not, nor does who signs in in between."""
    for _ in range(TRIES - 1):
        enter(client, user, password="wrong")
    assert enter(client, user).status_code == 200
    for _ in range(TRIES):
        enter(client, user, password="wrong", username="NARAE")
    answer = enter(client, user)
    assert answer.status_code == 429
    assert "wait five minutes" in answer.json()["error"]
    assert enter(client, make_user("reporter")).status_code == 200


@pytest.mark.parametrize(
    "body",
    [
        b"", b"[]", b"null", b"\xff", b"{}", b"[" * 100_000, b'{"username": "narae"}',
        b'{"username": 1, "password": 2}', b'{"username": "", "password": ""}',
        b'{"username": "a\\u0000", "password": "b"}', b'{"username": "a", "password": "\\ud800"}',
        json.dumps({"username": "a" * 2_000, "password": "b"}).encode(),
    ],
)  # fmt: skip
def test_what_is_no_name_and_password_is_refused(client, body):
    """400 with a sentence; never an error of ours."""
    answer = client.post(reverse("admin:sign_in"), body, content_type="application/json")
    assert (answer.status_code, answer.json()["error"]) == (400, "The name or the password is missing.")


def test_it_is_asked_by_post_alone_and_kept_by_nobody(client, user):
    """GET is no way in, and no cache stores the answer."""
    assert client.get(reverse("admin:sign_in")).status_code == 405
    assert "no-store" in enter(client, user)["Cache-Control"]


def test_the_last_sign_in_is_noted(client, user):
    """As on the page for signing in."""
    enter(client, user)
    assert get_user_model().objects.get(pk=user.pk).last_login is not None
