"""Values of each field that are right."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from territories.models import Place
from tests.factories import PlaceFactory
from vocabulary.exchange import CATEGORIES, Field, Kind
from vocabulary.models import Theme


def town(name: str = "Lyon") -> Place:
    """A town of the gazetteer, made where there is none."""
    return Place.objects.filter(name=name).first() or PlaceFactory(name=name)


def sample(field: Field) -> Any:
    """One value of a field."""
    later = timezone.localdate() + timedelta(days=30)
    by_name = {
        "title": "A trailer for bread",
        "text": "It carries *120 kg*.",
        "amount_max": {"amount": "9000.00", "currency": "EUR"},
        "ends": later + timedelta(days=10),
    }
    by_type = {
        "text": "On Mondays",
        "language": "en",
        "languages": ["de", "fr"],
        "boolean": True,
        "integer": 20,
        "decimal": 12,
        "money": {"amount": "25.00", "currency": "EUR"},
        "date": later,
        "dates": [later, later + timedelta(days=7)],
        "territory": ["EU"],
    }
    if field.name in by_name:
        return by_name[field.name]
    if field.type == "theme":
        return Theme.objects.get(slug="repair-cafes")
    if field.type == "place":
        return town()
    return field.choices[0].value if field.type == "choice" else by_type[field.type]


def needed(category: str, kind: Kind, **more: Any) -> dict[str, Any]:
    """What must be filled in, and more."""
    fields = CATEGORIES[category].fields(kind)
    return {field.name: sample(field) for field, is_required in fields if is_required} | more


def all_of(category: str, kind: Kind) -> dict[str, Any]:
    """Everything that can be filled in."""
    return {field.name: sample(field) for field, _required in CATEGORIES[category].fields(kind)}


EVERY = [(category, kind) for category in CATEGORIES for kind in Kind]


def posted(values: dict[str, Any], category: str, kind: Kind) -> dict[str, Any]:
    """The same as the form sends them."""
    sent: dict[str, Any] = {"wants_matches": "on"}
    for field, is_required in CATEGORIES[category].fields(kind):
        value = values.get(field.name)
        if value is None or (value is False and not is_required):
            continue
        match field.type:
            case "money":
                sent |= {field.name: value["amount"], f"{field.name}_currency": value["currency"]}
            case "boolean":
                sent[field.name] = {True: "yes", False: "no"}[value] if is_required else "on"
            case "theme":
                sent[field.name] = value.pk
            case "place":
                sent[field.name] = value.name
            case _:
                sent[field.name] = value
    return sent
