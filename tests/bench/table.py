"""The table: printed, and kept in docs/benchmarks.md."""

from collections.abc import Iterable

from .figures import Figure
from .place import HERE, ROOT

HEAD = ("figure", "ours", "reference", "ratio", "target", "")
PAGE = ROOT / "docs" / "benchmarks.md"
RULES = HERE / "rules.md"


def printed(figures: Iterable[Figure]) -> str:
    """Columns for a terminal."""
    rows = [HEAD, *(figure.cells for figure in figures)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(HEAD))]
    return "".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths)).rstrip() + "\n" for row in rows
    )


def written(figures: Iterable[Figure], facts: dict[str, str]) -> str:
    """The page: table, circumstances, rules."""
    rows = [HEAD, ("---",) * len(HEAD), *(figure.cells for figure in figures)]
    table = "\n".join("| " + " | ".join(row) + " |" for row in rows)
    circumstances = "\n".join(f"- {name}: {value}" for name, value in facts.items())
    return (
        f"# Benchmarks\n\nWritten by `make bench`.\n\n{table}\n\n## Circumstances\n\n{circumstances}\n\n"
        + (RULES.read_text(encoding="utf-8"))
    )
