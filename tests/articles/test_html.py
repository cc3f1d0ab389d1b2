"""The schema of a story's text: what is stored of what editors paste."""

import re

import html5lib
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.embeds import embed_of
from articles.html import MAX_DEPTH, TAGS, blocks, clean_body, paragraphs
from articles.markup import INLINE
from articles.text import UNWANTED, plain_text

FOREIGN = [
    "div", "span", "b", "i", "u", "h1", "h4", "o:p", "font", "svg", "math", "mi", "foreignObject", "annotation-xml",
    "script", "style", "select", "option", "object", "button", "template", "textarea", "title", "iframe", "noscript",
    "plaintext", "xmp", "marquee", "frameset", "body", "html", "head", "col", "colgroup", "tfoot", "form", "input",
    "nobr", "dl", "dt", "dd", "center", "applet", "img",
]  # fmt: skip
NASTY = [
    '<a href="javascript:x">', '<a href="java&#x200b;script:x">', '<a href="java&#10;script:x">', '<a href="data:x,y">',
    '<a href="http://x/?a&b">', '<td colspan="2">', "<th scope=col>", "<br/>", "<P CLASS=x>", '<p style="x" onclick=1>',
    "<!-- c -->", "<![if !x]>", "&nbsp;", "&#160;", "&lt;", "&lt;script>", "&#x338;", "&#8203;", "&#1;", "&amp;nbsp;",
    "\u0338", "\u200b", "\u3000", "\n", "<", ">", '"', "<div", "글", "가\u1161", " ", "\u00a0", "a & b", "&", "]]>",
    '"><script>x</script>', "<p", "</", "<a href='", "\ud800", "\x00", '<figure data-photo="7">',
    "<figure data-photo=07>", '<figure data-photo="7" data-width="wide">', "<figure data-photo=x data-width=wide>",
    "<figure data-photo='7 onload=x'>", '<figure data-embed="https://youtu.be/abcdefghijk">',
    '<figure data-embed="javascript:alert(1)">',
    "<figure data-embed='https://a.example/?a=1&b=\"><script>'>", '<figure data-embed="https://[">',
    "<aside data-kind=pull>", '<aside data-kind="source">', "<aside data-kind=gallery>", '<aside data-kind="x">',
    "<figcaption>", "</figcaption>", "</figure>", "</aside>",
]  # fmt: skip
names = st.sampled_from(sorted(TAGS) + FOREIGN)
pieces = st.one_of(
    names.map(lambda name: f"<{name}>"),
    names.map(lambda name: f"</{name}>"),
    st.sampled_from(NASTY),
    st.text(max_size=4),
)
documents = st.lists(pieces, max_size=14).map("".join)
many = settings(max_examples=400, deadline=None)


@many
@given(documents)
def test_a_cleaned_text_stays_as_it_is(markup):
    """Cleaning twice gives what cleaning once gives, however nasty the markup was."""
    cleaned = clean_body(markup)
    assert clean_body(cleaned) == cleaned


@many
@given(documents)
def test_only_the_schema_is_left(markup):
    """A browser's parser finds our tags, our attributes and harmless addresses, and nothing else."""
    tree = html5lib.parseFragment(clean_body(markup), namespaceHTMLElements=False)
    for element in tree.iter():
        if element is tree:
            continue
        assert element.tag in TAGS
        assert set(element.attrib) <= {
            "href", "rel", "lang", "scope", "colspan", "rowspan", "data-photo", "data-width", "data-embed", "data-kind",
        }  # fmt: skip
        address = "".join(element.attrib.get("href", "").split()).casefold()
        assert not address.startswith(("javascript:", "data:", "vbscript:"))


@many
@given(documents)
def test_blocks_joined_are_the_text(markup):
    """At the top stand blocks only; cut into them and joined, nothing is lost or added."""
    cleaned = clean_body(markup)
    parts = blocks(cleaned)
    assert "".join(parts) == cleaned
    for part in parts:
        assert part.startswith(
            ("<p>", "<h2>", "<h3>", "<ul>", "<ol>", "<blockquote>", "<table>", "<hr>", "<figure ", "<aside ")
        )
        assert blocks(part) == [part]


@many
@given(documents)
def test_nothing_invisible_is_stored(markup):
    """No control characters, no zero-width ones, no non-breaking spaces, no empty paragraphs."""
    cleaned = clean_body(markup)
    assert not UNWANTED.search(plain_text(cleaned))
    assert "\u00a0" not in cleaned and "<p></p>" not in cleaned and "<li></li>" not in cleaned


@many
@given(documents)
def test_figures_and_boxes_stand_at_the_top(markup):
    """A figure is a photo or a page of the list with one caption of words; a box holds paragraphs, a gallery photos."""
    tree = html5lib.parseFragment(clean_body(markup), namespaceHTMLElements=False)
    galleries = tree.findall("aside[@data-kind='gallery']/figure")
    for element in [*tree.iter("figure"), *tree.iter("aside")]:
        assert element in list(tree) or element in galleries
        if element.tag == "aside":
            assert element.get("data-kind") in {"pull", "source", "gallery"}
            assert {child.tag for child in element} == {
                "figure" if element.get("data-kind") == "gallery" else "p"
            }
            continue
        if "data-photo" in element.attrib:
            assert re.fullmatch("[1-9][0-9]*", element.get("data-photo"))
            assert element.get("data-width") in {None, "wide", "small"}
        else:
            assert embed_of(element.get("data-embed")).address == element.get("data-embed")
        assert [child.tag for child in element] in ([], ["figcaption"])
        assert {inner.tag for inner in element.iter()} <= {"figure", "figcaption", *INLINE}
    assert len(list(tree.iter("figcaption"))) <= len(list(tree.iter("figure")))


WORDS = st.sampled_from(
    ["p", "div", "b", "span", "h1", "li", "td", "blockquote", "section", "template", "object", "figure", "figcaption",
     "aside data-kind=pull", "figure data-photo=1", "figure data-photo=1 data-width=wide", "figure data-photo=x",
     "figure data-embed=https://youtu.be/abcdefghijk"]
)  # fmt: skip


@many
@given(st.lists(st.tuples(WORDS, st.sampled_from(["하나", "둘", "셋"])), min_size=1, max_size=8))
def test_words_are_never_lost_with_their_tags(found):
    """Whatever stands around the words, closed or not, all of them stay, in order."""
    markup = "".join(f"<{name}>{word} " for name, word in found)
    assert plain_text(clean_body(markup)).split() == [word for _name, word in found]


@pytest.mark.parametrize(
    ("markup", "stored"),
    [
        ("첫 줄\n\n 둘째 줄 \r\n셋째", "<p>첫 줄</p><p>둘째 줄</p><p>셋째</p>"),
        ("1 < 2 & 3", "<p>1 &lt; 2 &amp; 3</p>"),
        ("앞<p>가운데</p>뒤", "<p>앞</p><p>가운데</p><p>뒤</p>"),
        ("<strong>굵게</strong> 보통<p>다음</p>", "<p><strong>굵게</strong> 보통</p><p>다음</p>"),
        ("<p>하나</p> <br> \n<p>둘</p>", "<p>하나</p><p>둘</p>"),
        ("<div>하나</div><div>둘</div>", "<p>하나</p><p>둘</p>"),
        ("<DIV><P>하나</P>둘</DIV>", "<p>하나</p><p>둘</p>"),
        ("<h1>큰 제목</h1><h4>작은 제목</h4>", "<h2>큰 제목</h2><h3>작은 제목</h3>"),
        ("<p><b>굵게</b> <i>기울여</i></p>", "<p><strong>굵게</strong> <em>기울여</em></p>"),
        ("<strong><p>하나</p><p>둘</p></strong>", "<p>하나</p><p>둘</p>"),
        ("<h2><p>제목</p></h2>", "<p>제목</p>"),
        ("<p>가<object><p>나</p></object></p>", "<p>가</p><p>나</p>"),
        ("<p>가<ul><li>나</ul>다", "<p>가</p><ul><li>나</li></ul><p>다</p>"),
        ("<ul>가<li>나</li>다</ul>", "<ul><li>가</li><li>나</li><li>다</li></ul>"),
        ("<ul><ul><li>가</li></ul></ul>", "<ul><li><ul><li>가</li></ul></li></ul>"),
        ("<li>가</li><li>나</li>", "<p>가</p><p>나</p>"),
        ("<p>가<hr>나</p>", "<p>가</p><hr><p>나</p>"),
        ("<dl><dt>말</dt><dd>뜻</dd></dl>", "<p>말</p><p>뜻</p>"),
        ("<blockquote>말</blockquote>", "<blockquote>말</blockquote>"),
        ("<blockquote><p>말</p></blockquote>", "<blockquote><p>말</p></blockquote>"),
        ("<template><p>말</p></template>", "<p>말</p>"),
        ("<noscript>말</noscript><textarea>글</textarea><p>끝</p>", "<p>말글</p><p>끝</p>"),
    ],
)
def test_words_stand_in_blocks(markup, stored):
    """Loose words become paragraphs, foreign blocks our own, blocks end the paragraph they were put in."""
    assert clean_body(markup) == stored


@pytest.mark.parametrize(
    ("markup", "stored"),
    [
        ("<script>alert(1)</script><style>p{}</style><p>글</p>", "<p>글</p>"),
        ("<p style='color:red' class=x id=y onclick='x()'>글</p>", "<p>글</p>"),
        ('<p><a href="javascript:alert(1)">글</a></p>', "<p>글</p>"),
        ('<p><a href="JaVa\tScript:alert(1)">글</a></p>', "<p>글</p>"),
        ('<p><a href="java&#x200b;script:alert(1)">글</a></p>', "<p>글</p>"),
        ('<p><a href="data:text/html,x">글</a></p>', "<p>글</p>"),
        ('<p><a href="https://a.example/?b=1&c" target=_blank onmouseover=x>글</a></p>',
         '<p><a href="https://a.example/?b=1&amp;c" rel="noopener">글</a></p>'),
        ('<p><a href="/articles/7/" lang="en">글</a></p>',
         '<p><a href="/articles/7/" lang="en" rel="noopener">글</a></p>'),
        ('<p><a href="https://a.example/<p>">글</a></p>',
         '<p><a href="https://a.example/&lt;p&gt;" rel="noopener">글</a></p>'),
        ("<p>앞<img src=x onerror=alert(1)>뒤</p>", "<p>앞뒤</p>"),
        ("<iframe src=//x></iframe><p>글</p>", "<p>글</p>"),
        ("<svg onload=alert(1)><p>글</p></svg>", "<p>글</p>"),
        ("<math><mtext><table><mglyph><style><!--</style><img title='--><img src=1 onerror=alert(1)>'>", ""),
        ("<p>&lt;script&gt;글</p>", "<p>&lt;script&gt;글</p>"),
        ("<!-- 메모 --><p>글<!-- [if x] --></p>", "<p>글</p>"),
    ],
)  # fmt: skip
def test_what_could_act_is_removed(markup, stored):
    """Scripts, styles, handlers and addresses that run; their words stay where they are words."""
    assert clean_body(markup) == stored


@pytest.mark.parametrize(
    ("markup", "stored"),
    [
        ('<figure data-photo="012" data-width="wide" class=x onclick=x></figure>',
         '<figure data-photo="12" data-width="wide"></figure>'),
        ('<figure data-photo="12" data-width="huge"><figcaption></figcaption></figure>',
         '<figure data-photo="12"></figure>'),
        ("<figure data-photo=3>앞<figcaption> 설명 <b>굵게</b><br>둘째 줄<p>셋째</p></figcaption></figure>",
         '<figure data-photo="3"><figcaption>앞 설명 <strong>굵게</strong> 둘째 줄 셋째</figcaption></figure>'),
        ("<p>가<figure data-photo=3></figure>나", '<p>가</p><figure data-photo="3"></figure><p>나</p>'),
        ("<ul><li>가<figure data-photo=3><figcaption>설명</figcaption></figure>나</li><li>다</li></ul><p>라</p>",
         '<ul><li>가 나</li><li>다</li></ul><figure data-photo="3"><figcaption>설명</figcaption></figure><p>라</p>'),
        ("<table><tr><td>1<figure data-photo=3></figure></td></tr></table><p>뒤</p>",
         '<table><tbody><tr><td>1 </td></tr></tbody></table><figure data-photo="3"></figure><p>뒤</p>'),
        ("<figure data-photo=1><figcaption>가<figure data-photo=2></figure>나</figcaption></figure>",
         '<figure data-photo="1"><figcaption>가</figcaption></figure><figure data-photo="2"></figure><p>나</p>'),
        ("<figure data-photo=1><table><tr><td>가</td><td>나</td></tr></table></figure>",
         '<figure data-photo="1"><figcaption>가 나</figcaption></figure>'),
        ("<strong>가<figure data-photo=1></figure>나</strong>",
         '<p><strong>가</strong></p><figure data-photo="1"></figure><p>나</p>'),
        (f"<figure data-photo={'9' * 19}>가</figure><figure data-photo=0>나</figure>", "<p>가</p><p>나</p>"),
        ("<figure><img src=x><figcaption>▲ 설명</figcaption></figure>", "<p>▲ 설명</p>"),
        ("<figcaption>설명</figcaption><p>글</p>", "<p>설명</p><p>글</p>"),
        ('<figure class="table"><table><tr><td>1</td></tr></table><figcaption>표</figcaption></figure>',
         "<table><tbody><tr><td>1</td></tr></tbody></table><p>표</p>"),
    ],
)  # fmt: skip
def test_figures_keep_photo_width_and_caption(markup, stored):
    """A photo's figure stands by itself; one without a photo leaves its words; foreign pictures are dropped."""
    assert clean_body(markup) == stored


@pytest.mark.parametrize(
    ("markup", "stored"),
    [
        ('<figure data-embed="http://youtu.be/abcdefghijk?si=x&t=1m30s"><figcaption>영상</figcaption></figure>',
         '<figure data-embed="https://www.youtube.com/watch?v=abcdefghijk&amp;t=90"><figcaption>영상</figcaption></figure>'),
        ('<figure data-embed="https://tv.kakao.com/v/1?a&b"><figcaption>영상</figcaption></figure>',
         '<p><a href="https://tv.kakao.com/v/1?a&amp;b" rel="noopener">https://tv.kakao.com/v/1?a&amp;b</a></p><p>영상</p>'),
        ('<figure data-embed="javascript:alert(1)">영상</figure>', "<p>영상</p>"),
        ('<ul><li><figure data-embed="https://map.naver.com/p/1"></figure>가</li></ul>',
         '<ul><li><p><a href="https://map.naver.com/p/1" rel="noopener">https://map.naver.com/p/1</a></p>가</li></ul>'),
        ("<iframe src='https://www.youtube.com/embed/abcdefghijk'></iframe><p>글</p>", "<p>글</p>"),
    ],
)  # fmt: skip
def test_only_pages_of_the_list_are_embedded(markup, stored):
    """An address that cannot be framed becomes a link, with the caption behind it."""
    assert clean_body(markup) == stored


@pytest.mark.parametrize(
    ("markup", "stored"),
    [
        ("<aside data-kind=pull>말<br>둘째 줄</aside>", '<aside data-kind="pull"><p>말<br>둘째 줄</p></aside>'),
        ("<aside data-kind=source><h2>출처</h2><ul><li>하나</li><li>둘</li></ul>셋</aside>",
         '<aside data-kind="source"><p>출처</p><p>하나</p><p>둘</p><p>셋</p></aside>'),
        ("<aside data-kind=x><p>가</p>나</aside><aside>다</aside>", "<p>가</p><p>나</p><p>다</p>"),
        ("<aside data-kind=pull><p></p></aside>", ""),
        ("<blockquote>가<aside data-kind=pull>나</aside></blockquote>", "<blockquote>가<p>나</p></blockquote>"),
        ("<aside data-kind=source>가<figure data-photo=9></figure>나</aside>",
         '<aside data-kind="source"><p>가</p><p>나</p></aside><figure data-photo="9"></figure>'),
    ],
)  # fmt: skip
def test_boxes_hold_paragraphs(markup, stored):
    """Pull quotes and source boxes stand at the top and hold paragraphs; another box is no box."""
    assert clean_body(markup) == stored


@pytest.mark.parametrize(
    "markup",
    ["", None, " \n ", "<br>", "<p></p>", "<p>&nbsp;</p>", "<p>&#160;<br></p>", "<p><strong> </strong></p>",
     "<p>\u200b</p>", "<ul><li></li></ul>", "<blockquote><p></p></blockquote>",
     "<table><tbody><tr><td> </td></tr></tbody></table>"],
)  # fmt: skip
def test_empty_is_empty(markup):
    """A text that shows nothing is stored as nothing, so that «has no text» means what it says."""
    assert clean_body(markup) == ""


@pytest.mark.parametrize(
    ("markup", "stored"),
    [
        ("<p>하나&nbsp;둘&#160;셋\u00a0넷</p>", "<p>하나 둘 셋 넷</p>"),
        ("<p>　들여 쓴 문단 </p>", "<p>들여 쓴 문단</p>"),
        ("<p><br>글<br><br></p>", "<p>글</p>"),
        ("<p>앞<strong> </strong>뒤</p>", "<p>앞 뒤</p>"),
        ("<p>한\u1112\u1161\u11ab</p>", "<p>한한</p>"),
        ("<p>\u0338가</p>", "<p>\u0338가</p>"),
        ("<p>가&#1;나\x00다&#xfffe;</p>", "<p>가나다</p>"),
        ("<table><tr><td></td><td>값</td></tr></table>",
         "<table><tbody><tr><td></td><td>값</td></tr></tbody></table>"),
    ],
)  # fmt: skip
def test_white_space_is_tidied(markup, stored):
    """Spaces are spaces, paragraphs begin and end with words, cells of a table keep their places."""
    assert clean_body(markup) == stored


def test_a_table_keeps_its_shape():
    """Caption, header cells with their scope and joined cells stay; widths and colours go."""
    markup = (
        "<table border=1 width='80%'><caption>쌀값</caption><colgroup><col width=50></colgroup><thead><tr>"
        "<th scope=col>해</th><th scope=col colspan=2>값</th></tr></thead><tbody><tr bgcolor=red>"
        "<td rowspan=2>2025</td><td>1</td><td>2</td></tr></tbody></table>"
    )
    assert clean_body(markup) == (
        '<table><caption>쌀값</caption><thead><tr><th scope="col">해</th><th scope="col" colspan="2">값</th></tr>'
        '</thead><tbody><tr><td rowspan="2">2025</td><td>1</td><td>2</td></tr></tbody></table>'
    )


def test_a_paste_from_word():
    """Office markup, conditional comments and empty lines go; bold and the words stay."""
    pasted = """<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><meta charset=utf-8>
    <style><!-- @font-face {font-family:"맑은 고딕";} p.MsoNormal {margin:0cm;} --></style>
    <!--[if gte mso 9]><xml><w:WordDocument><w:View>Normal</w:View></w:WordDocument></xml><![endif]--></head>
    <body lang=KO><!--StartFragment--><p class=MsoNormal style='text-align:justify'><b><span lang=EN-US
    style='font-size:12.0pt'>2026</span>년<o:p></o:p></b> 봄</p><p class=MsoNormal><span lang=EN-US><o:p>&nbsp;</o:p>
    </span></p><p class=MsoListParagraph><![if !supportLists]>·<span>&nbsp;&nbsp; </span><![endif]>첫째</p>
    <!--EndFragment--></body></html>"""
    found = clean_body(pasted)
    assert found.startswith("<p><strong>2026년</strong> 봄</p><p>·")
    assert found.endswith("첫째</p>")
    assert plain_text(found) == "2026년 봄 · 첫째"


def test_a_paste_from_hwp():
    """The markup of Hangul word processors: paragraphs in spans, styles, blank paragraphs."""
    pasted = (
        '<!--StartFragment--><P CLASS=HStyle0 STYLE="line-height:160%;"><SPAN STYLE="font-family:함초롬바탕;">군은 '
        '</SPAN><SPAN STYLE="font-weight:bold">18일</SPAN><SPAN> 밝혔다.</SPAN></P>\r\n'
        '<P CLASS=HStyle0 STYLE="line-height:160%;">&nbsp;</P><P CLASS=HStyle0><SPAN>끝.</SPAN></P><!--EndFragment-->'
    )
    assert clean_body(pasted) == "<p>군은 18일 밝혔다.</p><p>끝.</p>"


def test_a_paste_from_a_shared_document():
    """A bold element around everything, as Google's documents put it, makes nothing bold."""
    pasted = '<b style="font-weight:normal;" id="docs-internal-1"><p dir="ltr"><span>하나</span></p><br><p>둘</p></b>'
    assert clean_body(pasted) == "<p>하나</p><p>둘</p>"


def test_blocks_of_a_text():
    """Nested elements belong to their block; a rule is a block of its own."""
    quotation = "<blockquote><blockquote><p>둘</p></blockquote></blockquote>"
    body = f"<p>하나</p>{quotation}<hr><ul><li>셋<ul><li>넷</li></ul></li></ul>"
    assert [block[:4] for block in blocks(body)] == ["<p>하", "<blo", "<hr>", "<ul>"]
    assert blocks("") == []
    assert blocks("글 <p>하나</p>\n<p>둘") == ["글 <p>하나</p>", "<p>둘"]


def test_lines_become_paragraphs():
    """Any end of line, no blank ones."""
    assert paragraphs("가\r\n\n 나 \r다") == "<p>가</p>\n<p>나</p>\n<p>다</p>"


@pytest.mark.parametrize(
    "tag",
    ["<blockquote>", "<b>", "<ul><li>", "<table><tr><td>", "<div>", "<p>", "<", "<br>", "&", "<figure data-photo=1>",
     "<ul><li><figure data-photo=1>", "<aside data-kind=pull>", "<figcaption>"],
)  # fmt: skip
def test_rubbish_is_cleaned_in_time(tag):
    """Thousands of nested or open tags neither take long nor are stored as deep as they came."""
    stored = clean_body(f"{tag * 3000}글")
    assert plain_text(stored).endswith("글")
    assert stored.count("<blockquote>") + stored.count("<ul>") + stored.count("<table>") <= MAX_DEPTH
