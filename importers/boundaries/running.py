"""One file of boundaries: read, held against the table, and with a run written and kept, all or nothing."""

import hashlib
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from ..enums import RunStatus
from ..records import Issue
from ..reports import rows_of
from .files import read_boundaries
from .how import How
from .models import BoundaryIssue, BoundaryRun
from .reports import BoundaryReport
from .rows import Boundary, named_in, of_level, read_rows, with_columns
from .upsert import upsert

# Rows after which it is told how far it is.
STEP = 250


def _silent(read: int) -> None:
    """Nobody looks."""


def run_boundaries(
    path: Path,
    how: How,
    *,
    label: str = "",
    run: BoundaryRun | None = None,
    progress: Callable[[int], None] = _silent,
) -> BoundaryReport:
    """What a file would change, and with a run, changed; BadFileError before anything is written."""
    started = time.monotonic()
    report = BoundaryReport(source=label or path.name)
    frame = read_boundaries(path, layer=how.layer, crs=how.crs, encoding=how.encoding)
    report.checksum = _checksum(path)
    how = replace(with_columns(frame, path, how), source=(how.source or report.source)[:200])
    named = named_in(frame, how)
    report.notes = list(frame.attrs["notes"])
    frame, note = of_level(frame, how.level)
    report.notes += [note] if note else []
    report.read = len(frame)
    refused: list[Issue] = []
    rows = list(_told(read_rows(frame, how, refused), progress))
    report.note(refused)
    progress(report.read)
    with transaction.atomic():
        if run:
            run.how, run.checksum = how.as_dict(), report.checksum
            run.save()
            report.run = run.pk
        upsert(rows, how, report, named=named, run=run)
        report.seconds = time.monotonic() - started
        if run:
            keep(run, report, RunStatus.DONE)
    return report


def keep(run: BoundaryRun, report: BoundaryReport, status: RunStatus) -> None:
    """Keep a report with its run, in the transaction of the caller."""
    run.status, run.finished_at, run.summary = status, timezone.now(), report.summary()
    run.read, run.checksum = report.read, report.checksum
    run.shown = report.shown
    run.note(report.notes)
    run.save(
        update_fields=["status", "finished_at", "summary", "read", "checksum", "notes", "phrases", "shown"],
    )
    run.issues.all().delete()
    BoundaryIssue.objects.bulk_create(rows_of(report, run), batch_size=2_000)


def _told(rows: Iterable[Boundary], progress: Callable[[int], None]) -> Iterator[Boundary]:
    for number, row in enumerate(rows, start=1):
        if number % STEP == 0:
            progress(number)
        yield row


def _checksum(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
