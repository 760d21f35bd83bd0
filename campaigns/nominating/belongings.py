"""What campaigns hold of a member besides their likes: nominations, what they said in a jury."""

from collections.abc import Collection
from typing import Any

from community.members.belongings import Belonging
from community.models import Member

from ..models import CampaignChange, Conflict, Juror, JuryNote, Nomination


def given(member: Member) -> dict[str, Any]:
    """What they put forward, answered, judged and changed."""
    return {
        "nominations": list(
            Nomination.objects.filter(by=member).values(
                "campaign__slug", "initiative__uuid", "state", "pitch", "language", "film", "made_at"
            )
        ),
        "nominations_answered": list(
            Nomination.objects.filter(answered_by=member).values(
                "campaign__slug", "initiative__uuid", "state", "answered_at"
            )
        ),
        "juries": list(member.juries.values("campaign__slug", "since")),
        "jury_notes": list(
            JuryNote.objects.filter(juror__member=member).values(
                "nomination__initiative__uuid", "mark", "text", "at"
            )
        ),
        "conflicts_of_interest": list(
            Conflict.objects.filter(juror__member=member).values(
                "nomination__initiative__uuid", "reason", "at"
            )
        ),
        "campaign_changes": list(
            CampaignChange.objects.filter(by=member).values("campaign__slug", "field", "reason", "at")
        ),
    }


def forget(member: Member, known: Collection[str]) -> None:
    """Nominations and changes stay without a name; they are in no jury, and their marks are gone."""
    Nomination.objects.filter(by=member).update(by=None)
    Nomination.objects.filter(answered_by=member).update(answered_by=None)
    CampaignChange.objects.filter(by=member).update(by=None)
    Juror.objects.filter(member=member).delete()


def warnings(member: Member) -> list[str]:
    """Nothing is left without somebody."""
    return []


BELONGING = Belonging("nominations.json", given, forget, warnings)
