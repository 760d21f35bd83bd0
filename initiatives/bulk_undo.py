"""Undo of an import: what it added goes, what it changed is what it was, and what somebody changed since stays.

The history knows the rows before the import (the first event of its context) and after it (the next event of another
context, else the row of today). A column goes back where it is still what the import made of it. Rows that belong to
an initiative go back as a whole.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import pghistory
from django.db import connection, transaction
from django.db.models import DO_NOTHING, Model
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
    Link,
    Network,
    NetworkMembership,
    Photo,
    Translation,
)

# What a record brings along; all of these have a history and tell in which context they were added.
PARTS = (InitiativeTheme, Contact, Translation, NetworkMembership, Identity, Photo)
# Of these, what people work on; records of sources change with them.
EDITED = tuple(model for model in PARTS if model is not Identity)
# Computed from the rest, made by looking at it, or said of it beside another one: no work on the initiative itself.
# What a step changed shows in the row; one that took back what another did leaves nothing else.
DERIVED = frozenset(
    {
        "InitiativeTerritory",
        "SiteCheck",
        "Aged",
        "UpkeepRequest",
        "AwaitedPicture",
        "DistinctPair",
        "StatusChange",
    }
)


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
        removed = self.remove(touched)
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
        for model, column in _attached():
            if model.__name__ not in DERIVED:
                found |= {pk for (pk,) in self.rows(sql.attached_since(model, column))}
        return [pk for (pk,) in self.rows(sql.WITH_HEADS, touched=sorted(found))]

    def remove(self, touched: Sequence[int]) -> list[int]:
        """Take away what the import added and nobody touched, with all that is theirs; their keys."""
        self.rows(sql.REMOVED, touched=touched)
        for model, column in _attached():
            if model in (*PARTS, Link) or model.__name__ in DERIVED:
                self.rows(sql.remove_rows(model, column))
        return sorted(pk for (pk,) in self.rows(sql.REMOVE))


def _attached() -> Iterator[tuple[type[Model], str]]:
    """Models of which rows belong to an initiative, with the column that says to which; not the history."""
    for relation in Initiative._meta.get_fields(include_hidden=True):
        if relation.one_to_many and not relation.concrete and relation.on_delete is not DO_NOTHING:
            yield relation.related_model, relation.field.column
