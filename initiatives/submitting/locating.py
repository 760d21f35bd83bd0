"""The place of a submission: its checks, from an address that was found, coordinates, or a town."""

from typing import Any

from django import forms
from django.contrib.gis.geos import Point
from django.utils.translation import gettext_lazy as _

from territories.geocoding.candidates import Fineness, chosen

from ..enums import Precision
from . import placing

# What may be shown of a place that was only found so finely.
COARSER = {
    Fineness.STREET: {Precision.EXACT: Precision.STREET},
    Fineness.LOCALITY: {Precision.EXACT: Precision.LOCALITY, Precision.STREET: Precision.LOCALITY},
}


class DegreesField(forms.FloatField):
    """A coordinate in degrees, with a point or, as most of Europe writes it, a comma."""

    widget = forms.TextInput

    def to_python(self, value: Any) -> float | None:
        """The number."""
        return super().to_python(value.replace(",", ".") if isinstance(value, str) else value)


class PlaceChecks:
    """Where it is: a candidate of an address that was looked up, else a point, else a town; for a form."""

    def clean_candidate(self) -> tuple[Point, Fineness] | None:
        """The place that was chosen among those that were found, EPSG:4326."""
        text = self.cleaned_data["candidate"]
        if not text:
            return None
        try:
            lon, lat, fineness = chosen(text)
        except ValueError as error:
            raise forms.ValidationError(_("This form is damaged: open the page again.")) from error
        return Point(lon, lat, srid=4326), fineness

    def _clean_place(self, cleaned: dict[str, Any]) -> None:
        if cleaned.get("has_no_position"):
            cleaned["position"] = None
            return
        if candidate := cleaned.get("candidate"):
            point, fineness = candidate
            self._take_point(cleaned, point)
            self._make_coarser(cleaned, fineness)
            return
        if {"lat", "lon"} & set(self.errors):
            return
        lat, lon = cleaned.get("lat"), cleaned.get("lon")
        if (lat is None) != (lon is None):
            self.add_error("lat" if lat is None else "lon", _("Latitude and longitude belong together."))
        elif lat is not None:
            self._take_point(cleaned, Point(lon, lat, srid=4326))
        else:
            self._take_town(cleaned)

    def _make_coarser(self, cleaned: dict[str, Any], fineness: Fineness) -> None:
        """The middle of a town says no more than the town, that of a street no more than the street."""
        wished = cleaned.get("precision")
        cleaned["precision"] = COARSER.get(fineness, {}).get(wished, wished)

    def _take_point(self, cleaned: dict[str, Any], point: Point) -> None:
        cleaned["position"] = point
        if not cleaned.get("sure") and not placing.is_in_a_country(point):
            self.add_error(
                "sure",
                _(
                    "The point lies in no country of this map: in the sea perhaps, or outside Europe. Is it right?"
                ),
            )

    def _take_town(self, cleaned: dict[str, Any]) -> None:
        locality, country = cleaned.get("locality", ""), cleaned.get("country", "")
        if not locality:
            self.add_error("locality", _("Name a town, set a point on the map, or say that it has no place."))
        elif not country:
            self.add_error("country", _("Choose the country of the town."))
        elif (place := placing.town(locality, country)) is None:
            self.add_error(
                "locality", _("We do not know this town in this country. Set the point on the map instead.")
            )
        else:
            cleaned["position"] = place.position
            self._make_coarser(cleaned, Fineness.LOCALITY)
