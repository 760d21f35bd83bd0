"""A mapping written down: what toml.py reads back as the same mapping."""

import json
from typing import Any

from .mapping import FileOptions, Mapping, PositionRule, Rule, ThemeRule

# Tables of their own within that of the themes.
OF_THEMES = ("values", "yes")


def as_toml(mapping: Mapping) -> str:
    """The TOML of a mapping, sections without content left out."""
    sections = {
        "file": _differing(mapping.file, FileOptions()),
        "fields": {name: _rule(rule) for name, rule in mapping.fields.items()},
        "position": _differing(mapping.position, PositionRule()),
        "themes": _themes(mapping.themes),
        "skip": {column: list(values) for column, values in mapping.skip.items()},
        "defaults": dict(mapping.defaults),
        "identity": {
            name: value
            for name, value in (("external_id", mapping.external_id), ("url", mapping.url))
            if value
        },
    }
    lines: list[str] = []
    for name, table in sections.items():
        if table:
            lines += [f"[{name}]", *(f"{_key(key)} = {_value(value)}" for key, value in table.items()), ""]
    for name in OF_THEMES:
        if table := getattr(mapping.themes, name):
            lines += [
                f"[themes.{name}]",
                *(f"{_key(key)} = {_value(value)}" for key, value in table.items()),
                "",
            ]
    return "\n".join(lines).rstrip() + "\n"


def _differing(options: Any, usual: Any) -> dict[str, Any]:
    return {name: value for name, value in vars(options).items() if value != getattr(usual, name)}


def _rule(rule: Rule) -> Any:
    others = {name: value for name, value in _differing(rule, Rule(())).items() if name != "columns"}
    if not others:
        return rule.columns[0] if len(rule.columns) == 1 else list(rule.columns)
    return {"columns": list(rule.columns), **others}


def _themes(rule: ThemeRule) -> dict[str, Any]:
    found = _differing(rule, ThemeRule())
    # What was supposed of the whole file is said out loud, once it is written down.
    supposed = {"default": rule.supposed} if rule.supposed and not rule.default else {}
    return {
        **{name: value for name, value in found.items() if name not in (*OF_THEMES, "supposed", "because")},
        **supposed,
    }


def _key(name: str) -> str:
    plain = name.isascii() and name.replace("_", "").replace("-", "").isalnum()
    return name if plain else _value(name)


def _value(value: Any) -> str:
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{_key(key)} = {_value(one)}" for key, one in value.items()) + " }"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(_value(one) for one in value) + "]"
    # Strings of JSON are basic strings of TOML, but for DEL.
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
