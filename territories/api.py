"""`/api/territories/` and `/api/collectives/`; the outline of a territory has a door of its own."""

from typing import Any

from django.conf import settings
from django.db.models import QuerySet

from geo.lists import Item, Listing, Rows

from .models import Collective, Territory


class TerritoryList(Listing):
    """All territories without their boundaries, in pages."""

    def rows(self) -> QuerySet:
        """All of them, each with what it lies in."""
        rows = Territory.objects.select_related("parent", "licence")
        return rows.defer("boundary", "parent__boundary", "search_names", "parent__search_names")

    def shown(self, row: Territory) -> dict[str, Any]:
        """Codes, names by language, and where its outline is."""
        return {
            "code": row.code,
            "url": f"{settings.SITE_URL}/territories/{row.code}/",
            "outline": f"{settings.SITE_URL}/api/territories/{row.code}/",
            "scheme": row.scheme,
            "parent": row.parent.code if row.parent else None,
            "country": row.country or None,
            "names": row.names,
            "population": row.population,
            "source": row.source or None,
            "licence": row.licence.code if row.licence else None,
            "year": row.year,
        }


class Collectives(Rows):
    """Published collectives as JSON."""

    def rows(self) -> QuerySet:
        """Those that are shown, each with its territory."""
        rows = Collective.objects.published().select_related("territory")
        return rows.defer("perimeter", "territory__boundary", "territory__search_names")

    def shown(self, row: Collective) -> dict[str, Any]:
        """What its page says of it."""
        return {
            "slug": row.slug,
            "url": f"{settings.SITE_URL}/collectives/{row.slug}/",
            "name": row.name,
            "purposes": row.purposes,
            "territory": row.territory.code,
            "website": row.website or None,
            "logo": f"{settings.SITE_URL}{row.logo.url}" if row.logo else None,
            "created": row.created_at,
        }


class CollectiveList(Collectives, Listing):
    """All of them, in pages."""


class CollectiveItem(Collectives, Item):
    """One collective by its slug."""
