"""Making a snapshot and taking one back: the only ways that files of snapshots come and go."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection, transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from community.models import Member
from geo.statements import one_moment

from ..enums import SnapshotStatus
from ..models import Snapshot
from . import reading
from .writing import write_all

# What is being written begins so; no address leads there.
UNFINISHED = ".making-"
LOCK = "snapshot of the data"


class BusyError(ValidationError):
    """Another snapshot is being made."""


def may_make(by: Member | None) -> None:
    """PermissionDenied unless it is the site itself or somebody who may make snapshots."""
    if by is not None and not by.has_perm("initiatives.make_snapshot"):
        raise PermissionDenied("Only community managers make snapshots.")


def make(*, by: Member | None) -> Snapshot:
    """Write all that is public to the folder of today (UTC), all of one moment.

    The folder has its name once it is whole. PermissionDenied, ValidationError where today has one, BusyError, OSError.
    """
    may_make(by)
    with _alone():
        now = timezone.now()
        if Snapshot.objects.filter(date=now.date()).exists():
            raise ValidationError(_("There is a snapshot of today already."))
        final = reading.folder(now.date().isoformat())
        _clear(final)
        beside = final.with_name(f"{UNFINISHED}{final.name}-{os.getpid()}")
        beside.mkdir(parents=True)
        try:
            with translation.override("en"), one_moment():
                snapshot = write_all(beside, now)
            beside.rename(final)
            _recorded(snapshot, final)
        finally:
            shutil.rmtree(beside, ignore_errors=True)
        return snapshot


def make_unless_there() -> Snapshot | None:
    """The same by the site itself; None where today has one or another is being made."""
    try:
        return make(by=None)
    except ValidationError:
        return None


@transaction.atomic
def withdraw(snapshot: Snapshot, *, by: Member | None) -> Snapshot:
    """Delete the files of a snapshot for good; its address says that there was one. PermissionDenied."""
    may_make(by)
    held = Snapshot.objects.select_for_update().get(pk=snapshot.pk)
    held.status = SnapshotStatus.WITHDRAWN
    held.save(update_fields=["status"])
    transaction.on_commit(lambda: shutil.rmtree(reading.folder(held.label), ignore_errors=True))
    return held


def _recorded(snapshot: Snapshot, final: Path) -> None:
    try:
        with transaction.atomic():
            snapshot.save(force_insert=True)
    except BaseException:
        shutil.rmtree(final, ignore_errors=True)
        raise


def _clear(final: Path) -> None:
    """Remove what a process left that was ended before it had finished; no row names it."""
    if not settings.SNAPSHOTS_ROOT.is_dir():
        return
    for left in settings.SNAPSHOTS_ROOT.glob(f"{UNFINISHED}*"):
        shutil.rmtree(left)
    if final.exists():
        shutil.rmtree(final)


@contextmanager
def _alone() -> Iterator[None]:
    """One process at a time; not a lock of the transaction, which must begin with the first question."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(hashtext(%s))", [LOCK])
        if not cursor.fetchone()[0]:
            raise BusyError(_("A snapshot is being made already."))
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(hashtext(%s))", [LOCK])
