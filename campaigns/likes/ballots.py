"""Ballots: made at a voter's first like, known again afterwards."""

import uuid
from collections.abc import Iterable

from django.db import transaction

from community.members.belongings import addresses
from community.models import Member
from initiatives.enums import ContactKind
from initiatives.models import Contact, Submission

from ..models import Ballot, Nomination
from . import digests
from .disposable import is_disposable


@transaction.atomic
def make(campaign: int, member: Member, network: str) -> None:
    """The ballot of a member, once; one that an address of theirs has made becomes theirs."""
    # Two first likes at once make it one after the other.
    Member.objects.select_for_update(of=("self",), no_key=True).only("pk").get(pk=member.pk)
    if Ballot.objects.filter(campaign=campaign, member=member).exists():
        return
    known = [one for email in addresses(member) for one in digests.all_of_address(campaign, email)]
    before = Ballot.objects.filter(campaign=campaign, member=None, address__in=known)
    if found := before.select_for_update(of=("self",), no_key=True).first():
        found.member = member
        found.save(update_fields=["member"])
        return
    Ballot.objects.create(
        campaign_id=campaign,
        member=member,
        voter=uuid.uuid4(),
        network=network,
        is_disposable=is_disposable(member.email),
    )


def of_address(campaign: int, address: str, network: str, *, disposable: bool) -> Ballot:
    """The ballot of whoever proved an address, by its digest."""
    made, _is_new = Ballot.objects.get_or_create(
        campaign_id=campaign,
        address=address,
        defaults={"voter": uuid.uuid4(), "network": network, "is_disposable": disposable},
    )
    return made


def is_theirs(ballot: Ballot, nomination: Nomination) -> bool:
    """Whether the address of a ballot without an account handed in the initiative, or is its contact."""
    emails: Iterable[str] = [
        *Submission.objects.filter(initiative=nomination.initiative_id).values_list("email", flat=True),
        *Contact.objects.filter(initiative=nomination.initiative_id, kind=ContactKind.EMAIL).values_list(
            "value", flat=True
        ),
    ]
    return any(
        ballot.address in digests.all_of_address(ballot.campaign_id, email) for email in emails if email
    )
