"""Reports of runs: a CSV that a spreadsheet opens without harm, and lines for a person."""

import csv
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from geo.cells import harmless

from .enums import Level
from .kept import KeptIssue, KeptRun
from .mapping import Mapping
from .phrases import Phrase
from .records import Issue
from .text import storable

COLUMNS = ("row", "level", "field", "value", "message")
# A wrong mapping may refuse a million rows: all are counted, so many are kept for the report.
KEPT_ISSUES = 100_000


@dataclass
class Reported:
    """What was found in a file, and what was wrong with its rows."""

    source: str
    notes: list[Phrase] = field(default_factory=list)
    issues: list[Issue] = field(default_factory=list)
    warnings: int = 0
    seconds: float = 0.0

    def note(self, issues: Iterable[Issue]) -> None:
        """Count issues, and keep them for the report."""
        for issue in issues:
            self.warnings += issue.level == Level.WARNING
            if len(self.issues) < KEPT_ISSUES:
                self.issues.append(issue)


@dataclass
class Report(Reported):
    """What a run found; `summary()` is the contract's JSON."""

    format: str = ""
    mapping: Mapping = field(default_factory=Mapping)
    run: int | None = None
    read: int = 0
    added: int = 0
    changed: int = 0
    unchanged: int = 0
    duplicates: int = 0
    refused: int = 0
    gone: int = 0
    # For the eyes of a person: columns with samples, and places of what would happen.
    columns: list[dict[str, Any]] = field(default_factory=list)
    shown: list[dict[str, Any]] = field(default_factory=list)
    # Refused rows of which we cannot tell which record they are: any record may be among them.
    unknown: int = 0
    # How many records of the network were not gone so far.
    known: int = 0

    def summary(self) -> dict[str, Any]:
        """Counts of the run; read = added + changed + unchanged + duplicates + refused."""
        names = ["run", "read", "added", "changed", "unchanged", "duplicates", "refused", "gone", "warnings"]
        return {**{name: getattr(self, name) for name in names}, "seconds": round(self.seconds, 2)}


def most_frequent(report: Reported, level: Level, number: int = 8) -> list[tuple[str, int]]:
    """Reasons of a level with their counts, the most frequent first."""
    reasons = Counter(
        f"{issue.field}: {issue.message}".removeprefix(": ")
        for issue in report.issues
        if issue.level == level
    )
    return reasons.most_common(number)


def safe(text: str) -> str:
    """A cell that no spreadsheet runs as a formula, fit to be stored."""
    return harmless(storable(text))


def rows_of(report: Reported, run: KeptRun) -> Iterator[KeptIssue]:
    """The issues of a report as rows of its run, as long as they may be."""
    for issue in report.issues:
        yield run.issues.model.of(issue, run)


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
    lines = [f"{report.source}: {report.format}, {'; '.join(map(str, report.notes))}", f"{how}:"]
    lines += [f"  {line}" for line in report.mapping.described()]
    for level in (Level.REFUSED, Level.DUPLICATE, Level.KEPT, Level.WARNING):
        lines += [f"{level.value}: {count} × {reason}" for reason, count in most_frequent(report, level)]
    counts = report.summary()
    names = ("read", "added", "changed", "unchanged", "duplicates", "refused", "gone", "warnings")
    lines.append(", ".join(f"{name} {counts[name]}" for name in names) + f" in {report.seconds:.1f} s")
    lines.append(
        f"written as run {report.run}" if wrote else "dry run: nothing was written; add --write to write"
    )
    return lines
