"""Where a record is: its coordinates checked and transformed, else its town in the gazetteer."""

from collections.abc import Sequence
from math import cos, hypot, isfinite, radians

import numpy as np
from django.utils.translation import gettext_noop as _
from pyproj.exceptions import ProjError

from initiatives.enums import Precision

from ..errors import BadFileError, BadMappingError
from ..mapping import Mapping
from ..phrases import SYSTEM, Phrase, PhraseError, phrase
from ..records import Draft, Source
from .outlines import Outlines
from .positions import plain_point, stated_point, stated_texts
from .systems import PROJECTED, WGS84, to_degrees
from .towns import Key, Town, is_confirmed, look_up, meant, sought

HIGHEST_LATITUDE = 85.05
# Degrees of a great circle, some hundred kilometres: no town is so large.
FAR = 1.0
DEGREES = _("expected longitude within ±180 and latitude within ±85.05 degrees")
NOT_FINITE = _("expected finite coordinates of %(crs)s")
OUTSIDE = _("lies outside of the stated country %(country)s")
FAR_OFF = _("lies far from its town by %(crs)s, which is guessed")


class Locator:
    """Finds positions, chunk by chunk; keeps the outlines of countries it had to look at."""

    def __init__(self, mapping: Mapping, source: Source) -> None:
        """BadMappingError or BadFileError where PROJ knows no way from the stated system to degrees."""
        self.mapping = mapping
        self.crs = mapping.position.crs or (WGS84 if mapping.position.is_given else source.crs)
        try:
            self._transformer = None if self.crs == WGS84 else to_degrees(self.crs)
        except ProjError as error:
            came = self.crs[:60]
            if mapping.position.crs:
                raise BadMappingError("position.crs", phrase(SYSTEM, came=came)) from error
            found = phrase(_("the reference system “%(came)s”"), came=came)
            raise BadFileError(source.path, found, _("a system such as EPSG:2154")) from error
        self._outlines = Outlines()
        self._known: dict[Key, list[Town]] = {}

    def locate(self, drafts: Sequence[Draft]) -> None:
        """Give each draft a position, or mark it as having none where the mapping allows, or refuse it."""
        given = [(draft, point) for draft in drafts if not draft.refused and (point := self._given(draft))]
        points = self._transformed([point for _draft, point in given])
        expected = self._all_expected([draft.place.country for draft, _point in given], points)
        for (draft, point), (longitude, latitude), is_expected in zip(given, points, expected):
            self._check(draft, point, longitude, latitude, is_expected)
        if self.mapping.guessed and self.mapping.position.crs:
            self._tell_far([draft for draft, _point in given if draft.place.locality and not draft.refused])
        missing = [draft for draft in drafts if not draft.refused and draft.place.lon is None]
        self._towns([draft for draft in missing if draft.place.locality])
        for draft in missing:
            if draft.place.lon is None and not draft.refused:
                self._without(draft)

    def _given(self, draft: Draft) -> tuple[float, float] | None:
        """The (x, y) a record states, none where it states nothing or what is not a number."""
        rule = self.mapping.position
        if not rule.is_given:
            return draft.raw.point
        if not rule.column and (point := plain_point(rule, draft.raw.values)):
            return point
        texts = stated_texts(rule, draft.raw.values)
        try:
            return stated_point(rule, texts)
        except PhraseError as error:
            self._unusable(draft, ", ".join(texts), error.phrase)
            return None

    def _unusable(self, draft: Draft, came: str, why: str | Phrase) -> None:
        """Refuse a row for its position; where that was guessed, go by the town it names."""
        if self.mapping.guessed and draft.place.locality:
            draft.warn("position", came, why)
        else:
            draft.refuse("position", came, why)

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
            chosen = np.flatnonzero(stated == country)
            inside = self._outlines.hold(country, places[chosen])
            # Without an outline nothing speaks against the point as it came.
            if inside is not None:
                found[chosen] = inside
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
        if is_expected and any(point) and 0 < abs(longitude) <= 180 and abs(latitude) <= HIGHEST_LATITUDE:
            draft.place.lon, draft.place.lat = longitude, latitude
            return
        came = f"x={point[0]:.10g}, y={point[1]:.10g}"
        if not (isfinite(longitude) and isfinite(latitude)):
            self._unusable(draft, came, phrase(NOT_FINITE, crs=self.crs[:60]))
        elif not any(point) or (longitude == 0 and latitude == 0):
            self._unusable(draft, came, _("0, 0 is where coordinates are missing"))
        elif max(abs(longitude), abs(latitude)) > PROJECTED:
            self._unusable(draft, came, _("looks like projected coordinates; give [position] crs"))
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
                self._unusable(draft, came, DEGREES)
                return
            if place.country:
                draft.warn("position", came, phrase(OUTSIDE, country=place.country))
        place.lon, place.lat = longitude, latitude

    def _named(self, drafts: list[Draft]) -> list[tuple[Town | None, list[Town]]]:
        """The town that each row means, where one is clear, and those that it may mean; by few queries for all."""
        places = [draft.place for draft in drafts]
        asked = [sought(one.locality, one.postcode, one.country, one.read_as) for one in places]
        for keys in zip(*asked):
            self._look_up(list(keys))
        return [self._meant(one.postcode, *keys) for one, keys in zip(places, asked)]

    def _tell_far(self, drafts: list[Draft]) -> None:
        """Tell of rows far from their towns: a guessed system was tried on the first rows only."""
        for draft, (town, _towns) in zip(drafts, self._named(drafts)):
            place = draft.place
            if town and place.lon is not None:
                east = (place.lon - town.longitude) * cos(radians(place.lat))
                if hypot(east, place.lat - town.latitude) > FAR:
                    came = f"{place.locality}: {place.lon:.5f}, {place.lat:.5f}"
                    draft.warn("position", came, phrase(FAR_OFF, crs=self.crs))

    def _towns(self, drafts: list[Draft]) -> None:
        """Positions of towns, of which one must be clear."""
        for draft, (town, towns) in zip(drafts, self._named(drafts)):
            place = draft.place
            if town:
                self._at(draft, town)
            elif towns:
                told = " ".join(filter(None, (place.postcode, place.locality, place.country)))
                draft.refuse("position", told, _("no position, and several towns have this name"))

    def _meant(self, postcode: str, supposed: list[Key], stated: list[Key]) -> tuple[Town | None, list[Town]]:
        """The town that is clear, and those that it may be, in a country that is only supposed before all others."""
        towns = self._first(supposed)
        if towns:
            _name, country, _department = supposed[0]
            town = meant(towns)
            if town is None or is_confirmed(town, postcode, country):
                return town, towns
        towns = self._first(stated)
        return meant(towns), towns

    def _look_up(self, lists: list[list[Key]]) -> None:
        """Look up the first key of each list, then the next one of those that gave no town."""
        for step in range(max(map(len, lists))):
            left = {keys[step] for keys in lists if step < len(keys) and not self._first(keys[:step])}
            self._known.update(look_up(sorted(left - self._known.keys())))

    def _first(self, keys: list[Key]) -> list[Town]:
        """The towns of the first key that has some."""
        return next((towns for key in keys if (towns := self._known[key])), [])

    @staticmethod
    def _at(draft: Draft, town: Town) -> None:
        place = draft.place
        place.lon, place.lat = town.longitude, town.latitude
        place.precision = max(place.precision, Precision.LOCALITY, key=list(Precision.values).index)
        if town.is_known and not town.is_inside:
            told = f"{place.postcode} {place.locality}"
            draft.warn("position", told, _("the town of this name lies in another department"))

    def _without(self, draft: Draft) -> None:
        if self.mapping.position.missing == "allow":
            draft.place.has_no_position = True
            return
        town = draft.place.locality
        reason = _("no position, and no such town in the gazetteer") if town else _("no position")
        draft.refuse("position", town, reason)
