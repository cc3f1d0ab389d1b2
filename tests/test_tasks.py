"""Work behind a request: in the same process by default; with TASKS=database it waits for a worker."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from articles.models import Photo
from articles.tasks import finish_photo
from newsroom.ops.background import worker
from tests.factories import make_photo

ROOT = Path(__file__).resolve().parent.parent
STORE = """
from django.core.files.base import ContentFile
from articles import actions
from articles.models import Photo
from tests.factories import picture_bytes
photo = Photo(caption="나루")
photo.file.save("a.jpg", ContentFile(picture_bytes((900, 600))), save=False)
actions.store_photo(photo=photo)
"""
COUNT = """
from django.core.files.storage import default_storage
from articles.models import Photo
photo = Photo.objects.get()
print(photo.recipe, len(list(default_storage.names())), len(photo.steps("jpg")), len(photo.steps("avif")))
"""


@pytest.fixture
def manage(tmp_path):
    """A function that runs a command of a paper of its own and returns what it prints."""

    def run(*command: str, **variables: str) -> str:
        env = os.environ | {
            "DJANGO_SETTINGS_MODULE": "newsroom.settings.dev", "VAR_DIR": str(tmp_path), "CACHE_URL": "",
            "DATABASE_URL": f"sqlite:///{tmp_path / 'paper.sqlite3'}",
        }  # fmt: skip
        done = subprocess.run(
            [sys.executable, "manage.py", *command], cwd=ROOT, env=env | variables, capture_output=True,
            text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        return done.stdout

    return run


@pytest.mark.parametrize("variables", [{}, {"TASKS": "immediate"}], ids=["process", "immediate"])
def test_without_a_worker_everything_is_done_all_the_same(manage, variables):
    """The default of a small paper: nothing to start beside the server; a process that ends finishes its tasks."""
    manage("migrate", "-v0")
    manage("shell", "-v0", "-c", STORE, **variables)
    assert manage("shell", "-v0", "-c", COUNT).split() == ["1", "21", "3", "3"]


def test_a_worker_finishes_what_uploads_began(manage):
    """The upload leaves the JPEGs that pages need; the rest is in the queue until the worker comes."""
    manage("migrate", "-v0", TASKS="database")
    manage("shell", "-v0", "-c", STORE, TASKS="database")
    assert manage("shell", "-v0", "-c", COUNT, TASKS="database").split() == ["0", "3", "3", "0"]
    manage("db_worker", "--batch", TASKS="database")
    assert manage("shell", "-v0", "-c", COUNT, TASKS="database").split() == ["1", "21", "3", "3"]


@pytest.mark.django_db(transaction=True)
def test_nobody_waits_for_a_task_of_the_process(settings):
    """``enqueue`` answers before the work is done; tasks come one after another, errors stop none of them."""
    settings.TASKS = {"default": {"BACKEND": "newsroom.ops.background.ProcessBackend"}}
    photos = [make_photo(size=(900, 600)) for _number in range(2)]
    finish_photo.enqueue("no key at all")
    begun = time.monotonic()
    for photo in photos:
        finish_photo.enqueue(photo.pk)
    assert time.monotonic() - begun < 0.1
    worker(os.getpid()).submit(bool).result(timeout=30)
    assert [photo.recipe for photo in Photo.objects.all()] == [1, 1]


def test_another_word_is_refused(manage):
    """A slip in the setting is said, with the words there are."""
    with pytest.raises(AssertionError, match="process, immediate, database"):
        manage("check", TASKS="celery")
