"""What initiatives give the stream; called by what somebody did, in its transaction."""

from uuid import UUID

from community.activity.actions import record
from community.activity.kinds import Happening
from community.models import Group, Member

from ..enums import Verb
from ..models import Initiative, Network, StatusChange
from .keys import of_pair


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
    """A network brought initiatives, however many, that are on the map at once."""
    added = StatusChange.objects.brought().filter(added_in=context)
    if added.exists():
        record(Happening.IMPORT, by=by, room="imports", key=of_pair(context, network.pk))


def _record(
    kind: Happening, initiative: Initiative, *, by: Member | None, key: object, group: int | None = None
) -> None:
    record(
        kind,
        by=by,
        room="initiatives",
        key=key,
        group=group,
        collective=initiative.collective_id,
        territory=initiative.territory_id,
    )
