"""The precomputed references: the pyramid of clusters, and the Features that items and exports give."""

import hashlib

import psycopg

from .place import SQL, Address
from .scripts import statement

ZOOMS = range(18, -1, -1)
SCRIPTS = ("roots", "pyramid_base", "pyramid_level", "pyramid_index")


def prepare(address: Address) -> None:
    """Make what is missing in the database, or was made by other SQL; needs Django set up for that database."""
    digest = hashlib.sha256(b"".join((SQL / f"{name}.sql").read_bytes() for name in SCRIPTS)).hexdigest()
    with address.connect() as connection:
        connection.execute("SET work_mem = '256MB'")
        connection.execute("SET maintenance_work_mem = '256MB'")
        if _known(connection) != digest:
            _run(connection, "roots")
            _run(connection, "pyramid_base")
            for zoom in ZOOMS:
                _run(connection, "pyramid_level", z=str(zoom))
            _run(connection, "pyramid_index")
            connection.execute(f"COMMENT ON TABLE bench.pyramid IS '{digest}'")
        _feature_view(connection)


def _known(connection: psycopg.Connection) -> str | None:
    return connection.execute("SELECT obj_description(to_regclass('bench.pyramid'))").fetchone()[0]


def _run(connection: psycopg.Connection, name: str, **words: str) -> None:
    # One at a time: VACUUM refuses company.
    for part in statement(name, **words).split(";\n"):
        if part.strip().rstrip(";"):
            connection.execute(part)


def export_sql(address: Address, query: str, sample: int) -> tuple[str, str, int]:
    """psql's COPY of what the export streams, the same properties as columns for ogr2ogr, and the number of rows.

    `query` is a query string as the doors take it; ogr2ogr gets `sample` rows.
    """
    from django.http import QueryDict

    from initiatives.layers import INITIATIVES
    from initiatives.selection import parse

    rows = INITIATIVES.features(parse(QueryDict(query)))
    features = _text_of(INITIATIVES.rows(rows))
    named = {f"as_{name}": value for name, value in INITIATIVES.properties.items()}
    table = _text_of(rows.annotate(**named).values("public_position", *named)[:sample])
    with address.connect() as connection:
        number = connection.execute(f"SELECT count(*) FROM ({features}) AS rows").fetchone()[0]
    return rf"COPY ({features}) TO STDOUT (FORMAT csv, DELIMITER E'\x02', QUOTE E'\x01');", table, number


def _feature_view(connection: psycopg.Connection) -> None:
    """`bench.feature`: primary key and text of each Feature, by the statement of the doors."""
    from django.http import QueryDict

    from initiatives.layers import INITIATIVES
    from initiatives.selection import parse

    rows = INITIATIVES.rows(INITIATIVES.features(parse(QueryDict("")))).order_by()
    text = _text_of(rows.values_list("pk", "feature"))
    connection.execute("DROP VIEW IF EXISTS bench.feature")
    connection.execute(f"CREATE VIEW bench.feature (pk, feature) AS {text}")


def _text_of(rows) -> str:
    """A queryset's statement with its parameters written out."""
    from django.db import connection

    return connection.ops.compose_sql(*rows.query.sql_with_params())
