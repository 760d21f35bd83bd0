"""pgbench scripts that ask for a list of requests in its order, as wrk does.

pgbench has no lists: an expression that halves the list again and again finds the request in some ten comparisons,
without a query that would slow the reference down.
"""

import re
from collections.abc import Mapping, Sequence

from .place import SQL


def chosen(values: Sequence[int], first: int = 0) -> str:
    """A pgbench expression for the value at `:at`."""
    if len(values) == 1:
        return str(values[0])
    half = len(values) // 2
    left, right = chosen(values[:half], first), chosen(values[half:], first + half)
    return f"CASE WHEN :at < {first + half} THEN {left} ELSE {right} END"


def listed(columns: Mapping[str, Sequence[int]]) -> str:
    """The head of a script that sets each variable to its value of the next request."""
    length = len(next(iter(columns.values())))
    # Each client begins at a place of its own and counts its steps.
    lines = ["\\set step :step + 1", f"\\set at (:step + :client_id * {length} / :clients) % {length}"]
    lines += [f"\\set {name} {chosen(values)}" for name, values in columns.items()]
    return "\n".join(lines) + "\n"


def statement(name: str, **words: str) -> str:
    """A statement of tests/bench/sql/ with `{words}` put in."""
    text = (SQL / f"{name}.sql").read_text(encoding="utf-8")
    for word, value in words.items():
        text = text.replace(f"{{{word}}}", value)
    return text.strip()


def without_variables(sql: str) -> str:
    """SQL in whose constants pgbench sees no variable of its own, as it would in `'HH24:MI'`."""

    def escaped(constant: re.Match) -> str:
        text = constant[0]
        return "E" + text.replace("\\", "\\\\").replace(":", r"\x3a") if re.search(r":\w", text) else text

    return re.sub(r"'(?:[^']|'')*'", escaped, sql)
