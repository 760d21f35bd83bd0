"""Until when an offer or need stands open: to the end of its own date, else for the time of its category.

A day ends at midnight by the clock of the site. The worker ends what is over; docs/decisions/0039 says why.
"""

from datetime import date, datetime, time, timedelta

from django.utils import timezone

from vocabulary.exchange import LONGEST_DAYS, REMIND_DAYS_BEFORE

from ..models import Exchange

# The last second, so that the day that people read is the day that is meant.
LAST_SECOND = time(23, 59, 59)
REMIND_BEFORE = timedelta(days=REMIND_DAYS_BEFORE)


def own_end(exchange: Exchange) -> date | None:
    """The date that ends it, of several the last; None where it has none."""
    name = exchange.its_category.expires_with
    value = exchange.value(name) if name else None
    return max(value, default=None) if isinstance(value, list) else value


def ends_at(exchange: Exchange, now: datetime) -> datetime:
    """Until when it is open, if it is published or renewed now."""
    today = timezone.localdate(now)
    end = own_end(exchange) or today + timedelta(days=exchange.its_category.expiry_days)
    end = min(end, today + timedelta(days=LONGEST_DAYS))
    return datetime.combine(end, LAST_SECOND, timezone.get_default_timezone())


def is_date_over(exchange: Exchange, now: datetime) -> bool:
    """Whether its own date has passed, so that it needs a new one before it can be open again."""
    end = own_end(exchange)
    return end is not None and end < timezone.localdate(now)


def can_be_longer(exchange: Exchange, now: datetime) -> bool:
    """Whether renewing it now would let it stand longer."""
    return not is_date_over(exchange, now) and ends_at(exchange, now) > max(exchange.expires_at, now)
