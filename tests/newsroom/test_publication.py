"""The masthead and the fixed pages."""

import datetime

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from newsroom.publication.models import Page, Publication

pytestmark = pytest.mark.django_db
PARTICULARS = {
    "registered_title": "새여울신문",
    "registration_number": "새여울 아00009",
    "registered_on": datetime.date(2006, 3, 9),
    "first_published_on": datetime.date(2006, 4, 7),
    "publisher": "함초롬",
    "editor": "도하람",
    "address": "새여울읍 나루길 9",
    "phone": "000-000-0000",
    "email": "desk@paper.example",
    "youth_officer": "천새봄",
    "privacy_officer": "이든솔",
    "grievance_officer": "온새미",
}


def main_of(client, address: str) -> str:
    """Return what stands between header and footer of a page that is there."""
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode().partition("<main")[2].partition("</main>")[0]


def make_page(title: str = "윤리강령", slug: str = "ethics", body: str = "<p>첫째.</p>", **fields) -> Page:
    return Page.objects.create(title=title, slug=slug, body=body, **fields)


@pytest.mark.parametrize("left_out", ["", *PARTICULARS])
def test_the_masthead_shows_every_particular_that_is_filled_in(client, left_out):
    """All that the Newspapers Act, art. 21, asks for, and who answers for what; no row stands empty."""
    Publication(
        name="새여울신문", tagline="강 따라", **{k: v for k, v in PARTICULARS.items() if k != left_out}
    ).save()
    page = main_of(client, "/about/")
    for name, value in PARTICULARS.items():
        shown = "2006" if isinstance(value, datetime.date) else value
        label = str(Publication._meta.get_field(name).verbose_name)
        assert (f"<dt>{label[:1].upper()}{label[1:]}</dt>" in page) is (name != left_out), name
        assert name == left_out or shown in page, name
    assert page.count("<dt>") == page.count("<dd") == len(PARTICULARS) - bool(left_out)


def test_the_masthead_leads_to_people_corrections_and_fixed_pages(client):
    """The e-mail is a link; the privacy policy stands out."""
    Publication(name="새여울신문", email="desk@paper.example").save()
    make_page()
    make_page("개인정보처리방침", "privacy", is_strong=True)
    page = main_of(client, "/about/")
    for link in ("/reporters/", "/corrections/", "/about/ethics/", "mailto:desk@paper.example"):
        assert f'href="{link}"' in page
    assert "<strong>개인정보처리방침</strong>" in page
    assert 'href="/about/" aria-current="page"' in page


def test_a_paper_that_is_not_set_up_has_a_masthead_all_the_same(client):
    """Without a row the usual name stands there and a sentence in place of the particulars."""
    page = main_of(client, "/about/")
    assert "새 신문" in page
    assert "facts__empty" in page


def test_a_fixed_page_shows_its_text_and_the_way_to_the_others(client):
    """Its text keeps the schema of texts: script goes, a table gets a region that scrolls."""
    make_page(body="<p>첫째.</p><script>alert(1)</script><table><tbody><tr><td>칸</td></tr></tbody></table>")
    make_page("이용약관", "terms")
    page = main_of(client, "/about/ethics/")
    assert "<p>첫째.</p>" in page
    assert "alert" not in page
    assert '<div class="scroll" role="region" tabindex="0"' in page
    assert 'href="/about/terms/"' in page
    assert 'href="/about/ethics/" aria-current="page"' in page


@pytest.mark.parametrize("slug", ["nothing", "ETHICS", "a" * 300])
def test_an_unknown_page_is_not_found(client, slug):
    """Addresses of fixed pages are exact."""
    make_page()
    assert client.get(f"/about/{slug}/").status_code == 404


def test_the_masthead_costs_the_same_for_one_page_and_forty(client):
    """Publication, menu, the list of pages, those at the foot; and the page itself."""
    costs = []
    for count in (1, 39):
        for n in range(count):
            make_page(f"쪽 {count}-{n}", f"page-{count}-{n}")
        for address in ("/about/", "/about/page-1-0/"):
            cache.clear()
            with CaptureQueriesContext(connection) as asked:
                client.get(address)
            costs.append(len(asked))
    assert costs[:2] == costs[2:]
    assert max(costs) <= 5
