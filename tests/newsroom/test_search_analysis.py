"""The analyzer: what becomes a term, what is taken off a word, whatever the text."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsroom.search.analysis import SUFFIXES, normalise, stem, strip, strip_word, terms
from newsroom.search.words import parse

# Letters of every kind that a newspaper prints, and what comes along with pasted text.
TEXTS = st.text(
    st.one_of(
        st.sampled_from(
            "가각힣ㄱㅏㅋ한국漢字々ひらカタabcXYZ019,.-'\"“”%()\u200b\u00ad\u3164\u115f\u1112\u1161\u11ab \n"
        ),
        st.characters(exclude_categories=["Cs"]),
    ),
    max_size=60,
)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("나루터", ["나루", "루터"]),
        ("눈 온다", ["눈", "온다"]),
        ("북한이 北의 땅", ["북한", "한이", "北", "의", "땅"]),
        ("東京都 カタカナ", ["東京", "京都", "カタ", "タカ", "カナ"]),
        ("AI가 2024년", ["ai", "가", "2024", "년"]),
        ("1,234,567원 1,23", ["1234567", "원", "1", "23"]),
        ("3.5% (R&D)", ["3", "5", "r", "d"]),
        ("The stories of running buses", ["story", "run", "buse"]),
        ("snake_case", ["snake", "case"]),
        ("ＡＢＣ ㎏ ｶﾀ", ["abc", "kg", "カタ"]),
        ("\u1112\u1161\u11ab\u1100\u116e\u11a8", ["한국"]),
        ("한\u200b국 한\u00ad국 한\u3164국", ["한국", "한국", "한국"]),
        ("ㅋㅋ ㄱㅏ", ["\u110f\u110f", "가"]),
        ("Straße İstanbul café", ["strasse", "i", "stanbul", "café"]),
        ("", []),
        ("… — 🙂 %", []),
    ],
)
def test_terms(text, wanted):
    """Pairs of Korean, Han and Kana, words of Latin letters and numbers; what nobody sees is gone."""
    assert terms(text) == wanted


@pytest.mark.parametrize(
    ("word", "wanted"),
    [
        ("cities", "city"), ("classes", "class"), ("boxes", "box"), ("cars", "car"), ("bus", "bus"), ("gas", "gas"),
        ("voted", "vot"), ("voting", "vot"), ("stopped", "stop"), ("falling", "fall"), ("string", "string"),
        ("red", "red"), ("used", "used"), ("news", "new"), ("covid19", "covid19"), ("déjàs", "déjàs"),
    ],
)  # fmt: skip
def test_the_stems_of_english_words(word, wanted):
    """-s, -ed and -ing go where something is left that can be a word."""
    assert stem(word) == wanted


@pytest.mark.parametrize(
    ("word", "wanted"),
    [
        ("정부는", "정부"), ("학교에서는", "학교"), ("대통령이라고", "대통령"), ("발표했다", "발표"),
        ("국회의", "국회"), ("사과", "사과"), ("이는", "이는"), ("눈이", "눈이"), ("추진하기로", "추진"),
        ("나루터", "나루터"), ("후보들에게", "후보"), ("북한에서도", "북한"),
        ("ai가", "ai"), ("2024년에", "2024년"), ("5g는", "5g"), ("박-김이", "박-김이"),
        ("bus", "bus"), ("", ""), ("漢字", "漢字"),
    ],
)  # fmt: skip
def test_particles_and_endings_go(word, wanted):
    """Two syllables stay at least, unless the particle stands behind letters or digits."""
    assert strip_word(word) == wanted


@given(TEXTS)
def test_every_term_is_letters_and_digits(text):
    """No space, no quotation mark, nothing that an engine would take for a command; at most two of Hangul."""
    for term in terms(text):
        assert term.isalnum()
        assert term == term.casefold()
        assert not any("\uac00" <= letter <= "\ud7a3" for letter in term) or len(term) <= 2


@given(TEXTS)
def test_normalising_twice_is_normalising_once(text):
    """But for commas that come to stand between digits."""
    once = normalise(text.replace(",", " "))
    assert normalise(once) == once


@given(TEXTS)
def test_the_form_of_the_characters_is_the_same(text):
    """A text typed on a Mac has the terms of the same text typed elsewhere."""
    assert terms(unicodedata.normalize("NFD", text)) == terms(unicodedata.normalize("NFC", text))


@given(st.text(st.sampled_from("가나다라은는이가에서하했다"), min_size=1, max_size=12))
def test_what_is_stripped_begins_the_word(run):
    """A word without its ending is its beginning, and finds the word itself."""
    left = strip(run)
    assert run.startswith(left)
    assert len(left) >= min(2, len(run))
    assert run == left or run.removeprefix(left) in SUFFIXES
    assert f" {' '.join(terms(left))} " in f" {' '.join(terms(run))} "


@given(
    st.lists(st.sampled_from(["나루터", "막차가", "AI", "5%", "눈", '"두 말"', "!", "“세 말”"]), max_size=8)
)
def test_every_word_stands_in_the_query_once(typed):
    """Signs alone are no words; what is quoted with a space in it is one word."""
    query = parse(" ".join(typed))
    assert len(query.words) == len({word for word in typed if word != "!"})
    assert query.is_quoted == any(" " in word for word in typed)
    assert all(word.terms for word in query.words)


def test_a_quoted_row_of_words_can_be_loosened():
    """Each word for itself, none quoted."""
    query = parse('"막차 시간" 버스는')
    assert [word.text for word in query.words] == ["막차 시간", "버스는"]
    assert query.phrases == [" 막차 시간 ", " 버스 "]
    assert [word.text for word in query.loosened().words] == ["막차", "시간", "버스는"]
