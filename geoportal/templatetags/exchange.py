"""Offers and needs on pages of lower rooms."""

from django import template

from community.models import Member
from initiatives.exchange import showing

register = template.Library()


@register.inclusion_tag("initiatives/exchange/_section.html")
def own_exchanges(member: Member, reader) -> dict:
    """The part of a member's page that shows what they offer and look for themselves."""
    return {"exchanges": showing.of_member(member, reader)}
