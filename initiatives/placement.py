"""Which territories an initiative lies in: one set-based statement, for one row or a million."""

from collections.abc import Sequence
from typing import Any

from django.db import connection, transaction

from territories.enums import ADMINISTRATIVE, Scheme

from .enums import Precision

# Territories finer than the precision of a position are withheld.
WITHHELD = {
    Precision.REGION: [Scheme.NUTS3, Scheme.DEPARTMENT, Scheme.INTERMUNICIPALITY, Scheme.MUNICIPALITY],
}

# Up to so many initiatives their points look for territories. Beyond, it costs less to go through all
# territories: the outline of each is read and prepared once for all of its points.
FEW = 50

SCOPE_OF_FEW = """
SELECT i.id AS initiative_id, t.id AS territory_id
FROM initiatives_initiative i
CROSS JOIN LATERAL (
  SELECT id, scheme FROM territories_territory
  WHERE boundary && i.public_position AND ST_Covers(boundary, i.public_position)
  OFFSET 0) t
WHERE i.id = ANY(%(ids)s) AND NOT (i.precision = %(region)s AND t.scheme = ANY(%(withheld)s))
"""
# The points of many initiatives, apart: beside the whole table, a list of their ids would be gone through
# again for each territory.
POINTS = """
CREATE TEMPORARY TABLE placement_points ON COMMIT DROP AS
SELECT id, precision, public_position FROM initiatives_initiative WHERE id = ANY(%(ids)s)
"""
INDEX_POINTS = "CREATE INDEX ON placement_points USING gist (public_position)"
SCOPE = """
CREATE TEMPORARY TABLE placement ON COMMIT DROP AS
SELECT i.id AS initiative_id, t.id AS territory_id
FROM territories_territory t
CROSS JOIN LATERAL (
  SELECT id, precision FROM {points}
  WHERE public_position && t.boundary AND ST_Covers(t.boundary, public_position)
  OFFSET 0) i
WHERE NOT (i.precision = %(region)s AND t.scheme = ANY(%(withheld)s)){territories}
"""
# Whose territories may change: the initiatives themselves, or all in or formerly in the territories.
TOUCHED_BY_TERRITORIES = """
CREATE TEMPORARY TABLE placement_touched ON COMMIT DROP AS
SELECT initiative_id AS id FROM placement UNION
SELECT initiative_id FROM initiatives_initiativeterritory WHERE territory_id = ANY(%(ids)s)
"""
REMOVE = """
DELETE FROM initiatives_initiativeterritory l
WHERE NOT EXISTS (SELECT FROM placement p
                  WHERE p.initiative_id = l.initiative_id AND p.territory_id = l.territory_id) AND {scope}
"""
ADD = """
INSERT INTO initiatives_initiativeterritory (initiative_id, territory_id)
SELECT p.initiative_id, p.territory_id FROM placement p
WHERE NOT EXISTS (SELECT FROM initiatives_initiativeterritory l
                  WHERE l.initiative_id = p.initiative_id AND l.territory_id = p.territory_id)
ON CONFLICT DO NOTHING
"""
SMALLEST = """
UPDATE initiatives_initiative i SET territory_id = s.territory_id
FROM (SELECT o.id, (SELECT t.id FROM initiatives_initiativeterritory l
                    JOIN territories_territory t ON t.id = l.territory_id
                    WHERE l.initiative_id = o.id AND t.scheme = ANY(%(administrative)s)
                    ORDER BY array_position(%(administrative)s::text[], t.scheme::text) DESC, t.code LIMIT 1
                   ) AS territory_id
      FROM {touched} o) s
WHERE s.id = i.id AND i.territory_id IS DISTINCT FROM s.territory_id
"""


# The smallest administrative territory of each row of `placement`.
SMALLEST_STAGED = """
SELECT DISTINCT ON (p.initiative_id) p.initiative_id, p.territory_id
FROM placement p JOIN territories_territory t ON t.id = p.territory_id
WHERE t.scheme = ANY(%(administrative)s)
ORDER BY p.initiative_id, array_position(%(administrative)s::text[], t.scheme::text) DESC, t.code
"""

STAGED_PARAMETERS = {"administrative": [str(scheme) for scheme in ADMINISTRATIVE]}


def place(*, initiatives: Sequence[int] | None = None, territories: Sequence[int] | None = None) -> None:
    """Recompute the territories of some initiatives, or of all initiatives for some territories (primary keys)."""
    if (initiatives is None) == (territories is None):
        raise ValueError("Name the initiatives or the territories, not both.")
    ids = list(initiatives if initiatives is not None else territories or [])
    if not ids:
        return
    parameters = _parameters(ids)
    if initiatives is not None and len(ids) <= FEW:
        _place_few(parameters)
    else:
        _place_many(parameters, one_side=initiatives is not None)


def _parameters(ids: list[int]) -> dict[str, Any]:
    return {
        "ids": ids,
        "region": Precision.REGION,
        "withheld": [str(scheme) for scheme in WITHHELD[Precision.REGION]],
        **STAGED_PARAMETERS,
    }


def _place_few(parameters: dict[str, Any]) -> None:
    """Points drive, and no temporary table is made: two statements."""
    remove = REMOVE.format(scope="l.initiative_id = ANY(%(ids)s)")
    touched = "(SELECT unnest(%(ids)s::bigint[]) AS id)"
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            f"WITH placement AS MATERIALIZED ({SCOPE_OF_FEW}), removed AS ({remove}) {ADD}", parameters
        )
        cursor.execute(SMALLEST.format(touched=touched), parameters)


def locate_staged(points: str) -> None:
    """Make the temporary table `placement` for rows that are not in the tables yet.

    `points` names a table (id, precision, public_position EPSG:4326) with a GiST index; ids are future primary keys.
    """
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS pg_temp.placement")
        cursor.execute(SCOPE.format(points=points, territories=""), _parameters([]))
        cursor.execute("ANALYZE placement")


def link_staged() -> None:
    """Add the links of `placement`; the initiatives are there now, and had none."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO initiatives_initiativeterritory (initiative_id, territory_id) "
            "SELECT initiative_id, territory_id FROM placement ORDER BY initiative_id"
        )
        cursor.execute("DROP TABLE placement")


def _place_many(parameters: dict[str, Any], *, one_side: bool) -> None:
    """Territories drive; `one_side`: the ids are of initiatives."""
    if one_side:
        tables = ("placement_points", "placement")
        points, territories = "placement_points", ""
        scope = "l.initiative_id IN (SELECT id FROM placement_points)"
    else:
        tables = ("placement", "placement_touched")
        points, territories = "initiatives_initiative", " AND t.id = ANY(%(ids)s)"
        scope = "l.territory_id = ANY(%(ids)s)"
    with transaction.atomic(), connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"DROP TABLE IF EXISTS pg_temp.{table}")
        if one_side:
            cursor.execute(POINTS, parameters)
            cursor.execute(INDEX_POINTS)
            cursor.execute("ANALYZE placement_points")
        cursor.execute(SCOPE.format(points=points, territories=territories), parameters)
        cursor.execute("ANALYZE placement")
        if not one_side:
            # Rows that gain or lose one of these territories may have another smallest one.
            cursor.execute(TOUCHED_BY_TERRITORIES, parameters)
        cursor.execute(REMOVE.format(scope=scope), parameters)
        cursor.execute(ADD)
        cursor.execute(
            SMALLEST.format(touched="placement_points" if one_side else "placement_touched"), parameters
        )
        for table in tables:
            cursor.execute(f"DROP TABLE {table}")
