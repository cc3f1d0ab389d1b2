"""All checks over the stories of the demonstration: what is found is true, and it is little and quick."""

import datetime
import time
import tomllib
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.utils import timezone, translation

from articles.prechecks import RULES, Known, Neighbour, Set, Subject, findings
from articles.prechecks.shingles import marks

STORIES = Path(__file__).resolve().parents[2] / "newsroom" / "ops" / "demo" / "stories"
# Check and story (the number of its file) of everything that is found, with the reason why it is true.
TRUE = {
    ("left_marks", "023"): "a draft whose headline says (가제)",
    ("list_title", "218"): "38 characters and no list title",
}


@pytest.fixture(autouse=True)
def english():
    """Read the sentences in the language they are written in."""
    with translation.override("en"):
        yield


def snapshot_of(words: dict) -> dict:
    """Return a story of the demonstration as a snapshot; its photos go into the text, the first lead on top."""
    photos = list(enumerate(words["photos"], start=1))
    lead = next((key for key, used in photos if used.get("lead")), None)
    figures = "".join(
        f'<figure data-photo="{key}"><figcaption>{used["caption"]}</figcaption></figure>'
        for key, used in photos
        if key != lead
    )
    return {
        "headline": words["headline"],
        "list_title": words["list_title"],
        "deck": words["deck"].strip(),
        "section": 1,
        "origin": words["origin"],
        "ai_use": "none",
        "body": words["body"] + figures,
        "lead_photo": lead,
        "lead_caption": next((used["caption"] for key, used in photos if key == lead), ""),
        "bylines": [
            {"reporter": None, "guest_name": line.get("guest", "한나래")} for line in words["bylines"]
        ],
        "tags": words["tags"],
    }


@pytest.fixture(scope="module")
def subjects() -> dict[str, Subject]:
    """Return the stories by the number of their file."""
    photo = SimpleNamespace(alt="강", caption="강.", credit_line="백가람 기자")
    known = Known(photos=dict.fromkeys(range(1, 12), photo), desk_paths=("/admin/",))
    found = {}
    for path in sorted(STORIES.glob("*.toml")):
        words = tomllib.loads(path.read_text("utf-8"))
        found[path.stem[:3]] = Subject.of(snapshot_of(words), known, timezone.now())
    return found


def test_only_what_is_true_is_found(subjects):
    """Seventy stories of every kind, and no false alarm among them."""
    assert len(subjects) >= 70
    found = {(one.rule, number) for number, subject in subjects.items() for one in findings(subject)}
    assert found == set(TRUE)


def test_every_check_runs_over_every_story(subjects):
    """Also those that are off by default: only stories without a photo on top are found besides."""
    everything = {name: Set("warning") for name in RULES}
    rules = {one.rule for subject in subjects.values() for one in findings(subject, everything)}
    assert rules == {"left_marks", "list_title", "lead_photo"}


def test_no_story_is_taken_for_a_copy_of_another(subjects):
    """Stories on the same bridge share facts and names, and are no copies."""
    marked = {number: set(marks(subject.plain)) for number, subject in subjects.items()}
    for number, subject in subjects.items():
        near = tuple(
            Neighbour(key, subjects[key].plain, f"/{key}/")
            for key, other in marked.items()
            if key != number and len(marked[number] & other) >= 2
        )
        compared = Subject(body=subject.body, known=Known(neighbours=near))
        only = {name: Set("off") for name in RULES if name != "copied"}
        assert findings(compared, only) == [], number


def test_a_copy_of_any_story_is_found_by_its_marks(subjects):
    """Put behind another long story, every text that is long enough to be compared still shares marks."""
    frame = subjects["109"].plain
    for number, subject in subjects.items():
        own = set(marks(subject.plain))
        shared = own & set(marks(f"{frame}\n{subject.plain}"))
        assert len(shared) >= min(2, len(own)), number


def test_a_long_story_is_checked_within_fifty_milliseconds(subjects):
    """5,000 characters, four texts to compare, five hundred reporters; time of the processor, the best of ten."""
    text = "\n".join(subject.plain for subject in subjects.values())[:5_000]
    body = "".join(f"<p>{line}</p>" for line in text.split("\n"))
    near = tuple(Neighbour(key, subject.plain, "/") for key, subject in list(subjects.items())[:4])
    reporters = {number: f"김민{chr(0xAC00 + number)}" for number in range(500)}
    known = Known(neighbours=near, reporters=reporters)
    seconds = []
    for _ in range(10):
        started = time.process_time()
        findings(
            Subject.of(
                {"headline": "제목", "body": body, "bylines": [{"reporter": 1}]}, known, timezone.now()
            )
        )
        seconds.append(time.process_time() - started)
    assert min(seconds) < 0.05


def test_hostile_text_costs_no_more(subjects):
    """Nothing in a text makes a pattern run for long."""
    texts = [
        "○" * 5_000,
        "가" * 5_000,
        "( " * 2_500,
        "a@" * 2_500,
        "가나다 의원 " * 700,
        "11월 " * 1_500,
        "자살 " * 1_500,
    ]
    started = time.process_time()
    for text in texts:
        findings(Subject.of({"body": f"<p>보도시점: {text}</p>"}, now=timezone.now()))
    assert datetime.timedelta(seconds=time.process_time() - started) < datetime.timedelta(seconds=2)
