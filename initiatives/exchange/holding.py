"""Whose an offer or need is, as everyone may know it."""

from community.members.enums import Visibility

from ..models import Exchange


def member_name(exchange: Exchange) -> str | None:
    """The public name of a member whose own it is, where their profile shows that to everyone."""
    author = exchange.author
    if exchange.initiative_id or exchange.collective_id or author is None:
        return None
    return (author.public_name or None) if author.public_name_seen_by == Visibility.EVERYONE else None


def holder_name(exchange: Exchange) -> str | None:
    """The name of its initiative or collective, or of its member as above."""
    holder = exchange.initiative or exchange.collective
    return holder.name if holder else member_name(exchange)
