"""A need and offers that fit it, with their words read."""

from initiatives.exchange import matching
from initiatives.models import Exchange
from tests.factories import ExchangeFactory
from vocabulary.exchange import Kind
from vocabulary.models import Theme


def need(**values) -> Exchange:
    """Somebody in Lyon looks for who repairs bicycles, in French."""
    return _made(
        {
            "kind": Kind.NEED,
            "title": "Réparer nos vélos",
            "text": "Trente vélos fatigués attendent une mécanicienne.",
            "language": "fr",
            "theme": Theme.objects.get(slug="cycling"),
        },
        values,
    )


def offer(**values) -> Exchange:
    """Somebody in Lyon repairs bicycles, in German."""
    return _made(
        {
            "kind": Kind.OFFER,
            "title": "Fahrradreparatur",
            "text": "Ich repariere alte Fahrräder.",
            "language": "de",
            "theme": Theme.objects.get(slug="cycling"),
        },
        values,
    )


def _made(usual: dict, values: dict) -> Exchange:
    exchange = ExchangeFactory(**{**usual, **values})
    matching.index([exchange.pk])
    return exchange
