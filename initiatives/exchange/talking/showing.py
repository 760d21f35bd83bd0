"""Conversations as one of their two sides sees them: by what names, with which buttons."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import rules
from django.utils.translation import gettext as _

from community.models import Member
from community.topics import names
from territories.enums import CollectiveStatus

from ...enums import ExchangeStatus
from ...models import Conversation, ConversationMessage, Exchange
from .forms import MessageForm

# On the page of what they answer; the list of all one's conversations shows the others.
MOST_LISTED = 50


@dataclass(frozen=True)
class Side:
    """One of the two; `page` is empty where the reader is shown none."""

    name: str
    page: str


@dataclass(frozen=True)
class ShownConversation:
    """A line of a list."""

    conversation: Conversation
    other: Side
    initials: str


@dataclass(frozen=True)
class ShownMessage:
    """A message of a page; `for_whom` names the initiative or collective in whose name it was written."""

    message: ConversationMessage
    name: str
    for_whom: str
    initials: str


def of_people(exchange: Exchange, reader) -> Side:
    """Whose offer or need it is."""
    if exchange.initiative:
        one = exchange.initiative
        return Side(one.name, one.get_absolute_url() if one.is_published else "")
    if exchange.collective:
        one = exchange.collective
        is_there = one.status == CollectiveStatus.PUBLISHED
        return Side(one.name, one.get_absolute_url() if is_there else "")
    return of_member(exchange.author, reader)


def of_member(member, reader) -> Side:
    """A member, as the reader may know them."""
    page = member.get_absolute_url() if names.is_shown(member, reader) else ""
    return Side(names.name_of(member, reader), page)


def other_side(conversation: Conversation, reader) -> Side:
    """Whom the reader talks to."""
    if conversation.member_id == reader.pk:
        return of_people(conversation.exchange, reader)
    return of_member(conversation.member, reader)


def listed(rows: Iterable[Conversation], reader) -> list[ShownConversation]:
    """Lines of a list."""
    told = [(row, other_side(row, reader)) for row in rows]
    return [ShownConversation(row, other, names.initials(other.name)) for row, other in told]


def messages(rows: Iterable[ConversationMessage], exchange: Exchange, reader) -> list[ShownMessage]:
    """Messages of a page."""
    holder = exchange.initiative or exchange.collective
    found = []
    for row in rows:
        name = names.name_of(row.by, reader)
        shown = _("You") if row.by_id == reader.pk else name
        for_whom = holder.name if holder and row.from_people else ""
        found.append(ShownMessage(row, shown, for_whom, names.initials(name)))
    return found


def may_write(conversation: Conversation) -> bool:
    """Whether either side may add something, as the action says."""
    return conversation.exchange.status != ExchangeStatus.REMOVED and conversation.member.is_active


def shown_with(exchange: Exchange, reader) -> dict[str, Any]:
    """What the page of an offer or need shows of answering it: for its people, for who answered, for all others."""
    if not reader.is_authenticated:
        return {"answering": {"is_open": exchange.is_open}}
    own = exchange.conversations.filter(member=reader).first()
    shown = {"is_open": exchange.is_open, "own": own}
    if rules.has_perm("initiatives.run_exchange", reader, exchange):
        rows = exchange.conversations.heard_by(reader).for_lists()[: MOST_LISTED + 1]
        found = listed(rows, reader)
        shown |= {"runs": True, "conversations": found[:MOST_LISTED], "has_more": len(found) > MOST_LISTED}
    elif own is None and exchange.is_open:
        shown["form"] = MessageForm()
    return {"answering": shown}


def person(conversation: Conversation, reader) -> Member | None:
    """Whom the reader may block or report from here: somebody who stands for themselves."""
    if conversation.member_id != reader.pk:
        return conversation.member if conversation.member.is_active else None
    exchange = conversation.exchange
    if exchange.initiative_id or exchange.collective_id or exchange.author is None:
        return None
    return exchange.author if exchange.author.is_active else None
