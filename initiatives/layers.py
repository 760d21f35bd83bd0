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
from django.db.models.functions import Coalesce, Concat

from community.models import Group
from geo.json_text import Filled, Instant, JSONObject, JSONText
from geo.layers import Layer
from geo.many import Many
from geo.related import Related
from geo.remembered import Remembered
from geo.search import bytewise
from territories.enums import CollectiveStatus
from territories.models import Collective, Territory
from vocabulary.exchange import Kind
from vocabulary.models import LegalForm, Licence, Theme

from . import noted
from .enums import Status, Visibility
from .models import (
    Contact,
    Exchange,
    Identity,
    Initiative,
    InitiativeGroup,
    InitiativeTerritory,
    InitiativeTheme,
    Network,
    NetworkMembership,
    Photo,
    Translation,
)
from .selection import Selection

# How keys begin that imports make up where a source has none. They are made of the name and the exact place:
# whoever guesses places could find out a blurred one, so these keys are not published.
MADE_UP_KEY = "h:"


def _named(model: type, related: Related, **filters) -> Many:
    """What rows of `model` name, in the order of its bytes, which is that of Python too."""
    return _many(model, related, order=bytewise(f"{related.key}__{related.column}"), **filters)


def _many(
    model: type, value: Combinable | Related, order: Combinable | str, key: str = "", **filters
) -> Many:
    return Many(model.objects.filter(**filters).order_by("initiative_id", order), "initiative", value, key)


def _exchanged(kind: Kind) -> Many:
    """Categories of which an initiative has an open one, each once; they have ASCII letters alone."""
    rows = Exchange.objects.on_initiatives(kind).order_by("initiative_id", "category")
    return Many(rows.distinct("initiative_id", "category"), "initiative", F("category"))


def _url(*parts: Combinable) -> Combinable:
    return Concat(Value(settings.SITE_URL), *parts, output_field=CharField())


def _empty(json: str) -> Combinable:
    """An empty list or object: the property is there before the things it will name."""
    return JSONText(Value(json, TextField()))


PROPERTIES: dict[str, Combinable | Many | Related] = {
    "name": F("name"),
    "slug": F("slug"),
    # Without a language, so that it stays; it redirects to the reader's own.
    "url": _url(Value("/initiatives/"), F("slug"), Value("/")),
    "summary": Filled("summary"),
    "description": Filled("description"),
    "description_language": Filled("description_language"),
    "translations": _many(
        Translation,
        JSONObject({name: Filled(name) for name in ("name", "summary", "description")}),
        order="language",
        key="language",
    ),
    "themes": _named(InitiativeTheme, Related("theme", Theme, "slug")),
    "primary_theme": Related("primary_theme", Theme, "slug"),
    "legal_form": Related("legal_form", LegalForm, "slug"),
    "status": F("status"),
    "founded": F("founded"),
    "parent": Related("parent", Initiative, "uuid", shown={"status": Status.PUBLISHED}),
    "address": JSONObject(
        {
            "street": Filled("public_street"),
            "postcode": Filled("public_postcode"),
            "locality": Filled("public_locality"),
            "country": Filled("country"),
        }
    ),
    "position_precision": F("precision"),
    "reach": Filled("reach"),
    "territory": Related("territory", Territory, "code"),
    "territories": _named(InitiativeTerritory, Related("territory", Territory, "code")),
    "collective": Related("collective", Collective, "slug", shown={"status": CollectiveStatus.PUBLISHED}),
    "networks": _named(NetworkMembership, Related("network", Network, "slug"), until=None),
    "website": Filled("website"),
    "contact": _many(Contact, F("value"), order="kind", key="kind", visibility=Visibility.EVERYONE),
    "opening_hours": Filled("opening_hours"),
    "photos": _many(
        Photo,
        JSONObject(
            {
                "url": _url(Value(settings.MEDIA_URL), F("image")),
                "alt": F("alt"),
                "credit": Filled("credit"),
                "licence": F("licence__code"),
            }
        ),
        order="order",
    ),
    "labels": F("labels"),
    "tags": F("tags"),
    "languages": F("languages"),
    "fields": _empty("{}"),
    "offers": _exchanged(Kind.OFFER),
    "needs": _exchanged(Kind.NEED),
    "groups": _named(InitiativeGroup, Related("group", Group, "slug"), group__in=Group.objects.shown()),
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
                "url": Filled("url"),
                "licence": Coalesce("licence__code", "network__licence__code"),
                "retrieved": Instant("seen_at"),
            }
        ),
        order="pk",
    ),
    "licence": Related("licence", Licence, "code", otherwise=Value(settings.DATA_LICENCE)),
}


def register(name: str, values: Many) -> None:
    """Let a higher room fill a property that is empty without it, from its AppConfig.ready()."""
    if not isinstance(PROPERTIES[name], JSONText):
        raise ValueError(f"The property {name!r} has its values already.")
    PROPERTIES[name] = values


def _selected(selection: Selection) -> QuerySet:
    return selection.initiatives().order_by("pk")


INITIATIVES = Layer(
    id="initiatives",
    title="Initiatives",
    features=_selected,
    geometry="public_position",
    identity="uuid",
    properties=PROPERTIES,
    remembered=Remembered(noted.moment, noted.changed_since),
)
KEYED = INITIATIVES.keyed(Initiative.objects.published().order_by("pk"))
# What a selection without any filter shows.
LOCATED = INITIATIVES.keyed(Initiative.objects.published().located().order_by("pk"))
