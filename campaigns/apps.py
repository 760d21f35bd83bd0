"""Campaigns that put initiatives forward, theme by theme."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CampaignsConfig(AppConfig):
    name = "campaigns"
    verbose_name = _("Campaigns")

    def ready(self) -> None:
        """Say what the room holds of members, and offer its ways from pages of lower rooms."""
        from community.members import belongings
        from initiatives import ways

        from .nominating.belongings import BELONGING
        from .nominating.ways import to_campaigns

        belongings.register(BELONGING)
        ways.register("campaigns", to_campaigns)
