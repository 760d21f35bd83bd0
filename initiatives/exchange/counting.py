"""What the card of an initiative says of its offers and needs."""

from typing import Any

from django.db.models import Count

from vocabulary.exchange import Kind

from ..models import Initiative

# So many have a link of their own on a card.
FIRST = 4


def exchanged_by(initiative: Initiative) -> dict[str, Any]:
    """How many are open, by kind, and the `first` of them."""
    rows = initiative.exchanges.shown()
    numbers = dict(rows.order_by().values_list("kind").annotate(number=Count("pk")))
    first = rows.only("kind", "title", "language")[:FIRST] if numbers else []
    return {**dict.fromkeys(Kind.values, 0), **numbers, "first": first}
