"""An initiative as a Feature of a former moment: what everyone could read then, as far as everyone still may.

Whoever hides where they are hides where they were: a place is told no more finely than every precision since then
allows, and not at all once there was none. Contacts and photos are told while they are shown today. What the history
does not keep is null or empty.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.contrib.gis.db.models import PointField
from django.db.models import Value

from community.models import Group
from geo.functions import Blur, PublicStreet, PublicTown
from territories.models import Collective, Territory
from vocabulary.models import LegalForm, Licence, Theme

from ..enums import Precision, Visibility
from ..exchange_sql import NAMES
from ..layers import INITIATIVES
from ..merging import following
from ..models import Initiative, Network
from .describing import COARSENESS
from .reading import Version, current_networks, versions

TEXTS = ("name", "summary", "description")
# Texts and numbers of the row as a Feature has them.
PLAIN = (
    "description_language",
    "founded",
    "reach",
    "website",
    "opening_hours",
    "labels",
    "tags",
    "languages",
)


# By property, what higher rooms know of a moment.
_above: dict[str, Callable[[Initiative, datetime], Any]] = {}


def register(name: str, then: Callable[[Initiative, datetime], Any]) -> None:
    """Let a higher room say what a property held at a moment, as far as everyone may still know."""
    _above[name] = then


@dataclass(frozen=True)
class _Place:
    """What is told of a place: how finely, and whether at all."""

    precision: Precision
    is_told: bool


def feature(initiative: Initiative, moment: datetime) -> dict[str, Any] | None:
    """The Feature as it was published at a moment; None where it was not there, or not for everyone."""
    found = versions(initiative)
    place = next((number for number, version in enumerate(found) if version.at <= moment), None)
    if place is None or not found[place].is_published:
        return None
    version, since = found[place], found[: place + 1]
    shown = following.survivor(initiative) or initiative
    if shown != initiative:
        # What lives on in another one is told no more finely than that.
        since += [one for number, one in enumerate(versions(shown)) if not number or one.at > moment]
    values = _values(version, _told(since), shown) | _exchanged(initiative, moment)
    values |= {name: then(initiative, moment) for name, then in _above.items()}
    geometry = values.pop("geometry")
    return {
        "id": str(initiative.uuid),
        "type": "Feature",
        "geometry": geometry,
        "properties": {name: values[name] for name in INITIATIVES.properties},
    }


def _told(since: Sequence[Version]) -> _Place:
    coarsest = max((version.row["precision"] for version in since), key=COARSENESS.index)
    return _Place(Precision(coarsest), all(version.row["position"] is not None for version in since))


def _values(version: Version, place: _Place, shown: Initiative) -> dict[str, Any]:
    row, parts = version.row, version.parts
    networks = Network.objects.filter(pk__in=list(current_networks(version)))
    return {
        **{name: row[name] if row[name] != "" else None for name in PLAIN},
        "name": row["name"],
        "slug": row["slug"],
        "url": f"{settings.SITE_URL}/initiatives/{row['slug']}/",
        "summary": row["summary"] or None,
        "description": row["description"] or None,
        "translations": {
            one["language"]: {name: one[name] or None for name in TEXTS}
            for one in sorted(parts["translations"], key=lambda one: one["language"])
        },
        "themes": _slugs(Theme.objects.filter(pk__in=[one["theme_id"] for one in parts["themes"]])),
        "networks": _slugs(networks),
        "groups": _slugs(Group.objects.shown().filter(pk__in=[one["group_id"] for one in parts["groups"]])),
        "status": row["status"],
        "position_precision": place.precision,
        "contact": _contacts(parts["contacts"], shown),
        "photos": _photos(parts["photos"], shown),
        "created": _instant(row["created_at"]),
        "updated": _instant(row["updated_at"]),
        "confirmed": _instant(row["confirmed_at"]),
        **_pointed_to(row),
        **_where(row, place),
        # No history is kept of these.
        "territories": [],
        "fields": {},
        "sources": [],
        "campaigns": [],
    }


def _exchanged(initiative: Initiative, moment: datetime) -> dict[str, list[str]]:
    """Of what is open still, as nobody is shown what is over: categories of what was there already."""
    rows = initiative.exchanges.shown().filter(published_at__lte=moment).values_list("kind", "category")
    found = set(rows)
    return {name: sorted(slug for of, slug in found if of == kind) for kind, name in NAMES.items()}


def _slugs(rows: Iterable) -> list[str]:
    return sorted(row.slug for row in rows)


def _instant(at: datetime | None) -> str | None:
    return None if at is None else f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def _pointed_to(row: Mapping[str, Any]) -> dict[str, Any]:
    """What the row named, as far as that is public today."""
    return {
        "primary_theme": _of(Theme.objects.all(), row["primary_theme_id"], "slug"),
        "legal_form": _of(LegalForm.objects.all(), row["legal_form_id"], "slug"),
        "collective": _of(Collective.objects.published(), row["collective_id"], "slug"),
        "parent": _of(Initiative.objects.published(), row["parent_id"], "uuid"),
        "licence": _of(Licence.objects.all(), row["licence_id"], "code") or settings.DATA_LICENCE,
    }


def _of(rows, key: int | None, name: str) -> str | None:
    found = None if key is None else rows.filter(pk=key).values_list(name, flat=True).first()
    return None if found is None else str(found)


def _where(row: Mapping[str, Any], place: _Place) -> dict[str, Any]:
    """The place as the database itself makes it public."""
    fineness = Value(place.precision.value)
    public = Initiative.objects.filter(pk=row["id"]).values_list(
        PublicStreet(Value(row["street"]), fineness),
        PublicTown(Value(row["postcode"]), fineness),
        PublicTown(Value(row["locality"]), fineness),
        *([Blur(Value(row["position"], PointField(srid=4326)), fineness)] if place.is_told else []),
    )
    street, postcode, locality, *point = public.get()
    # It was looked for at the public place of then, which may have been a finer one.
    is_of_then = place.is_told and row["precision"] == place.precision
    return {
        "geometry": {"type": "Point", "coordinates": list(point[0].coords)} if point else None,
        "address": {
            "street": street or None,
            "postcode": postcode or None,
            "locality": locality or None,
            "country": row["country"] or None,
        },
        "territory": _of(Territory.objects.all(), row["territory_id"], "code") if is_of_then else None,
    }


def _contacts(rows: Iterable[Mapping[str, Any]], shown: Initiative) -> dict[str, str]:
    today = set(shown.contacts.filter(visibility=Visibility.EVERYONE).values_list("kind", "value"))
    return {
        one["kind"]: one["value"]
        for one in sorted(rows, key=lambda one: one["kind"])
        if one["visibility"] == Visibility.EVERYONE and (one["kind"], one["value"]) in today
    }


def _photos(rows: Iterable[Mapping[str, Any]], shown: Initiative) -> list[dict[str, Any]]:
    today = set(shown.photos.values_list("image", flat=True))
    kept = sorted((one for one in rows if one["image"] in today), key=lambda one: (one["order"], one["id"]))
    licences = Licence.objects.in_bulk({one["licence_id"] for one in kept})
    return [
        {
            "url": f"{settings.SITE_URL}{settings.MEDIA_URL}{one['image']}",
            "alt": one["alt"],
            "credit": one["credit"] or None,
            "licence": licences[one["licence_id"]].code,
        }
        for one in kept
        if one["licence_id"] in licences
    ]
