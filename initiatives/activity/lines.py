"""Lines of the stream with what they are about, looked up as it is now: one statement for each kind of thing."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

from community.activity.kinds import Happening
from community.models import Activity, Group, Topic
from territories.enums import CollectiveStatus
from territories.models import Collective

from ..models import Exchange, Initiative, Network
from . import words
from .keys import number_of, uuid_of


@dataclass(frozen=True)
class Thing:
    """What a line is about: its name and page, and the place where it is."""

    title: str
    address: str
    place: str = ""

    def __html__(self) -> str:
        return format_html('<a href="{}"><strong>{}</strong></a>', self.address, self.title)


@dataclass(frozen=True)
class Line:
    """One line: the thing, the group that it has to do with, and how many it is about."""

    pk: int
    kind: Happening
    at: datetime
    thing: Thing
    group: Thing | None = None
    number: int = 1

    @property
    def day(self) -> date:
        """Where the reader is."""
        return timezone.localtime(self.at).date()

    @property
    def text(self) -> str:
        """The sentence."""
        group = self.group.title if self.group else ""
        return words.sentence(self.kind, self.number) % self._told(self.thing.title, group)

    @property
    def html(self) -> SafeString:
        """The same with links."""
        pattern = str(escape(words.sentence(self.kind, self.number)))
        group = self.group.__html__() if self.group else ""
        return mark_safe(pattern % self._told(self.thing.__html__(), group))

    def _told(self, thing: str, group: str) -> dict[str, str | int]:
        return {"thing": thing, "group": group, "n": self.number}


def looked_up(rows: Sequence[Activity]) -> list[Line]:
    """Rows as lines; what went away since they were read is left out."""
    kinds = {kind: [row for row in rows if row.kind == kind] for kind in Happening}
    about = [*kinds[Happening.INITIATIVE], *kinds[Happening.NAMED]]
    initiatives = _initiatives({uuid_of(row.key) for row in about})
    groups = _groups(kinds)
    exchanged = [*kinds[Happening.OFFER], *kinds[Happening.NEED]]
    exchanges = _exchanges({number_of(row.key) for row in exchanged})
    things = {
        Happening.INITIATIVE: initiatives,
        Happening.NAMED: initiatives,
        Happening.IMPORT: _networks({number_of(row.key) for row in kinds[Happening.IMPORT]}),
        Happening.COLLECTIVE: _collectives({number_of(row.key) for row in kinds[Happening.COLLECTIVE]}),
        Happening.GROUP: groups,
        Happening.TOPIC: _topics({number_of(row.key) for row in kinds[Happening.TOPIC]}),
        Happening.OFFER: exchanges,
        Happening.NEED: exchanges,
    }
    lines = []
    for row in rows:
        kind = Happening(row.kind)
        thing = things[kind].get(uuid_of(row.key) if kind in words.OF_INITIATIVES else number_of(row.key))
        group = groups.get(row.group_id) if kind in words.IN_GROUPS else None
        if thing and (group or kind not in words.IN_GROUPS):
            lines.append(Line(row.pk, kind, row.at, thing, group, row.number))
    return lines


def _initiatives(keys: Iterable) -> dict:
    if not keys:
        return {}
    rows = Initiative.objects.published().filter(uuid__in=keys)
    rows = rows.only("uuid", "slug", "name", "public_locality")
    return {row.uuid: Thing(row.name, row.get_absolute_url(), row.public_locality) for row in rows}


def _networks(keys: Iterable) -> dict:
    if not keys:
        return {}
    rows = Network.objects.filter(pk__in=keys)
    return {row.pk: Thing(row.name, row.get_absolute_url()) for row in rows}


def _collectives(keys: Iterable) -> dict:
    if not keys:
        return {}
    rows = Collective.objects.published().filter(pk__in=keys).select_related("territory")
    rows = rows.defer("perimeter", "territory__boundary", "territory__search_names")
    return {row.pk: Thing(row.name, row.get_absolute_url(), row.territory.name) for row in rows}


def _groups(kinds: dict[Happening, list[Activity]]) -> dict:
    """Groups that began, and those that lines of other things name."""
    keys = {number_of(row.key) for row in kinds[Happening.GROUP]}
    keys |= {row.group_id for kind in words.IN_GROUPS for row in kinds[kind]}
    if not keys:
        return {}
    rows = Group.objects.filter(pk__in=keys).select_related("territory", "collective")
    rows = rows.defer("territory__boundary", "territory__search_names", "collective__perimeter")
    return {row.pk: Thing(row.name, row.get_absolute_url(), _roots(row)) for row in rows}


def _roots(group: Group) -> str:
    """The name of what a group is rooted in; a collective that is not published is not named."""
    if group.territory:
        return group.territory.name
    collective = group.collective
    return collective.name if collective and collective.status == CollectiveStatus.PUBLISHED else ""


def _topics(keys: Iterable) -> dict:
    if not keys:
        return {}
    rows = Topic.objects.filter(pk__in=keys).select_related("group").defer("search")
    return {row.pk: Thing(row.title, row.get_absolute_url()) for row in rows}


def _exchanges(keys: Iterable) -> dict:
    if not keys:
        return {}
    rows = Exchange.objects.shown().filter(pk__in=keys).only("title", "locality")
    return {row.pk: Thing(row.title, row.get_absolute_url(), row.locality) for row in rows}
