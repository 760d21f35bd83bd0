"""What offers and needs hold of a member: given to them, and what becomes of it when the account goes."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import ngettext

from community.models import Member

from ...models import (
    Conversation,
    ConversationMessage,
    Exchange,
    ExchangeMatch,
    ExchangePhoto,
    ExchangeReport,
)
from . import keeping

WRITTEN = (
    *("kind", "category", "status", "title", "text", "language", "theme__slug", "languages"),
    *("locality", "country", "remote", "radius_km", "starts", "ends", "deadline", "dates", "details"),
    *("published_at", "updated_at", "expires_at", "ended_at", "wants_matches"),
    *("initiative__slug", "collective__slug"),
)


def _own(member: Member) -> QuerySet[Exchange]:
    """Theirs alone: those of an initiative or a collective belong to it."""
    return Exchange.objects.filter(author=member, initiative=None, collective=None)


def given(member: Member) -> dict[str, Any]:
    """What they published, wrote and reported, and that somebody wrote to them: the words of others are theirs."""
    received = ConversationMessage.objects.filter(conversation__member=member, from_people=True)
    return {
        "exchanges": list(member.exchanges.values(*WRITTEN)),
        "exchange_photos": list(
            ExchangePhoto.objects.filter(exchange__author=member).values("exchange__title", "alt")
        ),
        "exchange_conversations": list(
            member.conversations.values("exchange", "exchange__title", "begun_at", "written_at", "settled_at")
        ),
        "exchange_messages": list(
            ConversationMessage.objects.filter(by=member).values(
                "conversation__exchange", "conversation__exchange__title", "text", "at"
            )
        ),
        "exchange_messages_received": list(received.values("conversation__exchange", "at")),
        "exchange_matches": list(
            ExchangeMatch.objects.filter(exchange__in=_own(member)).values(
                "exchange", "other", "told_at", "dismissed_at"
            )
        ),
        "exchange_reports": list(
            member.exchange_reports.values("exchange__title", "reason", "made_at", "closed_at")
        ),
    }


def forget(member: Member) -> None:
    """Their own offers and needs go with all that hangs on them, and their words in other conversations.

    What they published or wrote for an initiative or a collective stays its own, without their name.
    """
    keeping.delete(_own(member))
    member.exchanges.update(author=None)
    # What nobody answered says nothing to anybody now.
    heard = ConversationMessage.objects.filter(from_people=True).values("conversation")
    Conversation.objects.filter(member=member).exclude(pk__in=heard).delete()
    answered = ConversationMessage.objects.filter(conversation__member=member, from_people=False)
    answered.update(text="", by=None)
    ConversationMessage.objects.filter(by=member).update(by=None)
    ExchangeReport.objects.filter(by=member).delete()


def warnings(member: Member) -> list[str]:
    """Offers and needs that go."""
    number = _own(member).count()
    if not number:
        return []
    told = ngettext(
        "Your %(n)s offer or need is deleted, with what was written on it.",
        "Your %(n)s offers and needs are deleted, with what was written on them.",
        number,
    )
    return [told % {"n": number}]
