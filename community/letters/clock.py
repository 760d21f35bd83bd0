"""Letters once a day or once a week, at seven in the time zone of the site: when they are due, and how each is marked.

The order of marking and mailing: that a period is begun is committed, the letter is sent, that it is done is committed.
A worker that is killed before the second mark may or may not have sent the letter, so this period gets no other one;
what was in it comes with the next. A mail server that refuses sent nothing: the first mark is taken away, and the task
is tried again.
docs/decisions/0030-one-summary-a-period.md says why.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, time, timedelta

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from .periods import PERIODS, WEEKLY

AT = time(7)
MONDAY = 0
# What is younger may still be changed or hidden.
SETTLED = timedelta(hours=1)


def period_end(frequency: str, now: datetime) -> datetime | None:
    """Up to when things go into the letter that is due last; None for who gets none.

    Seven is on the clock of the site: across a change of the clocks a day has 23 or 25 hours.
    """
    if frequency not in PERIODS:
        return None
    zone = timezone.get_default_timezone()
    local = now.astimezone(zone)
    day = local.date()
    if local.time() < AT:
        day -= timedelta(days=1)
    if frequency == WEEKLY:
        day -= timedelta(days=(day.weekday() - MONDAY) % 7)
    return datetime.combine(day, AT, zone).astimezone(UTC) - SETTLED


def due(rows: QuerySet, now: datetime, *, begun: str) -> QuerySet:
    """Of rows with `member`, `frequency` and `since` those whose last period is neither done nor begun, by a field."""
    wanted = Q(pk__in=[])
    for frequency in PERIODS:
        upto = period_end(frequency, now)
        is_new = Q(**{begun: None}) | Q(**{f"{begun}__lt": upto})
        wanted |= Q(is_new, frequency=frequency, since__lt=upto)
    return rows.filter(wanted, member__is_active=True)


def have_each_sent(task: str, name: str, rows: QuerySet) -> int:
    """A task of its own for each row, by its key; their number."""
    keys = list(rows.order_by("pk").values_list("pk", flat=True))
    for pk in keys:
        try:
            with transaction.atomic():
                app.configure_task(task, queueing_lock=f"{task}-{pk}").defer(**{name: pk})
        except AlreadyEnqueued:
            # The mail server is away: one that waits already is tried again.
            pass
    return len(keys)


@contextmanager
def marked(
    own: QuerySet, *, begun: str, done: str, upto: datetime, former: datetime | None
) -> Iterator[None]:
    """Around the sending of a letter whose period is marked as begun: it is done, or as `former` where nothing went."""
    try:
        yield
    except OSError:
        # It covers all errors of SMTP.
        own.filter(**{begun: upto}).update(**{begun: former})
        raise
    own.update(**{done: upto})
