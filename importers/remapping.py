"""A mapping changed by a person: which column feeds which field, and which theme a value means."""

from collections.abc import Mapping as AnyMapping
from dataclasses import replace

from .errors import BadMappingError
from .mapping import FIELDS, Mapping, Rule

# What a column can feed beside fields: the place, alone or by both numbers; the themes; the record at its source.
LONGITUDE, LATITUDE, PAIR = "longitude", "latitude", "position"
THEMES, KEY, PAGE = "themes", "external_id", "url"
# No column of a table made by hand holds these as we write them.
WRITTEN = ("translations", "photos")
TARGETS = (*(name for name in FIELDS if name not in WRITTEN), THEMES, LATITUDE, LONGITUDE, PAIR, KEY, PAGE)
# Of these one column is meant; of fields and themes the first that is filled counts.
ALONE = (LONGITUDE, LATITUDE, PAIR, KEY, PAGE)


def target_of(mapping: Mapping, column: str) -> str:
    """What a column feeds, the first thing where there are several; empty where it feeds nothing."""
    return next((target for target in TARGETS if column in _columns(mapping, target)), "")


def remapped(mapping: Mapping, targets: AnyMapping[str, str], themes: AnyMapping[str, str]) -> Mapping:
    """The mapping with each named column feeding its target, and each value meaning its theme; BadMappingError.

    It counts as written by a person: what was supposed of the whole file holds as its default.
    """
    changed = {column: target for column, target in targets.items() if target != target_of(mapping, column)}
    for column in changed:
        mapping = _without(mapping, column)
    for column, target in changed.items():
        if target in ALONE and (other := _columns(mapping, target)):
            raise BadMappingError(target, f"expected one column, came {other[0]} and {column}")
        if target:
            mapping = _with(mapping, column, target)
    if not mapping.fields.get("name"):
        raise BadMappingError("fields.name", "expected a column")
    if bool(mapping.position.longitude) != bool(mapping.position.latitude):
        raise BadMappingError("position", "expected a column for the latitude and one for the longitude")
    rule = mapping.themes
    told = replace(
        rule,
        values={**rule.values, **themes},
        default=rule.default or rule.supposed,
        supposed="",
        because="",
    )
    return replace(mapping, themes=told, guessed=False)


def _columns(mapping: Mapping, target: str) -> tuple[str, ...]:
    position = mapping.position
    alone = {
        LONGITUDE: position.longitude,
        LATITUDE: position.latitude,
        PAIR: position.column,
        KEY: mapping.external_id,
        PAGE: mapping.url,
    }
    if target in alone:
        return (alone[target],) if alone[target] else ()
    if target == THEMES:
        return mapping.themes.named
    rule = mapping.fields.get(target)
    return rule.columns if rule else ()


def _set(mapping: Mapping, target: str, columns: tuple[str, ...]) -> Mapping:
    if target in ALONE:
        one = columns[0] if columns else ""
        place = {LONGITUDE: "longitude", LATITUDE: "latitude", PAIR: "column"}.get(target)
        if place:
            return replace(mapping, position=replace(mapping.position, **{place: one}))
        return replace(mapping, **{target: one})
    if target == THEMES:
        yes = {column: slug for column, slug in mapping.themes.yes.items() if column in columns}
        told = tuple(column for column in columns if column not in yes)
        return replace(mapping, themes=replace(mapping.themes, columns=told, yes=yes))
    fields = {name: rule for name, rule in mapping.fields.items() if name != target}
    if columns:
        usual = Rule((), ("html_to_text",)) if target == "description" else Rule(())
        fields[target] = replace(mapping.fields.get(target, usual), columns=columns)
    return replace(mapping, fields=fields)


def _with(mapping: Mapping, column: str, target: str) -> Mapping:
    return _set(mapping, target, (*_columns(mapping, target), column))


def _without(mapping: Mapping, column: str) -> Mapping:
    for target in TARGETS:
        columns = _columns(mapping, target)
        if column in columns:
            mapping = _set(mapping, target, tuple(one for one in columns if one != column))
    return mapping
