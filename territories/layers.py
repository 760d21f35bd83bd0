"""The layers of territories and of territorial collectives: every property that a Feature has, null where unknown."""

from django.conf import settings
from django.contrib.gis.db.models import MultiPolygonField
from django.db.models import CharField, F, QuerySet, TextField, Value
from django.db.models.expressions import Combinable
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast, Coalesce, Concat, NullIf

from geo.json_text import Filled, Instant, JSONText
from geo.layers import Layer
from geo.related import Related
from vocabulary.models import Licence
from vocabulary.names import LANGUAGES

from .models import Collective, Territory

# As names are read elsewhere: English first, then French.
READ_FIRST = ("en", "fr", *(code for code in LANGUAGES if code not in ("en", "fr")))


def in_one_language(texts: str) -> Coalesce:
    """A text of a TextsField in the first language that has one, null where none has."""
    said = [NullIf(KeyTextTransform(code, texts), Value("", TextField())) for code in READ_FIRST]
    return Coalesce(*said, output_field=TextField())


def _url(room: str, key: str) -> Combinable:
    # Without a language, so that it stays; it redirects to the reader's own.
    start = Value(f"{settings.SITE_URL}/{room}/")
    return Concat(start, F(key), Value("/"), output_field=CharField())


def _object(path: str) -> JSONText:
    return JSONText(Cast(F(path), TextField()))


def territories(selection: None = None) -> QuerySet:
    """All of them, in the order of their keys."""
    return Territory.objects.order_by("pk")


def collectives(selection: None = None) -> QuerySet:
    """The published ones, in the order of their keys; `area` is their own perimeter, else that of their territory."""
    area = Coalesce("perimeter", "territory__boundary", output_field=MultiPolygonField(srid=4326))
    return Collective.objects.published().annotate(area=area).order_by("pk")


TERRITORIES = Layer(
    id="territories",
    title="Territories",
    features=territories,
    geometry="boundary",
    identity="code",
    properties={
        "code": F("code"),
        "name": in_one_language("names"),
        "names": _object("names"),
        "scheme": F("scheme"),
        "parent": Related("parent", Territory, "code"),
        "country": Filled("country"),
        "url": _url("territories", "code"),
        "population": F("population"),
        "year": F("year"),
        "source": Filled("source"),
        "licence": Related("licence", Licence, "code"),
    },
)
COLLECTIVES = Layer(
    id="collectives",
    title="Territorial collectives",
    features=collectives,
    geometry="area",
    identity="slug",
    properties={
        "name": F("name"),
        "slug": F("slug"),
        "url": _url("collectives", "slug"),
        "purpose": in_one_language("purposes"),
        "purposes": _object("purposes"),
        "territory": Related("territory", Territory, "code"),
        "website": Filled("website"),
        "created": Instant("created_at"),
    },
)
