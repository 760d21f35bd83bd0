"""What the page of a group says of its people, and what the reader may do."""

from typing import Any

from . import rules
from .enums import GroupRole
from .models import Group

FACES = 5
# More people who run a group are not named.
MOST = 20


def aside(group: Group, reader) -> dict[str, Any]:
    """Number of members, names of those who run it and show them, and how the reader stands to it."""
    own = rules.membership_of(reader, group)
    number = group.memberships.count()
    # Those who run it come first.
    rows = list(group.memberships.named().select_related("member").order_by("role", "joined_at", "pk")[:MOST])
    faces = [row.member for row in rows[:FACES]]
    waiting = None
    if own is None and reader.is_authenticated:
        waiting = group.requests.filter(member=reader).first()
    asks = not waiting and rules.may(reader, "ask_to_join_group", group)
    runs = rules.may(reader, "run_group", group)
    return {
        "members": number,
        "faces": faces,
        "more": number - len(faces),
        "animators": [row.member for row in rows if row.role == GroupRole.ANIMATOR and row.member.is_active],
        "own": own,
        "waiting": waiting,
        "may_join": rules.may(reader, "join_group", group),
        "may_ask": asks,
        "may_leave": own is not None,
        "may_run": runs,
        "asking": group.requests.count() if runs else 0,
        "may_archive": rules.may(reader, "archive_group", group),
        "frequency": own.get_frequency_display() if own else "",
    }
