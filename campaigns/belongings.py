"""What the room holds of a member: ballots with likes, what they nominated and judged, what they decided."""

from collections.abc import Collection
from typing import Any

from django.db.models import F
from django.utils.translation import gettext as _

from community.members.belongings import Belonging
from community.models import Member

from .enums import Phase
from .likes import digests
from .models import Ballot, JuryNote, Like, LikeFlag, Nomination


def given(member: Member) -> dict[str, Any]:
    """Their ballots with the name in the tally, their likes, nominations and notes, flags that they decided."""
    return {
        "ballots": list(member.ballots.values("campaign__slug", "voter", "made_at")),
        "likes": list(
            Like.objects.filter(ballot__member=member).values(
                "at",
                "voided_at",
                "void_reason",
                campaign=F("ballot__campaign__slug"),
                initiative=F("nomination__initiative__uuid"),
            )
        ),
        "nominations": list(
            member.nominations.values(
                "campaign__slug", "initiative__uuid", "pitch", "film", "made_at", "state"
            )
        ),
        "juries": list(member.juries.values("campaign__slug", "since")),
        "jury_notes": list(
            JuryNote.objects.filter(juror__member=member).values(
                "nomination__initiative__uuid", "mark", "text", "at"
            )
        ),
        "flags": list(
            LikeFlag.objects.filter(first_by=member).values(
                "campaign__slug", "kind", "first_says", "decided_at"
            )
        ),
    }


def forget(member: Member, known: Collection[str]) -> None:
    """Their likes stay, without them; while a campaign goes on, their address does not like twice."""
    for ballot in Ballot.objects.filter(member=member).select_related("campaign"):
        ballot.member = None
        is_over = ballot.campaign.phase == Phase.RESULTS
        ballot.address = "" if is_over else _free_address(ballot, member)
        ballot.save(update_fields=["member", "address"])
    Nomination.objects.filter(by=member).update(by=None)


def _free_address(ballot: Ballot, member: Member) -> str:
    """The digest of their address, unless another ballot has it."""
    address = digests.of_address(ballot.campaign_id, member.email)
    others = Ballot.objects.filter(campaign=ballot.campaign_id, address=address).exclude(pk=ballot.pk)
    return ballot.address if others.exists() else address


def warnings(member: Member) -> list[str]:
    """Likes stay."""
    if not member.ballots.exists():
        return []
    return [_("What you liked in campaigns goes on counting, without your name.")]


BELONGING = Belonging("campaigns.json", given, forget, warnings)
