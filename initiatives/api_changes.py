"""`/api/changes/`: what changed since a cursor, so that a copy stays the same as the export of all."""

from django.http import HttpResponse
from msgspec import json
from rest_framework import status
from rest_framework.exceptions import APIException
from rest_framework.request import Request

from geo.lists import ReadingView
from geo.parameters import known_parameters, page_limit
from geo.responses import fresh

from . import changes


class BeginAnewError(APIException):
    """Features look different now, and no row says so."""

    status_code = status.HTTP_410_GONE
    default_detail = "since: the form of Features has changed since then. Begin anew without a cursor."


class Changes(ReadingView):
    """Created, updated and removed initiatives, each as it is now."""

    def get(self, request: Request) -> HttpResponse:
        """A page after `since`, or the first of all that is published."""
        known_parameters(request.query_params, (changes.NAME, "limit"))
        limit = page_limit(request.query_params)
        try:
            found = changes.page(request.query_params.get(changes.NAME), limit)
        except changes.OtherFormError as error:
            raise BeginAnewError from error
        return fresh(request, HttpResponse(json.encode(found), content_type="application/json"))
