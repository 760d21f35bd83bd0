"""What the page of a collective says of its people."""

from community.collectives import rules
from community.members.enums import CollectiveRole, Visibility
from territories.models import Collective


def its_people(collective: Collective, reader) -> dict:
    """Names of those who run it and show theirs to everyone; what the reader may do for it."""
    running = list(rules.facilitators(collective).select_related("member").order_by("started_on", "pk"))
    shown = [
        row.member
        for row in running
        if row.member.public_name and row.member.public_name_seen_by == Visibility.EVERYONE
    ]
    own = None
    if reader.is_authenticated:
        own = collective.memberships.current().filter(member=reader).first()
    runs = own is not None and own.role == CollectiveRole.FACILITATOR
    return {
        "facilitators": shown,
        "unnamed": len(running) - len(shown),
        "is_run": bool(running),
        "belongs": own is not None,
        "runs": runs or reader.has_perm("community.run_collective", collective),
        "may_claim": not runs,
    }
