"""Who answers for an offer or need and is written to."""

from django.db.models import Q

from community.members.enums import CollectiveRole
from community.models import CollectiveMembership, Member

from ..models import Exchange

# A network may have many stewards; more mails than these help nobody.
MOST = 20


def people_of(exchange: Exchange) -> list[Member]:
    """Its author, as long as they may run it; else the others who may, those that `run_by` says."""
    author = exchange.author
    if author and author.is_active and Exchange.objects.run_by(author).filter(pk=exchange.pk).exists():
        return [author]
    held = Q(collective=exchange.collective_id)
    if exchange.initiative_id:
        held = Q(collective__initiatives=exchange.initiative_id)
    facilitating = CollectiveMembership.objects.current().filter(held, role=CollectiveRole.FACILITATOR)
    theirs = Q(pk__in=facilitating.values("member"))
    if exchange.initiative_id:
        networks = exchange.initiative.networks.filter(memberships__until=None)
        theirs |= Q(stewarded_networks__in=networks.values("pk"))
    elif exchange.collective_id is None:
        return []
    return list(Member.objects.filter(theirs, is_active=True).distinct().order_by("pk")[:MOST])
