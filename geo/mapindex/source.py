"""What a map index holds, and how it is read: in PostgreSQL's binary format, so that a million rows take a second."""

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field, replace
from hashlib import blake2b
from threading import Thread

import numpy as np
from django.db import connection, transaction

from .binary import fields_of, messages, numbers_in

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
    """A layer's rows: which there are, and what is kept of each.

    `packed` is a table of (id, fixed, words) with a row for each that counts. `fixed` holds, in network order, the id,
    the place on the curve (8 bytes each), the position in 1e-7 degrees (4 and 4), the id of the group by which
    clusters are mixed, the `numbers` (8 bytes each) and the length of `words` (4): short texts parted by commas.

    `groups` maps groups: SQL of (id, label), few rows; the list named `grouped_by` holds the same ids for those
    that belong to several. Filters ask for `numbers`, for `lists`, which have any number of keys a row, and for the
    list named `words`, in which text_key() makes the key of a text.
    """

    name: str
    packed: str
    groups: str
    grouped_by: str
    words: str
    numbers: tuple[str, ...] = ()
    lists: Mapping[str, Links] = field(default_factory=dict)

    def sql(self, some: bool) -> str:
        """All of it as one row."""
        only = " WHERE id = ANY(%(ids)s)" if some else ""
        return f"SELECT string_agg(fixed, ''), string_agg(words, '') FROM {self.packed}{only}"

    @property
    def kind(self) -> np.dtype:
        """What `fixed` holds of a row."""
        kinds = [("id", ">i8"), ("cell", ">i8"), ("x", ">i4"), ("y", ">i4"), ("group", ">i8")]
        return np.dtype([*kinds, *((name, ">i8") for name in self.numbers), ("length", ">i4")])


@dataclass
class Rows:
    """Rows as they were read, in no order; positions in 1e-7 degrees, EPSG:4326."""

    ids: np.ndarray
    cells: np.ndarray
    xs: np.ndarray
    ys: np.ndarray
    group_ids: np.ndarray
    numbers: dict[str, np.ndarray]
    lists: Mapping[str, Pairs]

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


class Coming(Mapping[str, Pairs]):
    """Lists by name that are still being read: who asks for one waits for it, or gets the error that ended it."""

    def __init__(self, lists: Mapping[str, Future]) -> None:
        self._lists = lists

    def __getitem__(self, name: str) -> Pairs:
        return self._lists[name].result()

    def __iter__(self) -> Iterator[str]:
        return iter(self._lists)

    def __len__(self) -> int:
        return len(self._lists)


def read(source: Source, ids: Sequence[int] | None = None) -> Rows:
    """All rows of a layer, or some by id, as the transaction of this moment sees them.

    Of all rows the lists may come later, as Coming says; the transaction need not wait for them.
    """
    if ids is not None:
        given = {"ids": list(ids)}
        rows = _rows(source, given)
        lists = {name: _pairs(links, given) for name, links in source.lists.items()}
        return replace(rows, lists={**rows.lists, **lists})
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_export_snapshot()")
        (snapshot,) = cursor.fetchone()
    # Two connections that see the same: the rows are sorted while the lists are read.
    begun, lists = Future(), {name: Future() for name in source.lists}
    Thread(
        target=_read_lists, args=(source, snapshot, begun, lists), name="map index lists", daemon=True
    ).start()
    rows = _rows(source, {})
    for name, pairs in rows.lists.items():
        lists[name] = Future()
        lists[name].set_result(pairs)
    # What the snapshot shows is there for others as long as this transaction.
    begun.result()
    return replace(rows, lists=Coming(lists))


def _read_lists(source: Source, snapshot: str, begun: Future, lists: Mapping[str, Future]) -> None:
    """Fill the lists in another connection that sees what the snapshot shows; `begun` once it does."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
            cursor.execute("SET TRANSACTION SNAPSHOT %s", [snapshot])
            begun.set_result(None)
            for name, links in source.lists.items():
                lists[name].set_result(_pairs(links, {}))
    # Whatever it is, who waits has to get it: nobody else would end the waiting.
    except Exception as error:  # noqa: BLE001
        for waited in (begun, *(lists[name] for name in source.lists)):
            if not waited.done():
                waited.set_exception(error)
    finally:
        connection.close()


def _rows(source: Source, parameters: dict) -> Rows:
    """Rows with the list of words alone."""
    (message,) = messages(source.sql(bool(parameters)), parameters)
    fixed, words = fields_of(message)
    found = np.frombuffer(fixed, source.kind)
    ids = found["id"].astype(np.int64)
    return Rows(
        ids,
        found["cell"].astype(np.int64),
        found["x"].astype(np.int32),
        found["y"].astype(np.int32),
        found["group"].astype(np.int64),
        {name: found[name].astype(np.int64) for name in source.numbers},
        {source.words: _worded(ids, found["length"].astype(np.int64), np.frombuffer(words, np.uint8))},
    )


def _worded(ids: np.ndarray, lengths: np.ndarray, data: np.ndarray) -> Pairs:
    """Keys of the texts of each row, and the ids of the rows; `data` has the texts of all, one row after another."""
    keys, of_keys = [np.empty(0, np.int64)], [np.empty(0, np.int64)]
    starts = np.cumsum(lengths) - lengths
    for length in np.unique(lengths[lengths > 0]).tolist():
        rows = np.flatnonzero(lengths == length)
        texts = data[starts[rows][:, None] + np.arange(length)]
        # Few combinations occur, and each is taken apart once.
        first, kind = _kinds(texts)
        for number, row in enumerate(first.tolist()):
            having = ids[rows[kind == number]]
            for text in set(texts[row].tobytes().decode().split(",")):
                keys.append(np.full(len(having), text_key(text), np.int64))
                of_keys.append(having)
    return np.concatenate(keys), np.concatenate(of_keys)


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
