"""What the worker does with a run of any kind: take it, read its file, tell how far it is, fail it with the reason."""

from collections.abc import Callable
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.core.files import File
from django.db import connections, transaction
from django.utils import timezone

from .enums import RunStatus
from .errors import BadFileError, BadMappingError, TooMuchError, UnmappedError
from .fetching import Fetched
from .kept import KeptRun
from .phrases import Phrase

UNUSABLE = (BadFileError, BadMappingError, TooMuchError)


def taken(runs: type[KeptRun], pk: int, *related: str) -> KeptRun | None:
    """The run, ours from now on; None where another worker has it, or nobody waits for it any more."""
    waiting = runs.objects.filter(pk=pk, status=RunStatus.WAITING)
    if not waiting.update(status=RunStatus.RUNNING, started_at=timezone.now()):
        return None
    return runs.objects.select_related("started_by", *related).get(pk=pk)


@contextmanager
def failing(run: KeptRun):
    """A run fails with the reason; what is our own fault is told as such, and goes on to the log."""
    try:
        yield
    except UnmappedError as error:
        # Whoever handed it in chooses on its page.
        _fail(run, error.phrase, columns=error.columns, mapping=error.mapping)
    except UNUSABLE as error:
        _fail(run, error.phrase)
    except Exception:
        _fail(run)
        raise


def _fail(run: KeptRun, *phrases: Phrase, **more: Any) -> None:
    run.note(phrases)
    type(run).objects.filter(pk=run.pk).update(
        status=RunStatus.FAILED, notes=run.notes, phrases=run.phrases, finished_at=timezone.now(), **more
    )


def download(run: KeptRun, fetch: Callable[[str, Path], Fetched]) -> None:
    """What was looked at is what will be written, whatever the address says later."""
    with TemporaryDirectory(prefix="import-") as folder:
        found = fetch(run.source, Path(folder))
        with found.path.open("rb") as file:
            run.file.save(found.path.name, File(file), save=False)
    run.save(update_fields=["file"])


@contextmanager
def telling(run: KeptRun):
    """A way to tell how many rows were read, beside the transaction that reads them."""
    beside = connections["default"].copy()
    statement = f"UPDATE {run._meta.db_table} SET read = %s WHERE id = %s"  # noqa: S608

    def tell(read: int) -> None:
        with beside.cursor() as cursor:
            cursor.execute(statement, [read, run.pk])

    try:
        yield tell
    finally:
        beside.close()


def delete_with_file(run: KeptRun) -> None:
    """Delete a run that wrote nothing; ValueError where it wrote, or is being read. In the caller's transaction."""
    if run.status not in (RunStatus.READY, RunStatus.FAILED):
        raise ValueError(f"run {run.pk} is {run.status}; expected one that wrote nothing")
    file = run.file
    run.delete()
    if file:
        transaction.on_commit(lambda: file.storage.delete(file.name))
