"""Settings of the tests: the database and cache that the environment names, fast password hashes."""

import tempfile
from pathlib import Path

from .base import *  # noqa: F403  (settings modules build on each other)
from .base import STORAGES

SECRET_KEY = "demonstration-key-of-the-tests"  # noqa: S105
DEBUG = False
DEMONSTRATION = True
ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

VAR_DIR = Path(tempfile.mkdtemp(prefix="newsroom-tests-"))
MEDIA_ROOT = VAR_DIR / "media"
STORAGES = STORAGES | {
    "originals": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": VAR_DIR / "originals", "base_url": None},
    },
    # The manifest is tested by a collectstatic of its own.
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_AUTOREFRESH = True
WHITENOISE_USE_FINDERS = True
