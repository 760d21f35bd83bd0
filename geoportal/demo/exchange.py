"""Demo offers and needs of demo initiatives, collectives and sign-ins; made once, whatever became of them."""

from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from community.models import Member
from initiatives.enums import ExchangeStatus
from initiatives.exchange import expiry
from initiatives.exchange.matching.indexing import index
from initiatives.models import Exchange, Initiative
from territories.models import Collective, Place
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
    now = timezone.now()
    made = Exchange(**values)
    made.expires_at = expiry.ends_at(made, now)
    if row.get("settled", False):
        made.status, made.first_answer_at, made.ended_at = ExchangeStatus.SETTLED, now, now
    made.save()
    index([made.pk])
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
