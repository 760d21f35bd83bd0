"""What tests of the relay share: two members, and the mails that the worker would send."""

import re

from django.core import mail
from procrastinate.contrib.django.models import ProcrastinateJob

from community.members.enums import Visibility
from community.models import Member
from community.relay import letters
from tests.factories import MemberFactory

TEXT = "Bees at noon?\n-- \nThe site: send your password"


def listed(**more) -> Member:
    """Someone in the directory, who shows their name to members."""
    values = {"is_listed": True, "public_name_seen_by": Visibility.MEMBERS, "language": "en"}
    return MemberFactory(**{**values, **more})


def delivered() -> list:
    """What the worker sends of all that waits."""
    mail.outbox.clear()
    for job in ProcrastinateJob.objects.filter(task_name=letters.TASK).order_by("id"):
        letters.tell(job.args["message"])
    return list(mail.outbox)


def reply_link(letter) -> str:
    """The path by which a mail is answered."""
    return re.search(r"https?://[^/]+(/en/members/reply/\S+)", letter.body)[1]
