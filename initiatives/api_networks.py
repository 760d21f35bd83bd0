"""`/api/networks/`, and how many published initiatives a territory, collective, network or group holds."""

from collections.abc import Collection, Mapping
from typing import Any

from django.conf import settings
from django.db.models import Count, QuerySet

from geo.lists import Item, Listing, Rows

from . import lists
from .enums import Status
from .models import Initiative, InitiativeGroup, InitiativeTerritory, Network, NetworkMembership

CARRYING: dict[str, tuple[QuerySet, str]] = {
    "territory": (
        InitiativeTerritory.objects.filter(initiative__status=Status.PUBLISHED),
        "territory",
    ),
    "collective": (Initiative.objects.published(), "collective"),
    "network": (
        NetworkMembership.objects.filter(initiative__status=Status.PUBLISHED, until=None),
        "network",
    ),
    "group": (
        InitiativeGroup.objects.shown().filter(initiative__status=Status.PUBLISHED),
        "group",
    ),
}


def counts(name: str, keys: Collection[int]) -> Mapping[int, int]:
    """Published initiatives by key of a territory, collective, network or group, from the map index if it can tell."""
    held = lists.held(name)
    if held is not None:
        return held
    rows, key = CARRYING[name]
    numbers = rows.filter(**{f"{key}__in": keys}).order_by().values_list(key).annotate(n=Count("pk"))
    return dict(numbers)


class Networks(Rows):
    """Partner networks as JSON."""

    def rows(self) -> QuerySet:
        """All of them."""
        return Network.objects.select_related("licence")

    def shown(self, row: Network) -> dict[str, Any]:
        """What its page says of it; `complete` is false where an import made it and nobody described it yet."""
        return {
            "slug": row.slug,
            "url": f"{settings.SITE_URL}/networks/{row.slug}/",
            "name": row.name,
            "descriptions": row.descriptions,
            "country": row.country or None,
            "website": row.website or None,
            "charter": row.charter_url or None,
            "licence": row.licence.code if row.licence else None,
            "complete": row.is_complete,
            "created": row.created_at,
        }


class NetworkList(Networks, Listing):
    """All of them, in pages."""


class NetworkItem(Networks, Item):
    """One network by its slug."""
