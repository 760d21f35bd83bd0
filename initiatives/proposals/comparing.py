"""A proposal beside the initiative as it was and as it stands, read through the history."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from ..history import comparing, describing, reading, restoring
from ..history.comparing import Difference
from ..history.describing import Told
from ..history.reading import Version
from ..models import Initiative, Proposal
from . import values


@dataclass(frozen=True)
class Row:
    """One value of a proposal; `former` is what it was where it has changed since."""

    difference: Difference
    has_changed: bool
    former: Told | None

    @property
    def former_text(self) -> str:
        """What it was, in one line."""
        return _line(self.former)

    @property
    def present_text(self) -> str:
        """What stands now, in one line."""
        return _line(self.difference.before)

    @property
    def proposed_text(self) -> str:
        """What is proposed, in one line."""
        return _line(self.difference.after)


def _line(told: Told | None) -> str:
    if told is None:
        return ""
    return ", ".join(told.value) if told.kind == "list" else str(told.value)


def changed_since(versions: list[Version], of: datetime) -> set[str]:
    """Names of values that are no longer what they were at `of`."""
    former = version_of(versions, of)
    return set(restoring.values_of(former, versions[0])) if former is not versions[0] else set()


def version_of(versions: list[Version], of: datetime) -> Version:
    """The version that stood at `of`, the oldest where it is older than all."""
    return next((one for one in versions if one.row["updated_at"] <= of), versions[-1])


def rows(proposal: Proposal, initiative: Initiative) -> list[Row]:
    """What the proposal would change now, value by value; a reviewer reads all of it."""
    versions = reading.versions(initiative)
    present, former = versions[0], version_of(versions, proposal.of)
    wanted = _with(present, values.read(proposal.values, initiative))
    seen = describing.described([wanted, present, former], versions, everything=True)
    changed = changed_since(versions, proposal.of)
    return [
        Row(one, values.stored_name(one.name) in changed, seen[former.number].told.get(one.name))
        for one in comparing.differences(seen[present.number], seen[wanted.number])
    ]


def _with(present: Version, given: Mapping[str, Any]) -> Version:
    """The version that there would be."""
    row, parts = dict(present.row), dict(present.parts)
    for name, value in given.items():
        if name == "themes":
            main = (
                given["primary_theme"].pk if given.get("primary_theme") else present.row["primary_theme_id"]
            )
            keys = {theme.pk for theme in value} | {main}
            parts[name] = tuple({"theme_id": key} for key in sorted(keys - {None}))
        elif name == "contacts":
            parts[name] = tuple(
                {"kind": kind, "value": text, "visibility": seen} for kind, (text, seen) in value.items()
            )
        elif name == "translations":
            parts[name] = tuple(value)
        elif name in values.ROWS:
            row[f"{name}_id"] = value.pk if value else None
        else:
            row[name] = value
    return replace(present, number=0, row=row, parts=parts)
