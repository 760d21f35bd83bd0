"""Strict and quick: warnings are errors, an unknown template variable fails."""

import os

from .base import *
from .base import DATABASES, TEMPLATES, VAR_DIR

# Playwright runs an event loop in the thread of the tests.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
SECRET_KEY = "test-only-not-secret"
ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]
SITE_URL = "http://testserver"
SOURCE_URL = "/source/"
SECURE_SSL_REDIRECT = False
SECURE_HSTS_SECONDS = 0
SESSION_COOKIE_SECURE = False
CSRF_COOKIE_SECURE = False
GEOCODER = None
# Tests that count requests say how many there may be.
API_READS_BY_ADDRESS = 0
REVIEWERS_NEED_SECOND_FACTOR = False
# What a crash of the machine takes from a throw-away database need not be on the disk.
DATABASES["default"]["OPTIONS"]["options"] += " -c synchronous_commit=off"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
# Suites side by side have a database each, so each has files of its own.
BESIDE = os.environ.get("PYTEST_XDIST_WORKER", "")
MEDIA_ROOT = VAR_DIR / f"test-media{BESIDE}"
EXPORTS_ROOT = VAR_DIR / f"test-exports{BESIDE}"
IMPORTS_ROOT = VAR_DIR / f"test-imports{BESIDE}"
ATTACHMENTS_ROOT = VAR_DIR / f"test-attachments{BESIDE}"
SNAPSHOTS_ROOT = VAR_DIR / f"test-snapshots{BESIDE}"
MAP_INDEX_DIR = str(VAR_DIR / f"test-map-index{BESIDE}")
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True


class UnknownVariable(str):
    """Fails where a template names something that its view did not give."""

    def __mod__(self, missing: str) -> str:
        raise LookupError(f"Unknown variable in a template: {missing}")

    def __contains__(self, item: object) -> bool:
        return item == "%s" or super().__contains__(item)


TEMPLATES[0]["OPTIONS"]["string_if_invalid"] = UnknownVariable("%s")
