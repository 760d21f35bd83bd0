"""A mapping: which column gives which field. Declared in TOML, or guessed; never code."""

import hashlib
import json
from collections.abc import Mapping as AnyMapping
from dataclasses import asdict, dataclass, field
from typing import Any

# Fields a column may feed; persons' names are none of them.
FIELDS = (
    "name",
    "summary",
    "description",
    "street",
    "postcode",
    "locality",
    "country",
    "website",
    "email",
    "phone",
    "tags",
    "legal_form",
    "founded",
    "opening_hours",
    "language",
    "licence",
    # Never guessed: few have them, and many call something else so.
    "labels",
    "languages",
    "reach",
    # The identifier of the record that this one is a site of.
    "parent",
    # JSON: of each language name, summary and description.
    "translations",
    # JSON as well: a list of pictures, of each address, words, author and licence.
    "photos",
)


@dataclass(frozen=True)
class FileOptions:
    """How a table is written, where the file does not show it."""

    encoding: str = ""
    delimiter: str = ""
    # Whether the first row names the columns; None: by what stands in it.
    header: bool | None = None
    # Of the list of records in JSON, with dots; the name or number of a sheet or layer.
    path: str = ""
    sheet: str = ""


@dataclass(frozen=True)
class Rule:
    """Where a field comes from: the first column that is filled, or all of them joined."""

    columns: tuple[str, ...]
    transform: tuple[str, ...] = ()
    split: str = ""
    join: str = ""


@dataclass(frozen=True)
class PositionRule:
    """Where a position comes from; `order` is that of a pair in one column."""

    longitude: str = ""
    latitude: str = ""
    column: str = ""
    order: str = "lat,lon"
    crs: str = ""
    missing: str = "refuse"

    @property
    def is_given(self) -> bool:
        """Whether columns are named; else the geometry or the town gives the place."""
        return bool(self.column or (self.longitude and self.latitude))


@dataclass(frozen=True)
class ThemeRule:
    """Which columns tell the theme, fixed answers for values, and what to do without an answer.

    `strict`: the columns name every theme there is, words elsewhere tell none. `supposed` is a theme for rows of a
    guessed mapping that tell none, `because` of what the file says as a whole. `yes`: what a record is of where such
    a column says yes.
    """

    columns: tuple[str, ...] = ()
    split: str = ""
    default: str = ""
    guess: bool = True
    strict: bool = False
    supposed: str = ""
    because: str = ""
    values: AnyMapping[str, str] = field(default_factory=dict)
    yes: AnyMapping[str, str] = field(default_factory=dict)

    @property
    def named(self) -> tuple[str, ...]:
        """Every column it names."""
        return (*self.columns, *self.yes)


@dataclass(frozen=True)
class Mapping:
    """All of it; `guessed` tells how it came about and is no part of its meaning."""

    fields: AnyMapping[str, Rule] = field(default_factory=dict)
    position: PositionRule = field(default_factory=PositionRule)
    themes: ThemeRule = field(default_factory=ThemeRule)
    defaults: AnyMapping[str, str] = field(default_factory=dict)
    # Values of columns by which the source says that a record is none for us.
    skip: AnyMapping[str, tuple[str, ...]] = field(default_factory=dict)
    external_id: str = ""
    url: str = ""
    file: FileOptions = field(default_factory=FileOptions)
    guessed: bool = False

    def as_dict(self) -> dict[str, Any]:
        """Plain values, as a run keeps them."""
        return asdict(self)

    @classmethod
    def of_dict(cls, values: AnyMapping[str, Any]) -> "Mapping":
        """The mapping that as_dict() wrote down, lists of JSON in place of tuples."""
        tuples = {"columns", "transform"}

        def made(kind: type, found: AnyMapping[str, Any]) -> Any:
            return kind(**{key: tuple(value) if key in tuples else value for key, value in found.items()})

        kinds = {"position": PositionRule, "themes": ThemeRule, "file": FileOptions}
        parts = {name: made(kind, values[name]) for name, kind in kinds.items()}
        fields = {name: made(Rule, rule) for name, rule in values["fields"].items()}
        skip = {column: tuple(texts) for column, texts in values.get("skip", {}).items()}
        return cls(**{**values, **parts, "fields": fields, "skip": skip})

    @property
    def digest(self) -> str:
        """Same digest, same reading of a record."""
        plain = {key: value for key, value in self.as_dict().items() if key != "guessed"}
        if not self.themes.yes:
            # Records that were read before there was such a thing would all count as changed.
            del plain["themes"]["yes"]
        return hashlib.sha256(json.dumps(plain, sort_keys=True).encode()).hexdigest()

    def columns(self) -> set[str]:
        """Every column it names."""
        position = self.position
        named = {position.longitude, position.latitude, position.column, self.external_id, self.url}
        named.update(self.themes.named, self.skip)
        for rule in self.fields.values():
            named.update(rule.columns)
        return named - {""}

    def described(self) -> list[str]:
        """Lines that show it to a person."""
        lines = [f"{name} ← {' + '.join(rule.columns)}" for name, rule in self.fields.items()]
        position = self.position
        if position.column:
            lines.append(f"position ← {position.column} ({position.order}) {position.crs}".rstrip())
        elif position.is_given:
            lines.append(f"position ← {position.longitude}, {position.latitude} {position.crs}".rstrip())
        elif position.crs:
            lines.append(f"position ← geometry {position.crs}")
        if self.themes.columns:
            lines.append(f"themes ← {' + '.join(self.themes.columns)}")
        if self.themes.yes:
            told = (f"{column} ({slug})" for column, slug in self.themes.yes.items())
            lines.append(f"themes where it says yes ← {' + '.join(told)}")
        if self.themes.default:
            lines.append(f"theme where none is found: {self.themes.default}")
        lines.append(f"external_id ← {self.external_id or 'name, street and postcode, or name and position'}")
        return lines
