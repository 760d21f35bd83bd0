"""`?as_of=` of a whole set: there is none but what snapshots keep."""

from django.http import QueryDict

from geo.errors import InvalidParameterError

from ..api_history import NAME, moment_of
from . import reading


def refuse_as_of(data: QueryDict) -> None:
    """A whole set has no former moments but those of snapshots: InvalidParameterError that names the nearest."""
    if NAME not in data:
        return
    asked = QueryDict(mutable=True)
    asked.setlist(NAME, data.getlist(NAME))
    found = reading.nearest(moment_of(asked))
    where = (
        f"The nearest snapshot of all is {reading.address(found.label, reading.PACKAGE)}"
        if found
        else "There is no snapshot of all yet"
    )
    raise InvalidParameterError(NAME, f"Answered for one initiative only, at its own address. {where}.")
