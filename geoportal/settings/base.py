"""Settings with safe values for production; dev.py and test.py loosen what they must."""

from pathlib import Path

import environ
from csp.constants import NONCE, NONE, SELF
from django.utils.translation import gettext_lazy as _

from . import values
from .people import *
from .tending import *

BASE_DIR = Path(__file__).resolve().parents[2]
VAR_DIR = BASE_DIR / "var"
env = environ.Env()

DEBUG = False
SECRET_KEY = env.str("SECRET_KEY", default="")
# Former keys, so that links in mails stay good and who wants no yearly question is still known.
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=[])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
SITE_NAME = "Social Planet"
# Where the site lives: links in exports and mails begin with it.
SITE_URL = env.str("SITE_URL", default=f"https://{ALLOWED_HOSTS[0]}" if ALLOWED_HOSTS else "").rstrip("/")
# The compiled data set; single records may carry their own licence.
DATA_LICENCE = env.str("DATA_LICENCE", default="ODbL-1.0")
SOURCE_URL = env.str("SOURCE_URL", default="")
# Who runs this installation; the legal notice says plainly what is not filled in.
PUBLISHER = {
    "name": env.str("PUBLISHER_NAME", default=""),
    "address": env.str("PUBLISHER_ADDRESS", default=""),
    "director": env.str("PUBLISHER_DIRECTOR", default=""),
    "contact": env.str("PUBLISHER_CONTACT", default=""),
    "host": env.str("PUBLISHER_HOST", default=""),
}

INSTALLED_APPS = [
    "geo",
    "vocabulary",
    "territories",
    "community",
    "initiatives",
    "campaigns",
    "importers",
    "geoportal",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
    "django.contrib.gis",
    "django.contrib.humanize",
    "django.contrib.postgres",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "csp",
    "django_filters",
    "leaflet",
    "pgtrigger",
    "pghistory",
    "procrastinate.contrib.django",
    "rest_framework",
    "rest_framework_gis",
    "drf_spectacular",
    "rules.apps.AutodiscoverRulesConfig",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "geoportal.middleware.GZipMiddleware",
    "geoportal.cors.OpenToReaders",
    "geoportal.middleware.RefuseNullBytes",
    "geoportal.middleware.ShortWay",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "geoportal.middleware.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "geoportal.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "geoportal.second_factor.SecondFactor",
    "pghistory.middleware.HistoryMiddleware",
]

ROOT_URLCONF = "geoportal.urls"
WSGI_APPLICATION = "geoportal.wsgi.application"
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

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
                "geoportal.context_processors.site",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "geoportal.templatetags.site",
            ],
        },
    },
]

# ── Database: PostGIS; each thread keeps its connection between requests ────────────────────────
DATABASES = {
    "default": {
        **env.db_url("DATABASE_URL", default="postgis:///social_planet"),
        "ENGINE": "django.contrib.gis.db.backends.postgis",
    }
}
# A pool would prepare each connection anew for every request, which takes longer than most questions.
DATABASES["default"].update(CONN_MAX_AGE=None, CONN_HEALTH_CHECKS=True)
# Without a number Django forbids prepared statements even where they are asked for; its own cursors never make any.
DATABASES["default"].setdefault("OPTIONS", {}).setdefault("prepare_threshold", 5)
# Imports stage rows in temporary tables, which go to files from 8 MB on unless a session is begun with more.
DATABASES["default"]["OPTIONS"].setdefault("options", "-c temp_buffers=64MB")
SILENCED_SYSTEM_CHECKS = [
    "auth.W004",  # unique by a case-blind constraint instead
    "gis.W001",  # only our own code names spatial references to GDAL
    "security.W005",  # whether its other sites speak https is up to the owner of the domain
    "security.W021",  # and so is the list that browsers carry
]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# ── Caches: rate limits; what is typed in the search box has one of its own, lest it push them out ─
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "default"},
    "lexicon": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "lexicon",
        "TIMEOUT": 3600,
        "OPTIONS": {"MAX_ENTRIES": 5_000},
    },
    # What a service has answered about an address.
    "geocoder": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "geocoder",
        "TIMEOUT": 24 * 3600,
        "OPTIONS": {"MAX_ENTRIES": 2_000},
    },
}

# ── People ──────────────────────────────────────────────────────────────────────────────────────
ACCOUNT_EMAIL_SUBJECT_PREFIX = f"[{SITE_NAME}] "
MFA_TOTP_ISSUER = SITE_NAME

# ── Languages ───────────────────────────────────────────────────────────────────────────────────
LANGUAGE_CODE = "fr"
LANGUAGES = [
    ("fr", _("French")),
    ("en", _("English")),
    ("es", _("Spanish")),
    ("de", _("German")),
    ("it", _("Italian")),
]
LOCALE_PATHS = [BASE_DIR / "locale"]
# British dates in English; the other languages have their own.
FORMAT_MODULE_PATH = ["geoportal.formats"]
USE_TZ = True
TIME_ZONE = values.time_zone("TIME_ZONE", env.str("TIME_ZONE", default="UTC"))
USE_THOUSAND_SEPARATOR = True
# A page's address tells its language; the cookie only remembers a choice made in the menu.
LANGUAGE_COOKIE_NAME = "language"
LANGUAGE_COOKIE_SAMESITE = "Lax"

# ── Files ───────────────────────────────────────────────────────────────────────────────────────
STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_URL = "/media/"
MEDIA_ROOT = VAR_DIR / "media"
# Files that networks hand in; no address leads there.
IMPORTS_ROOT = VAR_DIR / "imports"
# Files that people attach to posts; a page gives them to whoever may read the group.
ATTACHMENTS_ROOT = VAR_DIR / "attachments"
# Files of large selections, for a while.
EXPORTS_ROOT = VAR_DIR / "exports"
# From so many rows on, a file that cannot be streamed is made by the worker.
EXPORT_AT_ONCE = 20_000
# Frozen files of all that is public, a folder for each date.
SNAPSHOTS_ROOT = Path(env.str("SNAPSHOTS_ROOT", default=str(VAR_DIR / "snapshots")))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "geoportal.staticfiles.HashedStaticFilesStorage"},
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024

# Memory-mapped columns of the map, shared by all processes of the machine; made anew when missing.
MAP_INDEX_DIR = env.str("MAP_INDEX_DIR", default=str(VAR_DIR / "map-index"))

# Who is asked for the place of an address: ban, nominatim or photon; else the gazetteer alone.
GEOCODER = values.geocoder("GEOCODER", env.str("GEOCODER", default=""))

# ── Mail ────────────────────────────────────────────────────────────────────────────────────────
vars().update(env.email_url("EMAIL_URL", default="consolemail://"))
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="Social Planet <no-reply@localhost>")

# ── Safety ──────────────────────────────────────────────────────────────────────────────────────
SECURE_SSL_REDIRECT = True
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = 31_536_000
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
X_FRAME_OPTIONS = "DENY"
BASEMAP_URL = env.str("BASEMAP_URL", default="")
BASEMAP_ATTRIBUTION = env.str("BASEMAP_ATTRIBUTION", default="")
_basemap_origin = [values.origin("BASEMAP_URL", BASEMAP_URL)] if BASEMAP_URL else []
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF, NONCE],
        # Leaflet positions its panes with style attributes.
        "style-src": [SELF, "'unsafe-inline'"],
        "img-src": [SELF, "data:", *_basemap_origin],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    },
}

# ── Doors ───────────────────────────────────────────────────────────────────────────────────────
REST_FRAMEWORK = {
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.AllowAny"],
    "EXCEPTION_HANDLER": "geoportal.problems.drf_exception_handler",
    "UNAUTHENTICATED_USER": None,
    "DEFAULT_THROTTLE_CLASSES": ["community.members.throttles.ReadingThrottle"],
    # The Accept header chooses; `?format=` would be a parameter that CONTRACT does not know.
    "URL_FORMAT_OVERRIDE": None,
}
# How many times a minute the API answers an address, or a program with a token, that reads; 0 for as often as it likes.
API_READS_BY_ADDRESS = values.number("API_READS_BY_ADDRESS", env.str("API_READS_BY_ADDRESS", default="3000"))
API_READS_BY_TOKEN = values.number("API_READS_BY_TOKEN", env.str("API_READS_BY_TOKEN", default="12000"))
# How many changes a minute a member makes through it.
API_WRITES = values.number("API_WRITES", env.str("API_WRITES", default="120"))
SPECTACULAR_SETTINGS = {
    "OAS_VERSION": "3.1.0",
    "TITLE": SITE_NAME,
    "VERSION": "1",
    # It looks for what views say of themselves; here geoportal/api/doors.py does, and a test holds both together.
    "ENABLE_DJANGO_DEPLOY_CHECK": False,
}
LEAFLET_CONFIG = {
    # Our own base layer draws the map; no tiles of a third party.
    "TILES": [],
    "DEFAULT_CENTER": (47.0, 8.0),
    "DEFAULT_ZOOM": 4,
    "MIN_ZOOM": 2,
    "MAX_ZOOM": 18,
    "RESET_VIEW": False,
    "ATTRIBUTION_PREFIX": "",
    "NO_GLOBALS": True,
}
PGHISTORY_DEFAULT_TRACKERS = ()
PGHISTORY_ADMIN_MODEL = None
# Asking who reads would open the session at every address; only what may write is told apart.
PGHISTORY_MIDDLEWARE_METHODS = ("POST", "PUT", "PATCH", "DELETE")
PROCRASTINATE_WORKER_DEFAULTS = {"install_signal_handlers": True}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", default="INFO")},
    # It tells each task that it knows whenever Django starts.
    "loggers": {"procrastinate": {"level": "WARNING"}},
}
