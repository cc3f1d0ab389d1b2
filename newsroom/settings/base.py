"""Settings that hold everywhere; ``dev``, ``prod`` and ``test`` add what differs."""

from csp.constants import NONCE, NONE, SELF
from django.utils.translation import gettext_lazy as _

from .env import (
    BASE_DIR,
    TASK_APPS,
    VAR_DIR,
    cache,
    database,
    env,
    flag,
    object_store,
    photo_folders,
    tasks,
)

INSTALLED_APPS = [
    "newsroom.accounts",
    "newsroom.desk.apps.DeskAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.sitemaps",
    "taggit",
    "js_asset",
    "django_prose_editor",
    "csp",
    "django_tasks",
    *TASK_APPS,
    "articles",
    "newsroom.publication",
    "newsroom.layout",
    "newsroom.desk",
    "newsroom.front",
    "newsroom.readers",
    "newsroom.search",
    "newsroom.wire",
    "newsroom.sharing",
    "newsroom.notices",
    "newsroom.planning",
    "newsroom.ops",
]

MIDDLEWARE = [
    "newsroom.ops.middleware.health_pages",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "newsroom.layout.middleware.permissions_policy",
    "newsroom.layout.middleware.clean_address",
    "django.middleware.http.ConditionalGetMiddleware",
    "django.middleware.common.CommonMiddleware",
    # These four touch nothing on readers' pages: no session is read, no cookie set.
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "newsroom.accounts.middleware.desk_language",
    "newsroom.layout.middleware.staff_pages",
    "newsroom.publication.middleware.ReadersPages",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF = "newsroom.urls"
WSGI_APPLICATION = "newsroom.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "newsroom.publication.context_processors.publication",
                "newsroom.layout.context_processors.chrome",
            ],
        },
    },
]

DATABASES = {"default": database()}
TASKS = {"default": tasks()}
CACHES = {"default": cache()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "newsroom_accounts.User"
AUTHENTICATION_BACKENDS = ["newsroom.accounts.backends.StaffBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "admin:login"

# Korean first; English complete.
LANGUAGE_CODE = env.str("LANGUAGE_CODE", default="ko")
LANGUAGES = [("ko", _("Korean")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
TIME_ZONE = env.str("TIME_ZONE", default="Asia/Seoul")
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_URL = "media/"
MEDIA_ROOT = VAR_DIR / "media"
_store = object_store()
STORAGES = {
    **(_store.stores() if _store else photo_folders(VAR_DIR)),
    "staticfiles": {"BACKEND": "newsroom.layout.staticfiles.BundledStorage"},
}
# One process serves photos itself; switched off where nginx, a CDN or an object store does.
SERVE_MEDIA = flag("SERVE_MEDIA", default=_store is None)
# The host of photos, where it is another than the paper's.
_media_hosts = [_store.origin] if _store else []
FILE_UPLOAD_PERMISSIONS = 0o644
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024

TAGGIT_CASE_INSENSITIVE = True
TAGGIT_STRIP_UNICODE_WHEN_SLUGIFYING = False
TAGGIT_TAGS_FROM_STRING = "articles.tagging.parse_tags"
TAGGIT_STRING_FROM_TAGS = "articles.tagging.join_tags"

# No inline style or script anywhere, the desk included; nonces are for the desk's import map.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF, "data:", "blob:", *_media_hosts],
        "media-src": [SELF, *_media_hosts],
        "font-src": [SELF],
        "connect-src": [SELF],
        # articles.embeds.FRAME_HOSTS: loaded only when a reader asks for a video or a map.
        "frame-src": [
            "https://www.youtube-nocookie.com",
            "https://player.vimeo.com",
            "https://tv.naver.com",
            "https://www.google.com/maps/embed",
            "https://www.openstreetmap.org/export/",
        ],
        "form-action": [SELF],
        "base-uri": [NONE],
        "object-src": [NONE],
        "frame-ancestors": [NONE],
        "manifest-src": [SELF],
    },
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "newsroom.layout.views.csrf_failure"

# Without EMAIL_URL notices stand in their list only.
vars().update(env.email_url("EMAIL_URL", default="dummymail://"))
EMAIL_TIMEOUT = 5
DEFAULT_FROM_EMAIL = env.str("EMAIL_FROM", default="webmaster@localhost")

# True only where demonstration accounts may exist and sign in.
DEMONSTRATION = False

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", default="INFO")},
    # Every task that begins and ends is no news; one that fails is.
    "loggers": {"django_tasks": {"level": "WARNING"}},
}
