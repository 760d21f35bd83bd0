"""What is done with an import of boundaries: handed in, looked at, written or put away; undo is in undoing."""

from pathlib import Path

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from procrastinate.contrib.django import app

from community.models import Member

from ..enums import RunStatus
from ..fetching import fetch
from ..working import delete_with_file, download, failing, taken, telling
from .how import How
from .models import BoundaryRun
from .reports import BoundaryReport
from .rules import check_may_import
from .running import keep, run_boundaries

LOOK, WRITE = "look_at_boundaries", "write_boundaries"


@transaction.atomic
def hand_in(
    *, by: Member | None, how: How, file: UploadedFile | None = None, address: str = ""
) -> BoundaryRun:
    """A run that the worker will look at, of an upload or an address; PermissionDenied."""
    check_may_import(by)
    run = BoundaryRun(
        scheme=how.scheme,
        how=how.as_dict(),
        source=(file.name if file else address)[:400],
        status=RunStatus.WAITING,
        started_by=by,
    )
    if file:
        run.file = file
    run.full_clean(exclude=["summary", "shown"])
    run.save()
    app.configure_task(LOOK).defer(run=run.pk)
    return run


def look(pk: int) -> None:
    """Read the file of a run without writing, and keep what would come of it; what cannot be read fails it."""
    run = taken(BoundaryRun, pk)
    if run is None:
        return
    with failing(run):
        if not run.file:
            download(run, fetch)
        report = _read(run, write=False)
        with transaction.atomic():
            keep(run, report, RunStatus.READY)


@transaction.atomic
def write(run: BoundaryRun, *, by: Member | None) -> None:
    """Have a run written that was looked at; PermissionDenied, or ValueError where it is at another point."""
    check_may_import(by)
    stored = BoundaryRun.objects.select_for_update(of=("self",)).get(pk=run.pk)
    if stored.status != RunStatus.READY:
        raise ValueError(f"run {stored.pk} is {stored.status}; expected one that waits for a decision")
    stored.status, stored.read = RunStatus.WAITING, 0
    stored.note([])
    stored.started_by = by or stored.started_by
    stored.save(update_fields=["status", "read", "notes", "phrases", "started_by"])
    app.configure_task(WRITE).defer(run=stored.pk)


def write_now(pk: int) -> None:
    """Write a run, in one transaction."""
    run = taken(BoundaryRun, pk)
    if run is None:
        return
    with failing(run):
        _read(run, write=True)


@transaction.atomic
def put_away(run: BoundaryRun, *, by: Member | None) -> None:
    """Delete a run that wrote nothing, with its file; PermissionDenied, or ValueError where it wrote."""
    check_may_import(by)
    delete_with_file(BoundaryRun.objects.select_for_update(of=("self",)).get(pk=run.pk))


def _read(run: BoundaryRun, *, write: bool) -> BoundaryReport:
    label = Path(run.source).name if "://" not in run.source else run.source
    with telling(run) as tell:
        return run_boundaries(
            Path(run.file.path),
            How.of_dict(run.how),
            label=label,
            run=run if write else None,
            progress=tell,
        )
