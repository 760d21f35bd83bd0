"""Addresses of campaigns for search engines, in every language."""

from initiatives.sitemaps import SITEMAPS, Rows

from .models import Campaign


class Campaigns(Rows):
    """Those past their preparation."""

    def items(self):
        """Only what an address needs."""
        return Campaign.objects.public().only("slug").order_by("pk")


ALL = {**SITEMAPS, "campaigns": Campaigns}
