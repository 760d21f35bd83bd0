"""Addresses for search engines, in every language."""

from collections.abc import Sequence
from datetime import datetime
from functools import cached_property
from typing import Any, NamedTuple

from django.contrib.sitemaps import Sitemap
from django.db.models import Max, QuerySet
from django.urls import reverse

from community.models import Group, Space
from territories.models import Collective

from .models import Exchange, Initiative, Network


class Pages(Sitemap):
    """Pages that stand by themselves."""

    i18n = True
    alternates = True
    x_default = True

    def items(self) -> list[str]:
        """Names of the pages."""
        return [
            "map",
            "initiatives",
            "exchange:list",
            "collectives",
            "networks",
            "imports",
            "groups",
            "agenda",
            "spaces",
            "campaigns",
            "members",
            "members_places",
            "contributions",
            "activity",
            "data",
            "data_dictionary",
            "figures",
            "about",
            "glossary",
        ]

    def location(self, item: str) -> str:
        """Address in the language at hand."""
        return reverse(item)


class InLanguages(Sequence):
    """(row, language) for every row in every language; a slice reads its own rows only."""

    def __init__(self, rows: QuerySet, languages: list[str]) -> None:
        self.rows = rows
        self.languages = languages

    @cached_property
    def _length(self) -> int:
        return self.rows.count() * len(self.languages)

    def __len__(self) -> int:
        return self._length

    def __getitem__(self, part: slice) -> list[tuple[Any, str]]:
        start, stop, _step = part.indices(self._length)
        each = len(self.languages)
        first = start // each
        rows = self.rows[first : -(-stop // each)]
        pairs = [(row, language) for row in rows for language in self.languages]
        return pairs[start - first * each : stop - first * each]


class Rows(Sitemap):
    """Rows of a table; Django's own makes a list of all of them for each page."""

    i18n = True

    def _items(self) -> InLanguages:
        return InLanguages(self.items(), self._languages())


class Initiatives(Rows):
    """Published initiatives."""

    limit = 5000

    def items(self) -> QuerySet:
        """Only what an address needs."""
        return Initiative.objects.published().values_list("slug", "updated_at", named=True).order_by("pk")

    def location(self, item: NamedTuple) -> str:
        """Page in the language at hand."""
        return reverse("initiative", args=[item.slug])

    def lastmod(self, item: NamedTuple) -> datetime:
        """Last change."""
        return item.updated_at

    def get_latest_lastmod(self) -> datetime | None:
        """Last change of any."""
        return self.items().aggregate(last=Max("updated_at"))["last"]


class Networks(Rows):
    """Partner networks."""

    def items(self):
        """All."""
        return Network.objects.order_by("pk")


class Collectives(Rows):
    """Published collectives."""

    def items(self):
        """Only what an address needs."""
        return Collective.objects.published().only("slug").order_by("pk")


class Groups(Rows):
    """Working groups that anyone may know of."""

    def items(self):
        """Only what an address needs."""
        return Group.objects.shown().only("slug").order_by("pk")


class Spaces(Rows):
    """Public spaces."""

    def items(self):
        """Only what an address needs."""
        return Space.objects.shown().only("slug").order_by("pk")


class Exchanges(Rows):
    """Offers and needs that are open."""

    limit = 5000

    def items(self) -> QuerySet:
        """Only what an address needs."""
        return Exchange.objects.shown().only("updated_at").order_by("pk")

    def lastmod(self, item: Exchange) -> datetime:
        """Last change."""
        return item.updated_at

    def get_latest_lastmod(self) -> datetime | None:
        """Last change of any."""
        return self.items().aggregate(last=Max("updated_at"))["last"]


SITEMAPS = {
    "pages": Pages,
    "initiatives": Initiatives,
    "networks": Networks,
    "collectives": Collectives,
    "groups": Groups,
    "spaces": Spaces,
    "exchanges": Exchanges,
}
