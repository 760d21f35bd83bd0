"""`/api/offers/`: what is open of offers and needs, as everyone sees it, whoever asks."""

from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from rest_framework.request import Request

from geo.lists import Item, Listing, Rows
from geo.parameters import page_cursor

from ..models import Exchange, ExchangePhoto
from ..models.exchange import COLUMNS
from .addresses import lasting
from .choosing import chosen
from .holding import member_name

FILTERS = {"kind": "way", "category": "category", "theme": "theme", "territory": "territory", "near": "near"}
# Told by members of their own.
APART = COLUMNS | {"place"}


class Offers(Rows):
    """Offers and needs as JSON."""

    named = "pk"

    def rows(self) -> QuerySet:
        """Those that are shown, each with whose it is."""
        return _told(Exchange.objects.shown())

    def shown(self, row: Exchange) -> dict[str, Any]:
        """What its page says of it; `fields` are those of its category that are no member of their own."""
        fields = [field.name for field, _required in row.its_category.fields(row.kind)]
        return {
            "id": row.pk,
            "url": lasting(row),
            "kind": row.kind,
            "category": row.category,
            "title": row.title,
            "text": row.text,
            "language": row.language,
            "theme": row.theme.slug,
            "languages": row.languages,
            "locality": row.locality or None,
            "country": row.country or None,
            "position": list(row.position.coords) if row.position else None,
            "remote": row.remote,
            "radius_km": row.radius_km,
            "starts": row.starts,
            "ends": row.ends,
            "deadline": row.deadline,
            "dates": row.dates,
            "fields": {name: row.value(name) for name in fields if name not in APART},
            "photos": [_photo(one) for one in row.photos.all()],
            "initiative": row.initiative.slug if row.initiative else None,
            "collective": row.collective.slug if row.collective else None,
            "member": member_name(row),
            "published": row.published_at,
            "updated": row.updated_at,
            "open_until": row.expires_at,
        }


def _told(rows: QuerySet) -> QuerySet:
    return rows.with_people().prefetch_related("photos")


def _photo(photo: ExchangePhoto) -> dict[str, str]:
    return {"url": f"{settings.SITE_URL}{photo.image.url}", "alt": photo.alt}


class OfferList(Offers, Listing):
    """All that fit, in pages."""

    filters = tuple(FILTERS)

    def following(self, request: Request, number: int) -> list:
        """The next ones after the cursor."""
        rows = chosen(request.query_params, FILTERS).filter(pk__gt=page_cursor(request.query_params))
        return list(_told(rows).order_by("pk")[:number])


class OfferItem(Offers, Item):
    """One of them by its number."""
