"""Where the page of an offer or need is."""

from django.conf import settings

from ..models import Exchange


def lasting(exchange: Exchange) -> str:
    """The whole address without a language, so that it stays; it redirects to the reader's own."""
    return f"{settings.SITE_URL}/exchange/{exchange.pk}/"
