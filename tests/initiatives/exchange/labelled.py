"""Made-up offers and needs with labels, put into the database as they would be published."""

import json
from datetime import date, timedelta
from pathlib import Path

from django.contrib.gis.geos import Point
from django.utils import timezone

from initiatives.enums import ExchangeStatus
from initiatives.exchange import matching
from initiatives.exchange.matching import indexing
from initiatives.models import Exchange
from initiatives.models.exchange import COLUMNS
from tests.factories import MemberFactory
from vocabulary.models import Theme

DATA = Path(__file__).parents[2] / "data"
DAYS = ("starts", "ends", "deadline")


def read(name: str) -> dict:
    """One file of labelled ones."""
    return json.loads((DATA / name).read_text(encoding="utf-8"))


def published(kind: str, row: dict, item: dict, *, author, today: date) -> Exchange:
    """One of them; what is due before today has expired."""
    own = {name: value for name, value in item.items() if name not in ("place", "dates_in_days")}
    columns = {name: own.pop(name) for name in list(own) if name in COLUMNS and name != "theme"}
    for name in DAYS:
        if f"{name}_in_days" in own:
            columns[name] = today + timedelta(days=own.pop(f"{name}_in_days"))
    columns["dates"] = [today + timedelta(days=days) for days in item.get("dates_in_days", [])]
    place = item.get("place")
    is_over = columns.get("deadline", today) < today
    exchange = Exchange(
        kind=kind,
        category=row["category"],
        author=author,
        theme=Theme.objects.get(slug=row["theme"]),
        details=own,
        expires_at=timezone.now() + timedelta(days=90),
        **columns,
    )
    if place:
        exchange.locality, exchange.country = place["locality"], place["country"]
        exchange.position = Point(place["lon"], place["lat"], srid=4326)
    if is_over:
        exchange.status, exchange.ended_at = ExchangeStatus.EXPIRED, timezone.now()
    exchange.save()
    return exchange


def pairs() -> tuple[dict[str, Exchange], dict[str, Exchange]]:
    """Needs and offers of the labelled pairs, by their label, with the decoys beside them."""
    found, author, today = read("exchange_pairs.json"), MemberFactory(), timezone.localdate()
    needs, offers = {}, {}
    for row in found["pairs"]:
        needs[row["id"]] = published("need", row, row["need"], author=author, today=today)
        offers[row["id"]] = published("offer", row, row["offer"], author=author, today=today)
    for row in found["decoys"]:
        published(row["kind"], row, row["item"], author=author, today=today)
    matching.index(Exchange.objects.values_list("pk", flat=True))
    indexing.count()
    return needs, offers


def many(name: str) -> tuple[dict[str, Exchange], dict[str, Exchange], dict[str, list[str]]]:
    """Needs and offers of a set by their label, and for each need the labels of what is relevant."""
    found, author, today = read(name), MemberFactory(), timezone.localdate()
    needs, offers = (
        {
            row["id"]: published(kind, row, row["item"], author=author, today=today)
            for row in found[f"{kind}s"]
        }
        for kind in ("need", "offer")
    )
    matching.index(Exchange.objects.values_list("pk", flat=True))
    indexing.count()
    return needs, offers, {row["id"]: row["relevant"] for row in found["needs"]}
