"""How a headline is broken into lines: at words, of like length, cut only where nothing else helps."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsroom.sharing.lines import broken, parts, shortened


@pytest.mark.parametrize(
    ("text", "limit", "lines"),
    [
        ("막차 늦춘다", 10, ["막차 늦춘다"]),
        ("나루터 창고 배움터로 다시 문 연다", 12, ["나루터 창고 배움터로", "다시 문 연다"]),
        ("하나 둘 셋 넷 다섯 여섯", 11, ["하나 둘 셋", "넷 다섯 여섯"]),
        ("막차 늦춘다…주민들 반겨 나서", 10, ["막차 늦춘다…", "주민들 반겨 나서"]),
        ("늦춘다…” 주민들 모두 반겨", 11, ["늦춘다…”", "주민들 모두 반겨"]),
    ],
)
def test_lines_are_broken_at_words_and_balanced(text, limit, lines):
    """On as few lines as it takes; behind an ellipsis, too, and never before the mark that closes."""
    assert broken(text, len, limit, 4) == lines


def test_what_needs_more_lines_or_wider_ones_is_not_broken():
    """None for more lines than there may be, and for a word that is wider than the line."""
    assert broken("하나 둘 셋 넷", len, 3, 2) is None
    assert broken("아주아주긴낱말", len, 5, 4) is None
    assert broken("아주아주긴낱말", len, 5, 4, cut=True) == ["아주아주긴", "낱말"]


def test_a_cut_word_keeps_its_characters():
    """Joined emoji and combining marks stay together, even where a line is too narrow for them."""
    family = "👨\u200d👩\u200d👧"
    assert parts(f"가{family}나", len, 5) == ["가", family, "나"]
    assert parts("e\u0301e\u0301e\u0301", len, 3) == ["e\u0301", "e\u0301", "e\u0301"]
    assert parts("가나", len, 0.5) == ["가", "나"]


def test_what_does_not_fit_is_shortened():
    """At a word, with an ellipsis and the marks that it owes; the whole text where that fits."""
    assert shortened("하나 둘 셋", len, 4, 2) == ["하나", "둘 셋"]
    assert shortened("“하나 둘 셋 넷” 다섯", len, 6, 1) == ["“하나…”"]
    assert shortened("가나다라마바사", len, 3, 1) == ["가나…"]
    assert shortened("", len, 3, 1) == []
    assert shortened("가", len, 0.5, 1) == []


WORDS = st.lists(st.text("가나a1", min_size=1, max_size=9), min_size=1, max_size=30)


@given(words=WORDS, limit=st.integers(9, 40))
def test_nothing_is_lost_and_no_word_is_cut(words, limit):
    """The lines joined are the text; each fits; one fewer would not do."""
    lines = broken(" ".join(words), len, limit, 40)
    assert " ".join(lines).split() == words
    assert all(len(line) <= limit for line in lines)
    assert len(lines) == 1 or broken(" ".join(words), len, limit, len(lines) - 1) is None


@given(text=st.text("가나 a…“”·", max_size=60), limit=st.integers(2, 20), most=st.integers(1, 4))
def test_shortened_lines_always_fit(text, limit, most):
    """Whatever is typed."""
    lines = shortened(text, len, limit, most)
    assert len(lines) <= most
    assert all(len(line) <= limit for line in lines)


@settings(max_examples=400)
@given(
    words=st.lists(st.text("가나", min_size=1, max_size=6), min_size=1, max_size=12), limit=st.integers(8, 30)
)
def test_no_syllable_stands_alone_on_the_last_line(words, limit):
    """The word before it comes along; only one that fills a line leaves it alone."""
    lines = broken(" ".join([*words, "끝"]), len, limit, 40)
    assert lines[-1] != "끝" or lines == ["끝"]
