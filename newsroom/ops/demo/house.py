"""The house of the demonstration: masthead, fixed pages, sections, partners, reporters and accounts.

Every step takes what a real paper may have already by its natural key, and leaves it as it is.
"""

from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group

from articles.models import Reporter, Section, Series, Source

from .files import read
from .rows import Page, Publication, User

# Public, like everything here: these accounts sign in only where settings.DEMONSTRATION holds.
PASSWORD = "demonstration"  # noqa: S105
ADMIN = "admin"


def make_publication(run) -> int:
    """Set up the newspaper where none is, and its fixed pages; return how many rows were made."""
    made = 0
    if not Publication.objects.exists():
        Publication.objects.create(**read("paper.toml")["publication"])
        made += 1
    for order, page in enumerate(read("pages.toml")["pages"]):
        values = {
            "title": page["title"],
            "body": page["body"],
            "order": order,
            "is_strong": page["slug"] == "privacy",
        }
        made += Page.objects.get_or_create(slug=page["slug"], defaults=values)[1]
    return made


def make_sections(run) -> int:
    """Make sections on two levels (parents stand first in the file), series and partners."""
    made = 0
    people = read("people.toml")
    for order, row in enumerate(people["sections"]):
        parent = Section.objects.get(slug=row["parent"]) if row["parent"] else None
        values = {"name": row["name"], "description": row["description"], "parent": parent, "order": order}
        values["is_opinion"] = row.get("opinion", False)
        made += Section.objects.get_or_create(slug=row["slug"], defaults=values)[1]
    for row in people["series"]:
        values = {"name": row["name"], "description": row["description"]}
        made += Series.objects.get_or_create(slug=row["slug"], defaults=values)[1]
    for row in people["sources"]:
        values = {
            "dateline": row["dateline"],
            "copyright_line": row["copyright"],
            "url": f"https://{row['slug']}.example/",
        }
        source, new = Source.objects.get_or_create(name=row["name"], defaults=values)
        run.ledger.note("source", row["slug"], source.pk)
        made += new
    return made


def make_reporters(run) -> int:
    """Make the reporters; their portraits follow with the photos."""
    made = 0
    for row in read("people.toml")["reporters"]:
        values = {name: row[name] for name in ("name", "title", "email", "intro")} | {
            "beats": ", ".join(row["beats"])
        }
        made += Reporter.objects.get_or_create(slug=row["slug"], defaults=values)[1]
    return made


def make_staff(run) -> int:
    """Make one account for every role and one that may do everything, linked to reporters where that fits."""
    password = make_password(PASSWORD)
    made = add_account(ADMIN, password, {"is_superuser": True})
    for row in read("paper.toml")["staff"]:
        reporter = Reporter.objects.filter(slug=row.get("reporter", "")).first()
        names = (reporter.name[0], reporter.name[1:]) if reporter else (row["family_name"], row["given_name"])
        made += add_account(row["role"], password, {"last_name": names[0], "first_name": names[1]}, reporter)
    return made


def add_account(name: str, password: str, values: dict, reporter: Reporter | None = None) -> int:
    """Make the account ``name`` in the group of the same name; return 0 where it exists, whosever it is."""
    values = {"password": password, "is_staff": True, "is_demonstration": True} | values
    user, new = User.objects.get_or_create(username=name, defaults=values)
    if new:
        user.groups.set(Group.objects.filter(name=name))
        if reporter and reporter.user_id is None:
            reporter.user = user
            reporter.save(update_fields=["user"])
    return int(new)


def sign_in_lines() -> list[str]:
    """Return what to tell a person who wants to sign in, nothing where no such account is left."""
    names = (
        User.objects.filter(is_demonstration=True, is_active=True)
        .order_by("pk")
        .values_list("username", flat=True)
    )
    if not names:
        return []
    return [f"Sign in with the password «{PASSWORD}» as one of:", "  " + ", ".join(names)]
