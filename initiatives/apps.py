"""The heart: networks, initiatives, where their data comes from, and what happens to them."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class InitiativesConfig(AppConfig):
    name = "initiatives"
    verbose_name = _("Initiatives")

    def ready(self) -> None:
        """Say what the room holds of members, and for how long it keeps things."""
        from community import retention
        from community.members import belongings

        from .belongings import BELONGING
        from .retention import KEPT

        belongings.register(BELONGING)
        retention.register(*KEPT)
