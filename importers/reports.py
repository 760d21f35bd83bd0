"""Reports of runs: a CSV that a spreadsheet opens without harm, and lines for a person."""

import csv
from collections.abc import Iterable
from pathlib import Path

from .enums import Level
from .pipeline import Report, most_frequent
from .records import Issue
from .text import storable

# A spreadsheet takes a cell that begins so for a formula.
FORMULA = ("=", "+", "-", "@", "\t", "\r")
COLUMNS = ("row", "level", "field", "value", "message")


def safe(text: str) -> str:
    """A cell that no spreadsheet runs as a formula."""
    plain = storable(text)
    return f"'{plain}" if plain.lstrip().startswith(FORMULA) else plain


def write_report(path: Path, issues: Iterable[Issue]) -> None:
    """Every issue as a line, UTF-8 with a mark so that spreadsheets read it right; OSError."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        for issue in issues:
            cells = (issue.field, issue.value[:1000], issue.message)
            writer.writerow([issue.row, str(issue.level), *(safe(cell) for cell in cells)])


def described(report: Report, *, wrote: bool) -> list[str]:
    """Lines for a person: how it was read, what came of it, and why rows were not taken."""
    how = "guessed mapping (write it down with --mapping to keep it)" if report.mapping.guessed else "mapping"
    lines = [f"{report.source}: {report.format}, {'; '.join(report.notes)}", f"{how}:"]
    lines += [f"  {line}" for line in report.mapping.described()]
    for level in (Level.REFUSED, Level.DUPLICATE, Level.WARNING):
        lines += [f"{level.value}: {count} × {reason}" for reason, count in most_frequent(report, level)]
    counts = report.summary()
    names = ("read", "added", "changed", "unchanged", "duplicates", "refused", "gone", "warnings")
    lines.append(", ".join(f"{name} {counts[name]}" for name in names) + f" in {report.seconds:.1f} s")
    lines.append(
        f"written as run {report.run}" if wrote else "dry run: nothing was written; add --write to write"
    )
    return lines
