"""Demo groups of the sign-ins with what they talk about, by everyone's actions; made once, whatever became of them."""

from datetime import datetime, time, timedelta
from typing import Any

from django.utils import timezone

from community.groups import actions
from community.groups.enums import GroupKind
from community.models import Group, Member
from community.topics import actions as topics
from community.topics.meetings import NONE, Meeting
from community.topics.order import actions as order
from initiatives.groups import actions as naming
from initiatives.models import Initiative
from territories.models import Collective, Territory

from .content import FOLDER, read
from .people import DOMAIN


def load() -> int:
    """The groups that are missing; their number."""
    return sum(_begin(row) for row in read(FOLDER / "groups.json"))


def _member(name: str) -> Member:
    return Member.objects.get(email=f"{name}@{DOMAIN}")


def _begin(row: dict[str, Any]) -> bool:
    animator = _member(row["animator"])
    if Group.objects.filter(name=row["name"], created_by=animator).exists():
        return False
    values = {name: row[name] for name in ("name", "purpose", "language", "kind")}
    values["territory"] = row["territory"] and Territory.objects.get(code=row["territory"])
    values["collective"] = row["collective"] and Collective.objects.get(slug=row["collective"])
    group = actions.create(by=animator, values=values)
    for name in row["members"]:
        _come_in(group, animator, _member(name))
    if row["request"]:
        actions.ask(group, by=_member(row["request"]["by"]), message=row["request"]["message"])
    for slug in row["initiatives"]:
        naming.name_group(Initiative.objects.get(slug=slug), group=group, by=None)
    for topic in row["topics"]:
        _talk(group, topic)
    return True


def _talk(group: Group, row: dict[str, Any]) -> None:
    meeting = _meeting(row["meeting"]) if "meeting" in row else NONE
    begun = topics.begin(
        group, by=_member(row["by"]), title=row["title"], text=row["text"], meeting=meeting
    ).topic
    for reply in row["replies"]:
        topics.reply(begun, by=_member(reply["by"]), text=reply["text"])
    if row["pinned"]:
        order.pin(begun, by=_member(row["by"]))


def _meeting(row: dict[str, Any]) -> Meeting:
    """So many days from now, at an hour by the clock of the site."""
    day = timezone.localdate() + timedelta(days=row["in_days"])
    starts_at = timezone.make_aware(datetime.combine(day, time.fromisoformat(row["at"])))
    return Meeting(starts_at, starts_at + timedelta(hours=row["hours"]), row["place"])


def _come_in(group: Group, animator: Member, member: Member) -> None:
    if group.kind == GroupKind.OPEN:
        actions.join(group, by=member)
    elif group.kind == GroupKind.PUBLIC:
        actions.accept_request(actions.ask(group, by=member), by=animator)
    else:
        invited = actions.invite(
            group, by=animator, email=member.email, role="member", language=member.language
        )
        actions.accept(invited, by=member)
