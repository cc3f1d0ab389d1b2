"""Staff users and their roles."""

from django import forms
from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.forms import UserChangeForm
from django.contrib.auth.models import Group
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from articles.access import key_of
from articles.models import Section, SectionDuty

from .models import User

LABELS = {
    "reporter": _("Reporter"),
    "photographer": _("Photographer"),
    "copy-editor": _("Copy editor"),
    "desk": _("Desk"),
    "editor-in-chief": _("Editor-in-chief"),
    "moderator": _("Moderator"),
    "publisher": _("Publisher"),
}


def role_label(name: str) -> str:
    """Return the name of a role in the reader's language; a group that an operator made keeps its own."""
    return str(LABELS.get(name, name))


class RolesField(forms.ModelMultipleChoiceField):
    """Roles to tick."""

    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, group: Group) -> str:
        return role_label(group.name)


class SectionsField(forms.ModelMultipleChoiceField):
    """Sections to tick, each under the one it belongs to."""

    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, section: Section) -> str:
        return format_html(
            '<span class="tree tree--{}">{}</span>', 2 if section.parent_id else 1, section.name
        )

    def clean(self, value):
        # SQLite would be asked for a key that it cannot hold.
        for key in value or []:
            if not key_of(str(key)):
                raise forms.ValidationError(
                    self.error_messages["invalid_choice"], params={"value": str(key)[:20]}
                )
        return super().clean(value)


class StaffForm(UserChangeForm):
    """A member of staff, with the sections that the person answers for."""

    duties = SectionsField(
        queryset=Section.objects.in_tree(),
        required=False,
        label=_("Duty for sections"),
        help_text=_(
            "Editing, approving and withdrawing the stories of others is bound to these sections; one of the "
            "first level holds those under it. None ticked: the whole paper."
        ),
    )

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["duties"].initial = self.instance.section_duties.values_list("section", flat=True)


@admin.register(User)
class StaffAdmin(UserAdmin):
    """Members of staff. Only a superuser makes, or changes, a superuser."""

    form = StaffForm
    list_display = ["username", "full_name", "roles", "is_active", "last_login"]
    list_filter = ["is_active", "groups"]
    search_fields = ["username", "first_name", "last_name", "email"]
    ordering = ["username"]
    actions = None
    add_fieldsets = [
        (
            None,
            {
                "fields": [
                    "username",
                    ("last_name", "first_name"),
                    "usable_password",
                    "password1",
                    "password2",
                ]
            },
        ),
    ]

    def get_fieldsets(self, request: HttpRequest, obj: User | None = None) -> list:
        if obj is None:
            return self.add_fieldsets
        rights = ["is_active", "is_staff", "groups"]
        if request.user.is_superuser:
            rights += ["is_superuser", "user_permissions"]
        person = ["username", "password", ("last_name", "first_name"), "email", "language"]
        return [
            (None, {"fields": person}),
            (_("Roles"), {"fields": rights}),
            (_("Sections"), {"fields": ["duties"]}),
            (_("Important dates"), {"fields": [("last_login", "date_joined")]}),
        ]

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> list[str]:
        return ["last_login", "date_joined"]

    def get_queryset(self, request: HttpRequest):
        return super().get_queryset(request).prefetch_related("groups")

    def formfield_for_manytomany(self, db_field, request: HttpRequest, **kwargs):
        if db_field.name == "groups":
            return RolesField(queryset=Group.objects.order_by("pk"), required=False, label=_("Roles"))
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        above = obj is not None and obj.is_superuser and not request.user.is_superuser
        return super().has_change_permission(request, obj) and not above

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        above = obj is not None and obj.is_superuser and not request.user.is_superuser
        return super().has_delete_permission(request, obj) and not above

    def save_model(self, request: HttpRequest, obj: User, form, change: bool) -> None:
        if not change:
            obj.is_staff = True  # an account here is for the desk; readers have none
        super().save_model(request, obj, form, change)

    def save_related(self, request: HttpRequest, form: forms.ModelForm, formsets, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        if "duties" in form.changed_data:
            chosen = form.cleaned_data["duties"]
            form.instance.section_duties.exclude(section__in=chosen).delete()
            SectionDuty.objects.bulk_create(
                (SectionDuty(user=form.instance, section=section) for section in chosen),
                ignore_conflicts=True,
            )

    @admin.display(description=_("name"), ordering="last_name")
    def full_name(self, user: User) -> str:
        """The person's name."""
        return user.get_full_name()

    @admin.display(description=_("roles"))
    def roles(self, user: User) -> str:
        """The roles, in words."""
        return ", ".join(role_label(group.name) for group in user.groups.all())


admin.site.unregister(Group)


@admin.register(Group)
class RoleAdmin(GroupAdmin):
    """Roles with the rights they bring."""

    list_display = ["label"]

    @admin.display(description=_("role"), ordering="name")
    def label(self, group: Group) -> str:
        """The role's name in words."""
        return role_label(group.name)
