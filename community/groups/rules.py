"""Who may do what with a group and its people.

Moderators and the community manager look after all groups (`oversee_groups`): reports lead them there. Private ones
answer everyone else as if they were not there, so reading goes by Group.objects.visible_to() alone.
"""

import rules
from django.db.models import QuerySet

from territories.models import Collective

from ..members.enums import Role
from ..members.models import CollectiveMembership
from .enums import GroupKind, GroupRole
from .models import GroupMembership


def may(member, right: str, group=None) -> bool:
    """Whether a right of the list below is given; not even who may do all writes where nothing goes on any more."""
    return rules.has_perm(f"community.{right}", member, group)


def membership_of(member, group) -> GroupMembership | None:
    """What somebody is in a group."""
    if group is None or not member.is_authenticated:
        return None
    # A page has read it with the group.
    if getattr(group, "read_by", None) == member.pk:
        return next(iter(group.memberships_of_reader), None)
    return group.memberships.filter(member=member).first()


def may_root_in(member) -> QuerySet[Collective]:
    """Published collectives that the member belongs to: a group of theirs may be rooted in one."""
    own = CollectiveMembership.objects.current().filter(member=member)
    return Collective.objects.published().filter(pk__in=own.values("collective"))


@rules.predicate
def is_in(member, group) -> bool:
    """Belongs to the group."""
    return membership_of(member, group) is not None


@rules.predicate
def animates(member, group) -> bool:
    """Runs the group."""
    found = membership_of(member, group)
    return found is not None and found.role == GroupRole.ANIMATOR


@rules.predicate
def is_active_group(member, group) -> bool:
    """Something still goes on in it."""
    return group is not None and group.archived_at is None


@rules.predicate
def is_open_group(member, group) -> bool:
    """Anyone with an account comes in."""
    return group is not None and group.kind == GroupKind.OPEN


@rules.predicate
def is_public_group(member, group) -> bool:
    """Who wants to come in asks."""
    return group is not None and group.kind == GroupKind.PUBLIC


@rules.predicate
def watches_groups(member, group=None) -> bool:
    """Looks after the groups of the whole site."""
    return member.has_role(Role.MODERATOR) or member.has_role(Role.ANIMATOR)


signed_in = rules.is_authenticated & rules.is_active
oversees = signed_in & (rules.is_superuser | watches_groups)

rules.add_perm("community.oversee_groups", oversees)
rules.add_perm("community.create_group", signed_in)
rules.add_perm("community.join_group", signed_in & is_active_group & is_open_group & ~is_in)
rules.add_perm("community.ask_to_join_group", signed_in & is_active_group & is_public_group & ~is_in)
rules.add_perm("community.write_in_group", signed_in & is_active_group & is_in)
# Leaving, and how much mail one gets.
rules.add_perm("community.leave_group", signed_in & is_in)
rules.add_perm("community.run_group", signed_in & is_active_group & (animates | oversees))
rules.add_perm("community.hand_over_group", signed_in & is_active_group & animates)
# Also one that is archived, to open it again.
rules.add_perm("community.archive_group", signed_in & (animates | oversees))
rules.add_perm("community.see_group_members", signed_in & (is_in | oversees))
