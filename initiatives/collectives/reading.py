"""Which collectives and claims concern a member; says the same as the rights."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from community.collectives.enums import ClaimState, ClaimWay
from community.members.enums import CollectiveRole, Role
from community.models import CollectiveClaim, CollectiveMembership, Member
from territories.models import Collective

from ..models import Initiative

# Up to three levels, as on the page of a territory.
TERRITORIES = (
    "territory",
    "territory__parent",
    "territory__parent__parent",
    "territory__parent__parent__parent",
)


def _own_initiatives() -> QuerySet[Initiative]:
    return Initiative.objects.published().filter(collective=OuterRef("pk"), memberships__until=None)


def overseen_by(member: Member) -> QuerySet[Collective]:
    """That a moderator looks after: rooted in their territories, named, or with initiatives of their networks.

    Territories count with what lies inside. One of a whole country is not for whoever looks after a region of it.
    """
    rows = Collective.objects.all()
    if member.is_superuser:
        return rows
    if not member.has_role(Role.MODERATOR):
        return rows.none()
    scopes = list(member.review_scopes.values_list("territory_id", "collective_id", "network_id"))
    if not scopes:
        return rows
    territories, collectives, networks = ([pk for pk in kind if pk] for kind in zip(*scopes))
    allowed = Q(pk__in=collectives)
    for path in TERRITORIES:
        allowed |= Q(**{f"{path}__in": territories})
    if networks:
        allowed |= Exists(_own_initiatives().filter(memberships__network__in=networks))
    return rows.filter(allowed)


def known_to(member: Member) -> QuerySet[Collective]:
    """Whose published initiatives belong to a network that the member runs."""
    return Collective.objects.filter(Exists(_own_initiatives().filter(memberships__network__stewards=member)))


def _waiting(member: Member) -> QuerySet[CollectiveClaim]:
    rows = CollectiveClaim.objects.waiting().exclude(member=member)
    return rows.select_related("collective__territory", "member").defer(
        "collective__perimeter", "collective__territory__boundary"
    )


def overseen_claims(member: Member) -> QuerySet[CollectiveClaim]:
    """That wait for a moderator."""
    return _waiting(member).filter(collective__in=overseen_by(member).values("pk"))


def _refusals() -> QuerySet[CollectiveClaim]:
    return CollectiveClaim.objects.filter(way=ClaimWay.FOUNDING, state=ClaimState.REFUSED)


def with_refusals(rows: QuerySet[CollectiveClaim]) -> QuerySet[CollectiveClaim]:
    """Adds `was_refused`: whether it is a new collective that was refused before."""
    former = _refusals().filter(collective=OuterRef("collective"))
    return rows.annotate(was_refused=Q(way=ClaimWay.FOUNDING) & Exists(former))


def former_refusals(claim: CollectiveClaim) -> QuerySet[CollectiveClaim]:
    """Of a new collective: what was answered before, the newest first."""
    rows = _refusals().filter(collective=claim.collective_id, pk__lt=claim.pk)
    return rows.select_related("decided_by") if claim.is_founding else rows.none()


def known_claims(member: Member) -> QuerySet[CollectiveClaim]:
    """That a steward can vouch for; new collectives have no initiatives that anyone would know."""
    return (
        _waiting(member).exclude(way=ClaimWay.FOUNDING).filter(collective__in=known_to(member).values("pk"))
    )


def asked_claims(member: Member) -> QuerySet[CollectiveClaim]:
    """That wait for somebody who runs the collective, or a network of its initiatives."""
    running = CollectiveMembership.objects.current().filter(member=member, role=CollectiveRole.FACILITATOR)
    mine = Q(collective__in=running.values("collective")) | Q(collective__in=known_to(member).values("pk"))
    return _waiting(member).exclude(way=ClaimWay.FOUNDING).filter(mine)
