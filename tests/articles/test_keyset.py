"""Positions in lists: what an address may say and what it may not."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.keyset import EPOCH, Position, parse_position

seconds = st.integers(-2_700_000_000, 32_000_000_000)  # the years 1884 to 2984
moments = seconds.map(
    lambda number: EPOCH + datetime.timedelta(seconds=number, microseconds=number % 1_000_000)
)


@given(moments, st.integers(1, 2**59))
def test_a_position_survives_the_address(at, pk):
    """To the microsecond and for stories older than 1970: archives go back to the first newspapers."""
    position = Position(at, pk)
    assert parse_position(str(position)) == position


def test_a_position_is_a_moment_whatever_its_time_zone():
    """The same moment in Seoul and in UTC is the same place in the list."""
    seoul = datetime.timezone(datetime.timedelta(hours=9))
    at = datetime.datetime(2026, 11, 22, 9, 41, 5, 7, tzinfo=seoul)
    assert str(Position(at, 7)) == str(Position(at.astimezone(datetime.UTC), 7))
    assert parse_position(str(Position(at, 7))).at == at


@pytest.mark.parametrize(
    "key",
    ["", None, "7", "-", "a-b", "1-", "-1", "--1-2", "1--2", "1-2-3", "1.5-2", " 1-2", "1-2 ", "1-2\n", "1_0-2",
     "0x1-2", "１-２", "١-٢", "1–2", "1-2\x00", "1" * 18 + "-1", "1-" + "1" * 19, "-" + "9" * 17 + "-1"],
)  # fmt: skip
def test_what_names_no_position_is_none(key):
    """Garbled, too large for a calendar or a key, digits of other scripts: no position and no error."""
    assert parse_position(key) is None


def test_the_largest_position_fits_into_the_database():
    """Eighteen digits are below 2 to the power of 63, which both databases can compare."""
    position = parse_position(f"{'9' * 17}-{'9' * 18}")
    assert position.pk < 2**63
    assert position.at.year == 5138
