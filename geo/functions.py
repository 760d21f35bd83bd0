"""PostGIS and search functions as Django expressions: with geo/sql.py the only place that names them."""

from django.contrib.gis.db.models import PointField
from django.contrib.postgres.search import SearchQueryField, SearchVectorField
from django.db.models import BigIntegerField, BooleanField, Expression, FloatField, Func, TextField
from django.db.models.functions import Cast


class Fold(Func):
    """Text in one spelling: lower case, without accents, words parted by one space."""

    function = "geo_fold"
    output_field = TextField()


class FoldedNames(Func):
    """Every name of a TextsField in its folded spelling, each after a bar."""

    function = "geo_folded_names"
    output_field = TextField()


class Words(Func):
    """Weighted search vector of (name, locality, tags, summary)."""

    function = "geo_search_vector"
    output_field = SearchVectorField()


class TextWords(Func):
    """Search vector of one text, all of the same weight."""

    template = "to_tsvector('pg_catalog.simple'::regconfig, geo_fold(%(expressions)s))"
    output_field = SearchVectorField()


class WordQuery(Func):
    """Search query in which all words must match and the last may be a beginning."""

    function = "geo_search_query"
    output_field = SearchQueryField()


class Matches(Func):
    """Whether a search vector matches a search query."""

    template = "(%(expressions)s)"
    arg_joiner = " @@ "
    output_field = BooleanField()


class IsAmong(Func):
    """Whether a number is among those of an array, however many: IN would write each of them out."""

    template = "(%(expressions)s))"
    arg_joiner = " = ANY("
    output_field = BooleanField()


class Blur(Func):
    """Point, EPSG:4326, that may be shown for (position, precision)."""

    function = "geo_blur"
    output_field = PointField(srid=4326, spatial_index=False)


class PublicStreet(Func):
    """Street as a precision allows it to be shown, from (street, precision)."""

    function = "geo_public_street"
    output_field = TextField()


class PublicTown(Func):
    """Town or postcode as a precision allows it to be shown, from (text, precision)."""

    function = "geo_public_town"
    output_field = TextField()


class Cell(Func):
    """Morton code at zoom 28 of a point, EPSG:4326."""

    function = "geo_cell"
    output_field = BigIntegerField()


class IsOnMap(Func):
    """Whether web mercator can show a point, EPSG:4326."""

    function = "geo_is_on_map"
    output_field = BooleanField()


class X(Func):
    """Longitude of a point, degrees."""

    function = "ST_X"
    output_field = FloatField()


class Y(Func):
    """Latitude of a point, degrees."""

    function = "ST_Y"
    output_field = FloatField()


def geography(expression: Expression | str) -> Cast:
    """A point, EPSG:4326, on the spheroid, so that distances are in metres."""
    return Cast(expression, PointField(geography=True, srid=4326))


class WithinMetres(Func):
    """Whether two geographies lie within a distance in metres."""

    function = "ST_DWithin"
    output_field = BooleanField()


class Metres(Func):
    """Metres between two geographies on the sphere; sorting by it reads a GiST index nearest first."""

    template = "(%(expressions)s)"
    arg_joiner = " <-> "
    output_field = FloatField()
