"""Puts boundaries into the table in one transaction: by code, touching only what differs.

A second source for the same code and scheme replaces boundary, source, licence and year, and the name in its
language; names in other languages, population and the box to show stay.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connection, transaction

from initiatives.placement import place
from territories.enums import FAMILIES, Scheme
from vocabulary.models import Licence

from ..enums import Level
from ..records import Issue
from .rows import Boundary

STAGE = """
CREATE TEMPORARY TABLE staged_boundary (number int, code text PRIMARY KEY, name text, language text,
  country text,
  parent text, wkb text, boundary geometry(MultiPolygon, 4326), parent_id bigint, state text) ON COMMIT DROP
"""
# The database may see a crossing where the reader's newer library saw none.
SHAPE = """
UPDATE staged_boundary SET boundary =
  ST_Multi(ST_CollectionExtract(ST_MakeValid(ST_SetSRID(ST_GeomFromWKB(decode(wkb, 'hex')), 4326)), 3))
"""
# A code means one territory: of one scheme, one country, one place.
REFUSE = """
DELETE FROM staged_boundary s USING territories_territory t
WHERE t.code = s.code
  AND (t.scheme <> %(scheme)s OR (t.country <> '' AND s.country <> '' AND t.country <> s.country)
       OR NOT ST_Intersects(t.boundary, s.boundary))
RETURNING s.number, s.code, t.scheme, t.country
"""
NAMED_PARENTS = """
UPDATE staged_boundary s SET parent_id = t.id FROM territories_territory t
WHERE s.parent <> '' AND t.code IN (s.parent, %(prefix)s || s.parent) AND t.scheme = ANY(%(larger)s)
"""
# The smallest of the larger schemes of the family whose boundary covers a point of the row.
AROUND = """
UPDATE staged_boundary s SET parent_id = a.id
FROM staged_boundary o
CROSS JOIN LATERAL (
  SELECT t.id FROM territories_territory t
  WHERE t.scheme = ANY(%(larger)s) AND t.code <> o.code AND t.boundary && ST_PointOnSurface(o.boundary)
    AND ST_Covers(t.boundary, ST_PointOnSurface(o.boundary))
  ORDER BY array_position(%(larger)s::text[], t.scheme::text) DESC, t.code LIMIT 1) AS a
WHERE o.code = s.code
"""
STATE = """
UPDATE staged_boundary s
SET state = CASE
  WHEN t.id IS NULL THEN 'added'
  WHEN (t.names || jsonb_build_object(s.language, s.name), coalesce(nullif(s.country, ''), t.country),
    t.source,
        t.licence_id, t.year, coalesce(s.parent_id, t.parent_id), ST_AsEWKB(t.boundary))
    IS DISTINCT FROM (t.names, t.country::text, %(source)s, %(licence)s::bigint, %(year)s::smallint,
      t.parent_id,
                      ST_AsEWKB(s.boundary)) THEN 'changed'
  ELSE 'unchanged' END
FROM staged_boundary o LEFT JOIN territories_territory t ON t.code = o.code
WHERE o.code = s.code
"""
UPSERT = """
INSERT INTO territories_territory AS t (code, scheme, names, country, boundary, source, licence_id,
  year, parent_id)
SELECT code, %(scheme)s, jsonb_build_object(language, name), country, boundary, %(source)s,
  %(licence)s, %(year)s,
  parent_id
FROM staged_boundary WHERE state IN ('added', 'changed')
ON CONFLICT (code) DO UPDATE SET names = t.names || excluded.names,
  country = coalesce(nullif(excluded.country, ''), t.country), boundary = excluded.boundary,
  source = excluded.source, licence_id = excluded.licence_id, year = excluded.year,
  parent_id = coalesce(excluded.parent_id, t.parent_id)
RETURNING t.id
"""


@dataclass(frozen=True)
class Origin:
    """Where boundaries come from: scheme, source, licence, year, and how parents are found."""

    scheme: Scheme
    source: str
    licence: Licence | None = None
    year: int | None = None
    named_parents: bool = False
    prefix: str = ""


def larger_schemes(scheme: Scheme) -> list[str]:
    """Schemes of the same family that may hold a parent, largest first."""
    larger: list[str] = []
    for family in FAMILIES:
        if scheme in family:
            larger += [str(other) for other in family[: family.index(scheme)] if str(other) not in larger]
    return larger


def upsert(rows: Sequence[Boundary], origin: Origin, issues: list[Issue], *, write: bool) -> dict[str, int]:
    """Counts of added, changed and unchanged territories; without `write` nothing stays."""
    parameters = {
        "scheme": str(origin.scheme),
        "source": origin.source[:200],
        "licence": origin.licence and origin.licence.pk,
        "year": origin.year,
        "larger": larger_schemes(origin.scheme),
        "prefix": origin.prefix,
    }
    with transaction.atomic(), connection.cursor() as cursor:
        _stage(cursor, rows)
        cursor.execute(REFUSE, parameters)
        issues += [_taken(*row) for row in cursor.fetchall()]
        cursor.execute(NAMED_PARENTS if origin.named_parents else AROUND, parameters)
        if origin.named_parents:
            issues += _without_parent(cursor)
        cursor.execute(STATE, parameters)
        cursor.execute("SELECT state, count(*) FROM staged_boundary GROUP BY state")
        counts = dict(cursor.fetchall())
        if write:
            cursor.execute(UPSERT, parameters)
            place(territories=[pk for (pk,) in cursor.fetchall()])
        else:
            transaction.set_rollback(True)
    return {name: counts.get(name, 0) for name in ("added", "changed", "unchanged")}


def _stage(cursor, rows: Sequence[Boundary]) -> None:
    cursor.execute("DROP TABLE IF EXISTS pg_temp.staged_boundary")
    cursor.execute(STAGE)
    columns = "number, code, name, language, country, parent, wkb"
    with cursor.copy(f"COPY staged_boundary ({columns}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row(
                (row.number, row.code, row.name, row.language, row.country, row.parent, row.boundary)
            )
    cursor.execute(SHAPE)
    cursor.execute("ANALYZE staged_boundary")


def _taken(number: int, code: str, scheme: str, country: str) -> Issue:
    whose = f"{scheme} {country}".strip()
    return Issue(Level.REFUSED, number, "code", code, f"this code belongs to another territory ({whose})")


def _without_parent(cursor) -> list[Issue]:
    cursor.execute(
        "SELECT number, parent FROM staged_boundary WHERE parent <> '' AND parent_id IS NULL ORDER BY number"
    )
    message = "no territory of a larger scheme has this code: left without parent"
    return [Issue(Level.WARNING, number, "parent", parent, message) for number, parent in cursor.fetchall()]
