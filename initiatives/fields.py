"""Form fields of the selection: each reads one query parameter, strictly, and says what was expected."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, time
from math import isfinite

from django import forms
from django.contrib.gis.geos import Point
from django.db.models import QuerySet
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.translation import gettext as _

from geo.bbox import BBox
from vocabulary.exchange import CATEGORIES

EARTH_HALF_METRES = 20_037_509
# Instead of one category: all of them.
ANY = "any"


class ManyWidget(forms.Widget):
    """A parameter given several times, or once with commas."""

    def value_from_datadict(self, data, files, name: str) -> list[str]:
        """All values, in the order they came, each once."""
        values = [part.strip() for text in data.getlist(name) for part in text.split(",")]
        return list(dict.fromkeys(part for part in values if part))


class SlugsField(forms.Field):
    """Slugs of existing rows, any of them; cleaned to the rows."""

    widget = ManyWidget

    def __init__(self, rows: Callable[[], QuerySet], key: str = "slug", **kwargs) -> None:
        super().__init__(**kwargs)
        self.rows = rows
        self.key = key

    def clean(self, value: list[str]) -> list:
        """The rows; an unknown slug is an error that names it."""
        if not value:
            return []
        found = {getattr(row, self.key): row for row in self.rows().filter(**{f"{self.key}__in": value})}
        missing = [slug for slug in value if slug not in found]
        if missing:
            raise forms.ValidationError(
                _("Nothing here is called “%(slug)s”."), params={"slug": missing[0][:80]}
            )
        return [found[slug] for slug in value]


class CategoriesField(forms.Field):
    """Categories of offers and needs, any of them; `any` stands for all."""

    widget = ManyWidget

    def clean(self, value: list[str]) -> list[str]:
        """The slugs that count, each once."""
        for slug in value or []:
            if slug != ANY and slug not in CATEGORIES:
                raise forms.ValidationError(
                    _("Expected any of %(slugs)s."), params={"slugs": ", ".join([*CATEGORIES, ANY])}
                )
        return list(CATEGORIES) if ANY in (value or []) else value or []


class BBoxField(forms.CharField):
    """minlon,minlat,maxlon,maxlat in WGS 84."""

    def clean(self, value: str) -> BBox | None:
        """The box, or None where none was given."""
        text = super().clean(value)
        try:
            return BBox.parse(text) if text else None
        except ValueError as error:
            raise forms.ValidationError(str(error)) from error


@dataclass(frozen=True)
class Around:
    """A circle: centre, EPSG:4326, and radius in metres."""

    point: Point
    metres: float

    def __str__(self) -> str:
        return f"{self.point.x:g},{self.point.y:g},{self.metres:g}"


class NearField(forms.CharField):
    """lon,lat,metres."""

    def clean(self, value: str) -> Around | None:
        """The circle, or None where none was given."""
        text = super().clean(value)
        if not text:
            return None
        try:
            numbers = [float(part) for part in text.split(",")]
        except ValueError:
            numbers = []
        if len(numbers) != 3 or not all(isfinite(number) for number in numbers):
            raise forms.ValidationError(_("Expected three numbers: longitude,latitude,metres."))
        lon, lat, metres = numbers
        if abs(lon) > 180 or abs(lat) > 90 or not 0 < metres <= EARTH_HALF_METRES:
            raise forms.ValidationError(
                _("Expected a longitude within 180, a latitude within 90, and more than 0 metres.")
            )
        return Around(Point(lon, lat, srid=4326), metres)


class InstantField(forms.CharField):
    """An ISO 8601 date (midnight UTC) or instant."""

    def clean(self, value: str) -> datetime | None:
        """The instant with its time zone, UTC where none was given."""
        text = super().clean(value)
        if not text:
            return None
        # A plus sign in a query string arrives as a blank.
        text = text.replace(" ", "+") if "T" in text else text
        try:
            instant = parse_datetime(text)
            day = None if instant else parse_date(text)
            if day:
                instant = datetime.combine(day, time.min)
            if instant and instant.tzinfo:
                # The database knows fewer offsets than Python.
                instant = instant.astimezone(UTC)
        except (ValueError, OverflowError):
            instant = None
        if instant is None:
            raise forms.ValidationError(
                _("Expected a date or an instant in ISO 8601, such as 2026-03-01 or 2026-03-01T12:00:00Z.")
            )
        return instant.replace(tzinfo=UTC)


class YearField(forms.CharField):
    """A year."""

    def clean(self, value: str) -> int | None:
        """The year, or None where none was given."""
        text = super().clean(value)
        if not text:
            return None
        if not (len(text) == 4 and text.isascii() and text.isdigit() and 1000 <= int(text) <= 2100):
            raise forms.ValidationError(_("Expected a year from 1000 to 2100."))
        return int(text)


class LanguagesField(forms.Field):
    """ISO 639 codes of two or three letters, any of them."""

    widget = ManyWidget

    def clean(self, value: list[str]) -> list[str]:
        """The codes in lower case."""
        for code in value or []:
            if not (code.isascii() and code.isalpha() and len(code) in (2, 3)):
                raise forms.ValidationError(
                    _("Expected a language code of two or three letters, such as fr.")
                )
        return [code.lower() for code in value or []]
