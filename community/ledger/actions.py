"""Writing the ledger: called by what somebody did, in its transaction."""

from datetime import datetime

from django.utils import timezone

from territories.models import Collective, Territory

from ..members.models import Member
from .kinds import KINDS, Kind
from .models import Contribution


def record(
    kind: Kind,
    *,
    by: Member | None,
    room: str,
    key: object,
    collective: Collective | int | None = None,
    territory: Territory | int | None = None,
    at: datetime | None = None,
) -> None:
    """A line for a member: one alone for the same kind and thing; nothing where nobody is known or the account is gone.

    Places may be given by their keys, so that nothing is read for them.
    """
    if by is None or not by.is_active:
        return
    line = Contribution(
        member=by,
        kind=kind,
        at=at or timezone.now(),
        room=room,
        key=str(key),
        weight=KINDS[kind].weight,
        collective_id=_key(collective),
        territory_id=_key(territory),
    )
    Contribution.objects.bulk_create([line], ignore_conflicts=True)


def _key(place: Collective | Territory | int | None) -> int | None:
    return place.pk if isinstance(place, Collective | Territory) else place
