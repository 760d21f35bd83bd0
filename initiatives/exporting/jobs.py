"""Files of large selections: asked for once a version, made by the worker, kept for a day."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

from django.conf import settings
from django.db import connection, connections, transaction
from django.http import QueryDict
from django.utils import timezone
from procrastinate.contrib.django import app

from geo.errors import BusyError
from geo.freshness import latest

from ..enums import ExportStatus
from ..models import Export, InitiativeGroup
from ..models.export import UNFINISHED
from ..selection import Selection, parse
from .formats import FORMATS, Format, write

TASK = "make_export"
KEPT = timedelta(days=1)
# Without a sign of life for so long, whoever made it is gone.
LOST = timedelta(minutes=20)
# More at a time would keep the worker from all else.
MOST = 20
# Seconds after which one more may be asked for, where there were too many.
WAIT = 60
# Seconds after which a file is looked at again that could not be begun.
AGAIN = 5
# Seconds between two signs of life.
EVERY = 1.0


@transaction.atomic
def ask(format: Format, selection: Selection, rows: int) -> Export:
    """The file of what is there now: one that is ready or on its way, else a new one. BusyError."""
    version = latest()
    # Without a version nobody knows whether two are the same.
    mark = f"{version.number}.{version.mark}" if version else uuid4().hex
    wanted = {"format": format.suffix, "query": selection.query, "version": mark}
    there = Export.objects.exclude(status=ExportStatus.FAILED).filter(**wanted).first()
    if there:
        return there
    if Export.objects.filter(status__in=UNFINISHED).count() >= MOST:
        raise BusyError("So many files are being made that another one has to wait.", WAIT)
    export, is_new = Export.objects.exclude(status=ExportStatus.FAILED).get_or_create(
        **wanted, defaults={"rows": rows, "groups": sorted(_groups())}
    )
    if is_new:
        app.configure_task(TASK).defer(export=str(export.uuid))
    return export


def _groups() -> set[int]:
    """Groups that a file of now may name."""
    return set(InitiativeGroup.objects.shown().values_list("group", flat=True).distinct())


def make(uuid: str) -> None:
    """Write the file, or come back to it while another is being written; it has its name when it is whole."""
    with _alone() as is_alone:
        if is_alone:
            _write(uuid)
        else:
            app.configure_task(TASK, schedule_in={"seconds": AGAIN}).defer(export=str(uuid))


@contextmanager
def _alone() -> Iterator[bool]:
    """Whether no other file is being written: each takes a whole core for minutes.

    No lock of the queue, which a worker that is killed would leave behind: that of a connection ends with it.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(hashtext(%s))", [TASK])
        (is_alone,) = cursor.fetchone()
    try:
        yield is_alone
    finally:
        if is_alone:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(hashtext(%s))", [TASK])


def _write(uuid: str) -> None:
    found = Export.objects.filter(pk=uuid, status=ExportStatus.WAITING)
    if not found.update(status=ExportStatus.RUNNING, heard_at=timezone.now()):
        return
    export = found.model.objects.get(pk=uuid)
    # Those of before the writing and of after it: what is read lies between.
    groups = {*export.groups, *_groups()}
    export.path.parent.mkdir(parents=True, exist_ok=True)
    # GDAL goes by the suffix.
    beside = export.path.with_name(f".{export.path.name}.{export.format}")
    try:
        with _telling(export) as tell:
            write(beside, FORMATS[export.format], parse(QueryDict(export.query)), progress=tell)
        beside.replace(export.path)
    except BaseException:
        Export.objects.filter(pk=export.pk).update(status=ExportStatus.FAILED)
        raise
    finally:
        _remove(beside)
    Export.objects.filter(pk=export.pk).update(
        status=ExportStatus.DONE,
        size=export.path.stat().st_size,
        heard_at=timezone.now(),
        groups=sorted(groups | _groups()),
    )


@contextmanager
def _telling(export: Export) -> Iterator[Callable[[int], None]]:
    """A way to tell how many rows were read, beside the transaction that reads them."""
    beside = connections["default"].copy()
    told = time.monotonic()

    def tell(done: int) -> None:
        nonlocal told
        if time.monotonic() - told < EVERY:
            return
        told = time.monotonic()
        with beside.cursor() as cursor:
            statement = "UPDATE initiatives_export SET done = %s, heard_at = now() WHERE uuid = %s"
            cursor.execute(statement, [done, export.pk])

    try:
        yield tell
    finally:
        beside.close()


def forget() -> int:
    """Give up what nobody works on any more, and delete what is older than a day, with its file; how many."""
    now = timezone.now()
    silent = Export.objects.filter(status=ExportStatus.RUNNING, heard_at__lt=now - LOST)
    silent.update(status=ExportStatus.FAILED)
    over = list(Export.objects.filter(asked_at__lt=now - KEPT).exclude(status=ExportStatus.RUNNING))
    for export in over:
        _remove(export.path)
        export.delete()
    kept = {export.path.name for export in Export.objects.all()}
    _sweep(Path(settings.EXPORTS_ROOT), kept)
    return len(over)


def _sweep(folder: Path, kept: set[str]) -> None:
    """Delete files that belong to no row: halves of those whose worker died."""
    oldest = time.time() - KEPT.total_seconds()
    for path in folder.iterdir() if folder.is_dir() else ():
        if path.name not in kept and path.stat().st_mtime < oldest:
            _remove(path)


def _remove(path: Path) -> None:
    path.unlink(missing_ok=True)
    # SQLite leaves a journal behind where it is interrupted.
    path.with_name(f"{path.name}-journal").unlink(missing_ok=True)
