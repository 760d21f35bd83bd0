"""Nested records as flat ones: `outer.inner` names, as mappings write them."""

import json
from typing import Any

DEEPEST = 6


def flattened(members: dict, prefix: str = "", depth: int = 1) -> dict[str, Any]:
    """Nested objects as `outer.inner` names; a list of objects as a list for each of their names."""
    flat: dict[str, Any] = {}
    for key, value in members.items():
        name = f"{prefix}{key}"
        if isinstance(value, dict) and depth < DEEPEST:
            flat.update(flattened(value, f"{name}.", depth + 1))
        elif isinstance(value, list) and value and all(isinstance(one, dict) for one in value):
            flat.update(_parted(value, name))
        elif isinstance(value, dict) or _holds_more(value):
            flat[name] = json.dumps(value, ensure_ascii=False)
        else:
            flat[name] = value
    return flat


def _holds_more(value: Any) -> bool:
    return isinstance(value, list) and any(isinstance(one, dict | list) for one in value)


def _parted(rows: list[dict], name: str) -> dict[str, Any]:
    """`categories.name` of [{"name": …}, …]; what is nested deeper stays JSON text."""
    found: dict[str, list] = {}
    for row in rows:
        for key, value in row.items():
            told = json.dumps(value, ensure_ascii=False) if isinstance(value, dict | list) else value
            found.setdefault(f"{name}.{key}", []).append(told)
    return found
