"""Who may do what with a space and its people.

Administrators and the community manager make spaces and look after them (`oversee_spaces`). Private ones answer
everyone else as if they were not there, so reading goes by Space.objects.visible_to() alone.
"""

import rules

from ..members.enums import Role
from .enums import SpaceRole
from .models import SpaceMembership


def may(member, right: str, space=None) -> bool:
    """Whether a right of the list below is given; not even who may do all writes where nothing goes on any more."""
    return rules.has_perm(f"community.{right}", member, space)


def membership_of(member, space) -> SpaceMembership | None:
    """What somebody is in a space."""
    if space is None or not member.is_authenticated:
        return None
    return space.memberships.filter(member=member).first()


@rules.predicate
def is_in_space(member, space) -> bool:
    """Belongs to the space."""
    return membership_of(member, space) is not None


@rules.predicate
def facilitates_space(member, space) -> bool:
    """Runs the space."""
    found = membership_of(member, space)
    return found is not None and found.role == SpaceRole.FACILITATOR


@rules.predicate
def is_active_space(member, space) -> bool:
    """Something still goes on in it."""
    return space is not None and space.archived_at is None


@rules.predicate
def manages_community(member, space=None) -> bool:
    """Looks after the community of the whole site."""
    return member.has_role(Role.ANIMATOR)


signed_in = rules.is_authenticated & rules.is_active
oversees = signed_in & (rules.is_superuser | manages_community)

rules.add_perm("community.oversee_spaces", oversees)
rules.add_perm("community.create_space", oversees)
rules.add_perm("community.run_space", signed_in & is_active_space & (oversees | facilitates_space))
# Also one that is archived, to open it again.
rules.add_perm("community.archive_space", signed_in & (oversees | facilitates_space))
rules.add_perm("community.leave_space", signed_in & is_in_space)
rules.add_perm("community.add_group_to_space", signed_in & is_active_space & is_in_space)
# That they are there, and how many belong to them: what is said in them stays inside.
rules.add_perm("community.see_space_groups", signed_in & (oversees | facilitates_space))
rules.add_perm("community.see_space_members", signed_in & (oversees | is_in_space))
