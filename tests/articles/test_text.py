"""Plain text: cleaning, excerpts that read well, templates with names, particles."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles import text
from articles.text import (
    ELLIPSIS,
    PAIRS,
    UNWANTED,
    clean_line,
    clean_lines,
    excerpt,
    fill,
    has_final_consonant,
    open_quotes,
    plain_text,
)

# What stories are made of, and what breaks careless code.
PIECES = [
    *"“”‘’「」『』《》()[]\"'«»【】〔〕…·.,- ", "가나", "다리 위에서", "안전진단", "‘물길’", "“그렇다”고 ", "don't ",
    "👨‍👩‍👧‍👦", "🇰🇷", "👍🏽", "e\u0301", "\u1112\u1161\u11ab", "한", "\u3000", "\n", "\u200b", "x" * 30,
]  # fmt: skip
sentences = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=5)), max_size=30).map("".join)
lengths = st.integers(min_value=0, max_value=120)


@given(sentences)
def test_a_cleaned_line_stays_as_it_is(value):
    """Cleaning twice gives what cleaning once gives: one line, NFC, nothing unwanted."""
    line = clean_line(value)
    assert clean_line(line) == line
    assert unicodedata.is_normalized("NFC", line)
    assert not UNWANTED.search(line)
    assert line == line.strip()
    assert len(line.splitlines()) <= 1
    assert "  " not in line


@pytest.mark.parametrize(
    ("typed", "line"),
    [
        ("  두\n줄\t제목 ", "두 줄 제목"),
        ("가\u00a0나\u3000다\u2028라", "가 나 다 라"),
        ("NUL\x00과 제어\x1b문자", "NUL과 제어문자"),
        ("보이지\u200b않\u2060는\ufeff것\u00ad들", "보이지않는것들"),
        ("\u3164\uffa0", ""),
        ("잘못된\ud800반쪽", "잘못된반쪽"),
        ("없는\ufdd0 글자\uffff\ufffe", "없는 글자"),
        ("C1\x80\x9f", "C1"),
        ("다음\x85줄", "다음 줄"),
        ("\u1112\u1161\u11ab\u1100\u1173\u11af", "한글"),
        ("\u1100\u200b\u1161", "가"),
        ("👨\u200d👩\u200d👧", "👨\u200d👩\u200d👧"),
        ("", ""),
        (None, ""),
    ],
)
def test_a_line_is_cleaned(typed, line):
    """White space becomes one space, what nobody can see or no reader can take goes."""
    assert clean_line(typed) == line


def test_lines_are_cleaned_one_by_one():
    """Several lines stay lines; blank ones vanish, whatever ends them."""
    assert clean_lines(" 첫  줄 \r\n\r\n\u200b\n둘째\u2028셋째\x00 ") == "첫 줄\n둘째\n셋째"
    assert clean_lines(None) == ""


@pytest.mark.parametrize(
    ("markup", "words"),
    [
        ("<p>하나.</p><p>둘.</p>", "하나. 둘."),
        ("<p>한<strong>가운</strong>데</p>", "한가운데"),
        (
            "<table><tbody><tr><th>쌀</th><td>20kg</td></tr><tr><td>보리</td></tr></tbody></table>",
            "쌀 20kg 보리",
        ),
        ("<table><caption>표</caption><tbody><tr><td>값</td></tr></tbody></table>", "표 값"),
        ("<ul><li>하나</li><li>둘</li></ul>끝", "하나 둘 끝"),
        ("<p>줄<br>바꿈<hr>끝</p>", "줄 바꿈 끝"),
        ("<p>5 &lt; 6 &amp;&nbsp;7 &#0;&#x200b;</p>", "5 < 6 & 7 \ufffd"),
        (
            '<p>하나</p><figure data-photo="1"><figcaption>설명</figcaption></figure><aside data-kind="pull"><p>말</p>'
            "</aside><p>둘</p>",
            "하나 설명 말 둘",
        ),
        ("&lt;script&gt;", "<script>"),
        ("", ""),
        (None, ""),
    ],
)
def test_plain_text_keeps_words_apart(markup, words):
    """Tags vanish, blocks and cells are parted by a space, entities are resolved."""
    assert plain_text(markup) == words


def test_a_text_that_fits_is_returned_whole():
    """Up to the limit nothing is cut and no ellipsis is added, even with a quotation left open."""
    assert excerpt("“열린 인용", 6) == "“열린 인용"
    assert excerpt("가" * 90) == "가" * 90
    assert excerpt("가" * 91) == "가" * 89 + ELLIPSIS


@pytest.mark.parametrize(
    ("value", "length", "found"),
    [
        ("나루터 창고가 다시 문을 연다", 10, "나루터 창고가…"),
        ("나루터 창고가 다시 문을 연다", 8, "나루터 창고가…"),
        ("나루터 창고가 다시 문을 연다", 7, "나루터…"),
        ("군은 18일, 다리를 막았다", 9, "군은 18일…"),
        ("군은 다리를 막았다. 주민은 돌아갔다", 13, "군은 다리를 막았다…"),
        ("그는 “물이 줄었다고 말하지 않았다”고 했다", 14, "그는 “물이 줄었다고…”"),
        ("그는 “물이 줄었다”고 덧붙여 말했다", 12, "그는 “물이…”"),
        ("그는 “물이 줄었다”고 덧붙여 말했다", 14, "그는 “물이 줄었다”고…"),
        ("그는 “‘물길’을 잇자”고 크게 외쳤다 한다", 11, "그는 “‘물길’을…”"),
        ("모임은 “책 『강의 노래』를 읽자”고 했다", 14, "모임은 “책 『강의…』”"),
        ("군수는 “검토하겠다”고 했다", 6, "군수는…"),
        ('그는 "예산이 모자란다고 본다"고 했다', 12, '그는 "예산이…"'),
        ("'빈집의 내일' 사업이 시작됐다", 7, "'빈집의…'"),
        ("It's what they don't say here today", 22, "It's what they don't…"),
        ('화면은 55" 크기이며 벽에 걸렸다', 14, '화면은 55" 크기이며…'),
        ("빈칸없이이어지는긴글자들이다", 8, "빈칸없이이어지…"),
        ("((((((((((((((", 5, "…"),
        ("“““““가나다 라마바사", 12, "“““““가…”””””"),
        ("가나다", 1, "…"),
        ("가나다", 0, ""),
        ("가나다", -3, ""),
        ("", 10, ""),
        (None, 10, ""),
    ],
)
def test_excerpts_are_cut_at_a_word_and_closed(value, length, found):
    """Whole words, quotations closed from the inside out, no mark that was only just opened."""
    assert excerpt(value, length) == found


@pytest.mark.parametrize(
    "character",
    ["👨‍👩‍👧‍👦", "🇰🇷", "👍🏽", "q\u0301\u0323", "ᄒ\u119e\u11ab", "❤️", "🏴\U000e0067\U000e0062\U000e007f"],
)
def test_no_character_is_cut_apart(character):
    """What readers see as one character is shown whole or not at all, however many code points it has."""
    character = clean_line(character)
    value = character * 9
    whole = {character * times + ELLIPSIS for times in range(10)}
    for length in range(2, len(value)):
        found = excerpt(value, length)
        assert found in whole, length
        assert len(found) <= length


def test_a_character_without_end_is_cut_all_the_same():
    """A letter under a thousand accents does not eat the excerpt or the time."""
    assert 50 < len(excerpt("가" + "\u0323" * 5000, 90)) <= 90


@given(sentences, lengths)
def test_an_excerpt_is_never_longer_than_asked(value, length):
    """The ellipsis and the closing marks count."""
    assert len(excerpt(value, length)) <= length


@given(sentences, lengths)
def test_an_excerpt_is_the_beginning_of_the_text(value, length):
    """Up to the ellipsis it is the text itself; behind it stand closing marks only."""
    line, found = clean_line(value), excerpt(value, length)
    if len(line) <= length:
        assert found == line
        return
    beginning, ellipsis, closing = found.rpartition(ELLIPSIS)
    assert line.startswith(beginning)
    assert set(closing) <= set(PAIRS.values())
    assert ellipsis or length < 1


@given(sentences, lengths)
def test_an_excerpt_leaves_nothing_open(value, length):
    """Every quotation mark and bracket that a cut text opens, it closes."""
    if len(clean_line(value)) > length:
        assert open_quotes(excerpt(value, length)) == []


@given(sentences, lengths)
def test_an_excerpt_of_an_excerpt_that_fits_is_itself(value, length):
    """Cutting twice to the same length changes nothing."""
    found = excerpt(value, length)
    assert excerpt(found, length) == found


@given(
    st.lists(st.sampled_from(["가나", "다라마", "바 사"]), min_size=1, max_size=20).map(" ".join),
    st.integers(8, 60),
)
def test_no_word_is_cut_where_words_are_short(value, length):
    """Where a word fits at all, the cut is at its end."""
    line, found = clean_line(value), excerpt(value, length)
    if found != line:
        beginning = found.removesuffix(ELLIPSIS)
        assert line[len(beginning)] == " "


@pytest.mark.parametrize("pair", [(start, end) for start, end in PAIRS.items() if start != end])
def test_every_kind_of_mark_is_closed(pair):
    """Quotation marks of Korean papers and brackets alike."""
    start, end = pair
    assert excerpt(f"앞말 {start}속의 말이 아주 길다{end} 뒷말", 10) == f"앞말 {start}속의…{end}"


@pytest.mark.parametrize(
    ("value", "owed"),
    [
        ("“‘가", ["”", "’"]),
        ("“가”", []),
        ("1) 첫째 2) 둘째", []),
        ("’90년대", []),
        ('"가" "나', ['"']),
        ("rock 'n' roll", []),
    ],
)
def test_open_marks_are_told_in_order(value, owed):
    """Innermost last; a closing mark that fits nothing is passed over."""
    assert open_quotes(value) == owed


@pytest.mark.parametrize(
    ("template", "names", "line"),
    [
        ("[{publication}]", {"publication": "새여울신문"}, "[새여울신문]"),
        ("[{source}={reporter}]", {"source": "통신", "reporter": "한나래 기자"}, "[통신=한나래 기자]"),
        ("[{nobody}]", {}, "[]"),
        ("{publication.__class__} {} {0}", {"publication": "x"}, "{publication.__class__}"),
        ("{a}", {"a": "{b}", "b": "x"}, "{b}"),
        ("{열린 괄호 {a", {"a": "x"}, "{열린 괄호 {a"),
        ("100% {a!r} %(a)s", {"a": "x"}, "100% {a!r} %(a)s"),
        ("", {}, ""),
        (None, {}, ""),
    ],
)
def test_templates_are_filled_and_never_fail(template, names, line):
    """Known names are put in once, unknown ones vanish, everything else stays text."""
    assert fill(template, **names) == line


@pytest.mark.parametrize(
    "word", ["군청", "책", "한글", "3", "10", "6일", "Kim", "Hotel", "김민준(金民準)", "‘봄’", "청년."]
)
def test_words_that_end_in_a_consonant(word):
    """They take 이, 은, 을, 과."""
    assert has_final_consonant(word)


@pytest.mark.parametrize(
    "word", ["나루", "다리", "2", "45", "Maria", "카페(cafe)", "『노래』", "", "…", "金"]
)
def test_words_that_end_in_a_vowel(word):
    """They take 가, 는, 를, 와; so does what cannot be read."""
    assert not has_final_consonant(word)


def test_nothing_here_takes_long():
    """A hundred thousand characters of rubbish are no way to stop the desk."""
    for rubbish in ("(", "<", "&", "“‘", " ", "가 ", "'", "🇰"):
        text.excerpt(rubbish * 100_000)
        text.plain_text(rubbish * 20_000)
