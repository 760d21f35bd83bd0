"""The front half: joins the rooms."""

from django.apps import AppConfig
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured


class GeoportalConfig(AppConfig):
    name = "geoportal"
    verbose_name = "Social Planet"

    def ready(self) -> None:
        """Refuse to start half set up, rather than fail at the first visitor."""
        # Read past the door, which would complain about an empty key in its own words.
        missing = [] if settings._wrapped.SECRET_KEY else ["SECRET_KEY"]
        if not settings.DEBUG and not settings.ALLOWED_HOSTS:
            missing.append("ALLOWED_HOSTS")
        if missing:
            raise ImproperlyConfigured(f"Set {' and '.join(missing)} in the environment: see README.md.")
