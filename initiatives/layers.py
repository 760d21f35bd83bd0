"""The layer of initiatives: every property that a Feature has, as CONTRACT lists them; null where unknown."""

from django.conf import settings
from django.db.models import (
    Case,
    CharField,
    F,
    QuerySet,
    TextField,
    Value,
    When,
)
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce, Concat, NullIf

from geo.json_text import Instant, JSONObject, JSONText
from geo.layers import Layer
from geo.many import Many
from territories.enums import CollectiveStatus

from .enums import Status, Visibility
from .models import (
    Contact,
    Identity,
    Initiative,
    InitiativeTerritory,
    InitiativeTheme,
    NetworkMembership,
    Photo,
    Translation,
)
from .selection import Selection

# How keys begin that imports make up where a source has none. They are made of the name and the exact place:
# whoever guesses places could find out a blurred one, so these keys are not published.
MADE_UP_KEY = "h:"


def _text(path: str) -> Combinable:
    return NullIf(F(path), Value("", TextField()), output_field=TextField())


def _published(path: str, **status: str) -> Combinable:
    """What names another row, null unless that one is published."""
    return Case(When(**status, then=F(path)))


def _many(model: type, value: Combinable, order: str, key: str = "", **filters) -> Many:
    return Many(model.objects.filter(**filters).order_by("initiative_id", order), "initiative", value, key)


def _url(*parts: Combinable) -> Combinable:
    return Concat(Value(settings.SITE_URL), *parts, output_field=CharField())


def _empty(json: str) -> Combinable:
    """An empty list or object: the property is there before the things it will name."""
    return JSONText(Value(json, TextField()))


PROPERTIES: dict[str, Combinable | Many] = {
    "name": F("name"),
    "slug": F("slug"),
    # Without a language, so that it stays; it redirects to the reader's own.
    "url": _url(Value("/initiatives/"), F("slug"), Value("/")),
    "summary": _text("summary"),
    "description": _text("description"),
    "description_language": _text("description_language"),
    "translations": _many(
        Translation,
        JSONObject({name: _text(name) for name in ("name", "summary", "description")}),
        order="language",
        key="language",
    ),
    "themes": _many(InitiativeTheme, F("theme__slug"), order="theme__slug"),
    "primary_theme": F("primary_theme__slug"),
    "legal_form": F("legal_form__slug"),
    "status": F("status"),
    "founded": F("founded"),
    "parent": _published("parent__uuid", parent__status=Status.PUBLISHED),
    "address": JSONObject(
        {
            "street": _text("public_street"),
            "postcode": _text("public_postcode"),
            "locality": _text("public_locality"),
            "country": _text("country"),
        }
    ),
    "position_precision": F("precision"),
    "reach": _text("reach"),
    "territory": F("territory__code"),
    "territories": _many(InitiativeTerritory, F("territory__code"), order="territory__code"),
    "collective": _published("collective__slug", collective__status=CollectiveStatus.PUBLISHED),
    "networks": _many(NetworkMembership, F("network__slug"), order="network__slug", until=None),
    "website": _text("website"),
    "contact": _many(Contact, F("value"), order="kind", key="kind", visibility=Visibility.EVERYONE),
    "opening_hours": _text("opening_hours"),
    "photos": _many(
        Photo,
        JSONObject(
            {
                "url": _url(Value(settings.MEDIA_URL), F("image")),
                "alt": F("alt"),
                "credit": _text("credit"),
                "licence": F("licence__code"),
            }
        ),
        order="order",
    ),
    "labels": F("labels"),
    "tags": F("tags"),
    "languages": F("languages"),
    "fields": _empty("{}"),
    "offers": _empty("[]"),
    "needs": _empty("[]"),
    "groups": _empty("[]"),
    "campaigns": _empty("[]"),
    "created": Instant("created_at"),
    "updated": Instant("updated_at"),
    "confirmed": Instant("confirmed_at"),
    "sources": _many(
        Identity,
        JSONObject(
            {
                "network": F("network__slug"),
                "external_id": Case(
                    When(external_id__startswith=MADE_UP_KEY, then=None), default=F("external_id")
                ),
                "url": _text("url"),
                "licence": Coalesce("licence__code", "network__licence__code"),
                "retrieved": Instant("seen_at"),
            }
        ),
        order="pk",
    ),
    "licence": Coalesce(F("licence__code"), Value(settings.DATA_LICENCE)),
}


def _selected(selection: Selection) -> QuerySet:
    return selection.initiatives().order_by("pk")


INITIATIVES = Layer(
    id="initiatives",
    title="Initiatives",
    features=_selected,
    geometry="public_position",
    identity="uuid",
    properties=PROPERTIES,
)
KEYED = INITIATIVES.keyed(Initiative.objects.published().order_by("pk"))
