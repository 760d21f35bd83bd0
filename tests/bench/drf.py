"""The same Features by djangorestframework-gis as one writes it: serializers, prefetched relations."""

from django.conf import settings
from django.db.models import Prefetch
from rest_framework import serializers
from rest_framework.generics import ListAPIView
from rest_framework_gis.fields import GeometryField
from rest_framework_gis.serializers import GeoFeatureModelSerializer

from initiatives.models import Initiative, InitiativeTerritory

EMPTY = ("fields", "offers", "needs", "groups", "campaigns")
TEXTS = ("summary", "description", "description_language", "reach", "website", "opening_hours")
RELATED = (
    "themes",
    # Boundaries would be read with their territories.
    Prefetch(
        "territory_links",
        InitiativeTerritory.objects.select_related("territory").defer("territory__boundary"),
    ),
    "memberships__network",
    "translations",
    "contacts",
    "photos__licence",
    "identities__network__licence",
    "identities__licence",
)


class FeatureSerializer(GeoFeatureModelSerializer):
    """Every property that `/api/initiatives/` gives."""

    public_position = GeometryField(precision=7)
    created = serializers.DateTimeField(source="created_at")
    updated = serializers.DateTimeField(source="updated_at")
    confirmed = serializers.DateTimeField(source="confirmed_at")

    class Meta:
        model = Initiative
        geo_field = "public_position"
        id_field = "uuid"
        fields = ["uuid", "name", "slug", "founded", "labels", "tags", "languages", "status"]
        fields += ["created", "updated", "confirmed"]

    def to_representation(self, instance: Initiative) -> dict:
        """The serializer's own fields, then those that are put together."""
        feature = super().to_representation(instance)
        feature["properties"] |= _texts(instance) | _links(instance) | {name: [] for name in EMPTY}
        return feature


def _texts(row: Initiative) -> dict:
    return {
        **{name: getattr(row, name) or None for name in TEXTS},
        "url": f"{settings.SITE_URL}/initiatives/{row.slug}/",
        "position_precision": row.precision,
        "address": {
            "street": row.public_street or None,
            "postcode": row.public_postcode or None,
            "locality": row.public_locality or None,
            "country": row.country or None,
        },
        "licence": row.licence.code if row.licence else settings.DATA_LICENCE,
    }


def _links(row: Initiative) -> dict:
    parent, collective = row.parent, row.collective
    return {
        "translations": {t.language: {"name": t.name, "summary": t.summary} for t in row.translations.all()},
        "themes": sorted(theme.slug for theme in row.themes.all()),
        "primary_theme": row.primary_theme.slug if row.primary_theme else None,
        "legal_form": row.legal_form.slug if row.legal_form else None,
        "parent": str(parent.uuid) if parent and parent.is_published else None,
        "territory": row.territory.code if row.territory else None,
        "territories": sorted(link.territory.code for link in row.territory_links.all()),
        "collective": collective.slug if collective else None,
        "networks": sorted(one.network.slug for one in row.memberships.all() if one.until is None),
        "contact": {one.kind: one.value for one in row.contacts.all() if one.visibility == "everyone"},
        "photos": [{"url": photo.image.url, "alt": photo.alt} for photo in row.photos.all()],
        "sources": [{"network": one.network.slug, "url": one.url or None} for one in row.identities.all()],
    }


class FeatureList(ListAPIView):
    """A page of `limit` behind a primary key, `after`."""

    authentication_classes = ()
    serializer_class = FeatureSerializer
    pagination_class = None

    def get_queryset(self):
        """Published rows; boundaries of territories stay where they are."""
        after, limit = (int(self.request.query_params[name]) for name in ("after", "limit"))
        return (
            Initiative.objects.published()
            .located()
            .filter(pk__gt=after)
            .select_related("primary_theme", "legal_form", "licence", "parent", "collective", "territory")
            .defer("position", "search", "search_name", "territory__boundary")
            .prefetch_related(*RELATED)
            .order_by("pk")[:limit]
        )
