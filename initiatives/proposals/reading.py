"""Which proposals concern a member; says the same as the rights."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from community.members.enums import CollectiveRole
from community.models import Member

from ..models import Initiative, NetworkMembership, Proposal


def run_by(member: Member) -> QuerySet[Initiative]:
    """That a collective which the member facilitates carries, or that belong to a network which they run."""
    running = member.collective_memberships.current().filter(role=CollectiveRole.FACILITATOR)
    belonging = NetworkMembership.objects.filter(
        initiative=OuterRef("pk"), until=None, network__stewards=member
    )
    return Initiative.objects.filter(Q(collective__in=running.values("collective")) | Exists(belonging))


def decidable_by(member: Member) -> QuerySet[Proposal]:
    """That a member may decide on; says the same as the rule `initiatives.decide_proposal`."""
    if not (member.is_authenticated and member.is_active):
        return Proposal.objects.none()
    reviewed = Initiative.objects.reviewable_by(member).values("pk")
    theirs = Q(initiative__in=run_by(member).values("pk")) & (Q(by=None) | ~Q(by=member))
    return Proposal.objects.filter(Q(initiative__in=reviewed) | theirs)
