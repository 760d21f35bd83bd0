"""What the relay holds of a member: with whom they wrote and when, whom they blocked, what they reported."""

from typing import Any

from django.db.models import Q

from ..members.models import Member
from .models import Block, MemberReport, RelayedMessage


def given(member: Member) -> dict[str, Any]:
    """Messages without their text, which is not kept; nothing of who blocked them, or reported them."""
    return {
        "messages_written": list(member.written.values("receiver__uuid", "at")),
        "messages_received": list(member.received.values("sender__uuid", "at")),
        "blocked": list(member.blocks.values("blocked__uuid", "at")),
        "members_reported": list(
            MemberReport.objects.filter(by=member).values("about__uuid", "reason", "made_at", "closed_at")
        ),
    }


def forget(member: Member) -> None:
    """Messages, blocks and what others said of them go; what they reported stays without their name."""
    RelayedMessage.objects.filter(Q(sender=member) | Q(receiver=member)).delete()
    Block.objects.filter(Q(by=member) | Q(blocked=member)).delete()
    MemberReport.objects.filter(about=member).delete()
    MemberReport.objects.filter(by=member).update(by=None)
