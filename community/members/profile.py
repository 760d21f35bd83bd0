"""What a member tells about themselves, and to whom."""

from collections.abc import Collection
from typing import NamedTuple

from . import languages, rules
from .enums import Status, Visibility
from .models import PROFILE, Member


class Told(NamedTuple):
    """A field of a profile that is not empty."""

    name: str
    label: str
    value: str | list[str]
    seen_by: Visibility


def _value(member: Member, name: str) -> str | list[str]:
    value = getattr(member, name)
    if name == "languages":
        return [languages.name(code) for code in value]
    if name == "status":
        return [str(Status(one).label) for one in value]
    if name == "territory":
        return value.name if value else ""
    return value


def told(member: Member, reader) -> dict[str, Told]:
    """By name, what the reader sees of a profile; what is empty is left out."""
    return told_at(member, rules.levels(reader, member))


def told_at(member: Member, levels: Collection[Visibility]) -> dict[str, Told]:
    """The same for readers of some levels, whoever they are."""
    found = [
        Told(
            name,
            Member._meta.get_field(name).verbose_name,
            _value(member, name),
            Visibility(getattr(member, f"{name}_seen_by")),
        )
        for name in PROFILE
    ]
    return {one.name: one for one in found if one.value and one.seen_by in levels}
