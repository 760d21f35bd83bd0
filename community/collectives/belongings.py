"""What collectives hold of a member besides their memberships: what they claimed, to what they are invited."""

from collections.abc import Collection
from typing import Any

from django.db.models import QuerySet
from django.db.models.functions import Lower

from ..members.models import Member
from .models import CollectiveClaim, Invitation


def _to(known: Collection[str]) -> QuerySet[Invitation]:
    return Invitation.objects.annotate(address=Lower("email")).filter(address__in=known)


def given(member: Member, known: Collection[str]) -> dict[str, Any]:
    """Their claims with the answers, and invitations to their addresses."""
    return {
        "claims": list(
            member.collective_claims.values(
                "collective__slug", "way", "email", "message", "made_at", "confirmed_at", "state", "reason"
            )
        ),
        "invitations": list(_to(known).values("collective__slug", "email", "role", "made_at", "expires_at")),
    }


def forget(member: Member, known: Collection[str]) -> None:
    """Nothing is claimed by them, nobody is invited by them or at their addresses, none of which proves anything."""
    member.collective_claims.all().delete()
    _to(known).delete()
    Invitation.objects.filter(by=member).update(by=None)
    claims = CollectiveClaim.objects.annotate(address=Lower("email"))
    claims.filter(address__in=known).update(email="")
