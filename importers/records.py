"""What travels along the pipeline: a record as read, and the same record made ready for the house."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import msgspec

from initiatives.bulk_rows import Row, cells, escaped

from .enums import Level
from .phrases import Phrase, phrase_of

# Characters of the key under which a source knows a record.
LONGEST_KEY = 200
# Fields that a record gives where they hold something.
FILLED = [
    "summary",
    "description",
    "legal_form",
    "founded",
    "tags",
    "labels",
    "languages",
    "reach",
    "street",
    "postcode",
    "locality",
    "country",
    "website",
    "opening_hours",
    "licence",
    "parent",
    "translations",
    "description_language",
]


@dataclass(frozen=True)
class Issue:
    """What was wrong with a row or a value; `row` counts from 1 after the header."""

    level: Level
    row: int
    field: str
    value: str
    phrase: Phrase

    @property
    def message(self) -> str:
        """The reason in English."""
        return str(self.phrase)


class Raw(msgspec.Struct, gc=False):
    """One record as a reader found it: flat keys, and the geometry's point (x, y) where there is one.

    A struct, as millions are made of it and most are looked at once: a tenth of what a dataclass takes.
    `shifted`: there were more cells than columns, so that values may stand under another column's name.
    """

    number: int
    values: dict[str, Any]
    point: tuple[float, float] | None = None
    # Where the place is told less finely than to the point; empty where nothing says so.
    precision: str = ""
    refused: str | Phrase = ""
    shifted: bool = False
    warnings: list[str | Phrase] = []


@dataclass
class Source:
    """An opened file: its format, columns, coordinate system of its geometry, and its records."""

    path: Path
    format: str
    columns: list[str]
    records: Iterator[Raw]
    crs: str = "EPSG:4326"
    notes: list[Phrase] = field(default_factory=list)
    # Names the mapping that fits the format as such; it wins over guesses.
    preset: str = ""
    # Of all records that name none themselves, as the file states it.
    licence: str = ""
    # What the document, sheet or layer is called, beside the name of the file.
    title: str = ""


class Place(msgspec.Struct, gc=False):
    """Where a record says that it is, then where it was found to be; degrees, EPSG:4326."""

    country: str
    postcode: str
    locality: str
    precision: str
    lon: float | None = None
    lat: float | None = None
    has_no_position: bool = False
    # By which country its values are read, where it names none.
    read_as: str = ""


class Draft(msgspec.Struct, gc=False):
    """A record on its way: raw, texts by field, what it says and where, and what was wrong."""

    raw: Raw
    texts: dict[str, str] = {}
    issues: list[Issue] = []
    external_id: str = ""
    # The raw record as JSON, and its digest.
    written: bytes = b"{}"
    checksum: str = ""
    # Whether the network's record is what it was when it was last read.
    is_known: bool = False
    # Whether the row as a whole cannot be taken.
    refused: bool = False
    made: Row | None = None
    # Fields that it gives and that its row does not hold.
    beside: list[str] = []
    # Once it is cleaned: what the row says, as COPY reads it, what of it the source keeps, and its place.
    said: bytes = b""
    told: bytes = b""
    place: Place | None = None
    # The country by which its values are read: its own, or one that it tells otherwise.
    read_as: str = ""

    @property
    def number(self) -> int:
        """Of the row in its source."""
        return self.raw.number

    @property
    def row(self) -> Row:
        """What it says; made only of what is new or changed, which most records are not."""
        if self.made is None:
            self.made = Row(self.raw.number)
        return self.made

    def line(self) -> bytes:
        """What the tables will take, the columns of COLUMNS, once it is cleaned and located."""
        where = self.place
        return b"%b\t%b\t%b\t%b" % (
            f"{self.raw.number}\t{escaped(self.external_id)}".encode(),
            self.told,
            self.said,
            cells((where.lon, where.lat, where.precision, where.has_no_position)),
        )

    def original(self) -> bytes:
        """The columns of ORIGINAL."""
        # JSON writes every sign that would end a cell or a line with a backslash.
        return b"%b\t%b" % (self.checksum.encode(), self.written.replace(b"\\", b"\\\\"))

    def source(self) -> bytes:
        """The columns of SOURCE, once it is cleaned."""
        return self.told

    def warn(self, name: str, value: object, why: str | Phrase) -> None:
        """A value that could not be taken as it came."""
        self.issues.append(Issue(Level.WARNING, self.raw.number, name, str(value), phrase_of(why)))

    def refuse(self, name: str, value: object, why: str | Phrase) -> None:
        """A row that cannot be taken; only the first reason counts."""
        if not self.refused:
            self.refused = True
            self.issues.append(Issue(Level.REFUSED, self.raw.number, name, str(value), phrase_of(why)))


def name_fields(row: Row, beside: Sequence[str]) -> None:
    """Name in a row the fields that its record gives, those included that stand beside it."""
    given = [name for name in FILLED if getattr(row, name)]
    if row.email or row.phone:
        given.append("contacts")
    if row.themes:
        given += ["primary_theme", "themes"]
    row.fields = ["name", "position", "has_no_position", "precision", *given, *beside]
