"""What history keeps: the former row, at each change and deletion, by triggers at statement level."""

from collections.abc import Callable

import pghistory
import pgtrigger


def tracked(*exclude: str) -> Callable[[type], type]:
    """Keep every former version of a model's rows; `exclude` names columns that the database computes."""
    return pghistory.track(
        pghistory.UpdateEvent(row=pghistory.Old, level=pgtrigger.Statement),
        pghistory.DeleteEvent(row=pghistory.Old, level=pgtrigger.Statement),
        exclude=list(exclude) or None,
        obj_field=pghistory.ObjForeignKey(related_name="versions", related_query_name="versions"),
    )
