"""One Feature through djangorestframework-gis, and the ETag that binds a change to what its author read."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import parse_etags
from rest_framework import serializers, status
from rest_framework.exceptions import APIException
from rest_framework.permissions import SAFE_METHODS
from rest_framework.renderers import JSONRenderer
from rest_framework_gis.fields import GeometryField
from rest_framework_gis.serializers import GeoFeatureModelSerializer

from geo.features import of_each

from .layers import INITIATIVES
from .models import Initiative
from .slugs import lock_slugs

ANY = "*"
WEAK = "W/"


class PreconditionFailedError(APIException):
    """It is not what the caller read any more."""

    status_code = status.HTTP_412_PRECONDITION_FAILED
    default_code = "precondition_failed"
    default_detail = (
        "If-Match: the initiative was changed meanwhile. Read it again, then send what still holds."
    )


class GeoJSONRenderer(JSONRenderer):
    """GeoJSON under its own media type, or as plain JSON for those who ask for that."""

    media_type = "application/geo+json"
    charset = None


class InitiativeSerializer(GeoFeatureModelSerializer):
    """One Feature; its properties are the layer's own expressions, annotated on the row."""

    id = serializers.UUIDField(source="uuid")
    geometry = GeometryField(source="public_position", precision=7)

    class Meta:
        model = Initiative
        id_field = "id"
        geo_field = "geometry"
        fields = ["id", "geometry"]

    def get_fields(self) -> dict:
        """Identity, geometry, then every property of the layer."""
        fields = super().get_fields()
        for name in INITIATIVES.properties:
            fields[name] = serializers.ReadOnlyField(source=f"as_{name}")
        return fields


def with_properties(rows: QuerySet) -> QuerySet:
    """Initiatives with the layer's properties."""
    properties = {f"as_{name}": value for name, value in of_each(INITIATIVES.properties).items()}
    return rows.defer("position", "search").annotate(**properties)


def answer(row: Initiative, request: HttpRequest, code: int = status.HTTP_200_OK) -> HttpResponse:
    """The Feature of a row with_properties() and its ETag; 304 where a reader has it already."""
    body = _text(row)
    etag = _etag(body)
    told = HttpResponse(body, status=code, content_type=GeoJSONRenderer.media_type)
    told["ETag"] = etag
    # Of a change the header asked about what was before it: unchanged() has answered that.
    return get_conditional_response(request, etag, response=told) if request.method in SAFE_METHODS else told


def answer_for(initiative: Initiative, request: HttpRequest, code: int = status.HTTP_200_OK) -> HttpResponse:
    """The initiative as every door gives it, whatever its status."""
    return answer(_read(initiative), request, code)


@contextmanager
def unchanged(initiative: Initiative, request: HttpRequest, *, renames: bool = False) -> Iterator[None]:
    """Hold the initiative for a change if it is what `If-Match` names (RFC 9110, 13.1.1), else PreconditionFailedError.

    A weak tag counts as the strong one that it was made of: whatever compresses an answer on its way weakens its tag,
    and the Feature behind it is the same. `renames` says that the change takes the lock of the slugs, which comes
    before that of a row everywhere.
    """
    given = request.headers.get("If-Match")
    if given is None:
        yield
        return
    with transaction.atomic():
        if renames:
            lock_slugs()
        Initiative.objects.held().only("pk").get(pk=initiative.pk)
        tags = [tag.removeprefix(WEAK) for tag in parse_etags(given)]
        if tags != [ANY] and _etag(_text(_read(initiative))) not in tags:
            raise PreconditionFailedError
        yield


def _read(initiative: Initiative) -> Initiative:
    return with_properties(Initiative.objects.all()).get(pk=initiative.pk)


def _text(row: Initiative) -> bytes:
    return GeoJSONRenderer().render(InitiativeSerializer(row).data)


def _etag(body: bytes) -> str:
    return f'"{hashlib.sha256(body).hexdigest()[:32]}"'
