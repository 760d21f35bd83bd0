"""The tool room: knows PostGIS, knows no app."""

from django.apps import AppConfig


class GeoConfig(AppConfig):
    """An app for its SQL functions, which a migration makes."""

    name = "geo"
    verbose_name = "Geographic tools"
