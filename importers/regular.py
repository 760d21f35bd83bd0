"""Addresses that are read again and again: what is due, what came of it, and who is told when it fails."""

import tempfile
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.core.files import File
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from community.letters.sending import Letter, one_line, send

from . import actions
from .enums import RunStatus, Schedule
from .errors import BadFileError, BadMappingError
from .fetching import Validators
from .following import fetch_whole
from .models import BoundaryRun, ImportRun, ImportSource
from .toml import mapping_of

# A little less than a day and a week: the night of the one before may have been long.
DAY, WEEK = timedelta(hours=20), timedelta(days=6, hours=20)
# No run takes so long; its worker died.
LOST = timedelta(hours=6)


def read_due() -> int:
    """Read every address whose turn it is; how many."""
    now = timezone.now()
    due = ImportSource.objects.select_related("network").filter(
        Q(schedule=Schedule.DAILY) & (Q(read_at=None) | Q(read_at__lt=now - DAY))
        | Q(schedule=Schedule.WEEKLY) & (Q(read_at=None) | Q(read_at__lt=now - WEEK))
    )
    sources = list(due.order_by("pk"))
    for source in sources:
        read(source)
    return len(sources)


def read(source: ImportSource) -> ImportRun | None:
    """Read an address and write what changed; None where it is still the version that is known."""
    source.read_at = timezone.now()
    source.save(update_fields=["read_at"])
    run = ImportRun(
        network=source.network,
        regular=source,
        source=source.address,
        format=source.format,
        review=source.review,
        status=RunStatus.WAITING,
    )
    try:
        run.mapping = mapping_of(source.mapping).as_dict() if source.mapping.strip() else {}
        with tempfile.TemporaryDirectory(prefix="import-") as folder:
            found = fetch_whole(source.address, Path(folder), Validators(source.etag, source.modified))
            if found.path is None:
                return None
            with found.path.open("rb") as file:
                run.file.save(found.path.name, File(file), save=False)
    except (BadFileError, BadMappingError) as error:
        run.status, run.finished_at = RunStatus.FAILED, timezone.now()
        run.note([error.phrase])
        run.save()
        tell(run)
        return run
    run.save()
    actions.write_now(run.pk, even_so=False)
    run.refresh_from_db()
    if run.status == RunStatus.DONE:
        # Only now: what failed is asked for again.
        source.etag, source.modified = found.validators.etag[:400], found.validators.modified[:60]
        source.save(update_fields=["etag", "modified"])
    else:
        tell(run)
    return run


def give_up_lost() -> int:
    """Mark runs that nobody works on any more as failed; how many."""
    lost = {
        "status__in": [RunStatus.RUNNING, RunStatus.WAITING],
        "started_at__lt": timezone.now() - LOST,
    }
    failed = {"status": RunStatus.FAILED, "finished_at": timezone.now()}
    return sum(runs.objects.filter(**lost).update(**failed) for runs in (ImportRun, BoundaryRun))


def tell(run: ImportRun) -> None:
    """Write to those who want to know that a run failed, or waits for a decision."""
    for person in run.regular.people.filter(is_active=True):
        send(person.email, person.language, lambda: _letter(run))


def _letter(run: ImportRun) -> Letter:
    subject = _("The import of %(network)s did not go through") % {"network": one_line(run.network.name)}
    link = f"{settings.SITE_URL}{reverse('import_run', args=[run.pk])}"
    return Letter(subject, "importers/mail/failed.txt", {"run": run, "link": link})
