"""How an offer or a need ends, whatever the reason: written in one place, by the action that holds its row."""

from django.utils import timezone

from ..enums import ExchangeStatus
from ..models import Exchange
from .matching.indexing import index


def end(exchange: Exchange, status: ExchangeStatus) -> None:
    """Give it its last status; what had ended already keeps the moment at which it did."""
    exchange.status = status
    exchange.ended_at = exchange.ended_at or timezone.now()
    exchange.save(update_fields=["status", "ended_at"])
    index([exchange.pk])
