"""The site as in production, without TLS before it, with the views that only measuring needs."""

from geoportal.settings.base import *  # noqa: F403
from geoportal.settings.base import ACCOUNT_RATE_LIMITS, VAR_DIR

SECRET_KEY = "bench-only-not-secret"
ALLOWED_HOSTS = ["127.0.0.1"]
SITE_URL = "http://127.0.0.1"
SOURCE_URL = "/source/"
SECURE_SSL_REDIRECT = False
# What is measured comes from one address.
API_READS_BY_ADDRESS = 0
# Looked at as ever, but nobody is stopped.
ACCOUNT_RATE_LIMITS = {**ACCOUNT_RATE_LIMITS, "like": "1000/s/key"}
ROOT_URLCONF = "tests.bench.urls"
MEDIA_ROOT = VAR_DIR / "bench" / "media"
# Names in pages stay as they are: nothing has to be collected first.
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
MAP_INDEX_DIR = str(VAR_DIR / "bench" / "map-index")
