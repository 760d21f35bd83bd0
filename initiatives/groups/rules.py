"""Who may say that an initiative belongs to a group, and that it no longer does."""

from dataclasses import dataclass

import rules

from community.groups.rules import is_active_group, is_in, signed_in
from community.models import Group

from ..enums import Verb
from ..models import Initiative


@dataclass(frozen=True)
class Pair:
    """What these rights are asked of: an initiative and a group."""

    initiative: Initiative
    group: Group


@rules.predicate
def edits(member, pair) -> bool:
    """May edit the initiative."""
    return pair is not None and member.has_perm(f"initiatives.{Verb.REVISE}", pair.initiative)


@rules.predicate
def belongs(member, pair) -> bool:
    """Is in the group, or looks after all groups."""
    return pair is not None and (
        is_in.test(member, pair.group) or member.has_perm("community.oversee_groups")
    )


@rules.predicate
def knows(member, pair) -> bool:
    """May know of the group."""
    return pair is not None and Group.objects.visible_to(member).filter(pk=pair.group.pk).exists()


@rules.predicate
def is_going_on(member, pair) -> bool:
    """The group is not archived."""
    return pair is not None and is_active_group.test(member, pair.group)


rules.add_perm("initiatives.name_group", signed_in & edits & belongs & is_going_on)
# Its people take it out of any group that they know of: they may have left that group since.
rules.add_perm("initiatives.unname_group", signed_in & edits & knows)
