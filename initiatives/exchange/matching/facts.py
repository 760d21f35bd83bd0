"""What of an offer or need is compared, read once from its row."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property
from math import asin, cos, radians, sin, sqrt
from typing import Any

from django.db import connection
from django.db.models import F
from django.db.models.functions import Coalesce

from geo.functions import X, Y
from vocabulary.exchange import CATEGORIES, Category, Kind

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
COVERING = """
SELECT place.key, t.code
FROM unnest(%s::bigint[], %s::float8[], %s::float8[]) AS place (key, lon, lat)
JOIN territories_territory t
  ON t.code = ANY(%s) AND ST_CoveredBy(ST_SetSRID(ST_MakePoint(place.lon, place.lat), 4326), t.boundary)
"""


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


def with_areas(pairs: Sequence[tuple[Facts, list[Facts]]]) -> list[tuple[Facts, list[Facts]]]:
    """The same with the areas in which the place of each need lies: funding is bound to some. One statement at most."""
    funded = [(asking, others) for asking, others in pairs if asking.category == "funding"]
    if not funded:
        return list(pairs)
    sides = [(asking.kind, [asking], others) for asking, others in funded]
    needs = [one for kind, own, others in sides for one in (own if kind == Kind.NEED else others)]
    offers = [one for kind, own, others in sides for one in (others if kind == Kind.NEED else own)]
    named = {code for offer in offers for code in offer.details.get("eligible_area", ())}
    covered = _covering(needs, named - {EVERYWHERE_IN_EU})

    def placed(facts: Facts) -> Facts:
        if facts.kind != Kind.NEED or facts.category != "funding":
            return facts
        return replace(facts, covered=_with_union(covered.get(facts.pk, set()) | ({facts.country} - {""})))

    return [(placed(asking), [placed(other) for other in others]) for asking, others in pairs]


def _with_union(codes: set[str]) -> frozenset[str]:
    return frozenset(codes | ({EVERYWHERE_IN_EU} if codes & MEMBER_STATES else set()))


def _covering(needs: Iterable[Facts], codes: set[str]) -> dict[int, set[str]]:
    """By key of a need those of the areas that its place lies in."""
    places = {need.pk: need.position for need in needs if need.position is not None}
    found: dict[int, set[str]] = {}
    if places and codes:
        lons, lats = zip(*places.values(), strict=True)
        with connection.cursor() as cursor:
            cursor.execute(COVERING, [list(places), list(lons), list(lats), sorted(codes)])
            for pk, code in cursor.fetchall():
                found.setdefault(pk, set()).add(code)
    return found


def kilometres(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Between two places, each longitude and latitude, on a sphere."""
    west, south, east, north = (radians(degrees) for degrees in (*one, *other))
    half = sin((north - south) / 2) ** 2 + cos(south) * cos(north) * sin((east - west) / 2) ** 2
    return 2 * KM * asin(sqrt(min(1.0, half)))
