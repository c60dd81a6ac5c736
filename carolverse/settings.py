"""Settings. One file: environments differ by the values of carolverse/env.py only."""

import sys
from secrets import token_urlsafe
from typing import Any

import environ

from carolverse.env import BASE_DIR, value
from carolverse.look import theme

DEBUG: bool = value("DEBUG")
TESTING = "pytest" in sys.modules
_kept_key = BASE_DIR / "var" / "secret-key"  # `make run` makes it.
SECRET_KEY: str = value("SECRET_KEY") or (_kept_key.read_text().strip() if _kept_key.exists() else "")
SECRET_KEY_IS_KEPT = bool(SECRET_KEY)
# A command signs nothing that lasts, so any key will do; wsgi.py refuses to serve with one that is gone tomorrow.
SECRET_KEY = SECRET_KEY or token_urlsafe(50)
ALLOWED_HOSTS: list[str] = [*value("ALLOWED_HOSTS"), *(["testserver"] if TESTING else [])]
CSRF_TRUSTED_ORIGINS: list[str] = value("CSRF_TRUSTED_ORIGINS")
if value("BEHIND_TLS"):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SECURE_HSTS_SECONDS = 31_536_000
SESSION_COOKIE_SAMESITE = "Lax"
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

INSTALLED_APPS = [
    "unfold.apps.BasicAppConfig",
    "unfold.contrib.filters",
    "carolverse.console.ConsoleConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django_filters",
    "django_htmx",
    "csp",
    "sales",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "carolverse.csp.console_policy",
    "django_htmx.middleware.HtmxMiddleware",
]
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "frame-ancestors": ["'none'"],
        "form-action": ["'self'"],
        "base-uri": ["'self'"],
        "img-src": ["'self'", "data:"],
    }
}
ROOT_URLCONF = "carolverse.urls"
WSGI_APPLICATION = "carolverse.wsgi.application"
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
                "sales.workspace.context.shell",
            ],
        },
    }
]


def database(url: str) -> dict[str, Any]:
    """Django's entry for a DATABASE_URL; SQLite gets our backend and a path below the project."""
    entry: dict[str, Any] = environ.Env.db_url_config(url)
    if entry["ENGINE"].endswith("sqlite3"):
        entry["ENGINE"] = "carolverse.db.sqlite3"
        path = BASE_DIR / str(entry["NAME"])
        path.parent.mkdir(parents=True, exist_ok=True)
        entry["NAME"] = str(path)
        entry["TEST"] = {"NAME": str(path.parent / "test.sqlite3")}
    else:
        entry["CONN_MAX_AGE"] = 60
    return entry


DATABASES = {"default": database(value("DATABASE_URL"))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "sales.Login"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("UserAttributeSimilarityValidator", "MinimumLengthValidator", "CommonPasswordValidator")
]
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "login"

LANGUAGE_CODE = "en"
TIME_ZONE = "UTC"
USE_TZ = True
STATIC_URL = "static/"
# Tests scan a folder of their own: the site that the journeys start collects into the other meanwhile.
STATIC_ROOT = BASE_DIR / "var" / ("static-of-tests" if TESTING else "static")
STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # WhiteNoise warns where it is missing, and warnings are errors.
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG or TESTING
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = DEBUG or TESTING

REGISTRY_URL: str = value("REGISTRY_URL")
DESIGNS_URL: str = value("DESIGNS_URL")
REGISTRY_MAX_AGE_HOURS: int = value("REGISTRY_MAX_AGE_HOURS")
PORT: str = value("PORT")
ORGANISATION_NAME: str = value("ORGANISATION_NAME")
SALES_SERVICE: str = value("SALES_SERVICE")
WORDS = {"agent": value("AGENT_WORD"), "service": value("SERVICE_WORD"), "owner": value("OWNER_WORD")}

UNFOLD = theme()

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
}
