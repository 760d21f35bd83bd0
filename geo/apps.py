"""The tool room: knows PostGIS, knows no app."""

from django.apps import AppConfig


class GeoConfig(AppConfig):
    name = "geo"
    verbose_name = "Geographic tools"
