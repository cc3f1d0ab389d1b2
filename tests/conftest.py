"""What every test stands on: an empty cache, and no files left behind."""

import shutil

import pytest
from django.conf import settings
from django.core.cache import cache


@pytest.fixture(autouse=True)
def empty_cache() -> None:
    """Begin every test with an empty cache."""
    cache.clear()


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Take away the photos that tests made (see ``VAR_DIR`` in the settings of the tests)."""
    shutil.rmtree(settings.VAR_DIR, ignore_errors=True)
