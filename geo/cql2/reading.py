"""From the text of a filter to its tree, which is CQL2-JSON.

The library's grammar tries each bracket that only groups twice, so what is nested takes twice as long with each level,
and very deep text ends the process. Text is measured before the library sees it.
"""

import json
import re
from collections.abc import Iterator
from typing import Any

import cql2

from ..errors import InvalidParameterError

LONGEST = 4_000
DEEPEST = 24
# Characters, each counted twice for every bracket around it that only groups.
MOST_WORK = 40_000
# A name in front of a bracket makes it a function's, which is read once; these words are no functions.
WORDS = frozenset(("and", "or", "not", "in", "between", "like"))
TOKEN = re.compile(r"""'(?:[^']|'')*'|"[^"]*"|\w+|.""", re.DOTALL)
SIGNS = re.compile(r"(?:(?:\bnot\b|[-+*/%^])\s*){9}", re.IGNORECASE)
PARAMETER = "filter"


def _refuse(came: str) -> InvalidParameterError:
    return InvalidParameterError(PARAMETER, f"{came}. Expected a CQL2 filter such as founded > 1990.")


def _measured(text: str) -> None:
    """InvalidParameterError for text that would take the library too long."""
    groups, work, before = [], 0, ""
    weight = 1
    for token in (found[0] for found in TOKEN.finditer(text)):
        work += len(token) * weight
        if token == "(":
            groups.append(not re.match(r"\w", before) or before.lower() in WORDS)
            weight <<= groups[-1]
        elif token == ")":
            if not groups:
                raise _refuse("A bracket is closed that was not opened")
            weight >>= groups.pop()
        if work > MOST_WORK or len(groups) > DEEPEST:
            raise _refuse("Brackets are nested too deeply")
        before = token
    if groups:
        raise _refuse("A bracket is not closed")
    if SIGNS.search(text):
        raise _refuse("Too many signs or NOT in a row")


def _of_text(text: str) -> Any:
    _measured(text)
    try:
        return cql2.parse_text(text).to_json()
    except Exception as error:
        place = re.search(r"--> (\d+):(\d+)", str(error))
        where = f" at character {place[2]}" if place else ""
        raise _refuse(f"It cannot be read{where}: {text[:80]}") from error


def _of_json(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise _refuse(f"It is no JSON: {text[:80]}") from error


LANGUAGES = {"cql2-text": _of_text, "cql2-json": _of_json}


def _depths(tree: Any) -> Iterator[int]:
    """How deep each part of a tree lies."""
    waiting = [(tree, 1)]
    while waiting:
        part, depth = waiting.pop()
        yield depth
        parts = part.values() if isinstance(part, dict) else part if isinstance(part, list) else ()
        waiting += [(one, depth + 1) for one in parts]


def tree_of(text: str, language: str = "cql2-text") -> Any:
    """The tree of a filter; InvalidParameterError if it is too long, too deep or no CQL2."""
    if len(text) > LONGEST:
        said = f"It has {len(text)} characters, {LONGEST} at most"
        raise _refuse(said)
    tree = LANGUAGES[language](text)
    if any(depth > 4 * DEEPEST for depth in _depths(tree)):
        raise _refuse("It is nested too deeply")
    return tree
