"""What is staged of a source record, and as which text COPY reads it; it needs no tables, nor does who makes rows."""

from collections.abc import Iterable
from functools import lru_cache
from operator import attrgetter

import msgspec

from .enums import Precision

NOTHING = r"\N"
# How COPY reads what would end a cell or a line, and the sign of it.
ESCAPES = str.maketrans({"\\": r"\\", "\n": r"\n", "\r": r"\r", "\t": r"\t"})


class Row(msgspec.Struct, gc=False):
    """A source record as the tables take it; lon and lat in degrees, EPSG:4326; ids are primary keys."""

    number: int
    external_id: str = ""
    checksum: str = ""
    raw: str = "{}"
    url: str = ""
    refused: bool = False
    name: str = ""
    summary: str = ""
    description: str = ""
    description_language: str = ""
    primary_theme: int | None = None
    themes: list[int] = []
    legal_form: int | None = None
    founded: int | None = None
    tags: list[str] = []
    labels: list[str] = []
    languages: list[str] = []
    reach: str = ""
    lon: float | None = None
    lat: float | None = None
    precision: str = Precision.EXACT
    has_no_position: bool = False
    street: str = ""
    postcode: str = ""
    locality: str = ""
    country: str = ""
    website: str = ""
    opening_hours: str = ""
    licence: int | None = None
    email: str = ""
    phone: str = ""
    # JSON: of each language name, summary and description.
    translations: str | None = None
    # The key of the record that this one is a site of.
    parent: str = ""
    fields: list[str] = []

    def line(self) -> bytes:
        """The columns of COLUMNS."""
        return b"\t".join((cells(_own(self)), source(self), said(self), cells(_place(self))))

    def original(self) -> bytes:
        """The columns of ORIGINAL."""
        return cells(_original(self))

    def source(self) -> bytes:
        """The columns of SOURCE."""
        return source(self)


# What is known of a record before anybody read what it says, and what is known last: where it is.
OWN = ("number", "external_id")
PLACE = ("lon", "lat", "precision", "has_no_position")
# What the network's record keeps: it as it came, and what it says of itself.
ORIGINAL = ("checksum", "raw")
SOURCE = ("url", "licence", "fields")
SAID = tuple(name for name in Row.__struct_fields__ if name not in (*OWN, *PLACE, *ORIGINAL, *SOURCE))
COLUMNS = (*OWN, *SOURCE, *SAID, *PLACE)
_own, _said, _place = attrgetter(*OWN), attrgetter(*SAID), attrgetter(*PLACE)
_original, _source = attrgetter(*ORIGINAL), attrgetter(*SOURCE)


def said(row: Row) -> bytes:
    """The columns of SAID."""
    return cells(_said(row))


def source(row: Row) -> bytes:
    """The columns of SOURCE, as the network's record keeps them."""
    return cells(_source(row))


def cells(values: Iterable[object]) -> bytes:
    """Values as COPY reads them, parted by tabs."""
    # Most are plain texts: to ask for each of them elsewhere would take as long again.
    return "\t".join(
        [
            value if type(value) is str and value.isprintable() and "\\" not in value else _cell(value)
            for value in values
        ]
    ).encode()


def escaped(text: str) -> str:
    """A text as COPY reads it."""
    # What is printable has none of the others, and is told so far faster.
    return text if text.isprintable() and "\\" not in text else text.translate(ESCAPES)


def _cell(value: object) -> str:
    if type(value) is str:
        return escaped(value)
    if value is None:
        return NOTHING
    if type(value) is list:
        return _array(*value)
    return str(value)


@lru_cache(maxsize=10_000)
def _array(*values: str | int) -> str:
    """A list as PostgreSQL reads it; most lists say what others said before."""
    return ("{" + ",".join(map(_element, values)) + "}").translate(ESCAPES)


def _element(value: str | int) -> str:
    if type(value) is int or (value.isidentifier() and value.lower() != "null"):
        return str(value)
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
