"""`/api/initiatives/`: pages of Features put together by column; single ones are api_feature.py's.

Changes are taken by api_writing.py.
"""

from uuid import UUID

from django.contrib.postgres.aggregates import ArrayAgg
from django.http import HttpResponse, QueryDict
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request

from geo.errors import InvalidParameterError
from geo.features import page
from geo.statements import one_moment

from . import api_feature, api_history, api_writing, lists
from .api_feature import GeoJSONRenderer
from .api_writing import WritingView
from .layers import INITIATIVES, KEYED, LOCATED
from .models import Initiative
from .selection import Selection, parse

LARGEST_PAGE = 1000
USUAL_PAGE = 100


def page_limit(data: QueryDict) -> int:
    """`limit`, 100 by default, at most 1000; InvalidParameterError below 1 or where it is no number."""
    text = data.get("limit", str(USUAL_PAGE))
    if not (text.isascii() and text.isdigit() and int(text[:12]) >= 1):
        raise InvalidParameterError("limit", f"Expected a whole number from 1 to {LARGEST_PAGE}.")
    return min(int(text[:12]), LARGEST_PAGE)


def page_cursor(data: QueryDict) -> int:
    """`cursor` as the `next` link gave it, 0 for the first page; InvalidParameterError if it is none of ours."""
    text = data.get("cursor", "0")
    if not (text.isascii() and text.isdigit() and len(text) <= 18):
        raise InvalidParameterError("cursor", "Expected the cursor of a next link.")
    return int(text)


class InitiativeList(WritingView):
    """A page of a selection; `next` goes on after the last one seen, so it stays right while data change."""

    renderer_classes = (GeoJSONRenderer, JSONRenderer)

    def get(self, request: Request) -> HttpResponse:
        """FeatureCollection with `next`, null on the last page."""
        selection = parse(request.query_params, own=("limit", "cursor"))
        limit, after = page_limit(request.query_params), page_cursor(request.query_params)
        shown = _shown(selection, after, limit + 1)
        more = len(shown) > limit
        data = QueryDict(mutable=True)
        data.update(selection.data)
        data["limit"], data["cursor"] = str(limit), str(shown[limit - 1][0]) if more else ""
        following = request.build_absolute_uri(f"{request.path}?{data.urlencode()}") if more else None
        members = {"next": following, "numberReturned": min(limit, len(shown))}
        body = page([feature for _key, feature in shown[:limit]], members)
        return HttpResponse(body, content_type="application/geo+json")

    def post(self, request: Request) -> HttpResponse:
        """A new draft."""
        return api_writing.created(request)


def _shown(selection: Selection, after: int, number: int) -> list[tuple[int, bytes]]:
    """Key and Feature of the next rows."""
    # Without a filter the rows lie in this order.
    if selection.is_empty:
        return LOCATED.following(after, number)
    found = lists.following(selection, after, number, KEYED.read)
    if found is None:
        rows = INITIATIVES.features(selection).filter(pk__gt=after).values("pk")[:number]
        with one_moment():
            found = KEYED.read(rows.aggregate(keys=ArrayAgg("pk", default=[]))["keys"])
    return found


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
