"""The heart: networks, initiatives, where their data comes from, and what happens to them."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from community.kept import Kept


class InitiativesConfig(AppConfig):
    name = "initiatives"
    verbose_name = _("Initiatives")

    def ready(self) -> None:
        """Say what the room holds of members, and for how long it keeps things."""
        from community import kept
        from community.members import belongings

        from .belongings import BELONGING

        belongings.register(BELONGING)
        kept.register(_kept)


def _kept() -> Iterable["Kept"]:
    from .retention import KEPT

    return KEPT
