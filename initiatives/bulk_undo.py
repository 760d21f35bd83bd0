"""Undo of an import: what it added goes, what it changed is what it was, and what somebody changed since stays.

The history knows the rows before the import (the first event of its context) and after it (the next event of another
context, else the row of today). A column goes back where it is still what the import made of it. Rows that belong to
an initiative go back as a whole.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import pghistory
from django.db import connection, transaction
from django.utils import timezone

from community.models import Member

from . import bulk_undo_sql as sql
from . import placement
from .actions import check_right
from .enums import Verb
from .models import (
    Contact,
    Identity,
    Initiative,
    InitiativeTheme,
    Network,
    NetworkMembership,
    Photo,
    Translation,
)

# What a record brings along; all of these have a history and tell in which context they were added.
PARTS = (InitiativeTheme, Contact, Translation, NetworkMembership, Identity, Photo)
# Of these, what people work on; records of sources change with them.
EDITED = tuple(model for model in PARTS if model is not Identity)
# Computed from the rest, or made by looking at it: nobody's work.
DERIVED = frozenset({"InitiativeTerritory", "SiteCheck", "Aged", "PageHit", "PageViews", "UpkeepRequest"})
# What a step changed shows in the row itself; one that took back what another did leaves nothing else.
STEPS = frozenset({"StatusChange"})


@dataclass(frozen=True)
class Left:
    """An initiative of which something stays: the columns that somebody changed since, or why it is still there."""

    initiative: int
    name: str
    fields: tuple[str, ...]


@dataclass(frozen=True)
class Undone:
    """What an undo did: keys of initiatives that are gone, of those that are as before, and what was left."""

    removed: list[int]
    restored: list[int]
    left: list[Left]


@transaction.atomic
def undo_import(*, network: Network, context: UUID, by: Member | None, reason: str) -> Undone:
    """Put back what one import changed, all or nothing; PermissionDenied."""
    check_right(by, Verb.IMPORT, network)
    told = {
        "verb": Verb.IMPORT.value,
        "by": by.pk if by else None,
        "network": network.pk,
        "reason": reason,
    }
    with pghistory.context(**told):
        return _Undo(network, context, by, reason).apply()


class _Undo:
    """The statements of one undo, with what they share."""

    def __init__(self, network: Network, context: UUID, by: Member | None, reason: str) -> None:
        self.shared: dict[str, Any] = {
            "network": network.pk,
            "context": context,
            "by": by and by.pk,
            "reason": reason,
            "now": timezone.now(),
            "restore": Verb.RESTORE.value,
            "archive": Verb.ARCHIVE.value,
            "revise": Verb.REVISE.value,
        }

    def rows(self, statement: str, **more: Any) -> list[tuple]:
        """Run a statement and fetch what it returns, if it returns rows."""
        with connection.cursor() as cursor:
            cursor.execute(statement, {**self.shared, **more})
            return cursor.fetchall() if cursor.description else []

    def apply(self) -> Undone:
        """First what was added, then what was changed, then the rows that belong to it."""
        self.rows(sql.DROP)
        self.rows(sql.ADDED)
        self.rows(sql.before(Initiative))
        self.rows(sql.leave_parents())
        touched = self.touched()
        left = [Left(pk, name, ()) for pk, name in self.rows(sql.STAYING, touched=touched)]
        removed = [pk for (pk,) in self.rows(sql.REMOVABLE, touched=touched)]
        self.remove(removed)
        changed = self.rows(sql.left_columns())
        left += [Left(pk, name, tuple(fields)) for pk, name, fields in changed]
        self.rows(sql.STEPS)
        restored = {pk for (pk,) in self.rows(sql.restore_columns())}
        self.rows(sql.FREE_SLUGS)
        for model in PARTS:
            for statement in sql.restore_rows(model):
                restored.update(pk for (pk,) in self.rows(statement))
        self.rows(sql.FORGET_SOURCES, ids=sorted(restored))
        placement.place(initiatives=sorted(restored))
        return Undone(removed, sorted(restored), left)

    def touched(self) -> list[int]:
        """Of what the import added: that which somebody changed since, or where anything was attached."""
        found = {pk for (pk,) in self.rows(sql.changed_since())}
        for model in EDITED:
            found |= {pk for (pk,) in self.rows(sql.rows_changed_since(model))}
        for relation in Initiative._meta.related_objects:
            model = relation.related_model
            if relation.on_delete.__name__ == "DO_NOTHING" or model.__name__ in DERIVED | STEPS:
                continue
            found |= {pk for (pk,) in self.rows(sql.attached_since(model, relation.field.column))}
        return sorted(found)

    def remove(self, keys: Sequence[int]) -> None:
        """Take initiatives away with all that is theirs, in heaps."""
        for start in range(0, len(keys), 5_000):
            Initiative.objects.filter(pk__in=keys[start : start + 5_000]).delete()
