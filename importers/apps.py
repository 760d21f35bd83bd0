"""The goods entrance: files of partner networks and boundaries."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ImportersConfig(AppConfig):
    """The room's name in the administration."""

    name = "importers"
    verbose_name = _("Imports")

    def ready(self) -> None:
        """Say what the room holds of members."""
        from community.members import belongings

        from .belongings import BELONGING

        belongings.register(BELONGING)
