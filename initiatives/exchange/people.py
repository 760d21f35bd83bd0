"""Who answers for an offer or a need, and which of them hears of what concerns it or is written on it."""

from django.db.models import Exists, OuterRef, QuerySet

from community.members.enums import CollectiveRole
from community.models import Block, CollectiveMembership, Member

from ..models import ConversationMessage, Exchange, Network, NetworkMembership


def people(exchange: Exchange) -> QuerySet[Member]:
    """Everyone for whom `Exchange.run_by` finds it: its author where it is nobody else's, else who speaks for them."""
    there = Member.objects.filter(is_active=True)
    if exchange.initiative_id is None and exchange.collective_id is None:
        return there.filter(pk=exchange.author_id)
    facilitating = CollectiveMembership.objects.current().filter(
        member=OuterRef("pk"), role=CollectiveRole.FACILITATOR
    )
    if exchange.collective_id is not None:
        return there.filter(Exists(facilitating.filter(collective=exchange.collective_id)))
    carrying = facilitating.filter(collective__initiatives=exchange.initiative_id)
    networks = NetworkMembership.objects.filter(initiative=exchange.initiative_id, until=None)
    stewarding = Network.stewards.through.objects.filter(
        member=OuterRef("pk"), network__in=networks.values("network")
    )
    return there.filter(Exists(carrying) | Exists(stewarding))


def told(exchange: Exchange) -> QuerySet[Member]:
    """Who of them is told what concerns all: its author, or everyone where its author no longer runs it."""
    return _first(people(exchange), [exchange.author_id])


def hearing(message: ConversationMessage) -> QuerySet[Member]:
    """Who gets a message by mail: the other side, but for those who want to hear nothing of its author.

    Of the people, the author and those who wrote in the conversation; everyone where none of them is there any more.
    """
    conversation = message.conversation
    if message.from_people:
        rows = Member.objects.filter(pk=conversation.member_id, is_active=True)
    else:
        rows = people(conversation.exchange)
    rows = rows.filter(~Exists(Block.objects.filter(by=OuterRef("pk"), blocked=message.by_id)))
    if message.from_people:
        return rows
    wrote = conversation.messages.filter(from_people=True).exclude(by=None).values_list("by", flat=True)
    return _first(rows, [conversation.exchange.author_id, *wrote])


def _first(rows: QuerySet[Member], keys: list[int | None]) -> QuerySet[Member]:
    """Those of some keys, or all where none of these is among them."""
    chosen = rows.filter(pk__in=[key for key in keys if key is not None])
    return chosen if chosen.exists() else rows
