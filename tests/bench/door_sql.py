"""What the doors of items and exports ask PostgreSQL, for pgbench, psql and ogr2ogr; needs Django set up."""

from .place import Address
from .scripts import without_variables


def feature_rows(rows):
    """Rows as texts of GeoJSON Features that PostgreSQL puts together: what a database does without a program."""
    from django.db.models import F

    from geo.features import of_each
    from geo.json_text import Joined, as_text, geojson, named
    from initiatives.layers import PROPERTIES

    text = Joined(
        '{"type":"Feature","id":',
        as_text(F("uuid")),
        ',"geometry":',
        as_text(geojson("public_position")),
        ',"properties":{',
        *named(of_each(PROPERTIES)),
        "}}",
    )
    return rows.annotate(feature=text).values_list("feature", flat=True)


def page_sql(size: int) -> str:
    """Features of the next `size` rows after the key `:after` of pgbench, put together by PostgreSQL."""
    from initiatives.models import Initiative

    first = -(2**62)
    rows = Initiative.objects.published().order_by("pk").filter(pk__gt=first)[:size]
    text = _text_of(feature_rows(rows).values_list("pk", "feature"))
    return without_variables(text).replace(str(first), ":after") + ";"


def export_sql(address: Address, query: str, sample: int) -> tuple[str, str, int]:
    """psql's COPY of what the export gives, the same properties as columns for ogr2ogr, and the number of rows.

    `query` is a query string as the doors take it; ogr2ogr gets `sample` rows.
    """
    from django.http import QueryDict

    from geo.features import of_each
    from initiatives.layers import INITIATIVES
    from initiatives.selection import parse

    rows = INITIATIVES.features(parse(QueryDict(query)))
    features = _text_of(feature_rows(rows))
    named = {f"as_{name}": value for name, value in of_each(INITIATIVES.properties).items()}
    table = _text_of(rows.annotate(**named).values("public_position", *named)[:sample])
    with address.connect() as connection:
        number = connection.execute(f"SELECT count(*) FROM ({features}) AS rows").fetchone()[0]
    return rf"COPY ({features}) TO STDOUT (FORMAT csv, DELIMITER E'\x02', QUOTE E'\x01');", table, number


def _text_of(rows) -> str:
    """A queryset's statement with its parameters written out."""
    from django.db import connection

    return connection.ops.compose_sql(*rows.query.sql_with_params())
