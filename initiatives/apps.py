"""The heart: networks, initiatives, where their data comes from, and what happens to them."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from community.agenda.sources import Asked, Source
    from community.kept import Kept


class InitiativesConfig(AppConfig):
    name = "initiatives"
    verbose_name = _("Initiatives")

    def ready(self) -> None:
        """Say what the room holds of members, for how long it keeps things, and what of it has dates."""
        from community import kept
        from community.agenda import sources
        from community.members import belongings

        from .belongings import BELONGING

        belongings.register(BELONGING)
        kept.register(_kept)
        sources.register(_sessions)


def _kept() -> Iterable["Kept"]:
    from .retention import KEPT

    return KEPT


def _sessions(asked: "Asked") -> "Source | None":
    from .exchange.agenda import source

    return source(asked)
