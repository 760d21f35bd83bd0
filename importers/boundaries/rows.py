"""Turns the rows of a file into territories: codes, names, mended polygons; what cannot be used is told."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from math import isfinite
from typing import Any

import geopandas
import numpy
import pandas
import shapely
from django.utils.translation import gettext_noop as _

from territories.enums import STATISTICAL, Scheme
from vocabulary.names import LANGUAGES

from ..enums import Level
from ..errors import BadFileError
from ..phrases import ONE_OF, Phrase, phrase, phrase_of
from ..places.countries import NUTS_TO_ISO, iso_code
from ..records import Issue
from ..text import is_empty, one_line
from .how import How

LEVEL_COLUMNS = ("LEVL_CODE", "levl_code", "admin_level", "level")
NO_LEVELS = _("no column of levels (%(columns)s): all rows taken as level %(level)s")
OF_LEVEL = _("%(kept)s of %(number)s rows have %(column)s %(level)s")
KINDS = {"code": _("code"), "name": _("name"), "parent": _("parent")}
# What columns are called where nobody says it: Eurostat, INSEE, geo.api.gouv.fr, Natural Earth; the surest first.
CODES = (
    "nuts_id",
    "gisco_id",
    "lau_id",
    "insee_com",
    "insee_dep",
    "insee_reg",
    "code_siren",
    "siren_epci",
    "code_insee",
    "code",
    "iso_a2",
    "id",
)
NAMES = ("name_latn", "nuts_name", "lau_name", "nom", "nom_com", "nom_dep", "nom_reg", "name", "libelle")
LONGEST_CODE, LONGEST_NAME = 40, 200
# The language a country's own lists are written in, where we have it.
SPEAKS = {
    "FR": "fr",
    "BE": "fr",
    "LU": "fr",
    "MC": "fr",
    "DE": "de",
    "AT": "de",
    "CH": "de",
    "ES": "es",
    "IT": "it",
}


@dataclass(frozen=True)
class Boundary:
    """A territory as read; boundary is a valid MultiPolygon, EPSG:4326, as hexadecimal WKB."""

    number: int
    code: str
    name: str
    language: str
    country: str
    parent: str
    boundary: str


def with_columns(frame: geopandas.GeoDataFrame, file: object, how: How) -> How:
    """With the usual columns where none were named; BadFileError for one that the file does not have."""
    known = [str(column) for column in frame.columns if column != frame.geometry.name]
    told = phrase(ONE_OF, known=", ".join(known)[:300])
    columns = {"code": how.code or _usual(known, CODES), "name": how.name or _usual(known, NAMES)}
    for kind, column in {**columns, "parent": how.parent}.items():
        if column and column not in known:
            raise BadFileError(
                file,
                phrase(_("no column %(column)s for the %(kind)s"), column=column, kind=Phrase(KINDS[kind])),
                told,
            )
        if not column and kind != "parent":
            raise BadFileError(
                file, phrase(_("no column that is clearly the %(kind)s"), kind=Phrase(KINDS[kind])), told
            )
    return replace(how, **columns)


def _usual(known: Sequence[str], names: Sequence[str]) -> str:
    folded = {column.casefold(): column for column in reversed(known)}
    return next((folded[name] for name in names if name in folded), "")


def of_level(
    frame: geopandas.GeoDataFrame, level: int | None
) -> tuple[geopandas.GeoDataFrame, Phrase | None]:
    """Rows of a level, where the file has a column of levels, and a line that says so."""
    if level is None:
        return frame, None
    column = next((name for name in LEVEL_COLUMNS if name in frame.columns), None)
    if column is None:
        return frame, phrase(NO_LEVELS, columns=", ".join(LEVEL_COLUMNS), level=level)
    kept = frame[pandas.to_numeric(frame[column], errors="coerce") == level]
    return kept, phrase(OF_LEVEL, kept=len(kept), number=len(frame), column=column, level=level)


def read_rows(frame: geopandas.GeoDataFrame, how: How, issues: list[Issue]) -> Iterator[Boundary]:
    """The rows that can be used; the others are added to `issues`."""
    seen: set[str] = set()
    fields = [how.code, how.name, *([how.parent] if how.parent else [])]
    for index, values, geometry in zip(frame.index, frame[fields].itertuples(index=False), frame.geometry):
        number = int(index) + 1
        try:
            row = _row(number, [as_code(value) for value in values], geometry, how)
            if row.code in seen:
                raise RowRefusedError(how.code, row.code, phrase(_("the same code stands in an earlier row")))
        except RowRefusedError as error:
            issues.append(Issue(Level.REFUSED, number, error.field, error.value, error.phrase))
            continue
        seen.add(row.code)
        yield row


class RowRefusedError(Exception):
    """A row that cannot be used: field, value, reason."""

    def __init__(self, field: str, value: str, why: str | Phrase) -> None:
        self.field, self.value, self.phrase = field, value, phrase_of(why)
        super().__init__(str(self.phrase))


def as_code(value: Any) -> str:
    """A code or name as text: whole floats without `.0`, nothing for missing values."""
    if value is None or value is pandas.NA or (isinstance(value, float) and not isfinite(value)):
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    text = one_line(str(value))
    return "" if is_empty(text) else text


def _row(number: int, values: list[str], geometry: Any, how: How) -> Boundary:
    code, name, *parents = values
    if not code or code == "-99":
        raise RowRefusedError(how.code, code, _("no code"))
    code = whole_code(code, how)
    if len(code) > LONGEST_CODE:
        raise RowRefusedError(
            how.code, code, phrase(_("expected a code of at most %(most)s characters"), most=LONGEST_CODE)
        )
    if not name or len(name) > LONGEST_NAME:
        raise RowRefusedError(
            how.name, name, phrase(_("expected a name of 1 to %(most)s characters"), most=LONGEST_NAME)
        )
    country = how.country or country_of(code, how.scheme)
    return Boundary(
        number=number,
        code=code,
        name=name,
        language=how.language or SPEAKS.get(country, "en"),
        country=country,
        parent=parents[0] if parents else "",
        boundary=shapely.to_wkb(polygons(geometry), hex=True),
    )


def whole_code(code: str, how: How) -> str:
    """The code under which a row of the file is known here."""
    return how.prefix + (iso_code(code) if how.scheme == Scheme.COUNTRY else code)


def named_in(frame: geopandas.GeoDataFrame, how: How) -> list[str]:
    """All codes of a file, those of rows that cannot be used among them."""
    return sorted({whole_code(code, how) for value in frame[how.code] if (code := as_code(value))})


def country_of(code: str, scheme: Scheme) -> str:
    """Country a code itself tells: that of a country, or the first two letters of a NUTS code."""
    if scheme in STATISTICAL and code[:2].isalpha() and code[:2].isupper():
        return NUTS_TO_ISO.get(code[:2], code[:2]) if scheme != Scheme.COUNTRY or len(code) == 2 else ""
    return ""


def polygons(geometry: Any) -> shapely.MultiPolygon:
    """A valid MultiPolygon in two dimensions; rings are mended, lines and points left out."""
    if geometry is None or geometry.is_empty:
        raise RowRefusedError("geometry", "", _("no geometry"))
    if not numpy.isfinite(shapely.get_coordinates(geometry)).all():
        raise RowRefusedError("geometry", geometry.geom_type, _("coordinates that have no place in degrees"))
    mended = shapely.make_valid(shapely.force_2d(geometry))
    parts = [
        part for part in _flat(mended) if part.geom_type == "Polygon" and not part.is_empty and part.area > 0
    ]
    if not parts:
        raise RowRefusedError("geometry", geometry.geom_type, _("expected a polygon"))
    united = shapely.MultiPolygon(parts)
    if not united.is_valid:
        united = shapely.union_all(parts)
        united = united if united.geom_type == "MultiPolygon" else shapely.MultiPolygon([united])
    west, south, east, north = united.bounds
    if west < -180.01 or east > 180.01 or south < -90.01 or north > 90.01:
        raise RowRefusedError(
            "geometry", f"{west:.3f}, {south:.3f}", _("expected degrees within ±180 and ±90")
        )
    return united


def _flat(geometry: Any) -> Iterator[Any]:
    for part in shapely.get_parts(geometry):
        if hasattr(part, "geoms"):
            yield from _flat(part)
        else:
            yield part


def check_language(language: str) -> bool:
    """Whether names may be kept under a code: one of the site's five or another of ISO 639."""
    return language in LANGUAGES or (2 <= len(language) <= 3 and language.isascii() and language.islower())
