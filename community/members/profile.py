"""What a member tells about themselves, and to whom."""

from typing import NamedTuple

from . import languages, rules
from .enums import Visibility
from .models import PROFILE, Member


class Told(NamedTuple):
    """A field of a profile that is not empty."""

    name: str
    label: str
    value: str | list[str]
    seen_by: Visibility


def _value(member: Member, name: str) -> str | list[str]:
    value = getattr(member, name)
    return [languages.name(code) for code in value] if name == "languages" else value


def told(member: Member, reader) -> dict[str, Told]:
    """By name, what the reader sees of a profile; what is empty is left out."""
    levels = rules.levels(reader, member)
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
