"""Reading the stream: which lines a reader may know of, page by page; what is not public now is not there.

The things say whether they are public, in the statement that reads the lines: a page is full however much is hidden.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, OuterRef, Q, QuerySet

from community.activity.kinds import Happening
from community.activity.querysets import ActivityQuerySet
from community.models import Activity, Group, Member, Topic
from geo.statements import one_moment
from territories.models import Collective, Territory

from ..models import Exchange, Identity, Initiative, InitiativeGroup, StatusChange
from .keys import number_in_sql, uuid_in_sql
from .lines import Line, looked_up

PAGE_SIZE = 50
LATELY = 5
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Cursor(NamedTuple):
    """The last line of a page."""

    at: datetime
    pk: int

    def __str__(self) -> str:
        return f"{(self.at - EPOCH) // timedelta(microseconds=1)}-{self.pk}"

    @classmethod
    def parse(cls, text: str) -> "Cursor":
        """ValueError for what is none of ours."""
        at, _dash, pk = text.partition("-")
        if not all(part.isascii() and part.isdigit() and len(part) <= 17 for part in (at, pk)):
            raise ValueError(text)
        return cls(EPOCH + timedelta(microseconds=int(at)), int(pk))


@dataclass(frozen=True)
class Page:
    """Some lines of a stream, and where the next page begins; None where there is none."""

    lines: list[Line]
    following: Cursor | None


def stream(
    reader: Member | AnonymousUser,
    *,
    territory: Territory | None = None,
    collective: Collective | None = None,
    group: Group | None = None,
    after: Cursor | None = None,
    most: int = PAGE_SIZE,
) -> Page:
    """What happened, newest first, of the site or of a territory, a collective, a group, after a line.

    Private groups show on their own stream alone, to those who may know of them.
    """
    rows = Activity.objects.newest_first()
    initiatives = Initiative.objects.published()
    # Where a line lay when it was written makes it quick to find; an initiative says itself where it lies today.
    if territory:
        rows, initiatives = rows.inside(territory), initiatives.in_territories([territory.pk])
    if collective:
        rows, initiatives = rows.of_collective(collective), initiatives.filter(collective=collective)
    groups = Group.objects.shown()
    is_whole = not (territory or collective or group)
    if group:
        rows, groups = rows.filter(group=group), Group.objects.visible_to(reader).filter(pk=group.pk)
    if after:
        rows = rows.before(after.at, after.pk)
    # What was public for one statement is so for the next.
    with one_moment():
        found = list(_public(rows, initiatives, groups, is_whole=is_whole)[: most + 1])
        lines = looked_up(found[:most])
    last = found[most - 1] if len(found) > most else None
    return Page(lines, Cursor(last.at, last.pk) if last else None)


def lately(*, territory: Territory | None = None, collective: Collective | None = None) -> list[Line]:
    """The first lines for the page of a place, as everyone reads them."""
    return stream(AnonymousUser(), territory=territory, collective=collective, most=LATELY).lines


def _public(
    rows: ActivityQuerySet, initiatives: QuerySet, groups: QuerySet, *, is_whole: bool
) -> ActivityQuerySet:
    """Lines whose things are among those that may be shown."""
    keys, uuid, number = groups.values("pk"), OuterRef("_uuid"), OuterRef("_number")
    named = InitiativeGroup.objects.filter(group=OuterRef("group"), group__in=keys, initiative__uuid=uuid)
    # The whole stream fills a page at once: a range of one is looked up line by line, while the planner
    # would read every initiative and topic before the first line to compare with all of them.
    is_it = {"uuid__range": (uuid, uuid)} if is_whole else {"uuid": uuid}
    is_numbered = {"pk__range": (number, number)} if is_whole else {"pk": number}
    initiative = Exists(initiatives.filter(**is_it))
    steps = StatusChange.objects.brought().filter(
        initiative=OuterRef("initiative"), added_in=OuterRef("added_in")
    )
    brought = Identity.objects.filter(added_in=uuid, initiative__in=initiatives.values("pk"))
    topics = Topic.objects.opened().filter(**is_numbered, group=OuterRef("group"), group__in=keys)
    exchanges = Exchange.objects.shown().filter(**is_numbered)
    return rows.alias(_uuid=uuid_in_sql(), _number=number_in_sql()).filter(
        Q(initiative, kind=Happening.INITIATIVE)
        | Q(initiative, Exists(named), kind=Happening.NAMED)
        | Q(Exists(brought.filter(Exists(steps))), kind=Happening.IMPORT)
        | Q(Exists(Collective.objects.published().filter(pk=number)), kind=Happening.COLLECTIVE)
        | Q(Exists(groups.filter(**is_numbered)), kind=Happening.GROUP)
        | Q(Exists(topics), kind=Happening.TOPIC)
        | Q(Exists(exchanges), kind__in=(Happening.OFFER, Happening.NEED))
    )
