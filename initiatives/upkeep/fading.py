"""What nobody has confirmed for long is drawn fainter on the map: the worker says so at night, a confirmation ends it.

People are asked after CONFIRM_AFTER_DAYS; only what is still without an answer after as long again fades.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, Max, OuterRef, QuerySet, Subquery
from django.db.models.functions import Greatest
from django.utils import timezone

from ..models import Aged, Initiative, StatusChange

# Rows of one transaction: few enough for the map index to read each of them rather than all.
BATCH = 2_000
# And of one night, so that the first one of a large site does not have its map read anew for hours.
MOST = 100_000


def threshold() -> datetime:
    """What was confirmed last before this instant is drawn fainter."""
    return timezone.now() - timedelta(days=2 * settings.CONFIRM_AFTER_DAYS)


def due(before: datetime) -> QuerySet[Initiative]:
    """Published initiatives that nobody has confirmed since an instant."""
    return Initiative.objects.published().unconfirmed_since(before)


def fade() -> int:
    """Bring the map up to date; how many marks changed. What there is to do is read once, then done by batches."""
    before = threshold()
    due_now = due(before).filter(pk=OuterRef("pk"))
    over = Aged.objects.filter(~Exists(due_now)).order_by("pk").values_list("pk", flat=True)
    changed = sum(_take_back(pks, before) for pks in _batches(list(over)))
    known = Aged.objects.filter(initiative=OuterRef("pk"))
    new = due(before).filter(~Exists(known)).order_by("pk").values_list("pk", flat=True)
    return changed + sum(_mark(pks, before) for pks in _batches(list(new[:MOST])))


def _batches(pks: list[int]) -> Iterator[list[int]]:
    return (pks[start : start + BATCH] for start in range(0, len(pks), BATCH))


def end(change: StatusChange) -> None:
    """A step that is a sign of people has just been taken: no mark of age any longer."""
    signs = StatusChange.objects.signs_of_people().filter(pk=change.pk)
    Aged.objects.filter(initiative__in=signs.values("initiative")).delete()


@transaction.atomic
def _mark(pks: list[int], before: datetime) -> int:
    """Mark those that are still due; their number."""
    rows = Initiative.objects.filter(pk__in=pks).order_by("pk")
    # Who confirms holds the row: then it is left for tomorrow, or waits until the mark is there to be taken away.
    locked = rows.select_for_update(of=("self",), skip_locked=True, no_key=True)
    held = due(before).filter(pk__in=list(locked.values_list("pk", flat=True)))
    signs = StatusChange.objects.signs_of_people().filter(initiative=OuterRef("pk")).order_by()
    last = signs.values("initiative").annotate(last=Max("at")).values("last")
    # Asked again, as of now that they are held.
    rows = held.annotate(since=Greatest("created_at", "confirmed_at", Subquery(last)))
    marked = [Aged(initiative_id=pk, since=since) for pk, since in rows.values_list("pk", "since")]
    Aged.objects.bulk_create(marked, ignore_conflicts=True)
    return len(marked)


@transaction.atomic
def _take_back(pks: list[int], before: datetime) -> int:
    """Take away marks that are not due any more; their number."""
    still = due(before).filter(pk__in=pks).values("pk")
    return Aged.objects.filter(pk__in=pks).exclude(pk__in=still).delete()[0]
