"""What is done with a run: handed in, looked at, written or put away; the worker does what takes long."""

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from procrastinate.contrib.django import app

from community.models import Member
from initiatives.actions import check_right
from initiatives.enums import Verb
from initiatives.models import Network

from .enums import RunStatus
from .errors import TooMuchError
from .following import fetch_whole
from .mapping import Mapping
from .models import ImportIssue, ImportRun, ImportSource
from .phrases import kept
from .pipeline import run_import
from .reports import Report, rows_of
from .shares import check_share
from .toml import mapping_of
from .toml_text import as_toml
from .working import delete_with_file, download, failing, taken, telling

LOOK, WRITE = "look_at_import", "write_import"
# In the summary of a run that needs a second word: why.
TOO_MUCH = "too_much"


@transaction.atomic
def hand_in(
    *,
    network: Network,
    by: Member | None,
    file: UploadedFile | None = None,
    address: str = "",
    format: str = "auto",
    mapping: str = "",
    review: bool = False,
    regular: ImportSource | None = None,
) -> ImportRun:
    """A run that the worker will look at, of an upload or an address; PermissionDenied, BadMappingError."""
    check_right(by, Verb.IMPORT, network)
    run = ImportRun(
        network=network,
        source=(file.name if file else address)[:400],
        format=format,
        mapping=mapping_of(mapping).as_dict() if mapping.strip() else {},
        review=review,
        regular=regular,
        status=RunStatus.WAITING,
        started_by=by,
    )
    if file:
        run.file = file
    run.full_clean(exclude=["mapping", "summary", "shown", "columns"])
    run.save()
    app.configure_task(LOOK).defer(run=run.pk)
    return run


def look(pk: int) -> None:
    """Read the file of a run without writing, and keep what would come of it; what cannot be read fails it."""
    run = taken(ImportRun, pk, "network", "regular")
    if run is None:
        return
    with failing(run):
        if not run.file:
            download(run, fetch_whole)
        report = _read(run, write=False)
        _keep(run, report, RunStatus.READY)


@transaction.atomic
def look_again(run: ImportRun, mapping: Mapping, *, by: Member | None) -> None:
    """Have a run looked at by another mapping; PermissionDenied, or ValueError where it is at another point."""
    stored = ImportRun.objects.select_for_update(of=("self",)).select_related("network").get(pk=run.pk)
    check_right(by, Verb.IMPORT, stored.network)
    if stored.status not in (RunStatus.READY, RunStatus.FAILED):
        raise ValueError(f"run {stored.pk} is {stored.status}; expected one that wrote nothing")
    stored.status, stored.read = RunStatus.WAITING, 0
    stored.note([])
    stored.mapping, stored.summary, stored.shown = mapping.as_dict(), {}, []
    stored.save(update_fields=["status", "read", "notes", "phrases", "mapping", "summary", "shown"])
    app.configure_task(LOOK).defer(run=stored.pk)


@transaction.atomic
def write(run: ImportRun, *, by: Member | None, even_so: bool = False) -> None:
    """Have a run written that was looked at; PermissionDenied, or ValueError where it is at another point."""
    stored = ImportRun.objects.select_for_update(of=("self",)).select_related("network").get(pk=run.pk)
    check_right(by, Verb.IMPORT, stored.network)
    if stored.status != RunStatus.READY:
        raise ValueError(f"run {stored.pk} is {stored.status}; expected one that waits for a decision")
    stored.status, stored.read = RunStatus.WAITING, 0
    stored.note([])
    stored.started_by = by or stored.started_by
    stored.save(update_fields=["status", "read", "notes", "phrases", "started_by"])
    if stored.regular_id and not (mapping := Mapping.of_dict(stored.mapping)).guessed:
        # The coming nights read by what was looked at.
        ImportSource.objects.filter(pk=stored.regular_id).update(mapping=as_toml(mapping))
    app.configure_task(WRITE).defer(run=stored.pk, even_so=even_so)


def write_now(pk: int, *, even_so: bool) -> None:
    """Write a run, in one transaction; one that would take away too much waits for a decision again."""
    run = taken(ImportRun, pk, "network", "regular")
    if run is None:
        return
    with failing(run):
        try:
            _read(run, write=True, even_so=even_so)
        except TooMuchError as error:
            summary = {**run.summary, TOO_MUCH: kept(error.phrase)}
            ImportRun.objects.filter(pk=run.pk).update(status=RunStatus.READY, summary=summary)


@transaction.atomic
def put_away(run: ImportRun, *, by: Member | None) -> None:
    """Delete a run that wrote nothing, with its file; PermissionDenied, or ValueError where it wrote."""
    stored = ImportRun.objects.select_for_update(of=("self",)).select_related("network").get(pk=run.pk)
    check_right(by, Verb.IMPORT, stored.network)
    delete_with_file(stored)


def _read(run: ImportRun, *, write: bool, even_so: bool = False) -> Report:
    with telling(run) as tell:
        return run_import(
            run.file.path,
            network_slug=run.network.slug,
            format=run.format,
            mapping=Mapping.of_dict(run.mapping) if run.mapping else None,
            write=write,
            review=run.review,
            even_so=even_so,
            run=run if write else None,
            label=run.source,
            progress=tell,
        )


@transaction.atomic
def _keep(run: ImportRun, report: Report, status: RunStatus) -> None:
    run.status, run.finished_at, run.summary = status, timezone.now(), report.summary()
    run.format, run.mapping = report.format, report.mapping.as_dict()
    run.note(report.notes)
    run.shown, run.columns = report.shown, report.columns
    try:
        check_share(report.known, report.changed, report.gone)
    except TooMuchError as error:
        run.summary[TOO_MUCH] = kept(error.phrase)
    run.save(
        update_fields=[
            "status",
            "finished_at",
            "summary",
            "format",
            "mapping",
            "notes",
            "phrases",
            "shown",
            "columns",
        ]
    )
    run.issues.all().delete()
    ImportIssue.objects.bulk_create(rows_of(report, run), batch_size=2_000)
