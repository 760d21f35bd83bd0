"""Where a record is: its coordinates checked and transformed, else its town in the gazetteer."""

import re
from collections.abc import Sequence
from math import isfinite

import numpy as np
import pyproj
import shapely
from django.utils.translation import gettext_noop as _
from pyproj.exceptions import CRSError, ProjError

from initiatives.enums import Precision
from territories.enums import Scheme
from territories.models import Territory

from .errors import BadFileError, BadMappingError
from .figures import point_of
from .mapping import Mapping
from .numbers import parse_number, parse_pair
from .phrases import SYSTEM, PhraseError, phrase
from .records import Draft, Source
from .text import as_text, is_empty
from .towns import Key, Town, key_of, look_up, meant

WGS84 = "EPSG:4326"
HIGHEST_LATITUDE = 85.05
# Boundaries of the house are simplified: this near the coast, in degrees, still counts as inside.
COAST = 0.3
# Most coordinates are such, and need no second look.
PLAIN = re.compile(r"-?[0-9]{1,3}\.[0-9]+")
# Beyond any degrees: metres of some projection.
PROJECTED = 1000
PROJECTED_COORDINATES = _("looks like projected coordinates; give [position] crs")
DEGREES = _("expected longitude within ±180 and latitude within ±85.05 degrees")
OUTSIDE = _("lies outside of the stated country %(country)s")


def _transformer(crs: str) -> pyproj.Transformer:
    """From a system to degrees; ProjError where it is unknown, or not one of places on the ground."""
    system = pyproj.CRS.from_user_input(crs)
    if not (system.is_geographic or system.is_projected):
        raise CRSError(f"a {system.type_name}")
    return pyproj.Transformer.from_crs(system, WGS84, always_xy=True)


class Locator:
    """Finds positions, chunk by chunk; keeps the outlines of countries it had to look at."""

    def __init__(self, mapping: Mapping, source: Source) -> None:
        """BadMappingError or BadFileError where PROJ knows no way from the stated system to degrees."""
        self.mapping = mapping
        rule = mapping.position
        self._columns = [rule.column] if rule.column else [rule.longitude, rule.latitude]
        self.crs = mapping.position.crs or (WGS84 if mapping.position.is_given else source.crs)
        try:
            self._transformer = None if self.crs == WGS84 else _transformer(self.crs)
        except ProjError as error:
            came = self.crs[:60]
            if mapping.position.crs:
                raise BadMappingError("position.crs", phrase(SYSTEM, came=came)) from error
            found = phrase(_("the reference system “%(came)s”"), came=came)
            raise BadFileError(source.path, found, _("a system such as EPSG:2154")) from error
        self._areas: dict[str, shapely.Geometry | None] = {}
        self._known: dict[Key, list[Town]] = {}

    def locate(self, drafts: Sequence[Draft]) -> None:
        """Give each draft a position, or mark it as having none where the mapping allows, or refuse it."""
        given = [(draft, point) for draft in drafts if not draft.refused and (point := self._given(draft))]
        points = self._transformed([point for _draft, point in given])
        expected = self._all_expected([draft.place.country for draft, _point in given], points)
        for (draft, point), (longitude, latitude), is_expected in zip(given, points, expected):
            self._check(draft, point, longitude, latitude, is_expected)
        missing = [draft for draft in drafts if not draft.refused and draft.place.lon is None]
        self._towns([draft for draft in missing if draft.place.locality])
        for draft in missing:
            if draft.place.lon is None and not draft.refused:
                self._without(draft)

    def _given(self, draft: Draft) -> tuple[float, float] | None:
        """The (x, y) a record states, none where it states nothing; refuses what is not a number."""
        rule, values = self.mapping.position, draft.raw.values
        if not rule.is_given:
            return draft.raw.point
        texts = [as_text(values.get(column)).strip() for column in self._columns]
        if len(texts) == 2 and PLAIN.fullmatch(texts[0]) and PLAIN.fullmatch(texts[1]):
            return float(texts[0]), float(texts[1])
        if all(is_empty(text) and text.casefold() != "nan" for text in texts):
            return None
        try:
            if rule.column:
                if point := point_of(texts[0]):
                    return point
                first, second = parse_pair(texts[0])
                return (second, first) if rule.order == "lat,lon" else (first, second)
            return parse_number(texts[0]), parse_number(texts[1])
        except PhraseError as error:
            draft.refuse("position", ", ".join(texts), error.phrase)
            return None

    def _transformed(self, points: list[tuple[float, float]]) -> list[tuple[float, float]]:
        if self._transformer is None or not points:
            return points
        x, y = np.array(points, dtype=float).T
        longitudes, latitudes = self._transformer.transform(x, y)
        return list(zip(longitudes.tolist(), latitudes.tolist()))

    def _all_expected(self, countries: list[str], points: list[tuple[float, float]]) -> list[bool]:
        """Which of many points lie where they are expected; those of one country are looked at together."""
        found = np.ones(len(points), dtype=bool)
        places = np.array(points, dtype=float).reshape(-1, 2)
        stated = np.array(countries, dtype=object)
        for country in set(countries):
            area = self._area(country)
            if area is None:
                # Without an outline nothing speaks against the point as it came.
                continue
            chosen = np.flatnonzero(stated == country)
            inside = shapely.intersects_xy(area, *places[chosen].T)
            outside = chosen[~inside]
            found[chosen] = inside
            found[outside] = shapely.dwithin(area, shapely.points(places[outside]), COAST)
        return found.tolist()

    def _check(
        self,
        draft: Draft,
        point: tuple[float, float],
        longitude: float,
        latitude: float,
        is_expected: bool,
    ) -> None:
        # As it is of nearly all of them.
        if is_expected and 0 < abs(longitude) <= 180 and abs(latitude) <= HIGHEST_LATITUDE:
            draft.place.lon, draft.place.lat = longitude, latitude
            return
        came = f"x={point[0]:.10g}, y={point[1]:.10g}"
        if not (isfinite(longitude) and isfinite(latitude)):
            draft.refuse(
                "position", came, phrase(_("expected finite coordinates of %(crs)s"), crs=self.crs[:60])
            )
        elif longitude == 0 and latitude == 0:
            draft.refuse("position", came, _("0, 0 is where coordinates are missing"))
        elif max(abs(longitude), abs(latitude)) > PROJECTED:
            draft.refuse("position", came, PROJECTED_COORDINATES)
        else:
            self._place(draft, came, longitude, latitude, is_expected)

    def _place(self, draft: Draft, came: str, longitude: float, latitude: float, is_expected: bool) -> None:
        """Take a point in degrees, exchanged where only that puts it where it should be."""
        place = draft.place
        possible = abs(longitude) <= 180 and abs(latitude) <= HIGHEST_LATITUDE
        turned_possible = abs(latitude) <= 180 and abs(longitude) <= HIGHEST_LATITUDE
        if not (possible and is_expected):
            if turned_possible and self._all_expected([place.country], [(latitude, longitude)])[0]:
                draft.warn("position", came, _("latitude and longitude were exchanged: put right"))
                place.lon, place.lat = latitude, longitude
                return
            if not possible:
                draft.refuse("position", came, DEGREES)
                return
            if place.country:
                draft.warn("position", came, phrase(OUTSIDE, country=place.country))
        place.lon, place.lat = longitude, latitude

    def _area(self, country: str) -> shapely.Geometry | None:
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

    def _towns(self, drafts: list[Draft]) -> None:
        """Positions of towns by one query for all new names; of several towns one must be clear."""
        keys = [key_of(draft.place.locality, draft.place.postcode, draft.place.country) for draft in drafts]
        self._known.update(look_up(sorted(set(keys) - self._known.keys())))
        for draft, key in zip(drafts, keys):
            place, towns = draft.place, self._known[key]
            town = meant(towns)
            if town:
                place.lon, place.lat = town.longitude, town.latitude
                place.precision = max(place.precision, Precision.LOCALITY, key=list(Precision.values).index)
                if town.is_known and not town.is_inside:
                    told = f"{place.postcode} {place.locality}"
                    draft.warn("position", told, _("the town of this name lies in another department"))
            elif towns:
                told = " ".join(filter(None, (place.postcode, place.locality, place.country)))
                draft.refuse("position", told, _("no position, and several towns have this name"))

    def _without(self, draft: Draft) -> None:
        if self.mapping.position.missing == "allow":
            draft.place.has_no_position = True
            return
        town = draft.place.locality
        reason = _("no position, and no such town in the gazetteer") if town else _("no position")
        draft.refuse("position", town, reason)
