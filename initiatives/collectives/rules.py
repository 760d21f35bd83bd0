"""Who looks after collectives, and who vouches for people who claim one."""

from community.collectives import rules

from .reading import known_to, overseen_by


def oversees(member, collective) -> bool:
    """A moderator, within what they are limited to."""
    return overseen_by(member).filter(pk=collective.pk).exists()


def vouches(member, collective) -> bool:
    """A steward of a network that initiatives of the collective belong to."""
    return known_to(member).filter(pk=collective.pk).exists()


rules.add_overseers(oversees)
rules.add_vouchers(vouches)
