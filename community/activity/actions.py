"""Writing the stream: called by what happened, in its transaction."""

from datetime import timedelta

from django.utils import timezone

from territories.models import Collective

from ..groups.models import Group
from ..members.models import Member
from .kinds import Happening
from .models import Activity

KEPT_FOR = timedelta(days=730)
# What lies where its group is rooted; what an initiative does lies where the initiative does.
OF_GROUPS = (Happening.GROUP, Happening.TOPIC)


def record(
    kind: Happening,
    *,
    by: Member | None,
    room: str,
    key: object,
    group: int | None = None,
    collective: int | None = None,
    territory: int | None = None,
    number: int = 1,
) -> None:
    """A line of what happened; the same thing happens once. Places and the group are given by their keys."""
    line = Activity(
        kind=kind,
        room=room,
        key=str(key),
        number=number,
        by=by,
        group_id=group,
        collective_id=collective,
        territory_id=territory,
    )
    Activity.objects.bulk_create([line], ignore_conflicts=True)


def record_of_group(kind: Happening, group: Group, *, by: Member | None, room: str, key: object) -> None:
    """A line of what a group did, where it is rooted; of a private one there is none."""
    if not group.is_private:
        record(kind, by=by, room=room, key=key, group=group.pk, **_roots(group))


def root_anew(group: Group, **which: object) -> None:
    """Lines of a group, or of a thing that went to it, lie where the group is rooted now."""
    lines = Activity.objects.filter(kind__in=OF_GROUPS, **(which or {"group": group}))
    lines.update(group=group, **{f"{name}_id": key for name, key in _roots(group).items()})


def _roots(group: Group) -> dict[str, int | None]:
    """Keys of the places that a group is rooted in."""
    own = Collective.objects.filter(pk=group.collective_id).values_list("territory", flat=True)
    territory = own.first() if group.collective_id else group.territory_id
    return {"collective": group.collective_id, "territory": territory}


def forget_old() -> int:
    """Delete lines whose time is over; their number."""
    return Activity.objects.filter(at__lt=timezone.now() - KEPT_FOR).delete()[0]
