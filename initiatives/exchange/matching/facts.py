"""What of an offer or need is compared, read once from its row."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property
from math import asin, cos, radians, sin, sqrt
from typing import Any

from django.contrib.gis.geos import Point
from django.db.models import F
from django.db.models.functions import Coalesce

from geo.functions import X, Y
from territories.models import Territory
from vocabulary.exchange import CATEGORIES, Category, Kind

from ...models import Exchange
from ...querysets_exchange import ExchangeQuerySet

KM = 6_371.0
EVERYWHERE_IN_EU = "EU"
MEMBER_STATES = frozenset(
    (
        *("AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU"),
        *("IE", "IT", "LT", "LU", "LV", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK"),
    )
)
FIELDS = (
    *("pk", "kind", "category", "language", "theme_id", "languages", "country", "remote"),
    *("radius_km", "starts", "ends", "dates", "details", "published_at", "keys", "root", "lon", "lat"),
)
ONLINE = ("online", "mixed")


@dataclass(frozen=True)
class Facts:
    """One side of a comparison; `covered` are codes of the areas that its place lies in, as far as they matter."""

    pk: int
    kind: str
    category: str
    language: str
    theme_id: int | None
    languages: list[str]
    country: str
    remote: bool
    radius_km: int | None
    starts: date | None
    ends: date | None
    dates: list[date]
    details: dict[str, Any]
    published_at: datetime
    keys: list[str] | None
    root: int | None
    lon: float | None
    lat: float | None
    covered: frozenset[str] = field(default=frozenset())

    @property
    def its_category(self) -> Category:
        """The category with its scale of distances."""
        return CATEGORIES[self.category]

    @property
    def is_remote(self) -> bool:
        """It needs no place; of a training its format says so."""
        return self.remote or self.details.get("format") in ONLINE

    @property
    def position(self) -> tuple[float, float] | None:
        """Longitude and latitude; a geometry would take as long as all the rest."""
        return None if self.lon is None or self.lat is None else (self.lon, self.lat)

    @cached_property
    def words(self) -> frozenset[str]:
        """Its words without the mark of its side."""
        return frozenset(key.partition(":")[2] for key in self.keys or ())

    @property
    def speaks(self) -> frozenset[str]:
        """Languages in which one may write to its people."""
        return frozenset([self.language, *self.languages])

    @property
    def period(self) -> tuple[date | None, date | None]:
        """From when until when; either may be open."""
        if self.dates:
            return min(self.dates), max(self.dates)
        return self.starts, self.ends

    def number(self, name: str) -> float | None:
        """A number of its details."""
        value = self.details.get(name)
        return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None

    def money(self, name: str) -> tuple[Decimal, str] | None:
        """An amount of its details with its currency."""
        value = self.details.get(name)
        return (Decimal(value["amount"]), value["currency"]) if value else None


def of(rows: ExchangeQuerySet) -> list[Facts]:
    """Facts of rows, by one statement."""
    rows = rows.annotate(
        keys=F("words__keys"), root=Coalesce("theme__parent", "theme"), lon=X("position"), lat=Y("position")
    )
    return [Facts(*row) for row in rows.order_by("pk").values_list(*FIELDS)]


def with_areas(asking: Facts, others: Iterable[Facts]) -> tuple[Facts, list[Facts]]:
    """The same with the areas in which the place of the need lies: funding is bound to some."""
    others = list(others)
    if asking.category != "funding":
        return asking, others
    if asking.kind == Kind.NEED:
        return replace(asking, covered=_covering(asking)), others
    named = [code for code in asking.details.get("eligible_area", []) if code != EVERYWHERE_IN_EU]
    inside: dict[int, set[str]] = {}
    rows = Exchange.objects.filter(pk__in=[other.pk for other in others]).exclude(position=None)
    for code, boundary in Territory.objects.filter(code__in=named).values_list("code", "boundary"):
        for pk in rows.filter(position__coveredby=boundary).values_list("pk", flat=True):
            inside.setdefault(pk, set()).add(code)
    return asking, [
        replace(other, covered=_of_country(other) | frozenset(inside.get(other.pk, ()))) for other in others
    ]


def _of_country(facts: Facts) -> frozenset[str]:
    return _with_union({facts.country} - {""})


def _with_union(codes: set[str]) -> frozenset[str]:
    return frozenset(codes | ({EVERYWHERE_IN_EU} if codes & MEMBER_STATES else set()))


def _covering(facts: Facts) -> frozenset[str]:
    codes = {facts.country} - {""}
    if facts.position is not None:
        codes.update(
            Territory.objects.containing(Point(*facts.position, srid=4326)).values_list("code", flat=True)
        )
    return _with_union(codes)


def kilometres(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Between two places, each longitude and latitude, on a sphere."""
    west, south, east, north = (radians(degrees) for degrees in (*one, *other))
    half = sin((north - south) / 2) ** 2 + cos(south) * cos(north) * sin((east - west) / 2) ** 2
    return 2 * KM * asin(sqrt(min(1.0, half)))
