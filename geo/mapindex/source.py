"""What a map index holds, said in SQL; read with COPY in binary, so that a million rows take seconds."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import Any

import numpy as np
from django.db import connection, transaction

from .binary import NUMBER, POINT, fields_of, messages, numbers_in, texts_in

# Keys and the ids that have them.
Pairs = tuple[np.ndarray, np.ndarray]

# Rows without a position lie here along the curve: after all tiles.
NOWHERE = 1 << 56


@dataclass(frozen=True)
class Links:
    """Keys that any number of rows have: bigints in the column `key` of a table that names rows by `id`."""

    table: str
    id: str
    key: str
    where: str = "true"

    def sql(self, some: bool) -> str:
        """Keys and the ids that have them, a row for each group."""
        only = f" AND {self.id} = ANY(%(ids)s)" if some else ""
        return f"SELECT {self.key}, array_agg({self.id}) FROM {self.table} WHERE {self.where}{only} GROUP BY {self.key}"


@dataclass(frozen=True)
class Source:
    """A layer's rows: `table` with an `id`, which rows count, and what is kept of each.

    `group` gives the id by which clusters are mixed, `groups` maps it: SQL of (id, label), few rows; the list
    named `grouped_by` holds the same ids for those that belong to several. `numbers` and `lists` can be filtered by:
    a number is one bigint or instant a row, a list has any number of keys a row. A list of short texts in the row
    itself is `words`: its name and SQL of text[]; text_key() makes the key of a text.
    """

    name: str
    table: str
    where: str
    cell: str
    point: str
    group: str
    groups: str
    grouped_by: str
    words: tuple[str, str]
    numbers: Mapping[str, str] = field(default_factory=dict)
    lists: Mapping[str, Links] = field(default_factory=dict)

    def sql(self, only: str) -> str:
        """A row for each row: id, place on the curve, point, group, numbers, words."""
        nowhere = "ST_SetSRID(ST_MakePoint(-200, 0), 4326)"
        columns = [
            "id",
            f"coalesce({self.cell}, {NOWHERE})",
            f"coalesce({self.point}, {nowhere})",
            self.group,
            *self.numbers.values(),
            self.words[1],
        ]
        return f"SELECT {', '.join(columns)} FROM {self.table} WHERE {self.where} AND {only}"


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


def text_key(text: str) -> int:
    """The number that stands for a text in a list."""
    data = text.encode()
    return int.from_bytes(data if len(data) < 8 else blake2b(data, digest_size=7).digest(), "big")


def read(source: Source, ids: Sequence[int] | None = None) -> Rows:
    """All rows of a layer, or some by id, as the transaction of this moment sees them."""
    if ids is not None:
        given = {"ids": list(ids)}
        parts = [_part(source, source.sql("id = ANY(%(ids)s)"), given)]
        return _put_together(
            source, parts, {name: _pairs(links, given) for name, links in source.lists.items()}
        )
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_export_snapshot()")
        (snapshot,) = cursor.fetchone()
        cursor.execute("SELECT pg_relation_size(%s) / current_setting('block_size')::int", [source.table])
        middle = cursor.fetchone()[0] // 2
    halves = [source.sql(f"ctid {side} '({middle},0)'::tid") for side in ("<", ">=")]
    tasks: dict[Hashable, Callable] = {
        place: lambda half=half: _part(source, half, {}) for place, half in enumerate(halves)
    }
    tasks |= {name: lambda links=links: _pairs(links, {}) for name, links in source.lists.items()}
    # Two connections that see the same: reading takes half the time.
    with ThreadPoolExecutor(1) as pool:
        beside = pool.submit(_done_apart, snapshot, tasks)
        found = _done(tasks)
        found |= beside.result()
    return _put_together(
        source, [found[place] for place in range(len(halves))], {n: found[n] for n in source.lists}
    )


def _done(tasks: dict[Hashable, Callable]) -> dict[Hashable, Any]:
    """Results of the tasks that this thread got hold of."""
    found = {}
    while tasks:
        try:
            name = next(iter(tasks))
            task = tasks.pop(name)
        except (StopIteration, KeyError):
            # The other thread took it, or the last one.
            continue
        found[name] = task()
    return found


def _done_apart(snapshot: str, tasks: dict[Hashable, Callable]) -> dict[Hashable, Any]:
    """The same, in another connection that sees what the snapshot shows."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
            cursor.execute("SET TRANSACTION SNAPSHOT %s", [snapshot])
            return _done(tasks)
    finally:
        connection.close()


def _part(source: Source, sql: str, parameters: dict) -> list[np.ndarray]:
    """Rows of a query, those of each length apart: the words at their end are all that can be longer or shorter."""
    kinds = [("id", NUMBER), ("cell", NUMBER), ("point", POINT), ("group", NUMBER)]
    kinds += [(name, NUMBER) for name in source.numbers]
    least = np.dtype([("fields", ">i2"), *kinds]).itemsize
    by_length: dict[int, list[bytes]] = defaultdict(list)
    for message in messages(sql, parameters):
        by_length[len(message)].append(message)
    found = []
    for length, same in by_length.items():
        rest = [("words", f"V{length - least}")]
        rows = np.frombuffer(b"".join(same), [("fields", ">i2"), *kinds, *rest])
        if not all((rows[name]["length"] == kind.itemsize - 4).all() for name, kind in kinds):
            raise ValueError(f"A value of {source.name} is null or no bigint, instant or point.")
        found.append(rows)
    return found


def _put_together(source: Source, parts: list[list[np.ndarray]], lists: dict[str, Pairs]) -> Rows:
    rows = [one for part in parts for one in part]

    def column(name: str, field: str, kind: type) -> np.ndarray:
        return np.concatenate([np.empty(0, kind), *(one[name][field].astype(kind) for one in rows)])

    def place(field: str) -> np.ndarray:
        parts = (np.rint(one["point"][field] * 1e7).astype(np.int32) for one in rows)
        return np.concatenate([np.empty(0, np.int32), *parts])

    return Rows(
        column("id", "value", np.int64),
        column("cell", "value", np.int64),
        place("x"),
        place("y"),
        column("group", "value", np.int64),
        {name: column(name, "value", np.int64) for name in source.numbers},
        {**lists, source.words[0]: _spoken(rows)},
    )


def _spoken(parts: list[np.ndarray]) -> Pairs:
    """Keys of the texts of each row, and the ids of the rows."""
    keys, ids = [np.empty(0, np.int64)], [np.empty(0, np.int64)]
    for rows in parts:
        data = np.ascontiguousarray(rows["words"]).view(np.uint8).reshape(len(rows), -1)
        # Few combinations occur, and each is taken apart once.
        first, kind = _kinds(data)
        of_rows = rows["id"]["value"].astype(np.int64)
        for number, row in enumerate(first.tolist()):
            having = of_rows[kind == number]
            for text in set(texts_in(data[row].tobytes())):
                keys.append(np.full(len(having), text_key(text), np.int64))
                ids.append(having)
    return np.concatenate(keys), np.concatenate(ids)


def _kinds(data: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Of rows of bytes the first of each kind, and the kind of each row."""
    differing = np.flatnonzero((data != data[0]).any(axis=0))
    if len(differing) > 8:
        return np.unique(data[:, differing], axis=0, return_index=True, return_inverse=True)[1:]
    # Whole numbers sort much faster than bytes.
    number = np.zeros(len(data), np.uint64)
    for place in differing.tolist():
        number = number << np.uint64(8) | data[:, place]
    return np.unique(number, return_index=True, return_inverse=True)[1:]


def _pairs(links: Links, parameters: dict) -> Pairs:
    keys, ids = [np.empty(0, np.int64)], [np.empty(0, np.int64)]
    for message in messages(links.sql(bool(parameters)), parameters):
        key, of_key = fields_of(message)
        having = numbers_in(of_key)
        keys.append(np.full(len(having), int.from_bytes(key, "big"), np.int64))
        ids.append(having)
    return np.concatenate(keys), np.concatenate(ids)


def read_groups(source: Source) -> tuple[np.ndarray, list[str]]:
    """Ids that rows are grouped by, ascending, and the label of each."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT id, label FROM ({source.groups}) AS g ORDER BY id")
        rows = cursor.fetchall()
    return np.array([pk for pk, _label in rows], np.int64), [label for _pk, label in rows]
