"""What spaces hold of a member: where they belong, what they put there, and to what they are invited."""

from collections.abc import Collection
from typing import Any

from django.db.models import QuerySet
from django.db.models.functions import Lower
from django.utils.translation import gettext as _

from ..members.models import Member
from .models import SpaceInvitation
from .resources.models import SpaceResource


def _to(known: Collection[str]) -> QuerySet[SpaceInvitation]:
    return SpaceInvitation.objects.annotate(address=Lower("email")).filter(address__in=known)


def given(member: Member, known: Collection[str]) -> dict[str, Any]:
    """Their spaces, what they put there, and invitations to their addresses."""
    return {
        "spaces": list(member.space_memberships.values("space__slug", "space__name", "role", "joined_at")),
        "space_resources": list(
            SpaceResource.objects.filter(by=member).values("space__name", "title", "url", "name", "added_at")
        ),
        "space_invitations": list(_to(known).values("space__name", "email", "role", "made_at", "expires_at")),
    }


def forget(member: Member, known: Collection[str]) -> None:
    """They belong nowhere and are invited nowhere; what they put into a space is the space's."""
    member.space_memberships.all().delete()
    _to(known).delete()
    SpaceInvitation.objects.filter(by=member).update(by=None)
    SpaceResource.objects.filter(by=member).update(by=None)


def warnings(member: Member) -> list[str]:
    """Spaces that nobody else runs."""
    alone = member.space_memberships.facilitated_alone(member).select_related("space")
    return [_("%(name)s: nobody else runs this space.") % {"name": one.space.name} for one in alone]
