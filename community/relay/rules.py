"""Who may write to whom, block and report somebody, and read what is reported."""

import rules

from ..members.enums import Role
from ..members.rules import is_self, reader_levels


@rules.predicate
def takes_messages(member, other) -> bool:
    """Is in the directory, with a name that the member sees, and wants to be written to."""
    return (
        other is not None
        and other.is_active
        and other.is_listed
        and other.accepts_messages
        and other.public_name != ""
        and other.public_name_seen_by in reader_levels(member)
    )


@rules.predicate
def is_there(member, other) -> bool:
    """Has an account."""
    return other is not None and other.is_active


@rules.predicate
def moderates(member) -> bool:
    """Looks after people, for the whole site."""
    return member.has_role(Role.MODERATOR)


@rules.predicate
def concerns_another(member, report) -> bool:
    """Nobody closes what is said of themselves."""
    return report is None or report.about_id != member.pk


signed_in = rules.is_authenticated & rules.is_active
moderating = signed_in & (rules.is_superuser | moderates)

rules.add_perm("community.write_to_member", signed_in & ~is_self & takes_messages)
rules.add_perm("community.block_member", signed_in & ~is_self & is_there)
rules.add_perm("community.report_member", signed_in & ~is_self & is_there)
rules.add_perm("community.moderate_members", moderating)
rules.add_perm("community.close_member_report", moderating & concerns_another)
