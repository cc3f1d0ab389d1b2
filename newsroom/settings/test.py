"""Settings of the tests: the database and cache that the environment names, fast password hashes."""

import tempfile
from pathlib import Path

from .base import *  # noqa: F403  (settings modules build on each other)
from .base import CACHES, DATABASES, STORAGES
from .env import env, photo_folders

SECRET_KEY = "demonstration-key-of-the-tests"  # noqa: S105
DEBUG = False
DEMONSTRATION = True
ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

# Taken away when the process ends; tests/conftest.py does it where the runner ends its workers at once.
_folder = tempfile.TemporaryDirectory(prefix="newsroom-tests-", ignore_cleanup_errors=True)
VAR_DIR = Path(_folder.name)
MEDIA_ROOT = VAR_DIR / "media"
STORAGES = STORAGES | {
    **photo_folders(VAR_DIR),
    # The manifest is tested by a collectstatic of its own.
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
# At once, so that a test finds what it waits for; tests/test_tasks.py tries the others.
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
WHITENOISE_AUTOREFRESH = True
WHITENOISE_USE_FINDERS = True

# A file, as in a running paper: threads that share one in memory wait for no lock and fail instead.
if "sqlite" in DATABASES["default"]["ENGINE"]:
    DATABASES["default"]["TEST"] = {"NAME": str(VAR_DIR / "test.sqlite3")}

# Processes that test at the same time share nothing. xdist calls its workers gw0, gw1 … and gives each a
# database; a person who runs tests beside others may set a name of their own.
WORKER = env.str("PYTEST_XDIST_WORKER", default="")
if CACHES["default"].get("KEY_PREFIX"):
    CACHES["default"]["KEY_PREFIX"] = f"newsroom-tests-{WORKER}"
    if WORKER.removeprefix("gw").isdigit():
        CACHES["default"]["LOCATION"] = f"{CACHES['default']['LOCATION'].rstrip('/')}/{WORKER[2:]}"
if WORKER and not WORKER.removeprefix("gw").isdigit() and "postgresql" in DATABASES["default"]["ENGINE"]:
    DATABASES["default"]["NAME"] += f"_{WORKER.lower()}"
