"""The versions of an initiative, put together from its rows as they are and from what triggers kept of former ones.

A version is the row with the rows that belong to it after one context of the history, so several events of one context
lead to one version. Going back from the present, an event puts the former row in its place again, and a row that was
added in a context is not there before it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from itertools import groupby
from typing import Any

from community.models import Group, Member
from geo.statements import one_moment

from ..enums import Status, Verb
from ..models import (
    Contact,
    Identity,
    Initiative,
    InitiativeGroup,
    InitiativeTheme,
    Network,
    NetworkMembership,
    Photo,
    StatusChange,
    Translation,
)

PARTS = {
    "themes": InitiativeTheme,
    "networks": NetworkMembership,
    "groups": InitiativeGroup,
    "contacts": Contact,
    "translations": Translation,
    "photos": Photo,
}
# What follows from the rest or from elsewhere: no version of its own comes from a change of these alone.
FOLLOWS = ("territory_id", "updated_at", "field_sources")
# Of groups those alone that anyone may know of: a version that differs by another one would tell that it is there.
ONLY = {"groups": {"group__in": Group.objects.shown()}}
Rows = dict[str, dict[int, Mapping[str, Any]]]


@dataclass(frozen=True)
class Version:
    """One state, and how it came about: `row` by column, `parts` the rows that belonged to it."""

    number: int
    at: datetime
    verbs: tuple[Verb, ...]
    by: Member | None
    reason: str
    network: Network | None
    row: Mapping[str, Any]
    parts: Mapping[str, tuple[Mapping[str, Any], ...]]

    @property
    def is_published(self) -> bool:
        """Whether everyone could see the initiative then."""
        return self.row["status"] == Status.PUBLISHED

    @cached_property
    def what(self) -> str:
        """What was done, in words."""
        return ", ".join(str(verb.label) for verb in self.verbs)


@dataclass(frozen=True)
class _Change:
    """What one context did: its events by table, the newest first, and the steps that it recorded."""

    key: Any
    at: datetime
    metadata: Mapping[str, Any]
    events: Mapping[str, list[Mapping[str, Any]]]
    steps: tuple[StatusChange, ...] = ()


def versions(initiative: Initiative) -> list[Version]:
    """All versions, the newest first, in a fixed number of statements."""
    with one_moment():
        rows = _present(initiative)
        events = _events(initiative)
        steps = list(initiative.status_changes.select_related("by").order_by("pk"))
        records = list(Identity.objects.filter(initiative=initiative).select_related("network"))
    changes = _with_steps(_in_order(events), steps)
    people = _people(changes)
    networks = {record.network_id: record.network for record in records}
    found = []
    for change in reversed(changes):
        after = _state(rows, initiative.pk)
        _go_back(rows, change)
        before = _state(rows, initiative.pk)
        if change.steps or _differ(before, after):
            found.append(_version(change, after, people, networks))
    if not _began_with(changes):
        found.append(_first(initiative, _state(rows, initiative.pk), steps, records))
    return [replace(version, number=len(found) - place) for place, version in enumerate(found)]


def _present(initiative: Initiative) -> Rows:
    """The rows as they are now, by table and key; those columns that history keeps."""
    own = Initiative.objects.values(*_kept(Initiative)).get(pk=initiative.pk)
    rows: Rows = {"initiative": {initiative.pk: own}}
    for name, model in PARTS.items():
        found = model.objects.filter(initiative=initiative, **ONLY.get(name, {}))
        rows[name] = {row["id"]: row for row in found.values(*_kept(model))}
    return rows


def _kept(model: type) -> list[str]:
    kept = {field.attname for field in _event_model(model)._meta.concrete_fields}
    return [field.attname for field in model._meta.concrete_fields if field.attname in kept]


def _event_model(model: type) -> type:
    return model._meta.get_field("versions").related_model


def _events(initiative: Initiative) -> list[tuple[str, Mapping[str, Any]]]:
    """(table, event with its former row and its context), the initiative's own first, each table in its order."""
    found = []
    for name, model in {"initiative": Initiative, **PARTS}.items():
        event = _event_model(model)
        key = "pgh_obj_id" if model is Initiative else "initiative_id"
        columns = [field.attname for field in event._meta.concrete_fields]
        rows = event.objects.filter(**{key: initiative.pk}, **ONLY.get(name, {})).order_by("pgh_id")
        found += [(name, row) for row in rows.values(*columns, "pgh_context__metadata")]
    return found


def _key(event: Mapping[str, Any]) -> Any:
    """What makes events one change: their context, outside of one their transaction."""
    return event["pgh_context_id"] or event["pgh_created_at"]


def _in_order(events: list[tuple[str, Mapping[str, Any]]]) -> list[_Change]:
    """Changes, the oldest first.

    Whoever changes an initiative holds its row, so the numbers of its own events tell the order; clocks of transactions
    that waited for each other do not. Changes of parts alone come from elsewhere and go by their time.
    """
    gathered: dict[Any, list[tuple[str, Mapping[str, Any]]]] = {}
    for name, event in events:
        gathered.setdefault(_key(event), []).append((name, event))
    own: list[_Change] = []
    alone: list[_Change] = []
    for key, several in gathered.items():
        first = several[0][1]
        by_table = {
            name: [event for _name, event in reversed(list(group))]
            for name, group in groupby(several, key=lambda pair: pair[0])
        }
        change = _Change(key, first["pgh_created_at"], first["pgh_context__metadata"] or {}, by_table)
        (own if "initiative" in by_table else alone).append(change)
    for change in alone:
        place = next((n for n, other in enumerate(own) if other.at > change.at), len(own))
        own.insert(place, change)
    return own


def _with_steps(changes: list[_Change], steps: list[StatusChange]) -> list[_Change]:
    """Each change with the steps of its context, in their order."""
    recorded: dict[Any, list[StatusChange]] = {}
    for step in steps:
        recorded.setdefault(step.added_in, []).append(step)
    return [replace(change, steps=tuple(recorded.get(change.key, ()))) for change in changes]


def _go_back(rows: Rows, change: _Change) -> None:
    """Make `rows` what they were before a change."""
    for name, events in change.events.items():
        for event in events:
            rows[name][event["id"]] = event
    for name in PARTS:
        for pk in [pk for pk, row in rows[name].items() if row["added_in"] == change.key]:
            del rows[name][pk]


def _state(rows: Rows, pk: int) -> tuple[Mapping[str, Any], dict[str, tuple[Mapping[str, Any], ...]]]:
    return rows["initiative"][pk], {name: tuple(rows[name].values()) for name in PARTS}


def _differ(before: tuple, after: tuple) -> bool:
    """Whether anything is different that does not merely follow from elsewhere."""
    (old, old_parts), (new, new_parts) = before, after
    own = any(
        old[name] != new[name]
        for name in (field.attname for field in Initiative._meta.concrete_fields)
        if name in old and name in new and name not in FOLLOWS
    )
    return own or any(_contents(old_parts[name]) != _contents(new_parts[name]) for name in PARTS)


def _contents(rows: tuple[Mapping[str, Any], ...]) -> list[tuple]:
    """Rows without what history adds to them."""
    return sorted(
        tuple(
            (name, str(row[name])) for name in sorted(row) if not name.startswith(("pgh_", "id", "added_in"))
        )
        for row in rows
    )


def _people(changes: list[_Change]) -> dict[int, Member]:
    """Members that contexts name where no step was kept with them."""
    named = {change.metadata.get("by") for change in changes if not change.steps}
    return Member.objects.in_bulk(named - {None}) if named - {None} else {}


def _version(change: _Change, state: tuple, people: Mapping, networks: Mapping) -> Version:
    row, parts = state
    last = change.steps[-1] if change.steps else None
    verb = change.metadata.get("verb")
    verbs = [Verb(step.verb) for step in change.steps] or [Verb(verb) if verb in Verb.values else Verb.REVISE]
    return Version(
        number=0,
        at=last.at if last else change.at,
        verbs=tuple(verbs),
        by=last.by if last else people.get(change.metadata.get("by")),
        reason=last.reason if last else change.metadata.get("reason") or "",
        network=networks.get(change.metadata.get("network")),
        row=row,
        parts=parts,
    )


def _began_with(changes: list[_Change]) -> bool:
    """Whether the first change made the initiative too: then there was nothing before it."""
    return bool(changes) and any(not step.from_status for step in changes[0].steps)


def _first(
    initiative: Initiative, state: tuple, steps: list[StatusChange], records: list[Identity]
) -> Version:
    """The version that the initiative was made as, which left no event."""
    row, parts = state
    step = next((step for step in steps if not step.from_status), None)
    context = step and step.added_in
    source = next((record for record in records if context and record.added_in == context), None)
    return Version(
        number=0,
        at=step.at if step else initiative.created_at,
        verbs=(Verb(step.verb) if step else Verb.CREATE,),
        by=step and step.by,
        reason=step.reason if step else "",
        network=source and source.network,
        row=row,
        parts=parts,
    )


def numbered(found: list[Version], number: int) -> Version | None:
    """The version of a number, None where there is none."""
    return next((version for version in found if version.number == number), None)


def current_networks(version: Version) -> Iterator[int]:
    """Networks that it belonged to then."""
    return (row["network_id"] for row in version.parts["networks"] if row["until"] is None)
