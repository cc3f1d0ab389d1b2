"""Settings of a public paper. Refuses to start on a missing or weak value; nothing here has a secret default."""

from .base import *  # noqa: F403  (settings modules build on each other)
from .env import flag, hosts, number, required, strong_secret, trusted_origins

DEBUG = False
DEMONSTRATION = False
SECRET_KEY = strong_secret()
ALLOWED_HOSTS = hosts()
required(
    "DATABASE_URL",
    "For example postgres://user:password@host:5432/newsroom or sqlite:////srv/paper/paper.sqlite3",
)

CSRF_TRUSTED_ORIGINS = trusted_origins(ALLOWED_HOSTS)
SECURE_SSL_REDIRECT = flag("SECURE_SSL_REDIRECT", default=True)
SECURE_HSTS_SECONDS = number("SECURE_HSTS_SECONDS", default=31_536_000)
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
# Set only behind a proxy that overwrites this header, as deploy/nginx.conf does.
if flag("BEHIND_PROXY", default=False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
