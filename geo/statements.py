"""Statements of the hot path: Django's SQL written once, or our own, on psycopg's own cursors."""

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from functools import cached_property, lru_cache
from inspect import signature
from typing import Any

import numpy as np
import psycopg
from django.db import connection, transaction
from django.db.models import QuerySet
from psycopg.adapt import Loader

from .keys import Keys
from .mapindex.binary import numbers_in


def prepared(sql: str, **values: Any) -> list[tuple]:
    """Rows of a statement that each connection prepares once, so it must be quick whatever the values are.

    A text that begins an index condition is given as a range, not as a pattern: a plan made for all values cannot use
    an index for a pattern.
    """
    text, names = _numbered(sql)
    connection.ensure_connection()
    with psycopg.RawCursor(connection.connection) as cursor:
        given = [values[name] for name in names]
        return cursor.execute(text, given, prepare=True, binary=True).fetchall()


def prepared_together(statements: Sequence[str], **values: Any) -> list[list[tuple]]:
    """Rows of each of several such statements, sent at once and run one after the other, each on what is there by then.

    They are one transaction, without its beginning and end being sent; within another one they are part of it.
    """
    connection.ensure_connection()
    with ExitStack() as stack:
        cursors = [stack.enter_context(psycopg.RawCursor(connection.connection)) for _ in statements]
        with connection.connection.pipeline():
            for cursor, (text, names) in zip(cursors, map(_numbered, statements), strict=True):
                cursor.execute(text, [values[name] for name in names], prepare=True, binary=True)
        return [cursor.fetchall() for cursor in cursors]


@lru_cache(maxsize=64)
def _numbered(sql: str) -> tuple[str, list[str]]:
    """A statement as PostgreSQL takes it, and its values' names by number: the driver finds them out each time."""
    names: list[str] = []

    def number(place: re.Match) -> str:
        name = place[1]
        if name is None:
            return "%"
        if name not in names:
            names.append(name)
        return f"${names.index(name) + 1}"

    return re.sub(r"%%|%\((\w+)\)s", number, sql), names


class Compiled:
    """A queryset made from texts; `rows()` runs it with other texts, without making it again.

    Writing the SQL of a query takes Django longer than PostgreSQL takes to answer it. The plan is made for the texts
    each time, which pays where a frequent word wants another one than a rare one. Each text must stand in the query as
    it is: AssertionError at the first use where a lookup changes it, such as `startswith` with a plain text.
    """

    def __init__(self, build: Callable[..., QuerySet]) -> None:
        self.build = build
        self.marks = [f"\ue000{place}" for place in range(len(signature(build).parameters))]

    @cached_property
    def _template(self) -> tuple[str, tuple]:
        sql, parameters = self.build(*self.marks).query.sql_with_params()
        for mark in self.marks:
            assert mark in parameters, f"a text of {sql} was changed on the way"
        return sql, parameters

    def statement(self, *texts: str) -> tuple[str, list[Any]]:
        """SQL with its parameters for these texts."""
        sql, parameters = self._template
        given = dict(zip(self.marks, texts, strict=True))
        return sql, [given.get(one, one) if isinstance(one, str) else one for one in parameters]

    def rows(self, *texts: str) -> list[tuple]:
        """What the query answers to these texts."""
        return _read(*self.statement(*texts))

    def first_of(self, number: int, several: list[tuple[str, ...]]) -> list[tuple]:
        """The first rows of several runs, one after another, in one statement that stops when it has enough."""
        if len(several) < 2:
            return [row for texts in several for row in self.rows(*texts)][:number]
        made = [self.statement(*texts) for texts in several]
        sql = " UNION ALL ".join(f"({one})" for one, _parameters in made)
        return _read(f"{sql} LIMIT %s", [*(value for _sql, values in made for value in values), number])


class ByKeys:
    """Rows of a queryset by their `key`: SQL is written once, and prepared once by each connection."""

    def __init__(self, rows: QuerySet, key: str) -> None:
        self.queryset, self.key = rows, key
        self._statements: dict[type[Keys], str] = {}

    def sql(self, kind: type[Keys]) -> str:
        """The statement as PostgreSQL takes it, with places for the values of such keys."""
        written = self._statements.get(kind)
        if written is None:
            query = self.queryset.filter(kind.condition(self.key)).query
            # With its constants in it: the driver sends them without types, which functions for any type refuse.
            written = connection.ops.compose_sql(*query.sql_with_params()) + kind.END
            for number, mark in enumerate(kind.MARKS, 1):
                assert written.count(mark) == 1, f"the keys have no place of their own in {written}"
                written = written.replace(mark, f"${number}")
            self._statements[kind] = written
        return written

    def ask(self, keys: Keys) -> psycopg.Cursor:
        """The statement for some keys, sent; its rows are to be fetched."""
        return _sent(psycopg.RawCursor(connection.connection), self.sql(type(keys)), keys)

    def ask_columns(self, keys: Keys) -> psycopg.Cursor:
        """The same for columns of bigint alone: one row, each column an array of numpy, or None for no rows.

        As rows of numbers the driver takes longer for them than the database.
        """
        cursor = psycopg.RawCursor(connection.connection)
        cursor.adapters.register_loader(cursor.adapters.types["int8"].array_oid, _Numbers)
        return _sent(cursor, self._as_columns(type(keys)), keys)

    def rows(self, keys: Keys) -> list[tuple]:
        """The rows for some keys."""
        connection.ensure_connection()
        return self.ask(keys).fetchall()

    def _as_columns(self, kind: type[Keys]) -> str:
        names = [f"c{place}" for place in range(len(self.queryset.query.values_select))]
        gathered = ", ".join(f"array_agg({name})" for name in names)
        return f"SELECT {gathered} FROM ({self.sql(kind)}) AS asked ({', '.join(names)})"


def _sent(cursor: psycopg.Cursor, sql: str, keys: Keys) -> psycopg.Cursor:
    return cursor.execute(sql, keys.values, prepare=True, binary=True)


class _Numbers(Loader):
    format = psycopg.pq.Format.BINARY

    def load(self, data) -> np.ndarray:
        return numbers_in(data)


@contextmanager
def together() -> Iterator[None]:
    """Statements within are sent without waiting for the answers to those before: a way to the database and back costs
    as much as a short question. An error shows where rows are fetched."""
    connection.ensure_connection()
    with connection.connection.pipeline():
        yield


@contextmanager
def snapshot() -> Iterator[None]:
    """All that is read within sees the same data; ProgrammingError in a transaction that has begun to read."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        yield


@contextmanager
def one_moment() -> Iterator[bool]:
    """The same, or in a transaction what that sees; whether it is the first."""
    if connection.in_atomic_block:
        yield False
    else:
        with snapshot():
            yield True


def _read(sql: str, parameters: list[Any]) -> list[tuple]:
    connection.ensure_connection()
    with psycopg.ClientCursor(connection.connection) as cursor:
        return cursor.execute(sql, parameters).fetchall()
