"""Campaigns that put initiatives forward, theme by theme."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from community.kept import Kept


class CampaignsConfig(AppConfig):
    name = "campaigns"
    verbose_name = _("Campaigns")

    def ready(self) -> None:
        """Say what the room holds of members and for how long, and join the pages and the map of lower rooms."""
        from community import kept
        from community.members import belongings
        from initiatives import ways
        from initiatives.merging import bound

        from . import belongings as likes
        from .mapping import joining
        from .nominating import belongings as nominations
        from .nominating import merging
        from .nominating.ways import to_campaigns

        belongings.register(likes.BELONGING)
        belongings.register(nominations.BELONGING)
        kept.register(_kept)
        ways.register("campaigns", to_campaigns)
        bound.register("campaigns", merging.bound)
        joining.join()


def _kept() -> Iterable["Kept"]:
    from .retention import KEPT

    return KEPT
