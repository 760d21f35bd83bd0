"""`/api/initiatives/`: pages of Features put together by column; single ones are api_feature.py's.

Changes are taken by api_writing.py.
"""

from uuid import UUID

from django.http import HttpResponse, QueryDict
from django.utils.cache import get_conditional_response
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request

from geo.features import page
from geo.parameters import page_cursor, page_limit
from geo.responses import asked_again

from . import api_feature, api_history, api_writing, changes
from .api_feature import GeoJSONRenderer
from .api_writing import WritingView
from .models import Initiative
from .paging import following
from .selection import parse
from .snapshots.asking import refuse_as_of


class InitiativeList(WritingView):
    """A page of a selection; `next` goes on after the last one seen, so it stays right while data change."""

    renderer_classes = (GeoJSONRenderer, JSONRenderer)

    def get(self, request: Request) -> HttpResponse:
        """FeatureCollection with `next`, null on the last page."""
        refuse_as_of(request.query_params)
        selection = parse(request.query_params, own=("limit", "cursor"))
        limit, after = page_limit(request.query_params), page_cursor(request.query_params)
        # What a filter chooses may lag behind the number of the changes: there the content tells.
        etag = changes.etag() if selection.is_empty else None
        if etag and (unchanged := get_conditional_response(request, etag)):
            return unchanged
        shown = following(selection, after, limit + 1)
        more = len(shown) > limit
        data = QueryDict(mutable=True)
        data.update(selection.data)
        data["limit"], data["cursor"] = str(limit), str(shown[limit - 1][0]) if more else ""
        onward = request.build_absolute_uri(f"{request.path}?{data.urlencode()}") if more else None
        members = {"next": onward, "numberReturned": min(limit, len(shown))}
        body = page([feature for _key, feature in shown[:limit]], members)
        return asked_again(request, HttpResponse(body, content_type="application/geo+json"), etag)

    def post(self, request: Request) -> HttpResponse:
        """A new draft."""
        return api_writing.created(request)


class InitiativeDetail(WritingView):
    """One published initiative by its UUID."""

    renderer_classes = (GeoJSONRenderer, JSONRenderer)

    def get(self, request: Request, uuid: UUID) -> HttpResponse:
        """The Feature, of today or `as_of` a former moment, or where one that was merged lives on."""
        moment = api_history.moment_of(request.query_params)
        if moment is not None:
            return api_history.answer(uuid, moment)
        found = api_feature.with_properties(Initiative.objects.published()).filter(uuid=uuid).first()
        return api_feature.answer(found, request) if found else api_writing.elsewhere(uuid)

    def patch(self, request: Request, uuid: UUID) -> HttpResponse:
        """Other values; also of what is not published, for those who may."""
        return api_writing.revised(request, uuid)


class InitiativeStep(WritingView):
    """One verb of the workflow."""

    def post(self, request: Request, uuid: UUID, verb: str) -> HttpResponse:
        """The initiative after it."""
        return api_writing.stepped(request, uuid, verb)
