"""The pages are valid HTML, by the checker of the W3C (vnu, with Java)."""

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest
from django.urls import reverse

from .factories import (
    make_article,
    make_correction,
    make_photo,
    make_reporter,
    make_section,
    make_series,
    make_sidebar,
)
from .surfaces import beside, surfaces

CHECKER = os.environ.get("VNU_JAR", "")
KINDS = ("latest", "photo_news", "related", "reporter", "series", "most_read", "section")
REQUIRED = os.environ.get("REQUIRE_ALL") == "1"
BODY = (
    "<p>첫 문단 “인용”이다.</p><h2>소제목</h2><blockquote><p>“말”</p></blockquote><ul><li>하나</li></ul>"
    '<table><thead><tr><th scope="col">때</th></tr></thead><tbody><tr><td>7시</td></tr></tbody></table><hr>'
    '<p><a href="https://example.org/?a=1&amp;b=2">고리</a></p>'
)


@pytest.fixture
def pages(db) -> dict[str, str]:
    """The addresses of a paper in which every part of every page is filled."""
    top = make_section("지역", slug="local", description="군과 면의 소식")
    section = make_section("새여울읍", slug="eupnae", parent=top)
    reporter = make_reporter(
        email="reporter@paper.example", intro="군정을 다룬다.", portrait=make_photo("얼굴.")
    )
    same = {
        "section": section,
        "series": make_series(),
        "reporters": [reporter],
        "tags": ["강 변", "C++ & <태그>"],
    }
    for number in range(24):
        make_article(
            f"기사 {number} ‘따옴’ & <기호>", hours_ago=number + 2, photos=[make_photo(f"{number}.")], **same
        )
    story = make_article(
        "제목 “인용” <기호> & 끝", deck="부제 하나\n부제 둘", kicker="기획", body=BODY, guests=["온새미"],
        photos=[make_photo("머리 <사진>."), make_photo("둘."), make_photo("셋.")], origin="release",
        source_name="새여울군", **same,
    )  # fmt: skip
    make_correction(story)
    for place in ("article", "below", "list", "front"):
        make_sidebar(
            place,
            kinds=("latest", "photo_news", "related", "reporter", "series", "most_read", "section"),
            count=3,
        )
    named = surfaces(story, word="기사") | beside(story)
    named["comments"] = reverse("readers:comment", args=[story.pk])
    named["sign-in"] = reverse("admin:login")
    return {name: address for name, address in named.items() if "feed" not in name and "sitemap" not in name}


@pytest.mark.skipif(not CHECKER and not REQUIRED, reason="VNU_JAR does not name the checker")
def test_every_page_is_valid(client, pages, tmp_path: Path):
    """No error on any public page, error pages included."""
    assert CHECKER and shutil.which("java"), "VNU_JAR must name vnu.jar, and java must be there"
    for name, address in pages.items():
        (tmp_path / f"{name.replace(' ', '-')}.html").write_bytes(client.get(address).content)
    command = [
        "java",
        "-jar",
        CHECKER,
        "--errors-only",
        "--format",
        "json",
        "--exit-zero-always",
        *map(str, tmp_path.iterdir()),
    ]
    messages = json.loads(subprocess.run(command, capture_output=True, check=True).stderr)["messages"]
    assert [f"{Path(m['url']).name}: {m['message']} …{m.get('extract', '')}…" for m in messages] == []
