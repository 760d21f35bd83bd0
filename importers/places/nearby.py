"""Whether a record's own coordinates speak against the country that is supposed of it."""

from functools import lru_cache

import shapely

from ..mapping import PositionRule
from ..records import Raw
from ..text import as_text
from .numbers import parse_number, parse_pair

DEGREES = ("", "EPSG:4326")
# Outlines of the house are simplified: a point this near, in degrees, still counts as inside; so fine are points told.
NEAR = 0.05


class Nearby:
    """Knows one country by its outline, if any; it reads degrees only, as files in metres are of one country."""

    def __init__(self, rule: PositionRule, outline: bytes) -> None:
        """`outline`: WKB in degrees, empty where there is none."""
        self._rule = rule
        self._area = shapely.from_wkb(outline) if outline and rule.crs in DEGREES else None
        if self._area is not None:
            shapely.prepare(self._area)
        # Initiatives stand close together.
        self._holds = lru_cache(maxsize=50_000)(self._is_near)

    def may_hold(self, raw: Raw) -> bool:
        """Whether the point of a record lies in the country or next to it, in any order; so does one not known."""
        if self._area is None:
            return True
        x, y = self._point(raw) or (0.0, 0.0)
        if not (x or y) or max(abs(x), abs(y)) > 180:
            return True
        return self._holds(round(x / NEAR), round(y / NEAR))

    def _is_near(self, x: int, y: int) -> bool:
        return any(
            shapely.dwithin(self._area, shapely.Point(a * NEAR, b * NEAR), NEAR) for a, b in ((x, y), (y, x))
        )

    def _point(self, raw: Raw) -> tuple[float, float] | None:
        rule = self._rule
        if not rule.is_given:
            return raw.point
        try:
            if rule.column:
                return parse_pair(as_text(raw.values.get(rule.column)))
            longitude, latitude = (as_text(raw.values.get(name)) for name in (rule.longitude, rule.latitude))
            return parse_number(longitude), parse_number(latitude)
        except ValueError:
            # Whoever locates the record tells what is wrong with it.
            return None
