"""What the kept initiative was before a merge, read from its history."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from territories.models import Collective

from ..history import reading, restoring
from ..history.reading import Version, current_networks
from ..models import Initiative, Merge, Network, Photo, Translation
from ..proposals.values import label

# Rows that are pointed to whether or not everyone sees them: nothing is given back but what was there.
POINTS_TO = {"parent": Initiative, "collective": Collective}


@dataclass(frozen=True)
class Former:
    """Values as actions.revise() takes them, and where every value comes from."""

    values: Mapping[str, Any]
    sources: Mapping[str, Any]


def former(merge: Merge, kept: Initiative) -> Former:
    """What the merge changed, as it was before; ValidationError where something of that was changed since."""
    versions = reading.versions(kept)
    place = next((place for place, one in enumerate(versions) if one.at == merge.kept_step.at), len(versions))
    if place + 1 >= len(versions):
        raise ValidationError(_("The history no longer tells what it was before the merge."))
    present, after, before = versions[0], versions[place], versions[place + 1]
    values = _values(before, after)
    changed = sorted(set(values) & set(_values(after, present)))
    if changed:
        named = ", ".join(_label(name) for name in changed)
        raise ValidationError(
            _("Changed since the merge, so it cannot be undone: %(values)s.") % {"values": named}
        )
    return Former(values, _sources(before, after, present))


def _values(version: Version, other: Version) -> dict[str, Any]:
    """What of a version is different in another."""
    found = restoring.values_of(version, other)
    for name, model in POINTS_TO.items():
        key = version.row[f"{name}_id"]
        if key != other.row[f"{name}_id"]:
            found[name] = model.objects.filter(pk=key).first()
    networks = set(current_networks(version))
    if networks != set(current_networks(other)):
        found["networks"] = list(Network.objects.filter(pk__in=networks))
    return found


def _sources(before: Version, after: Version, present: Version) -> dict[str, Any]:
    """Those of today, but for what the merge changed."""
    old, new = before.row["field_sources"], after.row["field_sources"]
    found = {
        name: source
        for name, source in present.row["field_sources"].items()
        if old.get(name) == new.get(name)
    }
    return found | {name: source for name, source in old.items() if source != new.get(name)}


def _label(name: str) -> str:
    rows = {"photos": Photo, "translations": Translation}
    return str(rows[name]._meta.verbose_name_plural) if name in rows else label(name)
