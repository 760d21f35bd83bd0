"""Undo of a run, whoever asks for it."""

from django.db import transaction
from django.utils import timezone
from pghistory.models import Context

from community.models import Member
from initiatives import bulk_undo
from initiatives.bulk_undo import Undone

from .enums import RunStatus
from .errors import NotUndoneError
from .models import ImportRun
from .pictures.forgetting import delete_unused, files_of, forget


@transaction.atomic
def undo_run(run: ImportRun, *, by: Member | None) -> Undone:
    """Put back what a run changed; NotUndoneError where it wrote nothing, or is undone already; PermissionDenied."""
    run = ImportRun.objects.select_for_update(of=("self",)).select_related("network").get(pk=run.pk)
    if run.status != RunStatus.DONE:
        raise NotUndoneError(f"run {run.pk} is {run.status}; expected one that is {RunStatus.DONE.value}")
    context = run.context or _context_of(run)
    if context is None:
        raise NotUndoneError(f"run {run.pk}: the history of that time is not kept any more")
    # First these: a picture that comes now is there for the undo, or comes no more.
    forget(run.pictures.all())
    files = files_of(context)
    undone = bulk_undo.undo_import(
        network=run.network, context=context, by=by, reason=f"Import {run.pk} undone."
    )
    delete_unused(files)
    run.status, run.undone_at = RunStatus.UNDONE, timezone.now()
    run.save(update_fields=["status", "undone_at"])
    return undone


def _context_of(run: ImportRun):
    """Of runs from before contexts were kept with them."""
    return Context.objects.filter(metadata__run=run.pk).values_list("pk", flat=True).first()
