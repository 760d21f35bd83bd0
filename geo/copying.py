"""Rows of text passed through from PostgreSQL's COPY: the quickest way out, and flat in memory."""

from collections.abc import Iterator

from django.db import connections
from django.db.models import QuerySet

# CSV with a quote and a delimiter that JSON text cannot hold unescaped leaves each row as it is, one a line.
STATEMENT = r"COPY ({query}) TO STDOUT (FORMAT csv, DELIMITER E'\x02', QUOTE E'\x01', ENCODING 'UTF8')"
# Blocks of about this many bytes go to the server; a row by itself would cost a system call each.
BLOCK = 64 * 1024


def copied(rows: QuerySet) -> Iterator[bytes]:
    """Blocks of whole lines, UTF-8; `rows` gives one column of JSON text, without control characters or line breaks."""
    query, parameters = rows.query.sql_with_params()
    block: list[bytes] = []
    size = 0
    with (
        connections[rows.db].cursor() as cursor,
        # The driver's own cursor: Django's wrapper under DEBUG takes no parameters here.
        cursor.cursor.copy(STATEMENT.format(query=query), parameters) as copy,
    ):
        for line in copy:
            block.append(bytes(line))
            size += len(line)
            if size >= BLOCK:
                yield b"".join(block)
                block, size = [], 0
    if block:
        yield b"".join(block)
