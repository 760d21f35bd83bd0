"""Whether points lie in a country, by the boundaries of the house."""

import numpy as np
import shapely

from territories.enums import Scheme
from territories.models import Territory

# Boundaries of the house are simplified: this near the coast, in degrees, still counts as inside.
COAST = 0.3


class Outlines:
    """The outlines of countries that were asked for."""

    def __init__(self) -> None:
        self._areas: dict[str, shapely.Geometry | None] = {}

    def of(self, country: str) -> shapely.Geometry | None:
        """Outline of a country, of all countries for an empty code; none where unknown."""
        if country not in self._areas:
            rows = Territory.objects.filter(scheme=Scheme.COUNTRY)
            rows = rows.filter(code=country) if country else rows
            parts = [
                part for row in rows for part in shapely.get_parts(shapely.from_wkb(bytes(row.boundary.wkb)))
            ]
            area = shapely.geometrycollections(parts) if parts else None
            if area is not None:
                shapely.prepare(area)
            self._areas[country] = area
        return self._areas[country]

    def hold(self, country: str, places: np.ndarray) -> np.ndarray | None:
        """Which of many points (longitude, latitude) lie in a country or near; none where its outline is unknown."""
        area = self.of(country)
        if area is None:
            return None
        found = shapely.intersects_xy(area, *places.T)
        outside = np.flatnonzero(~found & np.isfinite(places).all(axis=1))
        found[outside] = shapely.dwithin(area, shapely.points(places[outside]), COAST)
        return found
