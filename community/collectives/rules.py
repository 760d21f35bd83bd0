"""Who may do what with a collective, its people and what is claimed of it.

Higher rooms name who else looks after collectives, or speaks for whoever claims one: they know more than this one.
"""

from collections.abc import Callable

import rules
from django.db.models import QuerySet

from territories.enums import CollectiveStatus
from territories.models import Collective

from ..members.enums import CollectiveRole
from ..members.models import CollectiveMembership, Member
from .enums import ClaimWay

Asked = Callable[[Member, Collective], bool]
_overseers: list[Asked] = []
_vouchers: list[Asked] = []


def add_overseers(asked: Asked) -> None:
    """Who looks after collectives that are not theirs, for the whole site or a part of it."""
    _overseers.append(asked)


def add_vouchers(asked: Asked) -> None:
    """Who knows a collective well enough to say who its people are."""
    _vouchers.append(asked)


def facilitators(collective: Collective) -> QuerySet[CollectiveMembership]:
    """Memberships of those who run a collective now."""
    running = CollectiveMembership.objects.current().filter(collective=collective, member__is_active=True)
    return running.filter(role=CollectiveRole.FACILITATOR)


def run_by(member: Member) -> QuerySet[Collective]:
    """Collectives that the member facilitates now."""
    running = CollectiveMembership.objects.current().filter(member=member, role=CollectiveRole.FACILITATOR)
    return Collective.objects.filter(pk__in=running.values("collective"))


@rules.predicate
def facilitates(member, collective) -> bool:
    """Runs the collective."""
    return collective is not None and facilitators(collective).filter(member=member).exists()


@rules.predicate
def oversees(member, collective) -> bool:
    """Looks after it from outside."""
    return collective is not None and any(asked(member, collective) for asked in _overseers)


@rules.predicate
def vouches(member, collective) -> bool:
    """May say who its people are."""
    return collective is not None and any(asked(member, collective) for asked in _vouchers)


@rules.predicate
def is_published(member, collective) -> bool:
    """Everyone sees it."""
    return collective is not None and collective.status == CollectiveStatus.PUBLISHED


@rules.predicate
def is_another(member, claim) -> bool:
    """Nobody decides on what they claim themselves."""
    return claim is not None and claim.member_id != member.pk


@rules.predicate
def may_decide(member, claim) -> bool:
    """On a new collective its overseers alone; on others also who runs it, and who vouches."""
    if claim is None:
        return False
    if oversees(member, claim.collective):
        return True
    return not claim.is_founding and (
        facilitates(member, claim.collective) or vouches(member, claim.collective)
    )


@rules.predicate
def is_own(member, row) -> bool:
    """The membership, or the claim, is one's own."""
    return row is not None and row.member_id == member.pk


@rules.predicate
def founded(member, collective) -> bool:
    """Handed it in as new."""
    return collective is not None and collective.claims.filter(way=ClaimWay.FOUNDING, member=member).exists()


@rules.predicate
def runs_its_collective(member, membership) -> bool:
    """Looks after the collective of a membership, from inside or outside."""
    return membership is not None and member.has_perm("community.run_collective", membership.collective)


signed_in = rules.is_authenticated & rules.is_active
runs = signed_in & (rules.is_superuser | facilitates | oversees)

rules.add_perm("community.found_collective", signed_in)
rules.add_perm("community.hand_in_again", signed_in & facilitates & founded)
rules.add_perm("community.claim_collective", signed_in & is_published)
rules.add_perm("community.run_collective", runs)
rules.add_perm("community.oversee_collective", signed_in & (rules.is_superuser | oversees))
rules.add_perm("community.decide_claim", signed_in & is_another & (rules.is_superuser | may_decide))
rules.add_perm("community.withdraw_claim", signed_in & is_own)
rules.add_perm("community.change_role", signed_in & runs_its_collective)
rules.add_perm("community.end_membership", signed_in & (is_own | runs_its_collective))
