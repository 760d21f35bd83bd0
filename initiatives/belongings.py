"""What the room holds of a member: the steps they took, the networks they run, their address in former contacts."""

from collections.abc import Collection
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Lower
from django.utils.translation import gettext as _

from community.members.belongings import Belonging, addresses
from community.models import Group, Member

from .enums import VouchKind
from .exchange.talking import belongings as exchange
from .models import (
    Contact,
    DistinctPair,
    Follow,
    InitiativeGroup,
    Network,
    Proposal,
    Report,
    ReviewClaim,
    ReviewScope,
    StatusChange,
    Submission,
    UpkeepRequest,
    Vouch,
)


def given(member: Member) -> dict[str, Any]:
    """What the member made or changed, newest first, and the networks they run."""
    steps = StatusChange.objects.filter(by=member).values_list(
        "initiative__uuid", "verb", "from_status", "to_status", "at", "reason"
    )
    names = ("initiative", "verb", "from_status", "to_status", "at", "reason")
    return {
        "steps": [dict(zip(names, step)) for step in steps],
        "networks": list(member.stewarded_networks.values("slug", "name")),
        "review_scopes": list(
            member.review_scopes.values("territory__code", "collective__slug", "network__slug")
        ),
        "submissions": list(
            _submissions(addresses(member)).values("initiative__uuid", "email", "language", "handed_in_at")
        ),
        "proposals": list(
            _proposals(member, addresses(member)).values(
                "initiative__uuid", "values", "message", "email", "language", "made_at", "state", "reason"
            )
        ),
        "reports": list(
            _reports(member, addresses(member)).values(
                "initiative__uuid",
                "kind",
                "message",
                "other__uuid",
                "email",
                "language",
                "made_at",
                "state",
                "answer",
            )
        ),
        "vouches": list(
            Vouch.objects.filter(member=member).values("initiative__uuid", "kind", "at", "of", "reason")
        ),
        "follows": list(
            Follow.objects.filter(member=member).values("query", "initiative__uuid", "frequency", "made_at")
        ),
        "groups_named": list(
            InitiativeGroup.objects.filter(by=member, group__in=Group.objects.visible_to(member)).values(
                "initiative__uuid", "group__slug", "since"
            )
        ),
        "told_apart": list(
            DistinctPair.objects.filter(by=member).values("lower__uuid", "higher__uuid", "at")
        ),
        "still_right": list(
            _asked(member, addresses(member)).values(
                "initiative__uuid", "asked_at", "answered_at", "answer", "note"
            )
        ),
        **exchange.given(member),
    }


def _proposals(member: Member, known: Collection[str]) -> QuerySet[Proposal]:
    return Proposal.objects.annotate(address=Lower("email")).filter(Q(by=member) | Q(address__in=known))


def _reports(member: Member, known: Collection[str]) -> QuerySet[Report]:
    return Report.objects.annotate(address=Lower("email")).filter(Q(by=member) | Q(address__in=known))


def _submissions(known: Collection[str]) -> QuerySet[Submission]:
    return Submission.objects.annotate(address=Lower("email")).filter(address__in=known)


def _asked(member: Member, known: Collection[str]) -> QuerySet[UpkeepRequest]:
    return UpkeepRequest.objects.filter(Q(member=member) | Q(submission__in=_submissions(known)))


def forget(member: Member, known: Collection[str]) -> None:
    """Nothing here is theirs any more, no answer goes to their address, former contacts no longer tell it."""
    member.stewarded_networks.clear()
    # An account is emptied, not deleted: nothing goes with it by itself.
    _asked(member, known).delete()
    _submissions(known).delete()
    _proposals(member, known).update(by=None, email="", letterbox=None)
    _reports(member, known).update(by=None, email="")
    # An objection stays without its name, so that nothing is published because somebody left.
    Vouch.objects.filter(member=member).exclude(kind=VouchKind.OBJECTION).delete()
    Vouch.objects.filter(member=member).update(member=None)
    ReviewScope.objects.filter(member=member).delete()
    Follow.objects.filter(member=member).delete()
    ReviewClaim.objects.filter(member=member).delete()
    exchange.forget(member)
    versions = Contact.pgh_event_model.objects.annotate(address=Lower("value"))
    versions.filter(address__in=known).delete()


def warnings(member: Member) -> list[str]:
    """Networks that nobody else runs, initiatives that give the member's address as their own, offers that go."""
    others = Network.stewards.through.objects.filter(network=OuterRef("pk")).exclude(member=member)
    told = [
        _("%(name)s is left without a steward: nobody else is one.") % {"name": network.name}
        for network in member.stewarded_networks.filter(~Exists(others))
    ]
    contacts = Contact.objects.annotate(address=Lower("value")).filter(address__in=addresses(member))
    told += [
        _("%(name)s goes on giving your address as its contact: have it changed first, if it is your own.")
        % {"name": contact.initiative.name}
        for contact in contacts.select_related("initiative")
    ]
    return told + exchange.warnings(member)


BELONGING = Belonging("initiatives.json", given, forget, warnings)
