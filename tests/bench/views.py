"""What the whole stack costs around a query that costs nothing."""

from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse


def one(request: HttpRequest) -> HttpResponse:
    """`select 1` as JSON."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        return JsonResponse({"one": cursor.fetchone()[0]})
