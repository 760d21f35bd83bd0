"""What an import of boundaries found, for its page and for a terminal."""

from dataclasses import dataclass, field
from typing import Any

from ..reports import Reported

COUNTS = ("read", "added", "changed", "unchanged", "gone", "refused", "warnings")


@dataclass
class BoundaryReport(Reported):
    """Numbers of a run; read = added + changed + unchanged + refused. Territories that are gone stay."""

    run: int | None = None
    read: int = 0
    added: int = 0
    changed: int = 0
    unchanged: int = 0
    gone: int = 0
    checksum: str = ""
    # How many territories each field differs of, among those that are changed.
    fields: dict[str, int] = field(default_factory=dict)
    # Territories that are new, changed or gone, with an outline for a map: so many, not all.
    shown: list[dict[str, Any]] = field(default_factory=list)

    @property
    def refused(self) -> int:
        """Rows that cannot be used."""
        return self.read - self.added - self.changed - self.unchanged

    def summary(self) -> dict[str, Any]:
        """Counts of the run, as they are kept with it."""
        counts = {name: getattr(self, name) for name in COUNTS}
        return {**counts, "fields": self.fields, "seconds": round(self.seconds, 2)}


def described(report: BoundaryReport, most: int = 20) -> list[str]:
    """Lines for a person: what was wrong, what is gone, and what came of it."""
    lines = [str(note) for note in report.notes]
    issues = sorted(report.issues, key=lambda issue: issue.row)
    lines += [
        f"{one.level.value}: row {one.row}, {one.field} “{one.value}”: {one.message}" for one in issues[:most]
    ]
    if len(issues) > most:
        lines.append(f"… and {len(issues) - most} more; --report FILE.csv has all")
    changed = ", ".join(f"{name} of {number}" for name, number in report.fields.items())
    if changed:
        lines.append(f"changed: {changed}")
    gone = [one["code"] for one in report.shown if one["state"] == "gone"][:most]
    if gone:
        lines.append(f"gone from this source, and kept: {', '.join(gone)}")
    if report.run:
        lines.append(f"written as run {report.run}; undo_territories {report.run} takes it back")
    lines.append(
        f"territories: {report.read} read, {report.added} added, {report.changed} changed, "
        f"{report.unchanged} unchanged, {report.refused} refused, {report.gone} gone in {report.seconds:.1f} s"
    )
    if not report.run:
        lines.append("dry run: nothing was written; add --write to write")
    return lines
