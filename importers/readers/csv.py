"""CSV and TSV: any usual encoding and delimiter, cells over several lines, one record at a time."""

import csv
import re
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from django.utils.translation import gettext_noop as _

from ..errors import BadFileError
from ..guessing.headers import SURE, field_scores
from ..mapping import FileOptions
from ..phrases import AT_MOST, phrase
from ..records import Raw, Source
from ..text import one_line
from .adapted import MOST_COLUMNS
from .encodings import encoding_of

DELIMITERS = (",", ";", "\t", "|")
# One cell may hold a long description, never a whole file.
LONGEST_CELL = 1_000_000
SAMPLE_ROWS = 50
CELLS = _("expected %(width)s cells as in the header, came %(came)s")
LONGEST_NAME = 80
# An address of the web or of mail, a number, a date: no column is called so.
VALUE = re.compile(r"^(?:https?://\S+|www\.\S+|\S+@\S+\.\w+|[+-]?\d[\d\s.,/:-]{3,})$")


def read(path: Path, options: FileOptions) -> Source:
    """Open a table; BadFileError where it is none."""
    csv.field_size_limit(LONGEST_CELL)
    encoding = options.encoding or encoding_of(path)
    delimiter = options.delimiter or _delimiter(path, encoding)
    first = _first_row(path, encoding, delimiter)
    if len(first) > MOST_COLUMNS:
        raise BadFileError(
            path, phrase(_("%(number)s columns"), number=len(first)), phrase(AT_MOST, most=MOST_COLUMNS)
        )
    header = names_columns(first) if options.header is None else options.header
    columns = headers(first) if header else [f"column_{place}" for place in range(1, len(first) + 1)]
    if len(columns) < 2 and not options.delimiter:
        raise BadFileError(path, _("one column only"), _("columns parted by a comma, semicolon, tab or bar"))
    how = _("read as %(encoding)s, delimiter %(delimiter)s, %(columns)s columns")
    notes = [phrase(how, encoding=encoding, delimiter=repr(delimiter), columns=len(columns))]
    if not header:
        notes.append(phrase(_("no header row: the first one holds values")))
    records = _records(path, encoding, delimiter, columns, header)
    return Source(path, "csv", columns, records, notes=notes)


def headers(row: list[str]) -> list[str]:
    """Column names: blanks folded, empty ones numbered by place, doubled ones numbered by occurrence."""
    seen: Counter[str] = Counter()
    names = []
    for place, cell in enumerate(row, start=1):
        name = one_line(cell) or f"column_{place}"
        seen[name] += 1
        names.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return names


def names_columns(row: list[str]) -> bool:
    """Whether a first row is a header: it names a field, or nothing in it looks like a value."""
    if any(max(field_scores(cell).values(), default=0.0) >= SURE for cell in row if len(cell) < LONGEST_NAME):
        return not any(VALUE.match(cell.strip()) for cell in row)
    return not any(VALUE.match(cell.strip()) for cell in row) or len(row) < 2


def _rows(path: Path, encoding: str, delimiter: str) -> Iterator[list[str]]:
    try:
        with path.open(encoding=encoding, errors=_errors(encoding), newline="") as file:
            yield from csv.reader(file, delimiter=delimiter)
    except UnicodeError as error:
        raise BadFileError(
            path,
            phrase(_("bytes that are not %(encoding)s"), encoding=encoding),
            _("a text table in one encoding"),
        ) from error
    except LookupError as error:
        raise BadFileError(
            path,
            phrase(_("the encoding %(encoding)s"), encoding=encoding),
            _("an encoding that Python knows"),
        ) from error
    except csv.Error as error:
        raise BadFileError(
            path,
            phrase(_("a table that cannot be parted into cells (%(error)s)"), error=str(error)),
            "CSV, TSV",
        ) from error


def _is_filled(row: list[str]) -> bool:
    return any(map(str.strip, row))


def _errors(encoding: str) -> str:
    # Five bytes have no meaning in cp1252; the sign for "unknown" stands in their place.
    return "replace" if encoding == "cp1252" else "strict"


def _delimiter(path: Path, encoding: str) -> str:
    """The delimiter that parts the first rows into the most, and most even, columns."""

    def evenness(delimiter: str) -> tuple[float, int]:
        widths = Counter(len(row) for row in islice(_rows(path, encoding, delimiter), SAMPLE_ROWS) if row)
        width, rows = widths.most_common(1)[0] if widths else (1, 1)
        return (rows / max(1, widths.total()) if width > 1 else 0.0, width)

    return max(DELIMITERS, key=evenness)


def _first_row(path: Path, encoding: str, delimiter: str) -> list[str]:
    first = next(filter(_is_filled, _rows(path, encoding, delimiter)), None)
    if first is None:
        raise BadFileError(path, _("no row at all"), _("a header and at least one row"))
    return first


def _records(path: Path, encoding: str, delimiter: str, columns: list[str], header: bool) -> Iterator[Raw]:
    filled = filter(_is_filled, _rows(path, encoding, delimiter))
    if header:
        next(filled)
    width = len(columns)
    for number, row in enumerate(filled, start=1):
        record = Raw(number, dict(zip(columns, row)))
        if len(row) > width and _is_filled(row[width:]):
            record.shifted = True
            record.refused = phrase(CELLS, width=width, came=len(row))
        elif len(row) < width:
            record.warnings.append(phrase(CELLS, width=width, came=len(row)))
        yield record
