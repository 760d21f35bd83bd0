"""What nobody has confirmed for long is drawn fainter on the map: the worker says so at night, a confirmation ends it.

People are asked after CONFIRM_AFTER_DAYS; only what is still without an answer after as long again fades.
"""

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
    """Bring the map up to date; how many marks changed. What ages is one set-based step a batch, in order of keys."""
    before = threshold()
    changed = after = 0
    while after is not None:
        after, number = _take_back(after, before)
        changed += number
    after, added = 0, 0
    while after is not None and added < MOST:
        after, number = _mark(after, before)
        added += number
    return changed + added


def end(change: StatusChange) -> None:
    """A step that is a sign of people has just been taken: no mark of age any longer."""
    signs = StatusChange.objects.signs_of_people().filter(pk=change.pk)
    Aged.objects.filter(initiative__in=signs.values("initiative")).delete()


@transaction.atomic
def _mark(after: int, before: datetime) -> tuple[int | None, int]:
    """Mark the next ones after a key; the last key, None at the end, and their number."""
    known = Aged.objects.filter(initiative=OuterRef("pk"))
    rows = due(before).filter(~Exists(known), pk__gt=after).order_by("pk")
    # Who confirms holds the row: then it is left for tomorrow, or waits until the mark is there to be taken away.
    locked = rows.select_for_update(of=("self",), skip_locked=True, no_key=True)
    pks = list(locked.values_list("pk", flat=True)[:BATCH])
    signs = StatusChange.objects.signs_of_people().filter(initiative=OuterRef("pk")).order_by()
    last = signs.values("initiative").annotate(last=Max("at")).values("last")
    # Asked again, as of now that they are held.
    held = (
        due(before).filter(pk__in=pks).annotate(since=Greatest("created_at", "confirmed_at", Subquery(last)))
    )
    marked = [Aged(initiative_id=pk, since=since) for pk, since in held.values_list("pk", "since")]
    Aged.objects.bulk_create(marked, ignore_conflicts=True)
    return (pks[-1] if len(pks) == BATCH else None), len(marked)


@transaction.atomic
def _take_back(after: int, before: datetime) -> tuple[int | None, int]:
    """Take away marks that are not due any more, of the next ones after a key; as above."""
    pks = list(Aged.objects.filter(pk__gt=after).order_by("pk").values_list("pk", flat=True)[:BATCH])
    still = due(before).filter(pk__in=pks).values("pk")
    number, _by_model = Aged.objects.filter(pk__in=pks).exclude(pk__in=still).delete()
    return (pks[-1] if len(pks) == BATCH else None), number
