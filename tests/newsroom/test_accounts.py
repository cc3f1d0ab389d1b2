"""Staff users, their roles, and the sections they answer for."""

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Group, Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from articles.models import SectionDuty
from newsroom.accounts.admin import LABELS, role_label
from newsroom.accounts.models import User
from newsroom.accounts.roles import ROLES

from ..desk_forms import fields_of, signed_in
from ..factories import make_section, make_user

pytestmark = pytest.mark.django_db


def page_of(user) -> str:
    return reverse("admin:newsroom_accounts_user_change", args=[user.pk])


class TestRights:
    """What a person may do: own rights and those of the roles."""

    def test_they_are_read_with_one_query(self, django_assert_num_queries):
        """Every page of the desk asks for them; Django's own way takes two."""
        user = make_user("reporter")
        user.user_permissions.add(Permission.objects.get(codename="view_page"))
        user = User.objects.get(pk=user.pk)
        with django_assert_num_queries(1):
            assert user.has_perm("newsroom_publication.view_page")
            assert user.has_perm("articles.submit_article")
            assert not user.has_perm("articles.approve_article")
            assert user.has_module_perms("articles")

    def test_who_left_has_none(self):
        """An inactive account has no right, whatever its role; nobody has one on a single object alone."""
        assert not make_user("desk", is_active=False).get_all_permissions()
        assert not make_user("desk").has_perm("articles.approve_article", obj=make_section())


class TestPeople:
    """Staff users and roles."""

    def test_every_role_has_a_name(self):
        """Each role of the installation has a label of its own; a group of an operator keeps its name."""
        assert set(LABELS) == set(ROLES)
        assert role_label("night-desk") == "night-desk"

    def test_roles_are_ticked(self):
        """A publisher gives a new colleague an account and a role, named in words."""
        client = signed_in(make_user("publisher"))
        values = {
            "username": "new",
            "usable_password": "true",
            "password1": "an-uncommon-pass",
            "password2": "an-uncommon-pass",
        }
        client.post(reverse("admin:newsroom_accounts_user_add"), values)
        user = User.objects.get(username="new")
        assert user.is_staff
        address = reverse("admin:newsroom_accounts_user_change", args=[user.pk])
        page = client.get(address)
        assert "Editor-in-chief" in page.content.decode()
        assert (
            client.post(
                address, fields_of(page) | {"groups": [Group.objects.get(name="desk").pk]}
            ).status_code
            == 302
        )
        assert [group.name for group in user.groups.all()] == ["desk"]

    def test_a_publisher_makes_no_superuser(self):
        """The right is not in the form, a field that is sent is passed over, and a superuser's page is closed."""
        publisher = make_user("publisher")
        client = signed_in(publisher)
        address = reverse("admin:newsroom_accounts_user_change", args=[publisher.pk])
        page = client.get(address)
        assert "is_superuser" not in page.content.decode()
        client.post(address, fields_of(page) | {"is_superuser": "on"})
        publisher.refresh_from_db()
        assert publisher.is_superuser is False
        above = make_user("admin")
        address = reverse("admin:newsroom_accounts_user_change", args=[above.pk])
        assert client.post(address, {"username": "taken-over"}).status_code == 403

    def test_others_see_no_users(self):
        """The list of users is closed to everybody but the publisher."""
        for role in set(ROLES) - {"publisher"}:
            assert signed_in(make_user(role)).get("/admin/newsroom_accounts/user/").status_code == 403


class TestDuties:
    """The sections that a person answers for, on the page of the person."""

    def test_sections_are_ticked_in_their_tree(self):
        """Every section under the one it belongs to; what is ticked is stored, what is not is taken away."""
        local, culture = make_section("지역", order=1), make_section("문화", order=2)
        under = make_section("읍내", parent=local)
        person = make_user("desk")
        client = signed_in(make_user("publisher"))
        page = client.get(page_of(person))
        boxes = BeautifulSoup(page.content, "html.parser").select("#id_duties input")
        assert [int(box["value"]) for box in boxes] == [local.pk, under.pk, culture.pk]
        assert not any(box.has_attr("checked") for box in boxes)
        values = fields_of(page) | {"groups": [group.pk for group in person.groups.all()]}
        for chosen in ([under.pk, culture.pk], [culture.pk], []):
            assert client.post(page_of(person), values | {"duties": chosen}).status_code == 302
            stored = SectionDuty.objects.filter(user=person).order_by("section_id")
            assert [duty.section_id for duty in stored] == sorted(chosen)

    def test_a_page_that_is_saved_unchanged_keeps_them(self):
        """What was ticked is ticked when the page is opened again; the others' are not touched."""
        section, person, other = make_section(), make_user("desk"), make_user("desk")
        for user in (person, other):
            SectionDuty.objects.create(user=user, section=section)
        client = signed_in(make_user("publisher"))
        page = client.get(page_of(person))
        ticked = BeautifulSoup(page.content, "html.parser").select("#id_duties input[checked]")
        assert [int(box["value"]) for box in ticked] == [section.pk]
        client.post(page_of(person), fields_of(page) | {"groups": [], "duties": [section.pk]})
        assert SectionDuty.objects.count() == 2

    @pytest.mark.parametrize("sent", ["x", "999999", "-1", "9" * 25])
    def test_a_section_that_is_none_is_an_error_of_the_form(self, sent):
        """Nothing is stored, and the page says what is wrong."""
        person = make_user("desk")
        client = signed_in(make_user("publisher"))
        answer = client.post(page_of(person), fields_of(client.get(page_of(person))) | {"duties": [sent]})
        assert answer.status_code == 200
        assert "duties" in answer.context["adminform"].form.errors
        assert not SectionDuty.objects.exists()

    def test_the_page_costs_the_same_for_few_and_for_many_sections(self):
        """The tree is one query."""
        person = make_user("desk")
        client = signed_in(make_user("publisher"))

        def queries() -> int:
            with CaptureQueriesContext(connection) as captured:
                assert client.get(page_of(person)).status_code == 200
            return len(captured)

        SectionDuty.objects.create(user=person, section=make_section())
        few = queries()
        for _ in range(6):
            SectionDuty.objects.create(user=person, section=make_section(parent=make_section()))
        assert queries() == few
