"""Reads a mapping from TOML and refuses, by name, every key it does not know."""

import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_noop as _

from initiatives.enums import Precision
from vocabulary.models import Licence, Theme

from .errors import BadMappingError
from .mapping import FIELDS, FileOptions, Mapping, PositionRule, Rule, ThemeRule
from .phrases import SYSTEM, Phrase, phrase
from .transforms import TRANSFORMS

LARGEST = 1_000_000
NO_TOML = _("is not TOML (%(error)s)")
NO_SLUG = _("expected the slug of a theme, came “%(came)s”")
NOT_ONE_OF = _("expected one of %(known)s, came “%(came)s”")
OTHERWISE = _("expected %(expected)s, came “%(came)s”")
SECTIONS = ("file", "fields", "position", "themes", "skip", "defaults", "identity")
DEFAULTS = ("country", "read_as", "language", "precision", "licence")


def read_mapping(path: Path) -> Mapping:
    """A mapping from a file; BadMappingError names the key and what was expected."""
    try:
        if path.stat().st_size > LARGEST:
            raise BadMappingError(str(path), _("expected a TOML file of at most 1 MB"))
        return mapping_of(path.read_text(encoding="utf-8"), str(path))
    except OSError as error:
        raise BadMappingError(
            str(path), phrase(_("cannot be read (%(error)s)"), error=error.strerror or str(error))
        ) from error
    except UnicodeDecodeError as error:
        raise BadMappingError(str(path), phrase(NO_TOML, error=str(error))) from error


def mapping_of(text: str, where: str = "mapping") -> Mapping:
    """A mapping from the text of a file; BadMappingError."""
    try:
        return parse(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        raise BadMappingError(where, phrase(NO_TOML, error=str(error))) from error


def parse(document: dict[str, Any]) -> Mapping:
    """A mapping from parsed TOML; BadMappingError."""
    sections = {name: _table(document, name) for name in SECTIONS}
    _known(document, SECTIONS, "")
    fields, identity = sections["fields"], sections["identity"]
    _known(fields, FIELDS, "fields.")
    _known(identity, ("external_id", "url"), "identity.")
    mapping = Mapping(
        fields={name: _rule(f"fields.{name}", value) for name, value in fields.items()},
        position=_position(sections["position"]),
        themes=_themes(sections["themes"]),
        skip={column: _texts(sections["skip"], column, "skip.") for column in sections["skip"]},
        defaults=_defaults(sections["defaults"]),
        external_id=_text(identity, "external_id", "identity."),
        url=_text(identity, "url", "identity."),
        file=_file(sections["file"]),
    )
    if "name" not in mapping.fields:
        raise BadMappingError("fields.name", _("expected the column of the name"))
    return mapping


def _table(document: dict, name: str) -> dict:
    value = document.get(name, {})
    if not isinstance(value, dict):
        raise BadMappingError(name, _("expected a table"))
    return value


def _known(table: dict, names: tuple[str, ...], prefix: str) -> None:
    for key in table:
        if key not in names:
            raise BadMappingError(
                f"{prefix}{key}", phrase(_("is not known; expected one of %(known)s"), known=", ".join(names))
            )


def _text(table: dict, key: str, prefix: str, default: str = "") -> str:
    value = table.get(key, default)
    if not isinstance(value, str):
        raise BadMappingError(f"{prefix}{key}", _("expected a text"))
    return value


def _texts(table: dict, key: str, prefix: str) -> tuple[str, ...]:
    value = table.get(key, [])
    if isinstance(value, str):
        return (value,)
    if not isinstance(value, list) or not all(isinstance(part, str) for part in value):
        raise BadMappingError(f"{prefix}{key}", _("expected a text or a list of texts"))
    return tuple(value)


def _one_of(value: str, choices: Any, key: str) -> str:
    if value and value not in choices:
        raise BadMappingError(key, phrase(NOT_ONE_OF, known=", ".join(choices), came=value[:60]))
    return value


def _rule(key: str, value: Any) -> Rule:
    if not isinstance(value, dict):
        columns = _texts({"column": value}, "column", f"{key}.")
        return Rule(columns=columns)
    _known(value, ("column", "columns", "transform", "split", "join"), f"{key}.")
    columns = _texts(value, "column", f"{key}.") + _texts(value, "columns", f"{key}.")
    if not columns:
        raise BadMappingError(f"{key}.column", _("expected the name of a column"))
    transform = _texts(value, "transform", f"{key}.")
    for name in transform:
        _one_of(name, TRANSFORMS, f"{key}.transform")
    return Rule(columns, transform, _text(value, "split", f"{key}."), _text(value, "join", f"{key}."))


def _position(table: dict) -> PositionRule:
    names = ("longitude", "latitude", "column", "order", "crs", "missing")
    _known(table, names, "position.")
    rule = PositionRule(
        longitude=_text(table, "longitude", "position."),
        latitude=_text(table, "latitude", "position."),
        column=_text(table, "column", "position."),
        order=_one_of(
            _text(table, "order", "position.", "lat,lon"), ("lat,lon", "lon,lat"), "position.order"
        ),
        crs=_text(table, "crs", "position."),
        missing=_one_of(
            _text(table, "missing", "position.", "refuse"), ("refuse", "allow"), "position.missing"
        ),
    )
    if bool(rule.longitude) != bool(rule.latitude):
        raise BadMappingError("position", _("expected longitude and latitude together"))
    if rule.crs:
        _check_crs(rule.crs)
    return rule


def _check_crs(name: str) -> None:
    # pyproj takes half a second to load, and few mappings name a system.
    from pyproj import CRS
    from pyproj.exceptions import CRSError

    try:
        CRS.from_user_input(name)
    except CRSError as error:
        raise BadMappingError("position.crs", phrase(SYSTEM, came=name[:60])) from error


def _themes(table: dict) -> ThemeRule:
    _known(table, ("column", "columns", "split", "default", "guess", "strict", "values", "yes"), "themes.")
    slugs = set(Theme.objects.values_list("slug", flat=True))
    values, yes = (_table({name: table.get(name, {})}, name) for name in ("values", "yes"))
    for name, told in (("values", values), ("yes", yes)):
        for value, slug in told.items():
            # A value may be said to tell nothing; a column that tells nothing is none.
            if not isinstance(slug, str) or (slug not in slugs and (slug or name == "yes")):
                raise BadMappingError(f"themes.{name}.{value}", phrase(NO_SLUG, came=str(slug)[:60]))
    default = _text(table, "default", "themes.")
    if default and default not in slugs:
        raise BadMappingError("themes.default", phrase(NO_SLUG, came=default[:60]))
    guess, strict = table.get("guess", True), table.get("strict", False)
    for name, value in (("guess", guess), ("strict", strict)):
        if not isinstance(value, bool):
            raise BadMappingError(f"themes.{name}", _("expected true or false"))
    columns = _texts(table, "column", "themes.") + _texts(table, "columns", "themes.")
    return ThemeRule(
        columns, _text(table, "split", "themes."), default, guess, strict, values=values, yes=yes
    )


def _is_country(text: str) -> bool:
    return len(text) == 2 and text.isascii() and text.isupper()


def _defaults(table: dict) -> dict[str, str]:
    _known(table, DEFAULTS, "defaults.")
    defaults = {name: _text(table, name, "defaults.") for name in table}
    checks: dict[str, Callable[[str], bool]] = {
        "country": _is_country,
        "read_as": _is_country,
        "language": lambda text: len(text) in (2, 3) and text.isascii() and text.islower(),
        "precision": lambda text: text in Precision.values,
        "licence": lambda text: Licence.objects.filter(code=text).exists(),
    }
    expected = {
        "country": Phrase(_("two capitals (ISO 3166-1)")),
        "read_as": Phrase(_("two capitals (ISO 3166-1)")),
        "language": Phrase(_("a language code (ISO 639)")),
        "precision": ", ".join(Precision.values),
        "licence": Phrase(_("the code of a licence such as ODbL-1.0")),
    }
    for name, value in defaults.items():
        if not checks[name](value):
            raise BadMappingError(
                f"defaults.{name}", phrase(OTHERWISE, expected=expected[name], came=value[:60])
            )
    return defaults


def _file(table: dict) -> FileOptions:
    _known(table, ("encoding", "delimiter", "header", "path", "sheet"), "file.")
    header = table.get("header")
    if header is not None and not isinstance(header, bool):
        raise BadMappingError("file.header", _("expected true or false"))
    delimiter = _text(table, "delimiter", "file.")
    if len(delimiter) > 1:
        raise BadMappingError("file.delimiter", _("expected one character"))
    path, sheet = _text(table, "path", "file."), _text(table, "sheet", "file.")
    return FileOptions(_text(table, "encoding", "file."), delimiter, header, path, sheet)
