"""Who is asked whether an initiative may stand in a campaign."""

from collections.abc import Collection

from django.db.models import Q, QuerySet
from django.db.models.functions import Lower

from community.members.enums import CollectiveRole
from community.models import CollectiveMembership, Member
from initiatives.enums import Verb
from initiatives.models import Initiative, NetworkMembership, StatusChange, Submission
from initiatives.vouching.reading import own


def speaking(initiative: Initiative) -> QuerySet[Member]:
    """Those for whom the rule `initiatives.speak_for_initiative` holds: who run its collective or its networks."""
    running = CollectiveMembership.objects.current().filter(
        collective=initiative.collective_id, role=CollectiveRole.FACILITATOR
    )
    networks = NetworkMembership.objects.filter(initiative=initiative, until=None)
    return Member.objects.filter(
        Q(pk__in=running.values("member")) | Q(stewarded_networks__in=networks.values("network")),
        is_active=True,
    ).distinct()


def asked(initiative: Initiative) -> QuerySet[Member]:
    """Those who speak for it; where nobody does, who made it or handed it in."""
    found = speaking(initiative)
    if found.exists():
        return found
    made = StatusChange.objects.filter(initiative=initiative, verb__in=(Verb.CREATE, Verb.SUBMIT))
    handed_in = Submission.objects.filter(initiative=initiative).exclude(email="")
    return Member.objects.filter(
        Q(pk__in=made.values("by")) | Q(email__in=handed_in.values_list(Lower("email"))), is_active=True
    )


def own_among(member, keys: Collection[int]) -> set[int]:
    """Which of some initiatives are the member's own; says the same as the rule `is_own`."""
    if not keys or not member.is_authenticated:
        return set()
    run = NetworkMembership.objects.filter(until=None, network__stewards=member)
    theirs = Q(pk__in=own(member).values("pk")) | Q(pk__in=run.values("initiative"))
    return set(Initiative.objects.filter(theirs, pk__in=keys).values_list("pk", flat=True))
