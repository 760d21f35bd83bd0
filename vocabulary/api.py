"""`/api/themes/`: the ten themes and their subthemes."""

from typing import Any

from django.conf import settings
from django.db.models import QuerySet

from geo.lists import Item, Listing, Rows

from .models import Theme


class Themes(Rows):
    """Themes as JSON."""

    def rows(self) -> QuerySet:
        """All of them, each with what it belongs to."""
        return Theme.objects.select_related("parent")

    def shown(self, row: Theme) -> dict[str, Any]:
        """Names by language, and codes in other vocabularies; one of the ten has no parent."""
        return {
            "slug": row.slug,
            "url": f"{settings.SITE_URL}/initiatives/?theme={row.slug}",
            "parent": row.parent.slug if row.parent else None,
            "order": row.order,
            "icon": row.root.icon,
            "names": row.names,
            "short_names": row.short_names,
            "definitions": row.definition,
            "synonyms": row.synonyms,
            "codes": {
                "essglobal": row.essglobal,
                "osm": row.osm,
                "osm_weak": row.osm_weak,
                "nace": row.nace,
            },
        }


class ThemeList(Themes, Listing):
    """All themes, in pages."""


class ThemeItem(Themes, Item):
    """One theme by its slug."""
