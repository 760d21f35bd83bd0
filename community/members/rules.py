"""Who may do what with an account, and see what of a profile."""

import rules

from .enums import Visibility
from .models import Member


@rules.predicate
def is_self(member, other) -> bool:
    """The account is one's own."""
    return other is not None and member.pk == other.pk


@rules.predicate
def may_delete(member, other) -> bool:
    """The administration gave the right to delete members."""
    return member.has_perm("community.delete_member")


its_own = rules.is_authenticated & rules.is_active & is_self

rules.add_perm("community.revise_profile", its_own)
rules.add_perm("community.erase_account", its_own | (rules.is_authenticated & may_delete))


def reader_levels(reader) -> frozenset[Visibility]:
    """What somebody sees of others."""
    if reader.is_authenticated:
        return frozenset({Visibility.EVERYONE, Visibility.MEMBERS})
    return frozenset({Visibility.EVERYONE})


def levels(reader, member: Member) -> frozenset[Visibility]:
    """What of a profile somebody sees, by what its member chose."""
    if reader.is_authenticated and is_self(reader, member):
        return frozenset(Visibility)
    return reader_levels(reader)
