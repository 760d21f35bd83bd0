"""`/api/groups/`: working groups that anyone may know of."""

from collections.abc import Collection
from typing import Any

from django.conf import settings
from django.db.models import Count, QuerySet

from community.models import Group
from geo.lists import Item, Listing, Rows
from territories.enums import CollectiveStatus
from territories.models import Collective


def _slug_of(collective: Collective | None) -> str | None:
    return collective.slug if collective and collective.status == CollectiveStatus.PUBLISHED else None


class Groups(Rows):
    """Working groups as JSON; how many initiatives they have is a member of their own."""

    def rows(self) -> QuerySet:
        """Those that are shown, each with what it is rooted in and how many belong to it."""
        rows = Group.objects.shown().select_related("territory", "collective")
        rows = rows.defer("territory__boundary", "territory__search_names", "collective__perimeter")
        return rows.annotate(member_count=Count("memberships"))

    def told(self, rows: Collection[Group]) -> list[dict[str, Any]]:
        """Rows as JSON, with their initiatives counted together."""
        counts = self.counts([row.pk for row in rows])
        return [{**self.shown(row), "initiatives": counts.get(row.pk, 0)} for row in rows]

    def shown(self, row: Group) -> dict[str, Any]:
        """What its page says of it; a collective that is not published is not named."""
        return {
            "slug": row.slug,
            "url": f"{settings.SITE_URL}/groups/{row.slug}/",
            "name": row.name,
            "purpose": row.purpose or None,
            "kind": row.kind,
            "language": row.language,
            "territory": row.territory.code if row.territory else None,
            "collective": _slug_of(row.collective),
            "members": row.member_count,
            "created": row.created_at,
            "archived": row.archived_at,
        }


class GroupList(Groups, Listing):
    """All of them, in pages."""


class GroupItem(Groups, Item):
    """One group by its slug."""
