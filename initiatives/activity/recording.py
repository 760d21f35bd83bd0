"""What initiatives give the stream; called by what somebody did, in its transaction."""

from uuid import UUID

from community.activity.actions import record
from community.activity.kinds import Happening
from community.models import Activity, Group, Member
from territories.models import Territory

from ..enums import Verb
from ..models import Exchange, Initiative, Network, StatusChange
from .keys import of_pair

ROOM = "initiatives"
OF_INITIATIVES = (Happening.INITIATIVE, Happening.NAMED)


def note(change: StatusChange) -> None:
    """An initiative came on the map; coming back to it is nothing new."""
    if change.verb == Verb.PUBLISH:
        initiative = change.initiative
        _record(Happening.INITIATIVE, initiative, by=change.by, key=initiative.uuid)


def note_named(initiative: Initiative, group: Group, *, by: Member | None) -> None:
    """An initiative belongs to a group; of a private one its members alone read it."""
    key = of_pair(initiative.uuid, group.pk)
    _record(Happening.NAMED, initiative, by=by, key=key, group=group.pk)


def note_import(network: Network, context: UUID, *, by: Member | None) -> None:
    """A network brought initiatives that are on the map at once: one line with their number."""
    if number := StatusChange.objects.brought().filter(added_in=context).count():
        record(Happening.IMPORT, by=by, room="imports", key=of_pair(context, network.pk), number=number)


def note_exchange(exchange: Exchange) -> None:
    """Somebody offers or looks for something: told where its initiative or collective is, else where its town lies."""
    held = exchange.initiative or exchange.collective
    territory = held.territory_id if held else None
    if not held and exchange.position:
        around = Territory.objects.containing(exchange.position).smallest_first()
        territory = around.values_list("pk", flat=True).first()
    collective = exchange.initiative.collective_id if exchange.initiative else exchange.collective_id
    record(
        Happening(exchange.kind),
        by=exchange.author,
        room="exchange",
        key=exchange.pk,
        collective=collective,
        territory=territory,
    )


def root_anew(initiative: Initiative) -> None:
    """Lines of an initiative lie with the collective that it belongs to now; placing it moves them to its territory."""
    key = str(initiative.uuid)
    rows = Activity.objects.filter(kind__in=OF_INITIATIVES, room=ROOM)
    named = [
        of_pair(initiative.uuid, group) for group in initiative.group_links.values_list("group", flat=True)
    ]
    rows.filter(key__in=[key, *named]).update(collective=initiative.collective_id)


def _record(
    kind: Happening, initiative: Initiative, *, by: Member | None, key: object, group: int | None = None
) -> None:
    record(
        kind,
        by=by,
        room=ROOM,
        key=key,
        group=group,
        collective=initiative.collective_id,
        territory=initiative.territory_id,
    )
