"""A collective comes on the map: through a claim that is accepted, or in the administration."""

from territories.models import Collective

from ..activity.actions import record
from ..activity.kinds import Happening
from ..members.models import Member


def tell_published(collective: Collective, *, by: Member | None) -> None:
    """A line in the stream, in the transaction that publishes; coming back to the map is nothing new."""
    record(
        Happening.COLLECTIVE,
        by=by,
        room="collectives",
        key=collective.pk,
        collective=collective.pk,
        territory=collective.territory_id,
    )
