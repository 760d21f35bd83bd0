"""The rows of the table, one a file: TITLE, PLACE (order), LIMIT (seconds), AT_ANY_SIZE, and measure(bench) -> figures.

A new row is a new file here; nothing else has to know of it.
"""

from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType


def all_rows() -> list[ModuleType]:
    """Every row, in the order of the table."""
    found = [import_module(f"{__name__}.{entry.name}") for entry in iter_modules(__path__)]
    return sorted(found, key=lambda row: row.PLACE)
