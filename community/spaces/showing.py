"""What the page of a space says of its people, groups and topics, as far as the reader may know of them."""

from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from ..groups.models import Group
from ..topics import showing as topics
from ..topics.models import Topic
from . import rules
from .models import Space

MOST_PEOPLE = 24
MOST_GROUPS = 50
MOST_TOPICS = 5


def people(space: Space, reader) -> dict[str, Any]:
    """All of them for its members, for others those who show their name to everyone; those who run it come first."""
    rows = space.memberships.select_related("member").order_by("role", "member__public_name", "pk")
    if not rules.may(reader, "see_space_members", space):
        rows = rows.named()
    shown = list(rows[:MOST_PEOPLE])
    number = space.memberships.count()
    return {"shown": shown, "number": number, "more": number - len(shown)}


def groups(space: Space, reader) -> QuerySet[Group]:
    """Its groups where something goes on, those of the reader first.

    Who runs the space knows that each of them is there; `is_closed` are those that they may not enter all the same.
    """
    rows = Group.objects.filter(space=space).active()
    entered = rows.visible_to(reader)
    shown = rows if rules.may(reader, "see_space_groups", space) else entered
    return shown.annotate(is_closed=~Exists(entered.filter(pk=OuterRef("pk")))).own_first(reader)


def latest(rows: QuerySet[Group], reader) -> list[topics.ShownTopic]:
    """The newest topics of those groups that the reader may enter."""
    found = (
        Topic.objects.filter(group__in=rows.filter(is_closed=False).order_by().values("pk"))
        .for_lists()
        .select_related("group")
    )
    return topics.topics(found.order_by("-last_post_at", "-pk")[:MOST_TOPICS], reader)


def rights(space: Space, reader) -> dict[str, bool]:
    """Which buttons the reader gets."""
    return {
        "runs": rules.may(reader, "run_space", space),
        "archives": rules.may(reader, "archive_space", space),
        "leaves": rules.may(reader, "leave_space", space),
        "begins_groups": rules.may(reader, "add_group_to_space", space),
    }
