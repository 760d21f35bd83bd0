"""The rows that an import wrote, and COPY of the very same into the same tables."""

import time
from pathlib import Path

from psycopg import sql

# Each table that an import adds to; by which column its rows follow those of the file, and the mark that it is past.
TABLES = {
    "initiatives_network": ("id", "network"),
    "initiatives_initiative": ("id", "initiative"),
    "initiatives_initiativetheme": ("initiative_id", "initiative"),
    "initiatives_contact": ("initiative_id", "initiative"),
    "initiatives_networkmembership": ("initiative_id", "initiative"),
    "initiatives_identity": ("initiative_id", "initiative"),
    "initiatives_statuschange": ("initiative_id", "initiative"),
    "initiatives_initiativeterritory": ("initiative_id", "initiative"),
}
MARK = "SELECT (SELECT max(id) FROM initiatives_initiative), coalesce((SELECT max(id) FROM initiatives_network), 0)"
WRITTEN = """
SELECT attname FROM pg_attribute
WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = '' ORDER BY attnum
"""
BLOCK = 1 << 20


class Copied:
    """Keeps, in a folder, what came into the tables after a mark, in the order of the file.

    COPY takes a file as it is. That an import puts neighbours beside each other, which their indexes take faster, is
    its own work.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.columns: dict[str, sql.Composed] = {}

    def mark(self) -> dict[str, int]:
        """The last keys before anything is written."""
        from django.db import connection

        with connection.cursor() as cursor:
            cursor.execute(MARK)
            return dict(zip(("initiative", "network"), cursor.fetchone()))

    def keep(self, mark: dict[str, int]) -> None:
        """Write down what came after it."""
        from django.db import connection

        with connection.cursor() as cursor:
            for table, (column, after) in TABLES.items():
                cursor.execute(WRITTEN, [table])
                names = sql.SQL(", ").join(sql.Identifier(name) for (name,) in cursor.fetchall())
                self.columns[table] = names
                statement = sql.SQL(
                    "COPY (SELECT {0} FROM {1} WHERE {2} > {3} ORDER BY {2}) TO STDOUT"
                ).format(names, sql.Identifier(table), sql.Identifier(column), sql.Literal(mark[after]))
                with cursor.copy(statement) as copy, (self.folder / table).open("wb") as file:
                    for block in copy:
                        file.write(block)

    def again(self) -> float:
        """Seconds to copy all of it into the tables, references checked as a commit would."""
        from django.db import connection

        begun = time.monotonic()
        with connection.cursor() as cursor:
            for table, names in self.columns.items():
                statement = sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(table), names)
                with cursor.copy(statement) as copy, (self.folder / table).open("rb") as file:
                    while block := file.read(BLOCK):
                        copy.write(block)
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        return time.monotonic() - begun
