"""The data dictionary: what each property of an initiative holds, said once for pages, files and schemas."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from geo.files.csv import LATITUDE, LONGITUDE
from geo.tables import SEPARATOR, Column, Kind

from .columns import COLUMNS, SELECTION
from .enums import Precision, Reach, Status

GEOMETRY = "geometry"

# By the path of a property in a Feature; `address` and `contact` have parts, which are columns of their own.
DESCRIPTIONS: dict[str, str | Promise] = {
    "id": _("Identifier (UUID); it never changes."),
    GEOMETRY: _("Public position: longitude and latitude, WGS 84, as fine as position_precision says."),
    "name": _("Name of the initiative."),
    "slug": _("Name in its address; it may change, the former address leads on."),
    "url": _("Address of its page here."),
    "summary": _("What it does, in one or two sentences."),
    "description": _("What it does, at length; Markdown."),
    "description_language": _("Language of name, summary and description (ISO 639)."),
    "translations": _("Name, summary and description in other languages, by language code."),
    "themes": _("All its themes, as slugs of the vocabulary of themes."),
    "primary_theme": _("Its main theme; it gives colour and icon on the map."),
    "legal_form": _("Legal form, as a slug of the vocabulary of legal forms."),
    "status": _("Where it stands in the workflow; what is public is published."),
    "founded": _("Year founded."),
    "parent": _("Identifier of the initiative that this one is a site of."),
    "address": _("Postal address, as fine as position_precision allows."),
    "address.street": _("Street and number."),
    "address.postcode": _("Postcode."),
    "address.locality": _("Town."),
    "address.country": _("Country (ISO 3166-1 alpha-2)."),
    "position_precision": _("How finely position and address are shown; all but exact are blurred."),
    "reach": _("How far it acts."),
    "territory": _("Code of the smallest administrative territory around the public position."),
    "territories": _("Codes of all territories around the public position, in every scheme."),
    "collective": _("Slug of the collective that carries it."),
    "networks": _("Slugs of the networks that it belongs to now."),
    "website": _("Its own site."),
    "contact": _("Ways to reach it that it chose to publish."),
    "contact.email": _("E-mail address, if it chose to publish it."),
    "contact.phone": _("Telephone number, if it chose to publish it."),
    "opening_hours": _("Opening hours, in the syntax of OpenStreetMap."),
    "photos": _("Photos, each with address, alternative text, credit and licence."),
    "labels": _("Labels that it says it holds."),
    "tags": _("Free words; “demo” marks made-up content."),
    "languages": _("Languages spoken there (ISO 639)."),
    "fields": _("Fields that a network or collective declared; empty for now."),
    "offers": _("Categories of its open offers to others, each once."),
    "needs": _("Categories of its open needs, each once."),
    "groups": _("Slugs of the working groups that it belongs to."),
    "campaigns": _(
        "Slugs of the campaigns in which everyone is told that it stands; of a former moment, those in which it "
        "still does."
    ),
    "created": _("When it was first recorded here."),
    "updated": _("When it last changed here."),
    "confirmed": _("When its people last confirmed that all is right."),
    "sources": _(
        "Where the record comes from: network, identifier there, address, licence, when it was read."
    ),
    "licence": _("Licence of this record (SPDX identifier where there is one)."),
}
# Columns of tables as text alone, which are no property of an initiative.
TABLE_DESCRIPTIONS: dict[str, str | Promise] = {
    SELECTION: _(
        "In CSV alone: the address that the table was taken from, so that each row tells what it was selected by."
    ),
}
KINDS: dict[Kind, str | Promise] = {
    Kind.TEXT: _("text"),
    Kind.INTEGER: _("whole number"),
    Kind.INSTANT: _("date and time"),
    Kind.TEXTS: _("list of texts"),
    Kind.PARTS: _("JSON"),
}
CHOICES = {"status": Status, "position_precision": Precision, "reach": Reach}
URIS = ("url", "website")
# What JSON parts of a Feature are where they are no list.
OBJECTS = ("translations", "fields", "address", "contact")


@dataclass(frozen=True)
class Entry:
    """A property or a part of one: the name of its column, if it is one, and what it holds."""

    path: str
    description: str | Promise
    column: str
    kind: Kind | None
    values: tuple[str, ...] = ()
    required: bool = False

    @property
    def kind_name(self) -> str | Promise:
        """What it holds, for people."""
        if self.path == GEOMETRY:
            return _("point")
        return KINDS[self.kind or Kind.PARTS]


@dataclass(frozen=True)
class _Field:
    """A field of a Table Schema (Data Package v2)."""

    name: str
    type: str
    description: str
    more: dict[str, Any] = field(default_factory=dict)

    def as_dict(self) -> dict[str, Any]:
        return {"name": self.name, "type": self.type, "description": self.description, **self.more}


# Never null.
REQUIRED = frozenset(
    {"id", "name", "slug", "url", "status", "position_precision", "created", "updated", "licence"}
)


def entries() -> list[Entry]:
    """All that a Feature has, in the order of the declaration."""
    columns = {column.path: column for column in COLUMNS}
    return [_entry(path, description, columns.get(path)) for path, description in DESCRIPTIONS.items()]


def _entry(path: str, description: str | Promise, column: Column | None) -> Entry:
    choices = CHOICES.get(path)
    # Nothing else than what is published leaves the house.
    values = (Status.PUBLISHED.value,) if path == "status" else tuple(choices.values) if choices else ()
    name = column.name if column else ""
    return Entry(path, description, name, column.kind if column else None, values, path in REQUIRED)


def table_entries() -> list[Entry]:
    """What tables as text have besides."""
    return [Entry(name, text, name, Kind.TEXT, required=True) for name, text in TABLE_DESCRIPTIONS.items()]


def table_fields() -> list[dict[str, Any]]:
    """Fields of the table of initiatives as CSV, in the order of its columns."""
    by_column = {entry.column: entry for entry in entries() if entry.column}
    first, *others = (_table_field(by_column[column.name]).as_dict() for column in COLUMNS)
    return [first, *_position_fields(), *others, *_constant_fields()]


def _position_fields() -> Iterator[dict[str, Any]]:
    for name, most in ((LONGITUDE, 180), (LATITUDE, 85.05112878)):
        text = str(DESCRIPTIONS[GEOMETRY])
        more = {"constraints": {"minimum": -most, "maximum": most}}
        yield _Field(name, "number", text, more).as_dict()


def _constant_fields() -> Iterator[dict[str, Any]]:
    for entry in table_entries():
        more = {"format": "uri", "constraints": {"required": True}}
        yield _Field(entry.column, "string", str(entry.description), more).as_dict()


def _table_field(entry: Entry) -> _Field:
    types = {
        Kind.TEXT: ("string", {}),
        Kind.INTEGER: ("integer", {}),
        Kind.INSTANT: ("datetime", {}),
        Kind.TEXTS: ("list", {"delimiter": SEPARATOR, "itemType": "string"}),
        Kind.PARTS: ("object" if entry.path in OBJECTS else "array", {}),
    }
    type_, more = types[entry.kind or Kind.PARTS]
    if entry.path in URIS:
        more = {"format": "uri"}
    constraints: dict[str, Any] = {}
    if entry.required:
        constraints["required"] = True
    if entry.path == "id":
        more, constraints = {"format": "uuid"}, {**constraints, "unique": True}
    if entry.values:
        constraints["enum"] = list(entry.values)
    if constraints:
        more = {**more, "constraints": constraints}
    return _Field(entry.column, type_, str(entry.description), more)
