"""What programs write: a GeoJSON Feature, whole or in part, as the values that actions.py takes."""

import math
from typing import Any

from django.conf import settings
from django.contrib.gis.geos import Point
from rest_framework import serializers
from rest_framework.exceptions import ValidationError

from territories.models import Collective
from vocabulary.models import LegalForm, Theme

from .content import public_contacts
from .enums import ContactKind, Precision, Reach
from .models import Initiative

# Properties of the layer whose values bear other names in actions.py.
RENAMED = {"position_precision": "precision", "contact": "contacts"}


class Texts(serializers.Serializer):
    """Members that are texts; null empties one, and no other member is taken."""

    def to_internal_value(self, data: Any) -> dict:
        """The texts that are given."""
        if isinstance(data, dict):
            refuse_unknown(data, self.fields)
            data = {
                name: "" if value is None and name in self.emptied else value for name, value in data.items()
            }
        return super().to_internal_value(data)

    @property
    def emptied(self) -> set[str]:
        """Names of texts that may be empty."""
        return {name for name, field in self.fields.items() if getattr(field, "allow_blank", False)}


def refuse_unknown(given: dict, fields: dict) -> None:
    """ValidationError that names what cannot be written."""
    unknown = [name for name in given if name not in fields]
    if unknown:
        raise ValidationError(
            {name: [f"This cannot be written; expected one of: {', '.join(fields)}."] for name in unknown}
        )


def text(most: int) -> serializers.CharField:
    """A text of so many characters that may be empty or missing."""
    return serializers.CharField(max_length=most, allow_blank=True, required=False)


def texts(most: int) -> serializers.ListField:
    """A list of such texts, none of them empty."""
    return serializers.ListField(child=serializers.CharField(max_length=most), required=False, max_length=100)


class Address(Texts):
    """Where it is, in words."""

    street = text(200)
    postcode = text(20)
    locality = text(120)
    country = serializers.RegexField("^([A-Z]{2})?$", allow_blank=True, required=False)


class TranslatedTexts(Texts):
    """Texts in a further language."""

    name = text(200)
    summary = text(400)
    description = text(20_000)


class Properties(Texts):
    """The properties of a Feature that can be written; all may be missing, which leaves them as they are."""

    name = serializers.CharField(max_length=200, required=False)
    summary = text(400)
    description = text(20_000)
    description_language = text(3)
    translations = serializers.DictField(child=TranslatedTexts(), required=False)
    themes = serializers.SlugRelatedField(
        slug_field="slug", queryset=Theme.objects.all(), many=True, required=False
    )
    primary_theme = serializers.SlugRelatedField(
        slug_field="slug", queryset=Theme.objects.all(), required=False
    )
    legal_form = serializers.SlugRelatedField(
        slug_field="slug", queryset=LegalForm.objects.all(), allow_null=True, required=False
    )
    founded = serializers.IntegerField(min_value=1000, max_value=2100, allow_null=True, required=False)
    parent = serializers.SlugRelatedField(
        slug_field="uuid", queryset=Initiative.objects.published(), allow_null=True, required=False
    )
    address = Address(required=False)
    position_precision = serializers.ChoiceField(Precision.choices, required=False)
    reach = serializers.ChoiceField(Reach.choices, allow_blank=True, required=False)
    collective = serializers.SlugRelatedField(
        slug_field="slug", queryset=Collective.objects.published(), allow_null=True, required=False
    )
    website = serializers.URLField(max_length=400, allow_blank=True, required=False)
    contact = serializers.DictField(child=serializers.CharField(max_length=254), required=False)
    opening_hours = text(400)
    labels = texts(80)
    tags = texts(60)
    languages = texts(3)

    def validate_contact(self, given: dict[str, str]) -> dict:
        """What is written here is published, as it comes out again at every door."""
        refuse_unknown(given, dict(ContactKind.choices))
        return public_contacts({ContactKind(kind): value for kind, value in given.items()})

    def validate_translations(self, given: dict[str, dict]) -> list[dict]:
        """Rows by language."""
        refuse_unknown(given, dict(settings.LANGUAGES))
        return [{"language": language, **texts} for language, texts in given.items()]


def values_of(feature: Any) -> dict[str, Any]:
    """Values for create() and revise() from a Feature; ValidationError by member, with what was expected."""
    if not isinstance(feature, dict) or feature.get("type") != "Feature":
        raise ValidationError({"type": ["Expected a GeoJSON Feature."]})
    refuse_unknown(feature, dict.fromkeys(("type", "id", "geometry", "properties")))
    properties = Properties(data=feature.get("properties") or {})
    properties.is_valid(raise_exception=True)
    values = {RENAMED.get(name, name): value for name, value in properties.validated_data.items()}
    values |= values.pop("address", {})
    if "geometry" in feature:
        position = _point(feature["geometry"])
        values |= {"position": position, "has_no_position": position is None}
    return values


def _point(geometry: Any) -> Point | None:
    """A position, EPSG:4326; None where it is said that there is none."""
    if geometry is None:
        return None
    expected = "Expected null or a Point with a longitude and a latitude in degrees (WGS 84)."
    if not isinstance(geometry, dict) or geometry.get("type") != "Point":
        raise ValidationError({"geometry": [expected]})
    coordinates = geometry.get("coordinates")
    if not isinstance(coordinates, list) or len(coordinates) not in (2, 3):
        raise ValidationError({"geometry": [expected]})
    lon, lat = coordinates[:2]
    if not all(isinstance(one, int | float) and not isinstance(one, bool) for one in (lon, lat)):
        raise ValidationError({"geometry": [expected]})
    if not (math.isfinite(lon) and math.isfinite(lat) and abs(lon) <= 180 and abs(lat) <= 85.05):
        raise ValidationError({"geometry": [f"{expected} Latitudes go from -85.05 to 85.05."]})
    return Point(float(lon), float(lat), srid=4326)
