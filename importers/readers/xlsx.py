"""XLSX: the sheet that holds the most rows of one kind, below whatever titles stand over its header."""

import datetime
import math
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError

import openpyxl
from django.utils.translation import gettext_noop as _
from openpyxl.utils.exceptions import InvalidFileException

from ..errors import BadFileError
from ..guessing.headers import UNKNOWN, field_of
from ..mapping import FileOptions
from ..phrases import ONE_OF, phrase
from ..records import Raw, Source
from .adapted import MOST_COLUMNS
from .archives import check_archive
from .csv import headers

# A header is looked for in so many rows; a sheet without one in them is none of ours.
LOOKED_AT = 40
# Fields that no list of codes has.
ENOUGH = 4
EXPECTED = _("a workbook (XLSX) with a table in it")
MORE_CELLS = _("expected %(width)s cells, came %(came)s: the others left out")
# What openpyxl lets through where parts of a workbook are damaged; entities of XML are ValueErrors.
UNREADABLE = (
    *(
        InvalidFileException,
        zipfile.BadZipFile,
        zlib.error,
        ParseError,
        OSError,
        EOFError,
        NotImplementedError,
    ),
    *(KeyError, ValueError, TypeError, IndexError, AttributeError),
)


@dataclass(frozen=True)
class Table:
    """A sheet, the row of its header, counted from 1, its columns, and how many rows look like records."""

    sheet: str
    header: int
    columns: list[str]
    rows: int


def read(path: Path, options: FileOptions) -> Source:
    """Open a workbook; BadFileError where no sheet holds a table, or not the one that is asked for."""
    check_archive(path)
    with closing(_opened(path)) as book, _readable(path):
        names = book.sheetnames
        wanted = [options.sheet] if options.sheet else names
        if options.sheet and options.sheet not in names:
            raise BadFileError(
                path,
                phrase(_("no sheet “%(sheet)s”"), sheet=options.sheet[:60]),
                phrase(ONE_OF, known=", ".join(names)[:200]),
            )
        tables = [table for name in wanted if (table := _table(book[name], options))]
    if not tables:
        raise BadFileError(path, _("sheets without a table"), EXPECTED)
    # Sheets come in the order of what they are about: the first that is a list of places, else the one most like it.
    chosen = next((table for table in tables if _named(table) >= ENOUGH), None) or max(tables, key=_promise)
    how = _("sheet “%(sheet)s”, header in row %(row)s, %(columns)s columns")
    notes = [phrase(how, sheet=chosen.sheet, row=chosen.header, columns=len(chosen.columns))]
    if len(tables) > 1:
        others = ", ".join(table.sheet for table in tables if table is not chosen)
        more = _("other sheets with tables: %(sheets)s (file.sheet of a mapping chooses)")
        notes.append(phrase(more, sheets=others[:200]))
    return Source(
        path, "xlsx", chosen.columns, _records(path, chosen, options), notes=notes, title=chosen.sheet
    )


def _named(table: Table) -> int:
    """How many fields of an initiative the header names."""
    return len({field_of(column) for column in table.columns} - {UNKNOWN})


def _promise(table: Table) -> float:
    return _named(table) * math.log1p(table.rows)


def _opened(path: Path) -> openpyxl.Workbook:
    with _readable(path):
        return openpyxl.load_workbook(path, read_only=True, data_only=True, keep_links=False)


@contextmanager
def _readable(path: Path) -> Iterator[None]:
    """BadFileError where a part of the workbook cannot be read."""
    try:
        yield
    except UNREADABLE as error:
        told = str(error) or type(error).__name__
        raise BadFileError(
            path, phrase(_("a workbook that cannot be opened (%(error)s)"), error=told), EXPECTED
        ) from error


def _cells(sheet: Any) -> Iterator[list[Any]]:
    """Rows as lists without the empty cells at their end."""
    # What a workbook says of its own size may be wrong.
    sheet.reset_dimensions()
    for row in sheet.iter_rows(values_only=True):
        cells = list(row)
        while cells and _text(cells[-1]) == "":
            cells.pop()
        yield cells


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime.datetime) and value.time() == datetime.time():
        return value.date().isoformat()
    if isinstance(value, datetime.date | datetime.time):
        return value.isoformat()
    return str(value).strip()


def _table(sheet: Any, options: FileOptions) -> Table | None:
    """Where the header is: the first row whose cells are as many as those of the rows below, and all text."""
    rows = list(islice(_cells(sheet), LOOKED_AT))
    widths = [sum(_text(cell) != "" for cell in row) for row in rows]
    if not widths or not 2 <= max(widths) <= MOST_COLUMNS:
        return None
    if options.header is False:
        first = next(place for place, width in enumerate(widths) if width > 1)
        columns = [f"column_{place}" for place in range(1, max(map(len, rows)) + 1)]
        return Table(sheet.title, first, columns, _rows_below(sheet, first))
    # Two thirds of the widest row: columns without a name, and rows with more than the header, are usual.
    header = next(place for place, width in enumerate(widths) if width * 3 >= max(widths) * 2)
    names = [_text(cell) for cell in rows[header]]
    rows_below = _rows_below(sheet, header + 1)
    return Table(sheet.title, header + 1, headers(names), rows_below) if rows_below else None


def _rows_below(sheet: Any, number: int) -> int:
    return sum(1 for row in islice(_cells(sheet), number, None) if row)


def _records(path: Path, table: Table, options: FileOptions) -> Iterator[Raw]:
    with closing(_opened(path)) as book:
        rows = islice(_read(path, book[table.sheet]), table.header, None)
        for number, row in enumerate((row for row in rows if row), start=1):
            record = Raw(number, dict(zip(table.columns, map(_plain, row))))
            if len(row) > len(table.columns):
                record.warnings.append(phrase(MORE_CELLS, width=len(table.columns), came=len(row)))
            yield record


def _read(path: Path, sheet: Any) -> Iterator[list[Any]]:
    with _readable(path):
        yield from _cells(sheet)


def _plain(value: Any) -> Any:
    return value if isinstance(value, bool | int | float) else _text(value)
