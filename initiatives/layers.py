"""The layer of initiatives: every property that a Feature has, as CONTRACT lists them; null where unknown."""

from django.conf import settings
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import (
    Case,
    CharField,
    F,
    JSONField,
    OuterRef,
    QuerySet,
    Subquery,
    TextField,
    Value,
    When,
)
from django.db.models.aggregates import Aggregate
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce, Concat, NullIf

from geo.features import Instant, JSONBuild
from geo.layers import Layer
from territories.enums import CollectiveStatus

from .enums import Status, Visibility
from .models import (
    Contact,
    Identity,
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


class ObjectAggregate(Aggregate):
    """Rows as one JSON object of key to value."""

    function = "jsonb_object_agg"
    output_field = JSONField()


def _text(path: str) -> Combinable:
    return NullIf(F(path), Value("", TextField()), output_field=TextField())


def _published(path: str, **status: str) -> Combinable:
    """What names another row, null unless that one is published."""
    return Case(When(**status, then=F(path)))


def _slugs(model: type, path: str, **filters) -> Combinable:
    rows = model.objects.filter(initiative=OuterRef("pk"), **filters).order_by(path)
    return ArraySubquery(rows.values(path))


def _objects(model: type, members: dict[str, Combinable], order: str) -> Combinable:
    rows = model.objects.filter(initiative=OuterRef("pk")).order_by(order)
    return ArraySubquery(rows.annotate(_object=JSONBuild(members)).values("_object"))


def _keyed(model: type, key: str, value: Combinable, **filters) -> Combinable:
    """An object by key, {} where there is no row."""
    rows = model.objects.filter(initiative=OuterRef("pk"), **filters).order_by().values("initiative")
    return Coalesce(
        Subquery(rows.annotate(_object=ObjectAggregate(F(key), value)).values("_object")),
        Value({}, JSONField()),
        output_field=JSONField(),
    )


def _url(*parts: Combinable) -> Combinable:
    return Concat(Value(settings.SITE_URL), *parts, output_field=CharField())


def _nothing() -> Combinable:
    """An empty list: the property is there before the thing it will name."""
    return Value([], JSONField())


PROPERTIES: dict[str, Combinable] = {
    "name": F("name"),
    "slug": F("slug"),
    # Without a language, so that it stays; it redirects to the reader's own.
    "url": _url(Value("/initiatives/"), F("slug"), Value("/")),
    "summary": _text("summary"),
    "description": _text("description"),
    "description_language": _text("description_language"),
    "translations": _keyed(
        Translation,
        "language",
        JSONBuild({"name": _text("name"), "summary": _text("summary"), "description": _text("description")}),
    ),
    "themes": _slugs(InitiativeTheme, "theme__slug"),
    "primary_theme": F("primary_theme__slug"),
    "legal_form": F("legal_form__slug"),
    "status": F("status"),
    "founded": F("founded"),
    "parent": _published("parent__uuid", parent__status=Status.PUBLISHED),
    "address": JSONBuild(
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
    "territories": _slugs(InitiativeTerritory, "territory__code"),
    "collective": _published("collective__slug", collective__status=CollectiveStatus.PUBLISHED),
    "networks": _slugs(NetworkMembership, "network__slug", until=None),
    "website": _text("website"),
    "contact": _keyed(Contact, "kind", F("value"), visibility=Visibility.EVERYONE),
    "opening_hours": _text("opening_hours"),
    "photos": _objects(
        Photo,
        {
            "url": _url(Value(settings.MEDIA_URL), F("image")),
            "alt": F("alt"),
            "credit": _text("credit"),
            "licence": F("licence__code"),
        },
        "order",
    ),
    "labels": F("labels"),
    "tags": F("tags"),
    "languages": F("languages"),
    "fields": Value({}, JSONField()),
    "offers": _nothing(),
    "needs": _nothing(),
    "groups": _nothing(),
    "campaigns": _nothing(),
    "created": Instant("created_at"),
    "updated": Instant("updated_at"),
    "confirmed": Instant("confirmed_at"),
    "sources": _objects(
        Identity,
        {
            "network": F("network__slug"),
            "external_id": Case(
                When(external_id__startswith=MADE_UP_KEY, then=None), default=F("external_id")
            ),
            "url": _text("url"),
            "licence": Coalesce("licence__code", "network__licence__code"),
            "retrieved": Instant("seen_at"),
        },
        "pk",
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
