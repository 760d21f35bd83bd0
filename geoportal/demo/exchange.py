"""Demo offers and needs of demo initiatives, collectives and sign-ins; made once, whatever became of them."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone

from community.models import Member
from initiatives.enums import ExchangeStatus
from initiatives.models import Exchange, Initiative
from territories.models import Collective, Place
from vocabulary.exchange import CATEGORIES
from vocabulary.models import Theme

from .content import FOLDER, read
from .people import DOMAIN


def load() -> int:
    """Those that are missing; their number."""
    return sum(_publish(row) for row in read(FOLDER / "exchange.json"))


def _publish(row: dict[str, Any]) -> bool:
    if Exchange.objects.filter(title=row["title"]).exists():
        return False
    town, _comma, country = row["town"].rpartition(", ")
    place = Place.objects.filter(name=town, country=country).latest("population")
    values = {
        **{name: row[name] for name in ("kind", "category", "title", "text", "language", "details")},
        **_of(row),
        "theme": Theme.objects.get(slug=row["theme"]),
        "locality": place.name,
        "country": place.country,
        "position": place.position,
        "remote": row.get("remote", False),
        "radius_km": row.get("radius"),
        "languages": row.get("languages", [row["language"]]),
        "dates": [_day(days) for days in row.get("dates", ())],
        **{name: _day(row[name]) for name in ("starts", "ends", "deadline") if name in row},
    }
    is_settled = row.get("settled", False)
    Exchange.objects.create(
        **values,
        expires_at=_end(values),
        status=ExchangeStatus.SETTLED if is_settled else ExchangeStatus.OPEN,
        ended_at=timezone.now() if is_settled else None,
    )
    return True


def _of(row: dict[str, Any]) -> dict[str, Any]:
    """Whose it is."""
    if "initiative" in row:
        return {"initiative": Initiative.objects.get(slug=row["initiative"])}
    if "collective" in row:
        return {"collective": Collective.objects.get(slug=row["collective"])}
    return {"author": Member.objects.get(email=f"{row['member']}@{DOMAIN}")}


def _day(days: int) -> date:
    return timezone.localdate() + timedelta(days=days)


def _end(values: dict[str, Any]) -> datetime:
    """The end of its last day, as its category has it."""
    category = CATEGORIES[values["category"]]
    last = values.get(category.expires_with) if category.expires_with else None
    day = max(last) if isinstance(last, list) and last else last or _day(category.expiry_days)
    return timezone.make_aware(datetime.combine(day, time.max))
