"""What each room holds of a member: how it is given to them, told before they leave, and forgotten.

A higher room registers its own when its app is ready.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.db.models import F, Q
from django.utils.translation import gettext as _

from territories.models import Territory

from ..activity import belongings as activity
from ..collectives import belongings as collectives
from ..collectives.models import CollectiveClaim
from ..groups import belongings as groups
from ..groups.models import GroupMembership, GroupRequest
from ..ledger import belongings as ledger
from ..letters import boxes
from ..letters.enums import Kind
from ..privacy import consents
from ..relay import belongings as relay
from ..spaces import belongings as spaces
from ..spaces.models import SpaceMembership
from ..topics import belongings as topics
from .models import CONSENTS, PROFILE, AccessToken, CollectiveMembership, Member

# Of the row itself; the rest of it are keys, rights and secrets.
ACCOUNT = ("uuid", "email", "language", "roles", "is_staff", "date_joined", "last_login")


@dataclass(frozen=True)
class Belonging:
    """What one room holds of a member."""

    # Name of the file in which it is given.
    file: str
    given: Callable[[Member], dict[str, Any]]
    # With all e-mail addresses that the member had here.
    forget: Callable[[Member, Collection[str]], None]
    # Sentences about what will be missing, or stays.
    warnings: Callable[[Member], list[str]]


_registered: dict[str, Belonging] = {}


def register(belonging: Belonging) -> None:
    """Add what a room holds."""
    _registered[belonging.file] = belonging


def registered() -> list[Belonging]:
    """What all rooms hold."""
    return list(_registered.values())


def addresses(member: Member) -> set[str]:
    """All e-mail addresses of a member, in small letters."""
    return {member.email, *(one.lower() for one in member.emailaddress_set.values_list("email", flat=True))}


def given(member: Member) -> dict[str, Any]:
    """The account and all that hangs on it, without secrets."""
    return {
        "account": {name: getattr(member, name) for name in ACCOUNT},
        "profile": {
            name: {"value": _plain(getattr(member, name)), "seen_by": getattr(member, f"{name}_seen_by")}
            for name in PROFILE
        },
        "agreed_to": {name: getattr(member, name) for name in CONSENTS},
        **consents.given(member),
        **relay.given(member),
        **ledger.given(member),
        **activity.given(member),
        "email_addresses": list(member.emailaddress_set.values("email", "verified", "primary")),
        "collectives": list(
            member.collective_memberships.values(
                "collective__slug", "collective__name", "role", "started_on", "ended_on"
            )
        ),
        **collectives.given(member, addresses(member)),
        **groups.given(member, addresses(member)),
        **spaces.given(member, addresses(member)),
        **topics.given(member),
        "access_tokens": list(member.access_tokens.values("name", "created_at", "last_used_on")),
        "wants_yearly_question": not boxes.silent_among([member.email]),
        "wants_to_know_what_waits": not boxes.silent_among([member.email], Kind.DESK),
        "second_factors": list(
            Authenticator.objects.filter(user=member).values(
                "type", "created_at", "last_used_at", name=F("data__name")
            )
        ),
        "sessions": list(
            UserSession.objects.filter(user=member).values("created_at", "last_seen_at", "ip", "user_agent")
        ),
    }


def _plain(value: Any) -> Any:
    return value.code if isinstance(value, Territory) else value


def forget(member: Member, known: Collection[str]) -> None:
    """Take away all that hangs on an account, and its name in the journal of the administration."""
    _forget_journal(member, known)
    collectives.forget(member, known)
    groups.forget(member, known)
    spaces.forget(member, known)
    topics.forget(member)
    relay.forget(member)
    ledger.forget(member)
    activity.forget(member)
    consents.forget(member)
    sessions = UserSession.objects.filter(user=member)
    Session.objects.filter(session_key__in=list(sessions.values_list("session_key", flat=True))).delete()
    sessions.delete()
    for rows in (
        member.access_tokens,
        member.collective_memberships,
        member.emailaddress_set,
        Authenticator.objects.filter(user=member),
    ):
        rows.all().delete()
    boxes.forget(known)
    member.groups.clear()
    member.user_permissions.clear()


def _forget_journal(member: Member, known: Collection[str]) -> None:
    """The administration notes what it changed by its name, and parts of a member by theirs."""
    named = Q(object_repr__in=known) | Q(object_repr__startswith=f"{member} · ")
    for model, keys in {
        Member: [member.pk],
        AccessToken: member.access_tokens.values_list("pk", flat=True),
        CollectiveClaim: member.collective_claims.values_list("pk", flat=True),
        CollectiveMembership: member.collective_memberships.values_list("pk", flat=True),
        GroupMembership: member.group_memberships.values_list("pk", flat=True),
        GroupRequest: member.group_requests.values_list("pk", flat=True),
        SpaceMembership: member.space_memberships.values_list("pk", flat=True),
        EmailAddress: member.emailaddress_set.values_list("pk", flat=True),
        Authenticator: Authenticator.objects.filter(user=member).values_list("pk", flat=True),
    }.items():
        kind = ContentType.objects.get_for_model(model)
        named |= Q(content_type=kind, object_id__in=[str(key) for key in keys])
    LogEntry.objects.filter(named).update(object_repr="", change_message="")


def warnings(member: Member) -> list[str]:
    """Collectives, groups and spaces that nobody else runs, posts that stay."""
    alone = CollectiveMembership.objects.facilitated_alone(member).select_related("collective")
    told = [
        _("%(name)s is left without facilitation: nobody else does it.") % {"name": one.collective.name}
        for one in alone
    ]
    return told + groups.warnings(member) + spaces.warnings(member) + topics.warnings(member)


register(Belonging("member.json", given, forget, warnings))
