"""The map index held against the database, by other queries than those that made it."""

from collections.abc import Iterator

import numpy as np
from django.db import connection

from geo.mapindex.source import NOWHERE, text_key
from geo.mapindex.store import versioned
from geo.mapindex.view import View
from geo.tiles import CELL_ZOOM, Tile

from . import mapped
from .enums import Status

ROWS = f"""
SELECT i.id, coalesce(cell, {NOWHERE}), coalesce(round(ST_X(public_position)::numeric * 10000000), -2000000000)::int8,
       coalesce(round(ST_Y(public_position)::numeric * 10000000), 0)::int8, coalesce(p.slug, t.slug),
       coalesce(collective_id, 0), coalesce(legal_form_id, 0), coalesce(founded, -1),
       (extract(epoch FROM updated_at - timestamptz '2000-01-01 00:00:00+00') * 1000000)::int8
FROM initiatives_initiative i
JOIN vocabulary_theme t ON t.id = primary_theme_id LEFT JOIN vocabulary_theme p ON p.id = t.parent_id
WHERE status = '{Status.PUBLISHED}'
"""
NAMES = ("place on the curve", "longitude", "latitude", "theme", "collective", "legal form", "year", "update")
LINKS = f"""
SELECT l.key, count(DISTINCT i.id), sum(DISTINCT i.id)
FROM (SELECT {{id}} AS of, {{key}} AS key FROM {{table}} WHERE {{where}}) AS l
JOIN initiatives_initiative i ON i.id = l.of WHERE i.status = '{Status.PUBLISHED}' GROUP BY l.key
"""
SPOKEN = f"""
SELECT key, count(DISTINCT id), sum(DISTINCT id) FROM initiatives_initiative, unnest(languages) AS key
WHERE status = '{Status.PUBLISHED}' GROUP BY key
"""
CELLS = f"""
SELECT cell >> %s, count(*) FROM initiatives_initiative
WHERE status = '{Status.PUBLISHED}' AND cell IS NOT NULL GROUP BY 1
"""
ZOOMS = (0, 3, 6, 9)
BATCH = 20_000
TRIES = 20


def differences() -> Iterator[str]:
    """What the index has otherwise than the database, a line each; LookupError where no index can be had."""
    for _try in range(TRIES):
        view = mapped.INDEX.view(at_once=True)
        if view is None:
            view = mapped.INDEX.build()
        if view is None:
            raise LookupError("The database has no version yet: run the migrations first.")
        with versioned() as version:
            if version == view.version:
                yield from _rows(view)
                yield from _lists(view)
                yield from _cells(view)
                return
    raise LookupError("Changes came faster than the index could be checked; try again in a quieter moment.")


def _living(view: View) -> dict[str, np.ndarray]:
    """Columns of the index, of living rows by id."""
    base, tail = view.rows(view.everything)
    parts = [(view.base, base), (view.tail, tail)]
    columns: dict[str, list] = {name: [] for name in ("id", *NAMES)}
    for segment, rows in parts:
        labels = np.array(segment.labels or ("",), object)
        numbers = segment.numbers
        of_segment = (
            segment.ids,
            segment.cells,
            segment.xs,
            segment.ys,
            labels[segment.groups],
            numbers["collective"],
            numbers["legal_form"],
            numbers["founded"],
            numbers["updated"],
        )
        for name, values in zip(columns, of_segment, strict=True):
            columns[name].append(values[rows])
    joined = {name: np.concatenate(values) for name, values in columns.items()}
    order = np.argsort(joined["id"], kind="stable")
    return {name: values[order] for name, values in joined.items()}


def _rows(view: View) -> Iterator[str]:
    index = _living(view)
    ids = index["id"]
    if len(np.unique(ids)) != len(ids):
        yield f"{len(ids) - len(np.unique(ids))} rows are in the index twice"
    seen = np.zeros(len(ids), bool)
    with connection.chunked_cursor() as cursor:
        cursor.execute(ROWS)
        while batch := cursor.fetchmany(BATCH):
            wanted = np.array([row[0] for row in batch], np.int64)
            place = np.minimum(np.searchsorted(ids, wanted), max(len(ids) - 1, 0))
            there = ids[place] == wanted if len(ids) else np.zeros(len(wanted), bool)
            yield from (f"initiative {pk}: not in the index" for pk in wanted[~there].tolist())
            seen[place[there]] = True
            for number, name in enumerate(NAMES, start=1):
                told = np.array([row[number] for row in batch], object)[there]
                kept = index[name][place[there]]
                for at in np.flatnonzero(told != kept).tolist():
                    yield f"initiative {wanted[there][at]}: {name} {kept[at]} in the index, {told[at]} in the database"
    yield from (f"initiative {pk}: in the index, but not published" for pk in ids[~seen].tolist())


def _lists(view: View) -> Iterator[str]:
    base, tail = view.rows(view.everything)
    asked = {name: (LINKS.format(**vars(links)), int) for name, links in mapped.SOURCE.lists.items()}
    asked[mapped.SOURCE.words] = SPOKEN, text_key
    for name, (sql, as_key) in asked.items():
        with connection.cursor() as cursor:
            cursor.execute(sql)
            told = {as_key(key): (count, int(total)) for key, count, total in cursor.fetchall()}
        kept: dict[int, tuple[int, int]] = {}
        for segment, living in ((view.base, base), (view.tail, tail)):
            alive = np.zeros(len(segment), bool)
            alive[living] = True
            lists = segment.lists[name]
            for key in lists.keys.tolist():
                rows = np.unique(lists.get(key))
                rows = rows[alive[rows]]
                if len(rows):
                    count, total = kept.get(key, (0, 0))
                    kept[key] = (count + len(rows), total + int(segment.ids[rows].sum()))
        for key in sorted(told.keys() | kept.keys()):
            if told.get(key) != kept.get(key):
                came, expected = (found.get(key, (0, 0))[0] for found in (kept, told))
                yield f"{name} {key}: {came} initiatives in the index, {expected} in the database, or others"


def _cells(view: View) -> Iterator[str]:
    for zoom in ZOOMS:
        with connection.cursor() as cursor:
            cursor.execute(CELLS, [2 * (CELL_ZOOM - zoom)])
            told = dict(cursor.fetchall())
        for code, expected in sorted(told.items()):
            tile = Tile.of_code(zoom, code)
            clusters, lone = view.marks(view.everything, tile)
            came = sum(cluster.count for cluster in clusters) + len(lone)
            if came != expected:
                yield f"tile {tile.z}/{tile.x}/{tile.y}: {came} in the index, {expected} in the database"
