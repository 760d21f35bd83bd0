"""Addresses for search engines, in every language."""

from django.contrib.sitemaps import Sitemap
from django.urls import reverse

from territories.models import Collective

from .models import Initiative, Network


class Pages(Sitemap):
    """Pages that stand by themselves."""

    i18n = True
    alternates = True
    x_default = True

    def items(self) -> list[str]:
        """Names of the pages."""
        return ["map", "initiatives", "collectives", "networks", "about", "glossary"]

    def location(self, item: str) -> str:
        """Address in the language at hand."""
        return reverse(item)


class Initiatives(Sitemap):
    """Published initiatives."""

    i18n = True
    limit = 5000

    def items(self):
        """Only what an address needs."""
        return Initiative.objects.published().only("slug", "updated_at").order_by("pk")

    def lastmod(self, item: Initiative):
        """Last change."""
        return item.updated_at


class Networks(Sitemap):
    """Partner networks."""

    i18n = True

    def items(self):
        """All."""
        return Network.objects.order_by("pk")


class Collectives(Sitemap):
    """Published collectives."""

    i18n = True

    def items(self):
        """Only what an address needs."""
        return Collective.objects.published().only("slug").order_by("pk")


SITEMAPS = {"pages": Pages, "initiatives": Initiatives, "networks": Networks, "collectives": Collectives}
