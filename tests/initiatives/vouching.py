"""Neighbours, and what waits for their word."""

from datetime import timedelta

from django.utils import timezone

from community.members.enums import CollectiveRole
from community.models import CollectiveMembership, Member
from initiatives import actions
from initiatives.models import Initiative, StatusChange
from initiatives.vouching import actions as vouching
from territories.models import Territory
from tests.factories import CollectiveFactory, InitiativeFactory, MemberFactory


def neighbour(territory: Territory, **more) -> Member:
    """A member of a collective of their own that is rooted there."""
    member = MemberFactory(**more)
    collective = CollectiveFactory(territory=territory)
    CollectiveMembership.objects.create(member=member, collective=collective, role=CollectiveRole.MEMBER)
    return member


def waiting(days: int = 10, **values) -> Initiative:
    """An initiative that was handed in so many days ago."""
    made = actions.submit(InitiativeFactory(**values), by=None)
    earlier(made, days)
    return made


def earlier(initiative: Initiative, days: int) -> None:
    """Let its last step lie so many days back."""
    step = StatusChange.objects.filter(initiative=initiative).latest("pk")
    StatusChange.objects.filter(pk=step.pk).update(at=timezone.now() - timedelta(days=days))


def vouch(initiative: Initiative, *members: Member) -> None:
    """Members vouch for it as it is now."""
    initiative.refresh_from_db()
    for member in members:
        vouching.vouch(initiative, by=member, seen=initiative.updated_at)


def objected(initiative: Initiative, member: Member, reason: str = "It does not exist."):
    """A member objects to it as it is now."""
    initiative.refresh_from_db()
    return vouching.object_to(initiative, by=member, seen=initiative.updated_at, reason=reason)
