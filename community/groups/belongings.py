"""What groups hold of a member: where they belong, what they asked for, to what they are invited."""

from collections.abc import Collection
from typing import Any

from django.db.models import QuerySet
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext as _

from ..members.models import Member
from .models import Group, GroupInvitation


def _to(known: Collection[str]) -> QuerySet[GroupInvitation]:
    return GroupInvitation.objects.annotate(address=Lower("email")).filter(address__in=known)


def given(member: Member, known: Collection[str]) -> dict[str, Any]:
    """Their groups with how much mail they want, what they asked for, and invitations to their addresses."""
    return {
        "groups": list(
            member.group_memberships.values("group__slug", "group__name", "role", "frequency", "joined_at")
        ),
        "groups_begun": list(Group.objects.filter(created_by=member).values("slug", "name", "created_at")),
        "group_requests": list(member.group_requests.values("group__slug", "message", "made_at")),
        "group_invitations": list(_to(known).values("group__slug", "email", "role", "made_at", "expires_at")),
    }


def forget(member: Member, known: Collection[str]) -> None:
    """They belong nowhere and are invited nowhere; what they alone were in is put away."""
    alone = Group.objects.active().filter(memberships__member=member)
    keys = list(
        alone.select_for_update(of=("self",), no_key=True).order_by("pk").values_list("pk", flat=True)
    )
    member.group_memberships.all().delete()
    member.group_requests.all().delete()
    _to(known).delete()
    GroupInvitation.objects.filter(by=member).update(by=None)
    empty = Group.objects.filter(pk__in=keys, memberships=None)
    empty.update(archived_at=timezone.now())


def warnings(member: Member) -> list[str]:
    """Groups that nobody else runs."""
    alone = member.group_memberships.animated_alone(member).select_related("group")
    return [_("%(name)s: nobody else runs this group.") % {"name": one.group.name} for one in alone]
