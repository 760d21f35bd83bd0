"""What tests of collectives share: mails that the worker would send."""

from django.core import mail
from procrastinate.contrib.django.models import ProcrastinateJob

from community.collectives import letters


def sent() -> list:
    """What the worker would send since it was asked last, sent."""
    done = letters_sent.setdefault("last", 0)
    for job in ProcrastinateJob.objects.filter(task_name=letters.TASK, id__gt=done).order_by("id"):
        letters.tell(**job.args)
        letters_sent["last"] = job.id
    messages = list(mail.outbox)
    mail.outbox.clear()
    return messages


# Numbers of tasks only grow, over all tests.
letters_sent: dict[str, int] = {}
