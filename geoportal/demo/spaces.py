"""Demo spaces, a public and a private one, by everyone's actions; made once, whatever became of them."""

from typing import Any

from community.models import Member, Space
from community.spaces import actions
from community.spaces.enums import SpaceRole

from .content import FOLDER, read
from .people import DOMAIN

FACTS = ("name", "purpose", "language", "is_private", "accent", "query")


def load() -> int:
    """The spaces that are missing; their number."""
    return sum(_make(row) for row in read(FOLDER / "spaces.json"))


def _make(row: dict[str, Any]) -> bool:
    if Space.objects.filter(name=row["name"]).exists():
        return False
    runs = Member.objects.get(email=f"facilitator@{DOMAIN}")
    values = {name: row[name] for name in FACTS}
    space = actions.create(by=None, values=values, email=runs.email, language=row["language"])
    actions.accept(space.invitations.get(), by=runs)
    for name in row["members"]:
        member = Member.objects.get(email=f"{name}@{DOMAIN}")
        invited = actions.invite(
            space, by=runs, email=member.email, role=SpaceRole.MEMBER, language=row["language"]
        )
        actions.accept(invited, by=member)
    return True
