"""How tags are typed: parted by commas or by ``#``; a tag may hold spaces."""

from .text import clean_line

MAX_TAG_LENGTH = 40


def parse_tags(typed: str) -> list[str]:
    """Return the tags in ``typed`` in order, each once, whatever its case.

    «군의회, 쌀값 안정» gives two tags, «#군의회 #쌀값» as well.
    """
    typed = typed.replace("#", ",").replace("\n", ",").replace(";", ",")
    tags: dict[str, str] = {}
    for part in typed.split(","):
        name = clean_line(part).strip("/ ")[:MAX_TAG_LENGTH].strip()
        if name:
            tags.setdefault(name.casefold(), name)
    return list(tags.values())


def join_tags(tags) -> str:
    """Return tags as an editor types them: names parted by a comma, in alphabetical order."""
    return ", ".join(sorted(tag.name for tag in tags))


def join_names(names) -> str:
    """Return the names of tags as an editor types them, in their order."""
    return ", ".join(names)
