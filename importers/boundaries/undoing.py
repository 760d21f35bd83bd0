"""Undo of an import of boundaries: what it added goes, what it changed is as before, and what came since stays.

A field goes back where it is still what the run made of it. What the run added goes where nobody touched it and
nothing refers to it; that initiatives lie in it is no reference, as it is computed.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from community.models import Activity, Member
from initiatives.models import InitiativeTerritory
from initiatives.placement import place
from territories.models import Territory

from ..enums import RunStatus
from ..errors import NotUndoneError
from . import undoing_sql as sql
from .enums import Field, Kept, State
from .models import BoundaryRun
from .rules import check_may_import

# So many are named with the run; all are counted.
MOST_LEFT = 1_000


@dataclass(frozen=True)
class Left:
    """A territory of which something stays, why, and by which later run."""

    code: str
    name: str
    fields: tuple[str, ...]
    why: str
    by: int | None = None


@dataclass(frozen=True)
class Undone:
    """What an undo did: codes that are gone, codes that are as before, and what was left."""

    removed: list[str]
    restored: list[str]
    left: list[Left]

    def summary(self) -> dict[str, Any]:
        """As it is kept with the run."""
        return {
            "removed": len(self.removed),
            "restored": len(self.restored),
            "left": len(self.left),
            "named": [asdict(one) for one in self.left[:MOST_LEFT]],
        }


@transaction.atomic
def undo_boundaries(run: BoundaryRun, *, by: Member | None) -> Undone:
    """Put back what a run changed; NotUndoneError where it wrote nothing or is undone already; PermissionDenied."""
    check_may_import(by)
    run = BoundaryRun.objects.select_for_update(of=("self",)).get(pk=run.pk)
    if run.status != RunStatus.DONE:
        raise NotUndoneError(f"run {run.pk} is {run.status}; expected one that is {RunStatus.DONE.value}")
    with connection.cursor() as cursor:
        cursor.execute(sql.LOCK)
        undone = _undone(cursor, run)
    run.status, run.undone_at = RunStatus.UNDONE, timezone.now()
    run.summary = {**run.summary, "undone": undone.summary()}
    run.save(update_fields=["status", "undone_at", "summary"])
    return undone


def _undone(cursor, run: BoundaryRun) -> Undone:
    """First what was changed: parents that go may be among what was added."""
    shared = {"run": run.pk, "done": RunStatus.DONE.value}
    cursor.execute(sql.CHANGED, {**shared, "state": State.CHANGED.value})
    cursor.execute(sql.LEFT)
    left = _by_territory(cursor.fetchall())
    cursor.execute(sql.RESTORE, shared)
    restored = cursor.fetchall()
    cursor.execute("DROP TABLE undone_boundary")
    place(territories=[pk for pk, _code, moved in restored if moved])
    cursor.execute(sql.ADDED, {**shared, "state": State.ADDED.value, "fields": Field.values})
    removable: dict[int, tuple[str, str]] = {}
    for code, name, kept, by, is_gone, pk, is_more in cursor.fetchall():
        if is_gone:
            # Somebody removed it already.
            continue
        if kept or is_more:
            left.append(Left(code, name, (), kept or Kept.EDITED.value, by))
        else:
            removable[pk] = (code, name)
    cursor.execute(sql.HELD, {"ids": list(removable)})
    used = _used(removable.keys())
    left += [Left(*removable[pk], (), Kept.USED.value) for pk in used]
    removed = {pk: code for pk, (code, _name) in removable.items() if pk not in used}
    _remove(cursor, list(removed))
    return Undone(sorted(removed.values()), sorted(code for _pk, code, _moved in restored), left)


def _by_territory(rows: Iterable[tuple]) -> list[Left]:
    """Fields of one territory that stay for one reason, in one line."""
    found: dict[tuple, list[str]] = defaultdict(list)
    for code, name, field, kept, by in rows:
        found[code, name, kept, by].append(field)
    return [Left(code, name, tuple(fields), kept, by) for (code, name, kept, by), fields in found.items()]


def _used(keys: Iterable[int]) -> set[int]:
    """Those of some territories that anything refers to but what goes as well."""
    going, used = set(keys), set()
    for relation in Territory._meta.related_objects:
        model = relation.related_model
        # Where initiatives lie is computed; parts of a territory are looked at below.
        if relation.many_to_many or model in (InitiativeTerritory, Territory):
            continue
        column = relation.field.attname
        found = model._base_manager.filter(**{f"{column}__in": going})
        if model is Activity:
            # What happened with an initiative moves along with it.
            found = found.exclude(room="initiatives")
        used |= set(found.values_list(column, flat=True))
    parts = list(Territory.objects.filter(parent__in=going).values_list("pk", "parent_id"))
    while more := {parent for pk, parent in parts if pk not in going - used} - used:
        used |= more
    return used


def _remove(cursor, ids: list[int]) -> None:
    cursor.execute(sql.PLACED, {"ids": ids})
    initiatives = [pk for (pk,) in cursor.fetchall()]
    Activity.objects.filter(territory__in=ids).update(territory=None)
    cursor.execute(sql.REMOVE, {"ids": ids})
    place(initiatives=initiatives)
