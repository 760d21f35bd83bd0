"""What tests of spaces share: a space with its people, and the mails that the worker would send."""

from django.core import mail
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from community.models import Member, Space, SpaceInvitation
from community.spaces import letters
from community.spaces.enums import SpaceRole
from tests.factories import SpaceFactory, SpaceMembershipFactory

FACILITATOR = SpaceRole.FACILITATOR


def sent() -> list:
    """The mails that wait for the worker, sent: invitations, and what somebody is in a space now."""
    kinds = {letters.TASK: letters.invite, letters.PLACE: letters.tell}
    for job in ProcrastinateJob.objects.filter(task_name__in=kinds).order_by("id"):
        kinds[job.task_name](*job.args.values())
    messages = list(mail.outbox)
    mail.outbox.clear()
    return messages


def space_of(kind: str, facilitator: Member, *members: Member, **fields) -> Space:
    """A public, private or archived (and public) space."""
    if kind == "archived":
        fields["archived_at"] = timezone.now()
    space = SpaceFactory(is_private=kind == "private", **fields)
    SpaceMembershipFactory(space=space, member=facilitator, role=FACILITATOR)
    for member in members:
        SpaceMembershipFactory(space=space, member=member)
    return space


def invitation(space: Space, email: str = "zoe@demo.example", **fields) -> SpaceInvitation:
    """An open invitation."""
    return SpaceInvitation.objects.create(space=space, email=email, language="en", **fields)
