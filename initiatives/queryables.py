"""What filters may ask of initiatives: public columns alone, each as the Feature shows it.

`territory` and `legal_form` are none: as parameters of a selection they also match what lies inside or below, and one
name must not mean two things. Lists are asked by the parameters of the selection.
"""

from django.db.models import F

from geo.json_text import Filled
from geo.queryables import Kind, Queryable, ToTheSecond
from territories.columns import queryables_of

from .layers import INITIATIVES

TEXTS = (
    "name",
    "slug",
    "summary",
    "description",
    "description_language",
    "primary_theme",
    "status",
    "position_precision",
    "reach",
    "collective",
    "website",
    "opening_hours",
    "licence",
)
ADDRESS = {
    "address_street": "public_street",
    "address_postcode": "public_postcode",
    "address_locality": "public_locality",
    "address_country": "country",
}
INSTANTS = {"created": "created_at", "updated": "updated_at", "confirmed": "confirmed_at"}

QUERYABLES = (
    *queryables_of(INITIATIVES, TEXTS, ("founded",)),
    *[Queryable(name, Kind.TEXT, Filled(column)) for name, column in ADDRESS.items()],
    *[Queryable(name, Kind.INSTANT, ToTheSecond(F(column))) for name, column in INSTANTS.items()],
)
