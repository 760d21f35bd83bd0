"""When somebody is told: soon after the first thing that happens, then not before an hour has gone by."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from community.letters import boxes
from community.models import Letterbox

TASK = "tell_person"
# Who reviews often decides on several things at once, or thinks better of one.
GATHER = timedelta(minutes=5)
APART = timedelta(hours=1)


def due_at(box: Letterbox, now: datetime) -> datetime:
    """When the next letter to a letterbox may leave."""
    soon = now + GATHER
    return soon if box.told_at is None else max(soon, box.told_at + APART)


def have_told(letterbox: int) -> None:
    """Have a letterbox told, unless that waits already.

    In the transaction of what happened: the task is there if and only if that is. The lock on the letterbox makes
    the task that waits already, should it begin this very moment, wait for this transaction and so tell it too.
    """
    box = boxes.locked(letterbox)
    if box is not None:
        defer(box, due_at(box, timezone.now()))


def defer(box: Letterbox, at: datetime) -> None:
    """Put the task into the table of the worker, once for each letterbox."""
    task = app.configure_task(TASK, queueing_lock=f"{TASK}-{box.pk}", schedule_at=at)
    try:
        # In a savepoint: one that waits already is no error.
        with transaction.atomic():
            task.defer(letterbox=box.pk)
    except AlreadyEnqueued:
        pass
