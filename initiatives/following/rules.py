"""Who may follow what, and who may change that."""

import rules

from community.groups.rules import signed_in


@rules.predicate
def is_public(member, initiative) -> bool:
    """Everyone may see the initiative; without one: what everyone sees is selected from."""
    return initiative is None or initiative.is_published


@rules.predicate
def is_own(member, follow) -> bool:
    """Follows it themselves."""
    return follow is not None and follow.member_id == member.pk


# Also for those who may do all: ask the rule, not the member.
rules.add_perm("initiatives.follow", signed_in & is_public)
rules.add_perm("initiatives.change_what_one_follows", signed_in & is_own)
