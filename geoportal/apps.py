"""The front half: joins the rooms."""

from django.apps import AppConfig


class GeoportalConfig(AppConfig):
    name = "geoportal"
    verbose_name = "Social Planet"
