"""Settings of ``make run``: one process, SQLite, the demonstration newspaper allowed."""

from .base import *  # noqa: F403  (settings modules build on each other)
from .env import env, flag

DEBUG = flag("DEBUG", default=False)
DEMONSTRATION = True
# Known to everybody and refused by production (see env.strong_secret).
SECRET_KEY = "demonstration-key-for-one-machine-never-for-a-public-paper"  # noqa: S105
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["127.0.0.1", "localhost", "[::1]"])
