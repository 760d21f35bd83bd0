"""Which territories an initiative lies in: found and compared by one statement, for one row or a million."""

from collections.abc import Sequence
from typing import Any

import psycopg
from django.db import connection, transaction

from territories.enums import ADMINISTRATIVE, Scheme

from .enums import Precision

# Territories finer than the precision of a position are withheld.
WITHHELD = {
    Precision.REGION: [Scheme.NUTS3, Scheme.DEPARTMENT, Scheme.INTERMUNICIPALITY, Scheme.MUNICIPALITY],
}

# Of what was filled just now a few pages tell the planner enough; the rest would take as long as a join.
FEW_PAGES = "SET LOCAL default_statistics_target = 10"
AS_USUAL = "SET LOCAL default_statistics_target TO DEFAULT"

# Up to so many initiatives no table is made, and the statement that compares stays prepared.
FEW = 50

TOLD = """
NOT (p.precision = %(region)s AND EXISTS (SELECT FROM territories_territory w
                                          WHERE w.id = s.territory_id AND w.scheme = ANY(%(withheld)s)))
"""
# Points with their square and part, worked out once for all that is compared with them.
PARTED = """
(SELECT id, precision, public_position, territories_square_of(x, y) AS square, territories_part_of(x, y) AS part
 FROM (SELECT id, precision, public_position, territories_line_at(ST_X(public_position)) AS x,
              territories_line_at(ST_Y(public_position)) AS y FROM {points} OFFSET 0) lines OFFSET 0)
"""
# Each point with the territories that meet its part; where one does not cover it, the outline is to be asked.
HITS = f"""
SELECT p.id AS initiative_id, s.territory_id,
       CASE WHEN NOT (s.covered IS NULL OR get_bit(s.covered, p.part) = 1) THEN p.public_position END AS asked
FROM {PARTED} p JOIN territories_square s ON s.square = p.square
WHERE (s.covered IS NULL OR get_bit(s.met, p.part) = 1) AND {TOLD}
"""
PLACEMENT_OF_FEW = f"""
SELECT initiative_id, territory_id FROM ({HITS.format(points="points")}) h
WHERE asked IS NULL
   OR (SELECT ST_Covers(t.boundary, h.asked) FROM territories_territory t WHERE t.id = h.territory_id)
"""
# Points come sorted by territory: so each outline is read and prepared once for all of them.
OUTSIDE = """
SELECT h.place FROM (SELECT ctid AS place, territory_id, asked FROM placement
                     WHERE asked IS NOT NULL ORDER BY territory_id OFFSET 0) h
JOIN territories_territory t ON t.id = h.territory_id AND NOT ST_Covers(t.boundary, h.asked)
"""
# The smallest administrative territory of each row of `placement`.
SMALLEST = """
SELECT DISTINCT ON (p.initiative_id) p.initiative_id, p.territory_id
FROM placement p JOIN territories_territory t ON t.id = p.territory_id
WHERE t.scheme = ANY(%(administrative)s)
ORDER BY p.initiative_id, array_position(%(administrative)s::text[], t.scheme::text) DESC, t.code
"""
PARAMETERS = {
    "region": str(Precision.REGION),
    "withheld": [str(scheme) for scheme in WITHHELD[Precision.REGION]],
    "administrative": [str(scheme) for scheme in ADMINISTRATIVE],
}

# What is not as it ought to be: links to add and to remove, and another smallest territory.
CHANGES = f"""
held AS (SELECT l.initiative_id, l.territory_id
         FROM {{points}} p JOIN initiatives_initiativeterritory l ON l.initiative_id = p.id)
SELECT coalesce(p.initiative_id, h.initiative_id) AS initiative_id,
       coalesce(p.territory_id, h.territory_id) AS territory_id,
       CASE WHEN h.territory_id IS NULL THEN 'add' ELSE 'remove' END AS what
FROM placement p FULL JOIN held h ON h.initiative_id = p.initiative_id AND h.territory_id = p.territory_id
WHERE p.territory_id IS NULL OR h.territory_id IS NULL
UNION ALL
SELECT i.id, s.territory_id, 'smallest' FROM {{points}} i LEFT JOIN ({SMALLEST}) s ON s.initiative_id = i.id
WHERE i.territory_id IS DISTINCT FROM s.territory_id
"""
POINTS = "SELECT id, precision, public_position, territory_id FROM initiatives_initiative WHERE id {chosen}"
# The list is hidden from the planner, so that it makes one plan for all lists and keeps it.
CHANGES_OF_FEW = (
    f"WITH points AS MATERIALIZED ({POINTS.format(chosen='= ANY((SELECT %(ids)s::bigint[])::bigint[])')}), "
    f"placement AS MATERIALIZED ({PLACEMENT_OF_FEW}), " + CHANGES.format(points="points")
)
# Which rows a territory concerns: all in it, and all that were.
CONCERNED = """
IN (SELECT found.id FROM territories_territory t CROSS JOIN LATERAL (
      SELECT id FROM initiatives_initiative
      WHERE public_position && t.boundary AND ST_Covers(t.boundary, public_position) OFFSET 0) found
    WHERE t.id = ANY(%(ids)s)
    UNION SELECT initiative_id FROM initiatives_initiativeterritory WHERE territory_id = ANY(%(ids)s))
"""

WRITE = {
    "remove": """
DELETE FROM initiatives_initiativeterritory l USING {changes} c
WHERE c.what = 'remove' AND c.initiative_id = l.initiative_id AND c.territory_id = l.territory_id
""",
    "add": """
INSERT INTO initiatives_initiativeterritory (initiative_id, territory_id)
SELECT c.initiative_id, c.territory_id FROM {changes} c WHERE c.what = 'add' ORDER BY c.initiative_id
ON CONFLICT DO NOTHING
""",
    "smallest": """
UPDATE initiatives_initiative i SET territory_id = c.territory_id FROM {changes} c
WHERE c.what = 'smallest' AND c.initiative_id = i.id
""",
}
# What happened with an initiative lies where it does, in the stream too.
LINES = (
    """
UPDATE community_activity a SET territory_id = c.territory_id
FROM {changes} c JOIN initiatives_initiative i ON i.id = c.initiative_id
WHERE c.what = 'smallest' AND a.kind = 'initiative' AND a.room = 'initiatives' AND a.key = i.uuid::text
""",
    """
UPDATE community_activity a SET territory_id = c.territory_id
FROM {changes} c JOIN initiatives_initiative i ON i.id = c.initiative_id
JOIN initiatives_initiativegroup g ON g.initiative_id = i.id
WHERE c.what = 'smallest' AND a.kind = 'named' AND a.room = 'initiatives' AND a.key = i.uuid::text || ':' || g.group_id
""",
)
FEW_CHANGES = (
    "(SELECT * FROM unnest(%(initiatives)s::bigint[], %(territories)s::bigint[], %(whats)s::text[]) "
    "AS listed(initiative_id, territory_id, what))"
)


def place(*, initiatives: Sequence[int] | None = None, territories: Sequence[int] | None = None) -> None:
    """Recompute the territories of some initiatives, or of all in or formerly in some territories (primary keys)."""
    if (initiatives is None) == (territories is None):
        raise ValueError("Name the initiatives or the territories, not both.")
    ids = list(initiatives if initiatives is not None else territories or [])
    if not ids:
        return
    if initiatives is not None and len(ids) <= FEW:
        _place_few(ids)
    else:
        _place_many(ids, "= ANY(%(ids)s)" if initiatives is not None else CONCERNED)


def _place_few(ids: list[int]) -> None:
    """One prepared statement asks; only what differs is written."""
    connection.ensure_connection()
    with psycopg.Cursor(connection.connection) as cursor:
        changes = cursor.execute(
            CHANGES_OF_FEW, {"ids": ids, **PARAMETERS}, prepare=True, binary=True
        ).fetchall()
    if changes:
        listed = dict(zip(("initiatives", "territories", "whats"), map(list, zip(*changes)), strict=True))
        with transaction.atomic(), connection.cursor() as cursor:
            _write(cursor, FEW_CHANGES, set(listed["whats"]), listed)


def _place_many(ids: list[int], chosen: str) -> None:
    """The same through temporary tables, which tell the planner how much there is."""
    with transaction.atomic(), connection.cursor() as cursor:
        parameters = {"ids": ids, **PARAMETERS}
        _make(cursor, "placement_points", POINTS.format(chosen=chosen), parameters)
        locate_staged("placement_points")
        _make(cursor, "placement_changes", "WITH " + CHANGES.format(points="placement_points"), parameters)
        cursor.execute("SELECT DISTINCT what FROM placement_changes")
        _write(cursor, "placement_changes", {what for (what,) in cursor.fetchall()}, None)
        cursor.execute("DROP TABLE placement_points, placement, placement_changes")


def _make(cursor, table: str, rows: str, parameters: dict[str, Any]) -> None:
    """Make a temporary table, and tell the planner how much is in it."""
    cursor.execute(f"DROP TABLE IF EXISTS pg_temp.{table}")
    cursor.execute(f"CREATE TEMPORARY TABLE {table} ON COMMIT DROP AS {rows}", parameters)
    for statement in (FEW_PAGES, f"ANALYZE {table}", AS_USUAL):
        cursor.execute(statement)


def _write(cursor, changes: str, whats: set[str], parameters: dict[str, Any] | None) -> None:
    for what, statement in WRITE.items():
        if what in whats:
            cursor.execute(statement.format(changes=changes), parameters)
    if "smallest" in whats:
        for statement in LINES:
            cursor.execute(statement.format(changes=changes), parameters)


def locate_staged(points: str) -> None:
    """Make the temporary table `placement` for rows that are not in the tables yet.

    `points` names a table (id, precision, public_position EPSG:4326); ids are future primary keys.
    """
    with connection.cursor() as cursor:
        # A merge would sort the points on disk before it meets the squares.
        cursor.execute("SET LOCAL enable_mergejoin = off")
        _make(cursor, "placement", HITS.format(points=points), PARAMETERS)
        cursor.execute("SET LOCAL enable_mergejoin TO DEFAULT")
        cursor.execute(f"DELETE FROM placement WHERE ctid = ANY(ARRAY({OUTSIDE}))")


def link_staged() -> None:
    """Add the links of `placement`; the initiatives are there now, and had none."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO initiatives_initiativeterritory (initiative_id, territory_id) "
            "SELECT initiative_id, territory_id FROM placement ORDER BY initiative_id"
        )
        cursor.execute("DROP TABLE placement")
