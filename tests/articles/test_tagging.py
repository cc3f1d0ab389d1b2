"""How tags are typed and shown again."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.tagging import MAX_TAG_LENGTH, join_tags, parse_tags
from articles.text import clean_line
from tests.factories import make_article


@pytest.mark.parametrize(
    ("typed", "tags"),
    [
        ("군의회, 쌀값 안정", ["군의회", "쌀값 안정"]),
        ("#군의회 #쌀값", ["군의회", "쌀값"]),
        ("#군의회#쌀값", ["군의회", "쌀값"]),
        ("하나;둘\n셋,,넷, ", ["하나", "둘", "셋", "넷"]),
        ("KTX, ktx, Ktx", ["KTX"]),
        ("물  부족,물 부족", ["물 부족"]),
        ("/강/,강", ["강"]),
        ("\u200b,\x00, #", []),
        ("\u1112\u1161\u11ab강, 한강", ["한강"]),
        ("가" * 60, ["가" * MAX_TAG_LENGTH]),
        ("", []),
    ],
)
def test_tags_are_parted_and_each_stands_once(typed, tags):
    """Commas, number signs, semicolons and lines part tags; the first spelling of one holds."""
    assert parse_tags(typed) == tags


@given(
    st.lists(st.one_of(st.sampled_from([",", "#", ";", "\n", " ", "/", "강", "A", "a"]), st.text(max_size=8)))
)
def test_parsed_tags_typed_again_are_the_same(parts):
    """What was understood once is understood again; every tag is a clean line without a separator."""
    tags = parse_tags("".join(parts))
    assert parse_tags(", ".join(tags)) == tags
    for tag in tags:
        assert tag == clean_line(tag)
        assert 0 < len(tag) <= MAX_TAG_LENGTH
        assert not set(tag) & set(",#;\n")
    assert len({tag.casefold() for tag in tags}) == len(tags)


@pytest.mark.django_db
def test_tags_are_shown_as_they_are_typed():
    """The form shows the tags of a story parted by commas, in alphabetical order."""
    article = make_article(tags=["쌀값", "군의회"])
    assert join_tags(article.tags.all()) == "군의회, 쌀값"
    assert parse_tags(join_tags(article.tags.all())) == ["군의회", "쌀값"]
