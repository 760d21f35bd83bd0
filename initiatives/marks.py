"""The marks of tiles: clusters and lone initiatives of a selection, from the map index or, failing it, by SQL."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice

import psycopg
from django.db import connection
from django.db.models import Exists, F, OuterRef
from django.db.models.expressions import Combinable
from psycopg.rows import dict_row

from geo import tiles
from geo.freshness import Version
from geo.mapindex.view import Matches, View

from . import mapped
from .enums import Precision, Status
from .models import Aged
from .querysets import root_theme
from .selection import Selection

# What a lone match shows on the map; `precision` asks for the dashed ring, `aged` for the fainter mark.
SINGLE = {
    "id": F("uuid"),
    "name": F("name"),
    "slug": F("slug"),
    "theme": root_theme(),
    "precision": F("precision"),
    "aged": Exists(Aged.objects.filter(initiative=OuterRef("pk"))),
}
# The same by primary key, with the version that the statement sees; `more` is what higher rooms add.
LONE = f"""
SELECT i.id AS pk, i.uuid AS id, i.name, i.slug, coalesce(p.slug, t.slug) AS theme, i.precision,
       EXISTS (SELECT FROM initiatives_aged a WHERE a.initiative_id = i.id) AS aged,
       {{more}}(SELECT max(number) FROM geo_version) AS version
FROM initiatives_initiative i
JOIN vocabulary_theme t ON t.id = i.primary_theme_id LEFT JOIN vocabulary_theme p ON p.id = t.parent_id
WHERE i.id = ANY(%s) AND i.status = '{Status.PUBLISHED}'
"""


_more: dict[str, str] = {}


def register(name: str, value: Combinable, sql: str) -> None:
    """Let a higher room say something of lone matches, from its AppConfig.ready(); what is empty is not told.

    `sql` is `value` once more, of a row `i` of the table of initiatives.
    """
    SINGLE[name], _more[name] = value, sql


@cache
def _lone() -> str:
    return LONE.format(more="".join(f"{sql} AS {name}, " for name, sql in _more.items()))


@dataclass
class Marks:
    """Contents of tiles and the version that all are of; without one they came by SQL, each of its own moment."""

    contents: list[tiles.TileContent]
    version: Version | None


def marks(selection: Selection, wanted: Sequence[tiles.Tile], *, at_once: bool) -> Marks:
    """What tiles show of a selection; `at_once` asks for this very moment instead of the last one."""
    found = mapped.answer(lambda view: _from(view, selection, wanted), at_once=at_once)
    return found or Marks([_by_sql(selection, tile) for tile in wanted], None)


def _by_sql(selection: Selection, tile: tiles.Tile) -> tiles.TileContent:
    content = tiles.content(selection.initiatives(), tile, theme=root_theme(), single=SINGLE)
    content.singles = [
        {"lon": row.pop("lon"), "lat": row.pop("lat"), **_shown(row)} for row in content.singles
    ]
    return content


def at_hand(view: View, matches: Matches, tile: tiles.Tile) -> tiles.TileContent | None:
    """The same without asking the database; None where the names of lone matches are not known yet."""
    clusters, lone = view.marks(matches, tile)
    if not lone:
        return tiles.TileContent(clusters, [])
    known = [view.known(one.id) for one in lone]
    return None if None in known else tiles.TileContent(clusters, _named(lone, known))


def _from(view: View, selection: Selection, wanted: Sequence[tiles.Tile]) -> Marks:
    if selection.located == "no":
        return Marks([tiles.TileContent() for _tile in wanted], view.version)
    matches = mapped.matches(view, selection)
    found = [view.marks(matches, tile) for tile in wanted]
    # The names of all tiles by one question.
    details = iter(_details(view, [one for _clusters, lone in found for one in lone]))
    contents = [
        tiles.TileContent(clusters, _named(lone, list(islice(details, len(lone)))))
        for clusters, lone in found
    ]
    return Marks(contents, view.version)


def _named(lone: list[tiles.Lone], details: list[dict]) -> list[dict]:
    return [{"lon": one.lon, "lat": one.lat, **row} for one, row in zip(lone, details, strict=True)]


def _shown(row: dict) -> dict:
    shown = {
        "id": str(row["id"]),
        "name": row["name"],
        "slug": row["slug"],
        "theme": row["theme"],
        "blurred": row["precision"] != Precision.EXACT,
    }
    return shown | {name: row[name] for name in ("aged", *_more) if row[name]}


def _details(view: View, lone: list[tiles.Lone]) -> list[dict]:
    """Names and addresses of lone matches; MovedError where the database has moved on meanwhile."""
    missing = [one.id for one in lone if view.known(one.id) is None]
    if missing:
        connection.ensure_connection()
        # Django's own cursor neither prepares nor speaks binary; a prepared statement is what makes this quick.
        with psycopg.Cursor(connection.connection, row_factory=dict_row) as cursor:
            rows = cursor.execute(_lone(), (missing,), prepare=True, binary=True).fetchall()
        if len(rows) != len(missing) or any(row["version"] != view.version.number for row in rows):
            raise mapped.MovedError
        found = {row["pk"]: _shown(row) for row in rows}
        view.learn(found)
        return [found.get(one.id) or view.known(one.id) for one in lone]
    return [view.known(one.id) for one in lone]
