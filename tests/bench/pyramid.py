"""The precomputed reference: a pyramid of clusters."""

import hashlib

import psycopg

from .place import SQL, Address
from .scripts import statement

ZOOMS = range(18, -1, -1)
SCRIPTS = ("roots", "pyramid_base", "pyramid_level", "pyramid_index")


def prepare(address: Address) -> None:
    """Make what is missing in the database, or was made by other SQL."""
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


def _known(connection: psycopg.Connection) -> str | None:
    return connection.execute("SELECT obj_description(to_regclass('bench.pyramid'))").fetchone()[0]


def _run(connection: psycopg.Connection, name: str, **words: str) -> None:
    # One at a time: VACUUM refuses company.
    for part in statement(name, **words).split(";\n"):
        if part.strip().rstrip(";"):
            connection.execute(part)
