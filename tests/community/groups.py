"""What tests of groups share: a group of each kind with its people, and the mails that the worker would send."""

from django.core import mail
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from community.groups import letters
from community.groups.enums import GroupKind, GroupRole
from community.models import Group, GroupInvitation, Member
from tests.factories import GroupFactory, GroupMembershipFactory

ANIMATOR = GroupRole.ANIMATOR
# Numbers of tasks only grow, over all tests.
last_sent: dict[str, int] = {}


def sent() -> list:
    """What the worker would send since it was asked last, sent."""
    for job in ProcrastinateJob.objects.filter(
        task_name=letters.TASK, id__gt=last_sent.get("id", 0)
    ).order_by("id"):
        letters.tell(**job.args)
        last_sent["id"] = job.id
    messages = list(mail.outbox)
    mail.outbox.clear()
    return messages


def group_of(kind: str, animator: Member, *members: Member, **fields) -> Group:
    """A group of a kind; `archived` is an open one that is put away."""
    if kind == "archived":
        fields["archived_at"] = timezone.now()
        kind = GroupKind.OPEN
    group = GroupFactory(kind=kind, created_by=animator, **fields)
    GroupMembershipFactory(group=group, member=animator, role=ANIMATOR)
    for member in members:
        GroupMembershipFactory(group=group, member=member)
    return group


def invitation(group: Group, email: str = "zoe@demo.example", **fields) -> GroupInvitation:
    """An open invitation."""
    return GroupInvitation.objects.create(group=group, email=email, language="en", **fields)
