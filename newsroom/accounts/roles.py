"""The roles of a newsroom as Django groups; made after every migration, so that a new right reaches them."""

from django.apps import apps
from django.contrib.auth.management import create_permissions
from django.db.models import Q

WRITE = [
    "articles.add_article", "articles.change_article", "articles.view_article", "articles.submit_article",
    "articles.add_photo", "articles.change_photo", "articles.view_photo",
    "articles.add_video", "articles.change_video", "articles.view_video",
    "articles.view_section", "articles.view_series", "articles.view_reporter", "articles.view_source",
    "articles.add_byline", "articles.change_byline", "articles.delete_byline", "articles.view_byline",
    "articles.add_placement", "articles.change_placement", "articles.delete_placement", "articles.view_placement",
    "articles.add_relatedarticle", "articles.change_relatedarticle", "articles.delete_relatedarticle",
    "articles.view_relatedarticle", "taggit.view_tag", "taggit.add_tag",
    "newsroom_planning.view_assignment", "newsroom_planning.add_assignment", "newsroom_planning.take_assignment",
]  # fmt: skip
PHOTOGRAPH = ["articles.*_photo", "articles.*_video"]
EDIT = [*WRITE, "articles.edit_any_article", "articles.view_statechange"]
APPROVE = [
    *EDIT, "articles.approve_article", "articles.withdraw_article", "articles.*_correction", "articles.*_series",
    "articles.delete_photo", "articles.delete_video", "articles.change_reporter", "articles.add_reporter",
    "newsroom_front.*", "articles.change_sidebar", "articles.view_sidebar", "articles.*_sidebarblock",
    "articles.*_blockpin", "newsroom_readers.*", "newsroom_planning.*", "taggit.*",
]  # fmt: skip
CHIEF = [*APPROVE, "articles.*", "newsroom_publication.view_*", "newsroom_publication.*_page"]
MODERATE = ["newsroom_readers.*", "articles.view_article"]
EVERYTHING = [*CHIEF, "newsroom_publication.*", "newsroom_accounts.*", "auth.view_group"]

# Names of the groups are kept in English and shown translated by ``role_label``.
ROLES: dict[str, list[str]] = {
    "reporter": WRITE,
    "photographer": [*WRITE, *PHOTOGRAPH],
    "copy-editor": EDIT,
    "desk": APPROVE,
    "editor-in-chief": CHIEF,
    "moderator": MODERATE,
    "publisher": EVERYTHING,
}


def matching(patterns: list[str]) -> Q:
    """Return the condition for permissions that any pattern names.

    A pattern is ``app.codename``, ``app.*``, ``app.verb_*`` or ``app.*_model``.
    """
    condition = Q(pk__in=[])
    for pattern in patterns:
        app, codename = pattern.split(".")
        start, star, end = codename.partition("*")
        part = Q(content_type__app_label=app)
        part &= Q(codename__startswith=start, codename__endswith=end) if star else Q(codename=codename)
        condition |= part
    return condition


def make_roles(app_config=None, **kwargs) -> None:
    """Create the groups that are missing and give each its permissions; rights that an operator added stay.

    As a receiver of ``post_migrate`` it waits for the last app with models: only then every permission exists.
    """
    if (
        app_config is not None
        and app_config is not [app for app in apps.get_app_configs() if app.models_module][-1]
    ):
        return
    if app_config is not None:
        # Django's own receiver, which makes the permissions of this last app, is called after this one.
        create_permissions(app_config, verbosity=0, using=kwargs["using"])
    group_model, permission_model = apps.get_model("auth", "Group"), apps.get_model("auth", "Permission")
    for name, patterns in ROLES.items():
        group, _created = group_model.objects.get_or_create(name=name)
        group.permissions.add(*permission_model.objects.filter(matching(patterns)))
