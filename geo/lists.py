"""Doors of the API that are read alone: rows as JSON, in pages or one by one."""

from collections.abc import Callable, Collection, Mapping
from typing import Any, ClassVar
from urllib.parse import urlencode

from django.db.models import Model, QuerySet
from django.http import Http404, HttpResponse, JsonResponse
from rest_framework.request import Request
from rest_framework.views import APIView

from .parameters import known_parameters, page_cursor, page_limit
from .responses import fresh

Counts = Callable[[Collection[int]], Mapping[int, int]]


class ReadingView(APIView):
    """A door that changes nothing; nobody is asked for a name, so that caches may answer."""

    authentication_classes = ()


class Rows(ReadingView):
    """Which rows a door shows and how; `counts` says how many initiatives some hold, where a higher room knows."""

    counts: Counts | None = None
    # Column by which one is named in an address.
    named: ClassVar[str] = "slug"

    def rows(self) -> QuerySet:
        """All that everyone may see."""
        raise NotImplementedError

    def shown(self, row: Any) -> dict[str, Any]:
        """A row as JSON; every member is always there, null where unknown."""
        raise NotImplementedError

    def told(self, rows: Collection[Model]) -> list[dict[str, Any]]:
        """Rows as JSON, with `initiative_count` where that is known."""
        if self.counts is None:
            return [self.shown(row) for row in rows]
        counts = self.counts([row.pk for row in rows])
        return [{**self.shown(row), "initiative_count": counts.get(row.pk, 0)} for row in rows]


class Listing(Rows):
    """A page of rows in the order of their keys; `next` goes on after the last, so it stays right while data change."""

    # Parameters that narrow the rows.
    filters: ClassVar[Collection[str]] = ()

    def following(self, request: Request, number: int) -> list:
        """The next rows after the cursor."""
        return list(self.rows().filter(pk__gt=page_cursor(request.query_params)).order_by("pk")[:number])

    def cursor_of(self, row: Any) -> str:
        """Where the next page begins after a row."""
        return str(row.pk)

    def get(self, request: Request) -> HttpResponse:
        """`results`, and the address of the next ones, null on the last page."""
        known_parameters(request.query_params, ("limit", "cursor", *self.filters))
        limit = page_limit(request.query_params)
        found = self.following(request, limit + 1)
        onward = None
        if len(found) > limit:
            asked = {
                name: request.query_params[name] for name in self.filters if name in request.query_params
            }
            asked |= {"limit": limit, "cursor": self.cursor_of(found[limit - 1])}
            onward = request.build_absolute_uri(f"{request.path}?{urlencode(asked)}")
        return fresh(request, JsonResponse({"next": onward, "results": self.told(found[:limit])}))


class Item(Rows):
    """One row by its name."""

    def get(self, request: Request, name: str) -> HttpResponse:
        """The row; Http404 where there is none that everyone may see."""
        known_parameters(request.query_params)
        row = self.rows().filter(**{self.named: name}).first()
        if row is None:
            raise Http404("There is nothing of this name here.")
        return fresh(request, JsonResponse(self.told([row])[0]))
