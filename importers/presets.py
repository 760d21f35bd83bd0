"""Mappings that fit a format as such: names that are agreed on win, what is a source's own stays guessed."""

from collections.abc import Collection
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from .mapping import Mapping, Rule
from .toml import read_mapping

FOLDER = Path(__file__).parent / "mappings" / "formats"


@lru_cache(maxsize=16)
def preset(format: str) -> Mapping:
    """The mapping of a format."""
    return read_mapping(FOLDER / f"{format}.toml")


def with_preset(format: str, guessed: Mapping, columns: Collection[str]) -> Mapping:
    """The format's mapping as far as the source has its columns; guesses where it has others."""
    agreed = preset(format)
    fields = {name: found for name, rule in agreed.fields.items() if (found := _there(rule, columns))}
    taken = {column for rule in fields.values() for column in rule.columns}
    for name, rule in guessed.fields.items():
        if name not in fields and not taken.intersection(rule.columns):
            fields[name] = rule
    position = agreed.position
    has_position = {position.longitude, position.latitude} <= {*columns}
    told = [column for column in agreed.themes.columns if column in columns]
    others = () if agreed.themes.strict else guessed.themes.columns
    themes = replace(
        agreed.themes,
        columns=tuple(dict.fromkeys([*told, *others])),
        yes={} if agreed.themes.strict else guessed.themes.yes,
    )
    return replace(
        agreed,
        fields=fields,
        position=position
        if position.is_given and has_position
        else replace(guessed.position, missing=position.missing),
        themes=themes,
        external_id=agreed.external_id if agreed.external_id in columns else guessed.external_id,
        url=agreed.url if agreed.url in columns else guessed.url,
        file=guessed.file,
        guessed=True,
    )


def _there(rule: Rule, columns: Collection[str]) -> Rule | None:
    found = tuple(column for column in rule.columns if column in columns)
    return replace(rule, columns=found) if found else None
