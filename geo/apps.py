"""The tool room: knows PostGIS, knows no app."""

from django.apps import AppConfig
from django.db.backends.signals import connection_created


class GeoConfig(AppConfig):
    """An app for its SQL functions, which migrations make."""

    name = "geo"
    verbose_name = "Geographic tools"

    def ready(self) -> None:
        """Notice what this process writes."""
        from .freshness import watch

        connection_created.connect(watch, dispatch_uid="geo.freshness")
