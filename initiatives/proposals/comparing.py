"""A proposal beside the initiative as it was and as it stands, read through the history."""

from collections.abc import Collection, Mapping
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
class Change:
    """One value, or one text of a further language; `former` is what it was when it was proposed."""

    difference: Difference
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


@dataclass(frozen=True)
class Row:
    """What is accepted as one: a value, or all texts of a further language; whether it has changed since."""

    name: str
    changes: list[Change]
    has_changed: bool

    @property
    def is_language(self) -> bool:
        """Whether each of its texts has a name of its own."""
        return ":" in self.name

    @property
    def label(self) -> str:
        """What it is called."""
        if self.is_language:
            return describing.language(self.changes[0].difference.language)
        return self.changes[0].difference.label


@dataclass(frozen=True)
class Compared:
    """A proposal beside what stands now: its rows, and by language the texts that it would change."""

    rows: list[Row]
    languages: Mapping[str, values.Texts | None]
    present: Version

    def translations(self, names: Collection[str]) -> list[dict[str, str]]:
        """What stands now with the proposed texts of the named languages."""
        chosen = {
            code: texts for code, texts in self.languages.items() if values.language_name(code) in names
        }
        return values.with_languages(self.present.parts["translations"], chosen)


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


def compared(proposal: Proposal, initiative: Initiative) -> Compared:
    """What the proposal would change now, value by value; whoever decides reads all of it."""
    versions = reading.versions(initiative)
    present, former = versions[0], version_of(versions, proposal.of)
    given = values.read(proposal.values, initiative)
    languages: Mapping[str, values.Texts | None] = {}
    changed = changed_since(versions, proposal.of)
    if "translations" in given:
        # Only what the one who proposed has touched: other languages may have come since.
        was, stands = former.parts["translations"], present.parts["translations"]
        languages = values.differing_languages(was, given["translations"])
        given["translations"] = values.with_languages(stands, languages)
        changed |= set(map(values.language_name, values.differing_languages(was, stands)))
    wanted = _with(present, given)
    seen = describing.described([wanted, present, former], versions, everything=True)
    told: dict[str, list[Change]] = {}
    for one in comparing.differences(seen[present.number], seen[wanted.number]):
        change = Change(one, seen[former.number].told.get(one.name))
        told.setdefault(values.row_name(one.name), []).append(change)
    rows = [Row(name, changes, name in changed) for name, changes in told.items()]
    return Compared(rows, languages, present)


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
