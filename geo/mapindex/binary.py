"""Answers of PostgreSQL in its binary formats, read with COPY: a million rows take a second instead of a minute.

https://www.postgresql.org/docs/15/sql-copy.html#id-1.9.3.55.9.4
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
import psycopg
from django.db import connection

# PostgreSQL's binary array: five numbers, then each element with its length before it.
ARRAY_HEAD = 20
NUMBER = np.dtype([("length", ">i4"), ("value", ">i8")])
COPY_HEAD, COPY_END = 19, b"\xff\xff"


def messages(sql: str, parameters: Mapping[str, Any] | Sequence[Any] = ()) -> list[memoryview]:
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
    rows: list[bytes] = []
    get, keep = pgconn.get_copy_data, rows.append
    size, data = get(0)
    while size > 0:
        keep(bytes(data))
        size, data = get(0)
    while (result := pgconn.get_result()) is not None:
        if result.status != psycopg.pq.ExecStatus.COMMAND_OK:
            raise psycopg.OperationalError(result.error_message.decode(errors="replace"))
    # The head comes with the first row, or with the end.
    found = [memoryview(row) for row in rows]
    found[0] = found[0][COPY_HEAD:]
    if found.pop() != COPY_END:
        raise psycopg.OperationalError("COPY ended without its last two bytes.")
    return found


def fields_of(message: memoryview) -> Iterator[memoryview]:
    """Fields of a row; an empty one for null."""
    at = 2
    while at < len(message):
        length = max(0, int.from_bytes(message[at : at + 4], "big", signed=True))
        yield message[at + 4 : at + 4 + length]
        at += 4 + length


def numbers_in(data: memoryview) -> np.ndarray:
    """Elements of a binary array of bigint; ValueError where one is null."""
    values = np.frombuffer(data, NUMBER, offset=min(ARRAY_HEAD, len(data)) if len(data) > 12 else len(data))
    if not (values["length"] == 8).all():
        raise ValueError("An array to be read has an element that is null or no bigint.")
    return values["value"].astype(np.int64)
