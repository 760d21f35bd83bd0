"""What a map index holds, said in SQL; read with COPY in binary, so that a million rows take seconds."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

import numpy as np
import psycopg
from django.db import connection, transaction

# Keys and the ids that have them.
Pairs = tuple[np.ndarray, np.ndarray]

# Rows without a position lie here along the curve: after all tiles.
NOWHERE = 1 << 56
# PostgreSQL's binary array: five numbers, then each element with its length before it.
ARRAY_HEAD = 20
NUMBER = np.dtype([("length", ">i4"), ("value", ">i8")])
# A point as EWKB in the byte order of the server, which is little-endian wherever PostGIS runs for us.
POINT = np.dtype(
    [("length", ">i4"), ("order", "u1"), ("type", "<u4"), ("srid", "<i4"), ("x", "<f8"), ("y", "<f8")]
)
COPY_HEAD, COPY_END = 19, b"\xff\xff"


@dataclass(frozen=True)
class Links:
    """Keys that any number of rows have, read a group at a time: `keys` is SQL of bigint[] from the column `by`."""

    table: str
    id: str
    by: str
    keys: str
    where: str = "true"

    def sql(self, some: bool) -> str:
        """Keys and the ids that have them, a row for each group."""
        only = f" AND {self.id} = ANY(%(ids)s)" if some else ""
        return f"SELECT {self.keys}, array_agg({self.id}) FROM {self.table} WHERE {self.where}{only} GROUP BY {self.by}"


@dataclass(frozen=True)
class Source:
    """A layer's rows: `table` with an `id`, which rows count, and what is kept of each.

    `group` gives the id by which clusters are mixed, `groups` maps it: SQL of (id, label), few rows; the list
    named `grouped_by` holds the same ids for those that belong to several. `numbers` and `lists` can be filtered by:
    a number is one bigint or instant a row, a list has any number of keys a row.
    """

    name: str
    table: str
    where: str
    cell: str
    point: str
    group: str
    groups: str
    grouped_by: str
    numbers: Mapping[str, str] = field(default_factory=dict)
    lists: Mapping[str, Links] = field(default_factory=dict)

    def sql(self, some: bool) -> str:
        """A row for each row: id, place on the curve, point, group, numbers."""
        nowhere = "ST_SetSRID(ST_MakePoint(-200, 0), 4326)"
        columns = [
            "id",
            f"coalesce({self.cell}, {NOWHERE})",
            f"coalesce({self.point}, {nowhere})",
            self.group,
            *self.numbers.values(),
        ]
        only = " AND id = ANY(%(ids)s)" if some else ""
        return f"SELECT {', '.join(columns)} FROM {self.table} WHERE {self.where}{only}"


@dataclass
class Rows:
    """Rows as they were read, in no order; positions in 1e-7 degrees, EPSG:4326."""

    ids: np.ndarray
    cells: np.ndarray
    xs: np.ndarray
    ys: np.ndarray
    group_ids: np.ndarray
    numbers: dict[str, np.ndarray]
    lists: dict[str, Pairs]

    def without(self, ids: np.ndarray) -> "Rows":
        """The same without some ids."""
        stays = ~np.isin(self.ids, ids)
        lists = {}
        for name, (keys, of) in self.lists.items():
            linked = ~np.isin(of, ids)
            lists[name] = (keys[linked], of[linked])
        return Rows(
            self.ids[stays],
            self.cells[stays],
            self.xs[stays],
            self.ys[stays],
            self.group_ids[stays],
            {name: values[stays] for name, values in self.numbers.items()},
            lists,
        )

    def joined(self, others: "Rows") -> "Rows":
        """These and others."""
        both = np.concatenate
        return Rows(
            both([self.ids, others.ids]),
            both([self.cells, others.cells]),
            both([self.xs, others.xs]),
            both([self.ys, others.ys]),
            both([self.group_ids, others.group_ids]),
            {name: both([values, others.numbers[name]]) for name, values in self.numbers.items()},
            {
                name: (both([keys, others.lists[name][0]]), both([of, others.lists[name][1]]))
                for name, (keys, of) in self.lists.items()
            },
        )


def read(source: Source, ids: Sequence[int] | None = None) -> Rows:
    """All rows of a layer, or some by id, as the transaction of this moment sees them."""
    if ids is not None:
        return _rows(source, {"ids": list(ids)}, _lists(source, {"ids": list(ids)}))
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_export_snapshot()")
        (snapshot,) = cursor.fetchone()
    # Two connections that see the same: reading takes half the time.
    with ThreadPoolExecutor(1) as beside:
        lists = beside.submit(_lists_of, source, snapshot)
        return _rows(source, {}, lists.result)


def _lists_of(source: Source, snapshot: str) -> dict[str, Pairs]:
    """The lists as another transaction sees them."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
            cursor.execute("SET TRANSACTION SNAPSHOT %s", [snapshot])
            return _lists(source, {})()
    finally:
        connection.close()


def _rows(source: Source, parameters: dict, lists: Callable[[], dict[str, Pairs]]) -> Rows:
    kinds = [("id", NUMBER), ("cell", NUMBER), ("point", POINT), ("group", NUMBER)]
    kinds += [(name, NUMBER) for name in source.numbers]
    row = np.dtype([("fields", ">i2"), *kinds])
    found = np.frombuffer(b"".join(_messages(source.sql(bool(parameters)), parameters)), row)
    if not all((found[name]["length"] == kind.itemsize - 4).all() for name, kind in kinds):
        raise ValueError(f"A value of {source.name} is null or no bigint, instant or point.")
    return Rows(
        found["id"]["value"].astype(np.int64),
        found["cell"]["value"].astype(np.int64),
        np.rint(found["point"]["x"] * 1e7).astype(np.int32),
        np.rint(found["point"]["y"] * 1e7).astype(np.int32),
        found["group"]["value"].astype(np.int64),
        {name: found[name]["value"].astype(np.int64) for name in source.numbers},
        lists(),
    )


def _lists(source: Source, parameters: dict) -> Callable[[], dict[str, Pairs]]:
    return lambda: {name: _pairs(links, parameters) for name, links in source.lists.items()}


def _pairs(links: Links, parameters: dict) -> Pairs:
    keys, ids = [np.empty(0, np.int64)], [np.empty(0, np.int64)]
    for message in _messages(links.sql(bool(parameters)), parameters):
        at = 2
        fields = []
        for _field in range(2):
            length = int.from_bytes(message[at : at + 4], "big", signed=True)
            fields.append(_elements(message[at + 4 : at + 4 + length]))
            at += 4 + length
        of_group, having = fields
        for key in of_group.tolist():
            keys.append(np.full(len(having), key, np.int64))
            ids.append(having)
    return np.concatenate(keys), np.concatenate(ids)


def _elements(data: bytes) -> np.ndarray:
    """Elements of a binary array of bigint; ValueError where one is null."""
    values = np.frombuffer(data, NUMBER, offset=min(ARRAY_HEAD, len(data)) if len(data) > 12 else len(data))
    if not (values["length"] == 8).all():
        raise ValueError("An array to be read has an element that is null or no bigint.")
    return values["value"].astype(np.int64)


def read_groups(source: Source) -> tuple[np.ndarray, list[str]]:
    """Ids that rows are grouped by, ascending, and the label of each."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT id, label FROM ({source.groups}) AS g ORDER BY id")
        rows = cursor.fetchall()
    return np.array([pk for pk, _label in rows], np.int64), [label for _pk, label in rows]


def _messages(sql: str, parameters: dict) -> Iterator[bytes]:
    """Rows of a query in PostgreSQL's binary COPY format, head and end left out.

    Straight from libpq: with a million rows the driver's own loop would take longer than the database.
    """
    connection.ensure_connection()
    with psycopg.ClientCursor(connection.connection) as cursor:
        statement = cursor.mogrify(sql, parameters) if parameters else sql
    pgconn = connection.connection.pgconn
    result = pgconn.exec_(f"COPY ({statement}) TO STDOUT (FORMAT binary)".encode())
    if result.status != psycopg.pq.ExecStatus.COPY_OUT:
        raise psycopg.errors.lookup(result.error_field(psycopg.pq.DiagnosticField.SQLSTATE).decode())(
            result.error_message.decode(errors="replace")
        )
    head = COPY_HEAD
    while True:
        size, data = pgconn.get_copy_data(0)
        if size < 0:
            break
        message = bytes(data)[head:]
        head = 0
        if message != COPY_END:
            yield message
    while (result := pgconn.get_result()) is not None:
        if result.status != psycopg.pq.ExecStatus.COMMAND_OK:
            raise psycopg.OperationalError(result.error_message.decode(errors="replace"))
